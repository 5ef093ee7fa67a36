/* What the pay of a plan depends on: its measures, each with the law of its attainment, and the
 * functions of them that its components are.
 * Ownership: the caller owns a struct exposure (zeroed is valid) and calls exposure_free; the plan
 * and the outlook must outlive it. */
#ifndef PLAN_EXPOSURE_H
#define PLAN_EXPOSURE_H

#include "plan/forecast.h"
#include "plan/prospect.h"

/* One measure over so many months; components that measure the same share it. */
struct driver {
    enum metric metric;
    enum scope scope;
    const char *product;
    long months;
    double unit;           /* the measure at attainment 1: the first quota that the plan writes */
    bool written;          /* that quota is the plan's own */
    bool known;            /* unit and law mean something */
    bool has_quota;        /* the law is that of the outlook */
    struct attainment law; /* of measure over unit */
};

/* Attainment of a slot = ratio times attainment of its driver. */
struct exposed_slot {
    size_t driver;
    double ratio;
};

/* A component with everything that its formula needs. */
struct exposed {
    struct component component; /* a copy; factors of deals have become tiers of a year */
    enum forecast_gap gap;
    long months;   /* of measurement */
    long draws;    /* measurements a year */
    long periods;  /* of the component in one measurement: more than 1 for a year to date */
    size_t first;  /* slot */
    double sharer; /* own part of a result that several have together */
};

/* Whose pay is one function of one driver: a component, or one of its objectives. */
enum term_kind { TERM_MEASURE, TERM_OBJECTIVE, TERM_FIXED, TERM_RANKING };
struct term {
    enum term_kind kind;
    size_t component;
    size_t objective;
    size_t driver; /* measure, objective */
};

struct exposure {
    const struct outlook *outlook;
    struct exposed *components;
    size_t count;
    struct exposed_slot *slots;
    struct driver *drivers;
    size_t driver_count;
    struct term *terms;
    size_t term_count;
};

bool exposure_make(struct exposure *exposure, const struct plan *plan,
                   const struct outlook *outlook, struct error *error)
    __attribute__((warn_unused_result));
void exposure_free(struct exposure *exposure);

/* Whether two terms are paid by the same draws. */
bool exposure_together(const struct exposure *exposure, const struct term *a, const struct term *b);

/* What terms that are paid by the same draws pay together. */
bool exposure_prospect(const struct exposure *exposure, const struct term *const terms[],
                       size_t count, struct prospect *prospect, struct error *error)
    __attribute__((warn_unused_result));

/* Pay of a component in a year in which every measure with a quota ends at this attainment, and
 * every other at its mean. Rankings: the mean prize, that of people who are all the same. */
double exposure_at(const struct exposure *exposure, size_t component, double attainment);

#endif

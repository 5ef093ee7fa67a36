/* What data tell of a firm: turnover from its people, churn from its customers, the pipeline and
 * the size of deals from its opportunities, the spread of skill from its sales. Ownership: the
 * question is lent; the caller owns the findings. */
#ifndef ENGINE_FIT_H
#define ENGINE_FIT_H

#include "engine/findings.h"
#include "engine/fit_data.h"
#include "model/parameters.h"

#include <stdbool.h>
#include <stddef.h>

struct fit_question {
    const struct fit_data *data;
    long from;      /* days: what ended before is not in the tables; LONG_MIN: everything is */
    long until;     /* the last day that is looked at */
    double cohort;  /* customers behind the first row of a table of survival; 0: rows are counts */
    double hunters; /* full-time people who hunt for leads; 0: not known */
    const char *const *stages;           /* of the pipeline, in order, as the tables write them */
    size_t stage_count;                  /* 0: the order is found */
    const struct parameters *parameters; /* what the scenario has already, or NULL */
    /* What the tables themselves told, when these are drawn again from them: the same parameters
     * are told, at the edge of what a scenario takes where the sample has no exits, say. A sample
     * that chose for itself would leave some values as they were and so hide how uncertain they
     * are. NULL: the data choose. */
    const struct findings *form;
};

/* Everything that the data tell. Data that contradict each other are ERROR_QUESTION. */
bool fit(struct findings *findings, const struct fit_question *question, struct error *error)
    __attribute__((warn_unused_result));

/* Its parts: nothing is added where there are no such data. */
bool fit_turnover(struct findings *findings, const struct fit_question *question,
                  struct error *error) __attribute__((warn_unused_result));
bool fit_skill(struct findings *findings, const struct fit_question *question, struct error *error)
    __attribute__((warn_unused_result));
bool fit_churn(struct findings *findings, const struct fit_question *question, struct error *error)
    __attribute__((warn_unused_result));
bool fit_pipeline(struct findings *findings, const struct fit_question *question,
                  struct error *error) __attribute__((warn_unused_result));
bool fit_sizes(struct findings *findings, const struct fit_question *question, struct error *error)
    __attribute__((warn_unused_result));

/* The part of a time with the firm that lies in the window, in days; both ends count. */
struct fit_overlap {
    double days; /* 0: none */
    bool exit;   /* it ended in the window */
};
struct fit_overlap fit_overlap_of(const struct fit_spell *spell, long from, long until);

/* Mean lengths of the Gregorian calendar. */
static const double FIT_DAYS_OF_YEAR = 365.2425;
static const double FIT_DAYS_OF_MONTH = 365.2425 / 12.0;

#endif

/* A sweep: one or two plans at every point of a design, all points under the same chance, as one
 * parallel job. Points are compared with one of them, or the second plan with the first at each
 * point, history by history.
 * Ownership: the caller owns everything in struct sweep; results are allocated by
 * sweep_results_init and freed by sweep_results_free. */
#ifndef ENGINE_SWEEP_H
#define ENGINE_SWEEP_H

#include "engine/design.h"
#include "engine/results.h"

#include <signal.h>

enum { SWEEP_PLANS_MOST = 2 };

struct sweep {
    const struct design *design;
    bool as_it_stands; /* the first point of the design is the scenario without any change */
    size_t baseline;   /* point that the others are compared with; SIZE_MAX: none */
    const struct scenario *const *scenarios; /* plans of the first point, of the second, ... */
    size_t plan_count;                       /* 2: the second is compared with the first */
    const char *const *metrics; /* "turnover.kam"; one that a plan does not have is NaN there */
    size_t metric_count;
    uint64_t seed;
    uint64_t replications;
    bool own_chance;                   /* every point has histories of its own, not the same ones */
    int threads;                       /* 0: as many as the machine has */
    const volatile sig_atomic_t *stop; /* not NULL: leave with the finished points */

    /* Called after every finished point, one at a time, on any thread; false ends the sweep as a
     * failure. May be NULL. */
    bool (*point)(void *context, size_t point, struct error *error);
    void *point_context;

    /* Called before `point`, one at a time, with what the histories of a point gave: replications x
     * metrics, the plan's own. May be NULL. */
    void (*values)(void *context, size_t point, size_t plan, const double *values);
    void *values_context;
    /* Every plan at every point that was simulated is handed over, one at a time, on any thread,
     * before `point` is called: `rows` holds the cells of `shape`, which has the series of `kept`
     * that the plan knows, years and the horizon, for one replication after the other. `recall`
     * gives instead the values (replications x metrics, over the horizon) of a plan that need not
     * be simulated; it sets `known`. Both NULL, or both not. False ends the sweep as a failure. */
    bool (*keep)(void *context, size_t point, size_t plan, const struct table *shape,
                 const double *rows, struct error *error);
    bool (*recall)(void *context, size_t point, size_t plan, double *values, bool *known,
                   struct error *error);
    void *keep_context;
    const char *const *kept; /* metrics, all of the sweep's among them */
    size_t kept_count;

    /* Replications of all points, called now and then, one at a time. May be NULL. */
    void (*progress)(void *context, uint64_t done, uint64_t asked);
    void *progress_context;
};

/* One metric of one plan at one point, over the whole horizon. */
struct sweep_cell {
    struct cell_summary values;
    struct cell_summary difference; /* to what it is compared with; NaN: to nothing */
    double better; /* share of histories in which it is better, or higher where neither is */
};

struct sweep_results {
    size_t point_count;
    size_t plan_count;
    size_t metric_count;
    struct sweep_cell *cells; /* point by point, plan by plan, metric by metric */
    bool *done;               /* by point */
    size_t done_count;
    bool interrupted;
    double seconds;
};

bool sweep_results_init(struct sweep_results *results, const struct sweep *sweep,
                        struct error *error) __attribute__((warn_unused_result));

/* Simulates all points that are not done yet. The numbers do not depend on the threads, nor on
 * which points were done before. */
bool sweep_run(const struct sweep *sweep, struct sweep_results *results, struct error *error)
    __attribute__((warn_unused_result));

struct sweep_cell *sweep_cell(const struct sweep_results *results, size_t point, size_t plan,
                              size_t metric);

/* What a metric is called in the tables: its outcome and role or segment in these parameters; false
 * when they do not have it. */
bool sweep_series(const struct parameters *parameters, const char *metric, struct series *series);

/* The outcome of a metric, of any scenario of the sweep that has it. */
const struct outcome *sweep_outcome(const struct sweep *sweep, size_t metric);

/* The number of a point for people: from 1; 0 is the scenario as it stands. */
size_t sweep_label(const struct sweep *sweep, size_t point);

/* Bytes that a running sweep holds at most, beside its scenarios. */
double sweep_memory(const struct sweep *sweep, int threads);

void sweep_results_free(struct sweep_results *results);

#endif

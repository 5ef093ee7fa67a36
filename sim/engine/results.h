/* What an experiment computed: for every outcome, role or segment, month and year the distribution
 * over the replications, for each variant and for its paired difference to the first.
 * Ownership: a struct results is filled by experiment_run and freed with results_free; the
 * scenarios belong to the caller and must outlive it. */
#ifndef ENGINE_RESULTS_H
#define ENGINE_RESULTS_H

#include "base/quantiles.h"
#include "base/statistics.h"
#include "base/text.h"
#include "engine/spans.h"
#include "model/outcome.h"
#include "scenario/scenario.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RESULT_PROBABILITIES = 7 };
extern const double RESULT_PROBABILITY[RESULT_PROBABILITIES]; /* .05 .10 .25 .50 .75 .90 .95 */

/* One line of the tables: an outcome for everybody or for one role or segment. */
struct series {
    size_t outcome; /* index into OUTCOMES */
    int role;       /* index into the scenario's roles, -1: all */
    int segment;    /* index into the scenario's segments, -1: all */
    size_t item;    /* 1 + index of a component of the role's plan, or of a stage of the segment's
                       pipeline; 0: all of them */
};

/* The distribution of one number over the replications. */
struct cell {
    struct moments moments; /* once the table is settled */
    struct quantiles quantiles;
    union {
        uint64_t above; /* difference tables: replications in which the difference is above 0 */
        uint64_t there; /* others, shares of a cohort over the horizon: who is still there */
    };
    union {
        uint64_t equal; /* and exactly 0 */
        uint64_t came;  /* of so many who came, both summed over the replications */
    };
};

struct table {
    struct series *series;
    size_t series_count;
    size_t months;
    size_t years;
    struct cell *cells; /* series_count x (months + years + 1) */
    struct spans spans; /* the moments of the cells while replications are added */
};

/* Outcomes of which only the value over the whole horizon is asked for. */
struct horizon_only {
    const char *const *metrics; /* as table_find knows them */
    size_t count;               /* 0: every outcome, in every month and year */
};

/* Periods of a series: months 0 .. months-1, then the years, then the whole horizon. */
static inline size_t table_periods(const struct table *table) {
    return table->months + table->years + 1;
}
const struct cell *table_month(const struct table *table, size_t series, size_t month);
const struct cell *table_year(const struct table *table, size_t series, size_t year);
const struct cell *table_horizon(const struct table *table, size_t series);

/* The name of a series: "turnover", "turnover.kam", "revenue.key", "pay.kam.cycle" (component of
 * the role's plan), "conversion.key.offer" (stage of the segment's pipeline). */
void series_name(struct text *text, const struct series *series,
                 const struct parameters *parameters);

/* The name of the component or stage of a series, NULL when it has none. */
const char *series_item(const struct series *series, const struct parameters *parameters);

/* Index of the series of this name, or -1. */
int table_find(const struct table *table, const struct parameters *parameters, const char *name);

struct cell_summary {
    double mean;
    double standard_error;
    double quantile[RESULT_PROBABILITIES];
};
bool cell_summarise(const struct cell *cell, struct cell_summary *summary, struct error *error)
    __attribute__((warn_unused_result));

struct pair;      /* engine/table.h */
struct precision; /* engine/precision.h */

/* Where a variant comes from that was not simulated now: a run of a store. */
struct origin {
    long long run;
    const char
        *mark; /* what tells it from runs of the same name ("headcount=16"); NULL: the name */
    const char *const *paths; /* that were varied, with their values */
    const char *const *values;
    size_t count;
};

struct variant {
    const struct scenario *scenario;
    const struct origin *origin; /* borrowed; NULL: simulated */
    struct table values;
    struct table differences; /* to the first variant, series that both have; empty in the first */
    struct pair *pairs;       /* where the series of the differences come from */
};

struct results {
    struct variant *variants;
    size_t variant_count;
    uint64_t seed;
    uint64_t replications_asked;
    uint64_t first;        /* of the replications asked: where a shard begins; normally 0 */
    uint64_t replications; /* done: from `first` on, without a gap */
    bool interrupted;
    const struct precision *precision; /* borrowed: what ended it, NULL: the number asked for */
    double seconds;                    /* wall time, never written into tables */
};

/* Empty tables for the variants, beginning with replication `first` (a multiple of
 * BLOCK_REPLICATIONS). The scenarios have the same number of years. */
bool results_init(struct results *results, const struct scenario *const scenarios[], size_t count,
                  uint64_t first, struct error *error) __attribute__((warn_unused_result));

/* The same for a few outcomes over the horizon, which take next to no memory. */
bool results_init_horizon(struct results *results, const struct scenario *const scenarios[],
                          size_t count, uint64_t first, struct horizon_only only,
                          struct error *error) __attribute__((warn_unused_result));

/* Makes the tables ready to be read, after the last replication. */
void results_settle(struct results *results);

void results_free(struct results *results);

#endif

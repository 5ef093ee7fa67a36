#include "engine/estimate.h"

#include "engine/table.h"

#include <math.h>
#include <omp.h>
#include <sys/resource.h>

/* Replications that a thread simulates in the shorter and the longer probe: whole blocks. */
enum { SHORT_PROBE = 8, LONG_PROBE = 32, PROBED_POINTS = 3 };

/* A first probe that takes longer than this is not followed by a longer one. */
static const double LONG_ENOUGH = 2.0;
static const double LONG_HISTORY = 0.25;

static int thread_count(int asked) { return asked > 0 ? asked : omp_get_num_procs(); }

/* The longest row of histories that one thread simulates, as threads share blocks of them. */
static double in_a_row(double replications, int threads) {
    double blocks = ceil(replications / BLOCK_REPLICATIONS);
    return fmin(replications, BLOCK_REPLICATIONS * ceil(blocks / threads));
}

/* The most memory that the program has taken so far. */
static double most_bytes(void) {
    struct rusage usage = {0};
    (void)getrusage(RUSAGE_SELF, &usage);
    return 1024.0 * (double)usage.ru_maxrss;
}

/* Tables of cells with their sketches (base/quantiles.h); what is the same in all histories of the
 * probe, or in none, takes next to nothing. */
static double table_bytes(const struct table *table, double replications) {
    double values = 4.0 * fmin(replications, QUANTILES_CHUNK);
    double levels =
        replications > QUANTILES_CHUNK ? ceil(log2(replications / QUANTILES_CHUNK)) : 0.0;
    double bytes = 0.0;
    for (size_t c = 0; c < table_cells(table); c++) {
        const struct moments *seen = &table->cells[c].moments;
        bool varies = seen->count == 1 || seen->squares > 0.0;
        bytes += (double)sizeof(struct cell) + (varies ? values + 2048.0 * levels : 0.0);
    }
    return bytes;
}

static double results_bytes(const struct results *results, double replications) {
    double bytes = 0.0;
    for (size_t v = 0; v < results->variant_count; v++) {
        bytes += table_bytes(&results->variants[v].values, replications);
        if (v > 0) {
            bytes += table_bytes(&results->variants[v].differences, replications);
        }
    }
    return bytes;
}

/* Times so many replications; `all`: how many there will be, as the precision needs them. */
static bool probe(const struct experiment *experiment, uint64_t replications,
                  const struct precision *precision, struct estimate *estimate, double *seconds,
                  double *all, struct error *error) {
    struct experiment some = *experiment;
    struct results results;
    some.replications = replications;
    some.row = NULL;
    some.enough = NULL;
    some.progress = NULL;
    if (!experiment_run(&some, &results, error)) {
        return false;
    }
    *seconds = results.seconds;
    *all = (double)experiment->replications;
    if (precision != NULL) {
        estimate->replications = precision_needed(precision, &results);
        *all = fmin(*all, estimate->replications);
    }
    estimate->bytes = most_bytes() + results_bytes(&results, *all) -
                      results_bytes(&results, (double)replications);
    results_free(&results);
    return true;
}

/* Of `asked` units of work, from the time of two smaller numbers of them: a straight line. */
static double extrapolate(double few, double few_seconds, double many, double many_seconds,
                          double asked) {
    double each = fmax((many_seconds - few_seconds) / (many - few), 0.0);
    return few_seconds + each * (asked - few);
}

bool estimate_experiment(struct estimate *estimate, const struct experiment *experiment,
                         const struct precision *precision, struct error *error) {
    int threads = thread_count(experiment->threads);
    uint64_t few = (uint64_t)threads * SHORT_PROBE;
    uint64_t many = (uint64_t)threads * LONG_PROBE;
    double first = 0.0;
    double second = 0.0;
    double all = 0.0;
    double before = most_bytes();
    *estimate = (struct estimate){.threads = threads};
    if (precision == NULL) { /* one history tells enough of a firm that takes its time */
        if (!probe(experiment, 1, precision, estimate, &first, &all, error)) {
            return false;
        }
        if (first > LONG_HISTORY) {
            double busy = fmin(ceil(all / BLOCK_REPLICATIONS), threads);
            estimate->bytes += (busy - 1.0) * (most_bytes() - before);
            estimate->probe_seconds = first;
            estimate->seconds = first * in_a_row(all, threads);
            return true;
        }
    }
    if (precision != NULL && many < PRECISION_LEAST) {
        many = PRECISION_LEAST; /* the first look: where that is enough, the estimate is exact */
    }
    if (!probe(experiment, few, precision, estimate, &first, &all, error)) {
        return false;
    }
    if (first > LONG_ENOUGH) {
        estimate->probe_seconds = first;
        estimate->seconds = first * in_a_row(all, threads) / SHORT_PROBE;
        return true;
    }
    if (!probe(experiment, many, precision, estimate, &second, &all, error)) {
        return false;
    }
    estimate->probe_seconds = first + second;
    estimate->seconds = extrapolate((double)few, first, (double)many, second, fmax(all, 1.0));
    return true;
}

static bool probe_points(const struct sweep *sweep, size_t points, uint64_t replications,
                         double *seconds, struct error *error) {
    const struct scenario *scenarios[PROBED_POINTS * SWEEP_PLANS_MOST];
    const struct design design = {.point_count = points};
    struct sweep some = *sweep;
    struct sweep_results results = {0};
    for (size_t p = 0; p < points; p++) {
        size_t at = points == 1 ? 0 : p * (sweep->design->point_count - 1) / (points - 1);
        for (size_t v = 0; v < sweep->plan_count; v++) {
            scenarios[p * sweep->plan_count + v] = sweep->scenarios[at * sweep->plan_count + v];
        }
    }
    some.design = &design;
    some.scenarios = scenarios;
    some.baseline = SIZE_MAX;
    some.replications = replications;
    some.point = NULL;
    some.values = NULL;
    some.progress = NULL;
    bool good = sweep_results_init(&results, &some, error) && sweep_run(&some, &results, error);
    *seconds = results.seconds;
    sweep_results_free(&results);
    return good;
}

bool estimate_sweep(struct estimate *estimate, const struct sweep *sweep, struct error *error) {
    int threads = thread_count(sweep->threads);
    size_t all = sweep->design->point_count;
    size_t points = all < PROBED_POINTS ? all : PROBED_POINTS;
    uint64_t few = (uint64_t)threads * SHORT_PROBE;
    uint64_t many = (uint64_t)threads * LONG_PROBE;
    double first = 0.0;
    double second = 0.0;
    *estimate = (struct estimate){.threads = threads, .bytes = sweep_memory(sweep, threads)};
    if (!probe_points(sweep, points, few, &first, error)) {
        return false;
    }
    estimate->probe_seconds = first;
    if (first > LONG_ENOUGH) { /* nearly all of it is simulation */
        second = first * (double)many / (double)few;
    } else {
        if (!probe_points(sweep, points, many, &second, error)) {
            return false;
        }
        estimate->probe_seconds += second;
    }
    estimate->seconds = extrapolate((double)few, first, (double)many, second,
                                    fmax((double)sweep->replications, 1.0)) *
                        (double)all / (double)points;
    return true;
}

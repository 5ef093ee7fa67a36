#include "cli/simulation.h"

#include "cli/interrupt.h"
#include "engine/experiment.h"

#include <inttypes.h>

/* Where rows go: to their files, and into the decision. */
struct sinks {
    struct writing *writings;       /* NULL: no files */
    struct decision_rows *decision; /* NULL: none */
    struct storing *storing;        /* NULL: no store */
};

static bool take_row(void *context, size_t variant, uint64_t replication, const struct table *table,
                     const double *values, struct error *error) {
    struct sinks *sinks = context;
    if (sinks->decision != NULL) {
        decision_rows_add(sinks->decision, variant, table, values);
    }
    if (sinks->storing != NULL && !storing_row(sinks->storing, table, values, error)) {
        return false;
    }
    return sinks->writings == NULL ||
           writing_row(sinks->writings, variant, replication, table, values, error);
}

bool simulation_run(const struct simulation *simulation, struct talk *talk, struct results *results,
                    struct error *error) {
    const struct parameters *baseline = &simulation->scenarios[0]->parameters;
    bool alone = simulation->replication > 0;
    struct saving *saving = simulation->saving;
    struct sinks sinks = {simulation->writings, simulation->decision, simulation->storing};
    const struct experiment experiment = {
        .scenarios = simulation->scenarios,
        .scenario_count = simulation->scenario_count,
        .seed = baseline->simulation.seed,
        .first_replication = alone ? simulation->replication - 1 : 0,
        .replications = alone ? 1 : (uint64_t)baseline->simulation.replications,
        .begin = saving == NULL ? 0 : saving->state.begin,
        .end = saving == NULL ? 0 : saving->state.end,
        .restore = saving == NULL ? NULL : saving_restore,
        .merged = saving == NULL ? NULL : saving_merged,
        .state_context = saving,
        .threads = simulation->options->threads,
        .only = simulation->only,
        .stop = interrupt_flag(),
        .row = take_row,
        .row_context = &sinks,
        .enough = simulation->precision == NULL ? NULL : precision_reached,
        .enough_context = simulation->precision,
        .progress = talk_progress,
        .progress_context = talk,
    };
    uint64_t asked = saving == NULL ? experiment.replications : experiment.end - experiment.begin;
    talk_progress_begin(talk, baseline->name, asked);
    bool good = experiment_run(&experiment, results, error);
    talk_progress_end(talk);
    if (!good) {
        return false;
    }
    results->precision = simulation->precision;
    talk_detail(talk, "seed %" PRIu64 ": %" PRIu64 " replications in %.2f s", results->seed,
                results->replications, results->seconds);
    if (results->interrupted && results->replications == 0) {
        return error_add(error, ERROR_INTERRUPTED,
                         "interrupted before the first replication was finished, nothing is kept");
    }
    return true;
}

bool simulation_conclude(const struct results *results, const char *kept, bool resumable,
                         struct error *error) {
    if (!results->interrupted) {
        return true;
    }
    return error_add(error, ERROR_INTERRUPTED,
                     "interrupted after %" PRIu64 " of %" PRIu64
                     " replications; %s is complete for these%s",
                     results->replications, results->replications_asked, kept,
                     resumable ? "; the same command with --resume goes on from there" : "");
}

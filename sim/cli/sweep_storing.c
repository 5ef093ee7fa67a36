#include "cli/sweep_storing.h"

#include "base/memory.h"
#include "cli/loading.h"
#include "cli/storing.h"
#include "cli/version.h"
#include "engine/histories.h"
#include "engine/table.h"
#include "report/format.h"
#include "report/summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct scenario *scenario_at(const struct sweep *sweep, size_t point, size_t plan) {
    return sweep->scenarios[point * sweep->plan_count + plan];
}

/* What the run of this plan at this point is known by: all meet the sweep's histories, also where a
 * scenario says another seed. */
static bool identify(const struct sweep_storing *storing, size_t point, size_t plan,
                     struct text *identity, struct error *error) {
    struct scenario scenario = *scenario_at(storing->sweep, point, plan);
    scenario.parameters.simulation.seed = storing->sweep->seed;
    scenario.parameters.simulation.replications = (long)storing->sweep->replications;
    return storing_identity(identity, &scenario, error);
}

/* The paths of --set and of the point, with what the scenario has there. */
static bool list_swept(const struct sweep_storing *storing, size_t point, size_t plan,
                       struct swept *swept, struct error *error) {
    const struct design *design = storing->sweep->design;
    struct options options = *storing->options;
    size_t axes = design->axis_count;
    options.sets = memory_array(options.set_count + axes, sizeof *options.sets, "settings", error);
    struct text *texts = memory_array(axes, sizeof *texts, "settings", error);
    bool good = options.sets != NULL && texts != NULL;
    for (size_t s = 0; good && s < options.set_count; s++) {
        options.sets[s] = storing->options->sets[s];
    }
    for (size_t a = 0; good && a < axes; a++) {
        text_add(&texts[a], "%s=%s", text_bytes(&design->paths[a]), design_value(design, point, a));
        options.sets[options.set_count++] = text_bytes(&texts[a]);
    }
    good = good && loading_swept(swept, &options, scenario_at(storing->sweep, point, plan), error);
    for (size_t a = 0; texts != NULL && a < axes; a++) {
        text_free(&texts[a]);
    }
    free(texts);
    free(options.sets);
    return good;
}

static struct store_swept as_stored(const struct swept *swept) {
    return (struct store_swept){swept->names, swept->values, swept->count};
}

/* The callback `keep` of the sweep. */
static bool keep(void *context, size_t point, size_t plan, const struct table *shape,
                 const double *rows, struct error *error) {
    struct sweep_storing *storing = context;
    const struct sweep *sweep = storing->sweep;
    const struct scenario *scenario = scenario_at(sweep, point, plan);
    const struct histories histories = {shape, rows};
    struct text identity = {0};
    struct text summary = {0};
    struct swept swept = {0};
    struct results results = {0};
    bool good = identify(storing, point, plan, &identity, error) &&
                list_swept(storing, point, plan, &swept, error) &&
                histories_results(&results, &scenario, &histories, 1, sweep->seed,
                                  sweep->replications, error) &&
                summary_text_run(&summary, &results, error);
    if (good) {
        const struct store_key key = store_key_of(text_bytes(&identity));
        const struct store_run run = {
            .key = &key,
            .results = &results,
            .version = version_number(),
            .revision = version_commit(),
            .summary = text_bytes(&summary),
            .swept = as_stored(&swept),
            .kept = shape,
            .rows = rows,
        };
        good = store_add(&storing->store, &run, storing->again, error);
    }
    results_free(&results);
    loading_swept_free(&swept);
    text_free(&summary);
    text_free(&identity);
    return good;
}

/* One metric of a stored run over the horizon into its column; NaN where the plan has none. */
static bool recall_metric(struct sweep_storing *storing, long long run,
                          const struct parameters *parameters, size_t metric, double *values,
                          bool *known, struct error *error) {
    const struct sweep *sweep = storing->sweep;
    struct series series;
    size_t periods = (size_t)parameters->simulation.years + 1;
    size_t count = (size_t)sweep->replications * periods;
    bool has = sweep_series(parameters, sweep->metrics[metric], &series);
    struct text name = {0};
    double *numbers = memory_array(count, sizeof *numbers, "values of a store", error);
    bool good = numbers != NULL;
    if (good && has) {
        format_series(&name, &series, parameters);
        good = store_history(&storing->store, run, text_bytes(&name), numbers, count, known, error);
    }
    for (size_t r = 0; good && *known && r < sweep->replications; r++) {
        values[r * sweep->metric_count + metric] =
            has ? numbers[(r + 1) * periods - 1] : (double)NAN;
    }
    text_free(&name);
    free(numbers);
    return good;
}

/* The callback `recall`: a run counts when it has every metric of the sweep. */
static bool recall(void *context, size_t point, size_t plan, double *values, bool *known,
                   struct error *error) {
    struct sweep_storing *storing = context;
    const struct sweep *sweep = storing->sweep;
    const struct parameters *parameters = &scenario_at(sweep, point, plan)->parameters;
    struct text identity = {0};
    struct store_found found = {0};
    *known = false;
    if (storing->again) {
        return true;
    }
    bool good = identify(storing, point, plan, &identity, error);
    if (good) {
        const struct store_key key = store_key_of(text_bytes(&identity));
        good = store_find(&storing->store, &key, &found, error);
    }
    *known = found.id != 0;
    for (size_t m = 0; good && *known && m < sweep->metric_count; m++) {
        good = recall_metric(storing, found.id, parameters, m, values, known, error);
    }
    if (good && *known) {
        struct swept swept = {0};
        good = list_swept(storing, point, plan, &swept, error);
        const struct store_swept stored = as_stored(&swept);
        good = good && store_add_swept(&storing->store, found.id, &stored, error);
        loading_swept_free(&swept);
        storing->found++;
    }
    store_found_free(&found);
    text_free(&identity);
    return good;
}

bool sweep_storing_check(const struct sweep_storing *storing, bool dry_run, struct error *error) {
    if (storing->again && storing->file == NULL) {
        return error_add(error, ERROR_QUESTION,
                         "--again simulates what a store already has: add --store FILE");
    }
    return storing->file == NULL || !dry_run ||
           error_add(error, ERROR_QUESTION,
                     "--dry-run tells of the whole sweep, whatever a store has: leave --store "
                     "away");
}

bool sweep_storing_open(struct sweep_storing *storing, struct sweep *sweep,
                        const struct scenario *const plans[], const struct options *options,
                        struct error *error) {
    struct text list = {0};
    if (storing->file == NULL) {
        return true;
    }
    storing->sweep = sweep;
    storing->options = options;
    for (size_t m = 0; m < sweep->metric_count; m++) {
        text_add(&list, "%s%s", m == 0 ? "" : ",", sweep->metrics[m]);
    }
    bool good = metrics_read(&storing->kept, text_bytes(&list), error) &&
                store_open(&storing->store, storing->file, error);
    text_free(&list);
    for (size_t p = 0; good && p < sweep->plan_count; p++) {
        good = storing_metrics(&storing->kept, plans[p], error);
    }
    metrics_unique(&storing->kept);
    sweep->kept = storing->kept.names;
    sweep->kept_count = storing->kept.count;
    sweep->keep = keep;
    sweep->recall = recall;
    sweep->keep_context = storing;
    return good;
}

void sweep_storing_ask(const struct sweep_storing *storing, struct sweep_results *results) {
    if (storing->file != NULL) {
        memset(results->done, 0, results->point_count * sizeof *results->done);
        results->done_count = 0;
    }
}

void sweep_storing_tell(const struct sweep_storing *storing, const struct sweep_results *results,
                        struct talk *talk) {
    if (storing->file != NULL) {
        talk_say(talk, "%s: %zu of %zu runs were there and are not simulated again", storing->file,
                 storing->found, results->done_count * results->plan_count);
    }
}

void sweep_storing_close(struct sweep_storing *storing) {
    store_close(&storing->store);
    metrics_free(&storing->kept);
}

#include "cli/run.h"

#include "cli/dry_run.h"
#include "cli/loading.h"
#include "cli/output.h"
#include "cli/simulation.h"
#include "report/plots.h"
#include "report/summary.h"

#include <inttypes.h>
#include <stdlib.h>

/* Shards and what can be resumed live in a folder, and are of all replications. */
static bool check_saving(const struct run *run, struct error *error) {
    const struct saving_options *asked = &run->saving_options;
    bool shard = asked->shards > 0;
    if (shard && (run->summary || run->options->format != FORMAT_TABLE)) {
        return error_add(
            error, ERROR_QUESTION,
            "--shard: the numbers of a part alone are not printed; anreiz merge prints "
            "those of all (leave --summary and --format away)");
    }
    if ((asked->resume || asked->checkpoint_given) && !run->writes) {
        return error_add(error, ERROR_QUESTION,
                         "%s needs a folder: --summary writes one with --out DIR",
                         asked->resume ? "--resume" : "--checkpoint");
    }
    if (run->replication > 0 && (shard || asked->resume)) {
        return error_add(error, ERROR_QUESTION,
                         "--replication simulates a single history, which can be neither cut into "
                         "shards nor resumed");
    }
    if (until_precision(&run->until) != NULL && (shard || run->options->processes.count > 1)) {
        return error_add(error, ERROR_QUESTION,
                         "--precision decides from all histories so far how many there will be: it "
                         "goes neither with --shard nor with mpirun");
    }
    if (run->dry_run && (shard || asked->resume || run->options->processes.count > 1)) {
        return error_add(error, ERROR_QUESTION,
                         "--dry-run tells of the whole run: leave --shard, --resume and mpirun "
                         "away");
    }
    if (run->storing.file != NULL && (shard || asked->resume || run->replication > 0 ||
                                      run->dry_run || run->options->processes.count > 1)) {
        return error_add(error, ERROR_QUESTION,
                         "--store keeps whole runs: leave --shard, --resume, --replication, "
                         "--dry-run and mpirun away");
    }
    if (run->terminal != TERMINAL_NONE &&
        (shard || run->dry_run || run->summary || run->options->format != FORMAT_TABLE ||
         run->storing.file != NULL)) {
        return error_add(error, ERROR_QUESTION,
                         "--terminal draws below the table of a run: leave --summary, --format, "
                         "--store, --shard and --dry-run away");
    }
    if (run->storing.again && run->storing.file == NULL) {
        return error_add(error, ERROR_QUESTION,
                         "--again simulates what a store already has: add --store FILE");
    }
    if (asked->resume && run->options->force) {
        return error_add(error, ERROR_QUESTION,
                         "--resume keeps what is in the folder, --force replaces it: choose one");
    }
    return true;
}

/* Where the run goes. */
static void add_path(struct text *path, const struct run *run) {
    if (run->options->out != NULL) {
        text_add(path, "%s", run->options->out);
        return;
    }
    text_add(path, "results/");
    loading_add_name(path, &run->scenario);
    if (run->replication > 0) {
        text_add(path, "-replication-%" PRIu64, run->replication);
    }
    if (run->saving_options.shards > 0) {
        text_add(path, "-shard-%" PRIu64 "-of-%" PRIu64, run->saving_options.shard,
                 run->saving_options.shards);
    }
}

bool run_find(struct run *run, struct error *error) {
    if (run->replication > 1) {
        talk_say(&run->talk,
                 "history %" PRIu64 " alone is simulated, --replications %" PRIu64
                 " simulates as many",
                 run->replication, run->replication);
    }
    run->writes = !run->summary || run->options->out != NULL;
    add_path(&run->path, run);
    return check_saving(run, error) &&
           (!run->path.failed || error_add(error, ERROR_FAILURE, "not enough memory for a path"));
}

bool run_finished(struct run *run, const char *path, struct error *error) {
    bool row = run->summary || run->options->format == FORMAT_CSV;
    bool printed = row || run->options->format == FORMAT_JSON;
    if (printed && run->saving_options.shards == 0) {
        return error_add(
            error, ERROR_QUESTION,
            "%s: this run is finished, so that --resume simulates and prints nothing; "
            "%s, or replace the folder with --force instead of --resume",
            path,
            row ? "for a row of it too leave --resume and --out away, or keep runs with "
                  "--store, which prints them again"
                : "its summary.json is what would be printed");
    }
    talk_say(&run->talk, "%s: this run is finished, nothing is left to do", path);
    return true;
}

bool run_begin(struct run *run, const char *path, struct error *error) {
    struct saving *saving = &run->saving;
    enum saving_found found = FOUND_NOTHING;
    bool resume = run->saving_options.resume;
    run->pointer = &run->scenario;
    run->saving_options.precision = until_precision(&run->until);
    if (!saving_init(saving, &run->saving_options, &run->pointer, 1, error) ||
        (resume && !saving_look(saving, path, &found, error))) {
        return false;
    }
    saving->talk = &run->talk;
    saving->writings = &run->writing;
    saving->folder = &run->writing.folder;
    run->complete = found == FOUND_COMPLETE;
    if (run->complete) {
        return run_finished(run, path, error);
    }
    if (found == FOUND_STATE) {
        const struct state_plan *plan = &saving->state.plans[0];
        return writing_continue(&run->writing, path, &run->scenario, plan->row_bytes, plan->row_sum,
                                error);
    }
    return writing_open(&run->writing, path, run->options->force || resume, &run->scenario, error);
}

static bool write_folder(struct run *run, time_t begun, struct error *error) {
    struct folder *folder = &run->writing.folder;
    folder->language = run->reporting.language;
    return writing_results(&run->writing, &run->results, 0, run->replication, error) &&
           plots_write(folder, &run->results, error) &&
           reporting_write_run(&run->reporting, folder, &run->results, error) &&
           writing_log(folder, run->options, &run->results, begun, error);
}

/* The metrics of the row. */
static struct horizon_only row_metrics(const struct run *run) {
    return run->metrics.count == 0 ? (struct horizon_only){SUMMARY_METRICS, SUMMARY_METRIC_COUNT}
                                   : (struct horizon_only){run->metrics.names, run->metrics.count};
}

/* Nothing but the row will be asked for. */
static struct horizon_only all_there_will_be(const struct run *run) {
    bool row = run->summary && !run->writes && run->storing.file == NULL &&
               until_precision(&run->until) == NULL;
    return row ? row_metrics(run) : (struct horizon_only){0};
}

static bool print_row(struct run *run, FILE *file, struct error *error) {
    struct swept swept;
    bool good = loading_swept(&swept, run->options, &run->scenario, error);
    if (good) {
        struct horizon_only row = row_metrics(run);
        const struct summary_columns columns = {
            .names = swept.names, .values = swept.values, .count = swept.count};
        if (!run->no_header) {
            summary_header(file, &columns, row.metrics, row.count);
        }
        good = summary_row(file, &run->results, 0, &columns, row.metrics, row.count, error);
    }
    loading_swept_free(&swept);
    return good;
}

static bool make_text(const struct run *run, struct text *text, struct error *error) {
    bool good = summary_text_run(text, &run->results, error);
    until_describe(&run->until, &run->results, text);
    return good;
}

static bool print_text(struct run *run, FILE *file, struct error *error) {
    struct text text = {0};
    bool good = make_text(run, &text, error);
    terminal_print(file, text_bytes(&text));
    text_free(&text);
    return good;
}

static bool store_run(struct run *run, struct error *error) {
    struct text text = {0};
    if (run->storing.file == NULL) {
        return true;
    }
    if (run->results.interrupted) {
        talk_say(&run->talk, "%s: an interrupted run is not stored", run->storing.file);
        return true;
    }
    bool good = summary_text_run(&text, &run->results, error) &&
                storing_add(&run->storing, &run->results, run->options, text_bytes(&text), error);
    text_free(&text);
    return good;
}

static bool print_found(struct run *run, FILE *file, struct error *error) {
    struct horizon_only row = row_metrics(run);
    if (run->options->format == FORMAT_JSON) {
        return summary_print_stored(file, &run->scenario, &run->storing.store,
                                    run->storing.found.id, error);
    }
    if (!run->summary && run->options->format != FORMAT_CSV) {
        terminal_print(file, text_bytes(&run->storing.found.summary));
        return true;
    }
    struct swept swept;
    bool good = loading_swept(&swept, run->options, &run->scenario, error);
    if (good && !run->no_header) {
        const struct summary_columns columns = {
            .names = swept.names, .values = swept.values, .count = swept.count};
        summary_header(file, &columns, row.metrics, row.count);
    }
    loading_swept_free(&swept);
    return good && storing_print_row(&run->storing, &run->scenario, run->options, row.metrics,
                                     row.count, file, error);
}

bool run_look_up(struct run *run, struct error *error) {
    struct storing *storing = &run->storing;
    struct output output;
    if (storing->file == NULL) {
        return true;
    }
    if (!storing_open(storing, &run->scenario, &run->metrics, run->options,
                      until_precision(&run->until) == NULL, error)) {
        return false;
    }
    if (storing->found.id == 0) {
        return true;
    }
    run->complete = true;
    talk_say(&run->talk,
             "%s: run %lld of %s UTC is the same and is shown from there, without simulating it or "
             "writing a folder (--again does)",
             storing->file, storing->found.id, text_bytes(&storing->found.stored));
    return output_open(&output, error) &&
           output_print(&output, print_found(run, output.stream, error), error);
}

static bool print_results(struct run *run, struct error *error) {
    struct output output;
    bool good = true;
    if (!output_open(&output, error)) {
        return false;
    }
    if (run->summary || run->options->format == FORMAT_CSV) {
        good = print_row(run, output.stream, error);
    } else if (run->options->format == FORMAT_JSON) {
        good = summary_print_json(output.stream, &run->results, error);
    } else {
        good = print_text(run, output.stream, error);
    }
    return output_print(&output, good, error);
}

static bool finish_shard(struct run *run, time_t begun, struct error *error) {
    const struct state *state = &run->saving.state;
    const char *path = run->writing.folder.path;
    if (!writing_shard(&run->writing, &run->results, 0, state, error) ||
        !writing_log(&run->writing.folder, run->options, &run->results, begun, error)) {
        return false;
    }
    if (state->begin < state->end) {
        talk_say(&run->talk,
                 "%s: shard %" PRIu64 "/%" PRIu64 ", replications %" PRIu64 " to %" PRIu64
                 " of %" PRIu64,
                 path, state->shard, state->shards, state->begin + 1,
                 state->begin + run->results.replications, state->asked);
    } else {
        talk_say(&run->talk, "%s: shard %" PRIu64 "/%" PRIu64 ", which has no replications", path,
                 state->shard, state->shards);
    }
    return simulation_conclude(&run->results, path, true, error);
}

bool run_deliver(struct run *run, time_t begun, struct error *error) {
    if ((run->writes && !write_folder(run, begun, error)) || !print_results(run, error)) {
        return false;
    }
    if (!run->writes) {
        return true;
    }
    if (!terminal_draw(run->terminal, &run->writing.folder, &run->results, &run->talk, error)) {
        return false;
    }
    talk_say(&run->talk, "%s: tables, summary.json, manifest.cfg%s", run->writing.folder.path,
             reporting_said(&run->reporting));
    return run->no_plots || writing_draw(&run->writing.folder, &run->talk, error);
}

bool run_dry(struct run *run, struct error *error) {
    const struct scenario *scenario = &run->scenario;
    const struct simulation simulation = {
        .scenarios = &scenario,
        .scenario_count = 1,
        .replication = run->replication,
        .precision = until_precision(&run->until),
        .only = all_there_will_be(run),
        .options = run->options,
    };
    return dry_run_print(&simulation, run->writes ? text_bytes(&run->path) : NULL, error);
}

bool run_execute(struct run *run, struct error *error) {
    struct saving *saving = run->writes && run->replication == 0 ? &run->saving : NULL;
    const struct scenario *scenario = &run->scenario;
    const struct simulation simulation = {
        .scenarios = &scenario,
        .scenario_count = 1,
        .replication = run->replication,
        .precision = until_precision(&run->until),
        .only = all_there_will_be(run),
        .writings = run->writes ? &run->writing : NULL,
        .saving = saving,
        .storing = run->storing.file != NULL ? &run->storing : NULL,
        .options = run->options,
    };
    time_t begun = time(NULL);
    bool shard = run->saving_options.shards > 0;
    bool good = simulation_run(&simulation, &run->talk, &run->results, error);
    if (good && !run->results.interrupted && simulation.precision != NULL) {
        /* what the manifest repeats */
        run->scenario.parameters.simulation.replications = (long)run->results.replications;
        until_say(&run->until, &run->results, &run->talk);
    }
    if (good && saving != NULL && (run->results.interrupted || shard)) {
        good = saving_save(saving, &run->results, error);
    }
    if (!good || shard) {
        return good && finish_shard(run, begun, error);
    }
    return store_run(run, error) && run_deliver(run, begun, error) &&
           (saving == NULL || run->results.interrupted || saving_forget(saving, error)) &&
           simulation_conclude(&run->results,
                               run->writes ? run->writing.folder.path : "what was printed",
                               saving != NULL, error);
}

void run_free(struct run *run) {
    saving_close(&run->saving);
    storing_close(&run->storing);
    writing_close(&run->writing);
    results_free(&run->results);
    scenario_free(&run->scenario);
    text_free(&run->path);
    metrics_free(&run->metrics);
    until_free(&run->until);
    design_row_free(&run->design_row);
}

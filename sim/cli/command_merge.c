#include "base/memory.h"
#include "cli/command.h"
#include "cli/loading.h"
#include "cli/merging.h"
#include "cli/output.h"
#include "cli/reporting.h"
#include "cli/talk.h"
#include "cli/terminal.h"
#include "cli/writing.h"
#include "report/plots.h"
#include "report/summary.h"

#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>

/* One merge, from the folders of shards to the results of the whole run. */
struct merge {
    struct options *options;
    bool no_plots;
    struct reporting reporting;
    struct merging merging;
    struct scenario scenario;
    struct writing writing;
    struct talk talk;
    struct results results;
};

enum { OPTION_NO_PLOTS = OPTION_FORMAT + 1 };

static const struct argp_option OPTIONS[] = {
    {"no-plots", OPTION_NO_PLOTS, NULL, 0, "Leave the pictures to anreiz plot", 0},
    REPORTING_OPTION_ROWS,
    OPTIONS_FORMAT_ROW,
    {0}};

static error_t read_own(int key, char *value, struct argp_state *state) {
    struct merge *merge = state->input;
    struct options *options = merge->options;
    switch (key) {
    case OPTION_NO_PLOTS:
        merge->no_plots = true;
        return 0;
    case OPTION_FORMAT:
        return options_format(value, &options->format, options->error) ? 0 : EINVAL;
    default:
        return reporting_read_option(key, value, &merge->reporting, options->error);
    }
}

static const struct argp ARGP = {.options = OPTIONS, .parser = read_own};

static const struct usage USAGE = {
    .name = "anreiz merge",
    .arguments = "SHARD ...",
    .examples = "\n"
                "  anreiz run scenarios/hybrid.cfg --shard 1/2\n"
                "  anreiz run scenarios/hybrid.cfg --shard 2/2\n"
                "  anreiz merge results/hybrid-shard-*-of-2 --out results/hybrid\n"
                "\n"
                "Puts the shards of a run together: the same bytes as one run. All shards are "
                "needed, each once, in any order; they stay as they are.\n",
    .notes = "Exit code: 0 done, 1 could not, 2 wrong question (shards that do not belong "
             "together, or not all of them).",
    .arguments_least = 1,
    .arguments_most = SHARDS_MERGED_MOST,
    .own = &ARGP,
};

/* What shards have computed cannot be asked for otherwise any more. */
static bool check_question(const struct options *options, struct error *error) {
    const char *option = options->set_count > 0      ? "--set"
                         : options->seed_given       ? "--seed"
                         : options->replications > 0 ? "--replications"
                                                     : NULL;
    return option == NULL ||
           error_add(error, ERROR_QUESTION,
                     "%s: the shards are simulated already; give it to every anreiz run --shard",
                     option);
}

/* A result in the place of a shard would remove it, even with --force. */
static bool check_place(const struct merging *merging, const char *path, struct error *error) {
    struct stat place;
    struct stat shard;
    bool good = true;
    for (size_t p = 0; stat(path, &place) == 0 && p < merging->count; p++) {
        const char *part = text_bytes(&merging->parts[p].path);
        if (stat(part, &shard) == 0 && shard.st_dev == place.st_dev &&
            shard.st_ino == place.st_ino) {
            good = error_add(error, ERROR_QUESTION,
                             "--out %s: is the folder of shard %" PRIu64 ", which would be lost: "
                             "name another folder",
                             path, merging->parts[p].state.shard);
        }
    }
    return good;
}

static bool open_folder(struct merge *merge, struct error *error) {
    const struct options *options = merge->options;
    struct text path = {0};
    if (options->out != NULL) {
        text_add(&path, "%s", options->out);
    } else {
        text_add(&path, "results/");
        loading_add_name(&path, &merge->scenario);
    }
    bool good = !path.failed || error_add(error, ERROR_FAILURE, "not enough memory for a path");
    good =
        good && check_place(&merge->merging, text_bytes(&path), error) &&
        writing_open(&merge->writing, text_bytes(&path), options->force, &merge->scenario, error);
    text_free(&path);
    return good;
}

static bool print_results(const struct merge *merge, struct error *error) {
    struct output output;
    struct text text = {0};
    bool good = true;
    if (!output_open(&output, error)) {
        return false;
    }
    switch (merge->options->format) {
    case FORMAT_CSV: {
        const struct summary_columns columns = {0};
        summary_header(output.stream, &columns, SUMMARY_METRICS, SUMMARY_METRIC_COUNT);
        good = summary_row(output.stream, &merge->results, 0, &columns, SUMMARY_METRICS,
                           SUMMARY_METRIC_COUNT, error);
        break;
    }
    case FORMAT_JSON:
        good = summary_print_json(output.stream, &merge->results, error);
        break;
    case FORMAT_TABLE:
        good = summary_text_run(&text, &merge->results, error);
        terminal_print(output.stream, text_bytes(&text));
        text_free(&text);
        break;
    }
    return output_print(&output, good, error);
}

static bool merge_execute(struct merge *merge, struct error *error) {
    struct folder *folder = &merge->writing.folder;
    time_t begun = time(NULL);
    folder->language = merge->reporting.language;
    bool good = merging_write(&merge->merging, &merge->results, &merge->writing, error) &&
                writing_results(&merge->writing, &merge->results, 0, 0, error) &&
                plots_write(folder, &merge->results, error) &&
                reporting_write_run(&merge->reporting, folder, &merge->results, error) &&
                writing_log(folder, merge->options, &merge->results, begun, error) &&
                print_results(merge, error);
    if (good) {
        talk_say(&merge->talk, "%s: tables, summary.json, manifest.cfg%s", folder->path,
                 reporting_said(&merge->reporting));
        good = merge->no_plots || writing_draw(folder, &merge->talk, error);
    }
    return good;
}

bool command_merge(struct options *options, int argc, char **argv, struct error *error) {
    struct merge merge = {.options = options};
    bool good = options_read(options, &USAGE, &merge, argc, argv, error);
    if (good) {
        merge.talk = talk_open(options->quiet, options->verbose);
        good = check_question(options, error) &&
               merging_open(&merge.merging, options->arguments, options->argument_count, error) &&
               merging_scenario(&merge.merging, &merge.scenario, error) &&
               merging_read(&merge.merging, &merge.scenario, &merge.results, error) &&
               open_folder(&merge, error) && merge_execute(&merge, error);
    }
    writing_close(&merge.writing);
    results_free(&merge.results);
    scenario_free(&merge.scenario);
    merging_close(&merge.merging);
    return good;
}

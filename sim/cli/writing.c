#include "cli/writing.h"

#include "base/memory.h"
#include "cli/interrupt.h"
#include "cli/version.h"
#include "engine/precision.h"
#include "report/page.h"
#include "report/plots.h"
#include "report/summary.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

bool writing_open(struct writing *writing, const char *path, bool force,
                  const struct scenario *scenario, struct error *error) {
    *writing = (struct writing){.scenario = scenario};
    return folder_create(&writing->folder, path, force, error) &&
           replications_begin(&writing->rows, &writing->folder, &writing->scenario, 1, error);
}

bool writing_continue(struct writing *writing, const char *path, const struct scenario *scenario,
                      uint64_t length, uint64_t sum, struct error *error) {
    *writing = (struct writing){.scenario = scenario, .keep = true};
    return folder_open(&writing->folder, path, error) && folder_take(&writing->folder, error) &&
           replications_continue(&writing->rows, &writing->folder, &writing->scenario, length, sum,
                                 error);
}

bool writing_row(void *writings, size_t variant, uint64_t replication, const struct table *table,
                 const double *values, struct error *error) {
    struct writing *writing = (struct writing *)writings + variant;
    return replications_row(&writing->rows, 0, replication, table, values, error);
}

struct results writing_view(const struct results *results, size_t variant) {
    struct results view = *results;
    view.variants = &results->variants[variant];
    view.variant_count = 1;
    return view;
}

/* The group that follows the parameters: where the numbers come from. Nothing in it may differ
 * between two runs that give the same tables. */
static void write_origin(FILE *file, const struct results *results, const struct scenario *scenario,
                         uint64_t replication, const struct state *shard) {
    char identity[SCENARIO_IDENTITY_SIZE];
    (void)fprintf(file, "\nmanifest = {\n  version = \"%s\";\n  commit = \"%s\";\n",
                  version_number(), version_commit());
    if (*scenario_start_identity(scenario, identity) != '\0') {
        (void)fprintf(file, "  start = \"%s\"; # identity of start.staff and start.book\n",
                      identity);
    }
    if (replication > 0) {
        (void)fprintf(file, "  replication = %" PRIu64 "L; # the only one simulated\n",
                      replication);
    }
    if (shard != NULL) {
        (void)fprintf(file, "  shard = %" PRIu64 "L;\n  shards = %" PRIu64 "L;\n", shard->shard,
                      shard->shards);
        if (shard->begin < shard->end) {
            (void)fprintf(
                file, "  first_replication = %" PRIu64 "L;\n  last_replication = %" PRIu64 "L;\n",
                shard->begin + 1, shard->end);
        }
    }
    if (results->interrupted) {
        (void)fprintf(file, "  interrupted = true;\n  replications_done = %" PRIu64 "L;\n",
                      results->replications);
    }
    (void)fprintf(file, "};\n");
}

static bool write_manifest(const struct folder *folder, const struct results *results,
                           const struct scenario *scenario, uint64_t replication,
                           const struct state *shard, struct error *error) {
    static const char plain[] =
        "The scenario of this run with all its parameters.\n"
        "Running this file again gives the same bytes in every table and script.";
    static const char interrupted[] =
        "The scenario of this run with all its parameters. The run was interrupted: the tables\n"
        "hold the first replications only. Running this file again does all of them.";
    static const char alone[] =
        "The scenario of this run with all its parameters. One replication was simulated alone:\n"
        "run this file again with --replication and its number to get the same bytes.";
    static const char part[] =
        "The scenario of this run with all its parameters. Only a shard of it was simulated here:\n"
        "anreiz merge puts all shards together. Running this file again does the whole run.";
    const char *comment = shard != NULL          ? part
                          : results->interrupted ? interrupted
                          : replication > 0      ? alone
                                                 : plain;
    struct folder_file file = {0};
    if (!folder_begin(folder, "manifest.cfg", &file, error)) {
        return false;
    }
    if (!scenario_write_used(scenario, comment, file.stream, error)) {
        folder_discard(&file);
        return false;
    }
    write_origin(file.stream, results, scenario, replication, shard);
    return folder_commit(&file, error);
}

bool writing_results(struct writing *writing, const struct results *results, size_t variant,
                     uint64_t replication, struct error *error) {
    const struct folder *folder = &writing->folder;
    const struct results view = writing_view(results, variant);
    return replications_finish(&writing->rows, &view, error) &&
           tables_write_monthly(folder, &view, 0, error) &&
           tables_write_annual(folder, &view, 0, error) &&
           summary_write_json(folder, &view, error) &&
           write_manifest(folder, &view, writing->scenario, replication, NULL, error);
}

bool writing_shard(struct writing *writing, const struct results *results, size_t variant,
                   const struct state *state, struct error *error) {
    const struct results view = writing_view(results, variant);
    return replications_finish(&writing->rows, &view, error) &&
           write_manifest(&writing->folder, &view, writing->scenario, 0, state, error);
}

/* What --resume reads, and a line for each metric. */
static bool log_precision(FILE *stream, const struct results *results, struct error *error) {
    struct text words = {0};
    precision_words(results->precision, &words);
    (void)fprintf(stream, "%s%s\n", WRITING_STOPS, text_bytes(&words));
    bool good = !words.failed || error_add(error, ERROR_FAILURE, "not enough memory for run.log");
    text_free(&words);
    for (size_t t = 0; t < results->precision->count; t++) {
        const struct precision_target *target = &results->precision->targets[t];
        double half;
        double wanted;
        precision_state(target, results, &half, &wanted);
        (void)fprintf(stream, "precision: %s, half width %.4g, asked for %.4g%s\n", target->metric,
                      half, wanted, half <= wanted ? "" : WRITING_NOT_REACHED);
    }
    return good;
}

bool writing_log(const struct folder *folder, const struct options *options,
                 const struct results *results, time_t begun, struct error *error) {
    struct folder_file file = {0};
    struct tm local = {0};
    char when[64] = "";
    if (!folder_begin(folder, "run.log", &file, error)) {
        return false;
    }
    if (localtime_r(&begun, &local) != NULL) {
        (void)strftime(when, sizeof when, "%Y-%m-%d %H:%M:%S %z", &local);
    }
    version_print(file.stream);
    for (size_t n = 0; n < options->argument_count; n++) {
        (void)fprintf(file.stream, "scenario: %s\n", options->arguments[n]);
    }
    for (size_t n = 0; n < options->set_count; n++) {
        (void)fprintf(file.stream, "set: %s\n", options->sets[n]);
    }
    (void)fprintf(file.stream, "begun: %s\n", when);
    (void)fprintf(file.stream, "threads: %d\n", options->threads);
    (void)fprintf(file.stream, "replications: %" PRIu64 " of %" PRIu64 "%s\n",
                  results->replications, results->replications_asked,
                  results->interrupted ? ", interrupted" : "");
    if (results->precision != NULL && !log_precision(file.stream, results, error)) {
        folder_discard(&file);
        return false;
    }
    (void)fprintf(file.stream, "simulation: %.3f s\n", results->seconds);
    return folder_commit(&file, error);
}

bool writing_draw(const struct folder *folder, struct talk *talk, struct error *error) {
    struct text said = {0};
    if (*interrupt_flag()) {
        talk_say(talk, "The pictures are not drawn yet: anreiz plot %s", folder->path);
        return true;
    }
    bool good = plots_draw(folder, &said, error) && page_embed(folder, error);
    size_t length = said.length;
    while (length > 0 && said.bytes[length - 1] == '\n') {
        length--;
    }
    if (length > 0) {
        talk_say(talk, "%.*s", (int)length, said.bytes);
    }
    text_free(&said);
    return good;
}

void writing_close_folder(struct folder *folder) {
    if (folder->path != NULL) {
        (void)rmdir(folder->path); /* only when nothing is in it */
    }
    folder_close(folder);
}

void writing_close(struct writing *writing) {
    if (writing->keep) {
        replications_leave(&writing->rows);
    } else {
        replications_free(&writing->rows);
    }
    writing_close_folder(&writing->folder);
    *writing = (struct writing){0};
}

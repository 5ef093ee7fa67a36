#include "cli/optimize_files.h"

#include "cli/optimize_scenario.h"
#include "cli/version.h"
#include "cli/writing.h"
#include "report/optimum.h"

#include <inttypes.h>
#include <math.h>

static void write_list(FILE *file, const char *name, const char *const words[], size_t count) {
    (void)fprintf(file, "    %s = [ ", name);
    for (size_t w = 0; w < count; w++) {
        (void)fputs(w == 0 ? "\"" : ", \"", file);
        for (const char *at = words[w]; *at != '\0'; at++) {
            (void)fprintf(file, *at == '"' || *at == '\\' ? "\\%c" : "%c", *at);
        }
        (void)fputc('"', file);
    }
    (void)fputs(" ];\n", file);
}

/* Everything that decides the numbers: the scenario and what was asked. */
static bool write_manifest(FILE *file, const struct optimum *optimum,
                           const struct optimize_question *question, struct error *error) {
    static const char comment[] = "The scenario that was searched, as it stands, with all its "
                                  "parameters; the points are in optimize.csv.";
    if (!scenario_write(optimum->scenario, comment, file, error)) {
        return false;
    }
    (void)fprintf(file, "\nmanifest = {\n  version = \"%s\";\n  commit = \"%s\";\n  optimize = {\n",
                  version_number(), version_commit());
    write_list(file, "vary", question->vary, question->vary_count);
    for (size_t g = 0; g < optimum->goal_count; g++) {
        const struct target *goal = &optimum->targets[g];
        (void)fprintf(file, "    goal_%zu = \"%s %s\";\n", g + 1,
                      goal->up ? "maximize" : "minimize", goal->words);
    }
    write_list(file, "subject_to", question->bounds, question->bound_count);
    (void)fprintf(file,
                  "    confidence = %g;\n    max_evaluations = %zu;\n"
                  "    final_seed = %" PRIu64 "L;\n    final_replications = %" PRIu64 "L;\n  };\n",
                  optimum->confidence, optimum->evaluations, optimum->fresh_seed,
                  optimum->fresh_replications);
    if (optimum->interrupted) {
        (void)fprintf(file, "  interrupted = true; points_done = %zu;\n", optimum_points(optimum));
    }
    (void)fputs("};\n", file);
    return true;
}

/* The point of a candidate: of the comparison when it was made, else of the search. */
static bool write_candidate(FILE *file, const struct folder *folder, const struct optimum *optimum,
                            const struct options *options, size_t candidate, struct error *error) {
    bool compared = optimum_compared(optimum);
    const struct scores *scores = compared ? &optimum->fresh : &optimum->searched;
    size_t point = compared ? candidate + 1 : optimum->rows[optimum->candidates[candidate]];
    struct text comment = {0};
    struct text broken = {0};
    text_add(&comment, "%s\n",
             compared ? "Found by anreiz optimize; what it gives is in candidates.csv."
                      : "Found by anreiz optimize, and not compared on other histories yet.");
    for (size_t t = 0; t < optimum->target_count; t++) {
        optimum_text_target(&comment, optimum, t);
        text_add(&comment, t + 1 < optimum->target_count ? "; " : ".");
    }
    optimum_text_broken(&broken, optimum, candidate);
    if (broken.length > 0) {
        text_add(&comment, "\nIt BREAKS %s.", text_bytes(&broken));
    }
    text_free(&broken);
    bool good =
        optimize_scenario_write(file, folder, options, scores, point, text_bytes(&comment), error);
    text_free(&comment);
    return good;
}

enum kind { KIND_MANIFEST, KIND_POINTS, KIND_CANDIDATES, KIND_PARETO, KIND_SCENARIO };

/* What the writing of one file needs. */
struct files {
    const struct folder *folder;
    const struct optimum *optimum;
    const struct options *options;
    const struct optimize_question *question;
};

static bool write_file(const struct files *files, enum kind kind, const char *name,
                       size_t candidate, struct error *error) {
    struct folder_file file = {0};
    const struct optimum *optimum = files->optimum;
    bool good = true;
    if (!folder_begin(files->folder, name, &file, error)) {
        return false;
    }
    switch (kind) {
    case KIND_MANIFEST:
        good = write_manifest(file.stream, optimum, files->question, error);
        break;
    case KIND_POINTS:
        optimum_table_points(file.stream, optimum);
        break;
    case KIND_CANDIDATES:
        optimum_table_candidates(file.stream, optimum);
        break;
    case KIND_PARETO:
        optimum_table_pareto(file.stream, optimum);
        break;
    case KIND_SCENARIO:
        good =
            write_candidate(file.stream, files->folder, optimum, files->options, candidate, error);
        break;
    }
    if (!good) {
        folder_discard(&file);
        return false;
    }
    return folder_commit(&file, error);
}

/* optimum.cfg; of two goals one for each candidate. */
static bool write_scenarios(const struct files *files, struct error *error) {
    const struct optimum *optimum = files->optimum;
    bool good = true;
    if (optimum->goal_count == 1) {
        size_t best = optimum->chosen > 0 ? optimum->chosen - 1 : 0;
        return optimum->candidate_count == 0 ||
               write_file(files, KIND_SCENARIO, "optimum.cfg", best, error);
    }
    for (size_t c = 0; good && c < optimum->candidate_count; c++) {
        char name[48];
        (void)snprintf(name, sizeof name, "optimum-%zu.cfg", c + 1);
        good = write_file(files, KIND_SCENARIO, name, c, error);
    }
    return good;
}

bool optimize_files_write(const struct folder *folder, const struct optimum *optimum,
                          const struct options *options, const struct optimize_question *question,
                          time_t begun, struct error *error) {
    const struct files files = {folder, optimum, options, question};
    bool compared = optimum_compared(optimum);
    const struct results told = {
        .replications_asked = optimum_replications(optimum),
        .replications = optimum->searched.results.done_count * optimum->replications +
                        optimum->fresh.results.done_count * optimum->fresh_replications,
        .interrupted = optimum->interrupted,
        .seconds = optimum->searched.results.seconds + optimum->fresh.results.seconds,
    };
    return write_file(&files, KIND_MANIFEST, "manifest.cfg", 0, error) &&
           write_file(&files, KIND_POINTS, "optimize.csv", 0, error) &&
           (!compared || write_file(&files, KIND_CANDIDATES, "candidates.csv", 0, error)) &&
           (!compared || optimum->goal_count < 2 ||
            write_file(&files, KIND_PARETO, "pareto.csv", 0, error)) &&
           write_scenarios(&files, error) && writing_log(folder, options, &told, begun, error);
}

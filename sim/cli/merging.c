#include "cli/merging.h"

#include "base/memory.h"
#include "cli/saving.h"
#include "engine/table.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char STATE_NAME[] = "run.state";
enum { MISSING_NAMED = 10 };

/* Opens run.state of a part and reads what it says about itself. NULL: an error. */
static FILE *open_state(const char *path, struct state *state, struct error *error) {
    struct folder folder = {0};
    struct text name = {0};
    if (!folder_open(&folder, path, error)) {
        return NULL;
    }
    if (!folder_has(&folder, STATE_NAME)) {
        (void)error_add(error, ERROR_QUESTION,
                        folder_has(&folder, "manifest.cfg")
                            ? "%s: holds a whole run, not a shard of one (it has no run.state)"
                            : "%s: not the folder of a shard, it has no run.state",
                        path);
        folder_close(&folder);
        return NULL;
    }
    text_add(&name, "%s/%s", path, STATE_NAME);
    FILE *stream = folder_read(&folder, STATE_NAME, error);
    if (stream != NULL && !state_read(state, stream, text_bytes(&name), error)) {
        (void)fclose(stream);
        stream = NULL;
    }
    text_free(&name);
    folder_close(&folder);
    return stream;
}

/* Is the part finished, of this version, and of the same run as the first? */
static bool check_part(const struct part *part, const struct part *first, struct error *error) {
    const struct state *state = &part->state;
    const char *path = text_bytes(&part->path);
    char program[128];
    if (strcmp(state->program, saving_program(program)) != 0) {
        return error_add(error, ERROR_QUESTION,
                         "%s: simulated by anreiz %s, this is %s, and another version may give "
                         "other numbers: merge with that one",
                         path, state->program, program);
    }
    if (state->shards == 1 && state->done < state->end) {
        return error_add(error, ERROR_QUESTION,
                         "%s: holds a run that was left, not a shard: finish it with anreiz run "
                         "--resume",
                         path);
    }
    if (state->shards != first->state.shards) {
        return error_add(error, ERROR_QUESTION,
                         "%s: holds shard %" PRIu64 "/%" PRIu64 ", but %s %" PRIu64 "/%" PRIu64
                         ": all must be cut into as many",
                         path, state->shard, state->shards, text_bytes(&first->path),
                         first->state.shard, first->state.shards);
    }
    if (strcmp(state->plans[0].scenario, first->state.plans[0].scenario) != 0) {
        return saving_differ(first->state.plans[0].scenario, state->plans[0].scenario, path,
                             text_bytes(&first->path), error);
    }
    if (state->done < state->end - state->begin) {
        return error_add(error, ERROR_QUESTION,
                         "%s: shard %" PRIu64 "/%" PRIu64 " is not finished (%" PRIu64
                         " of %" PRIu64 " replications): the same command with --resume goes on",
                         path, state->shard, state->shards, state->done, state->end - state->begin);
    }
    return true;
}

static int by_shard(const void *one, const void *other) {
    uint64_t first = ((const struct part *)one)->state.shard;
    uint64_t second = ((const struct part *)other)->state.shard;
    return (first > second) - (first < second);
}

/* Each shard once. */
static bool check_all(const struct merging *merging, struct error *error) {
    const struct part *parts = merging->parts;
    uint64_t shards = parts[0].state.shards;
    uint64_t missing = 0;
    struct text names = {0};
    bool good = true;
    size_t p = 0;
    for (uint64_t shard = 1; shard <= shards; shard++) {
        if (p == merging->count || parts[p].state.shard != shard) {
            missing++;
            if (missing <= MISSING_NAMED) {
                text_add(&names, "%s%" PRIu64 "/%" PRIu64, missing > 1 ? ", " : "", shard, shards);
            }
            continue;
        }
        for (p++; p < merging->count && parts[p].state.shard == shard; p++) {
            good = error_add(error, ERROR_QUESTION,
                             "%s and %s both hold shard %" PRIu64 "/%" PRIu64 ": name one of them",
                             text_bytes(&parts[p - 1].path), text_bytes(&parts[p].path), shard,
                             shards);
        }
    }
    if (missing > MISSING_NAMED) {
        text_add(&names, " and %" PRIu64 " more", missing - MISSING_NAMED);
    }
    if (missing > 0) {
        good = error_add(error, ERROR_QUESTION, "%s missing: shard %s",
                         missing == 1 ? "a shard is" : "shards are", text_bytes(&names));
    }
    text_free(&names);
    return good;
}

bool merging_open(struct merging *merging, const char *const paths[], size_t count,
                  struct error *error) {
    merging->parts = memory_array(count, sizeof *merging->parts, "shards", error);
    if (merging->parts == NULL) {
        return false;
    }
    merging->count = count;
    bool good = true;
    for (size_t p = 0; p < count; p++) {
        struct part *part = &merging->parts[p];
        text_add(&part->path, "%s", paths[p]);
        FILE *stream = open_state(paths[p], &part->state, error);
        good = stream != NULL && good;
        if (stream != NULL) {
            (void)fclose(stream);
        }
    }
    for (size_t p = 0; good && p < count; p++) {
        good = check_part(&merging->parts[p], &merging->parts[0], error) || error->count < 20;
    }
    if (error->count > 0) {
        return false;
    }
    qsort(merging->parts, count, sizeof *merging->parts, by_shard);
    return check_all(merging, error);
}

bool merging_scenario(const struct merging *merging, struct scenario *scenario,
                      struct error *error) {
    const struct part *first = &merging->parts[0];
    struct text path = {0};
    text_add(&path, "%s/manifest.cfg", text_bytes(&first->path));
    bool good = scenario_load(scenario, text_bytes(&path), NULL, 0, error);
    char *text = good ? saving_scenario(scenario, error) : NULL;
    good = text != NULL;
    if (good && strcmp(text, first->state.plans[0].scenario) != 0) {
        good = saving_differ(first->state.plans[0].scenario, text, text_bytes(&path),
                             "the one that was simulated", error);
    }
    free(text);
    text_free(&path);
    return good;
}

/* Copies the rows behind the header, unless `to` is NULL, and checks that they are those which the
 * state counts. */
static bool copy_rows(const struct part *part, FILE *to, struct error *error) {
    struct text path = {0};
    struct checksum checksum = {0};
    unsigned char bytes[1 << 14];
    bool header = true;
    text_add(&path, "%s/replications.csv", text_bytes(&part->path));
    FILE *from = fopen(text_bytes(&path), "re");
    for (size_t got = 1; from != NULL && got > 0;) {
        got = fread(bytes, 1, sizeof bytes, from);
        const unsigned char *end = header ? memchr(bytes, '\n', got) : NULL;
        size_t skip = !header ? 0 : end == NULL ? got : (size_t)(end - bytes) + 1;
        checksum_add(&checksum, bytes, got);
        if (to != NULL) {
            (void)fwrite(bytes + skip, 1, got - skip, to);
        }
        header = header && end == NULL;
    }
    bool good = from != NULL && ferror(from) == 0;
    if (!good) {
        (void)error_add(error, ERROR_FAILURE, "%s: cannot read it: %s", text_bytes(&path),
                        strerror(errno));
    } else if (checksum.bytes != part->state.plans[0].row_bytes ||
               checksum_read(&checksum) != part->state.plans[0].row_sum) {
        good = error_add(error, ERROR_FAILURE,
                         "%s: not the rows that run.state tells of: simulate shard %" PRIu64
                         "/%" PRIu64 " again",
                         text_bytes(&path), part->state.shard, part->state.shards);
    }
    if (from != NULL) {
        (void)fclose(from);
    }
    text_free(&path);
    return good;
}

/* Reads the tables of a part into empty results. */
static bool read_part(const struct part *part, const struct scenario *scenario,
                      struct results *results, struct error *error) {
    struct state state = {0};
    FILE *stream = open_state(text_bytes(&part->path), &state, error);
    bool good = stream != NULL && results_init(results, &scenario, 1, part->state.begin, error) &&
                state_read_tables(&state, results, stream, text_bytes(&part->path), error);
    if (stream != NULL) {
        (void)fclose(stream);
    }
    state_free(&state);
    return good;
}

bool merging_read(const struct merging *merging, const struct scenario *scenario,
                  struct results *results, struct error *error) {
    bool good = true;
    for (size_t p = 0; good && p < merging->count; p++) {
        const struct part *part = &merging->parts[p];
        struct results next = {0};
        struct results *into = p == 0 ? results : &next;
        good = (part->state.begin == part->state.end && p > 0) ||
               read_part(part, scenario, into, error);
        if (good && p > 0 && part->state.begin < part->state.end) {
            good = table_append(&results->variants[0].values, &next.variants[0].values, error);
            results->replications += next.replications;
        }
        good = good && copy_rows(part, NULL, error);
        results_free(&next);
    }
    if (good) {
        results->seed = scenario->parameters.simulation.seed;
        results->replications_asked = merging->parts[0].state.asked;
        results_settle(results);
    }
    return good;
}

bool merging_write(const struct merging *merging, const struct results *results,
                   struct writing *writing, struct error *error) {
    bool good = true;
    replications_head(&writing->rows, 0, &results->variants[0].values);
    for (size_t p = 0; good && p < merging->count; p++) {
        good = copy_rows(&merging->parts[p], writing->rows.files[0].stream, error);
    }
    return good;
}

void merging_close(struct merging *merging) {
    for (size_t p = 0; p < merging->count; p++) {
        text_free(&merging->parts[p].path);
        state_free(&merging->parts[p].state);
    }
    free(merging->parts);
    *merging = (struct merging){0};
}

#include "cli/saving.h"

#include "base/memory.h"
#include "cli/saving_finished.h"
#include "cli/version.h"
#include "engine/precision.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char STATE_NAME[] = "run.state";
enum { CHECKPOINT_SECONDS = 60, SHARDS_MOST = 1000000 };

/* Saving takes at most this share of the time. */
static const double COST_SHARE = 0.05;

static bool read_shard(const char *value, struct saving_options *options, struct error *error) {
    char *end = NULL;
    options->shard = isdigit((unsigned char)value[0]) ? strtoumax(value, &end, 10) : 0;
    bool good = end != NULL && *end == '/' && isdigit((unsigned char)end[1]);
    options->shards = good ? strtoumax(end + 1, &end, 10) : 0;
    good = good && *end == '\0' && options->shards >= 1 && options->shards <= SHARDS_MOST;
    if (!good) {
        return error_add(error, ERROR_QUESTION,
                         "--shard %s: write part I of N as I/N, such as --shard 3/16", value);
    }
    if (options->shard < 1 || options->shard > options->shards) {
        return error_add(error, ERROR_QUESTION,
                         "--shard %s: shards are counted from 1/%" PRIu64 " to %" PRIu64 "/%" PRIu64
                         " (with Slurm: --array=1-%" PRIu64 ")",
                         value, options->shards, options->shards, options->shards, options->shards);
    }
    return true;
}

error_t saving_read_option(int key, const char *value, struct saving_options *options,
                           struct error *error) {
    bool good = true;
    switch (key) {
    case OPTION_RESUME:
        options->resume = true;
        break;
    case OPTION_SHARD:
        good = read_shard(value, options, error);
        break;
    case OPTION_CHECKPOINT:
        good = options_number("checkpoint", value, 0, 86400, &options->checkpoint, error);
        options->checkpoint_given = true;
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return good ? 0 : EINVAL;
}

const char *saving_program(char buffer[128]) {
    (void)snprintf(buffer, 128, "%s (commit %s)", version_number(), version_commit());
    return buffer;
}

char *saving_scenario(const struct scenario *scenario, struct error *error) {
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    bool good = stream != NULL && scenario_write_used(scenario, NULL, stream, error);
    good = stream != NULL && fclose(stream) == 0 && good;
    if (!good) {
        free(text);
        (void)error_add(error, ERROR_FAILURE, "not enough memory for the text of a scenario");
        return NULL;
    }
    return text;
}

/* To be freed by the caller; NULL without memory. */
static char *precision_text(const struct precision *precision) {
    struct text words = {0};
    if (precision != NULL) {
        precision_words(precision, &words);
    }
    char *copy = words.failed ? NULL : strdup(text_bytes(&words));
    text_free(&words);
    return copy;
}

bool saving_init(struct saving *saving, const struct saving_options *asked,
                 const struct scenario *const scenarios[], size_t count, struct error *error) {
    char program[128];
    uint64_t replications = (uint64_t)scenarios[0]->parameters.simulation.replications;
    bool whole = asked->shards == 0;
    *saving = (struct saving){.asked = *asked, .scenarios = scenarios, .count = count};
    state_cut(&saving->state, replications, whole ? 1 : asked->shard, whole ? 1 : asked->shards);
    saving->state.program = strdup(saving_program(program));
    saving->state.stops = precision_text(asked->precision);
    saving->sums = memory_array(count, sizeof *saving->sums, "checksums", error);
    bool good =
        saving->state.program != NULL && saving->state.stops != NULL && saving->sums != NULL;
    for (size_t v = 0; good && v < count; v++) {
        saving->state.plans[v].scenario = saving_scenario(scenarios[v], error);
        saving->state.plan_count = v + 1;
        good = saving->state.plans[v].scenario != NULL;
    }
    (void)clock_gettime(CLOCK_MONOTONIC, &saving->last);
    return good || error_add(error, ERROR_FAILURE, "not enough memory for the state of the run");
}

bool saving_differ(const char *here, const char *there, const char *path, const char *what,
                   struct error *error) {
    while (*here != '\0' && *there != '\0') {
        size_t length = strcspn(here, "\n");
        size_t other = strcspn(there, "\n");
        if (length != other || strncmp(here, there, length) != 0) {
            break;
        }
        here += length + (here[length] == '\n');
        there += other + (there[other] == '\n');
    }
    here += strspn(here, " ");
    there += strspn(there, " ");
    return error_add(error, ERROR_QUESTION,
                     "%s: another scenario than %s: \"%.*s\" there, \"%.*s\"", path, what,
                     (int)strcspn(there, "\n"), there, (int)strcspn(here, "\n"), here);
}

/* The state that was found must be one of this very run. */
static bool check_state(const struct saving *saving, const struct state *found, const char *path,
                        struct error *error) {
    const struct state *own = &saving->state;
    if (strcmp(found->program, own->program) != 0) {
        return error_add(error, ERROR_QUESTION,
                         "%s: begun by anreiz %s, this is %s, and another version may give other "
                         "numbers: go on with that one, or begin anew with --force instead of "
                         "--resume",
                         path, found->program, own->program);
    }
    if (found->shard != own->shard || found->shards != own->shards) {
        return error_add(error, ERROR_QUESTION,
                         "%s: holds shard %" PRIu64 "/%" PRIu64 ", asked for is %" PRIu64
                         "/%" PRIu64 ": name its own folder with --out",
                         path, found->shard, found->shards, own->shard, own->shards);
    }
    if (strcmp(found->stops, own->stops) != 0) {
        return error_add(error, ERROR_QUESTION,
                         "%s: begun with %s, asked for is %s, which may end at another history: go "
                         "on with what it was begun with, or begin anew with --force instead of "
                         "--resume",
                         path, *found->stops == '\0' ? "no --precision" : found->stops,
                         *own->stops == '\0' ? "none" : own->stops);
    }
    if (found->plan_count != own->plan_count) {
        return error_add(error, ERROR_QUESTION,
                         "%s: holds a run of %zu scenarios, asked for are %zu", path,
                         found->plan_count, own->plan_count);
    }
    for (size_t v = 0; v < own->plan_count; v++) {
        if (strcmp(found->plans[v].scenario, own->plans[v].scenario) != 0) {
            return saving_differ(own->plans[v].scenario, found->plans[v].scenario, path,
                                 "the one asked for", error);
        }
    }
    return true;
}

/* Takes over what an earlier process has done. */
static bool adopt(struct saving *saving, struct folder *folder, const char *path,
                  struct error *error) {
    struct state found = {0};
    struct text name = {0};
    text_add(&name, "%s/%s", path, STATE_NAME);
    saving->left = folder_read(folder, STATE_NAME, error);
    bool good = saving->left != NULL &&
                state_read(&found, saving->left, text_bytes(&name), error) &&
                check_state(saving, &found, path, error);
    if (good) {
        saving->state.done = found.done;
        for (size_t v = 0; v < found.plan_count; v++) {
            saving->state.plans[v].row_bytes = found.plans[v].row_bytes;
            saving->state.plans[v].row_sum = found.plans[v].row_sum;
        }
        saving->saved = true;
    }
    state_free(&found);
    text_free(&name);
    return good;
}

bool saving_look(struct saving *saving, const char *path, enum saving_found *found,
                 struct error *error) {
    struct folder folder = {0};
    struct stat status;
    *found = FOUND_NOTHING;
    if (stat(path, &status) != 0) {
        return true;
    }
    if (!folder_open(&folder, path, error)) {
        return false;
    }
    bool good = true;
    bool manifest = folder_has(&folder, "manifest.cfg");
    if (folder_has(&folder, STATE_NAME)) {
        good = adopt(saving, &folder, path, error);
        bool complete = manifest && saving->state.done == saving->state.end - saving->state.begin &&
                        saving->asked.shards > 0;
        *found = complete ? FOUND_COMPLETE : FOUND_STATE;
    } else if (manifest && saving_is_finished(saving, &folder)) {
        *found = FOUND_COMPLETE;
    } else if (manifest) {
        good = error_add(error, ERROR_QUESTION,
                         "%s: holds another run, which is finished; name another folder with "
                         "--out, or replace it with --force instead of --resume",
                         path);
    }
    folder_close(&folder);
    return good;
}

bool saving_restore(void *context, struct results *results, struct error *error) {
    struct saving *saving = context;
    if (saving->left == NULL) {
        return true;
    }
    bool good = state_read_tables(&saving->state, results, saving->left, STATE_NAME, error);
    (void)fclose(saving->left);
    saving->left = NULL;
    if (good) {
        talk_say(saving->talk, "going on after %" PRIu64 " of %" PRIu64 " replications",
                 saving->state.done, saving->state.end - saving->state.begin);
    }
    return good;
}

static double seconds_since(const struct timespec *begin) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - begin->tv_sec) + 1e-9 * (double)(now.tv_nsec - begin->tv_nsec);
}

bool saving_merged(void *context, struct results *results, struct error *error) {
    struct saving *saving = context;
    double interval =
        saving->asked.checkpoint_given ? (double)saving->asked.checkpoint : CHECKPOINT_SECONDS;
    double least = interval > 0.0 ? saving->cost / COST_SHARE : 0.0;
    if (seconds_since(&saving->last) < (interval > least ? interval : least)) {
        return true;
    }
    return saving_save(saving, results, error);
}

/* First the rows, then the state that counts them: whenever the process ends, the state on the disk
 * has its rows. */
static bool save_rows(struct saving *saving, const struct results *results, struct error *error) {
    for (size_t v = 0; v < saving->count; v++) {
        struct replications_table *rows = &saving->writings[v].rows;
        struct state_plan *plan = &saving->state.plans[v];
        replications_head(rows, 0, &results->variants[v].values);
        if (!folder_save(&rows->files[0], &saving->sums[v], error)) {
            return false;
        }
        plan->row_bytes = saving->sums[v].bytes;
        plan->row_sum = checksum_read(&saving->sums[v]);
    }
    return true;
}

bool saving_save(struct saving *saving, struct results *results, struct error *error) {
    struct timespec begun;
    struct folder_file file = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &begun);
    saving->state.done = results->replications;
    bool good = save_rows(saving, results, error) &&
                folder_begin(saving->folder, STATE_NAME, &file, error) &&
                state_write(&saving->state, results, file.stream, error) &&
                folder_commit(&file, error);
    folder_discard(&file);
    if (!good) {
        return false;
    }
    saving->saved = true;
    for (size_t v = 0; v < saving->count; v++) {
        saving->writings[v].keep = true;
    }
    saving->cost = seconds_since(&begun);
    (void)clock_gettime(CLOCK_MONOTONIC, &saving->last);
    return true;
}

bool saving_forget(struct saving *saving, struct error *error) {
    return !saving->saved || (folder_remove(saving->folder, STATE_NAME, error) &&
                              folder_remove(saving->folder, "run.state.tmp", error));
}

void saving_close(struct saving *saving) {
    if (saving->left != NULL) {
        (void)fclose(saving->left);
    }
    state_free(&saving->state);
    free(saving->sums);
    *saving = (struct saving){0};
}

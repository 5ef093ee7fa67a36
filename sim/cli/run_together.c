#include "cli/run.h"

#include "cli/merging.h"

#include "base/memory.h"

#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void shard_path(struct text *path, const struct run *run, int shard) {
    text_add(path, "%s/shard-%d-of-%d", text_bytes(&run->path), shard,
             run->options->processes.count);
}

/* The N of a name such as "shard-2-of-N", else 0. */
static int shards_named(const char *name) {
    static const char start[] = "shard-";
    static const char middle[] = "-of-";
    char *end;
    if (strncmp(name, start, sizeof start - 1) != 0) {
        return 0;
    }
    (void)strtol(name + sizeof start - 1, &end, 10);
    if (strncmp(end, middle, sizeof middle - 1) != 0) {
        return 0;
    }
    long shards = strtol(end + sizeof middle - 1, &end, 10);
    return *end == '\0' && shards > 0 && shards <= INT_MAX ? (int)shards : 0;
}

/* What an earlier start with another number of processes has left cannot be gone on with. */
static bool check_count(const struct run *run, struct error *error) {
    DIR *folder = opendir(text_bytes(&run->path));
    bool good = true;
    int count = run->options->processes.count;
    while (folder != NULL && good) {
        const struct dirent *entry = readdir(folder);
        if (entry == NULL) {
            break;
        }
        int shards = shards_named(entry->d_name);
        if (shards > 0 && shards != count) {
            good = error_add(error, ERROR_QUESTION,
                             "%s: begun with %d processes, these are %d: go on with mpirun -np %d, "
                             "or remove the folder %s/%s and its like",
                             text_bytes(&run->path), shards, count, shards, text_bytes(&run->path),
                             entry->d_name);
        }
    }
    if (folder != NULL) {
        (void)closedir(folder);
    }
    return good;
}

/* The first process makes the folder of the whole run, before anything is simulated. */
static bool begin_whole(struct run *run, struct writing *whole, struct error *error) {
    const char *path = text_bytes(&run->path);
    const struct scenario *scenario = &run->scenario;
    bool resume = run->saving_options.resume;
    enum saving_found found = FOUND_NOTHING;
    struct saving saving = {0};
    if (!run->writes || run->replication > 0 || run->saving_options.shards > 0) {
        return error_add(error, ERROR_QUESTION,
                         "%s is for a single process: start it without mpirun",
                         run->replication > 0             ? "--replication"
                         : run->saving_options.shards > 0 ? "--shard"
                                                          : "--summary without --out");
    }
    bool good = check_count(run, error);
    if (good && resume) {
        good = saving_init(&saving, &run->saving_options, &scenario, 1, error) &&
               saving_look(&saving, path, &found, error);
        if (good && found == FOUND_STATE) {
            good = error_add(error, ERROR_QUESTION,
                             "%s: begun by a single process: go on without mpirun", path);
        }
        saving_close(&saving);
    }
    run->complete = found == FOUND_COMPLETE;
    good = good && (!run->complete || run_finished(run, path, error));
    return good && (run->complete || writing_open(whole, path, run->options->force || resume,
                                                  &run->scenario, error));
}

/* Every process simulates a shard, in a folder below that of the run. */
static bool simulate_shard(struct run *run, struct error *error) {
    struct text path = {0};
    run->saving_options.shard = (uint64_t)run->options->processes.rank + 1;
    run->saving_options.shards = (uint64_t)run->options->processes.count;
    shard_path(&path, run, run->options->processes.rank + 1);
    bool good = run_begin(run, text_bytes(&path), error);
    good = good && (run->complete || run_execute(run, error));
    text_free(&path);
    return good;
}

static bool remove_shards(const struct merging *merging, struct error *error) {
    static const char *const NAMES[] = {"manifest.cfg", "replications.csv", "run.log", "run.state"};
    bool good = true;
    for (size_t p = 0; good && p < merging->count; p++) {
        struct folder folder = {0};
        good = folder_open(&folder, text_bytes(&merging->parts[p].path), error);
        for (size_t n = 0; good && n < sizeof NAMES / sizeof NAMES[0]; n++) {
            good = folder_remove(&folder, NAMES[n], error);
        }
        folder_close(&folder);
        (void)rmdir(text_bytes(&merging->parts[p].path));
    }
    return good;
}

/* The first process puts the shards together. */
static bool join_shards(struct run *run, time_t begun, struct error *error) {
    size_t count = (size_t)run->options->processes.count;
    struct text *paths = memory_array(count, sizeof *paths, "shards", error);
    const char **names = memory_array(count, sizeof *names, "shards", error);
    struct merging merging = {0};
    bool good = paths != NULL && names != NULL;
    for (size_t p = 0; good && p < count; p++) {
        shard_path(&paths[p], run, (int)p + 1);
        names[p] = text_bytes(&paths[p]);
    }
    writing_close(&run->writing);
    results_free(&run->results);
    good = good && merging_open(&merging, names, count, error) &&
           merging_read(&merging, &run->scenario, &run->results, error) &&
           writing_open(&run->writing, text_bytes(&run->path), true, &run->scenario, error) &&
           merging_write(&merging, &run->results, &run->writing, error) &&
           run_deliver(run, begun, error) && remove_shards(&merging, error);
    merging_close(&merging);
    for (size_t p = 0; paths != NULL && p < count; p++) {
        text_free(&paths[p]);
    }
    free(paths);
    free(names);
    return good;
}

/* Every process comes by every parallel_... in the same order, whether it is well or not. */
bool run_together(struct run *run, bool good, struct error *error) {
    const struct processes *processes = &run->options->processes;
    struct writing whole = {0};
    time_t begun = time(NULL);
    bool first = processes->rank == 0;
    good = good && (!first || begin_whole(run, &whole, error));
    run->complete = parallel_most(processes, run->complete) != 0;
    bool all = parallel_agree(processes, good);
    if (all && !run->complete) {
        good = simulate_shard(run, error);
        run->complete = false;
        all = parallel_agree(processes, good);
        if (good && !all) {
            good = error_add(error, ERROR_INTERRUPTED,
                             "another process has stopped; what is done is kept below %s, the same "
                             "command with --resume goes on from there",
                             text_bytes(&run->path));
        }
        writing_close(&whole);
        good = good && (!first || join_shards(run, begun, error));
    } else if (good && !all) {
        good = error_add(error, ERROR_FAILURE, "another process could not begin");
    }
    writing_close(&whole);
    return good;
}

/* The folder of a sweep: what was asked stands in it from the beginning, finished points follow as
 * they come, so that an interrupted sweep can go on.
 * Ownership: the caller owns the struct (zeroed is empty) and calls sweep_folder_close; the sweep
 * must outlive it. */
#ifndef CLI_SWEEP_FOLDER_H
#define CLI_SWEEP_FOLDER_H

#include "cli/options.h"
#include "cli/talk.h"
#include "engine/sweep.h"
#include "report/folder.h"

#include <time.h>

struct sweep_folder {
    struct folder folder;
    const struct sweep *sweep;
    struct sweep_results *results;
    const struct scenario *const *plans; /* as they stand */
    const struct options *options;
    struct timespec written; /* sweep.csv, last time */
};

/* Makes the folder and writes manifest.cfg and design.csv, or with `resume` takes the finished
 * points out of a folder that was begun with the same question. */
bool sweep_folder_open(struct sweep_folder *folder, const char *path, bool resume,
                       struct error *error) __attribute__((warn_unused_result));

/* The point callback of struct sweep; its context is the struct sweep_folder. */
bool sweep_folder_point(void *context, size_t point, struct error *error);

/* Tables, manifest and log; not the pictures. */
bool sweep_folder_finish(struct sweep_folder *folder, time_t begun, struct error *error)
    __attribute__((warn_unused_result));

void sweep_folder_close(struct sweep_folder *folder);

#endif

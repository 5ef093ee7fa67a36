/* The folder of an optimisation: tables, manifest, log, and the best scenario as a file that builds
 * on the one that was searched.
 * Ownership: only reads the optimum and the options; the folder belongs to the caller. */
#ifndef CLI_OPTIMIZE_FILES_H
#define CLI_OPTIMIZE_FILES_H

#include "cli/options.h"
#include "engine/optimum.h"
#include "report/folder.h"

#include <time.h>

/* The options after the scenario that say what was asked, for the manifest. */
struct optimize_question {
    const char *const *vary;
    size_t vary_count;
    const char *const *bounds;
    size_t bound_count;
};

/* Everything but the pictures. */
bool optimize_files_write(const struct folder *folder, const struct optimum *optimum,
                          const struct options *options, const struct optimize_question *question,
                          time_t begun, struct error *error) __attribute__((warn_unused_result));

#endif

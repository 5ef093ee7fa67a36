/* Whether a folder holds the very run that is asked for, finished.
 * Ownership: only reads. */
#ifndef CLI_SAVING_FINISHED_H
#define CLI_SAVING_FINISHED_H

#include "cli/saving.h"

/* By its manifest; a run that --precision ended also by run.log, for the manifest only knows the
 * number of histories that were needed. */
bool saving_is_finished(const struct saving *saving, const struct folder *folder);

#endif

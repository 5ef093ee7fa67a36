/* What this build is: version, commit, libraries, instruction set.
 * Ownership: constant strings; files belong to the caller. */
#ifndef CLI_VERSION_H
#define CLI_VERSION_H

#include <stdio.h>

const char *version_number(void); /* "0.1.0" */
const char *version_commit(void); /* "unknown" when it was not built from a repository */

void version_print(FILE *file);

#endif

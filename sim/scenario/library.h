/* The scenarios and configurations that come with the program: where they are, and files in them.
 * Ownership: paths are written to buffers of the caller. */
#ifndef SCENARIO_LIBRARY_H
#define SCENARIO_LIBRARY_H

#include "scenario/layers.h"

#include <stdbool.h>

/* The folder that holds configs/ and scenarios/: ../share/anreiz seen from the program's own
 * folder where it is installed, the checkout where it was built. False when there is none. */
bool library_folder(char folder[LAYERS_PATH_SIZE]) __attribute__((warn_unused_result));

/* Whether a name is also looked for there: not one that is a place, "/x.cfg" or "./x.cfg". */
bool library_knows(const char *name);

/* The file `name` in that folder (scenarios/hybrid.cfg) or in its folder scenarios (hybrid.cfg,
 * ../configs/firm.cfg, as the scenarios themselves say it). False when there is none. */
bool library_find(const char *name, char path[LAYERS_PATH_SIZE])
    __attribute__((warn_unused_result));

#endif

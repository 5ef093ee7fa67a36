/* Layers of a scenario: the file, what it extends, what it removes, and --set, merged to one tree.
 * Ownership: the caller frees the tree with tree_free, also after a failure. */
#ifndef SCENARIO_LAYERS_H
#define SCENARIO_LAYERS_H

#include "base/error.h"
#include "scenario/tree.h"

#include <stdbool.h>

/* Reads `path` and everything it extends into the empty `tree`. After a complaint the tree holds
 * what could be read, and `tree->incomplete` says whether a layer is missing. False only when
 * there is no tree at all. */
bool layers_load(struct tree *tree, const char *path, struct error *error)
    __attribute__((warn_unused_result));

/* Lays one "path=value" over the tree; complaints go to `error`. */
void layers_set(struct tree *tree, const char *assignment, struct error *error);

enum { LAYERS_PATH_SIZE = 4096 };

/* The path `name` relative to the folder of the file `base`; false when that is none. */
bool layers_resolve(char resolved[LAYERS_PATH_SIZE], const char *base, const char *name)
    __attribute__((warn_unused_result));

#endif

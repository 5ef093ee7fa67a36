/* The words of --vary and the tables of --design: which parameters are varied, and how.
 * Ownership: axes and designs belong to the caller (axes_free, design_free). */
#ifndef CLI_SWEEP_AXES_H
#define CLI_SWEEP_AXES_H

#include "base/error.h"
#include "engine/design.h"

/* PATH=LOW:HIGH, PATH=LOW:HIGH:NUMBER or PATH=VALUE,VALUE,...; commas inside of brackets and quotes
 * belong to a value. */
bool sweep_axes_add(struct design_axes *axes, const char *vary, struct error *error)
    __attribute__((warn_unused_result));

/* A table with a column for each path and a row for each point; a column `point` is left out. */
bool sweep_axes_file(struct design *design, const char *path, struct error *error)
    __attribute__((warn_unused_result));

#endif

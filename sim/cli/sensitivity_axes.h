/* Which parameters a sensitivity analysis varies, and over which ranges.
 * Ownership: the words are argv's; the struct (zeroed is empty) is freed by sensitivity_axes_free.
 */
#ifndef CLI_SENSITIVITY_AXES_H
#define CLI_SENSITIVITY_AXES_H

#include "base/text.h"
#include "engine/design.h"
#include "scenario/scenario.h"

struct sensitivity_axes {
    const char *varied[DESIGN_AXES_MOST]; /* words of --vary */
    size_t varied_count;
    const char *excepted[DESIGN_AXES_MOST]; /* words of --except */
    size_t excepted_count;
    struct design_axes axes;
    struct text base[DESIGN_AXES_MOST]; /* what the scenario has there */
    size_t off;                         /* parameters left out because they stand at 0 */
};

/* Takes note of a word of --vary or --except. */
bool sensitivity_axes_word(struct sensitivity_axes *axes, bool vary, const char *word,
                           struct error *error) __attribute__((warn_unused_result));

/* The axes: those of --vary (a parameter, a group of them but for what is settled in it, or one
 * with a range or values of its own), or else all uncertain ones of the first scenario that all
 * scenarios have; without those of
 * --except.
 */
bool sensitivity_axes_choose(struct sensitivity_axes *axes,
                             const struct scenario *const scenarios[], size_t count,
                             struct error *error) __attribute__((warn_unused_result));

void sensitivity_axes_free(struct sensitivity_axes *axes);

#endif

/* From what the user named, a scenario file or a finished run, to the scenario that is simulated:
 * --set, --seed and --replications applied. Ownership: the caller frees the scenario. */
#ifndef CLI_LOADING_H
#define CLI_LOADING_H

#include "base/text.h"
#include "cli/options.h"
#include "scenario/scenario.h"

/* `named` is a scenario file, one that comes with the program (scenario/library.h), or the folder
 * of a run, whose manifest.cfg is then read. */
bool loading_scenario(struct scenario *scenario, const char *named, const struct options *options,
                      struct error *error) __attribute__((warn_unused_result));

/* Says the notes of scenarios on values that are allowed but unusual, unless --quiet; what several
 * of them note is said once. */
void loading_notes(const struct scenario *scenarios, size_t count, const struct options *options);

/* Says of every scenario that differs from the first in more than pay plans and careers in how
 * much, unless --quiet: what is then found is not what the plans do. */
void loading_differences(const struct scenario *const scenarios[], size_t count,
                         const struct options *options);

/* The index of the role `name`; without one (NULL) or with a wrong one the error names the roles.
 */
bool loading_role(const struct parameters *parameters, const char *name, size_t *role,
                  struct error *error) __attribute__((warn_unused_result));

/* Adds the scenario's name to the path of a folder, letters that would change the path replaced. */
void loading_add_name(struct text *path, const struct scenario *scenario);

/* The paths of --set, each once, with the values that the scenario has there. */
struct swept {
    const char **names;
    const char **values;
    size_t count;
    struct text *texts; /* what they point to: names at even places, values at odd ones */
};
bool loading_swept(struct swept *swept, const struct options *options,
                   const struct scenario *scenario, struct error *error)
    __attribute__((warn_unused_result));
void loading_swept_free(struct swept *swept);

#endif

/* A scenario: the parameters of the model, read from files in libconfig's syntax and checked.
 * Ownership: the caller owns a struct scenario and calls scenario_free; zeroed is valid. */
#ifndef SCENARIO_SCENARIO_H
#define SCENARIO_SCENARIO_H

#include "base/error.h"
#include "base/text.h"
#include "model/parameters.h"
#include "scenario/reference.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct scenario {
    struct parameters parameters;
    char *path;
    struct text notes; /* sentences, each ended by a newline, about values outside of their
                          plausible range and values without effect */
    size_t note_count;
};

/* Reads the file `path` with everything that it extends and lays `sets`, each "path=value", over
 * it. Complaints are ERROR_QUESTION: all of them at once, each with file, line and path. The
 * scenario is empty after a failure. */
bool scenario_load(struct scenario *scenario, const char *path, const char *const sets[],
                   size_t set_count, struct error *error) __attribute__((warn_unused_result));

void scenario_free(struct scenario *scenario);

/* Writes every parameter, so that loading the file gives the same struct and writing that again
 * the same bytes. `header_comment` may have several lines, or be NULL. */
bool scenario_write(const struct scenario *scenario, const char *header_comment, FILE *file,
                    struct error *error) __attribute__((warn_unused_result));

/* The same without the plans by which nobody is paid: a scenario may know a library of them. */
bool scenario_write_used(const struct scenario *scenario, const char *header_comment, FILE *file,
                         struct error *error) __attribute__((warn_unused_result));

/* Frees the plans by which nobody is paid: of many scenarios in memory they are the larger part. A
 * scenario with dated changes keeps them. */
void scenario_drop_unused(struct scenario *scenario);

/* Whether some parameter names the entry `name` of a collection, such as a plan of "plans". */
bool scenario_refers(const struct scenario *scenario, const char *collection, const char *name);

/* A number that changes with what the lists of a real start hold, as text: the same for the same
 * people and customers, from which files ever; "" without any. */
enum { SCENARIO_IDENTITY_SIZE = 17 };
const char *scenario_start_identity(const struct scenario *scenario,
                                    char identity[SCENARIO_IDENTITY_SIZE]);

/* The text of one value, such as roles.kam.turnover.annual or plans.a.components.[0].target;
 * without quotes, numbers with as few digits as tell them apart. */
bool scenario_value(const struct scenario *scenario, const char *path, struct text *out,
                    struct error *error) __attribute__((warn_unused_result));

/* The path of every parameter that the scenario has, one a line. */
void scenario_paths(const struct scenario *scenario, FILE *file);

/* What a path leads to, in any scenario. */
enum scenario_kind {
    SCENARIO_NUMBER,
    SCENARIO_WHOLE, /* a whole number */
    SCENARIO_OTHER  /* a name, a choice, a list, a group */
};

/* The kind and the unit ("" when it has none) of what the path leads to. Names of roles, segments
 * and plans are taken to exist; a parameter that there is not is ERROR_QUESTION. */
bool scenario_kind_of(const char *path, enum scenario_kind *kind, const char **unit,
                      struct error *error) __attribute__((warn_unused_result));

/* Whether the first `length` bytes of a path name a parameter, or a group with one, that is the
 * path of a file, which a file elsewhere has to call something else. */
bool scenario_names_file(const char *path, size_t length);

#endif

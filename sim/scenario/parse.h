/* Text in libconfig's syntax to a tree of settings; the only user of libconfig (1.5 to 1.8).
 * Ownership: the caller owns the setting it gets. */
#ifndef SCENARIO_PARSE_H
#define SCENARIO_PARSE_H

#include "base/error.h"
#include "scenario/tree.h"

#include <stdbool.h>
#include <stddef.h>

enum { SCENARIO_BYTES_MOST = 4 << 20 };

/* The settings in `text` (`length` bytes and a 0; overwritten) as one group; NULL when there is no
 * making sense of it. Traps of the syntax add to `error` even when settings are returned. */
struct setting *parse_text(char *text, size_t length, const struct source *source,
                           struct error *error);

/* One value such as `0.2`, `"text"` or `( { ... } )`; NULL when it is none. `name` may be NULL. */
struct setting *parse_value(const char *value, const char *name, const struct source *source,
                            struct error *error);

/* The same for a whole file. `asked` is the place that asks for the file, "" when the user does;
 * `looked` ends the sentence that there is no such file: where else it was looked for, or "". */
struct setting *parse_file(const char *path, const struct source *source, const char *asked,
                           const char *looked, struct error *error);

#endif

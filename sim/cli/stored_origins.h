/* What tells runs of a store apart where their names do not: the values that were varied.
 * Ownership: the caller owns the struct (zeroed is valid) and calls stored_origins_free; it borrows
 * from the runs and must outlive the results that it was given to. */
#ifndef CLI_STORED_ORIGINS_H
#define CLI_STORED_ORIGINS_H

#include "cli/stored_runs.h"
#include "engine/results.h"

struct stored_origins {
    size_t count;
    struct origin *origins; /* one a run */
    struct text *marks;
    const char **words; /* paths, then values, of one run after the other */
};

/* Marks the variants of the results, which are the runs in their order. */
bool stored_origins_mark(struct stored_origins *origins, const struct stored_runs *runs,
                         struct results *results, struct error *error)
    __attribute__((warn_unused_result));

/* Whether some run needed a mark. */
bool stored_origins_marked(const struct stored_origins *origins);

void stored_origins_free(struct stored_origins *origins);

#endif

/* Putting shards of a run together: their folders, in the order of their numbers.
 * Ownership: the caller owns the struct (zeroed is valid) and calls merging_close. */
#ifndef CLI_MERGING_H
#define CLI_MERGING_H

#include "cli/writing.h"
#include "engine/state.h"

enum { SHARDS_MERGED_MOST = 100000 };

struct part {
    struct text path; /* of the folder */
    struct state state;
};

struct merging {
    struct part *parts; /* by shard */
    size_t count;
};

/* Reads what the folders hold. Folders that do not belong together, a shard that is there twice,
 * not finished or missing are errors, as many at once as there are. */
bool merging_open(struct merging *merging, const char *const paths[], size_t count,
                  struct error *error) __attribute__((warn_unused_result));

/* The scenario of the run. */
bool merging_scenario(const struct merging *merging, struct scenario *scenario, struct error *error)
    __attribute__((warn_unused_result));

/* Results of the whole run. Reads all of every shard, so that one that is damaged is found before
 * anything is written. */
bool merging_read(const struct merging *merging, const struct scenario *scenario,
                  struct results *results, struct error *error) __attribute__((warn_unused_result));

/* The rows of all shards, below their head. */
bool merging_write(const struct merging *merging, const struct results *results,
                   struct writing *writing, struct error *error)
    __attribute__((warn_unused_result));

void merging_close(struct merging *merging);

#endif

/* A store of many runs in one SQLite file, which many processes may use at once; docs/store.md
 * documents its tables and views.
 * Ownership: the caller owns the structs; store_close and the frees accept zeroed ones. */
#ifndef REPORT_STORE_H
#define REPORT_STORE_H

#include "base/text.h"
#include "engine/results.h"

struct store {
    void *database;
    char *path;
};

/* Opens or makes the store. A file that is something else, or of another version, is
 * ERROR_QUESTION; what the machine cannot do, ERROR_FAILURE. */
bool store_open(struct store *store, const char *path, struct error *error)
    __attribute__((warn_unused_result));
/* Opens one that is there and cannot change it. */
bool store_open_reading(struct store *store, const char *path, struct error *error)
    __attribute__((warn_unused_result));
void store_close(struct store *store);

/* What a run is known by: everything that its results follow from. */
struct store_key {
    const char *identity; /* the effective scenario with seed and replications, the program's
                             version, and what tables of a real start hold */
    char hash[17];
};
struct store_key store_key_of(const char *identity);

/* Paths that were varied, and what the scenario has there. */
struct store_swept {
    const char *const *paths;
    const char *const *values;
    size_t count;
};

/* A run to be stored: results of one variant, the values that were swept, and the values of chosen
 * series in every history. */
struct store_run {
    const struct store_key *key;
    const struct results *results;
    size_t variant;
    const char *version;
    const char *revision;
    const char *summary; /* what a person was told */
    struct store_swept swept;
    const struct table *kept; /* series, years; no months, no cells */
    const double *rows;       /* its cells for each replication */
};

/* In one transaction: other processes see all of it or nothing. What a run of the same key does not
 * have yet is added to it; `again` replaces what it has. */
bool store_add(struct store *store, const struct store_run *run, bool again, struct error *error)
    __attribute__((warn_unused_result));

/* Adds what was swept to a run that is there, where it is not known of it yet. */
bool store_add_swept(struct store *store, long long run, const struct store_swept *swept,
                     struct error *error) __attribute__((warn_unused_result));

/* A run that was stored; id 0: there is none of this key. */
struct store_found {
    long long id;
    struct text stored; /* when, UTC */
    struct text summary;
};
bool store_find(struct store *store, const struct store_key *key, struct store_found *found,
                struct error *error) __attribute__((warn_unused_result));
void store_found_free(struct store_found *found);

/* Mean and standard error of a series ("turnover.kam") over the whole horizon of a stored run; NaN
 * where it has none. */
struct store_mean {
    bool there;
    double mean;
    double standard_error;
};
bool store_mean(struct store *store, long long run, const char *series, struct store_mean *mean,
                struct error *error) __attribute__((warn_unused_result));

/* Mean, standard error and quantiles of a series in a year (from 1) or over the whole horizon (0).
 */
bool store_summary(struct store *store, long long run, const char *series, size_t year,
                   struct cell_summary *summary, struct error *error)
    __attribute__((warn_unused_result));

/* The values of a series in every history: the years and the horizon of the first replication, of
 * the second, ... `count` of them in all. `there`: false when the run does not keep the series. */
bool store_history(struct store *store, long long run, const char *series, double *values,
                   size_t count, bool *there, struct error *error)
    __attribute__((warn_unused_result));

/* Whether the run keeps the histories of a series. */
bool store_keeps(struct store *store, long long run, const char *series, bool *there,
                 struct error *error) __attribute__((warn_unused_result));

/* The effective scenario of a run; its first line is a comment. */
bool store_scenario(struct store *store, long long run, struct text *scenario, struct error *error)
    __attribute__((warn_unused_result));

/* What tells a run from others. */
struct store_entry {
    long long id;
    long long seed;
    long long replications;
    long long years;
    struct text name;
    struct text program; /* version and revision */
    struct text swept;
};
struct store_choice {
    struct store_entry *entries; /* oldest first */
    size_t count;
    size_t capacity;
    long long stored; /* runs in the store */
};

/* The runs for which an expression of SQL holds, over the columns that docs/store.md lists and the
 * paths that were swept; NULL: all. It can only read. A wrong one is ERROR_QUESTION. */
bool store_choose(struct store *store, const char *where, struct store_choice *choice,
                  struct error *error) __attribute__((warn_unused_result));
void store_choice_free(struct store_choice *choice);

/* Paths that were varied in a run with their values, in the order of the paths. */
struct store_values {
    struct text *texts; /* path and value in turns */
    size_t count;       /* of pairs */
    size_t capacity;
};
bool store_values(struct store *store, long long run, struct store_values *values,
                  struct error *error) __attribute__((warn_unused_result));
void store_values_free(struct store_values *values);

#endif

/* A store of many runs in one SQLite file, which many processes may use at once; docs/store.md
 * documents its tables and views.
 * Ownership: the caller owns the structs; store_close and store_found_free accept zeroed ones. */
#ifndef REPORT_STORE_H
#define REPORT_STORE_H

#include "base/text.h"
#include "engine/results.h"

struct store {
    void *database;
    char *path;
};

/* Opens or makes the store. A file that is something else, or of a newer version, is
 * ERROR_QUESTION; what the machine cannot do, ERROR_FAILURE. */
bool store_open(struct store *store, const char *path, struct error *error)
    __attribute__((warn_unused_result));
void store_close(struct store *store);

/* What a run is known by: everything that its results follow from. */
struct store_key {
    const char *identity; /* the effective scenario with seed and replications, the program's
                             version, and what tables of a real start hold */
    char hash[17];
};
struct store_key store_key_of(const char *identity);

/* A run to be stored: results of one variant, the values that were swept, and the whole-horizon
 * values of chosen metrics in every history. */
struct store_run {
    const struct store_key *key;
    const struct results *results;
    size_t variant;
    const char *version;
    const char *summary;      /* what a person was told */
    const char *const *paths; /* swept */
    const char *const *values;
    size_t path_count;
    const char *const *metrics;
    size_t metric_count;
    const double *histories; /* a row of metric_count values for each replication */
};

/* In one transaction: other processes see all of it or nothing. A run of the same key is kept as it
 * is, or replaced with `again`. */
bool store_add(struct store *store, const struct store_run *run, bool again, struct error *error)
    __attribute__((warn_unused_result));

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
bool store_mean(struct store *store, long long run, const char *series, double *mean,
                double *standard_error, struct error *error) __attribute__((warn_unused_result));

#endif

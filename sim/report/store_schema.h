/* The tables and views of a store, in SQLite's words; docs/store.md explains them.
 * Ownership: a constant. */
#ifndef REPORT_STORE_SCHEMA_H
#define REPORT_STORE_SCHEMA_H

/* "anrz": what a store says it is. A change of the schema increases its version. */
enum { STORE_APPLICATION = 0x616E727A, STORE_VERSION = 2 };

/* What was swept in the run `id`, in one text. */
#define STORE_SWEPT(id, and)                                                                       \
    "(SELECT group_concat(path || '=' || value, ' ') FROM swept AS w WHERE w.run = " id and ")"

static const char STORE_SCHEMA[] =
    "CREATE TABLE runs (id INTEGER PRIMARY KEY, hash TEXT NOT NULL, name TEXT NOT NULL,"
    " question TEXT NOT NULL, plans TEXT NOT NULL, seed INTEGER NOT NULL,"
    " replications INTEGER NOT NULL, years INTEGER NOT NULL, version TEXT NOT NULL,"
    " revision TEXT NOT NULL, stored TEXT NOT NULL, scenario TEXT NOT NULL,"
    " summary TEXT NOT NULL);"
    "CREATE INDEX runs_hash ON runs (hash);"
    "CREATE TABLE swept (run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,"
    " path TEXT NOT NULL, value NUMERIC NOT NULL, PRIMARY KEY (run, path)) WITHOUT ROWID;"
    "CREATE TABLE results (run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,"
    " series TEXT NOT NULL, year INTEGER NOT NULL, metric TEXT NOT NULL, role TEXT NOT NULL,"
    " segment TEXT NOT NULL, unit TEXT NOT NULL, mean REAL, standard_error REAL, p5 REAL,"
    " p10 REAL, p25 REAL, p50 REAL, p75 REAL, p90 REAL, p95 REAL,"
    " PRIMARY KEY (run, series, year)) WITHOUT ROWID;"
    "CREATE TABLE replications (run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,"
    " series TEXT NOT NULL, replication INTEGER NOT NULL, value REAL,"
    " PRIMARY KEY (run, series, replication)) WITHOUT ROWID;"
    "CREATE TABLE histories (run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,"
    " series TEXT NOT NULL, numbers BLOB NOT NULL, PRIMARY KEY (run, series));"
    "CREATE VIEW latest_runs AS SELECT id, name, plans, seed, replications, years, version,"
    " revision, stored, " STORE_SWEPT(
        "runs.id",
        "") " AS swept FROM runs ORDER BY id DESC;"
            "CREATE VIEW means AS SELECT run, name, " STORE_SWEPT(
                "runs.id",
                "") " AS swept, series, unit,"
                    " mean, standard_error, p5, p50, p95"
                    " FROM results JOIN runs ON runs.id = run WHERE year = 0;"
                    "CREATE VIEW means_by_year AS SELECT run, name, " STORE_SWEPT(
                        "runs.id",
                        "") " AS swept,"
                            " series, year, unit, mean, standard_error, p5, p50, p95"
                            " FROM results JOIN runs ON runs.id = run WHERE year > 0;"
                            "CREATE VIEW curves AS SELECT s.path AS path, s.value AS value, "
                            "r.series AS series,"
                            " r.unit AS unit, r.mean AS mean, r.standard_error AS standard_error, "
                            "r.p5 AS p5, r.p95 AS p95,"
                            " x.name AS name, " STORE_SWEPT(
                                "x.id",
                                " AND w.path <> s.path") " AS others,"
                                                         " x.seed AS seed, x.replications AS "
                                                         "replications, x.id AS run"
                                                         " FROM swept AS s JOIN runs AS x ON x.id "
                                                         "= s.run JOIN results AS r ON r.run = x.id"
                                                         " WHERE r.year = 0;"
                                                         "CREATE VIEW paired_differences AS SELECT "
                                                         "b.run AS baseline, p.run AS run, "
                                                         "p.series AS series,"
                                                         " count(*) AS histories, avg(p.value - "
                                                         "b.value) AS difference,"
                                                         " CASE WHEN count(*) > 1 THEN sqrt(max(0, "
                                                         "avg((p.value - b.value) * (p.value - "
                                                         "b.value))"
                                                         " - avg(p.value - b.value) * avg(p.value "
                                                         "- b.value)) / (count(*) - 1)) END AS "
                                                         "standard_error,"
                                                         " avg(p.value > b.value) AS share_higher"
                                                         " FROM replications AS b JOIN runs AS x "
                                                         "ON x.id = b.run"
                                                         " JOIN runs AS y ON y.seed = x.seed AND "
                                                         "y.years = x.years AND y.id <> x.id"
                                                         " JOIN replications AS p ON p.run = y.id "
                                                         "AND p.series = b.series"
                                                         " AND p.replication = b.replication"
                                                         " WHERE p.value IS NOT NULL AND b.value "
                                                         "IS NOT NULL GROUP BY b.run, p.run, "
                                                         "p.series;";

#endif

/* People with their employment, plan and targets, read and checked row by row.
 * Ownership: rows are lent to the callback for the time of the call; nothing is kept.
 *
 * Columns (other names in people.c): person; team, role, plan, start, end, salary, target, quota,
 * leaver, attainment, unvested, vests. Everybody has one row. Tables in general: data/table.h. */
#ifndef DATA_PEOPLE_H
#define DATA_PEOPLE_H

#include "data/date.h"
#include "data/promise.h"
#include "data/table.h"

#include <stdbool.h>
#include <stddef.h>

struct person_row {
    long line;             /* in the file, 1 = its first */
    struct table_row *row; /* what else is wrong is said of it (cell_complain) */
    const char *person;
    const char *team; /* "" when the file does not say; likewise role and plan */
    const char *role;
    const char *plan;
    bool has_start;
    struct date start; /* first day of employment */
    bool has_end;
    struct date end;   /* last day, not before the first */
    double salary;     /* a year; NAN when the file does not say; likewise target and quota */
    double target;     /* variable target pay a year */
    double quota;      /* a year */
    double attainment; /* of the quota of the last twelve months, 1 is 100 %; NAN likewise */
    struct promise promises[PROMISES_MOST]; /* awards that have not vested */
    size_t promise_count;
    bool good_leaver; /* column leaver: good or bad; bad when the file does not say */
};

/* As deals_read (data/deals.h). A second row of the same person is bad; for this the names are kept
 * while reading. */
bool people_read(const char *path, const struct table_options *options,
                 bool (*row)(void *user, const struct person_row *person), void *user,
                 struct table_report *report, struct error *error)
    __attribute__((warn_unused_result));

#endif

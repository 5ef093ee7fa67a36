/* Deals as firms export them, read and checked row by row.
 * Ownership: rows are lent to the callback for the time of the call; nothing is kept.
 *
 * Columns (other names in deals.c): date and amount; person, or split, or both; customer, product,
 * kind, margin, cancelled. Tables in general: data/table.h, amounts: data/number.h, days:
 * data/date.h, splits: data/credit.h. */
#ifndef DATA_DEALS_H
#define DATA_DEALS_H

#include "data/credit.h"
#include "data/date.h"
#include "data/table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum deal_kind { DEAL_NEW, DEAL_EXPANSION, DEAL_RENEWAL };

struct deal {
    long line; /* in the file, 1 = its first */
    struct date date;
    const char *customer; /* "" when the file does not say */
    const char *product;  /* "" likewise */
    enum deal_kind kind;  /* new when the file has no such column */
    int64_t amount;       /* annual contract value, millionths; may be negative (a credit note).
                             A single one fits 64 bits; a sum of many needs a check or 128 bits */
    bool has_margin;
    int64_t margin; /* millionths; 0 when the file does not say */
    bool cancelled;
    struct date cancelled_on; /* not before the date */
    size_t credit_count;      /* at least 1: the person of the row, or those of its split */
    struct credit credits[CREDITS_MOST]; /* shares sum to MILLIONTHS */
};

/* Reads the deals at `path` and gives each good one to `row`; NULL only checks the file.
 *
 * Unless bad rows are skipped they make the result false, but only when all rows were read, and
 * then `row` was called for the good ones already: read with NULL first and go on only when that
 * was true. `row` returns false to stop; then the result is false and `error` left to the caller.
 * `report` is begun anew and belongs to the caller, whatever the result. */
bool deals_read(const char *path, const struct table_options *options,
                bool (*row)(void *user, const struct deal *deal), void *user,
                struct table_report *report, struct error *error)
    __attribute__((warn_unused_result));

#endif

/* Tables (CSV) with declared columns, as people export them: read row by row, every bad row listed.
 * Ownership: rows are lent to the callback for the time of the call; the caller of a reading owns
 * the report and calls table_report_free.
 *
 * Fields are separated by commas, semicolons or tabs, whichever the heading has most of. The
 * separator decides the decimal sign: a point with commas, a comma with semicolons; with tabs the
 * first number that fits only one of the two. Numbers that fit only the other sign are bad rows
 * (data/number.h). Fields may be quoted, with doubled quotes, separators and line ends inside;
 * lines end with LF, CRLF or CR; rows without any text are left out. A row has as many fields as
 * the heading; empty ones behind the last do not count. */
#ifndef DATA_TABLE_H
#define DATA_TABLE_H

#include "base/error.h"
#include "base/text.h"
#include "data/number.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    TABLE_COLUMNS_MOST = 16,      /* declared; a file may have 4096 */
    TABLE_CELL_LONGEST = 4096,    /* bytes of a cell of a declared column */
    TABLE_BAD_ROWS_LISTED = 1000, /* further ones are only counted */
    TABLE_SHOWN_SIZE = 80         /* bytes of a shown text */
};

struct table_column {
    const char *name;  /* as in sentences */
    const char *other; /* other names, folded (data/fold.h), with bars between them */
    bool required;     /* the file has it, and no cell is empty */
    bool filled;       /* where the file has it, no cell is empty */
    size_t instead;    /* a column that may stand in for a required one; 0: none */
};

/* One kind of table. */
struct table_form {
    const struct table_column *columns;
    size_t column_count; /* at most TABLE_COLUMNS_MOST */
};

struct table_options {
    bool skip_bad_rows; /* bad rows are left out and counted; otherwise reading fails at the end */
    bool complete;      /* nothing may be left out: nobody is told of skipping, and who takes rows
                         * gets the bad ones too, to say all that is wrong with them */
    char decimal;       /* '.' or ',' when the user says so; 0: by the rule above */
};

/* What a reading found. */
struct table_report {
    long rows; /* good ones */
    long bad_rows;
    struct text bad;     /* a sentence for everything wrong, file:line: column: ... */
    struct text notes;   /* sentences: what was assumed, and what is in the file but not used */
    bool deals_in_order; /* dates of deals never decrease (deals_read only) */
};

void table_report_free(struct table_report *report);

struct table_row {
    long line; /* where it begins; 1 is the first of the file */
    bool bad;  /* something was complained about */
    const char
        *cells[TABLE_COLUMNS_MOST]; /* without blanks around; NULL: there is no such column */
    const struct table_form *form;
    struct number_style *style;
    struct table *table;
};

/* Reads the table at `path`, a plain file, and gives every row to `row`, which complains about what
 * is wrong with it and returns false to stop; then, too, the result is false, and `error` is left
 * to who stopped. `report` is begun anew. */
bool table_read(const char *path, const struct table_form *form,
                const struct table_options *options, bool (*row)(void *user, struct table_row *row),
                void *user, struct table_report *report, struct error *error)
    __attribute__((warn_unused_result));

/* Lists the row as bad: "deals.csv:17: amount: " and the sentence; the name of the column is the
 * one in the file. */
void table_complain(struct table_row *row, size_t column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* `text` in quotes, fit to stand in a sentence: short, and without control characters. */
const char *table_show(const char *text, char shown[TABLE_SHOWN_SIZE]);

#endif

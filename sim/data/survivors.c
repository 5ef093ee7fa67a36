#include "data/survivors.h"

#include "data/cell.h"

enum column { YEAR, CUSTOMERS, SEGMENT };

static const struct table_column COLUMNS[] = {
    [YEAR] = {.name = "year", .other = "period|age|tenure|jahr|periode", .required = true},
    [CUSTOMERS] = {.name = "customers",
                   .other =
                       "survivors|survival|active|retained|remaining|kunden|bestand|verblieben",
                   .required = true},
    [SEGMENT] = {.name = "segment", .other = "market|tier|markt|kundensegment"},
};

static const struct table_form FORM = {COLUMNS, sizeof COLUMNS / sizeof *COLUMNS};

struct reading {
    bool (*row)(void *user, const struct survivors *survivors);
    void *user;
};

static bool read_survivors(void *user, struct table_row *row) {
    const struct reading *reading = user;
    struct survivors survivors = {.line = row->line};
    double year = 0.0;
    char shown[TABLE_SHOWN_SIZE];
    survivors.segment = cell_text(row, SEGMENT);
    if (cell_number(row, YEAR, &year)) {
        bool whole = year >= 0.0 && year <= SURVIVORS_YEARS_MOST && year == (double)(long)year;
        survivors.year = whole ? (long)year : 0;
        if (!whole) {
            table_complain(row, YEAR,
                           "%s is not a whole number from 0 to %d: years since the cohort began",
                           table_show(row->cells[YEAR], shown), SURVIVORS_YEARS_MOST);
        }
    }
    if (cell_number(row, CUSTOMERS, &survivors.customers) && survivors.customers < 0.0) {
        table_complain(row, CUSTOMERS, "%s is negative", table_show(row->cells[CUSTOMERS], shown));
    }
    return row->bad || reading->row == NULL || reading->row(reading->user, &survivors);
}

bool survivors_read(const char *path, const struct table_options *options,
                    bool (*row)(void *user, const struct survivors *survivors), void *user,
                    struct table_report *report, struct error *error) {
    struct reading reading = {row, user};
    return table_read(path, &FORM, options, read_survivors, &reading, report, error);
}

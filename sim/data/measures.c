#include "data/measures.h"

#include "data/cell.h"

enum column { MONTH, METRIC, VALUE, PERSON, PRODUCT };

static const struct table_column COLUMNS[] = {
    [MONTH] = {.name = "month", .other = "date|monat|datum", .required = true},
    [METRIC] = {.name = "metric", .other = "measure|metrik|kennzahl", .required = true},
    [VALUE] = {.name = "value", .other = "result|wert|ergebnis", .required = true},
    [PERSON] = {.name = "person",
                .other =
                    "rep|salesrep|owner|employee|salesperson|verkaeufer|verkaeuferin|mitarbeiter|"
                    "mitarbeiterin"},
    [PRODUCT] = {.name = "product", .other = "objective|produkt|segment|zielname"},
};

static const struct table_form FORM = {COLUMNS, sizeof COLUMNS / sizeof *COLUMNS};

struct reading {
    bool (*row)(void *user, const struct measure_row *measure);
    void *user;
};

static bool read_measure(void *user, struct table_row *row) {
    const struct reading *reading = user;
    struct measure_row measure = {.line = row->line};
    (void)cell_month(row, MONTH, &measure.month);
    measure.metric = cell_text(row, METRIC);
    (void)cell_number(row, VALUE, &measure.value);
    measure.person = cell_text(row, PERSON);
    measure.product = cell_text(row, PRODUCT);
    return row->bad || reading->row == NULL || reading->row(reading->user, &measure);
}

bool measures_read(const char *path, const struct table_options *options,
                   bool (*row)(void *user, const struct measure_row *measure), void *user,
                   struct table_report *report, struct error *error) {
    struct reading reading = {row, user};
    return table_read(path, &FORM, options, read_measure, &reading, report, error);
}

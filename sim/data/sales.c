#include "data/sales.h"

#include "data/cell.h"

enum column { PERSON, MONTH, SALES, ROLE, QUOTA };

static const struct table_column COLUMNS[] = {
    [PERSON] = {.name = "person",
                .other = "rep|salesrep|owner|employee|salesperson|name|verkaeufer|verkaeuferin|"
                         "mitarbeiter|mitarbeiterin",
                .required = true},
    [MONTH] = {.name = "month", .other = "monat", .required = true},
    [SALES] = {.name = "sales",
               .other = "amount|revenue|bookings|result|umsatz|betrag|ergebnis",
               .required = true},
    [ROLE] = {.name = "role", .other = "rolle|position|jobtitle|job"},
    [QUOTA] = {.name = "quota", .other = "target|ziel|quote|zielvorgabe"},
};

static const struct table_form FORM = {COLUMNS, sizeof COLUMNS / sizeof *COLUMNS};

struct reading {
    bool (*row)(void *user, const struct sales_row *sales);
    void *user;
};

static bool read_sales(void *user, struct table_row *row) {
    const struct reading *reading = user;
    struct sales_row sales = {.sales = 0.0};
    int64_t millionths = 0;
    sales.person = cell_text(row, PERSON);
    sales.role = cell_text(row, ROLE);
    (void)cell_month(row, MONTH, &sales.month);
    if (cell_amount(row, SALES, &millionths)) {
        sales.sales = (double)millionths / MILLIONTHS;
    }
    cell_units(row, QUOTA, &sales.quota);
    if (sales.quota == 0.0) {
        table_complain(row, QUOTA, "0 is no quota; leave it empty when there is none");
    }
    return row->bad || reading->row == NULL || reading->row(reading->user, &sales);
}

bool sales_read(const char *path, const struct table_options *options,
                bool (*row)(void *user, const struct sales_row *sales), void *user,
                struct table_report *report, struct error *error) {
    struct reading reading = {row, user};
    return table_read(path, &FORM, options, read_sales, &reading, report, error);
}

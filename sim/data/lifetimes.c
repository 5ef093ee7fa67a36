#include "data/lifetimes.h"

#include "data/cell.h"

enum column { CUSTOMER, START, SEGMENT, END };

static const struct table_column COLUMNS[] = {
    [CUSTOMER] = {.name = "customer",
                  .other = "account|accountname|customerid|client|company|name|kunde|firma|"
                           "unternehmen|kundennummer",
                  .required = true},
    [START] = {.name = "start",
               .other = "startdate|since|customersince|kundeseit|seit|vertragsbeginn",
               .required = true},
    [SEGMENT] = {.name = "segment", .other = "market|tier|markt|kundensegment"},
    [END] = {.name = "end",
             .other = "enddate|churned|churndate|cancelled|canceled|cancellationdate|lost|"
                      "kuendigung|gekuendigt|vertragsende"},
};

static const struct table_form FORM = {COLUMNS, sizeof COLUMNS / sizeof *COLUMNS};

struct reading {
    bool (*row)(void *user, const struct lifetime *lifetime);
    void *user;
};

static bool read_lifetime(void *user, struct table_row *row) {
    const struct reading *reading = user;
    struct lifetime lifetime = {.has_end = false};
    lifetime.customer = cell_text(row, CUSTOMER);
    lifetime.segment = cell_text(row, SEGMENT);
    bool has_start = cell_date(row, START, &lifetime.start);
    lifetime.has_end = cell_date(row, END, &lifetime.end);
    if (has_start && lifetime.has_end && date_compare(lifetime.end, lifetime.start) < 0) {
        char shown[TABLE_SHOWN_SIZE];
        table_complain(row, END, "%s is before the start", table_show(row->cells[END], shown));
    }
    return row->bad || reading->row == NULL || reading->row(reading->user, &lifetime);
}

bool lifetimes_read(const char *path, const struct table_options *options,
                    bool (*row)(void *user, const struct lifetime *lifetime), void *user,
                    struct table_report *report, struct error *error) {
    struct reading reading = {row, user};
    return table_read(path, &FORM, options, read_lifetime, &reading, report, error);
}

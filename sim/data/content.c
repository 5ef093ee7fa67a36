#include "data/content.h"

enum column { PERSON, CUSTOMER, COMPANY, START, YEAR, CUSTOMERS, STAGE, MONTH, DATE, AMOUNT };

/* Names that stand for something else in another of the tables are left out. */
static const struct table_column COLUMNS[] = {
    [PERSON] = {.name = "person",
                .other = "rep|salesrep|owner|dealowner|opportunityowner|employee|employeeid|"
                         "salesperson|personnelnumber|verkaeufer|verkaeuferin|mitarbeiter|"
                         "mitarbeiterin|personalnummer"},
    [CUSTOMER] = {.name = "customer",
                  .other = "account|accountname|customerid|client|kunde|kundennummer"},
    [COMPANY] = {.name = "company", .other = "firma|unternehmen"}, /* perhaps that of a person */
    [START] = {.name = "start",
               .other = "startdate|hiredate|hire|hired|eintritt|eintrittsdatum|since|"
                        "customersince|kundeseit|vertragsbeginn"},
    [YEAR] = {.name = "year", .other = "period|age|jahr|periode"},
    [CUSTOMERS] = {.name = "customers",
                   .other = "survivors|survival|active|retained|remaining|kunden|bestand|"
                            "verblieben"},
    [STAGE] = {.name = "stage", .other = "stagename|tostage|newstage|phase|stufe|verkaufsphase"},
    [MONTH] = {.name = "month", .other = "monat"},
    [DATE] = {.name = "date", .other = "datum|closedate|closed|abschlussdatum|abschluss"},
    [AMOUNT] = {.name = "amount",
                .other = "value|acv|revenue|dealvalue|betrag|umsatz|auftragswert"},
};

static const struct table_form FORM = {COLUMNS, sizeof COLUMNS / sizeof *COLUMNS};

struct finding {
    bool found; /* a row */
    bool known; /* what it is */
    enum content content;
};

/* The first row tells which columns there are. */
static bool look(void *user, struct table_row *row) {
    static const struct {
        enum column first;
        enum column second;
        enum content content;
    } SIGNS[] = {
        {STAGE, STAGE, CONTENT_OPPORTUNITIES}, {YEAR, CUSTOMERS, CONTENT_SURVIVORS},
        {PERSON, MONTH, CONTENT_SALES},        {CUSTOMER, START, CONTENT_LIFETIMES},
        {PERSON, START, CONTENT_EMPLOYMENTS},  {COMPANY, START, CONTENT_LIFETIMES},
        {DATE, AMOUNT, CONTENT_DEALS},
    };
    struct finding *finding = user;
    finding->found = true;
    for (size_t s = 0; s < sizeof SIGNS / sizeof *SIGNS && !finding->known; s++) {
        finding->known = row->cells[SIGNS[s].first] != NULL && row->cells[SIGNS[s].second] != NULL;
        finding->content = SIGNS[s].content;
    }
    return false;
}

bool content_find(const char *path, enum content *content, struct error *error) {
    const struct table_options options = {.skip_bad_rows = true};
    struct table_report report = {0};
    struct finding finding = {.found = false};
    bool read = table_read(path, &FORM, &options, look, &finding, &report, error);
    table_report_free(&report);
    if (!read && !finding.found) { /* the error says why */
        return false;
    }
    *content = finding.content;
    return finding.known ||
           error_add(error, ERROR_QUESTION,
                     finding.found
                         ? "%s: its columns do not say what it is; wanted are person, start (and "
                           "end) for people; customer, start (and end) for customers; year, "
                           "customers for a table of survival; opportunity, stage, date for a "
                           "pipeline; date, person, amount for deals; person, month, sales for "
                           "monthly sales: rename the columns (docs/fit.md)"
                         : "%s: there is no row below the heading that can be read",
                     path);
}

#include "data/deals.h"

#include "data/cell.h"

#include <string.h>

enum column { DATE, PERSON, CUSTOMER, AMOUNT, MARGIN, KIND, PRODUCT, SPLIT, CANCELLED };

static const struct table_column COLUMNS[] = {
    [DATE] = {.name = "date",
              .other = "datum|closedate|closed|abschlussdatum|abschluss",
              .required = true},
    [PERSON] = {.name = "person",
                .other =
                    "rep|salesrep|owner|dealowner|opportunityowner|employee|salesperson|verkaeufer|"
                    "verkaeuferin|mitarbeiter|mitarbeiterin",
                .required = true,
                .instead = SPLIT},
    [CUSTOMER] = {.name = "customer", .other = "account|accountname|client|company|kunde|firma"},
    [AMOUNT] = {.name = "amount",
                .other = "value|acv|revenue|dealvalue|betrag|umsatz|auftragswert",
                .required = true},
    [MARGIN] = {.name = "margin", .other = "grossmargin|marge|deckungsbeitrag"},
    [KIND] = {.name = "kind", .other = "type|dealtype|art", .filled = true},
    [PRODUCT] = {.name = "product", .other = "productname|produkt|segment"},
    [SPLIT] = {.name = "split", .other = "credit|credits|aufteilung"},
    [CANCELLED] = {.name = "cancelled",
                   .other = "canceled|cancellation|cancellationdate|cancelledon|churned|churndate|"
                            "storniert|storno|stornodatum"},
};

static const struct table_form FORM = {COLUMNS, sizeof COLUMNS / sizeof *COLUMNS};

/* By enum deal_kind. */
static const char *const KINDS[] = {
    [DEAL_NEW] = "new|newbusiness|newcustomer|newlogo|neu|neukunde|neukundengeschaeft|neugeschaeft",
    [DEAL_EXPANSION] = "expansion|upsell|upselling|crosssell|crossselling|ausbau|erweiterung",
    [DEAL_RENEWAL] = "renewal|verlaengerung|vertragsverlaengerung|erneuerung",
};

struct reading {
    bool (*row)(void *user, const struct deal *deal);
    void *user;
    struct date latest;
    bool in_order;
    char split[TABLE_CELL_LONGEST + 1]; /* cut into names */
};

/* The person of the row, the split, or both: then the person is one of those of the split. */
static void read_credits(struct reading *reading, struct table_row *row, struct deal *deal) {
    const char *person = row->cells[PERSON] == NULL ? "" : row->cells[PERSON];
    char shown[TABLE_SHOWN_SIZE];
    if (!cell_filled(row, SPLIT)) {
        if (*person == '\0') {
            table_complain(row, PERSON, "is empty");
        }
        deal->credits[0] = (struct credit){person, MILLIONTHS};
        deal->credit_count = 1;
        return;
    }
    struct text complaint = {0};
    memcpy(reading->split, row->cells[SPLIT], strlen(row->cells[SPLIT]) + 1);
    if (!credits_read(reading->split, deal->credits, &deal->credit_count, &complaint)) {
        table_complain(row, SPLIT, "%s %s", table_show(row->cells[SPLIT], shown),
                       text_bytes(&complaint));
        text_free(&complaint);
        return;
    }
    bool found = *person == '\0';
    for (size_t i = 0; i < deal->credit_count; i++) {
        found = found || strcmp(person, deal->credits[i].person) == 0;
    }
    if (!found) {
        table_complain(row, SPLIT, "%s does not name the person of the row",
                       table_show(row->cells[SPLIT], shown));
    }
}

static void read_cancellation(struct table_row *row, struct deal *deal, bool has_date) {
    deal->cancelled = cell_date(row, CANCELLED, &deal->cancelled_on);
    if (deal->cancelled && has_date && date_compare(deal->cancelled_on, deal->date) < 0) {
        char shown[TABLE_SHOWN_SIZE];
        table_complain(row, CANCELLED, "%s is before the date of the deal",
                       table_show(row->cells[CANCELLED], shown));
    }
}

static bool read_deal(void *user, struct table_row *row) {
    struct reading *reading = user;
    struct deal deal = {.line = row->line};
    size_t kind = DEAL_NEW;
    bool has_date = cell_date(row, DATE, &deal.date);
    read_credits(reading, row, &deal);
    deal.customer = cell_text(row, CUSTOMER);
    (void)cell_amount(row, AMOUNT, &deal.amount);
    deal.has_margin = cell_amount(row, MARGIN, &deal.margin);
    (void)cell_word(row, KIND, KINDS, sizeof KINDS / sizeof *KINDS,
                    "new, expansion or renewal (neu, erweiterung, verlängerung)", &kind);
    deal.kind = (enum deal_kind)kind;
    deal.product = cell_text(row, PRODUCT);
    read_cancellation(row, &deal, has_date);
    if (row->bad) {
        return true;
    }
    reading->in_order = reading->in_order && date_compare(reading->latest, deal.date) <= 0;
    reading->latest = deal.date;
    return reading->row == NULL || reading->row(reading->user, &deal);
}

bool deals_read(const char *path, const struct table_options *options,
                bool (*row)(void *user, const struct deal *deal), void *user,
                struct table_report *report, struct error *error) {
    struct reading reading = {.row = row, .user = user, .in_order = true};
    bool good = table_read(path, &FORM, options, read_deal, &reading, report, error);
    report->deals_in_order = reading.in_order;
    return good;
}

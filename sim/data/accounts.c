#include "data/accounts.h"

#include "base/dictionary.h"
#include "base/memory.h"
#include "data/cell.h"

#include <math.h>
#include <stdlib.h>

enum column { ACCOUNT, SEGMENT, OWNER, POTENTIAL, REVENUE, START, RENEWAL, SATISFACTION };

static const struct table_column COLUMNS[] = {
    [ACCOUNT] = {.name = "account",
                 .other = "accountname|customer|client|company|name|kunde|firma",
                 .required = true},
    [SEGMENT] = {.name = "segment", .other = "market|tier|markt|kundensegment", .required = true},
    [OWNER] = {.name = "owner",
               .other =
                   "person|rep|salesrep|accountowner|accountmanager|keyaccountmanager|betreuer|"
                   "betreuerin|kundenbetreuer|verantwortlich"},
    [POTENTIAL] = {.name = "potential", .other = "spend|totalspend|budget|potenzial|bedarf"},
    [REVENUE] = {.name = "revenue", .other = "arr|acv|annualrevenue|sales|umsatz|jahresumsatz"},
    [START] = {.name = "start",
               .other = "startdate|since|customersince|kundeseit|seit|vertragsbeginn"},
    [RENEWAL] = {.name = "renewal",
                 .other = "renewaldate|contractend|enddate|end|verlaengerung|vertragsende"},
    [SATISFACTION] = {.name = "satisfaction", .other = "csat|rating|zufriedenheit"},
};

static const struct table_form FORM = {COLUMNS, sizeof COLUMNS / sizeof *COLUMNS};

struct reading {
    bool (*row)(void *user, const struct account_row *account);
    void *user;
    bool complete;
    struct error *error;
    struct dictionary known;
    long *lines; /* by number in the dictionary */
    size_t capacity;
};

/* False when there is no memory. */
static bool check_new(struct reading *reading, struct table_row *row, const char *name) {
    size_t before = reading->known.count;
    size_t number = 0;
    if (!dictionary_add(&reading->known, name, &number, reading->error)) {
        return false;
    }
    if (number < before) {
        char shown[TABLE_SHOWN_SIZE];
        table_complain(row, ACCOUNT, "%s has a row already, in line %ld", table_show(name, shown),
                       reading->lines[number]);
        return true;
    }
    void *lines = reading->lines;
    bool good = memory_grow(&lines, &reading->capacity, reading->known.count, sizeof(long),
                            "accounts", reading->error);
    reading->lines = lines;
    if (good) {
        reading->lines[number] = row->line;
    }
    return good;
}

static void read_numbers(struct table_row *row, struct account_row *account) {
    char shown[TABLE_SHOWN_SIZE];
    account->satisfaction = (double)NAN;
    cell_units(row, POTENTIAL, &account->potential);
    cell_units(row, REVENUE, &account->revenue);
    if (account->potential == 0.0) {
        table_complain(row, POTENTIAL, "0 is no potential; leave it empty when it is not known");
    }
    if (account->revenue == 0.0) {
        table_complain(row, REVENUE,
                       "an account without revenue is no customer yet: leave its row "
                       "out (it is a prospect), or this empty when it is not known");
    }
    if (account->revenue > account->potential) {
        table_complain(row, REVENUE,
                       "%s is above the potential; the potential is what the customer spends on "
                       "such things everywhere, so raise it or leave it empty",
                       table_show(row->cells[REVENUE], shown));
    }
    if (cell_number(row, SATISFACTION, &account->satisfaction) &&
        (account->satisfaction < 0.0 || account->satisfaction > 10.0)) {
        table_complain(row, SATISFACTION, "%s is not a rating from 0 to 10",
                       table_show(row->cells[SATISFACTION], shown));
    }
}

static bool read_account(void *user, struct table_row *row) {
    struct reading *reading = user;
    struct account_row account = {.line = row->line, .row = row};
    account.account = cell_text(row, ACCOUNT);
    if (cell_filled(row, ACCOUNT) && !check_new(reading, row, account.account)) {
        return false;
    }
    account.segment = cell_text(row, SEGMENT);
    account.owner = cell_text(row, OWNER);
    read_numbers(row, &account);
    account.has_start = cell_date(row, START, &account.start);
    account.has_renewal = cell_date(row, RENEWAL, &account.renewal);
    bool left_out = row->bad && !reading->complete;
    return left_out || reading->row == NULL || reading->row(reading->user, &account);
}

bool accounts_read(const char *path, const struct table_options *options,
                   bool (*row)(void *user, const struct account_row *account), void *user,
                   struct table_report *report, struct error *error) {
    struct reading reading = {
        .row = row, .user = user, .complete = options->complete, .error = error};
    bool good = table_read(path, &FORM, options, read_account, &reading, report, error);
    dictionary_free(&reading.known);
    free(reading.lines);
    return good;
}

#include "data/employments.h"

#include "data/cell.h"

enum column { PERSON, START, ROLE, END, REASON };

static const struct table_column COLUMNS[] = {
    [PERSON] = {.name = "person",
                .other = "rep|salesrep|employee|employeeid|salesperson|personnelnumber|name|"
                         "verkaeufer|verkaeuferin|mitarbeiter|mitarbeiterin|personalnummer",
                .required = true},
    [START] = {.name = "start",
               .other = "startdate|hiredate|hire|hired|eintritt|eintrittsdatum",
               .required = true},
    [ROLE] = {.name = "role", .other = "rolle|position|jobtitle|job"},
    [END] = {.name = "end",
             .other = "enddate|exit|exitdate|left|terminationdate|austritt|austrittsdatum"},
    [REASON] = {.name = "reason",
                .other = "exitreason|leavingreason|exittype|terminationtype|grund|austrittsgrund"},
};

static const struct table_form FORM = {COLUMNS, sizeof COLUMNS / sizeof *COLUMNS};

/* Only the first is a wish to leave. */
static const char *const REASONS[] = {
    "voluntary|quit|resigned|resignation|left|eigenkuendigung|freiwillig",
    "dismissed|dismissal|involuntary|terminated|layoff|laidoff|kuendigung|entlassen|unfreiwillig",
    "retired|retirement|rente|ruhestand|pension|death|died|verstorben",
    "moved|transfer|transferred|promoted|promotion|internal|versetzt|befoerdert|wechsel",
    "expired|endofcontract|fixedterm|befristet|vertragsende",
};

struct reading {
    bool (*row)(void *user, const struct employment *employment);
    void *user;
};

static bool read_employment(void *user, struct table_row *row) {
    const struct reading *reading = user;
    struct employment employment = {.wished = true};
    size_t reason = 0;
    char shown[TABLE_SHOWN_SIZE];
    employment.person = cell_text(row, PERSON);
    employment.role = cell_text(row, ROLE);
    bool has_start = cell_date(row, START, &employment.start);
    employment.has_end = cell_date(row, END, &employment.end);
    if (has_start && employment.has_end && date_compare(employment.end, employment.start) < 0) {
        table_complain(row, END, "%s is before the start", table_show(row->cells[END], shown));
    }
    employment.has_reason = cell_word(row, REASON, REASONS, sizeof REASONS / sizeof *REASONS,
                                      "voluntary, dismissed, retired, moved or expired", &reason);
    employment.wished = reason == 0;
    if (employment.has_reason && !cell_filled(row, END)) {
        table_complain(row, REASON, "%s without a day on which the employment ended",
                       table_show(row->cells[REASON], shown));
    }
    return row->bad || reading->row == NULL || reading->row(reading->user, &employment);
}

bool employments_read(const char *path, const struct table_options *options,
                      bool (*row)(void *user, const struct employment *employment), void *user,
                      struct table_report *report, struct error *error) {
    struct reading reading = {row, user};
    return table_read(path, &FORM, options, read_employment, &reading, report, error);
}

#include "data/people.h"

#include "base/memory.h"
#include "data/cell.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum column {
    PERSON,
    TEAM,
    ROLE,
    PLAN,
    START,
    END,
    SALARY,
    TARGET,
    QUOTA,
    LEAVER,
    ATTAINMENT,
    UNVESTED,
    VESTS
};

static const struct table_column COLUMNS[] = {
    [PERSON] =
        {.name = "person",
         .other =
             "rep|salesrep|owner|employee|salesperson|name|verkaeufer|verkaeuferin|mitarbeiter|"
             "mitarbeiterin",
         .required = true},
    [TEAM] = {.name = "team", .other = "group|gruppe|abteilung"},
    [ROLE] = {.name = "role", .other = "rolle|position"},
    [PLAN] = {.name = "plan", .other = "payplan|compplan|verguetungsplan"},
    [START] = {.name = "start", .other = "startdate|hiredate|hired|eintritt|eintrittsdatum"},
    [END] = {.name = "end", .other = "enddate|exit|exitdate|left|austritt|austrittsdatum"},
    [SALARY] = {.name = "salary", .other = "base|basesalary|gehalt|grundgehalt|fixum"},
    [TARGET] = {.name = "target", .other = "variable|targetvariable|targetpay|zielbonus"},
    [QUOTA] = {.name = "quota", .other = "ziel|quote|zielvorgabe"},
    [LEAVER] = {.name = "leaver", .other = "leavertype"},
    [ATTAINMENT] = {.name = "attainment",
                    .other = "quotaattainment|recentattainment|zielerreichung"},
    [UNVESTED] = {.name = "unvested", .other = "unvestedawards|awards|zusagen"},
    [VESTS] = {.name = "vests", .other = "vestingdate|vestson|vesting|faellig"},
};

static const struct table_form FORM = {COLUMNS, sizeof COLUMNS / sizeof *COLUMNS};

static const char *const LEAVERS[] = {"bad|badleaver", "good|goodleaver"};

struct known_person {
    char *name; /* NULL: a free place */
    long line;
};

struct reading {
    bool (*row)(void *user, const struct person_row *person);
    void *user;
    bool complete;
    struct error *error;
    struct known_person *known; /* by hash of the name, the next free place after it */
    size_t places;              /* a power of two, at least twice the people */
    size_t people;
};

/* FNV-1a, 64 bits (Fowler, Noll, Vo). */
static size_t hash(const char *name) {
    uint64_t sum = UINT64_C(14695981039346656037);
    for (; *name != '\0'; name++) {
        sum = (sum ^ (unsigned char)*name) * UINT64_C(1099511628211);
    }
    return (size_t)(sum ^ (sum >> 32U));
}

static struct known_person *place(struct known_person *known, size_t places, const char *name) {
    size_t at = hash(name) & (places - 1);
    while (known[at].name != NULL && strcmp(known[at].name, name) != 0) {
        at = (at + 1) & (places - 1);
    }
    return &known[at];
}

static bool make_room(struct reading *reading) {
    if (2 * (reading->people + 1) <= reading->places) {
        return true;
    }
    size_t places = reading->places == 0 ? 64 : 2 * reading->places;
    struct known_person *known = memory_array(places, sizeof *known, "people", reading->error);
    if (known == NULL) {
        return false;
    }
    for (size_t i = 0; i < reading->places; i++) {
        if (reading->known[i].name != NULL) {
            *place(known, places, reading->known[i].name) = reading->known[i];
        }
    }
    free(reading->known);
    reading->known = known;
    reading->places = places;
    return true;
}

/* False when there is no memory. */
static bool check_new(struct reading *reading, struct table_row *row, const char *name) {
    if (!make_room(reading)) {
        return false;
    }
    struct known_person *person = place(reading->known, reading->places, name);
    if (person->name != NULL) {
        char shown[TABLE_SHOWN_SIZE];
        table_complain(row, PERSON, "%s has a row already, in line %ld", table_show(name, shown),
                       person->line);
        return true;
    }
    *person = (struct known_person){strdup(name), row->line};
    reading->people++;
    return person->name != NULL ||
           error_add(reading->error, ERROR_FAILURE, "not enough memory for the names of people");
}

static void read_employment(struct table_row *row, struct person_row *person) {
    size_t leaver = 0;
    person->has_start = cell_date(row, START, &person->start);
    person->has_end = cell_date(row, END, &person->end);
    if (person->has_start && person->has_end && date_compare(person->end, person->start) < 0) {
        char shown[TABLE_SHOWN_SIZE];
        table_complain(row, END, "%s is before the start", table_show(row->cells[END], shown));
    }
    (void)cell_word(row, LEAVER, LEAVERS, 2, "good or bad", &leaver);
    person->good_leaver = leaver == 1;
}

static void read_results(struct table_row *row, struct person_row *person) {
    person->attainment = (double)NAN;
    if (cell_number(row, ATTAINMENT, &person->attainment) &&
        (person->attainment < 0.01 || person->attainment > 10.0)) {
        char shown[TABLE_SHOWN_SIZE];
        table_complain(row, ATTAINMENT,
                       "%s is no attainment from 1 %% to 1000 %% (100 %% is 1.0; empty: not known)",
                       table_show(row->cells[ATTAINMENT], shown));
    }
    promises_read(row, UNVESTED, VESTS, person->promises, &person->promise_count);
}

static bool read_person(void *user, struct table_row *row) {
    struct reading *reading = user;
    struct person_row person = {.line = row->line, .row = row};
    person.person = cell_text(row, PERSON);
    if (cell_filled(row, PERSON) && !check_new(reading, row, person.person)) {
        return false;
    }
    person.team = cell_text(row, TEAM);
    person.role = cell_text(row, ROLE);
    person.plan = cell_text(row, PLAN);
    read_employment(row, &person);
    cell_units(row, SALARY, &person.salary);
    cell_units(row, TARGET, &person.target);
    cell_units(row, QUOTA, &person.quota);
    read_results(row, &person);
    bool left_out = row->bad && !reading->complete;
    return left_out || reading->row == NULL || reading->row(reading->user, &person);
}

bool people_read(const char *path, const struct table_options *options,
                 bool (*row)(void *user, const struct person_row *person), void *user,
                 struct table_report *report, struct error *error) {
    struct reading reading = {
        .row = row, .user = user, .complete = options->complete, .error = error};
    bool good = table_read(path, &FORM, options, read_person, &reading, report, error);
    for (size_t i = 0; i < reading.places; i++) {
        free(reading.known[i].name);
    }
    free(reading.known);
    return good;
}

#include "engine/roster.h"

#include "base/memory.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

/* Who says nothing about a start is taken to be past every ramp and draw of new hires. */
enum { LONG_THERE = 1200 };

struct reading {
    struct roster *roster;
    struct error *error;
};

/* The number of a name in a column; SIZE_MAX when it is empty. */
static bool number_of(struct dictionary *dictionary, const char *name, size_t *number,
                      struct error *error) {
    *number = SIZE_MAX;
    return *name == '\0' || dictionary_add(dictionary, name, number, error);
}

static bool add_payee(struct roster *roster, const char *name, const struct payee *payee,
                      size_t *number, struct error *error) {
    void *payees = roster->payees;
    if (!dictionary_add(&roster->names, name, number, error) ||
        !memory_grow(&payees, &roster->capacity, roster->names.count, sizeof *roster->payees,
                     "people", error)) {
        return false;
    }
    roster->payees = payees;
    roster->payees[*number] = *payee;
    return true;
}

/* Who leaves before the last day of a month has worked to the end of the month before. */
static long last_month(struct date end) {
    return date_month(end) - (end.day < date_days_of_month(end.year, end.month));
}

static bool read_person(void *user, const struct person_row *row) {
    const struct reading *reading = user;
    struct roster *roster = reading->roster;
    struct payee payee = {.has_start = row->has_start,
                          .start = row->has_start ? date_month(row->start) : 0,
                          .leaves = row->has_end,
                          .end = row->has_end ? last_month(row->end) : 0,
                          .good_leaver = row->good_leaver,
                          .salary = row->salary,
                          .target = row->target,
                          .quota = row->quota};
    size_t number;
    return number_of(&roster->teams, row->team, &payee.team, reading->error) &&
           number_of(&roster->roles, row->role, &payee.role, reading->error) &&
           number_of(&roster->plans, row->plan, &payee.plan, reading->error) &&
           add_payee(roster, row->person, &payee, &number, reading->error);
}

bool roster_read(struct roster *roster, const char *path, const struct table_options *options,
                 struct table_report *report, struct error *error) {
    struct reading reading = {roster, error};
    roster->listed = true;
    return people_read(path, options, read_person, &reading, report, error);
}

bool roster_person(struct roster *roster, const char *name, size_t *payee, struct error *error) {
    if (dictionary_find(&roster->names, name, payee)) {
        return true;
    }
    if (roster->listed) {
        *payee = SIZE_MAX;
        return true;
    }
    const double none = (double)NAN;
    const struct payee unknown = {.team = SIZE_MAX,
                                  .role = SIZE_MAX,
                                  .plan = SIZE_MAX,
                                  .salary = none,
                                  .target = none,
                                  .quota = none};
    return add_payee(roster, name, &unknown, payee, error);
}

bool payee_employed(const struct payee *payee, long month) {
    return (!payee->has_start || month >= payee->start) && (!payee->leaves || month <= payee->end);
}

long payee_tenure(const struct payee *payee, long month) {
    return payee->has_start ? month - payee->start : LONG_THERE;
}

size_t roster_firm(const struct roster *roster) {
    return roster->names.count + roster->teams.count + roster->roles.count;
}

size_t roster_owners(const struct roster *roster) { return roster_firm(roster) + 1; }

size_t roster_owner(const struct roster *roster, size_t payee, enum scope scope) {
    const struct payee *person = &roster->payees[payee];
    size_t people = roster->names.count;
    switch (scope) {
    case SCOPE_PERSON:
        return payee;
    case SCOPE_TEAM:
        return person->team == SIZE_MAX ? SIZE_MAX : people + person->team;
    case SCOPE_ROLE:
        return person->role == SIZE_MAX ? SIZE_MAX : people + roster->teams.count + person->role;
    case SCOPE_FIRM:
        break;
    }
    return roster_firm(roster);
}

void roster_free(struct roster *roster) {
    dictionary_free(&roster->names);
    dictionary_free(&roster->teams);
    dictionary_free(&roster->roles);
    dictionary_free(&roster->plans);
    free(roster->payees);
    *roster = (struct roster){0};
}

#include "scenario/opening_rows.h"

#include "data/cell.h"
#include "scenario/reader.h"

#include <math.h>
#include <string.h>

/* Complains when the scenario has no such entry; "" is none. */
static void check_name(const struct filling *filling, struct table_row *row, const char *column,
                       const char *collection, const char *name) {
    const struct setting *entries = reader_find(filling->tree->root, collection);
    if (!filling->naming || *name == '\0' || entries == NULL || entries->kind != SETTING_GROUP ||
        setting_member(entries, name, strlen(name)) != NULL) {
        return;
    }
    char shown[TABLE_SHOWN_SIZE];
    struct text sentence = {0};
    text_add(&sentence, "there is no %s in %s", table_show(name, shown), collection);
    reader_suggest_entry(entries, name, &sentence);
    cell_complain(row, column, text_bytes(&sentence));
    text_free(&sentence);
}

void filling_unknown_owner(const struct dictionary *people, const char *owner,
                           struct text *sentence) {
    int nearest = dictionary_nearest(people, owner);
    char shown[TABLE_SHOWN_SIZE];
    text_add(sentence, "there is no %s among the people of the start", table_show(owner, shown));
    if (nearest >= 0 && people->names != NULL) {
        text_add(sentence, " (did you mean %s?)", people->names[nearest]);
    } else {
        text_add(sentence, "%s",
                 people->count == 0 ? "; start.people names them"
                                    : "; write one of them, or leave it empty for who has room");
    }
}

static void check_owner(const struct filling *filling, const struct account_row *account) {
    size_t number = 0;
    if (!filling->naming || !filling->people_known || *account->owner == '\0' ||
        dictionary_find(&filling->people, account->owner, &number)) {
        return;
    }
    struct text sentence = {0};
    filling_unknown_owner(&filling->people, account->owner, &sentence);
    cell_complain(account->row, "owner", text_bytes(&sentence));
    text_free(&sentence);
}

/* A child of a row; without memory NULL and a complaint. */
static struct setting *add(struct filling *filling, struct setting *group, enum setting_kind kind,
                           const char *name) {
    struct setting *child = group == NULL
                                ? NULL
                                : setting_create(kind, name, name == NULL ? 0 : strlen(name),
                                                 group->source, group->line, filling->error);
    if (child != NULL) {
        setting_append(group, child);
    }
    return child;
}

static void add_number(struct filling *filling, struct setting *group, const char *name,
                       double value) {
    struct setting *child = isnan(value) ? NULL : add(filling, group, SETTING_NUMBER, name);
    if (child != NULL) {
        child->value.number = value;
    }
}

static void add_text(struct filling *filling, struct setting *group, const char *name,
                     const char *value) {
    struct setting *child = *value == '\0' ? NULL : add(filling, group, SETTING_TEXT, name);
    if (child != NULL && !setting_set_text(child, value, filling->error)) {
        child->kind = SETTING_NUMBER; /* a text is never without bytes */
    }
}

static struct setting *add_row(struct filling *filling, long line) {
    struct setting *row = add(filling, filling->list, SETTING_GROUP, NULL);
    if (row != NULL) {
        row->line = (unsigned)line;
    }
    return row;
}

/* Completed months from a day to the first of the simulation; negative when it is later. */
static long months_since(const struct filling *filling, struct date day) {
    return date_month(filling->date) - date_month(day) - (day.day > 1);
}

/* The month of the simulation, from 1, in which a day lies. */
static long month_of(const struct filling *filling, struct date day) {
    return date_month(day) - date_month(filling->date) + 1;
}

/* Awards of one month are one payment. */
static void add_awards(struct filling *filling, struct setting *row,
                       const struct person_row *person) {
    double months[PROMISES_MOST];
    double values[PROMISES_MOST];
    size_t count = 0;
    for (size_t p = 0; p < person->promise_count; p++) {
        double month = (double)month_of(filling, person->promises[p].vests);
        size_t at = 0;
        while (at < count && months[at] < month) {
            at++;
        }
        if (at < count && months[at] == month) {
            values[at] += person->promises[p].value;
            continue;
        }
        memmove(&months[at + 1], &months[at], (count - at) * sizeof *months);
        memmove(&values[at + 1], &values[at], (count - at) * sizeof *values);
        months[at] = month;
        values[at] = person->promises[p].value;
        count++;
    }
    struct setting *awards = count == 0 ? NULL : add(filling, row, SETTING_LIST, "awards");
    for (size_t a = 0; a < count; a++) {
        struct setting *point = add(filling, awards, SETTING_LIST, NULL);
        add_number(filling, point, NULL, months[a]);
        add_number(filling, point, NULL, values[a]);
    }
}

static void check_person(const struct filling *filling, const struct person_row *person,
                         long tenure) {
    struct table_row *row = person->row;
    if (*person->role == '\0') {
        cell_complain(row, "role", "is empty; write a role of the scenario");
    }
    check_name(filling, row, "role", "roles", person->role);
    check_name(filling, row, "plan", "plans", person->plan);
    if (person->has_start && date_compare(person->start, filling->date) > 0) {
        cell_complain(row, "start",
                      "is after start.date; leave out who is not there yet (a later position is "
                      "roles.ROLE.headcount_path)");
    } else if (!isnan(person->attainment) && tenure == 0) {
        cell_complain(row, "attainment",
                      "nobody has attained anything in less than a month; leave it empty");
    }
    for (size_t p = 0; p < person->promise_count; p++) {
        const struct promise *promise = &person->promises[p];
        if (promise->value > 0.0 && month_of(filling, promise->vests) < 1) { /* 0: was not read */
            cell_complain(row, "vests",
                          "an award vests before start.date; leave out what has been paid");
            break;
        }
    }
}

bool filling_take_person(void *user, const struct person_row *person) {
    struct filling *filling = user;
    filling->taken++;
    long tenure = person->has_start ? months_since(filling, person->start) : -1;
    size_t number = 0;
    if (person->has_end && date_compare(person->end, filling->date) < 0) {
        filling->left += !person->row->bad;
        return true;
    }
    if (*person->person != '\0' &&
        !dictionary_add(&filling->people, person->person, &number, filling->error)) {
        return false;
    }
    check_person(filling, person, tenure);
    if (person->row->bad) {
        return true;
    }
    struct setting *row = add_row(filling, person->line);
    add_text(filling, row, "name", person->person);
    add_text(filling, row, "role", person->role);
    add_text(filling, row, "plan", person->plan);
    add_number(filling, row, "tenure", person->has_start ? (double)tenure : (double)NAN);
    add_number(filling, row, "salary", person->salary);
    add_number(filling, row, "attainment", person->attainment);
    add_awards(filling, row, person);
    return true;
}

bool filling_take_account(void *user, const struct account_row *account) {
    struct filling *filling = user;
    filling->taken++;
    check_name(filling, account->row, "segment", "segments", account->segment);
    check_owner(filling, account);
    if (account->has_start && date_compare(account->start, filling->date) > 0) {
        cell_complain(account->row, "start",
                      "is after start.date; leave out who is no customer yet");
    }
    if (account->has_renewal && date_compare(account->renewal, filling->date) < 0) {
        cell_complain(
            account->row, "renewal",
            "is before start.date; write when the running contract ends, or leave it empty");
    }
    if (account->row->bad) {
        return true;
    }
    struct setting *row = add_row(filling, account->line);
    add_text(filling, row, "name", account->account);
    add_text(filling, row, "segment", account->segment);
    add_text(filling, row, "owner", account->owner);
    add_number(filling, row, "potential", account->potential);
    add_number(filling, row, "revenue", account->revenue);
    add_number(filling, row, "age",
               account->has_start ? (double)months_since(filling, account->start) : (double)NAN);
    add_number(filling, row, "renewal",
               account->has_renewal ? (double)month_of(filling, account->renewal) : (double)NAN);
    add_number(filling, row, "satisfaction", account->satisfaction);
    return true;
}

#include "engine/history.h"

#include "base/memory.h"
#include "base/text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool history_init(struct history *history, const struct parameters *parameters,
                  uint64_t replication, struct error *error) {
    *history = (struct history){.parameters = parameters, .replication = replication};
    uint64_t seed = parameters->simulation.seed;
    if (!model_init(&history->model, parameters, error) ||
        !firm_init(&history->firm, &history->model, error)) {
        history_free(history);
        return false;
    }
    /* first to see how much happens, then to write it down: a month allocates nothing */
    history->firm.diary = &history->diary;
    firm_run(&history->firm, seed, replication - 1);
    history->diary.capacity = history->diary.count;
    history->diary.entries = memory_array(history->diary.count, sizeof *history->diary.entries,
                                          "events of a history", error);
    if (history->diary.entries == NULL) {
        history_free(history);
        return false;
    }
    history->diary.count = 0;
    firm_run(&history->firm, seed, replication - 1);
    return true;
}

void history_free(struct history *history) {
    free(history->diary.entries);
    if (history->firm.model != NULL) {
        firm_free(&history->firm);
    }
    model_free(&history->model);
    *history = (struct history){0};
}

const char *history_name(char buffer[EMPLOYEE_NAME_SIZE], const struct history *history,
                         struct employee employee) {
    if (employee.seat >= history->model.seat_count) {
        return strcpy(buffer, "nobody");
    }
    const struct role_law *role = &history->model.roles[history->firm.seats[employee.seat].role];
    const struct opening_person *known = history->model.start.persons[employee.seat];
    if (employee.occupant == 1 && known != NULL) {
        return strcpy(buffer, known->name);
    }
    int used = snprintf(buffer, EMPLOYEE_NAME_SIZE, "%s-%zu", role->role->name,
                        employee.seat - role->first_seat + 1);
    if (employee.occupant > 1) {
        (void)snprintf(buffer + used, EMPLOYEE_NAME_SIZE - (size_t)used, ".%llu",
                       (unsigned long long)employee.occupant);
    }
    return buffer;
}

/* The role before the last "-" of a name; the role count when there is none of that name. */
static size_t role_of_name(const struct history *history, const char *name, size_t length) {
    size_t r = 0;
    while (r < history->model.role_count &&
           (strlen(history->model.roles[r].role->name) != length ||
            strncmp(history->model.roles[r].role->name, name, length) != 0)) {
        r++;
    }
    return r;
}

/* "3" or "3.2"; false when it is something else. */
static bool read_numbers(const char *text, unsigned long *seat, unsigned long *occupant) {
    char *end;
    *occupant = 1;
    if (!isdigit((unsigned char)*text)) {
        return false;
    }
    *seat = strtoul(text, &end, 10);
    if (*end == '.' && isdigit((unsigned char)end[1])) {
        *occupant = strtoul(end + 1, &end, 10);
    }
    return *end == '\0';
}

static bool unknown_role(const struct history *history, const char *name, size_t length,
                         struct error *error) {
    const char **names =
        memory_array(history->model.role_count, sizeof *names, "names of roles", error);
    char word[NAME_SIZE];
    struct text roles = {0};
    if (names == NULL) {
        return false;
    }
    (void)snprintf(word, sizeof word, "%.*s", (int)length, name);
    for (size_t r = 0; r < history->model.role_count; r++) {
        names[r] = history->model.roles[r].role->name;
        text_add(&roles, "%s%s-1 to %s-%zu", r == 0 ? "" : ", ", names[r], names[r],
                 history->model.roles[r].room);
    }
    int nearest = text_nearest(word, names, history->model.role_count);
    if (nearest >= 0) {
        (void)error_add(error, ERROR_QUESTION, "--employee %s: no such role (did you mean %s%s?)",
                        name, names[nearest], name + length);
    } else {
        (void)error_add(error, ERROR_QUESTION,
                        "--employee %s: write a role and the number of a seat; there were %s", name,
                        text_bytes(&roles));
    }
    text_free(&roles);
    free(names);
    return false;
}

/* Nobody, or not so many, sat on the seat. */
static bool unknown_occupant(const struct history *history, const char *name, size_t seat,
                             struct error *error) {
    uint64_t count = history->firm.seats[seat].occupants;
    char first[EMPLOYEE_NAME_SIZE];
    char last[EMPLOYEE_NAME_SIZE];
    (void)history_name(first, history, (struct employee){seat, 1});
    (void)history_name(last, history, (struct employee){seat, count});
    if (count == 0) {
        return error_add(error, ERROR_QUESTION,
                         "--employee %s: nobody ever sat on this seat in replication %llu", name,
                         (unsigned long long)history->replication);
    }
    if (count == 1) {
        return error_add(error, ERROR_QUESTION,
                         "--employee %s: in replication %llu only %s sat on this seat", name,
                         (unsigned long long)history->replication, first);
    }
    return error_add(error, ERROR_QUESTION,
                     "--employee %s: in replication %llu %llu people sat on this seat, %s to %s",
                     name, (unsigned long long)history->replication, (unsigned long long)count,
                     first, last);
}

/* The seat of a person of a real start; the seat count when it is none of their names. */
static size_t seat_of_name(const struct history *history, const char *name) {
    size_t seat = 0;
    while (seat < history->model.seat_count &&
           (history->model.start.persons[seat] == NULL ||
            strcmp(history->model.start.persons[seat]->name, name) != 0)) {
        seat++;
    }
    return seat;
}

/* The name of the start that is most like `name`; NULL without one. */
static const char *nearest_known(const struct history *history, const char *name) {
    const struct opening *start = &history->parameters->start;
    const char *nearest = NULL;
    for (size_t p = 0; nearest == NULL && p < start->staff_count; p++) {
        const char *known = start->staff[p].name;
        nearest = text_nearest(name, &known, 1) == 0 ? known : NULL;
    }
    return nearest;
}

bool history_find(const struct history *history, const char *name, struct employee *employee,
                  struct error *error) {
    *employee = (struct employee){seat_of_name(history, name), 1};
    if (employee->seat < history->model.seat_count) {
        return true;
    }
    const char *nearest = nearest_known(history, name);
    if (nearest != NULL) {
        return error_add(error, ERROR_QUESTION,
                         "--employee %s: nobody is called so (did you mean %s?)", name, nearest);
    }
    const char *dash = strrchr(name, '-');
    size_t length = dash == NULL ? strcspn(name, "0123456789") : (size_t)(dash - name);
    size_t r = role_of_name(history, name, length);
    unsigned long number;
    unsigned long occupant;
    if (r == history->model.role_count) {
        return unknown_role(history, name, length, error);
    }
    const struct role_law *role = &history->model.roles[r];
    if (dash == NULL || !read_numbers(dash + 1, &number, &occupant)) {
        return error_add(error, ERROR_QUESTION,
                         "--employee %s: write the number of the seat behind the role: %s-1", name,
                         role->role->name);
    }
    if (number < 1 || number > role->room) {
        return error_add(error, ERROR_QUESTION, "--employee %s: there were %s-1 to %s-%zu", name,
                         role->role->name, role->role->name, role->room);
    }
    *employee = (struct employee){role->first_seat + number - 1, occupant};
    if (occupant < 1 || occupant > history->firm.seats[employee->seat].occupants) {
        return unknown_occupant(history, name, employee->seat, error);
    }
    return true;
}

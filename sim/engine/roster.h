/* Everybody who is paid on real deals: names, groups, employment, targets.
 * Ownership: the caller owns the struct (zeroed is empty) and calls roster_free.
 *
 * What results are kept for are owners: each person, each team, each role and the firm, in this
 * order. Months are counted as data/date.h counts them. A month counts for somebody who is employed
 * on its last day. */
#ifndef ENGINE_ROSTER_H
#define ENGINE_ROSTER_H

#include "base/dictionary.h"
#include "data/people.h"
#include "plan/plan.h"

struct payee {
    size_t team; /* number in roster.teams */
    size_t role; /* likewise; SIZE_MAX: none is said */
    size_t plan; /* likewise, as named by the person's row */
    bool has_start;
    long start; /* first month that counts */
    bool leaves;
    long end; /* last month that counts */
    bool good_leaver;
    double salary; /* a year; NAN: not said; likewise target and quota */
    double target;
    double quota;
};

struct roster {
    struct dictionary names; /* of the payees */
    struct dictionary teams;
    struct dictionary roles;
    struct dictionary plans;
    struct payee *payees;
    size_t capacity;
    bool listed; /* from a file: there is nobody else */
};

/* Everybody in the file. */
bool roster_read(struct roster *roster, const char *path, const struct table_options *options,
                 struct table_report *report, struct error *error)
    __attribute__((warn_unused_result));

/* The number of a person; somebody new, employed throughout, is added unless the roster is listed:
 * then `*payee` becomes SIZE_MAX. False only without memory. */
bool roster_person(struct roster *roster, const char *name, size_t *payee, struct error *error)
    __attribute__((warn_unused_result));

bool payee_employed(const struct payee *payee, long month);

/* Months completed before `month`; somebody without a start is long there. */
long payee_tenure(const struct payee *payee, long month);

size_t roster_owners(const struct roster *roster);
size_t roster_firm(const struct roster *roster);
/* The owner whose results a scope means for somebody; SIZE_MAX: that group is not said. */
size_t roster_owner(const struct roster *roster, size_t payee, enum scope scope);

void roster_free(struct roster *roster);

#endif

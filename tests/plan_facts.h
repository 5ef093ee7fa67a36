/* Facts of the tests of plans, from text to months; plan_fixture.h says how they are written.
 * Ownership: values only. */
#ifndef TESTS_PLAN_FACTS_H
#define TESTS_PLAN_FACTS_H

#include "plan_fixture.h"

enum { SERIES_MOST = 24, EVENTS_MOST = 64 };

/* A measure of one person, by month; NAN: no value. */
struct series {
    size_t person;
    int scope; /* enum scope; -1: any */
    enum metric metric;
    char product[NAME_SIZE];
    double value[PLAN_MONTHS];
};

struct event {
    bool cancels;
    long month; /* from 0 */
    long sold;
    double amount;
};

struct facts {
    struct series series[SERIES_MOST];
    size_t series_count;
    struct event events[EVENTS_MOST];
    size_t event_count;
    double own[PLAN_MONTHS];
    double prices[PLAN_MONTHS];
    size_t price_count;
    double quota;
    double scale;
    double share;
    double cost;
    long start; /* fiscal month, from 0 */
    long tenure;
    long people;
    bool leaves;
    bool accelerated;
    bool good;
};

/* Fills `facts`, and the months, the step and the times of `paid`; says what is not understood. */
bool facts_read(const char *text, struct facts *facts, struct plan_paid *paid);

/* What a slot of a person measures in a month; NAN: no value. */
double facts_value(const struct facts *facts, size_t person, const struct slot *slot, long month);

/* Price of a share so many months after the first grant. */
double facts_price(const struct facts *facts, long month);

/* A number, in which commas may separate thousands. */
bool facts_number(const char *word, double *number);

/* The place of a name in a list that NULL ends, or -1. */
int facts_name(const char *name, const char *const names[]);

/* Says what is wrong; false. */
bool facts_complain(const char *what, const char *word);

#endif

/* What a diary says: the story of one person month by month, or the events of the whole firm, for
 * people and as rows for programs.
 * Ownership: only reads; streams belong to the caller, who checks them (ferror). */
#ifndef REPORT_STORY_H
#define REPORT_STORY_H

#include "engine/history.h"

#include <stdio.h>

struct story {
    const struct history *history;
    bool alone;               /* about one person */
    struct employee employee; /* when alone */
    double above;             /* of the firm: customers of less annual revenue are left out */
};

/* A share of the firm's first annual revenue that makes a customer worth telling. */
double story_size(const struct history *history);

/* Whether the story has this entry of the diary. */
bool story_tells(const struct story *story, const struct entry *entry);

/* At most 80 columns. */
void story_print(FILE *stream, const struct story *story);

/* One quantity a row: scenario,seed,replication,month,employee,event,about,quantity,unit,value. */
void story_print_csv(FILE *stream, const struct story *story);
void story_print_json(FILE *stream, const struct story *story);

/* What an entry is about: a component, a segment, a colleague; "" for nothing. */
const char *story_about(char buffer[EMPLOYEE_NAME_SIZE], const struct history *history,
                        const struct entry *entry);

/* Awards of a person of a real start, in the place of a component's name. */
#define STORY_PROMISED "promised before the start"

/* The role of a seat after so many changes of the scenario. */
const struct role_law *story_role(const struct history *history, size_t seat, size_t number);

/* How many changes there had been when the person came and when the person went. */
struct story_span {
    size_t first;
    size_t last;
};
struct story_span story_span(const struct story *story);

/* Cash, or the value of shares, that an entry is about. */
double story_cash(const struct entry *entry);

/* What the person was paid in all. */
void story_print_sums(FILE *stream, const struct story *story);

#endif

/* The way of opportunities through the stages of a pipeline, as CRM systems keep it (the history of
 * the field "stage"), read and checked row by row.
 * Ownership: rows are lent to the callback for the time of the call; nothing is kept.
 *
 * Columns (other names in opportunities.c): opportunity, stage and date, the day on which it
 * entered the stage; segment, amount. Tables in general: data/table.h. */
#ifndef DATA_OPPORTUNITIES_H
#define DATA_OPPORTUNITIES_H

#include "data/date.h"
#include "data/table.h"

enum opportunity_state { OPPORTUNITY_OPEN, OPPORTUNITY_WON, OPPORTUNITY_LOST };

struct opportunity_row {
    const char *opportunity;
    const char *stage;
    enum opportunity_state state; /* told by the name of the stage */
    struct date date;
    const char *segment; /* "" when the file does not say */
    double amount;       /* annual contract value; NAN when the file does not say */
};

/* As deals_read (data/deals.h). */
bool opportunities_read(const char *path, const struct table_options *options,
                        bool (*row)(void *user, const struct opportunity_row *opportunity),
                        void *user, struct table_report *report, struct error *error)
    __attribute__((warn_unused_result));

#endif

/* What a table is about, told by the columns that it has.
 * Ownership: nothing is kept. */
#ifndef DATA_CONTENT_H
#define DATA_CONTENT_H

#include "data/table.h"

#include <stdbool.h>

enum content {
    CONTENT_EMPLOYMENTS,   /* data/employments.h: person, start */
    CONTENT_LIFETIMES,     /* data/lifetimes.h: customer, start */
    CONTENT_SURVIVORS,     /* data/survivors.h: year, customers */
    CONTENT_OPPORTUNITIES, /* data/opportunities.h: opportunity, stage, date */
    CONTENT_DEALS,         /* data/deals.h: date, person, amount */
    CONTENT_SALES          /* data/sales.h: person, month, sales */
};

/* False with a sentence that says which columns make which table. */
bool content_find(const char *path, enum content *content, struct error *error)
    __attribute__((warn_unused_result));

#endif

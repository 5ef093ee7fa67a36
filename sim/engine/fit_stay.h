/* Customers by year of their stay, counted from the days on which they came and went or from a
 * table of survival. Ownership: the caller owns the struct, zeroed but for `counted`. */
#ifndef ENGINE_FIT_STAY_H
#define ENGINE_FIT_STAY_H

#include "data/survivors.h"
#include "engine/fit.h"

/* Customers of one segment by year of their stay. */
struct fit_stay {
    double lost[SURVIVORS_YEARS_MOST];
    double kept[SURVIVORS_YEARS_MOST];
    size_t years; /* up to the last with anybody at risk */
    double customers;
    double present; /* on the last day, -1: not known */
    bool counted;   /* the numbers are those of customers: intervals mean something */
};

/* Whether there are rows of the segment: in a table of survival, or with days. */
bool fit_stay_has(const struct fit_data *data, size_t segment, bool of_survival);

void fit_stay_count_lifetimes(struct fit_stay *stay, const struct fit_question *question,
                              size_t segment);
void fit_stay_count_survivors(struct fit_stay *stay, const struct fit_question *question,
                              size_t segment);

#endif

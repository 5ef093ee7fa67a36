/* How far people differ in what they sell, and how far their months do.
 * Ownership: pure functions; the panel belongs to the caller.
 *
 * Between people: the variance of the logarithm of each person's mean month, less what chance
 * within a person adds to it, s^2 / (n m^2) with the mean m and the variance s^2 of n months (delta
 * method). A person's mean is taken of months that are divided by the mean month of everybody, so
 * that seasons and growth do not count; months without any sales do. The interval is that of a
 * variance from the chi-square law, less the same. */
#ifndef ENGINE_FIT_SPREAD_H
#define ENGINE_FIT_SPREAD_H

#include "base/error.h"
#include "engine/fit_interval.h"

#include <stdbool.h>
#include <stddef.h>

/* One month of one person. */
struct panel_month {
    size_t person;
    size_t month;
    double sales;
};

struct fit_spread {
    size_t people;   /* that count: at least FIT_SPREAD_MONTHS months, and something sold */
    size_t months;   /* of theirs */
    size_t left_out; /* people */
    double spread;   /* standard deviation of log skill; 0 when months differ more than people do */
    struct interval interval;
    double within; /* standard deviation of a person's month over the mean, root mean square */
};

enum { FIT_SPREAD_MONTHS = 6 };

/* `people` and `months` are one more than the largest index. False with a sentence when there is no
 * memory. fit->people < 3: there is no estimate. */
bool fit_spread_of(struct fit_spread *fit, const struct panel_month *panel, size_t count,
                   size_t people, size_t months, struct error *error)
    __attribute__((warn_unused_result));

#endif

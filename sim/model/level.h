/* Levels that grow: of pay, by a step every January, and of markets, month by month. A growth that
 * changes at a date goes on from the level that has been reached.
 * Ownership: values. */
#ifndef MODEL_LEVEL_H
#define MODEL_LEVEL_H

struct level {
    double growth; /* a year */
    double start;  /* level in month `since`; 1 at the start of the simulation */
    long since;    /* from 0 */
};

/* From the start of the simulation. */
struct level level_from_start(double growth);

/* Level in a month that may be before the start. */
double level_by_years(const struct level *level, long month);
double level_by_months(const struct level *level, long month);

/* The level that goes on with another growth: its first step is one of a January from `month` on,
 * or it grows from `month` on. The same growth leaves it as it is. */
struct level level_by_years_then(const struct level *level, double growth, long month);
struct level level_by_months_then(const struct level *level, double growth, long month);

#endif

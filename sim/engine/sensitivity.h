/* Sensitivity: at which values of its parameters a model is to be evaluated, and what its values
 * there say about each parameter and about all of them against chance.
 * Ownership: pure functions; arrays belong to the caller, a struct sensitivity is allocated by
 * sensitivity_analyse and freed by sensitivity_free (zeroed is empty). */
#ifndef ENGINE_SENSITIVITY_H
#define ENGINE_SENSITIVITY_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sensitivity_method {
    SENSITIVITY_TORNADO,   /* one parameter at a time, to both ends of its range */
    SENSITIVITY_MORRIS,    /* elementary effects: Morris 1991, Technometrics 33:161 */
    SENSITIVITY_SOBOL,     /* shares of the variance: Sobol 1993; Saltelli et al. 2010 */
    SENSITIVITY_TWO_LEVEL, /* parameters drawn outside, chance inside */
    SENSITIVITY_METHODS
};
extern const char *const SENSITIVITY_NAMES[SENSITIVITY_METHODS];

enum {
    MORRIS_MU_STAR, /* mean size of the effects of the whole range; Campolongo et al. 2007 */
    MORRIS_MU,      /* their mean: with its sign */
    MORRIS_SIGMA    /* their standard deviation: curvature and interaction */
};
enum {
    INDEX_TOTAL, /* share of the variance that goes when all but the factor were known, Jansen */
    INDEX_FIRST  /* share of the variance that the factor alone explains, Saltelli 2010 (b) */
};
enum { TORNADO_LOW, TORNADO_HIGH }; /* change of the value at that end of the range */
enum {                              /* of all parameters together */
       SPLIT_SHARE,                 /* of the variance of one history that parameters bring */
       SPLIT_PARAMETERS,            /* standard deviation that they bring */
       SPLIT_CHANCE,                /* and that chance brings */
       SPLIT_MEAN
};
enum { SENSITIVITY_MEASURES_MOST = 4 };

/* Names of the measures of a method, the one that ranks first in front. */
size_t sensitivity_measures(enum sensitivity_method method);
const char *sensitivity_measure(enum sensitivity_method method, size_t measure);

/* With its 95 % interval. */
struct sensitivity_estimate {
    double value;
    double low;
    double high;
};

struct sensitivity {
    enum sensitivity_method method;
    size_t rows;                            /* factors; of two levels 1: all together */
    struct sensitivity_estimate *estimates; /* row by row, measure by measure */
};

/* What a design of `factors` and of so many trajectories, pairs of points or draws is. */
struct sensitivity_question {
    enum sensitivity_method method;
    size_t factors;
    size_t size; /* tornado: 1 */
    uint64_t seed;
};

enum { SENSITIVITY_SOBOL_FACTORS_MOST = 128 };

size_t sensitivity_points(const struct sensitivity_question *question);

/* The points: shares[point * factors + factor] is where the factor stands between the low end (0)
 * and the high end (1) of its range. Of a tornado all but the one that is moved are NaN. */
bool sensitivity_design(const struct sensitivity_question *question, double shares[],
                        struct error *error) __attribute__((warn_unused_result));

/* What the values at the points say. `shares` are those of the design, moved to where the values of
 * the factors stand when these have only some places. Tornado: values are changes against the
 * middle of the design, two levels: means, both over `replications` histories, with `errors` as
 * their standard errors; others need no errors. */
bool sensitivity_analyse(struct sensitivity *sensitivity,
                         const struct sensitivity_question *question, const double shares[],
                         const double values[], const double errors[], uint64_t replications,
                         struct error *error) __attribute__((warn_unused_result));

/* Rows from the most to the least important. */
void sensitivity_order(const struct sensitivity *sensitivity, size_t order[]);

const struct sensitivity_estimate *sensitivity_at(const struct sensitivity *sensitivity, size_t row,
                                                  size_t measure);

void sensitivity_free(struct sensitivity *sensitivity);

#endif

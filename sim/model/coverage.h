/* Who covers the market: which role wins and owns which customers, by segment and by the rules of
 * potential, revenue and age (docs/model.md, section 8).
 * Ownership: values only. */
#ifndef MODEL_COVERAGE_H
#define MODEL_COVERAGE_H

#include "model/parameters.h"

/* What a customer is at a time, as far as rules look at it. */
struct covered {
    double potential; /* currency a year */
    double revenue;   /* annual */
    double age;       /* completed months */
};

/* The first rule that a customer meets, or the number of rules. */
size_t coverage_rule(const struct segment *segment, const struct covered *customer);

/* Mean time that the customers of the start have been with the firm, years. */
double coverage_years(const struct segment *segment);

/* What a role does in one segment at the start, on average. */
struct role_share {
    double hunting;  /* share of the role's acquire time, 0: does not hunt here */
    double accounts; /* owned per head, 0: owns none here */
    double size;     /* mean potential of its customers over that of the segment, 1 without rules */
    double square;   /* the same of the squares of potentials */
    double supported; /* customers of others per head whom it develops too */
};
struct role_share role_share(const struct parameters *parameters, size_t role, size_t segment);

/* Whether the role develops customers of other owners in a segment. */
bool coverage_supports(const struct parameters *parameters, size_t role, size_t segment);

/* Whether the role wins or owns customers, or takes them over, where rules hold. */
bool coverage_takes_part(const struct parameters *parameters, size_t role);

#endif

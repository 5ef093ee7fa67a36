/* A payoff: pay as a piecewise linear function of a measure S, with jumps. Its expectation and the
 * marginal value of one more unit of S follow in closed form for normal S.
 * Ownership: a payoff is a value; nothing is allocated. */
#ifndef PLAN_PAYOFF_H
#define PLAN_PAYOFF_H

#include <stddef.h>

enum { PAYOFF_PIECES = 80 };

struct payoff_piece {
    double from;  /* S from here (reached at >=) to the next piece; the first begins at -infinity */
    double value; /* pay at `from`; the first piece: pay at S = 0 */
    double slope;
};

struct payoff {
    size_t count; /* at least 1 */
    struct payoff_piece pieces[PAYOFF_PIECES];
};

/* Cuts the pay off at a least and a most; either may be infinite. */
void payoff_clamp(struct payoff *payoff, double least, double most);

/* E w(X), X ~ N(mean, sd^2), sd >= 0 (docs/model.md, "Marginal value of a metric"). */
double payoff_expectation(const struct payoff *payoff, double mean, double sd);

struct marginal {
    double value;    /* V = ln(u) / theta, u = E exp(theta w(X)); E w(X) for theta -> 0 */
    double lambda;   /* dV / d mean: pay per unit of S */
    double expected; /* the mean of S under the tilted law: E[X exp(theta w)] / u */
};

/* The value of a payoff and of one more unit of its measure when X ~ N(mean, sd^2), sd > 0, and
 * effort answers optimally with theta = (1/c - a sd_month^2) / sd_month^2; any sign, 0 is smooth.
 */
struct marginal payoff_marginal(const struct payoff *payoff, double mean, double sd, double theta);

/* Its lambda alone, to a few roundings: what is wanted every month. */
double payoff_lambda(const struct payoff *payoff, double mean, double sd, double theta);

#endif

/* How likely the mean of each plan is the best, given the histories: by draws from the posterior
 * law of the means.
 * Ownership: fills fields of a decision that the caller owns. */
#ifndef ENGINE_DECISION_POSTERIOR_H
#define ENGINE_DECISION_POSTERIOR_H

#include "engine/decision.h"

/* Sets probability_best and loss of every plan; needs two histories. */
bool decision_posterior(struct decision *decision, const struct decision_tally *tally,
                        uint64_t seed, struct error *error) __attribute__((warn_unused_result));

#endif

/* What a model takes over from the one before a dated change, so that the firm can go on under it:
 * seats, components of plans, levels that have grown.
 * Ownership: they fill the model that they are lent, whose `before` and `change` are set. */
#ifndef MODEL_REGIME_H
#define MODEL_REGIME_H

#include "model/model.h"

/* Every person keeps the seat when something changes: seats lie the same in all models. */
void regime_seats(struct model *model, size_t role);

/* Which components of the plan go on as before the change: those with the same terms. */
void regime_origins(struct model *model, size_t role);

/* Whether the change unsettles the role: one of its `concerns`, or one that it alters. */
bool regime_concerns(const struct model *model, size_t role);

/* Levels of pay, market pay and quotas by month, from the level that has been reached. */
bool regime_levels(struct model *model, struct error *error) __attribute__((warn_unused_result));

/* What goes on after a change: metrics that awards are measured on, credit for customers that were
 * handed over. */
void regime_uses(struct model *model);

#endif

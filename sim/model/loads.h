/* Who of the people who may own a customer has the least to do: asked for every customer that looks
 * for an owner, so that it must not cost a look at all people.
 * Ownership: loads_init hangs its memory on the firm, loads_free frees it. */
#ifndef MODEL_LOADS_H
#define MODEL_LOADS_H

#include "base/tournament.h"
#include "model/firm.h"

bool loads_init(struct firm *firm, struct error *error) __attribute__((warn_unused_result));
void loads_free(struct firm *firm);

/* owner_least_loaded is asked between loads_begin and loads_end. In between every change of a
 * seat's customers is told to loads_changed, and nobody comes or leaves. */
void loads_begin(const struct firm *firm);
void loads_changed(const struct firm *firm, size_t seat);
void loads_end(const struct firm *firm);

/* The filled seat with the least load among the roles that own accounts of a segment (or of one
 * role), other than `but`, the first of equals; the seat count when there is none. */
size_t owner_least_loaded(const struct firm *firm, size_t s, size_t role, size_t but);

/* Of an entry a seat, for who ranks seats by something else; not between begin and end. */
struct tournament *loads_tournament(const struct firm *firm);

#endif

/* Dated changes of a scenario: each is a layer over it, read and checked like the scenario itself.
 * Ownership: what is read belongs to the changes of the parameters; schema_free frees it. */
#ifndef SCENARIO_CHANGES_H
#define SCENARIO_CHANGES_H

#include "scenario/reader.h"

/* Fills in changes[k].set of parameters that were read from reader->tree without a complaint.
 * Changes add up: each is laid over what the ones before it made of the scenario. */
void changes_read(struct reader *reader, struct parameters *parameters);

#endif

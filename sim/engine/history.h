/* One history told again: a single replication with a diary of what happened to whom.
 * Ownership: history_init allocates, history_free frees and accepts a zeroed struct; the parameters
 * are borrowed. The history is the one that a run has under the same number, event for event. */
#ifndef ENGINE_HISTORY_H
#define ENGINE_HISTORY_H

#include "base/error.h"
#include "model/firm.h"
#include "model/model.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct history {
    const struct parameters *parameters;
    uint64_t replication; /* from 1 */
    struct model model;
    struct firm firm; /* at its end */
    struct diary diary;
};

bool history_init(struct history *history, const struct parameters *parameters,
                  uint64_t replication, struct error *error) __attribute__((warn_unused_result));
void history_free(struct history *history);

/* A person: a seat and the how manieth (from 1) to sit there. */
struct employee {
    size_t seat;
    uint64_t occupant;
};

/* "sales-3" is the first person on the third seat of sales, "sales-3.2" the second; people of a
 * real start have their own name. */
enum { EMPLOYEE_NAME_SIZE = NAME_SIZE + 48 };
const char *history_name(char buffer[EMPLOYEE_NAME_SIZE], const struct history *history,
                         struct employee employee);

/* The person of that name, or of that seat; an error (ERROR_QUESTION) says who there was. */
bool history_find(const struct history *history, const char *name, struct employee *employee,
                  struct error *error) __attribute__((warn_unused_result));

#endif

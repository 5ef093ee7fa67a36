/* What --maximize, --minimize and --subject-to say: statistics of metrics, aimed at or bounded.
 * Ownership: the caller owns the struct (zeroed is empty) and calls wishes_free. */
#ifndef CLI_OPTIMIZE_WORDS_H
#define CLI_OPTIMIZE_WORDS_H

#include "engine/target.h"

enum { WISHES_MOST = 20 };

struct wishes {
    struct target targets[WISHES_MOST]; /* goals first, then bounds, once they are complete */
    struct text words[WISHES_MOST];     /* of the targets */
    struct text names[WISHES_MOST];     /* of their metrics */
    size_t goal_count;
    size_t count;
    const char *metrics[WISHES_MOST]; /* each once, in the order of the targets */
    size_t metric_count;
};

/* "npv", "turnover.kam", "pay_cost.p90". */
bool wishes_add_goal(struct wishes *wishes, const char *word, bool up, struct error *error)
    __attribute__((warn_unused_result));

/* "turnover<=0.15", "pay_cost.p90 <= 4.2e6", "share_at_quota>=60%". */
bool wishes_add_bound(struct wishes *wishes, const char *word, struct error *error)
    __attribute__((warn_unused_result));

/* When all have been read: puts goals in front, lists the metrics, and says what the scenario does
 * not have. */
bool wishes_complete(struct wishes *wishes, const struct parameters *parameters,
                     struct error *error) __attribute__((warn_unused_result));

void wishes_free(struct wishes *wishes);

#endif

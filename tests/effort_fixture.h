/* People in a world where effort moves a measure at once: a role that does one thing and motives
 * with given payoffs, so that programmes of effort can be solved beside the closed form.
 * Ownership: values only; the motives point into the setting. */
#ifndef TESTS_EFFORT_FIXTURE_H
#define TESTS_EFFORT_FIXTURE_H

#include "model/incentive.h"

#include <math.h>
#include <string.h>

/* A unit of effort adds 1 to the measure in its month; extra effort x costs 1/2 cost x^2. */
struct setting {
    struct role role;
    struct motive motives[3];
    struct incentive incentive;
};

static inline void setting_open(struct setting *setting, double cost, double aversion) {
    *setting = (struct setting){.role = {.market_pay = 12}};
    setting->role.time.acquire = 1;
    setting->role.effort.cost = cost;
    setting->role.preferences.risk_aversion = 12 * aversion; /* per annual pay */
    setting->role.preferences.present_bias = 1;
    setting->incentive =
        (struct incentive){.role = &setting->role, .keep = 1, .motives = setting->motives};
}

/* Adds a payoff of so many months on the one measure that there is. */
static inline struct motive *setting_add(struct setting *setting, int months, double drift,
                                         double sd, const struct payoff *payoff) {
    struct motive *motive = &setting->motives[setting->incentive.count++];
    *motive = (struct motive){.measured = {.metric = METRIC_NEW_REVENUE, .product = ""},
                              .kind = METRIC_FLOW,
                              .months = months,
                              .payoff = *payoff,
                              .mean = drift,
                              .sd = sd};
    for (int h = 1; h <= MOTIVE_MONTHS; h++) {
        motive->response[ACQUIRE][h] = 1;
    }
    motive_complete(&setting->incentive, motive, 0, 0, motive->months);
    return motive;
}

static inline struct standing standing_of(size_t motive, int left, double so_far) {
    return (struct standing){
        .motive = motive, .left = left, .so_far = so_far, .ahead = (double)NAN, .output = 1};
}

/* Worth of a unit of effort for these standings. */
static inline double setting_value(const struct setting *setting, const struct standing *standings,
                                   size_t count) {
    double value[ACTIVITY_COUNT] = {0};
    incentive_value(&setting->incentive, standings, count, 1, value);
    return value[ACQUIRE];
}

/* Policies of a programme whose context is a setting: the formula of the model, and none. */
static inline double closed(const void *context, int left, double so_far) {
    const struct setting *setting = context;
    struct standing here = standing_of(0, left, so_far);
    return setting_value(setting, &here, 1) / setting->role.effort.cost;
}

static inline double idle(const void *context, int left, double so_far) {
    (void)context, (void)left, (void)so_far;
    return 0;
}

#endif

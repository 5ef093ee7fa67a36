#include "engine/attribution.h"

#include "plan/statement.h"

#include <stdbool.h>

/* Standings of one measure, and the components that they belong to. */
struct shared {
    const struct incentive *incentive;
    const struct standing *standings;
    size_t count;
    size_t member[COMPONENTS_MOST];
    size_t members;
};

static size_t component_at(const struct shared *shared, size_t standing) {
    return shared->incentive->motives[shared->standings[standing].motive].component;
}

static void find_members(struct shared *shared) {
    for (size_t i = 0; i < shared->count; i++) {
        size_t n = 0;
        while (n < shared->members && shared->member[n] != component_at(shared, i)) {
            n++;
        }
        if (n == shared->members) {
            shared->member[shared->members++] = component_at(shared, i);
        }
    }
}

/* Value of the standings of some of the members. */
static void value_of(const struct shared *shared, const bool in[COMPONENTS_MOST],
                     double value[ACTIVITY_COUNT]) {
    struct standing chosen[ATTRIBUTION_STANDINGS];
    size_t count = 0;
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        value[k] = 0.0;
    }
    for (size_t i = 0; i < shared->count; i++) {
        if (in[component_at(shared, i)]) {
            chosen[count++] = shared->standings[i];
        }
    }
    incentive_value(shared->incentive, chosen, count, 1.0, value);
}

/* Payoffs on one measure are worth more or less together than each alone. A component's part is
 * the mean of what it adds over orders in which they may be added: all orders of up to three (the
 * value of Shapley 1953), of more the rotations of the plan's order, there and back. The parts add
 * up to the whole exactly. */
static void divide(const struct shared *shared, struct worth *const parts[]) {
    size_t n = shared->members;
    for (size_t order = 0; order < 2 * n; order++) {
        bool in[COMPONENTS_MOST] = {false};
        double before[ACTIVITY_COUNT] = {0.0};
        for (size_t step = 0; step < n; step++) {
            size_t next = (order / 2 + step) % n;
            size_t component = shared->member[order % 2 == 0 ? next : n - 1 - next];
            double after[ACTIVITY_COUNT];
            in[component] = true;
            value_of(shared, in, after);
            for (int k = 0; k < ACTIVITY_COUNT; k++) {
                parts[component]->inside[k] += (after[k] - before[k]) / (double)(2 * n);
                before[k] = after[k];
            }
        }
    }
}

/* What lands after the period is additive; it comes off what the whole is worth. */
static void split_later(const struct shared *shared, struct worth *const parts[]) {
    for (size_t i = 0; i < shared->count; i++) {
        const struct standing *standing = &shared->standings[i];
        struct worth *part = parts[component_at(shared, i)];
        double later[ACTIVITY_COUNT];
        incentive_later(shared->incentive, standing, 1.0, later);
        for (int k = 0; k < ACTIVITY_COUNT; k++) {
            part->later[k] += later[k];
            part->inside[k] -= later[k];
        }
    }
}

void attribution_divide(const struct incentive *incentive, const struct standing *standings,
                        size_t count, struct worth *const parts[]) {
    for (size_t first = 0; first < count;) {
        struct shared shared = {.incentive = incentive, .standings = &standings[first]};
        while (first + shared.count < count &&
               incentive_same_measure(incentive, &standings[first],
                                      &standings[first + shared.count])) {
            shared.count++;
        }
        find_members(&shared);
        divide(&shared, parts);
        split_later(&shared, parts);
        first += shared.count;
    }
}

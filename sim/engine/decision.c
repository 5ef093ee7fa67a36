#include "engine/decision.h"

#include "base/memory.h"
#include "base/student.h"
#include "engine/decision_posterior.h"

#include <math.h>
#include <stdlib.h>

/* All intervals and tests of one table are right together with 95 %. */
static const double DECISION_ERROR = 0.05;

bool decision_tally_init(struct decision_tally *tally, size_t plans, bool lower_is_better,
                         struct error *error) {
    *tally = (struct decision_tally){.plans = plans, .lower_is_better = lower_is_better};
    tally->values = memory_array(plans, sizeof *tally->values, "plans", error);
    tally->regrets = memory_array(plans, sizeof *tally->regrets, "plans", error);
    tally->differences =
        memory_array(plans * plans, sizeof *tally->differences, "pairs of plans", error);
    tally->wins = memory_array(plans, sizeof *tally->wins, "plans", error);
    return tally->values != NULL && tally->regrets != NULL && tally->differences != NULL &&
           tally->wins != NULL;
}

void decision_tally_free(struct decision_tally *tally) {
    free(tally->values);
    free(tally->regrets);
    free(tally->differences);
    free(tally->wins);
    *tally = (struct decision_tally){0};
}

void decision_tally_add(struct decision_tally *tally, const double values[]) {
    double sign = tally->lower_is_better ? -1.0 : 1.0;
    double best = -(double)INFINITY;
    size_t bests = 0;
    for (size_t i = 0; i < tally->plans; i++) {
        if (isnan(values[i])) {
            tally->missing++;
            return;
        }
        double value = sign * values[i];
        bests = value > best ? 1 : bests + (value == best);
        best = fmax(best, value);
    }
    tally->histories++;
    for (size_t i = 0; i < tally->plans; i++) {
        double value = sign * values[i];
        moments_add(&tally->values[i], values[i]);
        moments_add(&tally->regrets[i], best - value);
        tally->wins[i] += value == best ? 1.0 / (double)bests : 0.0;
        for (size_t j = i + 1; j < tally->plans; j++) {
            moments_add(&tally->differences[i * tally->plans + j], value - sign * values[j]);
        }
    }
}

void decision_holm(const double probabilities[], double corrected[], size_t order[], size_t count) {
    for (size_t p = 0; p < count; p++) { /* ascending; there are at most a few hundred */
        size_t place = p;
        while (place > 0 && probabilities[order[place - 1]] > probabilities[p]) {
            order[place] = order[place - 1];
            place--;
        }
        order[place] = p;
    }
    double largest = 0.0;
    for (size_t p = 0; p < count; p++) {
        largest = fmax(largest, (double)(count - p) * probabilities[order[p]]);
        corrected[order[p]] = fmin(1.0, largest);
    }
}

static size_t pair_index(size_t plans, size_t i, size_t j) {
    return i * plans - i * (i + 1) / 2 + (j - i - 1);
}

/* Advantage of plan i over plan j and its standard error. */
static double advantage(const struct decision *decision, size_t i, size_t j, double *error) {
    const struct decision_pair *pair =
        &decision->pairs[pair_index(decision->plan_count, i < j ? i : j, i < j ? j : i)];
    *error = pair->standard_error;
    return i < j ? pair->advantage : -pair->advantage;
}

/* Two-sided; without any scatter a difference is certain. */
static double pair_probability(double difference, double error, double degrees) {
    if (error == 0.0) {
        return difference == 0.0 ? 1.0 : 0.0;
    }
    return 2.0 * student_tail(fabs(difference) / error, degrees);
}

static bool make_pairs(struct decision *decision, const struct decision_tally *tally,
                       struct error *error) {
    size_t plans = tally->plans;
    size_t count = decision->pair_count;
    double degrees = (double)tally->histories - 1.0;
    double *raw = memory_array(2 * count, sizeof *raw, "pairs of plans", error);
    size_t *order = memory_array(count, sizeof *order, "pairs of plans", error);
    bool good = raw != NULL && order != NULL;
    double width = tally->histories < 2
                       ? (double)NAN
                       : student_quantile(DECISION_ERROR / (2.0 * (double)count), degrees);
    for (size_t i = 0; good && i < plans; i++) {
        for (size_t j = i + 1; j < plans; j++) {
            const struct moments *moments = &tally->differences[i * plans + j];
            double scatter = moments_standard_error(moments);
            size_t p = pair_index(plans, i, j);
            raw[p] = pair_probability(moments->mean, scatter, degrees);
            decision->pairs[p] = (struct decision_pair){
                .first = i,
                .second = j,
                .advantage = moments->mean,
                .standard_error = scatter,
                .low = moments->mean - width * scatter,
                .high = moments->mean + width * scatter,
                .probability = raw[p],
            };
        }
    }
    if (good && tally->histories >= 2) {
        decision_holm(raw, raw + count, order, count);
    }
    for (size_t p = 0; good && p < count; p++) {
        decision->pairs[p].corrected = tally->histories < 2 ? (double)NAN : raw[count + p];
    }
    free(raw);
    free(order);
    return good;
}

/* Ranks by the mean, and how far the corrected tests let each plan move. */
static void rank(struct decision *decision) {
    for (size_t i = 0; i < decision->plan_count; i++) {
        struct decision_plan *plan = &decision->plans[i];
        plan->rank = 1;
        plan->rank_low = 1;
        plan->rank_high = decision->plan_count;
        for (size_t j = 0; j < decision->plan_count; j++) {
            double scatter;
            if (j == i) {
                continue;
            }
            double ahead = advantage(decision, i, j, &scatter);
            const struct decision_pair *pair =
                &decision->pairs[pair_index(decision->plan_count, i < j ? i : j, i < j ? j : i)];
            bool certain = pair->corrected <= DECISION_ERROR;
            plan->rank += ahead < 0.0;
            plan->rank_low += certain && ahead < 0.0;
            plan->rank_high -= certain && ahead > 0.0;
        }
    }
}

/* Multiple comparisons with the best (Hsu 1984), with paired t-intervals and Bonferroni, so that
 * any correlation of the plans is allowed (Nelson and Matejcik 1995). */
static void compare_with_best(struct decision *decision) {
    size_t plans = decision->plan_count;
    double degrees = (double)decision->histories - 1.0;
    double width = decision->histories < 2
                       ? (double)NAN
                       : student_quantile(DECISION_ERROR / ((double)plans - 1.0), degrees);
    size_t candidates = 0;
    double scatter;
    for (size_t i = 0; i < plans; i++) {
        struct decision_plan *plan = &decision->plans[i];
        plan->advantage = (double)INFINITY;
        plan->high = (double)INFINITY;
        for (size_t j = 0; j < plans; j++) {
            if (j != i) {
                double ahead = advantage(decision, i, j, &scatter);
                plan->advantage = fmin(plan->advantage, ahead);
                plan->high = fmin(plan->high, ahead + width * scatter);
            }
        }
        plan->perhaps_best = !(plan->high < 0.0);
        candidates += plan->perhaps_best;
        plan->high = fmax(plan->high, 0.0);
    }
    for (size_t i = 0; i < plans; i++) {
        struct decision_plan *plan = &decision->plans[i];
        plan->low = 0.0;
        for (size_t j = 0; j < plans; j++) {
            if (j != i && decision->plans[j].perhaps_best) {
                double ahead = advantage(decision, i, j, &scatter);
                plan->low = fmin(plan->low, ahead - width * scatter);
            }
        }
        if (decision->histories < 2) {
            plan->low = plan->high = (double)NAN;
        }
    }
    decision->decided = candidates == 1;
}

/* The leader, who is hardest to tell from it, and how many histories would. */
static void find_leader(struct decision *decision) {
    size_t plans = decision->plan_count;
    size_t leader = 0;
    while (decision->plans[leader].rank != 1) {
        leader++;
    }
    decision->leader = leader;
    decision->rival = leader == 0 ? 1 : 0;
    double least = (double)INFINITY;
    double degrees = (double)decision->histories - 1.0;
    for (size_t j = 0; j < plans; j++) {
        double scatter;
        double ahead = j == leader ? (double)INFINITY : advantage(decision, leader, j, &scatter);
        double distance = j == leader      ? (double)INFINITY
                          : scatter == 0.0 ? (ahead == 0.0 ? 0.0 : (double)INFINITY)
                                           : ahead / scatter;
        if (distance < least) {
            least = distance;
            decision->rival = j;
        }
    }
    decision->histories_needed = (double)NAN;
    if (decision->histories >= 2 && least > 0.0 && isfinite(least)) {
        double width = student_quantile(DECISION_ERROR / ((double)plans - 1.0), degrees);
        double ratio = width / least;
        decision->histories_needed = ceil((double)decision->histories * ratio * ratio);
    }
}

static void make_plans(struct decision *decision, const struct decision_tally *tally) {
    decision->same = true;
    for (size_t i = 0; i < tally->plans; i++) {
        struct decision_plan *plan = &decision->plans[i];
        double histories = (double)tally->histories;
        *plan = (struct decision_plan){
            .mean = histories > 0.0 ? tally->values[i].mean : (double)NAN,
            .standard_error = moments_standard_error(&tally->values[i]),
            .share_best = histories > 0.0 ? tally->wins[i] / histories : (double)NAN,
            .regret = histories > 0.0 ? tally->regrets[i].mean : (double)NAN,
            .regret_standard_error = moments_standard_error(&tally->regrets[i]),
            .probability_best = (double)NAN,
            .loss = (double)NAN,
        };
        decision->same =
            decision->same && tally->regrets[i].mean == 0.0 && tally->regrets[i].squares == 0.0;
    }
}

bool decision_compare(struct decision *decision, const struct decision_tally *tally,
                      struct error *error) {
    size_t plans = tally->plans;
    *decision = (struct decision){
        .plan_count = plans,
        .pair_count = plans * (plans - 1) / 2,
        .histories = tally->histories,
        .missing = tally->missing,
        .lower_is_better = tally->lower_is_better,
    };
    decision->plans = memory_array(plans, sizeof *decision->plans, "plans", error);
    decision->pairs =
        memory_array(decision->pair_count, sizeof *decision->pairs, "pairs of plans", error);
    if (decision->plans == NULL || decision->pairs == NULL) {
        return false;
    }
    make_plans(decision, tally);
    if (!make_pairs(decision, tally, error)) {
        return false;
    }
    rank(decision);
    compare_with_best(decision);
    find_leader(decision);
    return true;
}

bool decision_make(struct decision *decision, const struct decision_tally *tally, uint64_t seed,
                   struct error *error) {
    return decision_compare(decision, tally, error) &&
           (tally->histories < 2 || decision_posterior(decision, tally, seed, error));
}

void decision_free(struct decision *decision) {
    free(decision->plans);
    free(decision->pairs);
    *decision = (struct decision){0};
}

#include "engine/decision_posterior.h"

#include "base/distribution.h"
#include "base/mathematics.h"
#include "base/memory.h"
#include "base/random.h"
#include "model/purpose.h"

#include <math.h>
#include <stdlib.h>

/* The advantages of all plans over the first one and their joint law. */
struct posterior {
    size_t plans;
    double *mean;
    double *factor; /* lower triangle L with L L' = covariance of the means */
    size_t *twin;   /* an earlier plan that is equal in every history, or itself */
    double *normal;
    double *value;
};

static const struct moments *pair_of(const struct decision_tally *tally, size_t i, size_t j) {
    return &tally->differences[(i < j ? i : j) * tally->plans + (i < j ? j : i)];
}

static double variance(const struct decision_tally *tally, size_t i, size_t j) {
    return i == j ? 0.0 : moments_variance(pair_of(tally, i, j)) / (double)tally->histories;
}

/* cov(X_i - X_0, X_j - X_0) from the variances of differences, which lose no digits when the plans
 * are nearly equal. */
static double covariance(const struct decision_tally *tally, size_t i, size_t j) {
    return (variance(tally, i, 0) + variance(tally, j, 0) - variance(tally, i, j)) / 2.0;
}

/* Cholesky; a pivot that is nothing but rounding is 0, as with fewer histories than plans. */
static void factorise(struct posterior *posterior, const struct decision_tally *tally) {
    size_t plans = posterior->plans;
    double *factor = posterior->factor;
    for (size_t i = 1; i < plans; i++) {
        for (size_t j = 1; j <= i; j++) {
            double whole = covariance(tally, i, j);
            double rest = whole;
            for (size_t m = 1; m < j; m++) {
                rest -= factor[i * plans + m] * factor[j * plans + m];
            }
            double pivot = factor[j * plans + j];
            if (i == j) {
                factor[i * plans + i] = rest > 1e-12 * whole ? sqrt(rest) : 0.0;
            } else {
                factor[i * plans + j] = pivot > 0.0 ? rest / pivot : 0.0;
            }
        }
    }
}

static void find_twins(struct posterior *posterior, const struct decision_tally *tally) {
    for (size_t i = 0; i < posterior->plans; i++) {
        posterior->mean[i] = i == 0 ? 0.0 : -pair_of(tally, 0, i)->mean;
        posterior->twin[i] = i;
        for (size_t j = i; j-- > 0;) {
            const struct moments *moments = pair_of(tally, j, i);
            if (moments->mean == 0.0 && moments->squares == 0.0) {
                posterior->twin[i] = j;
            }
        }
    }
}

/* One draw: Student's t with histories - 1 degrees of freedom in every direction. */
static void draw(const struct posterior *posterior, uint64_t row, double degrees) {
    struct pcg64_dxsm generator = random_stream(row, 0);
    double scale = sqrt(degrees / (2.0 * gamma_draw(&generator, degrees / 2.0)));
    for (size_t i = 0; i < posterior->plans; i++) {
        double value = posterior->mean[i];
        if (posterior->twin[i] != i) {
            posterior->value[i] = posterior->value[posterior->twin[i]];
            continue;
        }
        posterior->normal[i] = normal_quantile(random_uniform(row, i + 1));
        for (size_t m = 1; m <= i; m++) {
            value += scale * posterior->factor[i * posterior->plans + m] * posterior->normal[m];
        }
        posterior->value[i] = value;
    }
}

static void count(const struct posterior *posterior, struct decision *decision) {
    double best = posterior->value[0];
    double bests = 0.0;
    for (size_t i = 1; i < posterior->plans; i++) {
        best = fmax(best, posterior->value[i]);
    }
    for (size_t i = 0; i < posterior->plans; i++) {
        bests += posterior->value[i] == best;
    }
    for (size_t i = 0; i < posterior->plans; i++) {
        decision->plans[i].probability_best += posterior->value[i] == best ? 1.0 / bests : 0.0;
        decision->plans[i].loss += best - posterior->value[i];
    }
}

bool decision_posterior(struct decision *decision, const struct decision_tally *tally,
                        uint64_t seed, struct error *error) {
    size_t plans = tally->plans;
    struct posterior posterior = {.plans = plans};
    posterior.mean = memory_array(plans, sizeof *posterior.mean, "plans", error);
    posterior.factor = memory_array(plans * plans, sizeof *posterior.factor, "plans", error);
    posterior.twin = memory_array(plans, sizeof *posterior.twin, "plans", error);
    posterior.normal = memory_array(plans, sizeof *posterior.normal, "plans", error);
    posterior.value = memory_array(plans, sizeof *posterior.value, "plans", error);
    bool good = posterior.mean != NULL && posterior.factor != NULL && posterior.twin != NULL &&
                posterior.normal != NULL && posterior.value != NULL;
    if (good) {
        factorise(&posterior, tally);
        find_twins(&posterior, tally);
        for (size_t i = 0; i < plans; i++) {
            decision->plans[i].probability_best = 0.0;
            decision->plans[i].loss = 0.0;
        }
        for (uint64_t d = 0; d < DECISION_DRAWS; d++) {
            draw(&posterior, random_row(seed, d, 0, PURPOSE_DECISION),
                 (double)tally->histories - 1.0);
            count(&posterior, decision);
        }
        for (size_t i = 0; i < plans; i++) {
            decision->plans[i].probability_best /= DECISION_DRAWS;
            decision->plans[i].loss /= DECISION_DRAWS;
        }
    }
    free(posterior.mean);
    free(posterior.factor);
    free(posterior.twin);
    free(posterior.normal);
    free(posterior.value);
    return good;
}

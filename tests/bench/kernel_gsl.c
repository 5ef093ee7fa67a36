#include "kernel.h"

#include "base/clones.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>

struct kernel_account {
    double satisfaction;
    double value;
};

bool kernel_gsl_init(struct kernel_gsl *kernel, size_t accounts) {
    *kernel = (struct kernel_gsl){.accounts = accounts};
    kernel->account = calloc(accounts, sizeof *kernel->account);
    kernel->generator = gsl_rng_alloc(gsl_rng_mt19937);
    if (kernel->account == NULL || kernel->generator == NULL) {
        kernel_gsl_free(kernel);
        return false;
    }
    return true;
}

void kernel_gsl_free(struct kernel_gsl *kernel) {
    free(kernel->account);
    if (kernel->generator != NULL) {
        gsl_rng_free(kernel->generator);
    }
    *kernel = (struct kernel_gsl){0};
}

/* One month of one customer; true when it is lost. */
static inline bool account_month(struct kernel_account *account, const gsl_rng *generator) {
    account->satisfaction = KERNEL_PERSISTENCE * account->satisfaction +
                            gsl_ran_gaussian_ziggurat(generator, KERNEL_NOISE);
    account->value *= exp(KERNEL_GROWTH + gsl_ran_gaussian_ziggurat(generator, KERNEL_SPREAD));
    double odds = exp(KERNEL_STAY + KERNEL_BOND * account->satisfaction);
    if (gsl_rng_uniform(generator) * (1.0 + odds) < 1.0) {
        *account = (struct kernel_account){.satisfaction = 0.0, .value = 1.0};
        return true;
    }
    return false;
}

CLONES
static void month(struct kernel_account *accounts, size_t count, const gsl_rng *generator,
                  size_t *lost, double *revenue) {
    for (size_t a = 0; a < count; a++) {
        *lost += account_month(&accounts[a], generator) ? 1U : 0U;
        *revenue += accounts[a].value;
    }
}

struct kernel_moments kernel_gsl_run(struct kernel_gsl *kernel, uint64_t replication) {
    size_t lost = 0;
    double revenue = 0.0;
    gsl_rng_set(kernel->generator, replication + 1);
    for (size_t a = 0; a < kernel->accounts; a++) {
        kernel->account[a] = (struct kernel_account){.satisfaction = 0.0, .value = 1.0};
    }
    for (size_t now = 0; now < KERNEL_MONTHS; now++) {
        month(kernel->account, kernel->accounts, kernel->generator, &lost, &revenue);
    }
    struct kernel_moments moments = {{0}};
    double people = (double)kernel->accounts;
    moments.value[KERNEL_LOST] = (double)lost / people / KERNEL_MONTHS;
    moments.value[KERNEL_REVENUE] = revenue / people / KERNEL_MONTHS;
    for (size_t a = 0; a < kernel->accounts; a++) {
        double s = kernel->account[a].satisfaction;
        double v = kernel->account[a].value;
        moments.value[KERNEL_SATISFACTION] += s / people;
        moments.value[KERNEL_SQUARE] += s * s / people;
        moments.value[KERNEL_VALUE] += v / people;
        moments.value[KERNEL_VALUE_SQUARE] += v * v / people;
    }
    return moments;
}

/* The reduced kernel: the smallest model of customers that has what the whole model has, written
 * three times to compare how fast each way is: arrays of sim/base (kernel_arrays.c), structs and
 * GSL (kernel_gsl.c), numpy (kernel.py). The law is here. Ownership: kernel_x_init allocates,
 * kernel_x_free frees.
 *
 * All do, for each customer and month, with normals z and y and a uniform u,
 *     satisfaction = persistence * satisfaction + noise * z
 *     value        = value * exp(growth + spread * y)
 *     lost         = u < 1 / (1 + exp(stay + bond * satisfaction))
 * A lost customer is replaced by a new one, satisfaction 0 and value 1; revenue is the sum of
 * values after that. So there is the same work in every month and no version gains from empty
 * places.
 *
 * Each is written as well as its means allow, without tricks: the same compiler flags and
 * instruction sets for both in C; ziggurat normals for GSL, its fastest; single precision, results
 * in place and its fastest generator for numpy. */
#ifndef TESTS_BENCH_KERNEL_H
#define TESTS_BENCH_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { KERNEL_MONTHS = 60 };

#define KERNEL_PERSISTENCE 0.9
#define KERNEL_NOISE 0.3
#define KERNEL_GROWTH 0.002
#define KERNEL_SPREAD 0.05
#define KERNEL_STAY 4.5
#define KERNEL_BOND 1.0

/* What the versions must agree on, but for chance. */
enum kernel_moment {
    KERNEL_LOST,         /* part of customers that is lost in a month */
    KERNEL_SATISFACTION, /* mean at the end */
    KERNEL_SQUARE,       /* mean square of satisfaction at the end */
    KERNEL_VALUE,        /* mean at the end */
    KERNEL_VALUE_SQUARE, /* mean square at the end */
    KERNEL_REVENUE,      /* mean over customers and months */
    KERNEL_MOMENTS
};

struct kernel_moments {
    double value[KERNEL_MOMENTS];
};

struct kernel_arrays {
    size_t accounts; /* a multiple of 8 */
    uint64_t *id;
    float *satisfaction;
    float *value;
};
bool kernel_arrays_init(struct kernel_arrays *kernel, size_t accounts);
void kernel_arrays_free(struct kernel_arrays *kernel);
/* One history from the start, of KERNEL_MONTHS months. */
struct kernel_moments kernel_arrays_run(struct kernel_arrays *kernel, uint64_t replication);

struct kernel_gsl {
    size_t accounts;
    struct kernel_account *account;
    void *generator;
};
bool kernel_gsl_init(struct kernel_gsl *kernel, size_t accounts);
void kernel_gsl_free(struct kernel_gsl *kernel);
struct kernel_moments kernel_gsl_run(struct kernel_gsl *kernel, uint64_t replication);

#endif

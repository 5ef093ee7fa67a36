#include "kernel_rows.h"

#include "kernel.h"
#include "table.h"

#include <math.h>
#include <stdio.h>

/* Histories of each size: enough for the fastest one and for errors of the moments. */
enum { MANY = 20480, MANY_HISTORIES = 24, FEW = 200, FEW_HISTORIES = 600 };
/* More standard errors between two means than chance gives among the 18 that are compared. */
static const double FAR = 5.0;

struct measured {
    double nanoseconds; /* of a customer and month in the fastest history */
    double mean[KERNEL_MOMENTS];
    double error[KERNEL_MOMENTS]; /* standard errors */
};

static struct measured nothing(void) { return (struct measured){.nanoseconds = 1e9}; }

/* Adds history number `done`, as Welford's running mean and sum of squares. */
static void add(struct measured *measured, double seconds, size_t accounts, int done,
                const struct kernel_moments *moments) {
    measured->nanoseconds =
        smaller(measured->nanoseconds, seconds * 1e9 / (double)accounts / KERNEL_MONTHS);
    for (int m = 0; m < KERNEL_MOMENTS; m++) {
        double delta = moments->value[m] - measured->mean[m];
        measured->mean[m] += delta / (done + 1);
        measured->error[m] += delta * (moments->value[m] - measured->mean[m]);
    }
}

static void finish(struct measured *measured, int histories) {
    for (int m = 0; m < KERNEL_MOMENTS; m++) {
        measured->error[m] = sqrt(measured->error[m] / (histories - 1) / histories);
    }
}

static struct measured measure_arrays(size_t accounts, int histories) {
    struct kernel_arrays kernel;
    struct measured measured = nothing();
    if (!kernel_arrays_init(&kernel, accounts)) {
        give_up("no memory", "");
    }
    for (int h = 0; h < histories; h++) {
        double start = now(CLOCK_THREAD_CPUTIME_ID);
        struct kernel_moments moments = kernel_arrays_run(&kernel, (uint64_t)h);
        add(&measured, now(CLOCK_THREAD_CPUTIME_ID) - start, accounts, h, &moments);
    }
    kernel_arrays_free(&kernel);
    finish(&measured, histories);
    return measured;
}

static struct measured measure_gsl(size_t accounts, int histories) {
    struct kernel_gsl kernel;
    struct measured measured = nothing();
    if (!kernel_gsl_init(&kernel, accounts)) {
        give_up("no memory", "");
    }
    for (int h = 0; h < histories; h++) {
        double start = now(CLOCK_THREAD_CPUTIME_ID);
        struct kernel_moments moments = kernel_gsl_run(&kernel, (uint64_t)h);
        add(&measured, now(CLOCK_THREAD_CPUTIME_ID) - start, accounts, h, &moments);
    }
    kernel_gsl_free(&kernel);
    finish(&measured, histories);
    return measured;
}

/* Runs kernel.py with the constants of kernel.h; false when it could not. */
static bool measure_numpy(const char *python, size_t accounts, int histories,
                          struct measured *measured) {
    char command[512];
    (void)snprintf(command, sizeof command,
                   "OMP_NUM_THREADS=1 '%s' tests/bench/kernel.py %zu %d %g %g %g %g %g %g %d",
                   python, accounts, histories, KERNEL_PERSISTENCE, KERNEL_NOISE, KERNEL_GROWTH,
                   KERNEL_SPREAD, KERNEL_STAY, KERNEL_BOND, KERNEL_MONTHS);
    if (*python == '\0') {
        return false;
    }
    (void)fflush(stdout);
    FILE *output = popen(command, "r");
    if (output == NULL) {
        return false;
    }
    bool read = fscanf(output, "%lf", &measured->nanoseconds) == 1;
    for (int m = 0; m < KERNEL_MOMENTS && read; m++) {
        read = fscanf(output, "%lf %lf", &measured->mean[m], &measured->error[m]) == 2;
    }
    return pclose(output) == 0 && read;
}

/* The largest difference of a mean, in standard errors. */
static double apart(const struct measured *a, const struct measured *b) {
    double most = 0.0;
    for (int m = 0; m < KERNEL_MOMENTS; m++) {
        most = fmax(most, fabs(a->mean[m] - b->mean[m]) / hypot(a->error[m], b->error[m]));
    }
    return most;
}

/* A rival's row: how many times as long it takes, and whether it computes the same. */
static void rival(const char *what, double least, const struct measured *arrays,
                  const struct measured *other) {
    char beside[128];
    double errors = apart(arrays, other);
    (void)snprintf(beside, sizeof beside, " (%.3g ns; %s moments: %.1f standard errors)",
                   other->nanoseconds, errors < FAR ? "same" : "DIFFERENT", errors);
    at_least(what, least, other->nanoseconds / arrays->nanoseconds, "times", beside);
}

void kernel_rows(const char *python) {
    bool wide = processor_level() >= 4;
    struct measured many = measure_arrays(MANY, MANY_HISTORIES);
    struct measured few = measure_arrays(FEW, FEW_HISTORIES);
    struct measured gsl = measure_gsl(MANY, MANY_HISTORIES);
    struct measured numpy = nothing();
    row("reduced kernel in arrays, a month of a customer", "%.3g ns of 20,480, %.3g ns of 200",
        many.nanoseconds, few.nanoseconds);
    rival("the same in C with structs and GSL, 20,480 customers", wide ? 15.0 : 10.0, &many, &gsl);
    const struct {
        const char *what;
        size_t accounts;
        int histories;
        double least;
        const struct measured *arrays;
    } SIZES[] = {
        {"the same in numpy, 20,480 customers", MANY, MANY_HISTORIES, wide ? 10.0 : 6.0, &many},
        {"the same in numpy, 200 customers", FEW, FEW_HISTORIES, wide ? 30.0 : 15.0, &few},
    };
    for (size_t i = 0; i < sizeof SIZES / sizeof SIZES[0]; i++) {
        if (measure_numpy(python, SIZES[i].accounts, SIZES[i].histories, &numpy)) {
            rival(SIZES[i].what, SIZES[i].least, SIZES[i].arrays, &numpy);
        } else {
            row(SIZES[i].what, "not measured: no python3 with numpy");
        }
    }
}

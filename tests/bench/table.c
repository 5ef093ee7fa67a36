#include "table.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

int processor_level(void) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
        return 4;
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        return 3;
    }
#endif
    return 2;
}

double now(clockid_t clock) {
    struct timespec time;
    (void)clock_gettime(clock, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

double smaller(double a, double b) { return a < b ? a : b; }

void give_up(const char *what, const char *why) {
    (void)fprintf(stderr, "bench: %s\n%s", what, why);
    exit(1);
}

void table_begin(void) {
    (void)printf("| What | Goal | Measured | Measured / goal | Met |\n|---|---|---|---|---|\n");
    (void)fflush(stdout);
}

void row(const char *what, const char *format, ...) {
    va_list list;
    (void)printf("| %s |  | ", what);
    va_start(list, format);
    (void)vprintf(format, list);
    va_end(list);
    (void)printf(" |  |  |\n");
    (void)fflush(stdout);
}

static void goal(const char *what, const char *sign, double threshold, double measured, bool met,
                 const char *unit, const char *beside) {
    (void)printf("| %s | %s %g %s | %.3g %s%s | %.2f | %s |\n", what, sign, threshold, unit,
                 measured, unit, beside, measured / threshold, met ? "yes" : "no");
    (void)fflush(stdout);
}

void at_most(const char *what, double most, double measured, const char *unit, const char *beside) {
    goal(what, "<=", most, measured, measured <= most, unit, beside);
}

void at_least(const char *what, double least, double measured, const char *unit,
              const char *beside) {
    goal(what, ">=", least, measured, measured >= least, unit, beside);
}

/* The table of make bench and the clock behind it: what, goal, measured, their ratio, met or not.
 * Ownership: texts are lent. */
#ifndef TESTS_BENCH_TABLE_H
#define TESTS_BENCH_TABLE_H

#include <stdbool.h>
#include <time.h>

/* Instruction sets that goals differ by: the levels of x86-64, 2 also for any other processor. */
int processor_level(void);

/* Seconds of CLOCK_MONOTONIC, or of CLOCK_THREAD_CPUTIME_ID, which other work does not disturb. */
double now(clockid_t clock);

double smaller(double a, double b);

/* Ends the program with a sentence. */
void give_up(const char *what, const char *why) __attribute__((noreturn));

void table_begin(void);

/* A row without a threshold. */
void row(const char *what, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A row whose figure may be `most` at most; `beside` is written behind the figure. */
void at_most(const char *what, double most, double measured, const char *unit, const char *beside);

/* A row whose figure must be `least` at least. */
void at_least(const char *what, double least, double measured, const char *unit,
              const char *beside);

#endif

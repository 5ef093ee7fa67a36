/* The rows of the table that compare the reduced kernel in arrays, in numpy and in C with GSL.
 * Ownership: none. */
#ifndef TESTS_BENCH_KERNEL_ROWS_H
#define TESTS_BENCH_KERNEL_ROWS_H

/* `python` is an interpreter that knows numpy, or empty: then those rows say that it is missing. */
void kernel_rows(const char *python);

#endif

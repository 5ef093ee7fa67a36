/* The suites of all test files; make collects their names, so that none can be forgotten.
 * Ownership: the suites are constant data of their test files. */
#ifndef TESTS_SUITES_H
#define TESTS_SUITES_H

#include "test.h"

/* suites.list is written by make: one SUITE(suite_<module>) a line. */
#define SUITE(name) extern const struct suite name;
#include "suites.list"
#undef SUITE

#endif

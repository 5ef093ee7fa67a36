/* What a test file hands to the runner: a suite of named tests.
 * Ownership: everything is constant data of the test file. */
#ifndef TESTS_TEST_H
#define TESTS_TEST_H

#include <stddef.h>

/* `name` is a sentence that is true when the test passes. */
struct test {
    const char *name;
    void (*run)(void);
};

/* Each tests/test_<module>.c defines one `const struct suite suite_<module>`; the long statistical
 * ones stand in tests/verify_<module>.c. */
struct suite {
    const char *name;
    const struct test *tests;
    size_t count;
};

#endif

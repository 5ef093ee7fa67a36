/* The test runner: `tests` runs all suites, `tests PART ...` those suites and tests whose name
 * contains one of the parts, `tests --list` prints the names. The last line reads "N passed, N
 * failed". */
#include "suites.h"

#include <CUnit/Basic.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SUITE(name) &name,
static const struct suite *const SUITES[] = {
#include "suites.list"
    NULL};
#undef SUITE

/* Parts end with NULL; without any, all are chosen. */
static bool chosen(const struct suite *suite, const struct test *test, char *const parts[]) {
    bool found = parts[0] == NULL;
    for (size_t i = 0; !found && parts[i] != NULL; i++) {
        found = strstr(suite->name, parts[i]) != NULL || strstr(test->name, parts[i]) != NULL;
    }
    return found;
}

static void list(void) {
    for (size_t i = 0; SUITES[i] != NULL; i++) {
        for (size_t j = 0; j < SUITES[i]->count; j++) {
            printf("%s: %s\n", SUITES[i]->name, SUITES[i]->tests[j].name);
        }
    }
}

/* Registers the chosen tests of one suite; false when CUnit could not, as for a name given twice,
 * which would hide a test. */
static bool add_suite(const struct suite *suite, char *const parts[]) {
    CU_pSuite registered = NULL;
    for (size_t j = 0; j < suite->count; j++) {
        if (!chosen(suite, &suite->tests[j], parts)) {
            continue;
        }
        if (registered == NULL) {
            registered = CU_add_suite(suite->name, NULL, NULL);
        }
        if (registered == NULL ||
            CU_add_test(registered, suite->tests[j].name, suite->tests[j].run) == NULL ||
            CU_get_error() != CUE_SUCCESS) {
            (void)fprintf(stderr, "tests: cannot register \"%s: %s\": %s\n", suite->name,
                          suite->tests[j].name, CU_get_error_msg());
            return false;
        }
    }
    return true;
}

/* Runs what was registered; false when a test failed or there was none to run. */
static bool run(void) {
    CU_basic_set_mode(CU_BRM_NORMAL);
    bool ran = CU_basic_run_tests() == CUE_SUCCESS;
    unsigned passed = CU_get_number_of_tests_run() - CU_get_number_of_tests_failed();
    unsigned failed = CU_get_number_of_tests_failed() + CU_get_number_of_suites_failed();
    printf("%u passed, %u failed\n", passed, failed);
    return ran && failed == 0 && passed > 0;
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "--list") == 0) {
        list();
        return EXIT_SUCCESS;
    }
    bool good = CU_initialize_registry() == CUE_SUCCESS;
    for (size_t i = 0; good && SUITES[i] != NULL; i++) {
        good = add_suite(SUITES[i], argv + (argc > 0));
    }
    good = good && run();
    CU_cleanup_registry();
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* The test runner: `tests` runs all suites, `tests PART ...` those suites and tests whose name
 * contains one of the parts, `tests --list` prints the names. `--jobs N` before the parts runs N
 * suites at a time, each in a process of its own (the processors, when not given); with `--jobs 0`
 * everything runs in one process, for a debugger. The last line reads "N passed, N failed". */
#include "pool.h"
#include "suites.h"

#include <CUnit/CUnit.h>
#include <CUnit/TestRun.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SUITE(name) &name,
static const struct suite *const SUITES[] = {
#include "suites.list"
    NULL};
#undef SUITE
enum { SUITE_COUNT = sizeof SUITES / sizeof SUITES[0] - 1 };

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

static void show_failures(void) {
    for (const CU_FailureRecord *record = CU_get_failure_list(); record != NULL;
         record = record->pNext) {
        printf("failed: %s: %s\n    %s:%u: %s\n",
               record->pSuite == NULL ? "?" : record->pSuite->pName,
               record->pTest == NULL ? "?" : record->pTest->pName,
               record->strFileName == NULL ? "?" : record->strFileName, record->uiLineNumber,
               record->strCondition == NULL ? "?" : record->strCondition);
    }
}

/* Runs the chosen tests of one suite, or of all when it is NULL. */
static struct pool_counts run(const struct suite *suite, void *parts) {
    struct pool_counts counts = {.failed = 1};
    bool good = CU_initialize_registry() == CUE_SUCCESS;
    for (size_t i = 0; good && i < SUITE_COUNT; i++) {
        good = (suite != NULL && SUITES[i] != suite) || add_suite(SUITES[i], parts);
    }
    if (good) {
        good = CU_run_all_tests() == CUE_SUCCESS;
        show_failures();
        counts.failed = CU_get_number_of_tests_failed() + CU_get_number_of_suites_failed();
        counts.passed = CU_get_number_of_tests_run() - CU_get_number_of_tests_failed();
        counts.asserts = CU_get_number_of_asserts();
        counts.failed += !good && counts.failed == 0;
    }
    CU_cleanup_registry();
    return counts;
}

static unsigned processors(void) {
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? (unsigned)count : 1;
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "--list") == 0) {
        list();
        return EXIT_SUCCESS;
    }
    char **parts = argv + (argc > 0);
    unsigned jobs = processors();
    if (argc > 2 && strcmp(argv[1], "--jobs") == 0) {
        jobs = (unsigned)strtoul(argv[2], NULL, 10);
        parts += 2;
    }
    const struct suite *asked[SUITE_COUNT + 1];
    size_t count = 0;
    for (size_t i = 0; i < SUITE_COUNT; i++) {
        bool any = false;
        for (size_t j = 0; !any && j < SUITES[i]->count; j++) {
            any = chosen(SUITES[i], &SUITES[i]->tests[j], parts);
        }
        if (any) {
            asked[count++] = SUITES[i];
        }
    }
    struct pool_counts sum = {0};
    bool good = true;
    if (jobs == 0) {
        sum = run(NULL, parts);
    } else {
        good = pool_run(asked, count, jobs, run, parts, &sum);
    }
    printf("%zu suites, %u assertions\n%u passed, %u failed\n", count, sum.asserts, sum.passed,
           sum.failed);
    return good && sum.failed == 0 && sum.passed > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

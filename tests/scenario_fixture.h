/* Scenarios for the tests: from texts in a temporary folder, and the errors that they give.
 * Ownership: fixture functions return what the caller frees with text_free or scenario_free. */
#ifndef TESTS_SCENARIO_FIXTURE_H
#define TESTS_SCENARIO_FIXTURE_H

#include "scenario/scenario.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A fifth of the firm of configs, where people come and go, one setting an entry. */
#define PAY_SMALL                                                                                  \
    "simulation.years=4", "roles.sales.headcount=9", "roles.development.headcount=3",              \
        "roles.kam.headcount=5", "segments.standard.accounts=160",                                 \
        "segments.standard.prospects=4000", "segments.key.accounts=40",                            \
        "segments.key.prospects=120", "roles.sales.team_size=4", "roles.sales.turnover.annual=0.4"
enum { PAY_SMALL_COUNT = 10 };

/* The smallest scenario that works, one setting a line. */
#define SMALLEST                                                                                   \
    "segments = { standard = { coverage = { owners = [\"sales\"]; }; }; };\n"                      \
    "roles = { sales = { plan = \"base\"; }; };\n"                                                 \
    "plans = { base = { }; };\n"

/* A file with these bytes; the caller unlinks and frees its path. */
static inline char *fixture_file(const char *bytes, size_t length) {
    char *path = strdup("/tmp/anreiz-test-XXXXXX");
    CU_ASSERT_PTR_NOT_NULL_FATAL(path);
    int descriptor = mkstemp(path);
    CU_ASSERT_FATAL(descriptor >= 0);
    FILE *file = fdopen(descriptor, "wb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    CU_ASSERT_EQUAL(fwrite(bytes, 1, length, file), length);
    CU_ASSERT_EQUAL(fclose(file), 0);
    return path;
}

/* The sentences of the errors of `bytes` with the name of the file left out, "" when it loads. */
static inline struct text fixture_errors(const char *bytes, size_t length, const char *set) {
    struct scenario scenario = {0};
    struct error error = {0};
    struct text text = {0};
    char *path = fixture_file(bytes, length);
    const char *sets[] = {set};
    if (scenario_load(&scenario, path, sets, set == NULL ? 0 : 1, &error)) {
        CU_ASSERT_EQUAL(error.kind, ERROR_NONE);
        CU_ASSERT_EQUAL(error.count, 0);
    } else {
        CU_ASSERT_EQUAL(error.kind, ERROR_QUESTION);
        CU_ASSERT(error.count > 0);
        for (const char *at = error_text(&error); *at != '\0';) {
            size_t skipped = strncmp(at, path, strlen(path)) == 0 ? strlen(path) + 1 : 0;
            size_t line = strcspn(at, "\n");
            text_add(&text, "%.*s\n", (int)(line - skipped), at + skipped);
            at += line + 1;
        }
        CU_ASSERT_PTR_NULL(scenario.parameters.roles);
    }
    scenario_free(&scenario);
    error_free(&error);
    CU_ASSERT_EQUAL(unlink(path), 0);
    free(path);
    return text;
}

/* True when `text` gives exactly the error `wanted` (without its newline; "" for none). */
static inline bool fixture_gives(const char *bytes, const char *set, const char *wanted) {
    struct text errors = fixture_errors(bytes, strlen(bytes), set);
    size_t length = strlen(wanted);
    bool same = length == 0 ? errors.length == 0
                            : errors.length == length + 1 &&
                                  strncmp(text_bytes(&errors), wanted, length) == 0;
    if (!same) {
        (void)fprintf(stderr, "\nwanted: %s\ngot:    %s", wanted, text_bytes(&errors));
    }
    text_free(&errors);
    return same;
}

/* The effective scenario as text. */
static inline struct text fixture_written(const struct scenario *scenario) {
    struct text text = {0};
    struct error error = {0};
    FILE *file = tmpfile();
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    CU_ASSERT_TRUE(scenario_write(scenario, "one\n\ntwo", file, &error));
    rewind(file);
    for (int byte = getc(file); byte != EOF; byte = getc(file)) {
        text_add(&text, "%c", byte);
    }
    CU_ASSERT_EQUAL(fclose(file), 0);
    return text;
}

#endif

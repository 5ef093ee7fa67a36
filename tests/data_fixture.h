/* Tables for the tests: from texts in a temporary file, what was read from them and what was said.
 * Ownership: fixture functions return what the caller frees with fixture_free. */
#ifndef TESTS_DATA_FIXTURE_H
#define TESTS_DATA_FIXTURE_H

#include "data/deals.h"
#include "data/measures.h"
#include "data/people.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct fixture {
    char path[64];
    bool good;
    struct text rows; /* one line a row */
    struct table_report report;
    struct error error;
    struct text bad; /* sentences without the path */
    struct text notes;
    struct text errors;
};

enum fixture_form { FIXTURE_DEALS, FIXTURE_PEOPLE, FIXTURE_MEASURES };

static inline void fixture_write(char path[64], const char *bytes, size_t length) {
    (void)snprintf(path, 64, "/tmp/anreiz-test-XXXXXX");
    int descriptor = mkstemp(path);
    CU_ASSERT_FATAL(descriptor >= 0);
    FILE *file = fdopen(descriptor, "wb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    CU_ASSERT_EQUAL(fwrite(bytes, 1, length, file), length);
    CU_ASSERT_EQUAL(fclose(file), 0);
}

/* Millionths as a decimal without needless zeros. */
static inline void fixture_add_millionths(struct text *text, int64_t value) {
    int64_t whole = value / MILLIONTHS;
    int64_t rest = value % MILLIONTHS;
    text_add(text, "%s%lld", value < 0 && whole == 0 ? "-" : "", (long long)whole);
    if (rest != 0) {
        char digits[8];
        (void)snprintf(digits, sizeof digits, "%06lld", (long long)llabs(rest));
        for (size_t last = 5; digits[last] == '0'; last--) {
            digits[last] = '\0';
        }
        text_add(text, ".%s", digits);
    }
}

static inline bool fixture_deal(void *user, const struct deal *deal) {
    static const char *const KINDS[] = {"new", "expansion", "renewal"};
    struct text *text = user;
    text_add(text, "%ld %04d-%02d-%02d ", deal->line, deal->date.year, deal->date.month,
             deal->date.day);
    for (size_t i = 0; i < deal->credit_count; i++) {
        text_add(text, "%s%s:", i == 0 ? "" : "+", deal->credits[i].person);
        fixture_add_millionths(text, deal->credits[i].share);
    }
    text_add(text, " [%s] [%s] %s ", deal->customer, deal->product, KINDS[deal->kind]);
    fixture_add_millionths(text, deal->amount);
    if (deal->has_margin) {
        text_add(text, " margin ");
        fixture_add_millionths(text, deal->margin);
    }
    if (deal->cancelled) {
        text_add(text, " cancelled %04d-%02d-%02d", deal->cancelled_on.year,
                 deal->cancelled_on.month, deal->cancelled_on.day);
    }
    text_add(text, "\n");
    return true;
}

static inline bool fixture_person(void *user, const struct person_row *person) {
    struct text *text = user;
    text_add(text, "%ld %s [%s] [%s] [%s]", person->line, person->person, person->team,
             person->role, person->plan);
    if (person->has_start) {
        text_add(text, " from %04d-%02d-%02d", person->start.year, person->start.month,
                 person->start.day);
    }
    if (person->has_end) {
        text_add(text, " to %04d-%02d-%02d", person->end.year, person->end.month, person->end.day);
    }
    text_add(text, " %.17g %.17g %.17g %s\n", person->salary, person->target, person->quota,
             person->good_leaver ? "good" : "bad");
    return true;
}

static inline bool fixture_measure(void *user, const struct measure_row *measure) {
    struct text *text = user;
    text_add(text, "%ld %04d-%02d-%02d [%s] %s [%s] %.17g\n", measure->line, measure->month.year,
             measure->month.month, measure->month.day, measure->person, measure->metric,
             measure->product, measure->value);
    return true;
}

/* Each sentence without the path and the colon behind it. */
static inline void fixture_strip(struct text *text, const char *sentences, const char *path) {
    for (const char *at = sentences; *at != '\0';) {
        size_t skipped = strncmp(at, path, strlen(path)) == 0 ? strlen(path) + 1 : 0;
        skipped += at[skipped] == ' ';
        size_t line = strcspn(at, "\n");
        text_add(text, "%.*s\n", (int)(line - skipped), at + skipped);
        at += line + 1;
    }
}

static inline struct fixture fixture_read_file(const char *path, enum fixture_form form,
                                               const struct table_options *options) {
    struct fixture fixture = {.good = false};
    struct table_report *report = &fixture.report;
    (void)snprintf(fixture.path, sizeof fixture.path, "%s", path);
    fixture.good =
        form == FIXTURE_DEALS
            ? deals_read(path, options, fixture_deal, &fixture.rows, report, &fixture.error)
        : form == FIXTURE_PEOPLE
            ? people_read(path, options, fixture_person, &fixture.rows, report, &fixture.error)
            : measures_read(path, options, fixture_measure, &fixture.rows, report, &fixture.error);
    fixture_strip(&fixture.bad, text_bytes(&report->bad), path);
    fixture_strip(&fixture.notes, text_bytes(&report->notes), path);
    fixture_strip(&fixture.errors, error_text(&fixture.error), path);
    CU_ASSERT_EQUAL(fixture.good, fixture.error.count == 0);
    return fixture;
}

static inline struct fixture fixture_read_bytes(const char *bytes, size_t length,
                                                enum fixture_form form, bool skip) {
    char path[64];
    const struct table_options options = {.skip_bad_rows = skip};
    fixture_write(path, bytes, length);
    struct fixture fixture = fixture_read_file(path, form, &options);
    CU_ASSERT_EQUAL(unlink(path), 0);
    return fixture;
}

static inline void fixture_free(struct fixture *fixture) {
    text_free(&fixture->rows);
    text_free(&fixture->bad);
    text_free(&fixture->notes);
    text_free(&fixture->errors);
    table_report_free(&fixture->report);
    error_free(&fixture->error);
}

static inline bool fixture_same(const char *what, const struct text *text, const char *wanted) {
    bool same = strcmp(text_bytes(text), wanted) == 0;
    if (!same) {
        (void)fprintf(stderr, "\n%s wanted:\n%sgot:\n%s", what, wanted, text_bytes(text));
    }
    return same;
}

/* True when the table gives exactly these rows, and nothing is wrong. */
static inline bool fixture_rows(enum fixture_form form, const char *table, const char *rows) {
    struct fixture fixture = fixture_read_bytes(table, strlen(table), form, false);
    bool same = fixture_same("rows", &fixture.rows, rows) &&
                fixture_same("bad rows", &fixture.bad, "") &&
                fixture_same("errors", &fixture.errors, "");
    fixture_free(&fixture);
    return same;
}

/* True when exactly this is wrong with its rows. */
static inline bool fixture_bad(enum fixture_form form, const char *table, const char *bad) {
    struct fixture fixture = fixture_read_bytes(table, strlen(table), form, false);
    bool same = fixture_same("bad rows", &fixture.bad, bad) && !fixture.good;
    fixture_free(&fixture);
    return same;
}

/* True when reading fails with exactly this error, and no row is listed. */
static inline bool fixture_fails(const char *bytes, size_t length, const char *error) {
    struct fixture fixture = fixture_read_bytes(bytes, length, FIXTURE_DEALS, true);
    bool same =
        fixture_same("errors", &fixture.errors, error) && fixture_same("bad", &fixture.bad, "");
    fixture_free(&fixture);
    return same;
}

#endif

/* Tables for the tests of fitting, from texts in a temporary file to findings.
 * Ownership: fitting_of returns what the caller frees with fitting_free. */
#ifndef TESTS_FIT_FIXTURE_H
#define TESTS_FIT_FIXTURE_H

#include "data_fixture.h"
#include "engine/fit.h"

#include <limits.h>
#include <math.h>

struct fitting {
    struct fit_data data;
    struct fit_question question;
    struct findings findings;
    struct error error;
};

static const struct fit_names FITTING_NAMES = {.role = "sales", .segment = "standard"};

/* Reads a table; true when it could be read. */
static inline bool fitting_take(struct fitting *fitting, const char *table,
                                const struct fit_names *names) {
    char path[64];
    const struct table_options options = {.skip_bad_rows = false};
    struct table_report report = {0};
    fixture_write(path, table, strlen(table));
    bool good = fit_data_read(&fitting->data, path, names, &options, &report, &fitting->error);
    CU_ASSERT_EQUAL(unlink(path), 0);
    table_report_free(&report);
    return good;
}

static inline struct fitting fitting_of(const char *table, const char *until) {
    struct fitting fitting = {.question = {.from = LONG_MIN}};
    struct date date;
    struct text complaint = {0};
    CU_ASSERT_TRUE_FATAL(fitting_take(&fitting, table, &FITTING_NAMES));
    CU_ASSERT_TRUE_FATAL(date_read(until, &date, &complaint));
    fitting.question.until = date_day(date);
    return fitting;
}

static inline bool fitting_run(struct fitting *fitting) {
    fitting->question.data = &fitting->data;
    return fit(&fitting->findings, &fitting->question, &fitting->error);
}

static inline void fitting_free(struct fitting *fitting) {
    fit_data_free(&fitting->data);
    findings_free(&fitting->findings);
    error_free(&fitting->error);
}

static inline const struct finding *fitting_find(const struct fitting *fitting, const char *name) {
    for (size_t i = 0; i < fitting->findings.count; i++) {
        if (strcmp(fitting->findings.list[i].name, name) == 0) {
            return &fitting->findings.list[i];
        }
    }
    return NULL;
}

/* The value of that name, NAN when there is none. */
static inline double fitting_value(const struct fitting *fitting, const char *name) {
    const struct finding *finding = fitting_find(fitting, name);
    return finding == NULL ? (double)NAN : finding->value;
}

/* Until 2021-12-31: ann 731 days (2020 has 366), ben 366 (leaves), cem 365 (dismissed), dan comes
 * later. */
static const char FITTING_PEOPLE[] = "person,role,start,end,reason\n"
                                     "ann,kam,2020-01-01,,\n"
                                     "ben,kam,2020-01-01,2020-12-31,quit\n"
                                     "cem,kam,2021-01-01,2021-12-31,dismissed\n"
                                     "dan,kam,2022-01-01,,\n";

/* o1 wins through all; o2 skips the middle and is lost in the last, what is said later does not
 * count; o3 goes back (does not count) and is lost in the first; o4 is open; o5 begins in the
 * middle. In days: first 10 + 20 + 40 + 30, middle 20 + 60, last 30 + 10 + 5. */
static const char FITTING_MOVES[] =
    "opportunity,stage,date,amount\n"
    "o1,first,2025-01-01,\no1,middle,2025-01-11,\no1,last,2025-01-31,\n"
    "o1,Closed Won,2025-03-02,1000\n"
    "o2,first,2025-01-01,\no2,last,2025-01-21,\no2,lost,2025-01-31,\n"
    "o2,won,2025-02-20,\n"
    "o3,first,2025-01-01,\no3,first,2025-01-05,\no3,lost,2025-02-10,\n"
    "o4,first,2025-03-02,\n"
    "o5,middle,2025-01-01,\no5,last,2025-03-02,\no5,won,2025-03-07,500\n";

#endif

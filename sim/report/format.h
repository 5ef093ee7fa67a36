/* Names and numbers of results as text: fields of CSV, labels of pictures, values for people.
 * Ownership: only reads; texts belong to the caller. */
#ifndef REPORT_FORMAT_H
#define REPORT_FORMAT_H

#include "base/text.h"
#include "engine/results.h"

#include <stdio.h>

/* The summary of a cell; NaN in every field when no replication had a value. */
bool format_cell(const struct cell *cell, struct cell_summary *summary, struct error *error)
    __attribute__((warn_unused_result));

/* The mean and a share, NaN when there is nothing to take them from. */
double format_mean(const struct cell *cell);
double format_share(uint64_t part, uint64_t whole);

/* "all" or the name. */
const char *format_role(const struct series *series, const struct parameters *parameters);
const char *format_segment(const struct series *series, const struct parameters *parameters);

/* The series as --metrics names it: "turnover", "turnover.kam", "revenue.key", "pay.kam.cycle". */
void format_series(struct text *text, const struct series *series,
                   const struct parameters *parameters);

/* What the column `metric` calls it, beside role and segment: "turnover", "pay.cycle". */
void format_metric(struct text *text, const struct series *series,
                   const struct parameters *parameters);

/* `raw` made harmless for terminals and pictures: valid UTF-8 without control characters, at most
 * `widest` characters (0: any number), the last an ellipsis when something was cut. */
void format_clean(struct text *text, const char *raw, size_t widest);

/* The plan's name, cleaned; plans of the same name get their number: "hybrid (2)", or what tells
 * them apart in a store: "hybrid (headcount=16)", "hybrid (run 3)" where that is too wide. */
void format_plan(struct text *text, const struct results *results, size_t variant, size_t widest);

/* A field of CSV, quoted when it must be. */
void format_csv(FILE *stream, const char *field);

/* A comma, and the number that reads back exactly; NaN leaves the field empty. */
void format_csv_number(FILE *stream, double value);

/* How values of a unit are written for people. */
enum format_scale { FORMAT_PLAIN, FORMAT_PERCENT, FORMAT_CURRENCY };
enum format_scale format_scale(const char *unit);

enum { FORMAT_SIZE = 40 };
/* Three or four digits with the unit's sign: "18.2 %", "12.3 M", "640 k", "59.8"; "-" for NaN. */
const char *format_value(char buffer[FORMAT_SIZE], const char *unit, double value);

/* The same of a difference: "1.2 pp" where values are per cent, with `sign` "+1.2 pp". */
enum { FORMAT_DIFFERENCE_SIZE = FORMAT_SIZE + 2 };
const char *format_difference(char buffer[FORMAT_DIFFERENCE_SIZE], const char *unit, double value,
                              bool sign);

/* The same where the standard error is known (NaN: it is not): percentage points with two digits of
 * it, so that what is small and certain is not rounded away: "-0.047 pp" beside "0.019 pp". */
const char *format_difference_near(char buffer[FORMAT_DIFFERENCE_SIZE], const char *unit,
                                   double value, double error, bool sign);

/* "62 %", and never 0 or 100 for what is only close to it: "<1 %", ">99 %"; "-" for NaN. */
const char *format_percent(char buffer[FORMAT_SIZE], double share);

/* The share of replications in which the first plan's rival is better by the outcome's direction
 * (neutral: higher); NaN without replications. */
double format_probability_better(const struct cell *difference, const struct outcome *outcome);

/* A number of no unit in three digits, without a power of ten below 10^12: "21,100", "0.085". */
const char *format_number(char buffer[FORMAT_SIZE], double value);

/* "1,000" */
const char *format_count(char buffer[FORMAT_SIZE], uint64_t count);

/* "1 history", "1,000 histories" */
const char *format_histories(char buffer[FORMAT_SIZE], uint64_t count);

#endif

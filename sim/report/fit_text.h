/* What data told, as a configuration that scenarios can extend, as CSV and as JSON.
 * Ownership: only reads; streams and texts belong to the caller. */
#ifndef REPORT_FIT_TEXT_H
#define REPORT_FIT_TEXT_H

#include "engine/findings.h"

#include <stdbool.h>
#include <stdio.h>

/* A configuration with every parameter that the data told, each with its interval and method in a
 * comment; then what is known beside parameters, and what is not. `header` has lines without //. */
bool fit_configuration(FILE *stream, const struct findings *findings, const char *header,
                       struct error *error) __attribute__((warn_unused_result));

/* name,parameter,value,low,high,count,method: one row an estimate. */
void fit_csv(FILE *stream, const struct findings *findings);
void fit_json(FILE *stream, const struct findings *findings);

#endif

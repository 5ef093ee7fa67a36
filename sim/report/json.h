/* Strings and numbers as JSON writes them.
 * Ownership: only writes to streams; their errors are the caller's to check (ferror). */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include <stdio.h>

/* A string in its quotes, cleaned: valid UTF-8 without control characters. */
void json_string(FILE *stream, const char *string);

/* What stands before it, then "key": number; what JSON cannot say is null. */
void json_number(FILE *stream, const char *comma, const char *key, double value);

/* A value as scenarios write it: a number where it is one, else a string. */
void json_value(FILE *stream, const char *value);

#endif

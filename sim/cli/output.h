/* What goes to stdout: results only, each in one piece so that processes that share a file do not
 * cut each other's lines. Ownership: texts belong to the caller. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* A result under construction in memory; printed or dropped by output_print. */
struct output {
    FILE *stream; /* write here */
    char *bytes;
    size_t length;
};

bool output_open(struct output *output, struct error *error) __attribute__((warn_unused_result));

/* Prints what was written, when `good`, and frees it in any case; returns whether all is well. */
bool output_print(struct output *output, bool good, struct error *error);

/* Prints a text; one that memory was not enough for is an error. */
bool output_text(const struct text *text, struct error *error) __attribute__((warn_unused_result));

/* Hands over what stdio still holds of stdout; a full disk becomes an error here. */
bool output_flush(struct error *error);

#endif

/* Commands that print a page about the program itself: parameters, outcomes, all or those that hold
 * a word, with --markdown as a page of the documentation. Ownership: nothing is kept. */
#ifndef CLI_LISTING_H
#define CLI_LISTING_H

#include "base/error.h"
#include "cli/options.h"

#include <stdbool.h>
#include <stdio.h>

/* What a listing takes of its own: `.own` of its usage. */
extern const struct argp LISTING_OPTIONS;

/* Reads the options and prints the page; `print` flushes it, and is false when it could not be
 * written. */
bool listing_print(const struct usage *usage,
                   bool (*print)(FILE *stream, bool markdown, const char *word),
                   struct options *options, int argc, char **argv, struct error *error);

#endif

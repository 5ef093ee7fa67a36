/* Calling gnuplot: one process that works inside a folder.
 * Ownership: the caller owns the call, its words and the stream. */
#ifndef REPORT_GNUPLOT_H
#define REPORT_GNUPLOT_H

#include "base/error.h"
#include "report/folder.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { GNUPLOT_WORDS_MOST = 64, GNUPLOT_COMPLAINT = 2048 };

struct gnuplot_call {
    const char *words[GNUPLOT_WORDS_MOST]; /* of the command line, after the program */
    size_t count;
    FILE *output;                      /* an open file for what it prints; NULL: nobody sees it */
    char complaint[GNUPLOT_COMPLAINT]; /* what it wrote to its standard error */
    bool failed;                       /* it ended with an error */
};

/* Runs gnuplot to its end, without start-up files and in the C locale. `missing`: there is none on
 * the PATH, which is no error. */
bool gnuplot_call(const struct folder *folder, struct gnuplot_call *call, bool *missing,
                  struct error *error) __attribute__((warn_unused_result));

/* The sentence about a call that failed; returns false. */
bool gnuplot_complain(const struct folder *folder, const struct gnuplot_call *call,
                      struct error *error);

#endif

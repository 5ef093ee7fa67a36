/* What the program says to a person, all of it on stderr: notes, errors, progress.
 * Ownership: a struct talk is a value of its caller and outlives what it is lent to. */
#ifndef CLI_TALK_H
#define CLI_TALK_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct talk {
    bool quiet; /* only errors */
    bool verbose;
    bool terminal; /* stderr is one: progress may be drawn */
    bool colour;
    const char *doing;     /* what the progress is about */
    struct timespec begun; /* of the progress */
    struct timespec drawn; /* last time */
    bool line_open;        /* a progress line stands on the terminal */
};

struct talk talk_open(bool quiet, bool verbose);

/* One line, unless --quiet. */
void talk_say(struct talk *talk, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* One line, also with --quiet: that the results are not what was asked for. */
void talk_warn(struct talk *talk, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* One line with -v only. */
void talk_detail(struct talk *talk, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* All sentences of the error, also with --quiet. */
void talk_error(struct talk *talk, const struct error *error);

/* The progress line: begin shows it at once, talk_progress (its context is the struct talk) redraws
 * it at most ten times a second, end takes it away. Nothing happens when stderr is no terminal. */
void talk_progress_begin(struct talk *talk, const char *doing, uint64_t asked);
void talk_progress(void *context, uint64_t done, uint64_t asked);
void talk_progress_end(struct talk *talk);

#endif

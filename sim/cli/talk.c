#include "cli/talk.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct talk talk_open(bool quiet, bool verbose) {
    const char *kind = getenv("TERM");
    const char *no_colour = getenv("NO_COLOR");
    struct talk talk = {.quiet = quiet, .verbose = verbose};
    talk.terminal = isatty(STDERR_FILENO) == 1 && kind != NULL && strcmp(kind, "dumb") != 0;
    talk.colour = talk.terminal && (no_colour == NULL || no_colour[0] == 0);
    return talk;
}

static void line_close(struct talk *talk) {
    if (talk->line_open) {
        (void)fputs("\r\033[K", stderr);
        talk->line_open = false;
    }
}

static void say(struct talk *talk, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

static void say(struct talk *talk, const char *format, va_list arguments) {
    line_close(talk);
    (void)vfprintf(stderr, format, arguments);
    (void)fputc('\n', stderr);
}

void talk_say(struct talk *talk, const char *format, ...) {
    if (!talk->quiet) {
        va_list arguments;
        va_start(arguments, format);
        say(talk, format, arguments);
        va_end(arguments);
    }
}

void talk_warn(struct talk *talk, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    say(talk, format, arguments);
    va_end(arguments);
}

void talk_detail(struct talk *talk, const char *format, ...) {
    if (talk->verbose && !talk->quiet) {
        va_list arguments;
        va_start(arguments, format);
        say(talk, format, arguments);
        va_end(arguments);
    }
}

void talk_error(struct talk *talk, const struct error *error) {
    const char *sentence = error_text(error);
    size_t told = 0;
    line_close(talk);
    while (*sentence != 0) {
        size_t length = strcspn(sentence, "\n");
        (void)fprintf(stderr, "%sanreiz:%s %.*s\n", talk->colour ? "\033[1;31m" : "",
                      talk->colour ? "\033[0m" : "", (int)length, sentence);
        sentence += length + (sentence[length] == '\n');
        told++;
    }
    if (told == 0) {
        (void)fputs("anreiz: not enough memory to say what went wrong\n", stderr);
    } else if (error->count > told) {
        (void)fprintf(stderr, "anreiz: and %zu more\n", error->count - told);
    }
}

static double seconds_between(const struct timespec *from, const struct timespec *to) {
    return (double)(to->tv_sec - from->tv_sec) + 1e-9 * (double)(to->tv_nsec - from->tv_nsec);
}

static void draw(struct talk *talk, uint64_t done, uint64_t asked, double elapsed) {
    (void)fprintf(stderr, "\r\033[K%s: %" PRIu64 " of %" PRIu64 " replications", talk->doing, done,
                  asked);
    if (done > 0 && elapsed > 0) {
        double rate = (double)done / elapsed;
        double left = (double)(asked - done) / rate;
        (void)fprintf(stderr, ", %.0f a second, ", rate);
        if (left < 90) {
            (void)fprintf(stderr, "%.0f s left", left);
        } else {
            (void)fprintf(stderr, "%.0f min left", left / 60);
        }
    }
    (void)fflush(stderr);
    talk->line_open = true;
}

void talk_progress_begin(struct talk *talk, const char *doing, uint64_t asked) {
    talk->doing = doing;
    (void)clock_gettime(CLOCK_MONOTONIC, &talk->begun);
    talk->drawn = talk->begun;
    if (talk->terminal && !talk->quiet) {
        draw(talk, 0, asked, 0);
    }
}

void talk_progress(void *context, uint64_t done, uint64_t asked) {
    struct talk *talk = context;
    struct timespec now;
    if (!talk->terminal || talk->quiet) {
        return;
    }
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    if (seconds_between(&talk->drawn, &now) >= 0.1) {
        talk->drawn = now;
        draw(talk, done, asked, seconds_between(&talk->begun, &now));
    }
}

void talk_progress_end(struct talk *talk) {
    line_close(talk);
    (void)fflush(stderr);
}

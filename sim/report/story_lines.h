/* The lines of a story: what is said of each event, beside the head of its month.
 * Ownership: the stream belongs to the caller; plain values otherwise. */
#ifndef REPORT_STORY_LINES_H
#define REPORT_STORY_LINES_H

#include "report/story.h"

#include <stdbool.h>
#include <stdio.h>

enum { STORY_HEAD_SIZE = 96 };

/* Lines of one month or event: a head once, then text beside it, broken at blanks. */
struct story_lines {
    FILE *stream;
    char head[STORY_HEAD_SIZE];
    int width; /* of the head */
    bool begun;
};

/* Text beside the head; names in it must be clean. */
__attribute__((format(printf, 2, 3))) void story_say(struct story_lines *lines, const char *format,
                                                     ...);

/* A month without events has its head all the same. */
void story_end(struct story_lines *lines);

/* Everything but months, salaries and customers that change hands, which stand together. */
void story_say_event(struct story_lines *lines, const struct history *history,
                     const struct entry *entry);

/* Customers that change hands in one month. */
struct handed {
    size_t count;
    size_t waiting; /* of them for a successor */
    double revenue;
    double lost;
};

void handed_add(struct handed *handed, const struct history *history, const struct entry *entry);
void story_say_handed(struct story_lines *lines, const struct handed *handed, bool received);

#endif

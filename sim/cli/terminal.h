/* The terminal that results are printed to: its signs, and the main picture drawn in it.
 * Ownership: texts and folders belong to the caller. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include "cli/options.h"
#include "cli/talk.h"
#include "engine/results.h"
#include "report/folder.h"

#include <stdio.h>

enum terminal_drawing { TERMINAL_NONE, TERMINAL_AUTO, TERMINAL_DUMB, TERMINAL_SIXEL };

/* The row of the option, for the commands that have it. */
#define TERMINAL_ROW                                                                               \
    {                                                                                              \
        "terminal", OPTION_TERMINAL, "auto|dumb|sixel|none", 0,                                    \
            "Draw the main picture below the table: in characters (dumb; auto: when it is a "      \
            "terminal), or as sixel (none)",                                                       \
            0                                                                                      \
    }
enum { OPTION_TERMINAL = 0x380 };

bool terminal_read(const char *value, enum terminal_drawing *drawing, struct error *error)
    __attribute__((warn_unused_result));

/* Prints a text of the report; without UTF-8 in the locale its small columns are plain signs. */
void terminal_print(FILE *stream, const char *text);

/* Draws the main picture to stdout, when it is asked for and Ctrl-C was not. */
bool terminal_draw(enum terminal_drawing drawing, const struct folder *folder,
                   const struct results *results, struct talk *talk, struct error *error)
    __attribute__((warn_unused_result));

#endif

/* --design FILE --row K: one point of a design as settings of a single run, for loops in a shell
 * and job arrays.
 * Ownership: the caller owns the struct (zeroed is "not asked for"), keeps it as long as the
 * options, and calls design_row_free. */
#ifndef CLI_DESIGN_ROW_H
#define CLI_DESIGN_ROW_H

#include "base/text.h"
#include "cli/options.h"

struct design_row {
    const char *file;
    uint64_t row; /* from 1; 0: not given */
    struct text *sets;
    size_t count;
};

/* For the parsers of commands. */
#define DESIGN_ROW_ROWS                                                                            \
    {"design",                                                                                     \
     OPTION_DESIGN_FILE,                                                                           \
     "FILE",                                                                                       \
     0,                                                                                            \
     "A table of points (design.csv of a sweep, or your own), for --row",                          \
     0},                                                                                           \
    {                                                                                              \
        "row", OPTION_DESIGN_ROW, "K", 0, "Set what row K of the design says", 0                   \
    }
enum { OPTION_DESIGN_FILE = 0x320, OPTION_DESIGN_ROW };

/* Puts the values of the row behind the --set of the options. */
bool design_row_apply(struct design_row *row, struct options *options, struct error *error)
    __attribute__((warn_unused_result));

void design_row_free(struct design_row *row);

#endif

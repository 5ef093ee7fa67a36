/* A first look at the raw text of a scenario, before libconfig sees it, for the traps that
 * libconfig would swallow or answer with a bare "syntax error".
 * Ownership: works on the caller's text in place; keeps nothing. */
#ifndef SCENARIO_SCAN_H
#define SCENARIO_SCAN_H

#include "base/error.h"
#include "scenario/tree.h"

#include <stdbool.h>
#include <stddef.h>

/* Lines with a complaint, so that nothing more is said about them. */
struct scan {
    unsigned *spoiled;
    size_t spoiled_count;
    size_t capacity;
};

/* Complains about every trap in `text` (`length` bytes and a 0) and overwrites it with a harmless
 * value of the same length, so that the rest can still be read and checked. Also turns arrays into
 * lists and drops comments and commas before a closing bracket, which some versions of libconfig
 * refuse in places.
 * False when the text cannot be parsed at all; `error` says why. */
bool scan_text(char *text, size_t length, const struct source *source, struct scan *scan,
               struct error *error) __attribute__((warn_unused_result));

bool scan_is_spoiled(const struct scan *scan, unsigned line);
void scan_free(struct scan *scan);

#endif

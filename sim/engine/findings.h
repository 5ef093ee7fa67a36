/* What data told: a list of estimates, each for a parameter of a scenario or to be known only, and
 * sentences on what the data could not tell.
 * Ownership: the caller owns the struct (zeroed is empty) and calls findings_free. */
#ifndef ENGINE_FINDINGS_H
#define ENGINE_FINDINGS_H

#include "base/error.h"
#include "base/text.h"
#include "engine/fit_interval.h"

#include <stdbool.h>
#include <stddef.h>

enum { FINDING_NAME_SIZE = 192 };

struct finding {
    char name[FINDING_NAME_SIZE]; /* a parameter's path, or what is known beside them */
    bool parameter;               /* a value of the scenario */
    bool whole;                   /* a whole number */
    double value;
    struct interval interval; /* 95 %; NAN: none */
    double count;             /* what it rests on: exits, customers, deals, ... */
    struct text literal;      /* not empty: the parameter's value in libconfig's syntax */
    struct text method;       /* a sentence without its full stop */
};

struct findings {
    struct finding *list;
    size_t count;
    size_t capacity;
    struct text unknown; /* sentences, each ended by a newline */
};

/* A new one, to be completed by the caller; NULL without memory. The name is printf's. */
struct finding *findings_add(struct findings *findings, struct error *error, const char *name, ...)
    __attribute__((format(printf, 3, 4)));

/* The value of the first of this name; false when there is none. */
bool findings_value(const struct findings *findings, const char *name, double *value);

/* Whether a parameter of this name is among them; the name is printf's. No findings have none. */
bool findings_sets(const struct findings *findings, const char *name, ...)
    __attribute__((format(printf, 2, 3)));

/* The value as a scenario gets it: four significant digits, far fewer than an interval leaves open,
 * or a whole number; a literal as it is. The buffer has at least 32 bytes. */
const char *finding_text(char buffer[32], const struct finding *finding);

/* The settings of a scenario, "path=value", in the order of the list; `*count` of them. Values that
 * `other` has too, but for whole numbers, are taken from there; it may be NULL. The caller frees
 * the texts and the array. NULL without memory. */
struct text *findings_settings(const struct findings *findings, const struct findings *other,
                               size_t *count, struct error *error);

void findings_free(struct findings *findings);

#endif

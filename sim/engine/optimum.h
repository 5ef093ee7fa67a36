/* The best point of a scenario: its parameters searched under the same chance, and the best of what
 * was found compared with the scenario as it stands on chance that the search has not seen.
 * Ownership: the caller owns what it sets; the rest is allocated by optimum_open and the functions
 * after it and freed by optimum_free. A struct optimum is not moved once it is open. */
#ifndef ENGINE_OPTIMUM_H
#define ENGINE_OPTIMUM_H

#include "engine/optimise.h"
#include "engine/scores.h"

enum { OPTIMUM_CANDIDATES = 3, OPTIMUM_FRONT = 12 };

struct optimum {
    /* What the caller says. */
    struct design_axes axes;
    const struct scenario *scenario; /* as it stands */
    const struct target *targets;    /* goals first, then bounds */
    size_t goal_count;
    size_t target_count;
    const char *const *metrics;
    size_t metric_count;
    double confidence;  /* with which bounds are to hold; .5: no margin */
    size_t evaluations; /* points at most; 0: what is usual */
    uint64_t seed;
    uint64_t replications;       /* of each point of the search */
    uint64_t fresh_replications; /* of each point of the comparison */
    int threads;
    const volatile sig_atomic_t *stop;
    bool (*load)(void *context, struct scenario *scenario, const struct design *design,
                 size_t point, bool unchanged, struct error *error);
    void *load_context;
    void (*progress)(void *context, uint64_t done, uint64_t asked); /* replications; may be NULL */
    void *progress_context;

    /* What comes of it. */
    struct optimise_axis lattice[DESIGN_AXES_MOST];
    struct optimise ask;
    uint32_t given[DESIGN_AXES_MOST];
    struct optimise_results found;
    size_t *rows;           /* by point that was found: of `searched`; SIZE_MAX: no scenario */
    struct scores searched; /* point 0: the scenario as it stands, then what was found */
    bool given_exactly;     /* the point that the search begins with is the scenario itself */
    size_t done_before;     /* points of it, when some more are simulated */
    size_t wrong_count;     /* points whose scenario was wrong */
    struct text wrong;      /* the first sentence about one */
    uint64_t fresh_seed;
    struct scores fresh;              /* point 0: the scenario as it stands, then the candidates */
    size_t candidates[OPTIMUM_FRONT]; /* of `found`; the first is the best, or the front in order of
                                         its second goal */
    size_t candidate_count;
    size_t chosen; /* of `fresh`: the best that keeps the bounds there too, with `confidence`
                      where one does; 0: none was compared */
    bool interrupted;
};

/* Lays the lattice over the ranges and makes room; what does not fit together is ERROR_QUESTION. */
bool optimum_open(struct optimum *optimum, struct error *error) __attribute__((warn_unused_result));

/* Searches; after an interruption what was found is there. */
bool optimum_search(struct optimum *optimum, struct error *error)
    __attribute__((warn_unused_result));

/* Compares the candidates with the scenario on other histories. */
bool optimum_compare(struct optimum *optimum, struct error *error)
    __attribute__((warn_unused_result));

/* Whether the comparison has been made. */
bool optimum_compared(const struct optimum *optimum);

/* Whether a point of the comparison keeps all bounds there with this probability; .5: by its
 * estimate. */
bool optimum_keeps(const struct optimum *optimum, size_t point, double confidence);

/* Of a point of the comparison less the scenario as it stands, and its standard error: history by
 * history for means; quantiles are taken as if they were independent, which makes the error too
 * large rather than too small. */
double optimum_gain(const struct optimum *optimum, size_t point, size_t target,
                    double *standard_error);

/* What the search took a point of the comparison for, on its own histories. */
const struct score *optimum_promise(const struct optimum *optimum, size_t point, size_t target);

/* How much of what the search promised a point to gain was the luck of its own histories, from
 * which it was chosen (the optimiser's curse, Smith and Winkler 2006), and the standard error of
 * that; the spread of a gain is taken to be the same in both sets of histories. */
double optimum_luck(const struct optimum *optimum, size_t point, size_t target,
                    double *standard_error);

/* Points that the search has simulated. */
size_t optimum_points(const struct optimum *optimum);

/* All replications there may be, for progress and estimates. */
uint64_t optimum_replications(const struct optimum *optimum);

void optimum_free(struct optimum *optimum);

#endif

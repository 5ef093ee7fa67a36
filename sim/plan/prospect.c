#include "plan/prospect.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

static const double TAIL = 1e-8; /* probability of the attainments left out at either end */

struct branch *prospect_branch(struct prospect *prospect, double probability, struct error *error) {
    void *branches = prospect->branches;
    bool grown = memory_grow(&branches, &prospect->capacity, prospect->count + 1,
                             sizeof *prospect->branches, "the states of a plan", error);
    prospect->branches = branches;
    if (!grown) {
        return NULL;
    }
    struct branch *branch = &prospect->branches[prospect->count++];
    *branch = (struct branch){.probability = probability};
    void *stretches = NULL;
    grown = memory_grow(&stretches, &branch->capacity, 8, sizeof *branch->stretches,
                        "the states of a plan", error);
    branch->stretches = stretches;
    if (!grown) {
        return NULL;
    }
    branch->stretches[0] = (struct stretch){.from = -(double)INFINITY};
    branch->count = 1;
    return branch;
}

void prospect_free(struct prospect *prospect) {
    for (size_t b = 0; b < prospect->count; b++) {
        free(prospect->branches[b].stretches);
    }
    free(prospect->branches);
    *prospect = (struct prospect){0};
}

/* The index of the stretch that begins at `at`; one that holds `at` is split. */
static bool cut(struct branch *branch, double at, size_t *index, struct error *error) {
    size_t i = branch->count;
    while (i > 0 && branch->stretches[i - 1].from > at) {
        i--;
    }
    if (i > 0 && branch->stretches[i - 1].from == at) {
        *index = i - 1;
        return true;
    }
    void *stretches = branch->stretches;
    bool grown = memory_grow(&stretches, &branch->capacity, branch->count + 1,
                             sizeof *branch->stretches, "the states of a plan", error);
    branch->stretches = stretches;
    if (!grown) {
        return false;
    }
    for (size_t k = branch->count; k > i; k--) {
        branch->stretches[k] = branch->stretches[k - 1];
    }
    branch->stretches[i] = branch->stretches[i - 1];
    branch->stretches[i].from = at;
    branch->count++;
    *index = i;
    return true;
}

bool branch_add(struct branch *branch, const struct payoff *payoff, double unit, double factor,
                double from, double to, struct error *error) {
    for (size_t p = 0; p < payoff->count; p++) {
        const struct payoff_piece *piece = &payoff->pieces[p];
        bool last = p + 1 == payoff->count;
        double begin = p == 0 ? -(double)INFINITY : piece->from / unit;
        double end = last ? (double)INFINITY : payoff->pieces[p + 1].from / unit;
        begin = begin > from ? begin : from;
        end = end < to ? end : to;
        if (begin >= end) {
            continue;
        }
        size_t first = 0;
        size_t after = 0;
        if (!cut(branch, begin, &first, error)) {
            return false;
        }
        if (isinf(end)) {
            after = branch->count;
        } else if (!cut(branch, end, &after, error)) {
            return false;
        }
        double origin = p == 0 ? 0.0 : piece->from;
        for (size_t i = first; i < after; i++) {
            branch->stretches[i].level += factor * (piece->value - piece->slope * origin);
            branch->stretches[i].slope += factor * piece->slope * unit;
        }
    }
    return true;
}

static double end_of(const struct branch *branch, size_t i) {
    return i + 1 < branch->count ? branch->stretches[i + 1].from : (double)INFINITY;
}

double prospect_mean(const struct prospect *prospect) {
    double mean = 0.0;
    for (size_t b = 0; b < prospect->count; b++) {
        const struct branch *branch = &prospect->branches[b];
        double sum = 0.0;
        for (size_t i = 0; i < branch->count; i++) {
            const struct stretch *stretch = &branch->stretches[i];
            struct partial part =
                attainment_partial(&prospect->attainment, stretch->from, end_of(branch, i));
            sum += stretch->level * part.weight + stretch->slope * part.first;
        }
        mean += branch->probability * sum;
    }
    return mean;
}

double prospect_variance(const struct prospect *prospect, double mean) {
    double variance = 0.0;
    for (size_t b = 0; b < prospect->count; b++) {
        const struct branch *branch = &prospect->branches[b];
        double sum = 0.0;
        for (size_t i = 0; i < branch->count; i++) {
            const struct stretch *stretch = &branch->stretches[i];
            struct partial part =
                attainment_partial(&prospect->attainment, stretch->from, end_of(branch, i));
            double level = stretch->level - mean;
            sum += level * level * part.weight + 2.0 * level * stretch->slope * part.first +
                   stretch->slope * stretch->slope * part.second;
        }
        variance += branch->probability * sum;
    }
    return variance > 0.0 ? variance : 0.0;
}

static double smaller(double a, double b) { return a < b ? a : b; }
static double larger(double a, double b) { return a > b ? a : b; }

double prospect_below(const struct prospect *prospect, double pay) {
    double below = 0.0;
    for (size_t b = 0; b < prospect->count; b++) {
        const struct branch *branch = &prospect->branches[b];
        double sum = 0.0;
        for (size_t i = 0; i < branch->count; i++) {
            const struct stretch *stretch = &branch->stretches[i];
            double from = stretch->from;
            double to = end_of(branch, i);
            if (stretch->slope == 0.0) {
                to = stretch->level <= pay ? to : from;
            } else {
                double at = (pay - stretch->level) / stretch->slope;
                to = stretch->slope > 0.0 ? smaller(to, at) : to;
                from = stretch->slope < 0.0 ? larger(from, at) : from;
            }
            if (to > from) {
                sum += attainment_partial(&prospect->attainment, from, to).weight;
            }
        }
        below += branch->probability * sum;
    }
    return below;
}

/* Calls for both ends of every stretch within the range of attainments that counts. */
void prospect_range(const struct prospect *prospect, double *low, double *high) {
    double first = attainment_quantile(&prospect->attainment, TAIL);
    double last = attainment_quantile(&prospect->attainment, 1.0 - TAIL);
    *low = (double)INFINITY;
    *high = -(double)INFINITY;
    for (size_t b = 0; b < prospect->count; b++) {
        const struct branch *branch = &prospect->branches[b];
        for (size_t i = 0; i < branch->count; i++) {
            const struct stretch *stretch = &branch->stretches[i];
            double from = larger(stretch->from, first);
            double to = smaller(end_of(branch, i), last);
            if (from > to) {
                continue;
            }
            double one = stretch->level + stretch->slope * from;
            double other = stretch->level + stretch->slope * to;
            *low = smaller(*low, smaller(one, other));
            *high = larger(*high, larger(one, other));
        }
    }
}

double prospect_quantile(const struct prospect *prospect, double p) {
    double low;
    double high;
    prospect_range(prospect, &low, &high);
    p -= 1e-12; /* shares that sum to p but for rounding */
    if (prospect_below(prospect, low) >= p) {
        return low;
    }
    for (int step = 0; step < 200; step++) { /* to the last bit: jumps and masses are met exactly */
        double middle = 0.5 * (low + high);
        if (middle <= low || middle >= high) {
            break;
        }
        if (prospect_below(prospect, middle) >= p) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return high;
}

/* One stretch, cut where its pay passes points of the grid, so that each part goes to the two
 * points around it. */
static void put_stretch(const struct prospect *prospect, double probability,
                        const struct stretch *stretch, double from, double to,
                        struct spread *spread) {
    double first = attainment_quantile(&prospect->attainment, TAIL);
    double last = attainment_quantile(&prospect->attainment, 1.0 - TAIL);
    bool flat = stretch->slope == 0.0;
    double stride = flat ? (double)INFINITY : spread->step / fabs(stretch->slope);
    double begin = from;
    double at = larger(from, first);
    if (!flat) { /* the first point of the grid that the pay passes */
        double place = (stretch->level + stretch->slope * at - spread->low) / spread->step;
        double next = stretch->slope > 0.0 ? floor(place) + 1.0 : ceil(place) - 1.0;
        at = (spread->low + next * spread->step - stretch->level) / stretch->slope;
    }
    while (begin < to) {
        double end = !flat && at < to && at < last ? at : to;
        struct partial part = attainment_partial(&prospect->attainment, begin, end);
        if (part.weight > 0.0) {
            double pay = stretch->level + stretch->slope * part.first / part.weight;
            spread_put(spread, pay, probability * part.weight);
        }
        begin = end;
        at += stride;
    }
}

bool prospect_spread(const struct prospect *prospect, double step, struct spread *spread,
                     struct error *error) {
    double low;
    double high;
    prospect_range(prospect, &low, &high);
    if (!spread_make(spread, low, high, step, error)) {
        return false;
    }
    for (size_t b = 0; b < prospect->count; b++) {
        const struct branch *branch = &prospect->branches[b];
        for (size_t i = 0; i < branch->count; i++) {
            put_stretch(prospect, branch->probability, &branch->stretches[i],
                        branch->stretches[i].from, end_of(branch, i), spread);
        }
    }
    return true;
}

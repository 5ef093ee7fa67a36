/* From what a plan depends on to what it pays: branches for the states of the other measures. */
#include "plan/exposure.h"
#include "plan/payout.h"
#include "plan/valuation.h"

#include <math.h>
#include <string.h>

/* Nodes that stand for a stretch of another measure on which pay changes steadily, parts that stand
 * for such a stretch of the own one, and how many states of other measures are too many. */
enum { NODES = 8, PARTS = 32, STATES_MOST = 4096, CUTS_MOST = 1024, OTHERS_MOST = 16 };

/* Where a driver switches gates, factors and columns. More cuts would only lose exactness. */
struct cuts {
    double at[CUTS_MOST];
    size_t count;
    bool steady; /* something changes between them */
};

static void add_cut(struct cuts *cuts, double at) {
    size_t i = 0;
    while (i < cuts->count && cuts->at[i] < at) {
        i++;
    }
    if (cuts->count == CUTS_MOST || (i < cuts->count && cuts->at[i] == at)) {
        return;
    }
    memmove(&cuts->at[i + 1], &cuts->at[i], (cuts->count - i) * sizeof cuts->at[0]);
    cuts->at[i] = at;
    cuts->count++;
}

/* The cuts that gates, multipliers and the matrix of a component make in a driver. */
static void add_cuts(const struct exposure *exposure, const struct exposed *exposed, size_t driver,
                     struct cuts *cuts) {
    const struct component *component = &exposed->component;
    const struct exposed_slot *slots = &exposure->slots[exposed->first];
    if (component_is_award(component)) {
        return;
    }
    for (size_t g = 0; g < component->gate_count; g++) {
        if (slots[slot_gate(g)].driver == driver) {
            add_cut(cuts, component->gates[g].at_least / slots[slot_gate(g)].ratio);
        }
    }
    for (size_t m = 0; m < component->multiplier_count; m++) {
        const struct exposed_slot *slot = &slots[slot_multiplier(component, m)];
        const struct multiplier *multiplier = &component->multipliers[m];
        for (size_t p = 0; slot->driver == driver && p < multiplier->factor.count; p++) {
            add_cut(cuts, multiplier->factor.points[p].at / slot->ratio);
            cuts->steady = cuts->steady || multiplier->between == BETWEEN_STRAIGHT;
        }
    }
    for (size_t c = 0; c < component->matrix.column_count; c++) {
        if (slots[SLOT_MATRIX].driver == driver) {
            add_cut(cuts, component->matrix.columns[c].at / slots[SLOT_MATRIX].ratio);
            cuts->steady = cuts->steady || component->matrix.between == BETWEEN_STRAIGHT;
        }
    }
}

/* One prospect in the making. */
struct build {
    const struct exposure *exposure;
    const struct term *const *terms;
    size_t count;
    size_t driver; /* of the draws */
    struct prospect *prospect;
    size_t others[OTHERS_MOST];
    size_t other_count;
    size_t nodes;               /* for each stretch that changes steadily */
    double at[OTHERS_MOST + 1]; /* attainment of the other drivers, then of the own one */
};

static double attainment_at(const struct build *build, const struct exposed *exposed, size_t s) {
    const struct exposed_slot *slot = &build->exposure->slots[exposed->first + s];
    if (slot->driver == build->driver) {
        return slot->ratio * build->at[build->other_count];
    }
    for (size_t o = 0; o < build->other_count; o++) {
        if (slot->driver == build->others[o]) {
            return slot->ratio * build->at[o];
        }
    }
    return slot->ratio * build->exposure->drivers[slot->driver].law.mean;
}

/* Gates and multipliers at the attainments of the state. */
static double factor_at(const struct build *build, const struct exposed *exposed) {
    const struct component *component = &exposed->component;
    double factor = exposed->sharer;
    if (component_is_award(component)) {
        return factor;
    }
    for (size_t g = 0; g < component->gate_count; g++) {
        double attainment = attainment_at(build, exposed, slot_gate(g));
        factor *= payout_gate_open(component, g, attainment) ? 1.0 : 0.0;
    }
    for (size_t m = 0; m < component->multiplier_count; m++) {
        double attainment = attainment_at(build, exposed, slot_multiplier(component, m));
        factor *= payout_multiplier(&component->multipliers[m], attainment);
    }
    return factor;
}

/* A slot's unit and quota in one period of the component. */
static struct valuation around_at(const struct build *build, const struct term *term, size_t slot,
                                  double *unit) {
    const struct exposed *exposed = &build->exposure->components[term->component];
    const struct component *component = &exposed->component;
    const struct exposed_slot *own = &build->exposure->slots[exposed->first + slot];
    const struct driver *driver = &build->exposure->drivers[own->driver];
    bool flow = metric_kind(driver->metric) == METRIC_FLOW;
    bool credits = slot == SLOT_MAIN && flow && component->type != COMPONENT_LTIP &&
                   component->credit.share > 0.0;
    *unit = flow ? driver->unit / (double)exposed->periods : driver->unit;
    struct valuation around = {
        .quota = *unit / own->ratio, .scale = 1.0, .factor = factor_at(build, exposed)};
    if (!component_is_award(component) && component->matrix.column_count > 0) {
        around.second = attainment_at(build, exposed, SLOT_MATRIX);
    }
    *unit /= credits ? component->credit.share : 1.0; /* a payoff is of what is not credited yet */
    return around;
}

/* The pay of a term where its own driver lies between two cuts. */
static bool add_between(struct build *build, const struct term *term, struct branch *branch,
                        double from, double to, struct error *error) {
    const struct exposed *exposed = &build->exposure->components[term->component];
    double *own = &build->at[build->other_count];
    *own = isinf(from) && isinf(to) ? build->exposure->drivers[build->driver].law.mean
           : isinf(from)            ? to - 1.0
           : isinf(to)              ? from + 1.0
                                    : 0.5 * (from + to);
    bool main = term->kind == TERM_MEASURE;
    double unit;
    size_t slot = main ? SLOT_MAIN : slot_objective(&exposed->component, term->objective);
    struct valuation around = around_at(build, term, slot, &unit);
    struct payoff payoff;
    if (main) { /* a cap before multipliers is one on the own part of a common result */
        struct component component = exposed->component;
        component.cap /= component.cap_place == CAP_BEFORE_MULTIPLIER ? exposed->sharer : 1.0;
        payoff = valuation_payoff(&component, &around);
    } else {
        payoff = valuation_objective(&exposed->component, term->objective, &around);
    }
    return branch_add(branch, &payoff, unit, (double)exposed->periods, from, to, error);
}

static bool add_measured(struct build *build, const struct term *term, struct branch *branch,
                         struct error *error) {
    struct cuts cuts = {.count = 0};
    add_cuts(build->exposure, &build->exposure->components[term->component], build->driver, &cuts);
    for (size_t i = 0; i <= cuts.count; i++) {
        double from = i == 0 ? -(double)INFINITY : cuts.at[i - 1];
        double to = i == cuts.count ? (double)INFINITY : cuts.at[i];
        int parts = cuts.steady && i > 0 && i < cuts.count ? PARTS : 1;
        double width = parts > 1 ? (to - from) / parts : 0.0;
        for (int part = 0; part < parts; part++) {
            double begin = part == 0 ? from : from + width * part;
            double end = part + 1 == parts ? to : from + width * (part + 1);
            if (!add_between(build, term, branch, begin, end, error)) {
                return false;
            }
        }
    }
    return true;
}

/* Objectives whose results are all judged: one amount. */
static bool add_fixed(struct build *build, const struct term *term, struct branch *branch,
                      struct error *error) {
    const struct exposed *exposed = &build->exposure->components[term->component];
    const struct component *component = &exposed->component;
    double attainment[SLOT_LISTS + 3 * LIST_MOST] = {0};
    for (size_t s = SLOT_LISTS; s < slot_count(component); s++) {
        attainment[s] = attainment_at(build, exposed, s);
    }
    struct period_result result = {.periods = (double)exposed->periods,
                                   .scale = 1.0,
                                   .share = exposed->sharer,
                                   .attainment = attainment};
    struct payoff payoff = {1, {{0.0, payout_earned(component, 0, &result, NULL), 0.0}}};
    return branch_add(branch, &payoff, 1.0, 1.0, -(double)INFINITY, (double)INFINITY, error);
}

static bool add_state(struct build *build, double probability, struct error *error) {
    struct branch *branch = prospect_branch(build->prospect, probability, error);
    if (branch == NULL) {
        return false;
    }
    for (size_t t = 0; t < build->count; t++) {
        const struct term *term = build->terms[t];
        if (!(term->kind == TERM_FIXED ? add_fixed : add_measured)(build, term, branch, error)) {
            return false;
        }
    }
    return true;
}

/* Cuts that the terms make in a driver. */
static struct cuts cuts_of(const struct build *build, size_t driver) {
    struct cuts cuts = {.count = 0};
    for (size_t t = 0; t < build->count; t++) {
        add_cuts(build->exposure, &build->exposure->components[build->terms[t]->component], driver,
                 &cuts);
    }
    return cuts;
}

/* The other drivers from number `o` on, stretch by stretch. */
static bool add_states(struct build *build, size_t o, double probability, struct error *error) {
    if (o == build->other_count) {
        return add_state(build, probability, error);
    }
    const struct attainment *law = &build->exposure->drivers[build->others[o]].law;
    struct cuts cuts = cuts_of(build, build->others[o]);
    for (size_t i = 0; i <= cuts.count; i++) {
        double from = i == 0 ? -(double)INFINITY : cuts.at[i - 1];
        double to = i == cuts.count ? (double)INFINITY : cuts.at[i];
        bool steady = cuts.steady && i > 0 && i < cuts.count;
        size_t nodes = steady ? build->nodes : 1;
        double below = isinf(from) ? 0.0 : 1.0 - attainment_reach(law, from);
        double weight = attainment_partial(law, from, to).weight;
        double begin = from;
        for (size_t n = 0; n < nodes && weight > 1e-15; n++) { /* of the same probability */
            double share = (double)(n + 1) / (double)nodes;
            double end = n + 1 == nodes ? to : attainment_quantile(law, below + weight * share);
            struct partial part = attainment_partial(law, begin, end);
            build->at[o] = part.weight > 0.0 ? part.first / part.weight : begin;
            if (part.weight > 0.0 && !add_states(build, o + 1, probability * part.weight, error)) {
                return false;
            }
            begin = end;
        }
    }
    return true;
}

/* The random drivers, beside that of the draws, that gates, multipliers and matrices look at, and
 * as many nodes for each as the number of states allows. */
static void find_others(struct build *build) {
    double steps = 1.0;
    double steady = 1.0;
    for (size_t d = 0; d < build->exposure->driver_count; d++) {
        struct cuts cuts = cuts_of(build, d);
        bool random = build->exposure->drivers[d].law.sd > 0.0;
        if (d != build->driver && random && cuts.count > 0 && build->other_count < OTHERS_MOST) {
            build->others[build->other_count++] = d;
            steps *= (double)cuts.count + 1.0;
            steady *= cuts.steady ? NODES : 1.0;
        }
    }
    build->nodes = NODES;
    while (build->nodes > 1 && steps * steady > STATES_MOST) {
        build->nodes /= 2;
        steady /= 2.0;
    }
}

/* Prizes that ranks get, the same number of people better at every rank. */
static bool add_prizes(const struct exposure *exposure, const struct term *term,
                       struct prospect *prospect, struct error *error) {
    const struct component *component = &exposure->components[term->component].component;
    size_t people = (size_t)(exposure->outlook->people + 0.5);
    double target = payout_period_target(component);
    size_t rank = 1;
    while (rank <= people) {
        double prize = payout_prize(component, target, rank, people);
        size_t next = rank;
        while (next <= people && payout_prize(component, target, next, people) == prize) {
            next++;
        }
        double probability = (double)(next - rank) / (double)people;
        struct branch *branch = prospect_branch(prospect, probability, error);
        struct payoff payoff = {1, {{0.0, prize, 0.0}}};
        if (branch == NULL ||
            !branch_add(branch, &payoff, 1.0, 1.0, -(double)INFINITY, (double)INFINITY, error)) {
            return false;
        }
        rank = next;
    }
    return true;
}

bool exposure_together(const struct exposure *exposure, const struct term *a,
                       const struct term *b) {
    const struct exposed *one = &exposure->components[a->component];
    const struct exposed *other = &exposure->components[b->component];
    bool measured = a->kind <= TERM_OBJECTIVE && b->kind <= TERM_OBJECTIVE;
    return measured && a->driver == b->driver && one->draws == other->draws &&
           component_is_award(&one->component) == component_is_award(&other->component);
}

bool exposure_prospect(const struct exposure *exposure, const struct term *const terms[],
                       size_t count, struct prospect *prospect, struct error *error) {
    bool measured = terms[0]->kind <= TERM_OBJECTIVE;
    *prospect = (struct prospect){.attainment = {.law = ATTAINMENT_NORMAL, .mean = 1.0},
                                  .draws = exposure->components[terms[0]->component].draws};
    if (terms[0]->kind == TERM_RANKING) {
        return add_prizes(exposure, terms[0], prospect, error);
    }
    if (measured) {
        prospect->attainment = exposure->drivers[terms[0]->driver].law;
    }
    struct build build = {.exposure = exposure,
                          .terms = terms,
                          .count = count,
                          .driver = measured ? terms[0]->driver : (size_t)-1,
                          .prospect = prospect};
    find_others(&build);
    return add_states(&build, 0, 1.0, error);
}

double exposure_at(const struct exposure *exposure, size_t c, double attainment) {
    const struct exposed *exposed = &exposure->components[c];
    const struct component *component = &exposed->component;
    double reached[SLOT_LISTS + 3 * LIST_MOST] = {0};
    double draws = (double)exposed->draws;
    if (exposed->gap != FORECAST_FINE) {
        return 0.0;
    }
    if (component->type == COMPONENT_RANKING) {
        size_t people = (size_t)(exposure->outlook->people + 0.5);
        double sum = 0.0;
        for (size_t rank = 1; rank <= people; rank++) {
            sum += payout_prize(component, payout_period_target(component), rank, people);
        }
        return draws * sum / (double)people;
    }
    for (size_t s = 0; s < slot_count(component); s++) {
        const struct exposed_slot *slot = &exposure->slots[exposed->first + s];
        const struct driver *driver = &exposure->drivers[slot->driver];
        reached[s] = slot->ratio * (driver->has_quota ? attainment : driver->law.mean);
    }
    if (component->type == COMPONENT_LTIP) {
        return draws * payout_period_target(component) * payout_share(component, reached[0], 0.0);
    }
    const struct exposed_slot *main = &exposure->slots[exposed->first];
    double unit =
        component->type == COMPONENT_OBJECTIVES ? 0.0 : exposure->drivers[main->driver].unit;
    double own = reached[SLOT_MAIN] / main->ratio;
    struct period_result result = {.periods = (double)exposed->periods,
                                   .scale = 1.0,
                                   .measure = unit * own,
                                   .weighted = unit * own,
                                   .quota = unit / main->ratio,
                                   .share = exposed->sharer,
                                   .attainment = reached};
    return draws * payout_earned(component, 0, &result, NULL);
}

#include "model/coverage.h"

#include "base/mathematics.h"
#include "model/reference.h"

#include <math.h>
#include <string.h>

/* Mean time for which customers of the start have been with the firm, years: those of steady churn;
 * nobody stays longer on average than this. */
static const double YEARS_MOST = 50.0;

double coverage_years(const struct segment *segment) {
    double churn = segment->churn.annual;
    return churn > 1.0 / YEARS_MOST ? 1.0 / churn : YEARS_MOST;
}

size_t coverage_rule(const struct segment *segment, const struct covered *customer) {
    size_t k = 0;
    for (; k < segment->coverage.rule_count; k++) {
        const struct coverage_rule *rule = &segment->coverage.rules[k];
        if (customer->potential >= rule->potential && customer->revenue >= rule->revenue &&
            customer->age >= rule->age_months) {
            break;
        }
    }
    return k;
}

static bool names_have(const struct names *names, const char *name) {
    for (size_t n = 0; n < names->count; n++) {
        if (strcmp(names->name[n], name) == 0) {
            return true;
        }
    }
    return false;
}

/* A part of a segment's customers: its share of them, of their potential and of its squares. */
struct part {
    double count;
    double potential;
    double square;
};

/* Shares of customers with a potential of at least `least`: the partial moments of a lognormal. */
static struct part part_above(const struct segment *segment, double least) {
    double cv = segment->potential.cv;
    double sigma = sqrt(math_log1p(cv * cv));
    if (least <= 0.0) {
        return (struct part){1.0, 1.0, 1.0};
    }
    if (sigma <= 0.0) {
        double all = segment->potential.mean >= least ? 1.0 : 0.0;
        return (struct part){all, all, all};
    }
    double d = (math_log(segment->potential.mean / least) - 0.5 * sigma * sigma) / sigma;
    return (struct part){normal_distribution(d), normal_distribution(d + sigma),
                         normal_distribution(d + 2.0 * sigma)};
}

/* Share of customers who have been here for at least so many months at the start. */
static double older(const struct segment *segment, double months) {
    return months > 0.0 ? math_exp(-months / (12.0 * coverage_years(segment))) : 1.0;
}

static void insert_sorted(double *edges, size_t *count, double value) {
    size_t at = *count;
    while (at > 0 && edges[at - 1] > value) {
        edges[at] = edges[at - 1];
        at--;
    }
    edges[at] = value;
    (*count)++;
}

/* The potential that a rule asks for, its revenue at the wallet of normal care included. */
static double rule_potential(const struct segment *segment, const struct coverage_rule *rule) {
    double wallet = steady_account(segment, 1.0, 1.0).wallet;
    double by_revenue = rule->revenue > 0.0 && wallet > 0.0 ? rule->revenue / wallet : 0.0;
    return rule->potential > by_revenue ? rule->potential : by_revenue;
}

/* What part of the segment's customers each rule is the first to fit: between the edges of all
 * rules the first fit is the same, so that the sums over such cells are exact. */
static void split_by_rules(const struct segment *segment, struct part parts[RULES_MOST]) {
    size_t rules = segment->coverage.rule_count;
    double potentials[RULES_MOST + 1] = {0.0};
    double ages[RULES_MOST + 1] = {0.0};
    size_t p_count = 1;
    size_t a_count = 1;
    for (size_t k = 0; k < rules; k++) {
        parts[k] = (struct part){0.0, 0.0, 0.0};
        insert_sorted(potentials, &p_count, rule_potential(segment, &segment->coverage.rules[k]));
        insert_sorted(ages, &a_count, segment->coverage.rules[k].age_months);
    }
    for (size_t p = 0; p < p_count; p++) {
        struct part above = part_above(segment, potentials[p]);
        struct part beyond =
            p + 1 < p_count ? part_above(segment, potentials[p + 1]) : (struct part){0.0, 0.0, 0.0};
        for (size_t a = 0; a < a_count; a++) {
            double next = a + 1 < a_count ? older(segment, ages[a + 1]) : 0.0;
            double aged = older(segment, ages[a]) - next;
            size_t k = 0;
            while (k < rules &&
                   (potentials[p] < rule_potential(segment, &segment->coverage.rules[k]) ||
                    ages[a] < segment->coverage.rules[k].age_months)) {
                k++;
            }
            if (k < rules) {
                parts[k].count += aged * (above.count - beyond.count);
                parts[k].potential += aged * (above.potential - beyond.potential);
                parts[k].square += aged * (above.square - beyond.square);
            }
        }
    }
}

/* Share of the customers whom rules give to a role that it has room for. */
static double role_room(const struct parameters *parameters, const char *role) {
    double demand = 0.0;
    double room = 0.0;
    for (size_t r = 0; r < parameters->role_count; r++) {
        const struct role *other = &parameters->roles[r];
        if (strcmp(other->name, role) == 0) {
            room = (double)other->headcount * other->normal_accounts * other->load_limit;
        }
    }
    for (size_t s = 0; s < parameters->segment_count; s++) {
        const struct segment *segment = &parameters->segments[s];
        struct part parts[RULES_MOST];
        split_by_rules(segment, parts);
        for (size_t k = 0; k < segment->coverage.rule_count; k++) {
            if (strcmp(segment->coverage.rules[k].role, role) == 0) {
                demand += (double)segment->accounts * parts[k].count;
            }
        }
    }
    return demand > room ? room / demand : 1.0;
}

/* Takes what rules give to roles out of `rest` and returns what the named role gets. */
static struct part share_by_rules(const struct parameters *parameters,
                                  const struct segment *segment, const char *role,
                                  struct part *rest) {
    struct part parts[RULES_MOST];
    struct part own = {0.0, 0.0, 0.0};
    split_by_rules(segment, parts);
    for (size_t k = 0; k < segment->coverage.rule_count; k++) {
        const char *name = segment->coverage.rules[k].role;
        double room = role_room(parameters, name);
        bool mine = strcmp(name, role) == 0;
        rest->count -= room * parts[k].count;
        rest->potential -= room * parts[k].potential;
        rest->square -= room * parts[k].square;
        own.count += mine ? room * parts[k].count : 0.0;
        own.potential += mine ? room * parts[k].potential : 0.0;
        own.square += mine ? room * parts[k].square : 0.0;
    }
    return own;
}

/* Customers per head without those who are supported for others. */
static struct role_share owned_share(const struct parameters *parameters, size_t role,
                                     size_t segment) {
    const struct role *self = &parameters->roles[role];
    const struct segment *here = &parameters->segments[segment];
    struct role_share share = {.size = 1.0, .square = 1.0};
    double weights = 0.0;
    for (size_t s = 0; s < parameters->segment_count; s++) {
        const struct segment *other = &parameters->segments[s];
        if (names_have(&other->coverage.hunters, self->name)) {
            weights += other->coverage.hunting_weight;
        }
    }
    if (names_have(&here->coverage.hunters, self->name) && weights > 0.0) {
        share.hunting = here->coverage.hunting_weight / weights;
    }
    double places = 0.0; /* accounts with normal care that all owner roles here can serve */
    for (size_t r = 0; r < parameters->role_count; r++) {
        const struct role *other = &parameters->roles[r];
        if (names_have(&here->coverage.owners, other->name)) {
            places += (double)other->headcount * other->normal_accounts;
        }
    }
    double taken = 0.0; /* of the rest, by one head */
    if (names_have(&here->coverage.owners, self->name) && places > 0.0) {
        share.accounts = (double)here->accounts * self->normal_accounts / places;
        taken = self->normal_accounts / places;
    }
    if (here->coverage.rule_count > 0) {
        struct part rest = {1.0, 1.0, 1.0};
        struct part own = share_by_rules(parameters, here, self->name, &rest);
        double heads = self->headcount > 0 ? (double)self->headcount : 1.0;
        double count = own.count / heads + taken * rest.count;
        share.accounts = (double)here->accounts * count;
        if (count > 0.0) {
            share.size = (own.potential / heads + taken * rest.potential) / count;
            share.square = (own.square / heads + taken * rest.square) / count;
        }
    }
    return share;
}

bool coverage_supports(const struct parameters *parameters, size_t role, size_t segment) {
    return names_have(&parameters->segments[segment].coverage.supporters,
                      parameters->roles[role].name);
}

/* Customers of others here that one head of a supporting role has room for: those of all segments
 * share the room that its own customers leave, and several such roles share the customers. */
static double supported_share(const struct parameters *parameters, size_t role, size_t segment) {
    const struct role *self = &parameters->roles[role];
    double heads = (double)self->headcount;
    double room = heads * self->normal_accounts * self->load_limit;
    double others = 0.0;
    double here = 0.0;
    if (heads <= 0.0 || !coverage_supports(parameters, role, segment)) {
        return 0.0;
    }
    for (size_t s = 0; s < parameters->segment_count; s++) {
        double own = heads * owned_share(parameters, role, s).accounts;
        double supporters = (double)parameters->segments[s].coverage.supporters.count;
        room -= own;
        if (coverage_supports(parameters, role, s)) {
            double share = ((double)parameters->segments[s].accounts - own) / supporters;
            others += share;
            here = s == segment ? share : here;
        }
    }
    double taken = room < others ? room / others : 1.0;
    return taken > 0.0 ? taken * here / heads : 0.0;
}

struct role_share role_share(const struct parameters *parameters, size_t role, size_t segment) {
    struct role_share share = owned_share(parameters, role, segment);
    if (parameters->segments[segment].coverage.supporters.count > 0) {
        share.supported = supported_share(parameters, role, segment);
    }
    return share;
}

bool coverage_takes_part(const struct parameters *parameters, size_t role) {
    const char *name = parameters->roles[role].name;
    for (size_t s = 0; s < parameters->segment_count; s++) {
        const struct segment *segment = &parameters->segments[s];
        bool named = names_have(&segment->coverage.hunters, name) ||
                     names_have(&segment->coverage.owners, name);
        for (size_t k = 0; k < segment->coverage.rule_count; k++) {
            named |= strcmp(segment->coverage.rules[k].role, name) == 0;
        }
        if (named && segment->coverage.rule_count > 0) {
            return true;
        }
    }
    return false;
}

#include "model/career.h"

#include "base/mathematics.h"
#include "model/model.h"

#include <string.h>

enum { PASSES = 24 }; /* of a fixed point that a few of them reach */

/* Stationary share of a role's people who have served so many months and are still there when they
 * move on with probability `chance` a month from then on: their stay shrinks by h / (h + chance),
 * h their hazard of leaving (exact for a constant one). */
static double served(const struct role_law *law, long months, double chance) {
    if (months <= 0) {
        return 1.0;
    }
    if ((size_t)months >= law->tenure.months) {
        return 0.0;
    }
    double before = law->tenure.tenure[months - 1];
    double after = 1.0 - before;
    double hazard = (law->tenure.tenure[months] - before) / after;
    double stay = after * hazard / (hazard + chance);
    return stay / (before + stay);
}

static bool recruits_from(const struct role *role, const struct role *source) {
    for (size_t n = 0; n < role->recruiting.internal.count; n++) {
        if (strcmp(role->recruiting.internal.name[n], source->name) == 0) {
            return true;
        }
    }
    return false;
}

static double people(const struct role_law *law) {
    return (double)law->role->headcount * (1.0 - law->flow.vacancy);
}

/* People of other roles who have served long enough for this one. */
static double qualified(const struct model *model, const struct role_law *law) {
    const struct role *role = law->role;
    double count = 0.0;
    for (size_t r = 0; r < model->role_count; r++) {
        const struct role_law *source = &model->roles[r];
        if (recruits_from(role, source->role)) {
            count +=
                people(source) * served(source, role->recruiting.internal_months, law->flow.chance);
        }
    }
    return count;
}

/* Moves into other roles a month, over the people of this one. */
static double moves_out(const struct model *model, const struct role_law *law) {
    double moves = 0.0;
    for (size_t r = 0; r < model->role_count; r++) {
        const struct role_law *other = &model->roles[r];
        if (recruits_from(other->role, law->role)) {
            moves += other->flow.chance *
                     served(law, other->role->recruiting.internal_months, other->flow.chance);
        }
    }
    return moves;
}

/* In a competition everybody's chance is taken as equal. */
static double inside_share(const struct role_law *law, double inside) {
    if (law->role->recruiting.internal_by == INTERNAL_COMPETE) {
        return inside / (inside + law->market.pool * law->market.suitable);
    }
    return inside < 1.0 ? inside : 1.0;
}

static struct career_flow next_flow(const struct model *model, const struct role_law *law) {
    const struct role *role = law->role;
    double inside = qualified(model, law);
    double share = inside > 0.0 ? inside_share(law, inside) : 0.0;
    bool first = role->recruiting.internal_by != INTERNAL_COMPETE;
    struct search within = inside_search(role);
    double outside = searches_mean(&law->search, law->failure);
    double months = first ? share * search_mean(&within) + (1.0 - share) * outside : outside;
    /* a career begins for every one that ends: the mass of tenure 0 */
    double exits = law->tenure.tenure[0] + moves_out(model, law);
    double chance = inside > 0.0 ? people(law) * exits * share / inside : 0.0;
    return (struct career_flow){.vacancy = vacancy_share(exits, months),
                                .chance = chance < 1.0 ? chance : 1.0,
                                .inside = first && share > 0.5};
}

static struct career_move best_move(const struct model *model, const struct role_law *law) {
    struct career_move best = {0.0, 0.0, 0.0, 0.0};
    for (size_t r = 0; r < model->role_count; r++) {
        const struct role_law *other = &model->roles[r];
        double raise = other->perceived_pay / law->perceived_pay - 1.0;
        if (recruits_from(other->role, law->role) &&
            raise * other->flow.chance > best.raise * best.chance) {
            best = (struct career_move){.months = (double)other->role->recruiting.internal_months,
                                        .chance = other->flow.chance,
                                        .raise = raise,
                                        .attainment = other->role->recruiting.internal_attainment};
        }
    }
    return best;
}

void careers_init(struct model *model) {
    for (int pass = 0; pass < PASSES; pass++) { /* all from the flows of the pass before */
        for (size_t r = 0; r < model->role_count; r++) {
            model->roles[r].next_flow = next_flow(model, &model->roles[r]);
        }
        for (size_t r = 0; r < model->role_count; r++) {
            model->roles[r].flow = model->roles[r].next_flow;
        }
    }
    for (size_t r = 0; r < model->role_count; r++) {
        model->roles[r].move = best_move(model, &model->roles[r]);
    }
}

static bool has_prospect(const struct career_move *move, double attainment) {
    return move->chance > 0.0 && attainment >= move->attainment;
}

static double months_before(const struct career_move *move, double tenure) {
    return tenure < move->months ? move->months - tenure : 0.0;
}

double career_prospect(const struct career_move *move, double tenure, double attainment,
                       double present_bias, double discount) {
    if (!has_prospect(move, attainment)) {
        return 0.0;
    }
    double month = math_power(1.0 + discount, -1.0 / 12.0);
    double soon = move->chance * month / (1.0 - (1.0 - move->chance) * month);
    return present_bias * math_power(month, months_before(move, tenure)) * soon * move->raise;
}

double career_wait(const struct career_move *move, double tenure, double attainment) {
    return has_prospect(move, attainment) ? months_before(move, tenure) + 1.0 / move->chance : -1.0;
}

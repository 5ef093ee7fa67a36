#include "base/distribution.h"
#include "base/mathematics.h"
#include "base/random.h"
#include "model/parts.h"
#include "model/purpose.h"
#include "model/steps.h"

#include <math.h>

/* Who has experience starts further on and is paid for it, here as elsewhere. */
static void bring_experience(struct person *person, const struct role_law *law) {
    double factor = 1.0 + law->role->recruiting.experience.premium;
    person->level_factor = factor;
    person->market_factor = factor;
    person->ramp_keep = math_power(law->ramp.keep, law->role->recruiting.experience.months);
}

/* Fit to the culture, of which the selection saw something; misfit is the lack of it. */
static void draw_fit(const struct firm *firm, struct person *person, const struct role *role,
                     double seen) {
    double rho = role->recruiting.culture.signal;
    double sd = role->turnover.misfit;
    double misfit =
        normal_quantile(random_uniform(firm_row(firm, 0, PURPOSE_MISFIT), person->entity));
    misfit = sqrt(1.0 - rho * rho) * misfit - rho * seen;
    person->fit = -misfit;
    person->misfit = sd * misfit - 0.5 * sd * sd;
}

/* A person new to a seat; skills follow from the talent. */
void seat_occupy(struct firm *firm, size_t seat, const struct candidate *candidate) {
    struct seat *place = &firm->seats[seat];
    const struct role_law *law = &firm->model->roles[place->role];
    struct person *person = &place->person;
    uint64_t entity = random_mix(place->identity, place->occupants);
    place->filled = true;
    place->wanted = false;
    place->vacant_since = 0;
    *person = (struct person){.entity = entity,
                              .talent = candidate->talent,
                              .ramp_keep = 1.0,
                              .misfit_keep = 1.0,
                              .notice = -1,
                              .level_factor = 1.0,
                              .pay_factor = 1.0,
                              .market_factor = 1.0};
    draw_skills(firm->seed, firm->replication, entity, candidate->talent, law->role->skill.spread,
                law->norm, person->skill);
    if (candidate->experienced) {
        bring_experience(person, law);
    }
    effort_start(firm, seat);
    draw_fit(firm, person, law->role, candidate->fit);
    uint64_t error = firm_row(firm, 0, PURPOSE_QUOTA_ERROR);
    double spread = law->role->quota.error;
    person->quota_error =
        math_exp(spread * normal_quantile(random_uniform(error, entity)) - 0.5 * spread * spread);
    /* attainment starts at 1: twelve months at quota */
    bool index = metric_kind((enum metric)law->role->quota.metric) == METRIC_INDEX;
    person->attainment_measure = index ? 0.0 : 12.0 * law->quota_month;
    person->attainment_quota = index ? 0.0 : 12.0 * law->quota_month;
    pay_clear(firm, seat);
}

/* Positions of next month that nobody holds and nobody is sought for yet; below 0 after the path
 * has fallen, until enough people have left of themselves. */
static long positions_missing(const struct firm *firm, size_t role, size_t month) {
    const struct role_law *law = &firm->model->roles[role];
    long missing = role_headcount(law->role, (long)month + 1);
    for (size_t seat = law->first_seat; seat < law->first_seat + law->seats; seat++) {
        missing -= firm->seats[seat].filled || firm->seats[seat].wanted;
    }
    return missing;
}

/* The person's opportunities are lost with the person. */
static void abandon_deals(struct firm *firm, size_t month, size_t seat) {
    const struct model *model = firm->model;
    for (size_t s = 0; s < model->segment_count; s++) {
        for (size_t k = 0; k < model->segments[s].segment->pipeline.stage_count; k++) {
            size_t at = seat * model->stage_count + model->segments[s].first_stage + k;
            firm_segment_ledger(firm, month, s)->flows.deals_abandoned += firm->open_deals[at];
            firm_stage_ledger(firm, month, s, k)->flows.deals_abandoned += firm->open_deals[at];
            firm->open_deals[at] = 0;
            firm->open_months[at] = 0.0;
        }
        firm->pulled[seat * model->segment_count + s] = 0.0; /* nor would these have been won */
    }
}

void seat_vacated(struct firm *firm, size_t month, size_t seat) {
    struct seat *place = &firm->seats[seat];
    place->filled = false;
    place->wanted = positions_missing(firm, place->role, month) > 0;
    seat_left(firm, month, seat);
    search_start(firm, seat, (long)month);
    census_went(firm, part_of_role(place->role), place->joined);
    abandon_deals(firm, month, seat);
}

/* Follows the headcount path: searches that are no longer needed end, new ones begin. Nobody loses
 * a position. */
static void plan_positions(struct firm *firm, size_t month, size_t role) {
    const struct role_law *law = &firm->model->roles[role];
    long missing = positions_missing(firm, role, month);
    for (size_t n = law->seats; missing < 0 && n-- > 0;) {
        struct seat *place = &firm->seats[law->first_seat + n];
        if (!place->filled && place->wanted) {
            place->wanted = false;
            missing++;
        }
    }
    for (size_t n = 0; missing > 0 && n < law->seats; n++) {
        struct seat *place = &firm->seats[law->first_seat + n];
        if (!place->filled && !place->wanted) {
            place->wanted = true;
            search_start(firm, law->first_seat + n, (long)month);
            missing--;
        }
    }
}

/* Which seats are filled is decided before anybody moves between seats, so that a seat that a mover
 * leaves is empty equally long wherever it stands. */
void step_recruiting(struct firm *firm, size_t month) {
    const struct model *model = firm->model;
    for (size_t r = 0; r < model->role_count; r++) {
        plan_positions(firm, month, r);
    }
    for (size_t seat = 0; seat < model->seat_count; seat++) {
        struct seat *place = &firm->seats[seat];
        place->due = !place->filled && place->wanted && place->vacant_left == 0;
    }
    for (size_t seat = 0; seat < model->seat_count; seat++) {
        if (firm->seats[seat].due) {
            seat_fill(firm, month, seat);
        }
    }
    for (size_t seat = 0; seat < model->seat_count; seat++) {
        struct seat *place = &firm->seats[seat];
        struct ledger *ledger = firm_role_ledger(firm, month, place->role);
        if (!place->filled && place->wanted) {
            place->vacant_left -= place->vacant_left > 0;
            place->vacant_since++;
        }
        if (place->filled || place->wanted) {
            const struct role *role = model->roles[place->role].role;
            ledger->flows.hiring_cost += role->recruiting.continuous.cost / 12.0 *
                                         role->market_pay * market_pay_level(model, (long)month);
        }
        ledger->stocks.seats += place->filled || place->wanted;
        ledger->stocks.headcount += place->filled;
        ledger->stocks.tenure += place->filled ? (double)place->person.tenure : 0.0;
    }
}

/* Tenure and match from the stationary law, everything else by the hiring law; of a real person
 * only what is not known. */
static void start_person(struct firm *firm, size_t seat) {
    struct seat *place = &firm->seats[seat];
    const struct role_law *law = &firm->model->roles[place->role];
    struct candidate candidate = outside_candidate(firm, seat, 0);
    place->occupants++;
    place->joined = -1;
    seat_occupy(firm, seat, &candidate);
    struct person *person = &place->person;
    const struct opening_person *known = firm->model->start.persons[seat];
    size_t tenure = known != NULL && known->tenure >= 0
                        ? (size_t)known->tenure
                        : tenure_law_tenure(&law->tenure,
                                            random_uniform(firm_row(firm, 0, PURPOSE_START_TENURE),
                                                           person->entity));
    person->match =
        tenure_law_match(&law->tenure, tenure,
                         random_uniform(firm_row(firm, 0, PURPOSE_START_MATCH), person->entity));
    person->tenure = (long)tenure;
    person->in_role = (long)tenure;
    person->ramp_keep *= math_power(law->ramp.keep, (double)tenure);
    person->misfit_keep = math_exp(-(double)tenure / law->role->turnover.misfit_months);
    long served = person->tenure;
    for (size_t l = 0; l < law->role->career.level_count; l++) { /* levels reached on the way */
        const struct career_level *level = &law->role->career.levels[l];
        if (served < level->months || level->attainment > 1.0) {
            break;
        }
        served -= level->months;
        person->level++;
        person->level_factor *= 1.0 + level->pay_step;
    }
    person->level_months = served;
    if (known != NULL) {
        arrive(firm, seat, known);
    }
    firm_note(firm, (struct entry){.kind = ENTRY_START,
                                   .seat = seat,
                                   .value = {(double)person->tenure, person->talent}});
    if (firm->model->parameters->simulation.start == START_RUNNING) {
        start_wish(firm, seat);
        pay_start(firm, seat, 0);
    }
}

/* A seat for which a search is under way, as there always are some. */
static void start_vacancy(struct firm *firm, size_t seat) {
    struct seat *place = &firm->seats[seat];
    const struct role_law *law = &firm->model->roles[place->role];
    uint64_t row = firm_row(firm, 0, PURPOSE_START_SEARCH);
    double u[3];
    for (uint64_t n = 0; n < 3; n++) {
        u[n] = random_uniform(row, random_mix(place->identity, n));
    }
    struct search within = inside_search(law->role);
    struct vacancy met = law->flow.inside ? vacancy_met(&within, 0.0, u)
                                          : vacancy_met(&law->search, law->failure, u);
    place->wanted = true;
    place->inside = law->flow.inside;
    place->vacant_since = met.since;
    place->vacant_left = met.left;
    pay_clear(firm, seat);
}

void start_staff(struct firm *firm) {
    const struct model *model = firm->model;
    for (size_t r = 0; r < model->role_count; r++) {
        const struct role_law *law = &model->roles[r];
        for (size_t n = 0; n < law->room; n++) {
            size_t seat = law->first_seat + n;
            const struct opening_person *known = model->start.persons[seat];
            uint64_t number = known != NULL ? name_identity(known->name) : n;
            firm->seats[seat] =
                (struct seat){.role = r, .identity = random_mix(law->identity, number)};
            if ((long)n >= role_headcount(law->role, 0)) {
                pay_clear(firm, seat);
            } else if (known == NULL &&
                       random_uniform(firm_row(firm, 0, PURPOSE_START_VACANCY),
                                      firm->seats[seat].identity) < law->flow.vacancy) {
                start_vacancy(firm, seat);
            } else {
                start_person(firm, seat);
            }
        }
    }
}

#include "base/distribution.h"
#include "base/mathematics.h"
#include "base/random.h"
#include "model/job.h"
#include "model/purpose.h"
#include "model/steps.h"

#include <math.h>

enum { START_MONTHS = 24 }; /* history of wishes that starting staff may bring along */

double seat_attainment(const struct firm *firm, const struct seat *place) {
    const struct role *role = firm->model->roles[place->role].role;
    const struct person *person = &place->person;
    if (metric_kind((enum metric)role->quota.metric) == METRIC_INDEX) {
        return math_exp(person->attainment_measure);
    }
    return person->attainment_quota > 0.0 ? person->attainment_measure / person->attainment_quota
                                          : 1.0;
}

/* The next career level and the months until it can be reached; NULL without one. */
static const struct career_level *next_level(const struct firm *firm, const struct seat *place) {
    const struct role *role = firm->model->roles[place->role].role;
    return place->person.level < role->career.level_count
               ? &role->career.levels[place->person.level]
               : NULL;
}

static double months_to_level(const struct career_level *level, const struct person *person) {
    long left = level->months - person->level_months;
    return left > 1 ? (double)left : 1.0;
}

/* What the person can expect to be paid here over what the market pays for the same skill, in logs:
 * the plan, the growth of pay, the level reached, the prospect of the next and of a better role. */
static double pay_term(const struct firm *firm, struct seat *place, long month, double attainment) {
    const struct role_law *law = &firm->model->roles[place->role];
    const struct career_level *level = next_level(firm, place);
    enum metric metric = (enum metric)law->role->quota.metric;
    double skill = kept_log(&place->kept.log_skill,
                            place->person.skill[metric_is_selling(metric) ? ACQUIRE : DEVELOP]);
    double relative = pay_level(firm->model, month) * place->person.level_factor *
                      place->person.pay_factor /
                      (law->role->market_pay * market_pay_level(firm->model, month) *
                       place->person.market_factor);
    if (level != NULL && attainment >= level->attainment) {
        double discount = math_power(1.0 + law->role->preferences.discount,
                                     -months_to_level(level, &place->person) / 12.0);
        relative *= 1.0 + law->role->preferences.present_bias * discount * level->pay_step;
    }
    relative *=
        1.0 + career_prospect(&law->move, (double)place->person.tenure, attainment,
                              law->role->preferences.present_bias, law->role->preferences.discount);
    return job_worth(law, skill, place->person.in_role) - law->role->market_skill * skill +
           kept_log(&place->kept.log_relative, relative);
}

static double wish_log_hazard(const struct firm *firm, size_t seat, long month) {
    struct seat *place = &firm->seats[seat];
    const struct role_law *law = &firm->model->roles[place->role];
    const struct role *role = law->role;
    const struct person *person = &place->person;
    double attainment = seat_attainment(firm, place);
    double q = role->turnover.talent_slope;
    double mean_effort = role->time.acquire * person->effort[ACQUIRE] +
                         role->time.develop * person->effort[DEVELOP] +
                         role->time.care * person->effort[CARE];
    const double *exits = &firm->exits[place->role * 3];
    double recent = exits[0] + exits[1] + exits[2];
    double usual = 3.0 * law->tenure.hazard;
    return law->tenure.intercept - person->match +
           role->turnover.pay_elasticity *
               kept_exp(&place->kept.reaction, q * person->talent - 0.5 * q * q) *
               pay_term(firm, place, month, attainment) +
           role->turnover.attainment * (attainment - 1.0) +
           role->turnover.attainment_square * (attainment - 1.0) * (attainment - 1.0) +
           role->turnover.overload * fmax(0.0, mean_effort - 1.5) +
           person->misfit * person->misfit_keep + role->turnover.peers * 10.0 * (recent - usual) +
           role->change.uncertainty * unsettled(firm, seat, month);
}

static double draw_gain(const struct firm *firm, const struct seat *place, long month) {
    const struct role *role = firm->model->roles[place->role].role;
    double z = normal_quantile(
        random_uniform(firm_row(firm, month, PURPOSE_WISH_GAIN), place->person.entity));
    return role->turnover.gain_median * math_exp(role->turnover.gain_sigma * z);
}

/* Everything deferred that leaving now would lose, the next promotion included. */
static bool waits(const struct firm *firm, size_t seat, long month) {
    const struct seat *place = &firm->seats[seat];
    const struct role *role = firm->model->roles[place->role].role;
    const struct career_level *level = next_level(firm, place);
    struct forfeits forfeits = {.last = 0};
    /* a gain is a share of what others pay for such a job: it does not grow with what is deferred
     * here */
    double elsewhere =
        role->market_pay * market_pay_level(firm->model, month) * place->person.level_factor;
    pay_forfeits(firm, seat, month, &forfeits);
    if (level != NULL && seat_attainment(firm, place) >= level->attainment) {
        forfeits_add(&forfeits, months_to_level(level, &place->person),
                     level->pay_step * pay_annual(firm, seat, month));
    }
    const struct career_move *move = &firm->model->roles[place->role].move;
    double wait = career_wait(move, (double)place->person.tenure, seat_attainment(firm, place));
    if (wait >= 0.0 && wait <= (double)FORFEITS_MONTHS) {
        forfeits_add(&forfeits, wait, move->raise * pay_annual(firm, seat, month));
    }
    double gain = place->person.gain * elsewhere;
    double waiting =
        waiting_months(&forfeits, gain, role->preferences.present_bias, role->preferences.discount);
    firm_note_decision(firm, seat, month, &forfeits, gain, waiting);
    return waiting >= 0.0;
}

/* One month of a person's wish: it may arrive, it may go, it may be acted upon. True: leaves. */
static bool wish_month(struct firm *firm, size_t seat, long month, struct flows *flows) {
    struct seat *place = &firm->seats[seat];
    const struct role *role = firm->model->roles[place->role].role;
    uint64_t entity = place->person.entity;
    if (place->person.gain > 0.0 && random_uniform(firm_row(firm, month, PURPOSE_WISH_STAYS),
                                                   entity) >= role->turnover.persistence) {
        firm_note(firm, (struct entry){.month = month,
                                       .kind = ENTRY_WISH_GONE,
                                       .seat = seat,
                                       .value = {place->person.gain}});
        place->person.gain = 0.0;
    }
    double log_hazard = wish_log_hazard(firm, seat, month);
    if (wish_arrives(log_hazard, random_uniform(firm_row(firm, month, PURPOSE_WISH), entity))) {
        double gain = draw_gain(firm, place, month);
        place->person.gain = gain > place->person.gain ? gain : place->person.gain;
        if (flows != NULL) {
            flows->wishes += 1.0;
        }
        firm_note(firm, (struct entry){.month = month,
                                       .kind = ENTRY_WISH,
                                       .seat = seat,
                                       .value = {place->person.gain, wish_hazard(log_hazard)}});
    }
    return place->person.gain > 0.0 && !waits(firm, seat, month);
}

/* Starting staff carry the wishes that their unvested awards have made them put off: their last
 * months are played, and a wish that would have been acted upon never came, because they are here.
 */
void start_wish(struct firm *firm, size_t seat) {
    struct seat *place = &firm->seats[seat];
    long tenure = place->person.tenure;
    place->person.gain = 0.0;
    for (long month = -START_MONTHS; month < 0; month++) {
        if (tenure + month < 0) {
            continue;
        }
        pay_start(firm, seat, month + 1); /* as they stand at the end of that month */
        if (wish_month(firm, seat, month, NULL)) {
            place->person.gain = 0.0;
        }
    }
}

static bool dismissed(struct firm *firm, size_t seat, long month) {
    struct seat *place = &firm->seats[seat];
    struct person *person = &place->person;
    const struct role *role = firm->model->roles[place->role].role;
    bool below = seat_attainment(firm, place) < role->dismissal.floor &&
                 (double)person->in_role >= role->ramp.months; /* novices are given time */
    person->below_floor = below ? person->below_floor + 1 : 0;
    return person->below_floor > role->dismissal.months &&
           random_uniform(firm_row(firm, month, PURPOSE_DISMISSAL), person->entity) <
               role->dismissal.probability;
}

static void leave(struct firm *firm, size_t month, size_t seat, enum exit_reason reason) {
    struct flows *flows = &firm_role_ledger(firm, month, firm->seats[seat].role)->flows;
    double *const COUNTERS[] = {[EXIT_VOLUNTARY] = &flows->exits_voluntary,
                                [EXIT_INVOLUNTARY] = &flows->exits_involuntary,
                                [EXIT_RETIREMENT] = &flows->retirements};
    *COUNTERS[reason] += 1.0;
    flows->novice_exits += reason != EXIT_RETIREMENT && firm->seats[seat].person.in_role < 12;
    firm_note(firm, (struct entry){.month = (long)month,
                                   .kind = ENTRY_EXIT,
                                   .seat = seat,
                                   .value = {reason, (double)firm->seats[seat].person.tenure}});
    pay_leaver(firm, month, seat, reason);
    seat_vacated(firm, month, seat);
}

static void promote(struct firm *firm, size_t month, size_t seat, struct flows *flows) {
    struct seat *place = &firm->seats[seat];
    const struct career_level *level = next_level(firm, place);
    place->person.level_months++;
    if (level != NULL && place->person.level_months >= level->months &&
        seat_attainment(firm, place) >= level->attainment) {
        place->person.level++;
        place->person.level_months = 0;
        place->person.level_factor *= 1.0 + level->pay_step;
        flows->promotions += 1.0;
        firm_note(firm, (struct entry){.month = (long)month,
                                       .kind = ENTRY_PROMOTED,
                                       .seat = seat,
                                       .value = {(double)place->person.level, level->pay_step}});
    }
}

static void grow_older(struct firm *firm, struct seat *place, long month) {
    const struct role_law *law = &firm->model->roles[place->role];
    struct person *person = &place->person;
    person->tenure++;
    person->in_role++;
    person->ramp_keep *= law->ramp.keep;
    person->misfit_keep *= math_exp(-1.0 / law->role->turnover.misfit_months);
    double step = match_step(law->role, (size_t)person->tenure);
    person->match += step * normal_quantile(random_uniform(firm_row(firm, month, PURPOSE_MATCH),
                                                           person->entity));
}

void step_departures(struct firm *firm, size_t month) {
    const struct model *model = firm->model;
    for (size_t seat = 0; seat < model->seat_count; seat++) {
        struct seat *place = &firm->seats[seat];
        const struct role_law *law = &model->roles[place->role];
        struct flows *flows = &firm_role_ledger(firm, month, place->role)->flows;
        if (!place->filled) {
            flows->vacancy_months += place->wanted;
            continue;
        }
        flows->person_months += 1.0;
        flows->novice_months += place->person.in_role < 12;
        double attainment = seat_attainment(firm, place);
        flows->attainment += attainment;
        struct person *person = &place->person;
        for (int k = 0; k < ACTIVITY_COUNT; k++) {
            flows->effort[k] += person->effort[k];
            flows->skill[k] += person->skill[k];
        }
        firm_note(firm, (struct entry){.month = (long)month,
                                       .kind = ENTRY_MONTH,
                                       .seat = seat,
                                       .value = {person->effort[ACQUIRE], person->effort[DEVELOP],
                                                 person->effort[CARE], attainment,
                                                 (double)person->tenure}});
        bool under_notice = person->notice >= 0;
        if (under_notice && person->notice-- == 0) {
            leave(firm, month, seat, EXIT_INVOLUNTARY);
            continue;
        }
        if (!under_notice && wish_month(firm, seat, (long)month, flows)) {
            leave(firm, month, seat, EXIT_VOLUNTARY);
            continue;
        }
        if (!under_notice && dismissed(firm, seat, (long)month)) {
            flows->severance += law->role->dismissal.severance * law->plan->salary / 12.0 *
                                pay_scale(firm, seat, (long)month);
            firm_note(firm, (struct entry){.month = (long)month,
                                           .kind = ENTRY_NOTICE,
                                           .seat = seat,
                                           .value = {(double)law->role->dismissal.notice_months}});
            person->notice = law->role->dismissal.notice_months - 1;
            if (person->notice < 0) {
                leave(firm, month, seat, EXIT_INVOLUNTARY);
                continue;
            }
        }
        grow_older(firm, place, (long)month);
        promote(firm, month, seat, flows);
        if ((size_t)person->tenure >= law->tenure.months) {
            leave(firm, month, seat, EXIT_RETIREMENT);
        }
    }
    for (size_t r = 0; r < model->role_count; r++) { /* of those who were there this month */
        const struct flows *flows = &firm_role_ledger(firm, month, r)->flows;
        double exits = flows->exits_voluntary + flows->exits_involuntary;
        firm->exits[r * 3 + month % 3] =
            flows->person_months > 0.0 ? exits / flows->person_months : 0.0;
    }
}

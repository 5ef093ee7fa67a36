#include "base/distribution.h"
#include "base/mathematics.h"
#include "base/random.h"
#include "model/purpose.h"
#include "model/steps.h"

#include <math.h>
#include <string.h>

/* A person new to a seat; talent and skills follow the hiring law. */
static void sit_down(struct firm *firm, size_t seat, double talent) {
    struct seat *place = &firm->seats[seat];
    const struct role_law *law = &firm->model->roles[place->role];
    struct person *person = &place->person;
    uint64_t entity = random_mix(place->identity, place->occupants);
    place->filled = true;
    place->wanted = false;
    place->vacant_since = 0;
    *person = (struct person){.entity = entity,
                              .talent = talent,
                              .ramp_keep = 1.0,
                              .misfit_keep = 1.0,
                              .notice = -1,
                              .level_factor = 1.0};
    draw_skills(firm->seed, firm->replication, entity, talent, law->role->skill.spread, law->norm,
                person->skill);
    effort_start(firm, seat);
    uint64_t misfit = firm_row(firm, 0, PURPOSE_MISFIT);
    double sd = law->role->turnover.misfit;
    person->misfit = sd * normal_quantile(random_uniform(misfit, entity)) - 0.5 * sd * sd;
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

static double outside_talent(const struct firm *firm, size_t seat, long month, double *signal) {
    const struct seat *place = &firm->seats[seat];
    const struct role_law *law = &firm->model->roles[place->role];
    uint64_t entity = random_mix(place->identity, place->occupants);
    return hire_talent(firm->seed, firm->replication, (uint64_t)(month + MONTH_OFFSET), entity,
                       law->pool, law->role->recruiting.signal, law->applicant_mean, signal);
}

/* The best candidate from the roles that recruit inside: a colleague's talent is seen as well as an
 * outsider's. Returns the seat count when nobody beats the outside signal. */
static size_t inside_candidate(const struct firm *firm, size_t seat, long month, double outside) {
    const struct model *model = firm->model;
    const struct role *role = model->roles[firm->seats[seat].role].role;
    size_t best = model->seat_count;
    double best_signal = outside;
    double rho = role->recruiting.signal;
    uint64_t row = firm_row(firm, month, PURPOSE_INTERNAL_SIGNAL);
    for (size_t other = 0; role->recruiting.internal.count > 0 && other < model->seat_count;
         other++) {
        const struct seat *place = &firm->seats[other];
        bool listed = false;
        for (size_t n = 0; n < role->recruiting.internal.count; n++) {
            listed |= strcmp(model->roles[place->role].role->name,
                             role->recruiting.internal.name[n]) == 0;
        }
        if (!listed || !place->filled || place->person.notice >= 0 ||
            place->person.tenure < role->recruiting.internal_months) {
            continue;
        }
        double noise = normal_quantile(random_uniform(row, place->person.entity));
        double signal = rho * place->person.talent + sqrt(1.0 - rho * rho) * noise;
        if (signal > best_signal) {
            best_signal = signal;
            best = other;
        }
    }
    return best;
}

static void open_vacancy(struct firm *firm, size_t seat, long month) {
    struct seat *place = &firm->seats[seat];
    const struct role *role = firm->model->roles[place->role].role;
    uint64_t next = random_mix(place->identity, place->occupants + 1);
    place->vacant_left =
        (long)fill_months(role, random_uniform(firm_row(firm, month, PURPOSE_FILL_TIME), next),
                          random_uniform(firm_row(firm, month, PURPOSE_FILL_ROUNDING), next));
    place->vacant_since = 0;
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

void seat_vacated(struct firm *firm, size_t month, size_t seat) {
    const struct model *model = firm->model;
    struct seat *place = &firm->seats[seat];
    place->filled = false;
    place->wanted = positions_missing(firm, place->role, month) > 0;
    seat_left(firm, month, seat);
    open_vacancy(firm, seat, (long)month);
    for (size_t stage = 0; stage < model->stage_count; stage++) {
        firm->open_deals[seat * model->stage_count + stage] = 0; /* lost with the person */
    }
}

/* A mover's skills are the person's own: each log skill keeps its place in the new role's spread.
 */
static void carry_skills(struct firm *firm, const struct person *mover, size_t from, size_t seat) {
    const struct role_law *was = &firm->model->roles[from];
    const struct role_law *is = &firm->model->roles[firm->seats[seat].role];
    double scale =
        was->role->skill.spread > 0.0 ? is->role->skill.spread / was->role->skill.spread : 0.0;
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        double log_skill = math_log(mover->skill[k]) + was->norm;
        firm->seats[seat].person.skill[k] = math_exp(scale * log_skill - is->norm);
    }
}

static void fill_seat(struct firm *firm, size_t month, size_t seat) {
    struct seat *place = &firm->seats[seat];
    const struct role_law *law = &firm->model->roles[place->role];
    struct flows *flows = &firm_role_ledger(firm, month, place->role)->flows;
    double signal = 0.0;
    long waited = place->vacant_since;
    place->occupants++;
    double talent = outside_talent(firm, seat, (long)month, &signal);
    size_t inside = inside_candidate(firm, seat, (long)month, signal);
    if (inside < firm->model->seat_count) {
        struct person mover = firm->seats[inside].person;
        firm_note(firm, (struct entry){.month = (long)month,
                                       .kind = ENTRY_MOVED_OUT,
                                       .seat = inside,
                                       .other = seat,
                                       .value = {(double)mover.tenure}});
        pay_leaver(firm, month, inside, EXIT_RETIREMENT); /* parts on good terms */
        seat_vacated(firm, month, inside);
        sit_down(firm, seat, mover.talent);
        carry_skills(firm, &mover, firm->seats[inside].role, seat);
        place->person.tenure = mover.tenure;
        place->person.match = mover.match;
        place->person.misfit = mover.misfit; /* the firm is the same, and so is its culture */
        place->person.misfit_keep = mover.misfit_keep;
        flows->internal_moves += 1.0;
    } else {
        sit_down(firm, seat, talent);
        flows->hiring_cost += law->role->recruiting.cost * law->role->market_pay *
                              market_pay_level(firm->model, (long)month);
    }
    flows->hires += 1.0;
    flows->fill_months += (double)waited;
    bool moved = inside < firm->model->seat_count;
    firm_note(firm, (struct entry){.month = (long)month,
                                   .kind = moved ? ENTRY_MOVED_IN : ENTRY_HIRED,
                                   .seat = seat,
                                   .other = inside,
                                   .value = {(double)waited, place->person.talent}});
    seat_taken(firm, seat);
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
            open_vacancy(firm, law->first_seat + n, (long)month);
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
            fill_seat(firm, month, seat);
        }
    }
    for (size_t seat = 0; seat < model->seat_count; seat++) {
        struct seat *place = &firm->seats[seat];
        struct ledger *ledger = firm_role_ledger(firm, month, place->role);
        if (!place->filled && place->wanted) {
            place->vacant_left -= place->vacant_left > 0;
            place->vacant_since++;
        }
        ledger->stocks.seats += place->filled || place->wanted;
        ledger->stocks.headcount += place->filled;
        ledger->stocks.tenure += place->filled ? (double)place->person.tenure : 0.0;
    }
}

/* Tenure and match from the stationary law, everything else by the hiring law. */
static void start_person(struct firm *firm, size_t seat) {
    struct seat *place = &firm->seats[seat];
    const struct role_law *law = &firm->model->roles[place->role];
    double signal;
    place->occupants++;
    sit_down(firm, seat, outside_talent(firm, seat, 0, &signal));
    struct person *person = &place->person;
    size_t tenure = tenure_law_tenure(
        &law->tenure, random_uniform(firm_row(firm, 0, PURPOSE_START_TENURE), person->entity));
    person->match =
        tenure_law_match(&law->tenure, tenure,
                         random_uniform(firm_row(firm, 0, PURPOSE_START_MATCH), person->entity));
    person->tenure = (long)tenure;
    person->in_role = (long)tenure;
    person->ramp_keep = math_power(law->ramp.keep, (double)tenure);
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
    firm_note(firm, (struct entry){.kind = ENTRY_START,
                                   .seat = seat,
                                   .value = {(double)person->tenure, person->talent}});
    if (firm->model->parameters->simulation.start == START_RUNNING) {
        start_wish(firm, seat);
        pay_start(firm, seat, 0);
    }
}

void start_staff(struct firm *firm) {
    const struct model *model = firm->model;
    for (size_t r = 0; r < model->role_count; r++) {
        const struct role_law *law = &model->roles[r];
        for (size_t n = 0; n < law->room; n++) {
            size_t seat = law->first_seat + n;
            firm->seats[seat] = (struct seat){.role = r, .identity = random_mix(law->identity, n)};
            if ((long)n < role_headcount(law->role, 0)) {
                start_person(firm, seat);
            } else {
                pay_clear(firm, seat);
            }
        }
    }
}

/* Who comes to a seat that is empty: people from inside, and candidates from outside. */
#include "base/mathematics.h"
#include "base/random.h"
#include "model/parts.h"
#include "model/purpose.h"
#include "model/steps.h"

#include <math.h>
#include <string.h>

/* Whoever sits down next on a seat. */
static struct hiring next_hire(const struct firm *firm, size_t seat, long month) {
    const struct seat *place = &firm->seats[seat];
    return (struct hiring){.seed = firm->seed,
                           .replication = firm->replication,
                           .month = (uint64_t)(month + MONTH_OFFSET),
                           .entity = random_mix(place->identity, place->occupants + 1)};
}

/* Pools shrink when others raise pay faster. */
static struct labour_market market_now(const struct firm *firm, size_t role, long month) {
    const struct role_law *law = &firm->model->roles[role];
    double relative = law->perceived_pay / law->role->market_pay *
                      (pay_level(firm->model, month) / market_pay_level(firm->model, month));
    return labour_market(law->role, relative, law->applicant_mean);
}

struct candidate outside_candidate(const struct firm *firm, size_t seat, long month) {
    const struct seat *place = &firm->seats[seat];
    struct labour_market market = market_now(firm, place->role, month);
    struct hiring hiring = next_hire(firm, seat, month);
    return hire_best(&hiring, firm->model->roles[place->role].role, &market);
}

struct insider {
    size_t seat;     /* the seat count: nobody */
    double expected; /* talent that is expected */
    double standing; /* what they are chosen by */
    double luck;     /* between equals */
};

static bool is_candidate(const struct firm *firm, size_t seat, const struct role *role) {
    const struct seat *place = &firm->seats[seat];
    for (size_t n = 0; n < role->recruiting.internal.count; n++) {
        if (strcmp(firm->model->roles[place->role].role->name, role->recruiting.internal.name[n]) ==
            0) {
            return place->filled && place->person.notice < 0 &&
                   place->person.tenure >= role->recruiting.internal_months &&
                   seat_attainment(firm, place) >= role->recruiting.internal_attainment;
        }
    }
    return false;
}

/* The best person of the roles that recruit inside. */
static struct insider best_insider(const struct firm *firm, size_t seat, long month) {
    const struct model *model = firm->model;
    const struct role *role = model->roles[firm->seats[seat].role].role;
    struct insider best = {.seat = model->seat_count};
    double rho = role->recruiting.internal_signal;
    uint64_t row = firm_row(firm, month, PURPOSE_INTERNAL_SIGNAL);
    for (size_t other = 0; role->recruiting.internal.count > 0 && other < model->seat_count;
         other++) {
        const struct seat *place = &firm->seats[other];
        if (!is_candidate(firm, other, role)) {
            continue;
        }
        double noise = normal_quantile(random_uniform(row, place->person.entity));
        double expected = rho * (rho * place->person.talent + sqrt(1.0 - rho * rho) * noise);
        struct insider here = {.seat = other, .expected = expected, .luck = noise};
        here.standing = role->recruiting.internal_by == INTERNAL_ATTAINMENT
                            ? seat_attainment(firm, place)
                            : expected;
        if (best.seat == model->seat_count || here.standing > best.standing ||
            (here.standing == best.standing && here.luck > best.luck)) {
            best = here;
        }
    }
    return best;
}

static unsigned time_to_fill(const struct firm *firm, size_t seat, long month,
                             const struct search *search) {
    const struct seat *place = &firm->seats[seat];
    uint64_t next = random_mix(place->identity, place->occupants + 1);
    return search_months(search, random_uniform(firm_row(firm, month, PURPOSE_FILL_TIME), next),
                         random_uniform(firm_row(firm, month, PURPOSE_FILL_ROUNDING), next));
}

void search_start(struct firm *firm, size_t seat, long month) {
    struct seat *place = &firm->seats[seat];
    const struct role_law *law = &firm->model->roles[place->role];
    struct search within = inside_search(law->role);
    place->inside = law->role->recruiting.internal_by != INTERNAL_COMPETE &&
                    best_insider(firm, seat, month).seat < firm->model->seat_count;
    place->vacant_left =
        (long)time_to_fill(firm, seat, month, place->inside ? &within : &law->search);
    place->vacant_since = 0;
}

/* Nobody suitable: the search starts over, outside, and takes a month at least. */
static void search_again(struct firm *firm, size_t seat, long month) {
    struct seat *place = &firm->seats[seat];
    place->inside = false;
    place->vacant_left =
        (long)time_to_fill(firm, seat, month, &firm->model->roles[place->role].search);
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

static void move_in(struct firm *firm, size_t month, size_t seat, size_t from) {
    struct seat *place = &firm->seats[seat];
    const struct role_law *law = &firm->model->roles[place->role];
    struct person mover = firm->seats[from].person;
    firm_note(firm, (struct entry){.month = (long)month,
                                   .kind = ENTRY_MOVED_OUT,
                                   .seat = from,
                                   .other = seat,
                                   .value = {(double)mover.tenure}});
    pay_leaver(firm, month, from, EXIT_RETIREMENT); /* parts on good terms */
    seat_vacated(firm, month, from);
    seat_occupy(firm, seat, &(struct candidate){.talent = mover.talent});
    carry_skills(firm, &mover, firm->seats[from].role, seat);
    place->person.tenure = mover.tenure;
    place->person.match = mover.match;
    place->person.misfit = mover.misfit; /* the firm is the same, and so is its culture */
    place->person.misfit_keep = mover.misfit_keep;
    place->person.ramp_keep = math_power(law->ramp.keep, law->role->recruiting.internal_ramp);
}

static void hire(struct firm *firm, size_t month, size_t seat, const struct candidate *candidate) {
    struct seat *place = &firm->seats[seat];
    const struct role_law *law = &firm->model->roles[place->role];
    struct flows *flows = &firm_role_ledger(firm, month, place->role)->flows;
    seat_occupy(firm, seat, candidate);
    flows->hiring_cost += law->role->recruiting.cost * law->role->market_pay *
                          market_pay_level(firm->model, (long)month) * place->person.market_factor;
    flows->candidates += candidate->count;
    flows->hires_experienced += candidate->experienced;
    flows->hires_fit += place->person.fit;
}

static void count_hire(struct firm *firm, size_t month, size_t seat, double waited) {
    struct seat *place = &firm->seats[seat];
    const struct role *role = firm->model->roles[place->role].role;
    const struct person *person = &place->person;
    struct flows *flows = &firm_role_ledger(firm, month, place->role)->flows;
    place->joined = (long)month;
    census_came(firm, part_of_role(place->role), month);
    flows->hires += 1.0;
    flows->fill_months += waited;
    flows->hires_talent += person->talent;
    flows->hires_skill += role->time.acquire * person->skill[ACQUIRE] +
                          role->time.develop * person->skill[DEVELOP] +
                          role->time.care * person->skill[CARE];
}

/* The seat from which somebody moves in; the seat count: nobody does. */
static size_t who_moves(const struct firm *firm, size_t seat, long month,
                        const struct candidate *outsider) {
    const struct role *role = firm->model->roles[firm->seats[seat].role].role;
    struct insider insider = best_insider(firm, seat, month);
    bool beaten = role->recruiting.internal_by == INTERNAL_COMPETE && outsider->count > 0.0 &&
                  insider.expected <= outsider->expected;
    return beaten ? firm->model->seat_count : insider.seat;
}

void seat_fill(struct firm *firm, size_t month, size_t seat) {
    struct seat *place = &firm->seats[seat];
    double waited = (double)place->vacant_since;
    struct labour_market market = market_now(firm, place->role, (long)month);
    struct hiring hiring = next_hire(firm, seat, (long)month);
    struct candidate outsider = {.count = 0.0};
    if (!place->inside && hire_found(&hiring, &market)) {
        outsider = hire_best(&hiring, firm->model->roles[place->role].role, &market);
    }
    size_t from = who_moves(firm, seat, (long)month, &outsider);
    bool moves = from < firm->model->seat_count;
    if (!moves && outsider.count <= 0.0) {
        firm_role_ledger(firm, month, place->role)->flows.searches_failed += !place->inside;
        search_again(firm, seat, (long)month);
        return;
    }
    place->occupants++;
    if (moves) {
        move_in(firm, month, seat, from);
        firm_role_ledger(firm, month, place->role)->flows.internal_moves += 1.0;
    } else {
        hire(firm, month, seat, &outsider);
    }
    count_hire(firm, month, seat, waited);
    firm_note(firm, (struct entry){
                        .month = (long)month,
                        .kind = moves ? ENTRY_MOVED_IN : ENTRY_HIRED,
                        .seat = seat,
                        .other = from,
                        .value = {waited, place->person.talent, !moves && outsider.experienced}});
    seat_taken(firm, seat);
}

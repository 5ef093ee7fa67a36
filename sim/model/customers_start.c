/* The customers that are there before the first month: who owns them, and the state to which their
 * owners have brought them. */
#include "base/distribution.h"
#include "base/mathematics.h"
#include "base/random.h"
#include "base/tournament.h"
#include "model/loads.h"
#include "model/purpose.h"
#include "model/steps.h"

#include <assert.h>
#include <math.h>

/* Care (or develop) input of an account whose ramped owner works at normal effort. Without an owner
 * it has been cared for so far. */
static double start_input(const struct firm *firm, size_t s, size_t slot, enum activity activity) {
    int32_t owner = firm->accounts[s].owner[slot];
    if (owner == NO_OWNER || !firm->seats[owner].filled) {
        return 1.0;
    }
    const struct seat *place = &firm->seats[owner];
    const struct role_law *law = &firm->model->roles[place->role];
    return law->fit[s] * place->person.skill[activity] /
           owner_load((double)place->accounts, law->role->normal_accounts);
}

/* A seat that is empty at the start has kept the customers that wait for the new hire. */
static double start_load(const struct firm *firm, size_t seat) {
    const struct seat *place = &firm->seats[seat];
    const struct role *role = firm->model->roles[place->role].role;
    double waits = 1.0 - role->succession.similar - role->succession.dissimilar;
    return place->filled                   ? seat_load(firm, seat)
           : place->wanted && waits > 1e-9 ? seat_load(firm, seat) / waits
                                           : (double)INFINITY;
}

/* Customers of whom nobody is named go one by one to the seat with the least load. */
static void find_owners(struct firm *firm, size_t s) {
    const struct model *model = firm->model;
    struct accounts *accounts = &firm->accounts[s];
    struct tournament *loads = loads_tournament(firm);
    for (size_t seat = 0; seat < model->seat_count; seat++) {
        bool owns = model->roles[firm->seats[seat].role].owns[s];
        loads->value[seat] = owns ? start_load(firm, seat) : (double)INFINITY;
    }
    tournament_play(loads);
    for (size_t slot = 0; slot < accounts->used; slot++) {
        if (accounts->owner[slot] == NO_OWNER) {
            size_t owner = tournament_least(loads, 0, model->seat_count);
            owner_give(firm, accounts, slot, owner);
            if (owner < model->seat_count) {
                tournament_set(loads, owner, start_load(firm, owner));
            }
        }
    }
}

/* Develop input that a ramped supporter at normal effort adds. */
static double start_support(const struct firm *firm, size_t s, size_t slot) {
    int32_t supporter = firm->accounts[s].coverage[slot].supporter;
    if (supporter == NO_OWNER) {
        return 0.0;
    }
    const struct seat *place = &firm->seats[supporter];
    const struct role_law *law = &firm->model->roles[place->role];
    return firm->model->parameters->handover.team.gain * law->fit[s] *
           place->person.skill[DEVELOP] /
           owner_load((double)place->accounts, law->role->normal_accounts);
}

/* Who was there `age` whole months ago and hunts here has won the customer. */
static void start_winner(struct firm *firm, size_t s, size_t slot, long age) {
    struct accounts *accounts = &firm->accounts[s];
    int32_t owner = accounts->owner[slot];
    if (owner == NO_OWNER || firm->model->roles[firm->seats[owner].role].hunting[s] <= 0.0 ||
        firm->seats[owner].person.in_role <= age) {
        return;
    }
    accounts->winner[slot] = owner;
    accounts->winner_number[slot] = (uint32_t)firm->seats[owner].occupants;
    accounts->won_month[slot] = (int32_t)(-1 - age);
    accounts->won[slot] = accounts->potential[slot] * accounts->wallet[slot];
}

static bool owner_left(const struct firm *firm, int32_t owner) {
    return owner != NO_OWNER && !firm->seats[owner].filled;
}

/* What is known of a real account in the place of what was drawn; years are taken before. */
static void know_account(struct firm *firm, size_t s, size_t slot,
                         const struct opening_account *known) {
    struct accounts *accounts = &firm->accounts[s];
    if (known->potential > 0.0) {
        accounts->potential[slot] = (real)known->potential;
    } else if (known->revenue >
               0.0) { /* the wallet share is drawn, and so is what it is a share of */
        accounts->potential[slot] = (real)(known->revenue / (double)accounts->wallet[slot]);
    }
    if (known->potential > 0.0 && known->revenue > 0.0) {
        accounts->wallet[slot] = (real)(known->revenue / known->potential);
    }
    if (known->satisfaction >= 0.0) {
        accounts->satisfaction[slot] =
            (real)opening_satisfaction(firm->model->segments[s].segment, known->satisfaction);
    }
    if (known->renewal > 0) {
        accounts->renewal[slot] = (int32_t)known->renewal;
    }
}

/* Mean state of an account after `years` with its owner: from a new account to the steady state. */
static void start_account(struct firm *firm, size_t s, size_t slot,
                          const struct opening_account *known) {
    const struct segment_law *law = &firm->model->segments[s];
    const struct segment *segment = law->segment;
    struct accounts *accounts = &firm->accounts[s];
    uint64_t id = accounts->id[slot];
    double care = start_input(firm, s, slot, CARE);
    double develop = start_input(firm, s, slot, DEVELOP) + start_support(firm, s, slot);
    struct steady_account steady = steady_account(segment, care, develop);
    double churn_odds = law->churn_odds;
    double u_age = random_uniform(firm_row(firm, 0, PURPOSE_START_AGE), id);
    double years = known != NULL && known->age >= 0
                       ? (double)known->age / 12.0
                       : exponential_quantile(u_age, coverage_years(segment));
    if (segment->churn.beta_a > 0.0) { /* who is still here after years churns less (Bayes) */
        double u = random_uniform(firm_row(firm, 0, PURPOSE_DEAL_CHURN), id);
        double churn =
            beta_quantile(u, segment->churn.beta_a, segment->churn.beta_b + floor(years));
        churn_odds = renewal_odds(segment, churn);
    }
    double away = math_exp(-12.0 * years *
                           (segment->relationship.investment * care + segment->relationship.decay));
    double bond = wallet_relationship(segment, steady.relationship);
    double pull = segment->wallet.growth * develop * bond + segment->wallet.leak * (1.0 - bond);
    double wallet_away = math_exp(-12.0 * years * pull);
    real z_satisfaction;
    real z_wallet;
    real_normal_pair(random_bits(firm_row(firm, 0, PURPOSE_START_STATE), id), &z_satisfaction,
                     &z_wallet);
    double noise = pull > 0.0 ? segment->wallet.noise / sqrt(2.0 * pull) : 0.0;
    double spread = segment->wallet.start_sd * wallet_away;
    double wallet = steady.wallet + (segment->wallet.start - steady.wallet) * wallet_away +
                    sqrt(noise * noise + spread * spread) * (double)z_wallet;
    wallet = wallet < 0.01                      ? 0.01
             : wallet > segment->wallet.ceiling ? segment->wallet.ceiling
                                                : wallet;
    accounts->potential[slot] =
        (real)lognormal_quantile(random_uniform(firm_row(firm, 0, PURPOSE_DEAL_POTENTIAL), id),
                                 segment->potential.mean, segment->potential.cv);
    accounts->wallet[slot] = (real)wallet;
    accounts->relationship[slot] =
        (real)(steady.relationship + (segment->relationship.start - steady.relationship) * away);
    accounts->satisfaction[slot] =
        (real)(steady.satisfaction + segment->satisfaction.sd * (double)z_satisfaction);
    accounts->churn_odds[slot] = (real)churn_odds;
    double u_renewal = random_uniform(firm_row(firm, 0, PURPOSE_START_RENEWAL), id);
    accounts->renewal[slot] = 1 + (int32_t)(u_renewal * (double)law->account.term);
    if (known != NULL) {
        know_account(firm, s, slot, known);
    }
    if (owner_left(firm, accounts->owner[slot])) {
        const struct role *role = firm->model->roles[firm->seats[accounts->owner[slot]].role].role;
        (void)account_change_owner(accounts, slot, segment, accounts->owner[slot],
                                   role->succession.kappa_hire, 0.0, 1e9);
    }
    long age = known != NULL && known->age >= 0 ? known->age : (long)(12.0 * years);
    accounts->coverage[slot].since = (int32_t)(-1 - age);
    start_winner(firm, s, slot, age);
}

/* The entry of a real start that is in a slot; NULL in a segment that is drawn. */
static const struct opening_entry *listed(const struct firm *firm, size_t s, size_t slot) {
    const struct opening_places *start = &firm->model->start;
    return start->first[s] < start->first[s + 1] ? &start->entries[start->first[s] + slot] : NULL;
}

static void open_book(struct firm *firm, size_t s) {
    const struct segment_law *law = &firm->model->segments[s];
    struct accounts *accounts = &firm->accounts[s];
    accounts_clear(accounts);
    for (long a = 0; a < law->segment->accounts; a++) {
        const struct opening_entry *entry = listed(firm, s, (size_t)a);
        uint64_t number = entry != NULL ? name_identity(entry->account->name) : (uint64_t)a;
        size_t slot;
        bool taken = accounts_take(accounts, random_mix(law->identity, number), &slot);
        assert(taken && slot == (size_t)a);
        (void)taken;
        owner_give(firm, accounts, slot, entry != NULL ? entry->owner : firm->model->seat_count);
    }
}

static void start_accounts(struct firm *firm) {
    for (size_t s = 0; s < firm->model->segment_count; s++) {
        for (size_t slot = 0; slot < firm->accounts[s].used; slot++) {
            const struct opening_entry *entry = listed(firm, s, slot);
            start_account(firm, s, slot, entry != NULL ? entry->account : NULL);
        }
    }
}

/* Owners first: what care an account has had depends on how many its owner has. */
void start_customers(struct firm *firm) {
    const struct model *model = firm->model;
    for (size_t s = 0; s < model->segment_count; s++) {
        firm->promoters[s] = reference_promoters(model->segments[s].segment);
        open_book(firm, s);
    }
    for (size_t s = 0; s < model->segment_count; s++) {
        find_owners(firm, s);
    }
    start_accounts(firm);
    if (start_coverage(firm)) { /* other owners, other care */
        start_accounts(firm);
    }
}

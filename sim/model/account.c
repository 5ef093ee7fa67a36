#include "model/account.h"

#include "base/distribution.h"
#include "base/mathematics.h"
#include "base/memory.h"
#include "base/random.h"
#include "model/account_rows.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

bool accounts_init(struct accounts *accounts, size_t capacity, struct error *error) {
    size_t slots = (capacity + 31) / 32 * 32;
    *accounts = (struct accounts){.capacity = slots};
    struct {
        void *array;
        size_t size;
    } const ARRAYS[] = {
        {&accounts->free_slots, sizeof *accounts->free_slots},
        {&accounts->id, sizeof *accounts->id},
        {&accounts->potential, sizeof(real)},
        {&accounts->wallet, sizeof(real)},
        {&accounts->satisfaction, sizeof(real)},
        {&accounts->relationship, sizeof(real)},
        {&accounts->churn_odds, sizeof(real)},
        {&accounts->care_gap, sizeof(real)},
        {&accounts->gap_keep, sizeof(real)},
        {&accounts->kappa, sizeof(real)},
        {&accounts->owner, sizeof(int32_t)},
        {&accounts->renewal, sizeof(int32_t)},
        {&accounts->changed, sizeof(int32_t)},
        {&accounts->winner, sizeof(int32_t)},
        {&accounts->winner_number, sizeof(uint32_t)},
        {&accounts->won_month, sizeof(int32_t)},
        {&accounts->won, sizeof(real)},
        {&accounts->coverage, sizeof *accounts->coverage},
        {&accounts->support, sizeof(real)},
        {&accounts->value, sizeof(real)},
        {&accounts->before, sizeof(real)},
        {&accounts->expansion, sizeof(real)},
        {&accounts->contraction, sizeof(real)},
        {&accounts->due, sizeof(uint32_t)},
        {&accounts->lost, sizeof *accounts->lost},
    };
    for (size_t a = 0; a < sizeof ARRAYS / sizeof ARRAYS[0]; a++) {
        void *array = memory_room(slots, ARRAYS[a].size, "accounts", error);
        if (array == NULL) {
            accounts_free(accounts);
            return false;
        }
        memcpy(ARRAYS[a].array, &array, sizeof array);
    }
    /* slots are cleared when they are taken, but sums look at whole vectors */
    memset(accounts->potential, 0, slots * sizeof *accounts->potential);
    memset(accounts->wallet, 0, slots * sizeof *accounts->wallet);
    return true;
}

void accounts_free(struct accounts *accounts) {
    free(accounts->free_slots);
    free(accounts->id);
    free(accounts->potential);
    free(accounts->wallet);
    free(accounts->satisfaction);
    free(accounts->relationship);
    free(accounts->churn_odds);
    free(accounts->care_gap);
    free(accounts->gap_keep);
    free(accounts->kappa);
    free(accounts->owner);
    free(accounts->renewal);
    free(accounts->changed);
    free(accounts->winner);
    free(accounts->winner_number);
    free(accounts->won_month);
    free(accounts->won);
    free(accounts->coverage);
    free(accounts->support);
    free(accounts->value);
    free(accounts->before);
    free(accounts->expansion);
    free(accounts->contraction);
    free(accounts->due);
    free(accounts->lost);
    *accounts = (struct accounts){0};
}

static void slot_clear(struct accounts *accounts, size_t slot) {
    accounts->id[slot] = 0;
    accounts->potential[slot] = 0.0F;
    accounts->wallet[slot] = 0.0F;
    accounts->satisfaction[slot] = 0.0F;
    accounts->relationship[slot] = 0.0F;
    accounts->churn_odds[slot] = 0.0F;
    accounts->care_gap[slot] = 0.0F;
    accounts->gap_keep[slot] = 0.0F;
    accounts->kappa[slot] = 0.0F;
    accounts->owner[slot] = NO_OWNER;
    accounts->renewal[slot] = INT32_MAX; /* a dead slot is never due */
    accounts->changed[slot] = OWNER_CHANGE_MONTHS;
    accounts->winner[slot] = NO_OWNER;
    accounts->winner_number[slot] = 0;
    accounts->won_month[slot] = INT32_MIN;
    accounts->won[slot] = 0.0F;
    accounts->coverage[slot] = (struct coverage){.partner = NO_OWNER, .supporter = NO_OWNER};
    accounts->support[slot] = 0.0F;
    accounts->value[slot] = 0.0F;
}

void accounts_clear(struct accounts *accounts) {
    for (size_t slot = 0; slot < accounts->used; slot++) { /* the others were never taken */
        slot_clear(accounts, slot);
    }
    accounts->used = 0;
    accounts->live = 0;
    accounts->free_count = 0;
    accounts->lost_count = 0;
    accounts->due_count = 0;
}

double relationship_reference(const struct segment *segment) {
    double i = segment->relationship.investment;
    return i > 0.0 ? i / (i + segment->relationship.decay) : 0.0;
}

double wallet_relationship(const struct segment *segment, double relationship) {
    return relationship +
           segment->wallet.independence * (relationship_reference(segment) - relationship);
}

struct account_law account_law(const struct segment *segment) {
    double rho = segment->satisfaction.persistence;
    double sd = segment->satisfaction.sd;
    double b_s = segment->churn.satisfaction;
    double reference = relationship_reference(segment);
    double innovation = segment->potential.innovation / 12.0;
    return (struct account_law){
        .persistence = (real)rho,
        .care_effect = (real)segment->satisfaction.care,
        .satisfaction_noise = (real)(sd * sqrt(1.0 - rho * rho)),
        .investment = (real)segment->relationship.investment,
        .decay = (real)segment->relationship.decay,
        .growth = (real)segment->wallet.growth,
        .leak = (real)segment->wallet.leak,
        .ceiling = (real)segment->wallet.ceiling,
        .wallet_noise = (real)segment->wallet.noise,
        .market = (real)(segment->potential.growth / 12.0),
        .innovation = (real)(reference > 0.0 ? innovation / reference : 0.0),
        .bond = (real)(1.0 - segment->wallet.independence),
        .bond_firm = (real)(segment->wallet.independence * reference),
        .b_satisfaction = (real)b_s,
        .b_relationship = (real)segment->churn.relationship,
        .b_owner = (real)segment->churn.owner_change,
        .reference = (real)reference,
        .satisfaction_correction = (real)(0.5 * b_s * b_s * sd * sd),
        .term = (int32_t)segment->contract.term_months,
    };
}

double renewal_odds(const struct segment *segment, double annual) {
    double years = (double)segment->contract.term_months / 12.0;
    double keep = annual < 1.0 ? math_power(1.0 - annual, years) : 0.0;
    return keep > 0.0 ? (1.0 - keep) / keep : (double)1e9F;
}

bool accounts_take(struct accounts *accounts, uint64_t id, size_t *slot) {
    if (accounts->free_count > 0) {
        *slot = accounts->free_slots[--accounts->free_count];
    } else if (accounts->used < accounts->capacity) {
        *slot = accounts->used++;
    } else {
        return false;
    }
    slot_clear(accounts, *slot);
    accounts->id[*slot] = id;
    accounts->live++;
    return true;
}

static void account_release(struct accounts *accounts, size_t slot) {
    slot_clear(accounts, slot);
    accounts->free_slots[accounts->free_count++] = (uint32_t)slot;
    accounts->live--;
}

/* Odds to churn at a renewal today (docs/model.md, "Renewal"). */
static double odds_today(const struct accounts *accounts, const struct account_law *law, size_t a) {
    real effect = -law->b_satisfaction * accounts->satisfaction[a] -
                  law->b_relationship * (accounts->relationship[a] - law->reference) +
                  law->b_owner * accounts->kappa[a] - law->satisfaction_correction;
    return (double)accounts->churn_odds[a] * (double)real_exp(effect);
}

static size_t collect_due(struct accounts *accounts) {
    size_t count = 0;
    for (size_t a = 0; a < accounts->used; a++) {
        accounts->due[count] = (uint32_t)a;
        count += accounts->renewal[a] <= 0;
    }
    return count;
}

/* Sums of the month over accounts, the whole segment and by owner, before renewals. Results of an
 * account lie side by side, as the sums of an owner do, and are added to them as vectors. */
static struct account_results sum_books(const struct accounts *accounts,
                                        const struct book_sums *sums, struct ledger *ledger) {
    struct account_results results[ACCOUNT_RESULTS];
    struct account_results all = {0.0, 0.0, 0.0, 0.0};
    double contraction = 0.0;
    for (size_t first = 0; first < accounts->used; first += ACCOUNT_RESULTS) {
        size_t count = account_rows_results(accounts, first, results);
        const int32_t *owner = accounts->owner + first;
        for (size_t a = 0; a < count; a++) {
            struct book_sum *sum = &sums->owner[owner[a] + 1];
            sum->before += results[a].before;
            sum->after += results[a].after;
            sum->kept += results[a].kept;
            sum->expansion += results[a].expansion;
            sum->count += accounts->potential[first + a] > 0.0F; /* a wallet may be empty */
            all.before += results[a].before;
            all.after += results[a].after;
            all.kept += results[a].kept;
            all.expansion += results[a].expansion;
            contraction += (double)accounts->contraction[first + a];
        }
    }
    ledger->flows.expansion_revenue += all.expansion;
    ledger->flows.contraction += contraction;
    ledger->flows.market_growth += all.after - all.before - all.expansion + contraction;
    all.kept = all.before - contraction;
    return all;
}

static double log_share(double part, double whole) {
    if (whole <= 0.0) {
        return 0.0;
    }
    double share = part / whole;
    return math_log(share > 1e-12 ? share : 1e-12); /* everything lost: as good as nothing left */
}

static void sum_stocks(const struct accounts *accounts, struct ledger *ledger) {
    struct account_sums sums = account_rows_sum(accounts);
    ledger->stocks.customers = (double)accounts->live;
    ledger->stocks.wallet = sums.wallet;
    ledger->stocks.potential = sums.potential;
    ledger->stocks.satisfaction = sums.satisfaction;
    ledger->stocks.relationship = sums.relationship;
    ledger->stocks.run_rate = sums.run_rate;
}

double accounts_month(struct accounts *accounts, const struct account_law *law,
                      const struct care_inputs *inputs, uint64_t row_shock, uint64_t row_renewal,
                      const struct book_sums *sums, struct ledger *ledger) {
    double start = (double)accounts->live;
    accounts->lost_count = 0;
    account_rows_update(accounts, law, inputs, row_shock);
    size_t due = collect_due(accounts);
    accounts->due_count = due;
    const struct account_results all = sum_books(accounts, sums, ledger);
    double churned = 0.0;
    double churned_after = 0.0;
    double lost = 0.0;
    for (size_t i = 0; i < due; i++) {
        size_t a = accounts->due[i];
        double odds = odds_today(accounts, law, a);
        double u = random_uniform(row_renewal, accounts->id[a]);
        struct book_sum *sum = &sums->owner[(size_t)accounts->owner[a] + 1];
        sum->due += 1.0;
        if (u * (1.0 + odds) >= odds) {
            accounts->renewal[a] = law->term;
            sum->renewed += 1.0;
            continue;
        }
        double was = (double)accounts->before[a];
        double is = (double)(accounts->potential[a] * accounts->wallet[a]);
        sum->after -= is;
        sum->count -= 1.0;
        sum->kept -= was - (double)accounts->contraction[a];
        churned += was - (double)accounts->contraction[a];
        churned_after += is;
        lost += 1.0;
        accounts->lost[accounts->lost_count++] =
            (struct lost_account){.owner = accounts->owner[a],
                                  .winner = accounts->winner[a],
                                  .winner_number = accounts->winner_number[a],
                                  .won_month = accounts->won_month[a],
                                  .won = accounts->won[a],
                                  .value = accounts->value[a],
                                  .revenue = accounts->before[a],
                                  .expansion = accounts->expansion[a],
                                  .contraction = accounts->contraction[a],
                                  .after = accounts->potential[a] * accounts->wallet[a],
                                  .coverage = accounts->coverage[a]};
        account_release(accounts, a);
    }
    struct flows *flows = &ledger->flows;
    flows->renewals_due += (double)due;
    flows->renewals_kept += (double)due - lost;
    flows->customers_lost += lost;
    flows->churned_revenue += churned_after; /* with what the month had still changed */
    flows->account_months += start;
    flows->log_logo_retention += log_share(start - lost, start);
    flows->log_gross_retention += log_share(all.kept - churned, all.before);
    flows->log_net_retention += log_share(all.after - churned_after, all.before);
    sum_stocks(accounts, ledger);
    return all.before;
}

void accounts_survey(const struct accounts *accounts, const struct segment *segment,
                     uint64_t row_survey, struct ledger *ledger) {
    double total = segment->satisfaction.rating_sd;
    double state = segment->satisfaction.sd;
    double answer = sqrt(fmax(0.0, 1.0 - state * state)); /* so that state and answer have sd 1 */
    for (size_t a = 0; a < accounts->used; a++) {
        if (accounts->potential[a] <= 0.0F) {
            continue;
        }
        double eps = normal_quantile(random_uniform(row_survey, accounts->id[a]));
        double rating =
            segment->satisfaction.mean + total * ((double)accounts->satisfaction[a] + answer * eps);
        ledger->stocks.answers += 1.0;
        ledger->stocks.promoters += rating >= 8.5;
        ledger->stocks.detractors += rating < 6.5;
    }
}

double account_value(const struct accounts *accounts, const struct account_law *law, size_t slot,
                     double margin, double wacc) {
    double revenue = (double)(accounts->potential[slot] * accounts->wallet[slot]);
    if (revenue <= 0.0) {
        return 0.0;
    }
    double periods = 12.0 / (double)law->term;
    double keep = 1.0 / (1.0 + odds_today(accounts, law, slot));
    double retention = periods == 1.0 ? keep : math_power(keep, periods);
    return margin * revenue * (1.0 + wacc) / (1.0 + wacc - retention);
}

double accounts_equity(const struct accounts *accounts, const struct account_law *law,
                       double margin, double wacc) {
    double equity = 0.0;
    for (size_t a = 0; a < accounts->used; a++) {
        equity += account_value(accounts, law, a, margin, wacc);
    }
    return equity;
}

double accounts_contracted(const struct accounts *accounts) {
    double sum = 0.0;
    for (size_t a = 0; a < accounts->used; a++) {
        double revenue = (double)(accounts->potential[a] * accounts->wallet[a]);
        sum += revenue > 0.0 ? revenue / 12.0 * (double)accounts->renewal[a] : 0.0;
    }
    return sum;
}

double account_change_owner(struct accounts *accounts, size_t slot, const struct segment *segment,
                            int32_t owner, double kappa, double start, double months) {
    double personal = segment->relationship.owner_share * kappa;
    double before = (double)(accounts->potential[slot] * accounts->wallet[slot]);
    assert(accounts->potential[slot] > 0.0F);
    accounts->relationship[slot] *= (real)(1.0 - personal);
    accounts->wallet[slot] *= (real)(1.0 - segment->relationship.wallet_share * personal);
    accounts->satisfaction[slot] -= (real)(segment->satisfaction.owner_shock * kappa);
    accounts->kappa[slot] = (real)kappa;
    accounts->changed[slot] = 0;
    accounts->owner[slot] = owner;
    accounts->care_gap[slot] = (real)(1.0 - start);
    accounts->gap_keep[slot] = (real)math_exp(-1.0 / months);
    return before - (double)(accounts->potential[slot] * accounts->wallet[slot]);
}

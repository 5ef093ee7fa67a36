#include "model/account_rows.h"

#include "base/clones.h"
#include "base/random.h"
#include "base/real.h"

enum { CHUNK = 256 };                  /* accounts whose shocks fit into the nearest cache */
enum { LANES = 32 };                   /* partial sums, so that sums are vector instructions */
static const real CARE_LOWEST = 0.05F; /* ln(care) is taken at least here */

static inline real clamp(real x, real low, real high) {
    real above = x < low ? low : x;
    return above > high ? high : above;
}

CLONES
static void draw_shocks(uint64_t row, const uint64_t *restrict id, size_t count,
                        real *restrict first, real *restrict second) {
    for (size_t a = 0; a < count; a++) {
        real x;
        real y;
        real_normal_pair(random_bits(row, id[a]), &x, &y);
        first[a] = x;
        second[a] = y;
    }
}

/* What the owner of each account and who supports it put into it, and the gap of a new owner one
 * month smaller. */
CLONES
static void draw_inputs(const struct care_inputs *inputs, const int32_t *restrict owner,
                        const real *restrict gap_keep, const real *restrict support, size_t count,
                        real *restrict gap, real *restrict care, real *restrict develop) {
    const real *by_care = inputs->care;
    const real *by_develop = inputs->develop;
    for (size_t a = 0; a < count; a++) {
        real here = 1.0F - gap[a];
        care[a] = by_care[owner[a] + 1] * here;
        develop[a] = by_develop[owner[a] + 1] * here + support[a];
        gap[a] *= gap_keep[a];
    }
}

CLONES
static void update(const struct account_law *law, size_t count, const real *restrict care,
                   const real *restrict develop, const real *restrict shock_satisfaction,
                   const real *restrict shock_wallet, real *restrict potential,
                   real *restrict wallet, real *restrict satisfaction, real *restrict relationship,
                   real *restrict before, real *restrict expansion, real *restrict contraction) {
    const struct account_law k = *law;
    for (size_t a = 0; a < count; a++) {
        real c = care[a];
        real d = develop[a];
        real p = potential[a];
        real w = wallet[a];
        real r = relationship[a];
        satisfaction[a] = k.persistence * satisfaction[a] +
                          k.care_effect * real_log(c > CARE_LOWEST ? c : CARE_LOWEST) +
                          k.satisfaction_noise * shock_satisfaction[a];
        relationship[a] = clamp(r + k.investment * c * (1.0F - r) - k.decay * r, 0.0F, 1.0F);
        real bond = k.bond * r + k.bond_firm;
        real gain = k.growth * d * bond * (k.ceiling - w);
        real loss = k.leak * (1.0F - bond) * w;
        real innovated = p * k.innovation * bond;
        gain = gain > 0.0F ? gain : 0.0F;
        before[a] = p * w;
        expansion[a] = p * gain + w * innovated;
        contraction[a] = p * loss;
        wallet[a] = clamp(w + gain - loss + k.wallet_noise * shock_wallet[a], 0.0F, k.ceiling);
        potential[a] = p + p * k.market + innovated;
    }
}

/* One month less to the renewal, one more since the owner changed, which in the end is forgotten.
 */
CLONES
static void tick(size_t count, int32_t *restrict renewal, int32_t *restrict changed,
                 real *restrict kappa) {
    for (size_t a = 0; a < count; a++) {
        renewal[a]--;
        changed[a]++;
        kappa[a] = changed[a] > OWNER_CHANGE_MONTHS ? 0.0F : kappa[a];
    }
}

void account_rows_update(struct accounts *accounts, const struct account_law *law,
                         const struct care_inputs *inputs, uint64_t row_shock) {
    real shock_satisfaction[CHUNK];
    real shock_wallet[CHUNK];
    real care[CHUNK];
    real develop[CHUNK];
    for (size_t first = 0; first < accounts->used; first += CHUNK) {
        size_t count = accounts->used - first < CHUNK ? accounts->used - first : CHUNK;
        draw_shocks(row_shock, accounts->id + first, count, shock_satisfaction, shock_wallet);
        draw_inputs(inputs, accounts->owner + first, accounts->gap_keep + first,
                    accounts->support + first, count, accounts->care_gap + first, care, develop);
        update(law, count, care, develop, shock_satisfaction, shock_wallet,
               accounts->potential + first, accounts->wallet + first,
               accounts->satisfaction + first, accounts->relationship + first,
               accounts->before + first, accounts->expansion + first,
               accounts->contraction + first);
        tick(count, accounts->renewal + first, accounts->changed + first, accounts->kappa + first);
    }
}

CLONES
static void fill_results(const real *restrict potential, const real *restrict wallet,
                         const real *restrict before, const real *restrict contraction,
                         const real *restrict expansion, size_t count,
                         struct account_results *restrict results) {
    for (size_t a = 0; a < count; a++) {
        results[a].before = (double)before[a];
        results[a].after = (double)(potential[a] * wallet[a]);
        results[a].kept = (double)before[a] - (double)contraction[a];
        results[a].expansion = (double)expansion[a];
    }
}

size_t account_rows_results(const struct accounts *accounts, size_t first,
                            struct account_results results[ACCOUNT_RESULTS]) {
    size_t left = accounts->used - first;
    size_t count = left < ACCOUNT_RESULTS ? left : ACCOUNT_RESULTS;
    fill_results(accounts->potential + first, accounts->wallet + first, accounts->before + first,
                 accounts->contraction + first, accounts->expansion + first, count, results);
    return count;
}

CLONES
static int32_t count_unowned(const int32_t *restrict owner, const real *restrict potential,
                             size_t used) {
    int32_t count = 0;
    for (size_t a = 0; a < used; a++) {
        count += owner[a] == NO_OWNER && potential[a] > 0.0F;
    }
    return count;
}

size_t account_rows_unowned(const struct accounts *accounts) {
    return (size_t)count_unowned(accounts->owner, accounts->potential, accounts->used);
}

/* The sum of lanes by halves: a fixed tree. */
static double sum_lanes(double lanes[LANES]) {
    for (size_t half = LANES / 2; half > 0; half /= 2) {
        for (size_t l = 0; l < half; l++) {
            lanes[l] += lanes[l + half];
        }
    }
    return lanes[0];
}

/* The sum of values of the live: the noise also moves the wallet of dead slots. Capacity is a
 * multiple of the lanes and slots above `used` are dead. */
CLONES
static double sum_live(const real *restrict value, const real *restrict potential, size_t used) {
    double lanes[LANES] = {0.0};
    for (size_t first = 0; first < used; first += LANES) {
        for (size_t l = 0; l < LANES; l++) {
            lanes[l] += potential[first + l] > 0.0F ? (double)value[first + l] : 0.0;
        }
    }
    return sum_lanes(lanes);
}

CLONES
static double sum_products(const real *restrict x, const real *restrict y, size_t used) {
    double lanes[LANES] = {0.0};
    for (size_t first = 0; first < used; first += LANES) {
        for (size_t l = 0; l < LANES; l++) {
            lanes[l] += (double)(x[first + l] * y[first + l]);
        }
    }
    return sum_lanes(lanes);
}

struct account_sums account_rows_sum(const struct accounts *accounts) {
    const real *potential = accounts->potential;
    size_t used = accounts->used;
    return (struct account_sums){
        .wallet = sum_live(accounts->wallet, potential, used),
        .potential = sum_live(potential, potential, used),
        .satisfaction = sum_live(accounts->satisfaction, potential, used),
        .relationship = sum_live(accounts->relationship, potential, used),
        .run_rate = sum_products(potential, accounts->wallet, used),
    };
}

CLONES
static bool any_owned(const int32_t *restrict owner, size_t count, int32_t seat) {
    int32_t found = 0;
    for (size_t a = 0; a < count; a++) {
        found |= owner[a] == seat;
    }
    return found != 0;
}

size_t account_rows_owned(const struct accounts *accounts, int32_t seat, size_t first) {
    const int32_t *owner = accounts->owner;
    size_t used = accounts->used;
    size_t a = first;
    while (a < used) { /* a person owns few: most chunks hold none */
        size_t count = used - a < CHUNK ? used - a : CHUNK;
        if (!any_owned(owner + a, count, seat)) {
            a += count;
            continue;
        }
        while (owner[a] != seat) {
            a++;
        }
        return a;
    }
    return used;
}

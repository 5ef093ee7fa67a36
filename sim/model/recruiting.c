#include "model/recruiting.h"

#include "base/distribution.h"
#include "base/mathematics.h"
#include "base/random.h"
#include "model/purpose.h"

#include <math.h>

const char *const SEEKS_NAMES[] = {[SEEKS_ANYBODY] = "anybody",
                                   [SEEKS_EXPERIENCED] = "experienced",
                                   [SEEKS_NOVICES] = "novices",
                                   NULL};
const char *const INTERNAL_NAMES[] = {[INTERNAL_COMPETE] = "compete",
                                      [INTERNAL_TALENT] = "talent",
                                      [INTERNAL_ATTAINMENT] = "attainment",
                                      NULL};

static const double OWN_SHARE = 0.8; /* of the log skill's sd: of one activity alone */

double skill_norm(double spread, double signal, unsigned pool) {
    double slope = spread * SKILL_COMMON;
    double own = spread * OWN_SHARE;
    double blind = slope * slope * (1.0 - signal * signal);
    return 0.5 * own * own + 0.5 * blind +
           math_log(normal_maximum_moment(pool > 0 ? pool : 1, slope * signal));
}

struct labour_market labour_market(const struct role *role, double relative, double talent) {
    double pool = role->recruiting.pool * math_power(relative, role->recruiting.pool_elasticity);
    struct labour_market market = {.pool = pool < 1.0 ? 1.0 : pool,
                                   .suitable = role->recruiting.industry,
                                   .experienced = role->recruiting.experience.share,
                                   .talent = talent};
    if (market.experienced > 0.0 && market.experienced < 1.0) {
        double odds = market.experienced / (1.0 - market.experienced) *
                      math_power(relative, role->recruiting.experience.competition);
        market.experienced = odds / (1.0 + odds);
    }
    if (role->recruiting.seeks == SEEKS_EXPERIENCED) {
        market.suitable *= market.experienced;
        market.experienced = 1.0;
    } else if (role->recruiting.seeks == SEEKS_NOVICES) {
        market.suitable *= 1.0 - market.experienced;
        market.experienced = 0.0;
    }
    return market;
}

static double nobody_of(const struct labour_market *market, double count) {
    return math_power(1.0 - market->suitable, count);
}

double search_failure(const struct labour_market *market) {
    double whole = floor(market->pool);
    double part = market->pool - whole;
    return (1.0 - part) * nobody_of(market, whole) + part * nobody_of(market, whole + 1.0);
}

static double draw(const struct hiring *hiring, enum purpose purpose) {
    return random_uniform(
        random_row(hiring->seed, hiring->replication, hiring->month, (uint64_t)purpose),
        hiring->entity);
}

bool hire_found(const struct hiring *hiring, const struct labour_market *market) {
    return market->suitable >= 1.0 || draw(hiring, PURPOSE_SUITABLE) >= search_failure(market);
}

/* Suitable candidates when there is at least one: the pool's size, then how many of it. */
static double suitable_count(const struct hiring *hiring, const struct labour_market *market) {
    double whole = floor(market->pool);
    double part = market->pool - whole;
    double chance = draw(hiring, PURPOSE_POOL_SIZE);
    if (market->suitable >= 1.0) {
        return whole + (chance < part ? 1.0 : 0.0);
    }
    double larger = part * (1.0 - nobody_of(market, whole + 1.0)) / (1.0 - search_failure(market));
    double count = whole + (chance < larger ? 1.0 : 0.0);
    double none = nobody_of(market, count);
    double u = none + (1.0 - none) * draw(hiring, PURPOSE_SUITABLE_COUNT);
    unsigned suitable = binomial_quantile(u, (unsigned)count, market->suitable);
    return suitable > 1 ? (double)suitable : 1.0;
}

struct candidate hire_best(const struct hiring *hiring, const struct role *role,
                           const struct labour_market *market) {
    double rho = role->recruiting.signal;
    double weight = role->recruiting.culture.weight;
    struct candidate best = {.count = suitable_count(hiring, market)};
    /* the largest of n uniforms is the n-th root of one uniform */
    double u = draw(hiring, PURPOSE_TALENT);
    double first = normal_quantile(math_exp(math_log(u) / best.count));
    double signal = first;
    if (weight > 0.0) { /* the two impressions turned: along the choice, and across it */
        double along = sqrt(1.0 - weight * weight);
        double across = normal_quantile(draw(hiring, PURPOSE_CULTURE));
        signal = along * first + weight * across;
        best.fit = weight * first - along * across;
    } else if (role->recruiting.culture.signal > 0.0) {
        best.fit = normal_quantile(draw(hiring, PURPOSE_CULTURE));
    }
    double noise = normal_quantile(draw(hiring, PURPOSE_TALENT_NOISE));
    best.expected = market->talent + rho * signal;
    best.talent = best.expected + sqrt(1.0 - rho * rho) * noise;
    best.experienced =
        market->experienced > 0.0 && draw(hiring, PURPOSE_EXPERIENCED) < market->experienced;
    return best;
}

void draw_skills(uint64_t seed, uint64_t replication, uint64_t entity, double talent, double spread,
                 double norm, double skill[ACTIVITY_COUNT]) {
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        uint64_t row = random_row(seed, replication, (uint64_t)k, PURPOSE_SKILL);
        double own = normal_quantile(random_uniform(row, entity));
        skill[k] = math_exp(spread * (SKILL_COMMON * talent + OWN_SHARE * own) - norm);
    }
}

struct ramp ramp_law(const struct role *role) {
    double missing = 1.0 - role->ramp.start;
    if (missing <= 0.05 || role->ramp.months <= 0.0) {
        return (struct ramp){0.0, 0.0}; /* fully productive at once */
    }
    double tau = role->ramp.months / math_log(missing / 0.05);
    double keep = math_exp(-1.0 / tau);
    return (struct ramp){missing * tau * (1.0 - keep), keep};
}

double ramp_productivity(const struct ramp *ramp, double keep_to_tenure) {
    return 1.0 - ramp->lost * keep_to_tenure;
}

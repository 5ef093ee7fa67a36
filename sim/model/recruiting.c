#include "model/recruiting.h"

#include "base/distribution.h"
#include "base/mathematics.h"
#include "base/random.h"
#include "model/purpose.h"

#include <math.h>

enum { DAYS_A_YEAR = 365 };
static const double OWN_SHARE = 0.8; /* of the log skill's sd: of one activity alone */

double skill_norm(double spread, double signal, unsigned pool) {
    double slope = spread * SKILL_COMMON;
    double own = spread * OWN_SHARE;
    double blind = slope * slope * (1.0 - signal * signal);
    return 0.5 * own * own + 0.5 * blind +
           math_log(normal_maximum_moment(pool > 0 ? pool : 1, slope * signal));
}

double hire_talent_mean(double signal, unsigned pool) {
    return signal * normal_maximum_mean(pool > 0 ? pool : 1);
}

double hire_talent(uint64_t seed, uint64_t replication, uint64_t month, uint64_t entity,
                   double pool, double signal, double mean, double *best_signal) {
    double whole = floor(pool);
    double chance = random_uniform(random_row(seed, replication, month, PURPOSE_POOL_SIZE), entity);
    double count = whole + (chance < pool - whole ? 1.0 : 0.0);
    count = count < 1.0 ? 1.0 : count;
    /* the largest of n uniforms is the n-th root of one uniform */
    double u = random_uniform(random_row(seed, replication, month, PURPOSE_TALENT), entity);
    double best = normal_quantile(math_exp(math_log(u) / count));
    double noise = normal_quantile(
        random_uniform(random_row(seed, replication, month, PURPOSE_TALENT_NOISE), entity));
    *best_signal = best;
    return mean + signal * best + sqrt(1.0 - signal * signal) * noise;
}

void draw_skills(uint64_t seed, uint64_t replication, uint64_t entity, double talent, double spread,
                 double norm, double skill[ACTIVITY_COUNT]) {
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        uint64_t row = random_row(seed, replication, (uint64_t)k, PURPOSE_SKILL);
        double own = normal_quantile(random_uniform(row, entity));
        skill[k] = math_exp(spread * (SKILL_COMMON * talent + OWN_SHARE * own) - norm);
    }
}

unsigned fill_months(const struct role *role, double u_time, double u_rounding) {
    double mean = role->recruiting.days * 12.0 / DAYS_A_YEAR;
    double months = lognormal_quantile(u_time, mean, role->recruiting.days_cv);
    double whole = floor(months);
    return (unsigned)whole + (u_rounding < months - whole ? 1U : 0U);
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

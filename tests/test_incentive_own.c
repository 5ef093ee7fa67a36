#include "effort_fixture.h"
#include "test.h"

#include <CUnit/CUnit.h>

/* A quarter's bonus at four deals a month, cv 1.25: paid from the quota on, back to the first euro,
 * up to 1.33 quotas; the next quota follows (Misra and Nair 2011). Target pay a month 1, normal
 * output of a month 1. */
enum { QUOTAS = 120, EFFORTS = 67, SHOCKS = 101 };
static const double OUTPUT = 3;
static const double QUOTA = 3.3;
static const double TARGET = 1.5;
static const double CEILING = 1.33;
static const double UP = .7;
static const double DOWN = .5;

struct programme_of_quotas {
    double sd;
    double cost; /* of a unit of output a quarter */
    double keep; /* of the value of a quarter later */
    double quota[QUOTAS];
    double extra[EFFORTS];
    double shock[SHOCKS];
    double chance[SHOCKS];
    double best[QUOTAS]; /* extra output by quota */
};

static double paid(double result, double quota) {
    double attainment = result / quota;
    return attainment >= 1 ? TARGET * fmin(attainment, CEILING) : 0;
}

static double next_quota(double result, double quota) {
    double above = result / quota - 1;
    return quota * fmax(.1, 1 + (above > 0 ? UP : DOWN) * above);
}

static double straight(const struct programme_of_quotas *programme, const double *values,
                       double quota) {
    double step = programme->quota[1] - programme->quota[0];
    double place = fmin(fmax((quota - programme->quota[0]) / step, 0), QUOTAS - 1.000001);
    size_t at = (size_t)place;
    return values[at] + (place - (double)at) * (values[at + 1] - values[at]);
}

/* Once a quarter a person chooses any effort; the value of all later quarters is iterated. */
static void solve(struct programme_of_quotas *programme) {
    double value[QUOTAS] = {0};
    double mass = 0;
    for (int i = 0; i < QUOTAS; i++) {
        programme->quota[i] = .4 + .075 * i;
    }
    for (int k = 0; k < EFFORTS; k++) {
        programme->extra[k] = -.5 + .02 * k;
    }
    for (int j = 0; j < SHOCKS; j++) {
        programme->shock[j] = -4 + .08 * j;
        programme->chance[j] = exp(-.5 * programme->shock[j] * programme->shock[j]);
        mass += programme->chance[j];
    }
    for (int round = 0; round < 100; round++) {
        double better[QUOTAS];
        for (int i = 0; i < QUOTAS; i++) {
            better[i] = -(double)INFINITY;
            for (int k = 0; k < EFFORTS; k++) {
                double extra = programme->extra[k];
                double sum = 0;
                for (int j = 0; j < SHOCKS; j++) {
                    double result = OUTPUT + extra + programme->sd * programme->shock[j];
                    sum += programme->chance[j] / mass *
                           (paid(result, programme->quota[i]) +
                            programme->keep * straight(programme, value,
                                                       next_quota(result, programme->quota[i])));
                }
                sum -= .5 * programme->cost * extra * extra;
                if (sum > better[i]) {
                    better[i] = sum;
                    programme->best[i] = extra;
                }
            }
        }
        memcpy(value, better, sizeof value);
    }
}

/* Mean extra output over the quotas that a policy leads to, as a share of normal output. */
static double mean_extra(const struct programme_of_quotas *programme, const double *policy) {
    double now[QUOTAS] = {0};
    double step = programme->quota[1] - programme->quota[0];
    double sum = 0;
    double mass = 0;
    for (int j = 0; j < SHOCKS; j++) {
        mass += programme->chance[j];
    }
    now[QUOTAS / 3] = 1;
    for (int quarter = 0; quarter < 40; quarter++) {
        double later[QUOTAS] = {0};
        sum = 0;
        for (int i = 0; i < QUOTAS; i++) {
            sum += now[i] * policy[i] / OUTPUT;
            for (int j = 0; j < SHOCKS; j++) {
                double result = OUTPUT + policy[i] + programme->sd * programme->shock[j];
                double quota = next_quota(result, programme->quota[i]);
                double place = (quota - programme->quota[0]) / step;
                place = fmin(fmax(place, 0), QUOTAS - 1.000001);
                size_t at = (size_t)place;
                double part = now[i] * programme->chance[j] / mass;
                later[at] += part * (1 - (place - (double)at));
                later[at + 1] += part * (place - (double)at);
            }
        }
        memcpy(now, later, sizeof now);
    }
    return sum;
}

/* One decision a quarter: a period of one month, and target pay a month of 1 for it. */
static void under_a_ratchet_people_do_what_a_programme_does(void) {
    static const double KEEP[2] = {.966, .892};
    const struct payoff bonus = {
        3, {{0, 0, 0}, {QUOTA, TARGET, TARGET / QUOTA}, {CEILING * QUOTA, CEILING * TARGET, 0}}};
    for (int d = 0; d < 2; d++) {
        static struct programme_of_quotas programme;
        struct setting setting;
        double policy[QUOTAS];
        programme =
            (struct programme_of_quotas){.sd = .8 * sqrt(3), .cost = 1 / .341 / 3, .keep = KEEP[d]};
        solve(&programme);
        setting_open(&setting, programme.cost, 0);
        setting.incentive.keep = KEEP[d];
        struct motive *motive = setting_add(&setting, 1, OUTPUT, programme.sd, &bonus);
        motive->stretches = true;
        motive->quota = QUOTA;
        motive_complete(&setting.incentive, motive, UP, DOWN, motive->months);
        for (int i = 0; i < QUOTAS; i++) {
            struct standing here = standing_of(0, 1, 0);
            here.quota = programme.quota[i];
            policy[i] = setting_value(&setting, &here, 1) / programme.cost;
        }
        double best = mean_extra(&programme, programme.best);
        /* a tenth of what the same bonus without quota, ceiling and ratchet gives */
        double tenth = .1 * TARGET / QUOTA / programme.cost / OUTPUT;
        CU_ASSERT_DOUBLE_EQUAL(mean_extra(&programme, policy), best, tenth);
        motive_complete(&setting.incentive, motive, 0, 0, motive->months);
        for (int i = 0; i < QUOTAS; i++) {
            struct standing here = standing_of(0, 1, 0);
            here.quota = programme.quota[i];
            policy[i] = setting_value(&setting, &here, 1) / programme.cost;
        }
        CU_ASSERT(mean_extra(&programme, policy) > best + .08); /* the ratchet matters */
    }
}

/* What lands in a later period is worth what it earns there against the own quota: twice as much a
 * unit on a straight bonus at half of the quota, and the worth of the own jump. */
static void what_lands_later_meets_the_own_quota(void) {
    static const double QUOTAS_OWN[3] = {1.5, 3, 6};
    const struct payoff line = {1, {{0, 0, .3}}};
    const struct payoff jump = {2, {{0, 0, 0}, {3, 1, 0}}};
    double theta = 2.0 / 3 / (3 * .16); /* effort counts in two of three months */
    for (int i = 0; i < 6; i++) {
        struct setting setting;
        double quota = QUOTAS_OWN[i / 2];
        const struct payoff own = {2, {{0, 0, 0}, {quota, 1, 0}}};
        setting_open(&setting, 3, 0);
        struct motive *motive = setting_add(&setting, 3, 1, .4, i % 2 == 0 ? &line : &jump);
        motive->stretches = true;
        motive->quota = 3;
        motive->response[ACQUIRE][1] = 0; /* a month later */
        motive_complete(&setting.incentive, motive, 0, 0, motive->months);
        struct standing here = standing_of(0, 1, 0);
        here.quota = quota;
        double worth =
            i % 2 == 0 ? .3 * 3 / quota : payoff_marginal(&own, 3, .4 * sqrt(3), theta).lambda;
        CU_ASSERT_DOUBLE_EQUAL(setting_value(&setting, &here, 1), worth, 1e-10);
    }
}

static const struct test TESTS[] = {
    {"under a ratchet people do what a programme does",
     under_a_ratchet_people_do_what_a_programme_does},
    {"what lands later meets the own quota", what_lands_later_meets_the_own_quota},
};
const struct suite suite_incentive_own = {"incentive_own", TESTS, sizeof TESTS / sizeof TESTS[0]};

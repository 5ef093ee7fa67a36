/* What pay for three years does to the book of key account managers (docs/evidence_effort.md,
 * "Three years or a quarter"): no published effect, but what the model's equations imply. */
#include "firm_fixture.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <math.h>
#include <string.h>

enum { SEEDS = 20, FIRMS = 20, SETS = 8 };

/* Of one seed, means of its firms. */
struct outcome {
    double bookings; /* year 1 */
    double equity;   /* end of year 5 */
    double pay;      /* a head, years 4 and 5: all cycles pay */
    double profit;   /* five years */
};

/* The shipped effects of relationships times a factor. */
static size_t scaled(double factor, char texts[6][80], const char *sets[]) {
    static const struct {
        const char *path;
        double shipped;
    } EFFECTS[5] = {{"churn.relationship", 2},
                    {"churn.owner_change", .4},
                    {"relationship.owner_share", .5},
                    {"relationship.wallet_share", .15},
                    {"satisfaction.owner_shock", .3}};
    for (int i = 0; i < 6; i++) {
        (void)snprintf(texts[i], 80, "segments.key.%s=%.4f",
                       i < 5 ? EFFECTS[i].path : "wallet.independence",
                       i < 5 ? EFFECTS[i].shipped * factor : 1 - factor);
        sets[i] = texts[i];
    }
    return 6;
}

static void run_path(const char *path, const char *const sets[], size_t count,
                     struct outcome outcomes[SEEDS]) {
    struct world world = {.scenario = {.path = NULL}};
    struct error error = {0};
    bool done = scenario_load(&world.scenario, path, sets, count, &error) &&
                model_init(&world.model, &world.scenario.parameters, &error) &&
                firm_init(&world.firm, &world.model, &error);
    if (!done) {
        (void)fputs(error_text(&error), stderr);
    }
    CU_ASSERT_FATAL(done);
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct outcome sum = {0};
        double people = 0;
        for (uint64_t firm = 0; firm < FIRMS; firm++) {
            firm_run(&world.firm, seed + 1, firm);
            for (size_t m = 0; m < 60; m++) {
                const struct ledger *all = firm_ledger(&world.firm, m, 0);
                const struct flows *f = &all->flows;
                sum.bookings += m < 12 ? f->new_revenue + f->expansion_revenue : 0;
                sum.profit += f->profit;
                sum.pay += m >= 36 ? f->salary + f->bonus + f->ltip_paid : 0;
                people += m >= 36 ? f->person_months / 12 : 0;
                sum.equity += m == 59 ? all->stocks.customer_equity : 0;
            }
        }
        outcomes[seed] = (struct outcome){sum.bookings, sum.equity, sum.pay / people, sum.profit};
    }
    world_close(&world);
}

static void run(const char *name, const char *const sets[], size_t count,
                struct outcome outcomes[SEEDS]) {
    char path[96];
    (void)snprintf(path, sizeof path, "scenarios/evidence/horizon_%s.cfg", name);
    run_path(path, sets, count, outcomes);
}

static double value_of(const struct outcome *outcome, int what) {
    return what == 0   ? outcome->bookings
           : what == 1 ? outcome->equity
           : what == 2 ? outcome->pay
                       : outcome->profit;
}
enum { BOOKINGS, EQUITY, PAY, PROFIT };

/* Relative differences of a plan to another one, seed by seed. */
static struct sample gain(const struct outcome *plan, const struct outcome *other, int what,
                          const char *name) {
    static const char *const WHAT[] = {"bookings, year 1", "equity, year 5", "pay a head, 4 and 5",
                                       "profit"};
    struct sample sample = {0};
    for (int s = 0; s < SEEDS; s++) {
        sample_add(&sample, value_of(&plan[s], what) / value_of(&other[s], what) - 1);
    }
    (void)fprintf(stderr, "  %-34s %-20s %+.4f +- %.4f\n", name, WHAT[what], sample_mean(&sample),
                  sqrt(sample_variance(&sample) / sample.count));
    return sample;
}

static int above(const struct outcome *plan, const struct outcome *other, int what) {
    int count = 0;
    for (int s = 0; s < SEEDS; s++) {
        count += value_of(&plan[s], what) > value_of(&other[s], what);
    }
    return count;
}

static bool positive(struct sample sample) { return sample_z(&sample, 0) > 4; }
static bool negative(struct sample sample) { return sample_z(&sample, 0) < -4; }

static struct outcome quarterly[SEEDS];
static struct outcome long_term[SEEDS];
static struct outcome yearly[SEEDS];

static void three_years_sell_less_now_and_are_worth_more_later(void) {
    run("quarterly", NULL, 0, quarterly);
    run("long_term", NULL, 0, long_term);
    struct sample pay = gain(long_term, quarterly, PAY, "three years over a quarter");
    (void)gain(long_term, quarterly, BOOKINGS, "");
    (void)gain(long_term, quarterly, EQUITY, "");
    CU_ASSERT(fabs(sample_mean(&pay)) < .015);
    CU_ASSERT(above(long_term, quarterly, BOOKINGS) <= SEEDS / 20);
    CU_ASSERT(above(long_term, quarterly, EQUITY) >= SEEDS - SEEDS / 20);
}

static void the_gain_comes_from_relationships(void) {
    static const double FACTORS[] = {0, .05, .1, .2, .5};
    struct sample equity[5];
    for (int i = 0; i < 5; i++) {
        char texts[6][80];
        char name[40];
        const char *sets[SETS];
        size_t count = scaled(FACTORS[i], texts, sets);
        run("quarterly", sets, count, quarterly);
        run("long_term", sets, count, long_term);
        (void)snprintf(name, sizeof name, "relationships matter by %.2f", FACTORS[i]);
        equity[i] = gain(long_term, quarterly, EQUITY, name);
        (void)gain(long_term, quarterly, PAY, "");
    }
    CU_ASSERT(negative(equity[0]));
    CU_ASSERT(sample_mean(&equity[0]) > -.04);
    CU_ASSERT(positive(equity[3]));
    CU_ASSERT(sample_mean(&equity[3]) < .04);
    CU_ASSERT(positive(equity[4]));
}

/* With plans as they are the book is worth less, but they also cost less. At equal pay nothing is
 * gained, and something is lost where nobody minds what would be forfeited. */
static void nothing_is_gained_without_relationships_at_equal_pay(void) {
    static const char *const GRANTS[2] = {"plans.long_term.components.[0].target=16600.0",
                                          "plans.long_term.components.[0].target=17700.0"};
    struct sample equity[2];
    for (int careless = 0; careless < 2; careless++) {
        char texts[6][80];
        const char *sets[SETS];
        size_t count = scaled(0, texts, sets);
        sets[count] = "roles.kam.turnover.gain_median=100.0";
        count += (size_t)careless;
        run("quarterly", sets, count, quarterly);
        sets[count++] = GRANTS[careless];
        run("long_term", sets, count, long_term);
        struct sample pay =
            gain(long_term, quarterly, PAY, careless ? "neither, equal pay" : "none, equal pay");
        equity[careless] = gain(long_term, quarterly, EQUITY, "");
        CU_ASSERT(fabs(sample_mean(&pay)) < .015);
        CU_ASSERT(fabs(sample_mean(&equity[careless])) < .015);
    }
    CU_ASSERT(negative(equity[1]));
}

/* The last is what salespeople are shipped with. At the shipped response (.5) the gain is 18 %. */
static void the_gain_hangs_on_how_strongly_people_respond(void) {
    static const char *const RESPONSES[][2] = {
        {"roles.kam.effort.response=0.5", NULL},
        {"roles.kam.effort.response=0.35", NULL},
        {"roles.kam.effort.response=0.2", NULL},
        {"roles.kam.effort.response=0.34", "roles.kam.effort.cost=0.5"}};
    struct sample equity[4];
    for (int i = 0; i < 4; i++) {
        size_t count = RESPONSES[i][1] == NULL ? 1 : 2;
        run("quarterly", RESPONSES[i], count, quarterly);
        run("long_term", RESPONSES[i], count, long_term);
        (void)gain(long_term, quarterly, BOOKINGS, count == 1 ? RESPONSES[i][0] : "salespeople's");
        (void)gain(long_term, quarterly, PAY, "");
        equity[i] = gain(long_term, quarterly, EQUITY, "");
    }
    const char *const none[] = {"simulation.effort=\"none\""};
    run("quarterly", none, 1, quarterly);
    run("long_term", none, 1, long_term);
    struct sample staying = gain(long_term, quarterly, EQUITY, none[0]);
    CU_ASSERT(sample_mean(&equity[0]) > sample_mean(&equity[2]));
    CU_ASSERT(positive(equity[2]));
    CU_ASSERT(positive(equity[3]));
    CU_ASSERT(sample_mean(&equity[3]) < sample_mean(&equity[2]));
    CU_ASSERT(sample_mean(&staying) < sample_mean(&equity[3]) / 2);
}

#define WALLET "segments.key.wallet.independence=1.0"
#define FORESIGHT "roles.kam.preferences.base_foresight=1.0"
#define NO_CHURN                                                                                   \
    "segments.key.churn={annual=0.05; relationship=0.0; satisfaction=0.0; owner_change=0.0;}"

/* Each lever alone, and the two largest together, with the shipped response and with .2. */
static void the_size_comes_from_several_levers(void) {
    static const struct {
        const char *name;
        const char *sets[2];
        size_t count;
    } LEVERS[] = {{"as shipped", {NULL}, 0},
                  {"wallets stand alone", {WALLET}, 1},
                  {"people foresee the base", {FORESIGHT}, 1},
                  {"both", {WALLET, FORESIGHT}, 2},
                  {"churn does not look at it", {NO_CHURN}, 1}};
    for (int weak = 0; weak < 2; weak++) {
        double shipped[SEEDS] = {0};
        for (int i = 0; i < 5; i++) {
            const char *sets[SETS] = {LEVERS[i].sets[0], LEVERS[i].sets[1]};
            size_t count = LEVERS[i].count;
            struct sample less = {0};
            if (weak) {
                sets[count++] = "roles.kam.effort.response=0.2";
            }
            run("quarterly", sets, count, quarterly);
            run("long_term", sets, count, long_term);
            struct sample equity = gain(long_term, quarterly, EQUITY, LEVERS[i].name);
            for (int s = 0; s < SEEDS; s++) {
                double here = long_term[s].equity / quarterly[s].equity - 1;
                shipped[s] = i == 0 ? here : shipped[s];
                sample_add(&less, shipped[s] - here);
            }
            CU_ASSERT(i == 0 || positive(less));
            CU_ASSERT(i != 3 || weak || sample_mean(&equity) < .05);
        }
    }
}

/* What is gained, and the part of it that is gone where nobody minds forfeits, seed by seed. */
static void split_gain(const char *const paths[2], const char *turnover, double all[SEEDS],
                       double staying[SEEDS], const char *name) {
    const char *const sets[2] = {turnover, "roles.kam.turnover.gain_median=100.0"};
    for (size_t careless = 0; careless < 2; careless++) {
        run_path(paths[0], sets, 1 + careless, quarterly);
        run_path(paths[1], sets, 1 + careless, long_term);
        (void)gain(long_term, quarterly, EQUITY, careless ? "nobody minds forfeits" : name);
        for (int s = 0; s < SEEDS; s++) {
            double here = long_term[s].equity / quarterly[s].equity - 1;
            all[s] = careless ? all[s] : here;
            staying[s] = all[s] - here;
        }
    }
}

static void check_split(const char *const paths[2]) {
    double gains[2][SEEDS];
    double staying[2][SEEDS];
    struct sample effort = {0};
    struct sample more = {0};
    split_gain(paths, "roles.kam.turnover.annual=0.06", gains[0], staying[0], "turnover .06");
    split_gain(paths, "roles.kam.turnover.annual=0.35", gains[1], staying[1], "turnover .35");
    for (int s = 0; s < SEEDS; s++) {
        sample_add(&effort, gains[0][s] - 2 * staying[0][s]);
        sample_add(&more, staying[1][s] - staying[0][s]);
    }
    CU_ASSERT(positive(effort)); /* less than half is lost */
    CU_ASSERT(positive(more));
}

static void the_gain_is_effort_where_few_leave_and_more_of_it_staying_where_many_do(void) {
    static const char *const HORIZON[2] = {"scenarios/evidence/horizon_quarterly.cfg",
                                           "scenarios/evidence/horizon_long_term.cfg"};
    static const char *const SHIPPED_FIRM[2] = {"scenarios/short_term_bonus.cfg",
                                                "scenarios/long_term_kam.cfg"};
    check_split(HORIZON);
    check_split(SHIPPED_FIRM);
}

/* At equal pay a head when all cycles pay. */
static struct sample wait_instead(const char *const sets[], size_t count, const char *target,
                                  const char *name, int what) {
    const char *of_yearly[SETS];
    memcpy(of_yearly, sets, count * sizeof *sets);
    of_yearly[count] = target;
    run("yearly", of_yearly, count + 1, yearly);
    run("long_term", sets, count, long_term);
    struct sample pay = gain(long_term, yearly, PAY, name);
    CU_ASSERT(fabs(sample_mean(&pay)) < .015);
    struct sample equity = gain(long_term, yearly, EQUITY, "");
    struct sample profit = gain(long_term, yearly, PROFIT, "");
    return what == EQUITY ? equity : profit;
}

static const char *const SHIPPED = "plans.yearly.components.[0].target=12300.0";
static const char *const NEITHER = "plans.yearly.components.[0].target=10600.0";
static const char *const CARELESS = "roles.kam.turnover.gain_median=100.0";

static void waiting_for_the_same_money_pays_where_people_mind_what_they_forfeit(void) {
    struct sample minding = wait_instead(NULL, 0, SHIPPED, "three years over a year", EQUITY);
    CU_ASSERT(positive(minding));
    struct sample careless = wait_instead(&CARELESS, 1, SHIPPED, "nobody minds forfeits", EQUITY);
    CU_ASSERT(sample_mean(&careless) < sample_mean(&minding));
}

static void waiting_loses_without_relationships_and_forfeits(void) {
    char texts[6][80];
    const char *sets[SETS];
    size_t count = scaled(0, texts, sets);
    sets[count++] = CARELESS;
    CU_ASSERT(negative(wait_instead(sets, count, NEITHER, "neither", PROFIT)));
}

/* Three years are three bases that are left behind, and the quota of a year is gone when it ends:
 * who sees the base rise sees less in waiting. */
static void waiting_pays_less_where_people_foresee_the_base(void) {
    static const char *const FORESEEING = "roles.kam.preferences.base_foresight=1.0";
    struct sample blind = wait_instead(NULL, 0, SHIPPED, "three years over a year", EQUITY);
    struct sample foreseeing =
        wait_instead(&FORESEEING, 1, SHIPPED, "who foresee the base", EQUITY);
    CU_ASSERT(sample_mean(&foreseeing) < sample_mean(&blind));
}

static const struct test TESTS[] = {
    {"the size of the gain comes from several levers", the_size_comes_from_several_levers},
    {"the gain is effort where few leave, and more of it staying where many do",
     the_gain_is_effort_where_few_leave_and_more_of_it_staying_where_many_do},
    {"pay for three years sells less now and makes customers worth more later",
     three_years_sell_less_now_and_are_worth_more_later},
    {"the gain of long-term pay comes from relationships", the_gain_comes_from_relationships},
    {"nothing is gained without relationships at equal pay",
     nothing_is_gained_without_relationships_at_equal_pay},
    {"the gain of long-term pay hangs on how strongly people respond",
     the_gain_hangs_on_how_strongly_people_respond},
    {"waiting for the same money pays where people mind what they forfeit",
     waiting_for_the_same_money_pays_where_people_mind_what_they_forfeit},
    {"waiting loses without relationships and forfeits",
     waiting_loses_without_relationships_and_forfeits},
    {"waiting pays less where people foresee the base",
     waiting_pays_less_where_people_foresee_the_base},
};

const struct suite suite_verify_horizon = {"verify_horizon", TESTS, sizeof TESTS / sizeof TESTS[0]};

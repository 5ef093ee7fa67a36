#include "pay_fixture.h"
#include "plan/payout.h"
#include "test.h"

#include <math.h>

/* Twenty people with one award each year and nothing else; prices move much. */
#define OWNERS                                                                                     \
    "simulation.years=6", "roles.sales.headcount=20", "roles.sales.recruiting.days=30.0",          \
        "segments.standard.leads.per_hunter=8.0", "segments.standard.accounts=200",                \
        "economy.share={growth=0.0;volatility=0.5;loading=0.0;price=20.0}", "firm.pay_growth=0.05"
enum { OWNERS_COUNT = 7, SEATS = 20, GRANTS = 8 };

/* One grant as the terms say, kept apart from the firm. */
struct shadow {
    bool open;
    long age;
    double units;
    double price;
    double cost; /* of a unit at the grant */
    double value;
    double settled; /* share */
    double vested;
    double sum; /* ltip: measure, or product of ratios */
    double quota;
};

struct owners {
    struct pay_world pay;
    const struct component *terms;
    const struct component_law *law;
    struct shadow shadows[SEATS][GRANTS];
    struct seat before[SEATS];
    double paid;     /* this month, by the shadows */
    double vested;   /* value at grant of what vested, so far */
    double settled;  /* paid so far, by the shadows */
    double expenses; /* so far, by the tables */
    double payments;
    double kept_by_leavers;
    size_t leavers;
    size_t accelerated;
};

static void owners_open(struct owners *owners, const char *terms, const char *const more[],
                        size_t more_count) {
    char plan[600];
    const char *sets[24] = {OWNERS, plan};
    (void)snprintf(plan, sizeof plan, "plans.fixed={salary=80000;components=(%s)}", terms);
    for (size_t i = 0; i < more_count; i++) {
        sets[OWNERS_COUNT + 1 + i] = more[i];
    }
    *owners = (struct owners){.paid = 0};
    char *path = fixture_file(QUIET, strlen(QUIET));
    pay_world_open(&owners->pay, path, sets, OWNERS_COUNT + 1 + more_count);
    CU_ASSERT_EQUAL(unlink(path), 0);
    free(path);
    owners->law = &owners->pay.world.model.roles[0].components[0];
    owners->terms = owners->law->terms;
    firm_start(&owners->pay.world.firm, 61, 2);
}

static bool has_strike(const struct component *terms) {
    return terms->settlement == SETTLEMENT_OPTION || terms->settlement == SETTLEMENT_SAR;
}

static double unit_value(const struct component *terms, const struct shadow *shadow, double price) {
    double strike = terms->strike * shadow->price;
    return terms->settlement == SETTLEMENT_CASH ? shadow->price
           : has_strike(terms)                  ? fmax(0, price - strike)
                                                : price;
}

static void shadow_grant(struct owners *owners, size_t n, size_t month, double price) {
    const struct component *terms = owners->terms;
    bool due = terms->every_months > 0 ? month % (size_t)terms->every_months == 0
                                       : owners->before[n].person.in_role == 0;
    if (!due) {
        return;
    }
    size_t g = 0;
    while (owners->shadows[n][g].open) {
        g++;
        CU_ASSERT_FATAL(g < GRANTS);
    }
    double value = terms->target * pow(1.05, (double)(month / 12));
    double cost = has_strike(terms) ? owners->law->option_cost * price / 20 : price;
    owners->shadows[n][g] = (struct shadow){.open = true,
                                            .value = value,
                                            .units = value / cost,
                                            .cost = cost,
                                            .price = price,
                                            .sum = terms->metric == METRIC_NET_RETENTION};
}

static void shadow_pay(struct owners *owners, struct shadow *shadow, double vested, double price) {
    const struct component *terms = owners->terms;
    double paid = shadow->units * (vested - shadow->settled) * unit_value(terms, shadow, price);
    owners->paid += paid;
    owners->settled += paid;
    shadow->settled = vested;
}

/* Of an LTIP, as share of the target. */
static double shadow_result(const struct owners *owners, const struct shadow *shadow) {
    double attainment =
        owners->terms->metric == METRIC_NET_RETENTION ? shadow->sum : shadow->sum / shadow->quota;
    return payout_share(owners->terms, attainment, 0);
}

static void shadow_month(struct owners *owners, size_t n, struct shadow *shadow, size_t month,
                         double price) {
    const struct firm *firm = &owners->pay.world.firm;
    const struct component *terms = owners->terms;
    const struct slot_law *slot = &firm->model->roles[0].slots[0];
    shadow->age++;
    if (terms->type == COMPONENT_LTIP) {
        double value = measure_read(firm, n, slot, month).value;
        bool index = terms->metric == METRIC_NET_RETENTION;
        shadow->sum = index ? shadow->sum * value : shadow->sum + value;
        shadow->quota += slot->quota_year / 12; /* skill and error 1, no growth */
        if (shadow->age == terms->cycle_months) {
            double ratio = terms->settlement == SETTLEMENT_CASH ? 1 : price / shadow->price;
            owners->paid += shadow->value * shadow_result(owners, shadow) * ratio;
            owners->settled += shadow->value * shadow_result(owners, shadow) * ratio;
            shadow->open = false;
        }
        return;
    }
    double was = shadow->vested;
    shadow->vested = payout_vested(terms, shadow->age);
    owners->vested += shadow->units * shadow->cost * (shadow->vested - was);
    bool waits = has_strike(terms) && unit_value(terms, shadow, price) <= 0 &&
                 shadow->age < terms->term_months;
    if (shadow->vested > shadow->settled && !waits) {
        shadow_pay(owners, shadow, shadow->vested, price);
    }
    shadow->open = shadow->settled < 1;
}

/* Somebody has left: rule by rule. */
static void shadow_leave(struct owners *owners, struct shadow *shadow, long rule, double price) {
    const struct component *terms = owners->terms;
    bool is_ltip = terms->type == COMPONENT_LTIP;
    double length = (double)(is_ltip ? terms->cycle_months : terms->vesting_months);
    double worked = (double)shadow->age / length;
    double keeps = rule == LEAVER_ACCELERATE ? 1
                   : rule == LEAVER_PRO_RATA ? fmax(worked, shadow->vested)
                   : rule == LEAVER_FORFEIT  ? shadow->vested
                                             : shadow->settled;
    double before = owners->settled;
    if (is_ltip) {
        double ratio = terms->settlement == SETTLEMENT_CASH ? 1 : price / shadow->price;
        double paid = shadow->value * shadow_result(owners, shadow) * ratio * keeps;
        owners->paid += paid;
        owners->settled += paid;
    } else {
        owners->vested += shadow->units * shadow->cost * fmax(0, keeps - shadow->vested);
        shadow_pay(owners, shadow, keeps, price);
    }
    owners->kept_by_leavers += owners->settled - before;
    shadow->open = false;
}

/* `dismissed`: everybody who leaves does so after a dismissal. */
static long rule_now(const struct owners *owners, size_t month, bool retires, bool dismissed) {
    long sale = owners->pay.world.scenario.parameters.firm.sale.month - 1;
    long window = owners->pay.world.scenario.parameters.firm.sale.window_months;
    bool soon = sale >= 0 && (long)month >= sale && (long)month < sale + window;
    if (owners->terms->trigger == TRIGGER_DOUBLE && dismissed && soon) {
        return LEAVER_ACCELERATE;
    }
    return retires ? owners->terms->good_leaver : owners->terms->leaver;
}

/* One month of the firm and of the shadows; payments agree within a cent a grant. */
static void owners_month(struct owners *owners, size_t month) {
    struct firm *firm = &owners->pay.world.firm;
    const struct role_law *law = &firm->model->roles[0];
    memcpy(owners->before, firm->seats, sizeof owners->before);
    firm_step(firm, month);
    const struct flows *flows = &firm_ledger(firm, month, 1)->flows;
    double price = 20 * firm->share_price;
    bool sold = owners->terms->trigger == TRIGGER_SINGLE &&
                owners->pay.world.scenario.parameters.firm.sale.month == (long)month + 1;
    owners->paid = 0;
    for (size_t n = 0; n < SEATS; n++) {
        const struct seat *was = &owners->before[n];
        if (!was->filled) {
            continue;
        }
        shadow_grant(owners, n, month, price);
        bool gone = !firm->seats[n].filled || firm->seats[n].person.entity != was->person.entity;
        bool retires = was->person.tenure + 1 >= (long)law->tenure.months;
        long rule = rule_now(owners, month, retires, flows->exits_voluntary == 0 && !retires);
        owners->leavers += gone;
        owners->accelerated += gone && rule == LEAVER_ACCELERATE;
        for (size_t g = 0; g < GRANTS; g++) {
            struct shadow *shadow = &owners->shadows[n][g];
            if (shadow->open) {
                shadow_month(owners, n, shadow, month, price);
            }
            if (shadow->open && (gone || sold)) {
                shadow_leave(owners, shadow, sold ? LEAVER_ACCELERATE : rule, price);
            }
        }
    }
    owners->expenses += flows->lti_expense;
    owners->payments += flows->ltip_paid + flows->shares_vested;
    CU_ASSERT_DOUBLE_EQUAL(flows->ltip_paid + flows->shares_vested, owners->paid, 1.2);
    CU_ASSERT(owners->expenses > -0.01 - 0.01 * (double)month);
}

/* Booked on what is not settled yet. */
static double open_expense(const struct owners *owners) {
    const struct firm *firm = &owners->pay.world.firm;
    double sum = 0;
    for (size_t a = 0; a < SEATS * firm->model->award_most; a++) {
        sum += firm->awards[a].open ? firm->awards[a].expense : 0;
    }
    return sum;
}

/* Over the life of the awards the expense is what was paid, or for real shares and options the
 * value at grant of what vested. */
static void check_expense(struct owners *owners) {
    bool equity =
        owners->terms->type == COMPONENT_SHARES && (owners->terms->settlement == SETTLEMENT_RSU ||
                                                    owners->terms->settlement == SETTLEMENT_OPTION);
    double open = open_expense(owners);
    double waiting = 0; /* vested, not settled: in the open expense */
    for (size_t n = 0; n < SEATS; n++) {
        for (size_t g = 0; g < GRANTS; g++) {
            const struct shadow *shadow = &owners->shadows[n][g];
            waiting += shadow->open
                           ? shadow->units * shadow->cost * (shadow->vested - shadow->settled)
                           : 0;
        }
    }
    double due = equity ? owners->vested - waiting : owners->payments;
    CU_ASSERT_DOUBLE_EQUAL(owners->expenses - open, due, 1e-6 * due + 1);
    CU_ASSERT(due > 100000);
}

static void awards_pay_and_cost_what_their_terms_say(void) {
    static const struct {
        const char *terms;
        bool leavers_keep;
    } CASES[] = {
        {"{type=\"shares\";settlement=\"rsu\";target=10000;vesting_months=36;cliff_months=12;"
         "step_months=3;leaver=\"forfeit\"}",
         false},
        {"{type=\"shares\";settlement=\"rsu\";target=10000;vesting_months=36;cliff_months=36;"
         "step_months=1;leaver=\"accelerate\"}",
         true},
        {"{type=\"shares\";settlement=\"phantom\";target=10000;vesting_months=48;cliff_months=12;"
         "step_months=12;leaver=\"pro_rata\"}",
         true},
        {"{type=\"shares\";settlement=\"phantom\";target=10000;vesting_months=24;cliff_months=12;"
         "step_months=1;every_months=0}",
         false},
        {"{type=\"shares\";settlement=\"cash\";target=10000;vesting_months=24;cliff_months=24;"
         "step_months=1;every_months=24;leaver=\"pro_rata\"}",
         true},
        {"{type=\"shares\";settlement=\"option\";target=10000;vesting_months=24;cliff_months=12;"
         "step_months=1;term_months=60;leaver=\"forfeit\"}",
         false},
        {"{type=\"shares\";settlement=\"option\";target=10000;vesting_months=24;cliff_months=12;"
         "step_months=1;term_months=60;leaver=\"forfeit_all\"}",
         false},
        {"{type=\"shares\";settlement=\"sar\";target=10000;vesting_months=24;cliff_months=12;"
         "step_months=12;strike=1.1;term_months=48;leaver=\"accelerate\"}",
         true},
        {"{type=\"ltip\";metric=\"net_retention\";target=10000;payout=([0.3,0],[0.8,1],[1.1,2]);"
         "cycle_months=24;leaver=\"pro_rata\"}",
         true},
        {"{type=\"ltip\";metric=\"new_revenue\";target=10000;payout=([0.2,0],[1,1],[2,2]);"
         "cycle_months=36;settlement=\"phantom\";leaver=\"forfeit\"}",
         false},
    };
    const char *const more[] = {"roles.sales.turnover.annual=0.25", "roles.sales.skill.spread=0.0",
                                "roles.sales.quota.error=0.0"};
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct owners owners;
        owners_open(&owners, CASES[i].terms, more, 3);
        for (size_t month = 0; month < 72; month++) {
            owners_month(&owners, month);
        }
        check_expense(&owners);
        CU_ASSERT(owners.leavers > 5);
        CU_ASSERT_EQUAL(owners.kept_by_leavers > 10, CASES[i].leavers_keep);
        pay_world_close(&owners.pay);
    }
}

/* The firm is sold in month 30: dismissed within a year, all vests; others lose what has not. */
static void a_second_trigger_vests_everything(void) {
    const char *const dismissing[] = {
        "roles.sales.turnover={annual=0.001;misfit=0.0;pay_elasticity=0.0}",
        "roles.sales.dismissal={floor=0.9;months=1;probability=0.05;notice_months=0}",
        "firm.sale={month=30;window_months=12}"};
    struct owners owners;
    owners_open(&owners,
                "{type=\"shares\";settlement=\"rsu\";target=10000;vesting_months=48;"
                "cliff_months=12;step_months=1;trigger=\"double\"}",
                dismissing, 3);
    double kept = 0;
    for (size_t month = 0; month < 72; month++) {
        double before = owners.kept_by_leavers;
        owners_month(&owners, month);
        bool soon = month >= 29 && month < 41;
        CU_ASSERT(soon || owners.kept_by_leavers - before < 1e-9);
        kept += soon ? owners.kept_by_leavers - before : 0;
    }
    check_expense(&owners);
    CU_ASSERT(owners.accelerated > 1 && owners.leavers > owners.accelerated + 3);
    CU_ASSERT(kept > 1000);
    pay_world_close(&owners.pay);
}

static void a_single_trigger_vests_everything_at_the_sale(void) {
    const char *const sold[] = {"roles.sales.turnover.annual=0.2", "firm.sale={month=30}"};
    struct owners owners;
    owners_open(&owners,
                "{type=\"shares\";settlement=\"phantom\";target=10000;vesting_months=48;"
                "cliff_months=48;step_months=1;trigger=\"single\"}",
                sold, 2);
    for (size_t month = 0; month < 72; month++) {
        owners_month(&owners, month);
        CU_ASSERT_EQUAL(owners.paid > 100000, month == 29);
        CU_ASSERT(month != 29 || open_expense(&owners) == 0);
    }
    check_expense(&owners);
    pay_world_close(&owners.pay);
}

/* Who comes from another role is new to the plan: a grant on joining, a quota that grows, a draw.
 */
static void movers_are_new_to_the_plan_of_their_role(void) {
    const char *const sets[] = {PAY_SMALL,
                                "roles.kam.recruiting.internal=[\"sales\",\"development\"]",
                                "roles.kam.recruiting.internal_months=6",
                                "roles.kam.turnover.annual=0.6",
                                "roles.kam.timing.hassle=0.21",
                                "plans.kam_virtual_shares.components.[1].every_months=0",
                                "plans.kam_virtual_shares.draw.amount=1000.0",
                                "plans.kam_virtual_shares.draw.rule=\"non_recoverable\"",
                                "plans.kam_virtual_shares.draw.months=2"};
    struct pay_world pay;
    const struct role_law *law =
        pay_world_plan(&pay, "kam_virtual_shares", sets, PAY_SMALL_COUNT + 8);
    struct firm *firm = &pay.world.firm;
    size_t movers = 0;
    firm_start(firm, 5, 1);
    for (size_t month = 0; month < pay.world.model.months; month++) {
        bool moved[64] = {false};
        for (size_t seat = law->first_seat; seat < law->first_seat + law->seats; seat++) {
            const struct person *person = &firm->seats[seat].person;
            moved[seat] = firm->seats[seat].filled && person->in_role == 0 && person->tenure >= 6;
        }
        firm_step(firm, month);
        for (size_t seat = law->first_seat; seat < law->first_seat + law->seats; seat++) {
            if (!moved[seat] || !firm->seats[seat].filled || month % 12 == 11) {
                continue;
            }
            const struct award *award = seat_awards(firm, seat, &law->components[1]);
            movers++;
            CU_ASSERT(award->open && award->age == 1);
            CU_ASSERT_DOUBLE_EQUAL(pay.log[month * pay.world.model.seat_count + seat].draw, 1000,
                                   1e-9);
        }
    }
    CU_ASSERT(movers > 1);
    pay_world_close(&pay);
}

static const struct test TESTS[] = {
    {"awards pay and cost what their terms say", awards_pay_and_cost_what_their_terms_say},
    {"a second trigger vests everything", a_second_trigger_vests_everything},
    {"a single trigger vests everything at the sale",
     a_single_trigger_vests_everything_at_the_sale},
    {"movers are new to the plan of their role", movers_are_new_to_the_plan_of_their_role},
};

const struct suite suite_pay_awards = {"pay awards", TESTS, sizeof TESTS / sizeof TESTS[0]};

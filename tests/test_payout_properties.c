/* What holds for any plan of a kind: random terms and facts from fixed rows of random numbers. */
#include "base/random.h"
#include "plan/payout.h"
#include "plan/valuation.h"
#include "plan_fixture.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <math.h>

enum { PLANS = 60 };

/* The draws of one plan, in order. */
struct draws {
    uint64_t row;
    uint64_t used;
};

static double uniform(struct draws *draws) { return random_uniform(draws->row, draws->used++); }

static bool coin(struct draws *draws) { return uniform(draws) < 0.5; }

/* An amount in whole cents. */
static double amount(struct draws *draws, double most) {
    return floor(uniform(draws) * most * 100.0) / 100.0;
}

static struct draws draws_of(uint64_t purpose, int plan) {
    return (struct draws){.row = random_row(7, (uint64_t)plan, 0, purpose)};
}

/* [at, value] with rising places; `rises`: values rise too, some by jumps. */
static void add_curve(struct text *text, struct draws *draws, const char *name, double first,
                      double step, double value, bool rises) {
    text_add(text, "%s = ( [%.4f, %.4f]", name, first, value);
    double at = first;
    bool jumps = false;
    for (int p = 0; p < 4; p++) {
        jumps = rises && !jumps && uniform(draws) < 0.25;
        at += jumps ? 0.0 : floor(uniform(draws) * step * 1e4 + 1.0) / 1e4;
        double more = uniform(draws) * 0.6;
        value = rises ? value + more : more;
        text_add(text, ", [%.4f, %.4f]", at, value);
    }
    text_add(text, " ); ");
}

/* A setting with an amount, or nothing. */
static void maybe_amount(struct text *text, struct draws *draws, const char *name, double most) {
    if (coin(draws)) {
        text_add(text, "%s = %.2f; ", name, amount(draws, most));
    }
}

static void maybe(struct text *text, struct draws *draws, const char *setting) {
    text_add(text, "%s", coin(draws) ? setting : "");
}

/* Tiers from 0 on: marginal, rates anywhere in 0 .. .6. */
static void add_tiers(struct text *text, struct draws *draws) {
    text_add(text, "tiers = ( [0, %.4f]", uniform(draws) * 0.1);
    double from = 0.0;
    for (int t = 0; t < 4; t++) {
        from += 1.0 + amount(draws, 20000.0);
        text_add(text, ", [%.2f, %.4f]", from, uniform(draws) * 0.1);
    }
    text_add(text, " ); ");
}

static double total(const struct plan_case *plan_case, const char *facts) {
    struct plan_paid paid = {0};
    double sum = 0.0;
    CU_ASSERT_FATAL(plan_run(plan_case, facts, &paid));
    for (long m = 0; m < paid.months; m++) {
        sum += paid.month[m].payment.total + paid.month[m].awards;
    }
    plan_paid_free(&paid);
    return payout_round(sum);
}

/* ---- the properties */

static void add_rising_terms(struct text *text, struct draws *draws) {
    text_add(text, "components = ( { metric = \"new_revenue\"; ");
    if (coin(draws)) {
        text_add(text, "type = \"bonus\"; target = %.2f; quota = %.2f; slope_above = %.3f; ",
                 amount(draws, 50000.0), 1000.0 + amount(draws, 30000.0), uniform(draws) * 3.0);
        add_curve(text, draws, "payout", uniform(draws) * 0.5, 0.8, uniform(draws) * 0.2, true);
    } else {
        text_add(text, "type = \"commission\"; ");
        add_tiers(text, draws);
        maybe_amount(text, draws, "threshold", 20000.0);
        maybe(text, draws, "threshold_rule = \"first_euro\"; ");
    }
    maybe_amount(text, draws, "cap", 20000.0);
    maybe(text, draws, "edge = \"exceeded\"; ");
    text_add(text, "multipliers = ( { metric = \"nps\"; factor = ( [0, 1.3] ); } ); } );");
}

static void rising_curves_pay_rising_amounts(void) {
    for (int plan = 0; plan < PLANS; plan++) {
        struct draws draws = draws_of(1, plan);
        struct text text = {0};
        struct plan_case plan_case = {0};
        add_rising_terms(&text, &draws);
        CU_ASSERT_FATAL(plan_open(&plan_case, text_bytes(&text)));
        double before = 0.0;
        bool pays = false;
        for (int i = 0; i < 40; i++) {
            char facts[128];
            (void)snprintf(facts, sizeof facts, "nps 1; new_revenue %.2f", i * 1733.21);
            double now = total(&plan_case, facts);
            CU_ASSERT(now >= before);
            pays = pays || now > before;
            before = now;
        }
        CU_ASSERT(pays);
        plan_close(&plan_case);
        text_free(&text);
    }
}

/* Deals of three months: `swapped` in another order, the first `cut` in two. */
static void add_deals(struct text *facts, const double deals[6], bool swapped, double cut) {
    for (int d = 0; d < 6; d++) {
        int which = swapped ? 5 - d : d;
        int month = which / 2 + 1;
        bool split = which == 0 && cut > 0.0;
        text_add(facts, split ? "; deal %d %.2f %.2f" : "; deal %d %.2f", month,
                 split ? cut : deals[which], deals[which] - cut);
    }
}

static void splitting_and_ordering_deals_changes_nothing(void) {
    for (int plan = 0; plan < PLANS; plan++) {
        struct draws draws = draws_of(2, plan);
        struct text text = {0};
        struct text facts[3] = {{0}};
        struct plan_case plan_case = {0};
        double deals[6];
        text_add(&text, "components = ( { type = \"commission\"; metric = \"new_revenue\"; ");
        add_tiers(&text, &draws);
        /* one factor for all deals: they are credited one by one */
        text_add(&text, coin(&draws) ? "deal_factors = ( [0, 1.1] ); } );" : "} );");
        for (int d = 0; d < 6; d++) {
            deals[d] = 1.0 + amount(&draws, 15000.0);
        }
        add_deals(&facts[0], deals, false, 0.0);
        add_deals(&facts[1], deals, false, amount(&draws, deals[0]));
        add_deals(&facts[2], deals, true, 0.0);
        CU_ASSERT_FATAL(plan_open(&plan_case, text_bytes(&text)));
        double whole = total(&plan_case, text_bytes(&facts[0]));
        CU_ASSERT(whole > 0.0);
        CU_ASSERT_EQUAL(total(&plan_case, text_bytes(&facts[1])), whole);
        CU_ASSERT_EQUAL(total(&plan_case, text_bytes(&facts[2])), whole);
        plan_close(&plan_case);
        for (int f = 0; f < 3; f++) {
            text_free(&facts[f]);
        }
        text_free(&text);
    }
}

/* The same terms by quarter and by year; amounts in units of `periods` quarters. */
static void add_terms(struct text *text, struct draws draws, const char *head, double periods) {
    text_add(text, "components = ( { metric = \"new_revenue\"; %s ", head);
    text_add(text, "season = ( 1.0, 2.0, 1.0, 0.5, 0.5, 0.5, 3.0, 1.0, 1.0, 1.0, 1.0, 4.0 ); ");
    if (coin(&draws)) {
        text_add(text, "type = \"bonus\"; target = %.2f; quota = %.2f; slope_above = 1.5; ",
                 amount(&draws, 50000.0), periods * (1000.0 + floor(uniform(&draws) * 30000.0)));
        add_curve(text, &draws, "payout", uniform(&draws) * 0.5, 0.8, uniform(&draws) * 0.2, true);
    } else {
        text_add(text,
                 "type = \"commission\"; tiers = ( [0, 0.05], [%.2f, 0.021], [%.2f, 0.09] ); ",
                 periods * floor(1.0 + uniform(&draws) * 10000.0), periods * 11000.0);
        text_add(text, "threshold = %.2f; ", periods * floor(uniform(&draws) * 8000.0));
    }
    text_add(text, "cap = %.2f; } );", periods * floor(3000.0 + uniform(&draws) * 9000.0));
}

static void paying_to_date_pays_the_year(void) {
    for (int plan = 0; plan < PLANS; plan++) {
        struct draws draws = draws_of(3, plan);
        struct text quarters = {0};
        struct text year = {0};
        struct plan_case by_quarter = {0};
        struct plan_case by_year = {0};
        char facts[256];
        add_terms(&quarters, draws,
                  "period = \"quarter\"; quota_basis = \"year_to_date\"; negative = \"recover\"; ",
                  1.0);
        add_terms(&year, draws, "period = \"year\"; ", 4.0);
        draws.used = 100;
        int start = 1 + (int)(uniform(&draws) * 9.0); /* joiners too */
        (void)snprintf(facts, sizeof facts,
                       "step 1; start %d; months %d; new_revenue %.2f %.2f %.2f %.2f", start,
                       13 - start, amount(&draws, 30000.0), amount(&draws, 30000.0),
                       amount(&draws, 30000.0), amount(&draws, 30000.0));
        CU_ASSERT_FATAL(plan_open(&by_quarter, text_bytes(&quarters)));
        CU_ASSERT_FATAL(plan_open(&by_year, text_bytes(&year)));
        CU_ASSERT_EQUAL(total(&by_quarter, facts), total(&by_year, facts));
        plan_close(&by_quarter);
        plan_close(&by_year);
        text_free(&quarters);
        text_free(&year);
    }
}

static void a_year_pays_its_rounded_entitlement(void) {
    for (int plan = 0; plan < PLANS; plan++) {
        struct draws draws = draws_of(4, plan);
        struct text text = {0};
        struct text facts = {0};
        struct plan_case plan_case = {0};
        double rate = floor(1.0 + uniform(&draws) * 9999.0) / 1e5;
        double entitled = 0.0;
        double worst = 0.0;
        text_add(&text,
                 "components = ( { type = \"commission\"; metric = \"new_revenue\"; "
                 "period = \"month\"; rate = %.5f; } );",
                 rate);
        text_add(&facts, "new_revenue");
        CU_ASSERT_FATAL(plan_open(&plan_case, text_bytes(&text)));
        for (int m = 0; m < 12; m++) {
            double sold = amount(&draws, 50.0);
            entitled += rate * sold;
            text_add(&facts, " %.2f", sold);
            double off = fabs(total(&plan_case, text_bytes(&facts)) - entitled);
            worst = off > worst ? off : worst;
        }
        CU_ASSERT(worst <= 0.005 + 1e-8);
        CU_ASSERT_EQUAL(total(&plan_case, text_bytes(&facts)), payout_round(entitled));
        plan_close(&plan_case);
        text_free(&text);
        text_free(&facts);
    }
}

/* Random components of all types, with all that changes what they pay later. */
static void add_anything(struct text *text, struct draws *draws) {
    int type = (int)(uniform(draws) * 5.0);
    if (type == 0) {
        text_add(text,
                 "components = ( { type = \"shares\"; every_months = 0; settlement = "
                 "\"phantom\"; units = %.2f; vesting_months = 12; cliff_months = 3; "
                 "step_months = 3; } );",
                 amount(draws, 100.0));
        return;
    }
    if (type == 1) {
        text_add(text,
                 "components = ( { type = \"ltip\"; metric = \"new_revenue\"; target = %.2f; "
                 "quota = %.2f; cycle_months = 12; ",
                 amount(draws, 9000.0), 1000.0 + amount(draws, 90000.0));
        add_curve(text, draws, "payout", 0.0, 0.8, 0.1, true);
        text_add(text, "} );");
        return;
    }
    text_add(text, "components = ( { metric = \"new_revenue\"; quota = %.2f; ",
             1000.0 + amount(draws, 30000.0));
    if (type == 2) {
        text_add(text, "type = \"bonus\"; target = %.2f; ", amount(draws, 50000.0));
        add_curve(text, draws, "payout", uniform(draws) * 0.5, 0.8, 0.1, false);
    } else {
        text_add(text, "type = \"commission\"; deal_factors = ( [0.5, 1.2] ); ");
        add_tiers(text, draws);
    }
    maybe(text, draws, "quota_basis = \"year_to_date\"; ");
    maybe(text, draws, "negative = \"recover\"; ");
    maybe(text, draws, "bank = { pays = 0.4; }; ");
    maybe(text, draws, "hold_back = { share = 0.3; months = 4; }; ");
    maybe(text, draws, "clawback = { months = 9; }; ");
    text_add(text, "} );");
}

static void the_last_step_of_the_trace_is_the_payment(void) {
    size_t payments = 0;
    for (int plan = 0; plan < 4 * PLANS; plan++) {
        struct draws draws = draws_of(5, plan);
        struct text text = {0};
        struct plan_case plan_case = {0};
        struct plan_paid paid = {0};
        char facts[256];
        add_anything(&text, &draws);
        CU_ASSERT_FATAL(plan_open(&plan_case, text_bytes(&text)));
        (void)snprintf(facts, sizeof facts,
                       "price 10 11.37 9.11 12; deal 2 %.2f; deal 5 %.2f %.2f; deal 9 %.2f; "
                       "cancel 8 5 800; months 12",
                       amount(&draws, 9000.0), 800.0 + amount(&draws, 20000.0),
                       amount(&draws, 7000.0), amount(&draws, 90000.0));
        CU_ASSERT_FATAL(plan_run(&plan_case, facts, &paid));
        for (long m = 0; m < paid.months; m++) {
            const struct plan_month *month = &paid.month[m];
            double pay = month->payment.total + month->awards;
            const struct trace *trace = &month->trace;
            double last = trace->count > 0 ? trace->steps[trace->count - 1].result : 0.0;
            bool settles =
                trace->count > 0 && (trace->steps[trace->count - 1].kind == TRACE_ROUNDING ||
                                     trace->steps[trace->count - 1].kind == TRACE_AWARD);
            CU_ASSERT_EQUAL(settles ? last : 0.0, pay);
            payments += pay != 0.0;
        }
        plan_paid_free(&paid);
        plan_close(&plan_case);
        text_free(&text);
    }
    CU_ASSERT(payments > 4 * PLANS);
}

/* One period at a measure, before rounding. */
static double earned(const struct component *component, double measure, double scale,
                     double second) {
    double attainment[SLOT_LISTS + 2] = {0};
    measure *= component->credit.share;
    attainment[SLOT_MAIN] = attainment_of(measure, METRIC_FLOW, component->quota);
    attainment[SLOT_MATRIX] = second;
    struct period_result result = {.periods = 1.0,
                                   .scale = scale,
                                   .measure = measure,
                                   .weighted = measure,
                                   .quota = component->quota,
                                   .share = 1.0,
                                   .attainment = attainment};
    return payout_earned(component, 0, &result, NULL);
}

static void pay_grows_with_the_scale_of_targets(void) {
    for (int plan = 0; plan < PLANS; plan++) {
        struct draws draws = draws_of(6, plan);
        struct text text = {0};
        struct plan_case plan_case = {0};
        text_add(&text, "components = ( { metric = \"new_revenue\"; target = %.2f; quota = %.2f; ",
                 amount(&draws, 50000.0), 1000.0 + amount(&draws, 30000.0));
        text_add(&text, coin(&draws) ? "type = \"commission\"; threshold = 700; "
                                     : "type = \"bonus\"; payout = ( [0.3, 0.1], [1, 1] ); "
                                       "slope_above = 1.7; ");
        text_add(&text, "} );");
        CU_ASSERT_FATAL(plan_open(&plan_case, text_bytes(&text)));
        const struct component *component = &plan_case.plan->components[0];
        double measure = 700.0 + amount(&draws, 40000.0);
        double once = earned(component, measure, 1.0, 0.0);
        CU_ASSERT_DOUBLE_EQUAL(earned(component, measure, 3.0, 0.0), 3.0 * once, 1e-9);
        CU_ASSERT_EQUAL(earned(component, measure, 0.0, 0.0), 0.0);
        plan_close(&plan_case);
        text_free(&text);
    }
}

static void add_valued_terms(struct text *text, struct draws *draws) {
    text_add(text, "components = ( { metric = \"new_revenue\"; credit = { share = %.3f; }; ",
             0.2 + uniform(draws));
    double kind = uniform(draws);
    if (kind < 0.5) {
        text_add(text, "type = \"commission\"; ");
        if (kind < 0.1) {
            text_add(text, "rate = 0.07; ");
        } else if (kind < 0.2) {
            text_add(text, "target = 9000; quota = 12000; ");
        } else {
            add_tiers(text, draws);
            maybe(text, draws, "tier_rule = \"retroactive\"; ");
        }
        maybe_amount(text, draws, "threshold", 20000.0);
        maybe(text, draws, "threshold_rule = \"first_euro\"; ");
        maybe_amount(text, draws, "most_units", 40000.0);
    } else if (kind < 0.75) {
        text_add(text, "type = \"bonus\"; target = 20000; quota = 15000; slope_above = 1.1; ");
        add_curve(text, draws, "payout", uniform(draws) * 0.5, 0.8, 0.1, coin(draws));
    } else {
        text_add(text, "type = \"bonus\"; target = 20000; quota = 15000; matrix = { metric = "
                       "\"margin_rate\"; columns = ( { at = 0.1; ");
        add_curve(text, draws, "payout", uniform(draws) * 0.5, 0.8, 0.1, true);
        text_add(text, "}, { at = 0.4; ");
        add_curve(text, draws, "payout", uniform(draws) * 0.5, 0.8, 0.2, true);
        text_add(text, "} ); }; ");
    }
    maybe_amount(text, draws, "cap", 5000.0);
    text_add(text, "} );");
}

static void payoffs_are_the_pay(void) {
    for (int plan = 0; plan < 6 * PLANS; plan++) {
        struct draws draws = draws_of(8, plan);
        struct text text = {0};
        struct plan_case plan_case = {0};
        add_valued_terms(&text, &draws);
        CU_ASSERT_FATAL(plan_open(&plan_case, text_bytes(&text)));
        const struct component *component = &plan_case.plan->components[0];
        double second = uniform(&draws) * 0.5;
        const struct valuation around = {
            .quota = component->quota, .scale = 1.0, .factor = 1.0, .second = second};
        struct payoff payoff = valuation_payoff(component, &around);
        size_t same = 0;
        for (int i = 0; i < 60; i++) {
            double measure = uniform(&draws) * 70000.0;
            double wanted = earned(component, measure, 1.0, second);
            same += fabs(payoff_expectation(&payoff, measure, 0.0) - wanted) <= 1e-8;
        }
        CU_ASSERT_EQUAL(same, 60);
        if (same != 60) {
            (void)fprintf(stderr, "\n%zu of 60: %s\n", same, text_bytes(&text));
        }
        plan_close(&plan_case);
        text_free(&text);
    }
}

static const struct test TESTS[] = {
    {"rising curves pay rising amounts", rising_curves_pay_rising_amounts},
    {"splitting and ordering deals changes nothing", splitting_and_ordering_deals_changes_nothing},
    {"paying to date pays the year", paying_to_date_pays_the_year},
    {"a year pays its rounded entitlement", a_year_pays_its_rounded_entitlement},
    {"the last step of the trace is the payment", the_last_step_of_the_trace_is_the_payment},
    {"pay grows with the scale of targets", pay_grows_with_the_scale_of_targets},
    {"payoffs are the pay", payoffs_are_the_pay},
};

const struct suite suite_payout_properties = {"payout_properties", TESTS,
                                              sizeof TESTS / sizeof TESTS[0]};

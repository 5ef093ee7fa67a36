/* The order in which a plan is evaluated: each decision by a case that another decision fails. */
#include "plan/payout.h"
#include "plan_fixture.h"
#include "statement_texts.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <math.h>

/* ---- boundaries */

static void an_amount_on_an_edge_belongs_to_the_lower_tier(void) {
    const char *lower = COMMISSION "tier_rule = \"retroactive\"; tiers = ( [0, 0.05], [300, 0.1] );"
                                   "} );";
    const char *upper = COMMISSION "tier_rule = \"retroactive\"; tier_edge = \"upper\"; "
                                   "tiers = ( [0, 0.05], [300, 0.1] ); } );";
    CU_ASSERT(plan_pays(lower, "new_revenue 299.99 300 300.01", "15 15 30"));
    CU_ASSERT(plan_pays(upper, "new_revenue 299.99 300 300.01", "15 30 30"));
    /* marginal tiers pay the same on both sides of an edge */
    CU_ASSERT(plan_pays(COMMISSION "tier_edge = \"upper\"; tiers = ( [0, 0.05], [300, 0.1] ); } );",
                        "new_revenue 300", "15"));
}

static void thresholds_gates_and_jumps_are_reached(void) {
    const char *reached = COMMISSION "rate = 0.1; threshold = 300; threshold_rule = \"first_euro\";"
                                     "} );";
    const char *exceeded = COMMISSION "rate = 0.1; threshold = 300; edge = \"exceeded\"; "
                                      "threshold_rule = \"first_euro\"; } );";
    CU_ASSERT(plan_pays(reached, "new_revenue 299.99 300 300.01", "0 30 30"));
    CU_ASSERT(plan_pays(exceeded, "new_revenue 299.99 300 300.01", "0 0 30"));
    const char *gate = COMMISSION "rate = 0.1; gates = ( { metric = \"nps\"; at_least = 30; } ); }"
                                  ");";
    const char *gate_exceeded = COMMISSION "rate = 0.1; edge = \"exceeded\"; "
                                           "gates = ( { metric = \"nps\"; at_least = 30; } ); } );";
    CU_ASSERT(plan_pays(gate, "new_revenue 300 300 300; nps 29.9 30 30.1", "0 30 30"));
    CU_ASSERT(plan_pays(gate_exceeded, "new_revenue 300 300 300; nps 29.9 30 30.1", "0 0 30"));
    const char *jump = BONUS "target = 4000; quota = 100; payout = ( [1, 0], [1, 1] ); } );";
    const char *jump_exceeded =
        BONUS "target = 4000; quota = 100; edge = \"exceeded\"; payout = ( [1, 0], [1, 1] ); } );";
    CU_ASSERT(plan_pays(jump, "new_revenue 99.99 100 100.01", "0 1000 1000"));
    CU_ASSERT(plan_pays(jump_exceeded, "new_revenue 99.99 100 100.01", "0 0 1000"));
}

static void arithmetic_on_cents_moves_nothing_across_a_boundary(void) {
    /* 0.1 + 0.2 is above 0.3 in binary, 1.1 + 2.2 above 3.3, 0.7 + 0.1 below 0.8 */
    const char *exceeded = BONUS "period = \"quarter\"; target = 4000; quota = 0.3; "
                                 "edge = \"exceeded\"; payout = ( [1, 0], [1, 1] ); } );";
    CU_ASSERT(0.1 + 0.2 > 0.3);
    CU_ASSERT(plan_pays(exceeded, "step 1; months 3; new_revenue 0.1 0.2", "0 0 0"));
    const char *reached = BONUS "period = \"quarter\"; target = 4000; quota = 0.8; "
                                "payout = ( [1, 0], [1, 1] ); } );";
    CU_ASSERT(0.7 + 0.1 < 0.8);
    CU_ASSERT(plan_pays(reached, "step 1; months 3; new_revenue 0.7 0.1", "0 0 1000"));
    const char *tier = COMMISSION "period = \"quarter\"; tier_rule = \"retroactive\"; "
                                  "tiers = ( [0, 0.1], [0.3, 1] ); } );";
    CU_ASSERT(plan_pays(tier, "step 1; months 3; new_revenue 0.1 0.2", "0 0 0.03"));
    const char *gate = COMMISSION "rate = 0.1; gates = ( { metric = \"new_revenue\"; quota = 0.8; "
                                  "at_least = 1; } ); } );";
    CU_ASSERT(plan_pays(gate, "step 1; months 3; new_revenue 0.7 0.1", "0 0 0.08"));
    const char *threshold = COMMISSION "rate = 1; threshold = 0.8; threshold_rule = "
                                       "\"first_euro\"; } );";
    CU_ASSERT(plan_pays(threshold, "step 1; months 3; new_revenue 0.7 0.1", "0 0 0.80"));
}

/* ---- rounding */

static void only_payments_are_rounded(void) {
    /* .4 of a cent every month is carried until it makes a cent */
    const char *text = COMMISSION "period = \"month\"; rate = 0.01; } );";
    CU_ASSERT(plan_pays(text, "new_revenue 0.40 0.40 0.40 0.40 0.40", "0 0.01 0 0.01 0"));
    /* each rounded for itself would be .01 three times */
    CU_ASSERT(plan_pays(text, "new_revenue 0.60 0.60 0.60 0.60 0.60", "0.01 0 0.01 0 0.01"));
    /* a factor on what was not rounded: .125 x 8 */
    const char *factor = COMMISSION "rate = 0.001; multipliers = ( { metric = \"nps\"; "
                                    "factor = ( [0, 8] ); } ); } );";
    CU_ASSERT(plan_pays(factor, "new_revenue 125; nps 1", "1"));
    /* totals are sums of lines */
    const char *two = "components = ( { name = \"a\"; type = \"commission\"; metric = "
                      "\"new_revenue\"; rate = 0.005; }, { name = \"b\"; type = \"commission\"; "
                      "metric = \"new_revenue\"; rate = 0.005; } );";
    CU_ASSERT(plan_pays(two, "new_revenue 1", "0.02"));
    CU_ASSERT(plan_gives(two, "new_revenue 1", "a", "0.01"));
}

static void payments_round_half_away_from_zero(void) {
    const char *text = COMMISSION "rate = 0.005; negative = \"recover\"; } );";
    CU_ASSERT(plan_pays(text, "new_revenue 1", "0.01"));
    CU_ASSERT(plan_pays(text, "new_revenue -1", "-0.01"));
    CU_ASSERT(plan_pays(COMMISSION "rate = 0.3; } );", "new_revenue 3.35", "1.01")); /* 1.005 */
}

/* ---- negative results */

static void negative_results_are_carried_or_recovered(void) {
    const char *carry = COMMISSION "quota_basis = \"year_to_date\"; rate = 0.1; } );";
    const char *recover = COMMISSION "quota_basis = \"year_to_date\"; rate = 0.1; "
                                     "negative = \"recover\"; } );";
    CU_ASSERT(plan_pays(carry, "new_revenue 1000 -600 400 500", "100 0 0 30"));
    CU_ASSERT(plan_pays(recover, "new_revenue 1000 -600 400 500", "100 -60 40 50"));
    /* what is missing at the end of a fiscal year is carried into the next */
    CU_ASSERT(plan_pays(carry, "new_revenue 1000 0 0 -600 400 500", "100 0 0 0 0 30"));
}

/* ---- proration */

static void joiners_have_quota_and_target_of_their_months(void) {
    const char *months = BONUS "period = \"quarter\";" JOINER "} );";
    const char *none = BONUS "period = \"quarter\";" JOINER "proration = \"none\"; } );";
    /* joined in the third month: a third of the quota, a third of 3,000 */
    CU_ASSERT(plan_pays(months, "start 3; step 1; new_revenue 10,000", "1,000"));
    CU_ASSERT(plan_gives(months, "start 3; step 1; new_revenue 10,000", "quota", "10,000"));
    CU_ASSERT(plan_pays(none, "start 3; step 1; new_revenue 10,000", "1,000"));
    CU_ASSERT(plan_gives(none, "start 3; step 1; new_revenue 10,000", "quota", "30,000"));
    CU_ASSERT(plan_pays(months, "start 3; step 1; new_revenue 20,000", "3,000"));
    CU_ASSERT(plan_pays(none, "start 3; step 1; new_revenue 20,000", "2,000"));
    /* the year to date: two months of the first quarter are missing */
    const char *year = BONUS "period = \"quarter\"; quota_basis = \"year_to_date\";" JOINER "} );";
    const char *whole = BONUS "period = \"quarter\"; quota_basis = \"year_to_date\";" JOINER
                              "proration = \"none\"; } );";
    CU_ASSERT(plan_gives(year, "start 3; at 1 4; step 1; new_revenue 10,000 0 0 30,000", "quota",
                         "10,000 40,000"));
    CU_ASSERT(plan_gives(whole, "start 3; at 1 4; step 1; new_revenue 10,000 0 0 30,000", "quota",
                         "30,000 60,000"));
    CU_ASSERT(
        plan_pays(year, "start 3; at 1 4; step 1; new_revenue 10,000 0 0 30,000", "1,000 4,000"));
    CU_ASSERT(
        plan_pays(whole, "start 3; at 1 4; step 1; new_revenue 10,000 0 0 30,000", "1,000 4,000"));
}

static void whole_quotas_have_their_own_season(void) {
    const char *season = "target = 12000; quota = 100000; payout = ( [0, 0], [1, 1] ); "
                         "proration = \"none\"; season = ( 2, 2, 2, 2, 2, 2, 2, 2, 2, 4, 4, 4 ); ";
    struct text year = {0};
    struct text quarter = {0};
    text_add(&year, BONUS "period = \"year\"; %s } );", season);
    text_add(&quarter, BONUS "quota_basis = \"year_to_date\"; leaver = \"pro_rata\"; %s } );",
             season);
    CU_ASSERT(plan_gives(text_bytes(&year), "start 3; step 10; new_revenue 1", "quota", "100,000"));
    /* a quarter of 100,000 is 20 % of 400,000 in the first three, 40 % in the last */
    CU_ASSERT(plan_gives(text_bytes(&quarter), "start 3; at 1 4 10; months 10", "quota",
                         "80,000 160,000 400,000"));
    CU_ASSERT(
        plan_gives(text_bytes(&quarter), "start 3; at 1; months 1; leave bad", "quota", "80,000"));
    /* somebody who leaves in the second month of a quarter had the quota of all of it */
    CU_ASSERT(plan_gives(text_bytes(&quarter), "start 10; step 2; months 2; leave bad", "quota",
                         "400,000"));
    text_free(&year);
    text_free(&quarter);
}

static void a_ratchet_moves_the_next_quota(void) {
    const char *text = BONUS "target = 4000; quota = 1000; payout = ( [0, 0], [1, 1] ); "
                             "ratchet = { up = 0.5; down = 0.2; }; } );";
    /* 200 too much: half of it on top; 550 too little: a fifth of it off */
    CU_ASSERT(plan_gives(text, "new_revenue 1200 550 990 495", "quota", "1000 1100 990 990"));
    CU_ASSERT(plan_pays(text, "new_revenue 1200 550 990 495", "1000 500 1000 500"));
    /* a quota falls to a tenth at most */
    CU_ASSERT(plan_gives(BONUS "target = 4000; quota = 1000; payout = ( [0, 0], [1, 1] ); "
                               "ratchet = { down = 1.0; }; } );",
                         "new_revenue 0 50", "quota", "1000 100"));
    const char *to_date = BONUS "target = 4000; quota = 1000; quota_basis = \"year_to_date\"; "
                                "payout = ( [0, 0], [1, 1] ); ratchet = { up = 0.5; }; } );";
    CU_ASSERT(plan_gives(to_date, "new_revenue 1200 1200 1200 1200 0", "quota",
                         "1000 2000 3000 4000 1100"));
}

static void deal_factors_look_at_the_quota_of_the_own_months(void) {
    const char *text = COMMISSION "period = \"month\"; rate = 0.1; quota = 1000; "
                                  "deal_factors = ( [0.5, 1.2], [1, 1.5] ); ";
    struct text months = {0};
    struct text none = {0};
    text_add(&months, "%s } );", text);
    text_add(&none, "%s proration = \"none\"; } );", text);
    /* half a year: 6,000 for a joiner in the seventh month */
    CU_ASSERT(plan_pays(text_bytes(&months), "deal 1 5,999 1 6,000; deal 2 1,000",
                        "1,320 150")); /* 599.9 + .1, then 600 x 1.2 */
    CU_ASSERT(
        plan_pays(text_bytes(&months), "start 7; deal 1 2,999 1 3,000; deal 2 1,000", "660 150"));
    CU_ASSERT(
        plan_pays(text_bytes(&none), "start 7; deal 1 2,999 1 3,000; deal 2 1,000", "600 120"));
    text_free(&months);
    text_free(&none);
}

static void tiers_caps_and_limits_follow_the_months(void) {
    const char *tiers = COMMISSION "tiers = ( [0, 0.05], [3000, 0.1] ); } );";
    CU_ASSERT(plan_pays(tiers, "start 3; step 1; new_revenue 2000", "150")); /* 50 + 100 */
    const char *whole = COMMISSION "tiers = ( [0, 0.05], [3000, 0.1] ); proration = \"none\"; } );";
    CU_ASSERT(plan_pays(whole, "start 3; step 1; new_revenue 2000", "100"));
    const char *cap = COMMISSION "rate = 0.1; cap = 300; } );";
    CU_ASSERT(plan_pays(cap, "start 3; step 1; new_revenue 2000", "100"));
    const char *threshold = COMMISSION "rate = 0.1; threshold = 3000; } );";
    CU_ASSERT(plan_pays(threshold, "start 3; step 1; new_revenue 2000", "100"));
    const char *units = "components = ( { type = \"commission\"; metric = \"new_customers\"; "
                        "rate = 500; most_units = 3; } );";
    CU_ASSERT(plan_pays(units, "start 2; step 2; new_customers 5", "1,000"));
}

/* ---- credit */

static void a_deal_is_limited_and_then_shared(void) {
    const char *text = COMMISSION "rate = 0.1; credit = { share = 0.5; most_per_deal = 1000; }; "
                                  "negative = \"recover\"; "
                                  "clawback = { months = 12; rule = \"full\"; }; } );";
    CU_ASSERT(plan_pays(text, "months 3; deal 1 3,000",
                        "50")); /* shared before the limit it would be 100 */
    CU_ASSERT(plan_pays(text, "deal 1 3,000; deal 2 600; cancel 5 1 3,000", "80 -50"));
    /* seen one by one or in sum */
    CU_ASSERT(plan_pays(COMMISSION "rate = 0.1; credit = { share = 0.5; }; } );",
                        "months 3; deal 1 3,000 200", "160"));
    CU_ASSERT(plan_pays(COMMISSION "rate = 0.1; credit = { share = 0.5; }; quota = 1; "
                                   "deal_factors = ( [0, 1] ); } );",
                        "months 3; deal 1 3,000 200", "160"));
}

/* ---- caps and multipliers */

static void a_cap_stands_after_the_multipliers_or_before(void) {
    const char *after = COMMISSION "rate = 0.1; cap = 1000; multipliers = ( { metric = \"nps\"; "
                                   "factor = ( [0, 1.5] ); } ); } );";
    const char *before = COMMISSION "rate = 0.1; cap = 1000; cap_place = \"before_multiplier\"; "
                                    "multipliers = ( { metric = \"nps\"; factor = ( [0, 1.5] ); }"
                                    " ); } );";
    CU_ASSERT(plan_pays(after, "new_revenue 8,000 20,000; nps 1 1", "1,000 1,000"));
    CU_ASSERT(plan_pays(before, "new_revenue 8,000 20,000; nps 1 1", "1,200 1,500"));
}

static void the_plan_cap_is_one_of_what_is_earned(void) {
    const char *plain = "cap = 250;" COMMISSION "rate = 0.1; } );";
    CU_ASSERT(plan_pays(plain, "new_revenue 1000 1000 1000 1000 1000", "100 100 50 0 100"));
    /* what is held back of one year and released in the next counts in the first */
    const char *held =
        "cap = 100;" COMMISSION "rate = 0.1; hold_back = { share = 0.5; months = 3; }; } );";
    CU_ASSERT(plan_pays(held, "new_revenue 0 0 0 1500 500 1000", "0 0 0 50 75 50"));
    /* results below zero count when the year falls below the cap by them */
    const char *to_date = "cap = 150;" COMMISSION "rate = 0.1; quota_basis = \"year_to_date\"; "
                          "negative = \"recover\"; } );";
    CU_ASSERT(plan_pays(to_date, "new_revenue 1000 1000 -200 -1000", "100 50 0 -70"));
    /* claims of several components shrink alike */
    const char *two = "cap = 120; components = ( { name = \"a\"; type = \"commission\"; metric = "
                      "\"new_revenue\"; rate = 0.1; }, { name = \"b\"; type = \"commission\"; "
                      "metric = \"margin\"; rate = 0.2; } );";
    CU_ASSERT(plan_gives(two, "new_revenue 1000; margin 500", "a", "60"));
    CU_ASSERT(plan_gives(two, "new_revenue 1800; margin 300", "a", "90"));
    CU_ASSERT(plan_gives(two, "new_revenue 1800; margin -500", "a", "180"));
}

/* ---- common results */

static void a_common_result_is_divided(void) {
    const char *facts = "team.new_revenue 10,000; own 4,000; share 0.2";
    const char *team = "components = ( { type = \"commission\"; metric = \"new_revenue\"; "
                       "scope = \"team\"; rate = 0.1; ";
    struct text each = {0};
    struct text equal = {0};
    struct text contribution = {0};
    struct text overlay = {0};
    text_add(&each, "%s } );", team);
    text_add(&equal, "%s share_by = \"equal\"; } );", team);
    text_add(&contribution, "%s share_by = \"contribution\"; } );", team);
    text_add(&overlay, "%s share_by = \"contribution\"; credit = { share = 0.5; }; } );", team);
    CU_ASSERT(plan_pays(text_bytes(&each), facts, "1,000"));
    CU_ASSERT(plan_pays(text_bytes(&equal), "step 3; team.new_revenue 10,000; share 0.2", "200"));
    CU_ASSERT(plan_pays(text_bytes(&contribution), facts, "400"));
    CU_ASSERT(plan_pays(text_bytes(&overlay), facts, "200")); /* of 500 */
    text_free(&each);
    text_free(&equal);
    text_free(&contribution);
    text_free(&overlay);
}

static void periods_begin_anew(void) {
    const char *contribution =
        "components = ( { type = \"commission\"; metric = \"new_revenue\"; scope = \"team\"; "
        "rate = 0.1; share_by = \"contribution\"; } );";
    const char *equal = "components = ( { type = \"commission\"; metric = \"new_revenue\"; "
                        "scope = \"team\"; rate = 0.1; share_by = \"equal\"; } );";
    CU_ASSERT(
        plan_pays(contribution, "team.new_revenue 10,000 10,000; own 4,000 1,000", "400 100"));
    CU_ASSERT(plan_pays(equal, "team.new_revenue 10,000 10,000; share 0.2", "200 200"));
    /* years too: of deals before the quota, and of measures to date */
    const char *factors = COMMISSION "period = \"month\"; rate = 0.1; quota = 1000; "
                                     "deal_factors = ( [1, 1.5] ); } );";
    CU_ASSERT(
        plan_pays(factors, "at 2 13; deal 1 20,000; deal 2 1,000; deal 13 1,000", "2,150 2,250"));
    const char *to_date = LATE "quota_basis = \"year_to_date\"; } );";
    CU_ASSERT(plan_pays(to_date, "new_revenue 1000 1000 1000 1000 1000 0; cancel 17 14 500",
                        "100 100 100 100 100 -50"));
}

static void old_periods_are_forgotten_in_their_order(void) {
    /* quarters 1 to 10; half of the eighth is cancelled in the eleventh */
    const char *text = COMMISSION "negative = \"recover\"; tiers = ( [0, 0.1], [1000, 0.3] ); "
                                  "clawback = { months = 12; rule = \"full\"; }; } );";
    CU_ASSERT(plan_pays(text, "new_revenue 10 10 10 10 10 10 10 1000 10 2000 0; cancel 31 23 500",
                        "1 1 1 1 1 1 1 100 1 400 -50"));
}

static void a_pool_cuts_what_is_above_zero(void) {
    const char *text = COMMISSION "rate = 0.1; pool = 50; negative = \"recover\"; } );";
    CU_ASSERT(plan_pays(text, "new_revenue 1,000 -1,000 200 and 1,000 1,000 200",
                        "25 -100 20")); /* 20 and 20 are below the pool */
}

static void sums_of_cents_tie(void) {
    const char *text = "components = ( { type = \"ranking\"; metric = \"new_revenue\"; "
                       "prizes = ( [1, 3000], [2, 1000] ); } );";
    CU_ASSERT(plan_pays(text, "step 1; new_revenue 0.1 0.2 0 and 0.3 0 0", "0 0 2,000"));
    CU_ASSERT(
        plan_pays(text, "new_revenue 0.3 0.3 0.3 0 and 0.29 0.31 0 0", "3,000 1,000 3,000 0"));
    const char *club = "components = ( { type = \"ranking\"; metric = \"new_revenue\"; "
                       "period = \"year\"; target = 6000; top_share = 0.5; } );";
    /* half of three, rounded up: two get it; a tie for the second place shares one prize */
    CU_ASSERT(plan_pays(club, "new_revenue 5 7 5 and 9 9 9 and 4 8 5", "6,000 0 3,000"));
}

/* ---- the trace */

static void the_trace_tells_the_order(void) {
    static const enum trace_kind KINDS[] = {TRACE_CREDIT,     TRACE_MEASURE,  TRACE_QUOTA,
                                            TRACE_ATTAINMENT, TRACE_MEASURE, /* of the gate */
                                            TRACE_MEASURE,                   /* of the multiplier */
                                            TRACE_CURVE,      TRACE_TARGET,   TRACE_GATE,
                                            TRACE_MULTIPLIER, TRACE_CAP,      TRACE_PLAN_CAP,
                                            TRACE_DRAW,       TRACE_BANK,     TRACE_HOLD_BACK,
                                            TRACE_RELEASE,    TRACE_CLAWBACK, TRACE_ROUNDING,
                                            TRACE_RECOVERY};
    const char *text =
        "cap = 100000; draw = { amount = 10; };" BONUS
        "target = 40000; quota = 10000; credit = { most_per_deal = 9000; }; "
        "payout = ( [0, 0], [1, 1] ); gates = ( { metric = \"nps\"; at_least = 10; } ); "
        "multipliers = ( { metric = \"satisfaction\"; factor = ( [0, 1.1] ); } ); cap = 9000; "
        "bank = { pays = 0.5; }; hold_back = { share = 0.3; months = 3; }; "
        "clawback = { months = 12; }; } );";
    const char *facts = "deal 1 10,000; deal 6 5,000; nps 20 20; satisfaction 8 8; cancel 6 1 1000";
    CU_ASSERT(plan_traces(text, facts, KINDS, sizeof KINDS / sizeof *KINDS));
    /* 9,000: 9,000 x 1.1, capped to 9,000, half of it paid, 30 % of that held;
       5,000: 5,500 in the bank of 4,500: 5,000, less 1,500, and 1,350 released less a ninth,
       less a ninth of 3,150 times 7/12 */
    CU_ASSERT(plan_gives(text, facts, "bonus", "3,150 4,495.83"));
    CU_ASSERT(plan_pays(text, facts, "3,150 4,495.83")); /* what was advanced is recovered */
}

static const struct test TESTS[] = {
    {"an amount on an edge belongs to the lower tier",
     an_amount_on_an_edge_belongs_to_the_lower_tier},
    {"thresholds, gates and jumps are reached, or exceeded",
     thresholds_gates_and_jumps_are_reached},
    {"arithmetic on cents moves nothing across a boundary",
     arithmetic_on_cents_moves_nothing_across_a_boundary},
    {"only payments are rounded", only_payments_are_rounded},
    {"payments round half away from zero", payments_round_half_away_from_zero},
    {"negative results are carried or recovered", negative_results_are_carried_or_recovered},
    {"joiners have quota and target of their months",
     joiners_have_quota_and_target_of_their_months},
    {"whole quotas have their own season", whole_quotas_have_their_own_season},
    {"a ratchet moves the next quota", a_ratchet_moves_the_next_quota},
    {"deal factors look at the quota of the own months",
     deal_factors_look_at_the_quota_of_the_own_months},
    {"tiers, caps and limits follow the months", tiers_caps_and_limits_follow_the_months},
    {"a deal is limited and then shared", a_deal_is_limited_and_then_shared},
    {"a cap stands after the multipliers or before", a_cap_stands_after_the_multipliers_or_before},
    {"the plan cap is one of what is earned", the_plan_cap_is_one_of_what_is_earned},
    {"a common result is divided", a_common_result_is_divided},
    {"periods begin anew", periods_begin_anew},
    {"old periods are forgotten in their order", old_periods_are_forgotten_in_their_order},
    {"a pool cuts what is above zero", a_pool_cuts_what_is_above_zero},
    {"sums of cents tie", sums_of_cents_tie},
    {"the trace tells the order", the_trace_tells_the_order},
};

const struct suite suite_statement = {"statement", TESTS, sizeof TESTS / sizeof TESTS[0]};

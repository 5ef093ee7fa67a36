/* What becomes of a claim until it is paid, or lost: leavers, hold-back, clawback, banks, draws. */
#include "plan/payout.h"
#include "plan_fixture.h"
#include "statement_texts.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <math.h>

/* ---- leavers */

static void leavers_of_a_period(void) {
    const char *facts = "step 1; new_revenue 5,000 5,000; leave bad";
    const char *good = "step 1; new_revenue 5,000 5,000; leave good";
    const char *text = BONUS JOINER "good_leaver = \"pro_rata\"; } );";
    CU_ASSERT(plan_pays(text, facts, "0 0"));
    CU_ASSERT(plan_pays(text, good, "0 1,000")); /* half of two months' quota, two of 1,000 */
    CU_ASSERT(plan_pays(BONUS JOINER "leaver = \"pro_rata\"; } );", facts, "0 1,000"));
    CU_ASSERT(plan_pays(BONUS JOINER "leaver = \"accelerate\"; } );", facts, "0 1,000"));
    CU_ASSERT(plan_pays(BONUS JOINER "leaver = \"forfeit_all\"; } );", facts, "0 0"));
    /* a period that has ended is paid before */
    CU_ASSERT(plan_pays(text, "new_revenue 30,000; leave bad", "3,000"));
}

static void leavers_and_what_was_held_back(void) {
    const char *forfeit = COMMISSION "rate = 0.1; hold_back = { share = 0.3; months = 6; }; } );";
    const char *keep = COMMISSION "rate = 0.1; hold_back = { share = 0.3; months = 6; }; "
                                  "leaver = \"pro_rata\"; } );";
    CU_ASSERT(plan_pays(forfeit, "step 1; new_revenue 0 0 1000 0; leave bad", "0 0 70 0"));
    CU_ASSERT(plan_pays(keep, "step 1; new_revenue 0 0 1000 0; leave bad", "0 0 70 30"));
}

static void what_a_leaver_loses_takes_no_room_under_the_plan_cap(void) {
    const char *text =
        "cap = 1000; components = ( { name = \"lost\"; type = \"commission\"; "
        "metric = \"new_revenue\"; rate = 0.3; }, { name = \"rank\"; type = \"ranking\"; "
        "metric = \"new_revenue\"; prizes = ( [1, 500] ); }, { name = \"kept\"; "
        "type = \"commission\"; metric = \"new_revenue\"; rate = 0.1; leaver = \"pro_rata\"; } "
        ");";
    CU_ASSERT(plan_gives(text, "step 2; new_revenue 8,000; leave bad", "kept", "800"));
    CU_ASSERT(plan_pays(text, "step 2; new_revenue 12,000; leave bad", "1,000"));
}

#define BANK                                                                                       \
    "components = ( { type = \"commission\"; metric = \"profit\"; rate = 0.1; "                    \
    "leaver = \"pro_rata\"; "

static void leavers_get_the_bank_with_the_last_result_in_it(void) {
    const char *text = BANK "bank = { pays = 0.5; }; } );";
    CU_ASSERT(plan_pays(text, "profit 1000; leave bad", "100"));
    CU_ASSERT(plan_pays(text, "step 1; profit 0 0 1000 400; leave bad", "0 0 50 90"));
    CU_ASSERT(plan_pays(text, "step 1; profit 0 0 -1000 400; leave bad", "0 0 0 0"));
    CU_ASSERT(plan_pays(text, "step 1; profit 0 0 -1000 1400; leave bad", "0 0 0 40"));
}

static void a_negative_bank_is_carried_so_many_years(void) {
    const char *facts = "profit -1000 200 200 400";
    const char *never = BANK "period = \"year\"; bank = { pays = 0.5; }; } );";
    const char *one = BANK "period = \"year\"; bank = { pays = 0.5; carry_years = 1; }; } );";
    const char *two = BANK "period = \"year\"; bank = { pays = 0.5; carry_years = 2; }; } );";
    CU_ASSERT(plan_gives(never, facts, "bank", "-100 -80 -60 -20"));
    CU_ASSERT(plan_gives(one, facts, "bank", "-100 0 10 25"));
    CU_ASSERT(plan_gives(two, facts, "bank", "-100 -80 0 20"));
    CU_ASSERT(plan_pays(two, facts, "0 0 0 20"));
    /* the years are counted anew for another debt */
    CU_ASSERT(plan_gives(one, "profit -1000 0 -500 0", "bank", "-100 0 -50 0"));
    const char *bounded = BANK "bank = { pays = 0.5; lowest = -50.0; highest = 60.0; }; } );";
    CU_ASSERT(plan_gives(bounded, "profit -1000 200 1000 0", "bank", "-50 -30 30 15"));
}

#define OPTIONS                                                                                    \
    "components = ( { type = \"shares\"; settlement = \"option\"; units = 480; every_months = 0; " \
    "vesting_months = 48; cliff_months = 12; step_months = 12; "

static void leavers_of_a_grant(void) {
    /* half has vested, its price of 5 below the strike of 10 let it wait; then it rises to 20 */
    const char *facts =
        "at 29 30; leave bad; price 10 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5"
        " 5 5 5 5 5 5 20";
    CU_ASSERT(plan_pays(OPTIONS "} );", facts, "0 2,400")); /* vested before: exercised */
    CU_ASSERT(plan_pays(OPTIONS "leaver = \"pro_rata\"; } );", facts, "0 3,000"));
    CU_ASSERT(plan_pays(OPTIONS "leaver = \"accelerate\"; } );", facts, "0 4,800"));
    /* options end with their term */
    CU_ASSERT(
        plan_pays(OPTIONS "term_months = 48; } );",
                  "at 12 48 49; price 10 15 5 5 5 5 5 5 5 5 "
                  "5 5 15 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 "
                  "5 5 20",
                  "600 600 600"));
    /* what has vested and was not exercised is lost with forfeit_all only */
    struct component option = {.type = COMPONENT_SHARES,
                               .settlement = SETTLEMENT_OPTION,
                               .units = 480,
                               .strike = 1,
                               .vesting_months = 48};
    struct award vested = {.open = true, .age = 30, .units = 480, .price = 10, .vested = .5};
    struct award same = vested;
    CU_ASSERT_EQUAL(award_leave(&option, 0, &vested, LEAVER_FORFEIT, 20, 0, NULL), 2400.0);
    CU_ASSERT_EQUAL(award_leave(&option, 0, &same, LEAVER_FORFEIT_ALL, 20, 0, NULL), 0.0);
    /* the part that was worked is not more than all of it */
    struct award waiting = {.open = true, .age = 60, .units = 480, .price = 10, .vested = 1};
    CU_ASSERT_EQUAL(award_leave(&option, 0, &waiting, LEAVER_PRO_RATA, 20, 0, NULL), 4800.0);
}

/* ---- hold-back and clawback */

static void a_cancelled_deal_is_its_part_of_its_period(void) {
    const char *facts = "new_revenue 1000 1000 1000 1000; cancel 11 5 500";
    CU_ASSERT(plan_pays(LATE "} );", facts, "100 100 100 50"));
    CU_ASSERT(plan_pays(LATE "quota_basis = \"year_to_date\"; } );", facts, "100 100 100 50"));
    /* 30 of the quarter's 100 were held: half of them and half of the 70 are gone */
    const char *held = LATE "hold_back = { share = 0.3; months = 6; }; } );";
    CU_ASSERT(plan_pays(held, "new_revenue 0 1000 0 0 0; cancel 9 5 500", "0 70 -35 15 0"));
    const char *to_date =
        LATE "quota_basis = \"year_to_date\"; hold_back = { share = 0.3; months = 6; }; } );";
    CU_ASSERT(plan_pays(to_date, "new_revenue 1000 1000 0 0 0; cancel 9 5 500",
                        "70 70 -5 15 0")); /* 30 of the first quarter, less 35 */
}

static void a_deal_cancelled_in_its_own_period_is_not_paid(void) {
    CU_ASSERT(plan_pays(LATE "} );", "deal 1 600; deal 2 400; cancel 3 1 600", "40"));
    CU_ASSERT(plan_pays(LATE "} );", "deal 4 600; deal 6 400; cancel 6 4 600", "0 40"));
    /* pro rata: two of twelve months have passed */
    const char *part = COMMISSION "rate = 0.1; clawback = { months = 12; }; } );";
    CU_ASSERT(plan_pays(part, "deal 1 600; deal 2 400; cancel 3 1 600", "50"));
    const char *held = COMMISSION "rate = 0.1; hold_back = { share = 0.3; months = 3; }; } );";
    CU_ASSERT(plan_pays(held, "deal 1 600; deal 2 400; cancel 3 1 600; months 6", "70 12"));
    CU_ASSERT(plan_pays(held, "deal 1 600; deal 2 400; cancel 3 1 600; deal 4 1,000; months 9",
                        "70 82 30"));
    CU_ASSERT(plan_pays(LATE "} );", "deal 1 600; deal 2 400; cancel 3 1 600; deal 4 600; months 6",
                        "40 60")); /* and counts once */
}

static void what_is_held_back_without_a_deal_is_released(void) {
    /* pay for nothing sold: the curve begins at a third of the target */
    const char *text = BONUS "target = 12000; quota = 1000; payout = ( [0, 0.3333333333333], "
                             "[1, 1] ); hold_back = { share = 0.5; months = 6; }; } );";
    CU_ASSERT(plan_pays(text, "new_revenue 0 0 0 0 0", "500 500 1,000 1,000 1,000"));
}

static void a_negative_result_is_not_paid_out_by_a_clawback(void) {
    const char *text = LATE "quota_basis = \"year_to_date\"; threshold = 500; } );";
    const char *facts = "new_revenue 1000 -800 400; cancel 8 5 100";
    /* to date: 50 above the threshold, then 0 below two thresholds */
    CU_ASSERT(plan_pays(text, facts, "50 -50 0"));
    CU_ASSERT(plan_pays(BONUS "target = 400; quota = 100; negative = \"recover\"; "
                              "payout = ( [0, -1], [2, 1] ); clawback = { months = 12; }; } );",
                        "new_revenue 50 100; cancel 5 2 50", "-50 0"));
}

/* ---- draws */

#define DRAW "draw = { amount = 1500; "

static void draws_meet_pay_for_quarters(void) {
    const char *recoverable = DRAW "};" COMMISSION "rate = 0.1; } );";
    const char *guarantee = DRAW "rule = \"non_recoverable\"; };" COMMISSION "rate = 0.1; } );";
    const char *facts = "step 1; new_revenue 0 0 90,000 0 0 20,000 0 0 60,000";
    CU_ASSERT(plan_pays(recoverable, facts, "1500 1500 6000 1500 1500 1500 1500 1500 1500"));
    CU_ASSERT(plan_gives(recoverable, facts, "owes", "1500 3000 0 1500 3000 2500 4000 5500 1000"));
    /* a guarantee is settled with the quarter it belongs to, and forgiven at its end */
    CU_ASSERT(plan_pays(guarantee, facts, "1500 1500 6000 1500 1500 1500 1500 1500 3000"));
    CU_ASSERT(plan_gives(guarantee, facts, "owes", "1500 3000 0 1500 3000 0 1500 3000 0"));
}

static void a_draw_ends_and_does_not_undo_what_comes_after_it(void) {
    /* after its last month nothing is advanced, also not against a result below zero */
    const char *text = DRAW "months = 1; };" COMMISSION
                            "period = \"month\"; rate = 0.1; negative = \"recover\"; } );";
    CU_ASSERT(plan_pays(text, "new_revenue 5,000 -2,000 3,000 30,000", "1,500 -200 0 2,300"));
    /* a result below zero that is carried is no pay below zero */
    const char *carry = DRAW "};" COMMISSION "period = \"month\"; rate = 0.1; } );";
    CU_ASSERT(plan_pays(carry, "new_revenue 30,000 -10,000", "3,000 1,500"));
    /* it looks at what is earned: it does not make up for what is held back or taken back */
    const char *held =
        DRAW "};" COMMISSION "period = \"month\"; rate = 0.1; negative = \"recover\"; "
             "hold_back = { share = 0.5; months = 3; }; } );";
    CU_ASSERT(plan_pays(held, "new_revenue 20,000", "1,000"));
    const char *late =
        DRAW "};" COMMISSION "period = \"month\"; rate = 0.1; negative = \"recover\"; "
             "clawback = { months = 12; rule = \"full\"; }; } );";
    CU_ASSERT(plan_pays(late, "deal 1 20,000; deal 2 20,000; cancel 2 1 10,000", "2,000 1,000"));
}

static void what_is_owed_is_taken_from_the_last_pay(void) {
    const char *text = DRAW "};" COMMISSION "rate = 0.1; leaver = \"pro_rata\"; } );";
    CU_ASSERT(plan_pays(text, "step 1; new_revenue 20,000 20,000; leave bad", "1,500 2,500"));
    CU_ASSERT(plan_pays(text, "step 1; new_revenue 5,000 5,000; leave bad", "1,500 1,500"));
    CU_ASSERT(plan_gives(text, "step 1; new_revenue 5,000 5,000; leave bad", "owes", "1,500 0"));
}

static const struct test TESTS[] = {
    {"leavers of a period", leavers_of_a_period},
    {"leavers and what was held back", leavers_and_what_was_held_back},
    {"what a leaver loses takes no room under the plan cap",
     what_a_leaver_loses_takes_no_room_under_the_plan_cap},
    {"leavers get the bank with the last result in it",
     leavers_get_the_bank_with_the_last_result_in_it},
    {"a negative bank is carried so many years", a_negative_bank_is_carried_so_many_years},
    {"leavers of a grant", leavers_of_a_grant},
    {"a cancelled deal is its part of its period", a_cancelled_deal_is_its_part_of_its_period},
    {"a deal cancelled in its own period is not paid",
     a_deal_cancelled_in_its_own_period_is_not_paid},
    {"what is held back without a deal is released", what_is_held_back_without_a_deal_is_released},
    {"a negative result is not paid out by a clawback",
     a_negative_result_is_not_paid_out_by_a_clawback},
    {"draws meet pay for quarters", draws_meet_pay_for_quarters},
    {"a draw ends, and does not undo what comes after it",
     a_draw_ends_and_does_not_undo_what_comes_after_it},
    {"what is owed is taken from the last pay", what_is_owed_is_taken_from_the_last_pay},
};

const struct suite suite_settlement = {"settlement", TESTS, sizeof TESTS / sizeof TESTS[0]};

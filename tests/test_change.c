/* The firm before and after a dated change. */
#include "change_fixture.h"
#include "engine/history.h"
#include "model/level.h"
#include "test.h"

#include <math.h>

/* A fifth of the firm of configs, where people come and go and all plans are at work. */
#define SMALL                                                                                      \
    "simulation.years=3", "roles.sales.headcount=9", "roles.development.headcount=3",              \
        "roles.kam.headcount=5", "segments.standard.accounts=160",                                 \
        "segments.standard.prospects=4000", "segments.key.accounts=40",                            \
        "segments.key.prospects=120", "roles.sales.team_size=4", "roles.sales.turnover.annual=0.4"
enum { SMALL_COUNT = 10, MONTHS = 36 };

static void open_small(struct world *world, const char *scenario, const char *effort,
                       const char *changes) {
    const char *sets[SMALL_COUNT + 2] = {SMALL, effort, changes};
    struct error error = {0};
    *world = (struct world){.scenario = {.path = NULL}};
    bool done = scenario_load(&world->scenario, scenario, sets,
                              changes == NULL ? SMALL_COUNT + 1 : SMALL_COUNT + 2, &error) &&
                model_init(&world->model, &world->scenario.parameters, &error) &&
                firm_init(&world->firm, &world->model, &error);
    if (!done) {
        (void)fputs(error_text(&error), stderr);
    }
    CU_ASSERT_FATAL(done);
}

/* Months (from 1) up to which two firms have the same books, byte for byte. */
static size_t same_months(const struct world *a, const struct world *b) {
    size_t groups = 1 + a->model.role_count + a->model.segment_count;
    size_t size = groups * sizeof(struct ledger);
    size_t month = 0;
    while (month < MONTHS &&
           memcmp(firm_ledger(&a->firm, month, 0), firm_ledger(&b->firm, month, 0), size) == 0) {
        month++;
    }
    return month;
}

static const char *const EFFORTS[] = {"simulation.effort=\"static\"",
                                      "simulation.effort=\"dynamic\""};

/* In the middle of a quarter and at the end of a year, whatever the communication. */
#define NOTHING                                                                                    \
    "changes=("                                                                                    \
    "{month=8;communication=0.0;adaptation_months=9.0;set={roles={kam={plan=\"kam_mixed\";"        \
    "headcount=5;};};firm={pay_growth=0.02;};segments={key={churn={annual=0.05;};};};};},"         \
    "{month=25;communication=1.0;concerns=[\"kam\",\"sales\"];set={roles={sales={headcount=9;};};" \
    "};})"

static void a_change_to_what_is_leaves_every_byte(void) {
    for (int e = 0; e < 2; e++) {
        struct world plain;
        struct world changed;
        open_small(&plain, "scenarios/hybrid.cfg", EFFORTS[e], NULL);
        open_small(&changed, "scenarios/hybrid.cfg", EFFORTS[e], NOTHING);
        for (uint64_t replication = 0; replication < 2; replication++) {
            firm_run(&plain.firm, 7, replication);
            firm_run(&changed.firm, 7, replication);
            CU_ASSERT_EQUAL(same_months(&plain, &changed), MONTHS);
        }
        world_close(&plain);
        world_close(&changed);
    }
}

#define EVERYTHING                                                                                 \
    "changes=({month=20;communication=0.2;set={"                                                   \
    "roles={kam={plan=\"kam_lti\";headcount=8;team_size=3;};sales={headcount=6;"                   \
    "plan=\"sales_commission\";ramp={months=3.0;};};};"                                            \
    "segments={key={coverage={owners=[\"development\"];hunters=[\"sales\",\"kam\"];};"             \
    "contract={term_months=6;};prospects=300;};standard={potential={growth=0.1;};};};"             \
    "firm={pay_growth=0.05;};economy={market_pay_growth=0.0;demand={sd=0.1;};};};})"

static void months_before_a_change_are_as_without_it(void) {
    for (int e = 0; e < 2; e++) {
        struct world plain;
        struct world changed;
        open_small(&plain, "scenarios/hybrid.cfg", EFFORTS[e], NULL);
        open_small(&changed, "scenarios/hybrid.cfg", EFFORTS[e], EVERYTHING);
        for (uint64_t replication = 0; replication < 2; replication++) {
            firm_run(&plain.firm, 7, replication);
            firm_run(&changed.firm, 7, replication);
            CU_ASSERT_EQUAL(same_months(&plain, &changed), 19);
        }
        world_close(&plain);
        world_close(&changed);
    }
}

/* One history leaves nothing behind for the next. */
static void histories_do_not_depend_on_the_ones_before(void) {
    struct world first;
    struct world second;
    open_small(&first, "scenarios/hybrid.cfg", EFFORTS[1], EVERYTHING);
    open_small(&second, "scenarios/hybrid.cfg", EFFORTS[1], EVERYTHING);
    firm_run(&first.firm, 7, 0);
    firm_run(&first.firm, 7, 1);
    firm_run(&second.firm, 7, 1);
    CU_ASSERT_EQUAL(same_months(&first, &second), MONTHS);
    world_close(&first);
    world_close(&second);
}

/* Quotas, expected pay and effort are those of a scenario that says the same from the start. */
static void after_a_change_the_model_is_that_of_its_parameters(void) {
    struct world changed;
    struct world direct;
    open_small(&changed, "scenarios/short_term_bonus.cfg", EFFORTS[1],
               "changes=({month=20;set={roles={kam={plan=\"kam_lti\";quota={level=1.3;};};"
               "sales={time={acquire=0.5;develop=0.3;care=0.2;};};};};})");
    open_small(&direct, "scenarios/short_term_bonus.cfg", EFFORTS[1],
               "roles={kam={plan=\"kam_lti\";quota={level=1.3;};};"
               "sales={time={acquire=0.5;develop=0.3;care=0.2;};};}");
    const struct model *later = model_after(&changed.model, 1);
    CU_ASSERT_PTR_NULL(later->later);
    CU_ASSERT_EQUAL(later->since, 19);
    for (size_t r = 0; r < later->role_count; r++) {
        const struct role_law *is = &later->roles[r];
        const struct role_law *wanted = &direct.model.roles[r];
        CU_ASSERT_STRING_EQUAL(is->plan->name, wanted->plan->name);
        CU_ASSERT_EQUAL(is->quota_month, wanted->quota_month);
        CU_ASSERT_EQUAL(is->expected_pay, wanted->expected_pay);
        CU_ASSERT_EQUAL(is->perceived_pay, wanted->perceived_pay);
        CU_ASSERT_EQUAL(is->market.pool, wanted->market.pool);
        CU_ASSERT_EQUAL(is->incentive.count, wanted->incentive.count);
        for (int k = 0; k < ACTIVITY_COUNT; k++) {
            CU_ASSERT_EQUAL(is->effort[k], wanted->effort[k]);
        }
        for (size_t s = 0; s < wanted->payroll.slot_count; s++) {
            CU_ASSERT_EQUAL(is->slots[s].quota_year, wanted->slots[s].quota_year);
        }
        CU_ASSERT_EQUAL(is->concerned, strcmp(is->role->name, "development") != 0);
    }
    world_close(&changed);
    world_close(&direct);
}

#define UNSETTLING                                                                                 \
    "changes=({month=13;communication=%s;adaptation_months=8.0;set={roles={kam={"                  \
    "plan=\"kam_lti\";};sales={plan=\"sales_commission\";};};};})"

static void open_unsettled(struct world *world, const char *effort, const char *communication) {
    char changes[512];
    (void)snprintf(changes, sizeof changes, UNSETTLING, communication);
    open_small(world, "scenarios/short_term_bonus.cfg", effort, changes);
}

/* 1 - communication, less an eighth a month; nothing for who came later or works elsewhere. */
static void only_people_who_were_there_are_unsettled_until_they_adapt(void) {
    struct world world;
    size_t hired = 0;
    open_unsettled(&world, EFFORTS[0], "0.4");
    firm_start(&world.firm, 7, 1);
    for (size_t month = 0; month < MONTHS; month++) {
        firm_step(&world.firm, month);
        for (size_t seat = 0; month + 1 < MONTHS && seat < world.model.seat_count; seat++) {
            const struct seat *place = &world.firm.seats[seat];
            long elapsed = (long)month + 1 - 12;
            bool development =
                strcmp(world.model.roles[place->role].role->name, "development") == 0;
            bool was_here = place->person.in_role > elapsed;
            double wanted = elapsed >= 1 && elapsed < 8 && was_here && !development
                                ? 0.6 * (1.0 - (double)elapsed / 8.0)
                                : 0.0;
            if (place->filled && elapsed >= 1) {
                CU_ASSERT_DOUBLE_EQUAL(unsettled(&world.firm, seat, (long)month + 1), wanted,
                                       1e-12);
                hired += elapsed < 8 && !was_here;
            }
        }
    }
    CU_ASSERT(hired > 0);
    world_close(&world);
}

/* The first month under a change, told and untold, of the same history. */
struct first_month {
    struct world world[2];
    struct diary diary[2];
    struct entry entries[2][4096];
    long in_role[64]; /* before it */
};

static void first_month_open(struct first_month *first, const char *effort) {
    open_unsettled(&first->world[0], effort, "1.0");
    open_unsettled(&first->world[1], effort, "0.0");
    CU_ASSERT_FATAL(first->world[0].model.seat_count <= 64);
}

static void first_month_run(struct first_month *first, uint64_t replication) {
    for (int w = 0; w < 2; w++) {
        struct firm *firm = &first->world[w].firm;
        first->diary[w] = (struct diary){.entries = first->entries[w], .capacity = 4096};
        firm_start(firm, 7, replication);
        for (size_t month = 0; month < 12; month++) {
            firm_step(firm, month);
        }
        for (size_t seat = 0; seat < firm->model->seat_count; seat++) {
            first->in_role[seat] = firm->seats[seat].person.in_role;
        }
        firm->diary = &first->diary[w];
        firm_step(firm, 12);
        firm->diary = NULL;
        CU_ASSERT_FATAL(first->diary[w].count < 4096);
    }
}

/* 1 for who was there and is concerned. */
static double doubt_of(const struct first_month *first, size_t seat) {
    const struct world *world = &first->world[0];
    const char *role = world->model.roles[world->firm.seats[seat].role].role->name;
    return strcmp(role, "development") != 0 && first->in_role[seat] > 0 ? 1.0 : 0.0;
}

static const struct entry *same_entry(const struct diary *diary, const struct entry *entry) {
    for (size_t i = 0; i < diary->count; i++) {
        const struct entry *other = &diary->entries[i];
        if (other->kind == entry->kind && other->seat == entry->seat &&
            other->occupant == entry->occupant) {
            return other;
        }
    }
    return NULL;
}

static void an_unexplained_change_halves_what_effort_adds(void) {
    struct first_month first;
    size_t moved = 0;
    for (int e = 0; e < 2; e++) {
        first_month_open(&first, EFFORTS[e]);
        first_month_run(&first, 0);
        for (size_t i = 0; i < first.diary[0].count; i++) {
            const struct entry *told = &first.entries[0][i];
            if (told->kind != ENTRY_MONTH) {
                continue;
            }
            const struct entry *untold = same_entry(&first.diary[1], told);
            CU_ASSERT_PTR_NOT_NULL_FATAL(untold);
            for (int k = 0; k < ACTIVITY_COUNT; k++) {
                double expectancy = 1.0 - 0.5 * doubt_of(&first, told->seat);
                CU_ASSERT_DOUBLE_EQUAL(untold->value[k] - 1.0, expectancy * (told->value[k] - 1.0),
                                       1e-9);
                moved += expectancy < 1.0 && fabs(told->value[k] - 1.0) > 0.01;
            }
        }
        world_close(&first.world[0]);
        world_close(&first.world[1]);
    }
    CU_ASSERT(moved > 20);
}

/* By .3 log units of the hazard; at normal effort nothing else is different. */
static void an_unexplained_change_raises_the_wish_to_leave(void) {
    struct first_month first;
    size_t raised = 0;
    first_month_open(&first, "simulation.effort=\"none\"");
    for (uint64_t replication = 0; replication < 60; replication++) {
        first_month_run(&first, replication);
        for (size_t i = 0; i < first.diary[0].count; i++) {
            const struct entry *told = &first.entries[0][i];
            const struct entry *untold =
                told->kind == ENTRY_WISH ? same_entry(&first.diary[1], told) : NULL;
            if (untold != NULL) {
                double more = log(-log1p(-untold->value[1])) - log(-log1p(-told->value[1]));
                CU_ASSERT_DOUBLE_EQUAL(more, 0.3 * doubt_of(&first, told->seat), 1e-9);
                raised += more > 0.1;
            }
            CU_ASSERT(told->kind != ENTRY_WISH || untold != NULL);
        }
    }
    CU_ASSERT(raised > 10);
    world_close(&first.world[0]);
    world_close(&first.world[1]);
}

static void customers_follow_the_coverage(void) {
    struct world world;
    open_small(&world, "scenarios/hybrid.cfg", EFFORTS[0],
               "changes=({month=10;set={segments={key={coverage={owners=[\"development\"];"
               "hunters=[\"development\"];};};};};})");
    size_t key = strcmp(world.model.segments[0].segment->name, "key") == 0 ? 0 : 1;
    size_t handed = 0;
    firm_start(&world.firm, 7, 0);
    for (size_t month = 0; month < 24; month++) {
        const struct accounts *accounts = &world.firm.accounts[key];
        firm_step(&world.firm, month);
        double run_rate = 0.0;
        for (size_t a = 0; a < accounts->used; a++) {
            run_rate += (double)(accounts->potential[a] * accounts->wallet[a]);
            if (accounts->potential[a] > 0.0F && accounts->owner[a] != NO_OWNER) {
                const struct role_law *role =
                    &world.model.roles[world.firm.seats[accounts->owner[a]].role];
                bool development = strcmp(role->role->name, "development") == 0;
                CU_ASSERT_EQUAL(development, month >= 9);
                handed += month == 9;
            }
        }
        const struct ledger *ledger =
            firm_ledger(&world.firm, month, 1 + world.model.role_count + key);
        /* what the change of owners costs stands in the books; float sums */
        CU_ASSERT_DOUBLE_EQUAL(ledger->stocks.run_rate, run_rate, 1e-3 * run_rate);
        if (month == 9) {
            const struct ledger *before =
                firm_ledger(&world.firm, 8, 1 + world.model.role_count + key);
            CU_ASSERT(ledger->flows.log_gross_retention < before->flows.log_gross_retention - 0.03);
        }
    }
    CU_ASSERT(handed > 20);
    long owned[64] = {0};
    const struct accounts *accounts = &world.firm.accounts[key];
    CU_ASSERT_FATAL(world.model.seat_count <= 64);
    for (size_t a = 0; a < accounts->used; a++) {
        if (accounts->potential[a] > 0.0F && accounts->owner[a] != NO_OWNER) {
            owned[accounts->owner[a]]++;
        }
    }
    for (size_t seat = 0; seat < world.model.seat_count; seat++) {
        const char *role = world.model.roles[world.firm.seats[seat].role].role->name;
        CU_ASSERT(strcmp(role, "kam") != 0 || world.firm.seats[seat].accounts == owned[seat]);
    }
    world_close(&world);
}

static void headcount_follows_the_change_and_nobody_is_sent_away(void) {
    const char *const sets[] = {"roles.sales.headcount=20", "roles.sales.turnover.annual=0.6",
                                "roles.sales.recruiting.days=30.0"};
    for (int up = 0; up < 2; up++) {
        char text[CHANGE_TEXT];
        struct world world;
        (void)snprintf(text, sizeof text,
                       CHANGE_FIRM "plans = { first = { salary = 60000.0; }; };\n"
                                   "changes = ( { month = 13; set = { roles = { sales = { "
                                   "headcount = %d; }; }; }; } );\n",
                       up == 1 ? 40 : 8);
        world_open(&world, text, sets, 3);
        firm_run(&world.firm, 5, 0);
        CU_ASSERT_EQUAL(change_stocks(&world, 12)->seats, 20.0);
        CU_ASSERT_EQUAL(change_stocks(&world, 48)->seats, up == 1 ? 40.0 : 8.0);
        for (int month = 13; month <= 48; month++) {
            const struct flows *flows = change_flows(&world, month);
            double staff = change_stocks(&world, month)->headcount;
            CU_ASSERT_EQUAL(flows->exits_involuntary, 0.0);
            CU_ASSERT_EQUAL(staff, change_stocks(&world, month - 1)->headcount + flows->hires -
                                       flows->exits_voluntary - flows->retirements);
        }
        world_close(&world);
    }
}

static void a_new_career_begins_with_the_change(void) {
    struct world world;
    char text[CHANGE_TEXT];
    (void)snprintf(text, sizeof text, "%s",
                   CHANGE_FIRM "plans = { first = { salary = 60000.0; }; };\n"
                               "changes = ( { month = 13; set = { roles = { sales = { career = { "
                               "levels = ( { name = \"senior\"; months = 10; attainment = 0.0; "
                               "pay_step = 0.1; } ); }; }; }; }; } );\n");
    world_open(&world, text, NULL, 0);
    firm_run(&world.firm, 3, 0);
    for (int month = 1; month <= 48; month++) {
        CU_ASSERT_EQUAL(change_flows(&world, month)->promotions,
                        month == 22 ? (double)CHANGE_HEADS : 0.0);
    }
    CU_ASSERT_DOUBLE_EQUAL(change_flows(&world, 23)->salary, 1.1 * change_flows(&world, 21)->salary,
                           0.01 * CHANGE_HEADS);
    world_close(&world);
}

/* 30 % a year out of 100 % a year: everybody's next renewals have the new odds. */
static void churn_of_all_customers_follows_the_change(void) {
    char text[CHANGE_TEXT];
    struct world world;
    double lost[2] = {0.0, 0.0};
    double there[2] = {0.0, 0.0};
    (void)snprintf(text, sizeof text, "%s",
                   CHANGE_FIRM "plans = { first = { salary = 60000.0; }; };\n"
                               "changes = ( { month = 13; set = { segments = { standard = { churn "
                               "= { annual = 0.2; }; }; }; }; } );\n");
    const char *const sets[] = {"segments.standard.accounts=4000",
                                "segments.standard.churn.owner_change=0.0"};
    world_open(&world, text, sets, 2);
    firm_run(&world.firm, 3, 0);
    for (size_t month = 0; month < 24; month++) {
        const struct flows *flows = &firm_ledger(&world.firm, month, 2)->flows;
        lost[month >= 12] += flows->customers_lost;
        there[month >= 12] += flows->account_months;
    }
    const double annual[] = {0.7, 0.2};
    for (int period = 0; period < 2; period++) {
        double monthly = 1.0 - pow(1.0 - annual[period], 1.0 / 12.0);
        double sd = sqrt(there[period] * monthly * (1.0 - monthly));
        CU_ASSERT(fabs(lost[period] - there[period] * monthly) < 5.0 * sd);
    }
    world_close(&world);
}

static void levels_grow_on_from_what_has_been_reached(void) {
    struct level start = level_from_start(0.10);
    struct level same = level_by_years_then(&start, 0.10, 30);
    struct level then = level_by_years_then(&start, 0.50, 24);
    CU_ASSERT_EQUAL(level_by_years(&same, 50), level_by_years(&start, 50));
    CU_ASSERT_DOUBLE_EQUAL(level_by_years(&then, 23), 1.1, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(level_by_years(&then, 24), 1.1 * 1.5, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(level_by_years(&then, 47), 1.1 * 1.5 * 1.5, 1e-12);
    then = level_by_years_then(&start, 0.0, 30);
    CU_ASSERT_DOUBLE_EQUAL(level_by_years(&then, 47), 1.21, 1e-12);
    then = level_by_months_then(&start, -0.20, 18);
    CU_ASSERT_DOUBLE_EQUAL(level_by_months(&then, 18), pow(1.1, 1.5), 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(level_by_months(&then, 30), pow(1.1, 1.5) * 0.8, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(level_by_years(&start, -1), 1.0 / 1.1, 1e-12);
}

/* Everything that the books pay is told, also what runs off, and by the plan that it is from. */
static void a_trace_tells_all_pay_across_a_change(void) {
    struct world world;
    struct history history;
    struct error error = {0};
    open_small(&world, "scenarios/hybrid.cfg", EFFORTS[0],
               "changes=({month=17;name=\"other plans\";set={roles={kam={plan=\"kam_lti\";};"
               "sales={plan=\"sales_hold_back\";};};};},{month=26;set={roles={kam={"
               "plan=\"kam_quarterly_bonus\";};sales={plan=\"sales_commission\";};};};})");
    CU_ASSERT_FATAL(history_init(&history, &world.scenario.parameters, 2, &error));
    double told[MONTHS] = {0.0};
    size_t changes = 0;
    size_t late = 0;
    for (size_t i = 0; i < history.diary.count; i++) {
        const struct entry *entry = &history.diary.entries[i];
        bool paid = entry->kind == ENTRY_SALARY || entry->kind == ENTRY_LINE ||
                    entry->kind == ENTRY_DRAW || entry->kind == ENTRY_AWARD;
        told[entry->month] += paid ? entry->value[0] : 0.0;
        changes += entry->kind == ENTRY_CHANGE;
        CU_ASSERT(entry->number == (size_t)(entry->month >= 16) + (size_t)(entry->month >= 25) ||
                  paid || entry->kind == ENTRY_FORFEITED);
        late += paid && entry->month >= 26 && entry->number == 1;
    }
    for (size_t month = 0; month < MONTHS; month++) {
        const struct flows *flows = &firm_ledger(&history.firm, month, 0)->flows;
        double paid = flows->salary + flows->commission + flows->bonus + flows->draws +
                      flows->ltip_paid + flows->shares_vested;
        CU_ASSERT_DOUBLE_EQUAL(told[month], paid, 1e-6 * paid);
    }
    CU_ASSERT_EQUAL(changes, 2);
    CU_ASSERT(late > 0);
    history_free(&history);
    world_close(&world);
}

static const struct test TESTS[] = {
    {"a change to what is leaves every byte", a_change_to_what_is_leaves_every_byte},
    {"months before a change are as without it, byte for byte",
     months_before_a_change_are_as_without_it},
    {"histories do not depend on the ones before", histories_do_not_depend_on_the_ones_before},
    {"after a change the model is that of its parameters",
     after_a_change_the_model_is_that_of_its_parameters},
    {"only people who were there are unsettled, until they adapt",
     only_people_who_were_there_are_unsettled_until_they_adapt},
    {"an unexplained change halves what effort adds",
     an_unexplained_change_halves_what_effort_adds},
    {"an unexplained change raises the wish to leave",
     an_unexplained_change_raises_the_wish_to_leave},
    {"customers follow the coverage", customers_follow_the_coverage},
    {"headcount follows the change and nobody is sent away",
     headcount_follows_the_change_and_nobody_is_sent_away},
    {"a new career begins with the change", a_new_career_begins_with_the_change},
    {"churn of all customers follows the change", churn_of_all_customers_follows_the_change},
    {"levels grow on from what has been reached", levels_grow_on_from_what_has_been_reached},
    {"a trace tells all pay across a change", a_trace_tells_all_pay_across_a_change},
};

const struct suite suite_change = {"a firm at a dated change", TESTS, sizeof TESTS / sizeof *TESTS};

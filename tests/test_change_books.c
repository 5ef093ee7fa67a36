/* The books of components, coverage and a real start across dated changes, and their auditor. */
#include "audit_fixture.h"
#include "change_fixture.h"
#include "model/parts.h"
#include "opening_fixture.h"
#include "test.h"

#include <math.h>

#define JUDGED(name, period, target, expected)                                                     \
    "{ name = \"" name "\"; type = \"objectives\"; period = \"" period "\"; target = " target      \
    "; objectives = ( { name = \"o\"; weight = 1.0; expected = " expected "; } ); }"
#define ENDING                                                                                     \
    JUDGED("bonus", "quarter", "12000.0", "1.0")                                                   \
    ", " JUDGED("old", "quarter", "1200.0", "1.0")
#define BEGINNING                                                                                  \
    JUDGED("new", "quarter", "2400.0", "1.0")                                                      \
    ", " JUDGED("bonus", "quarter", "24000.0", "1.0")

static double component_bonus(const struct world *world, int month, const char *name) {
    const struct parameters *parameters = &world->scenario.parameters;
    size_t part = part_of_component(parameters, 0, part_component(parameters, 0, name));
    return firm_ledger(&world->firm, (size_t)month - 1, part)->flows.bonus;
}

static void components_of_all_plans_have_books_by_name(void) {
    struct world world;
    const double bonus[] = {0, 0, 3000, 0, 1000, 4000, 0, 0, 6000};
    const double old[] = {0, 0, 300, 0, 100, 0, 0, 0, 0};
    const double new[] = {0, 0, 0, 0, 0, 400, 0, 0, 600};
    change_open(&world, "components = ( " ENDING " );", "components = ( " BEGINNING " );", 5, NULL,
                0);
    const struct parameters *parameters = &world.scenario.parameters;
    CU_ASSERT_EQUAL(part_components(parameters, 0), 3);
    CU_ASSERT_STRING_EQUAL(part_component_name(parameters, 0, 0), "bonus");
    CU_ASSERT_STRING_EQUAL(part_component_name(parameters, 0, 1), "old");
    CU_ASSERT_STRING_EQUAL(part_component_name(parameters, 0, 2), "new");
    firm_run(&world.firm, 3, 0);
    for (int month = 1; month <= 9; month++) {
        CU_ASSERT_DOUBLE_EQUAL(component_bonus(&world, month, "bonus"),
                               CHANGE_HEADS * bonus[month - 1], 1e-6);
        CU_ASSERT_DOUBLE_EQUAL(component_bonus(&world, month, "old"), CHANGE_HEADS * old[month - 1],
                               1e-6);
        CU_ASSERT_DOUBLE_EQUAL(component_bonus(&world, month, "new"), CHANGE_HEADS * new[month - 1],
                               1e-6);
    }
    world_close(&world);
}

static void only_changes_that_come_bring_components(void) {
    struct world world;
    for (int late = 0; late <= 1; late++) {
        world_load(&world, "scenarios/plan_change.cfg", late ? "changes.[0].month=61" : NULL);
        const struct parameters *parameters = &world.scenario.parameters;
        size_t kam = 2;
        size_t first = role_plan(parameters, kam)->component_count;
        CU_ASSERT_STRING_EQUAL(parameters->roles[kam].name, "kam");
        CU_ASSERT_EQUAL(part_components(parameters, kam), late ? first : first + 2);
        CU_ASSERT_EQUAL(part_is_award(parameters, kam, 0), false);
        CU_ASSERT(late ||
                  part_is_award(parameters, kam, part_component(parameters, kam, "shares")));
        CU_ASSERT_EQUAL(world.model.part_count, part_count(parameters));
        world_close(&world);
    }
}

static void judged_objectives_are_paid_as_expected(void) {
    struct world world;
    change_open(&world, "components = ( " JUDGED("bonus", "quarter", "12000.0", "0.5") " );",
                "components = ( " JUDGED("bonus", "quarter", "12000.0", "0.95") " );", 7, NULL, 0);
    firm_run(&world.firm, 3, 0);
    for (int month = 3; month <= 24; month += 3) {
        CU_ASSERT_DOUBLE_EQUAL(change_flows(&world, month)->bonus,
                               CHANGE_HEADS * 3000.0 * (month < 7 ? 0.5 : 0.95), 1e-6);
    }
    world_close(&world);
}

/* ---- a real start */

static void promises_to_real_people_survive_a_change(void) {
    static const char *const SETS[] = {
        "roles.kam.turnover.annual=0.001", "roles.kam.plan=fixed",
        "changes=({month=7;set={roles={kam={plan=\"today\";headcount=3;};};};})"};
    struct world world;
    opening_world(&world, OPENING_FIRM OPENING_START_PEOPLE,
                  "person,role,start,salary,unvested,vests\n"
                  "a,kam,2020-01-01,100000,3000,2026-10-31\n"
                  "b,kam,2021-01-01,,500,2026-03-31\n",
                  NULL, SETS, 3);
    firm_run(&world.firm, 5, 0);
    for (size_t month = 0; month < 12; month++) {
        const struct ledger *ledger = firm_ledger(&world.firm, month, 2);
        CU_ASSERT_DOUBLE_EQUAL(ledger->flows.ltip_paid,
                               month == 2   ? 500.0
                               : month == 9 ? 3000.0
                                            : 0.0,
                               1e-9);
        if (month < 7) { /* paid 5/4 of the plan, by whichever plan */
            double plan = month < 6 ? 80000.0 : 60000.0;
            CU_ASSERT_DOUBLE_EQUAL(ledger->flows.salary, plan / 12.0 * (1.25 + 1.0), 0.02);
        }
    }
    world_close(&world);
}

static void the_start_cannot_change(void) {
    struct scenario scenario = {0};
    struct error error = {0};
    const char *const sets[] = {"changes=({month=7;set={start={date=\"2027-01-01\";};};})"};
    CU_ASSERT_FALSE(scenario_load(&scenario, "scenarios/our_five_kam.cfg", sets, 1, &error));
    CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&error), "cannot change at a date: it is the first"));
    error_free(&error);
    const char *const more[] = {"changes=({month=7;set={roles={kam={headcount=9;};};};})"};
    CU_ASSERT_TRUE(scenario_load(&scenario, "scenarios/our_five_kam.cfg", more, 1, &error));
    CU_ASSERT_EQUAL(error.count, 0);
    scenario_free(&scenario);
    error_free(&error);
}

/* ---- coverage */

struct covering {
    size_t waiting;
    size_t supported;
    size_t credited;
    size_t owned[3]; /* by role */
};

static struct covering count_covering(const struct world *world) {
    struct covering covering = {.waiting = 0};
    const struct accounts *accounts = &world->firm.accounts[0];
    for (size_t a = 0; a < accounts->used; a++) {
        const struct coverage *coverage = &accounts->coverage[a];
        if (accounts->potential[a] > 0.0F) {
            covering.waiting += coverage->waited > 0;
            covering.supported += coverage->supporter != NO_OWNER;
            covering.credited += coverage->credit > 0;
            if (accounts->owner[a] != NO_OWNER) {
                covering.owned[world->firm.seats[accounts->owner[a]].role]++;
            }
        }
    }
    return covering;
}

static struct covering covering_at(struct world *world, size_t months) {
    firm_start(&world->firm, 7, 0);
    for (size_t month = 0; month < months; month++) {
        firm_step(&world->firm, month);
    }
    return count_covering(world);
}

static void supporters_go_where_nobody_supports_any_more(void) {
    struct world world;
    world_load(&world, "scenarios/handover_team.cfg",
               "changes=({month=7;set={segments={standard={coverage={supporters=[];};};};};})");
    struct covering before = covering_at(&world, 6);
    struct covering after = covering_at(&world, 7);
    CU_ASSERT(before.supported > 50);
    CU_ASSERT_EQUAL(after.supported, 0);
    for (size_t a = 0; a < world.firm.accounts[0].used; a++) {
        CU_ASSERT_EQUAL(world.firm.accounts[0].support[a], 0.0F);
    }
    world_close(&world);
}

static void handovers_end_with_their_rules(void) {
    struct world world;
    static const char *const SETS[] = {
        "roles.kam.headcount=4", "changes=({month=7;set={segments={standard={coverage={rules=();"
                                 "owners=[\"sales\",\"kam\"];};};};};})"};
    world_set(&world, "scenarios/handover_shared.cfg", SETS, 2);
    struct covering before = covering_at(&world, 6);
    struct covering after = covering_at(&world, 7);
    CU_ASSERT(before.waiting > 0);
    CU_ASSERT_EQUAL(after.waiting, 0);
    /* nobody is handed over any more, and what was agreed on then runs out in a year */
    CU_ASSERT(before.credited > 0 && after.credited > 0 && after.credited <= before.credited);
    CU_ASSERT_EQUAL(covering_at(&world, 20).credited, 0);
    CU_ASSERT_EQUAL(firm_ledger(&world.firm, 5, 2)->flows.months, 1.0);
    double handovers[2] = {0.0, 0.0};
    for (size_t month = 0; month < 20; month++) {
        handovers[month >= 6] +=
            firm_ledger(&world.firm, month, part_of_segment(world.model.parameters, 0))
                ->flows.handovers;
    }
    CU_ASSERT(handovers[0] > 0.0);
    CU_ASSERT_EQUAL(handovers[1], 0.0);
    world_close(&world);
}

static void rules_can_begin_at_a_date(void) {
    struct world world;
    static const char *const SETS[] = {
        "segments.standard.coverage={rules=();owners=[\"sales\",\"kam\"]}",
        "changes=({month=7;set={segments={standard={coverage={rules=({role=\"kam\";"
        "potential=300000.0;});owners=[\"sales\"];};};};};})"};
    world_set(&world, "scenarios/handover.cfg", SETS, 2);
    size_t kam = covering_at(&world, 6).owned[1];
    CU_ASSERT(kam > 100);
    CU_ASSERT(covering_at(&world, 7).owned[1] >= kam - 10); /* who is named by a rule keeps */
    firm_run(&world.firm, 7, 0);
    double handovers[2] = {0.0, 0.0};
    for (size_t month = 0; month < world.model.months; month++) {
        handovers[month >= 6] +=
            firm_ledger(&world.firm, month, part_of_segment(world.model.parameters, 0))
                ->flows.handovers;
    }
    CU_ASSERT_EQUAL(handovers[0], 0.0);
    CU_ASSERT(handovers[1] > 10.0);
    world_close(&world);
}

static void who_owns_nothing_any_more_passes_customers_on(void) {
    static const char *const SETS[] = {
        "changes=({month=7;set={segments={standard={coverage={rules=();};};};};})"};
    struct world world;
    world_set(&world, "scenarios/handover.cfg", SETS, 1);
    CU_ASSERT(covering_at(&world, 6).owned[1] > 50);
    struct covering after = covering_at(&world, 7);
    CU_ASSERT_EQUAL(after.owned[1], 0);
    CU_ASSERT(after.owned[0] > 800);
    world_close(&world);
}

/* ---- the auditor across a change: what is falsified before the step of a month */

enum { CHANGED_MONTH = 24 };

static void lose_awards(struct firm *firm) {
    for (size_t a = 0; a < firm->model->seat_count * firm->model->award_most; a++) {
        firm->awards[a].open = false;
    }
}

static void steal_an_old_expense(struct firm *firm) {
    const struct pay_book *book = &firm->pay_books[0];
    for (size_t a = 0; a < book->model->seat_count * book->model->award_most; a++) {
        book->awards[a].expense += book->awards[a].open ? 500.0 : 0.0;
    }
}

static void grant_under_an_ended_plan(struct firm *firm) {
    const struct pay_book *book = &firm->pay_books[0];
    for (size_t a = 0; a < book->model->seat_count * book->model->award_most; a++) {
        if (book->awards[a].open) {
            book->awards[a].age -= 2;
        }
    }
}

static void forget_what_runs_off(struct firm *firm) {
    memset(firm->pay_books[0].runs_off, 0, firm->model->role_count);
}

static void invent_an_old_payment(struct firm *firm) {
    const struct role_law *law = &firm->model->roles[2];
    firm->pay_books[0].log[law->first_seat].total += 1.0;
    firm->pay_books[0].log[law->first_seat].line[0] += 1.0;
}

static void the_auditor_finds_what_is_falsified_at_a_change(void) {
    static const struct {
        size_t month;
        void (*change)(struct firm *firm);
        const char *sentence; /* part of it */
    } CASES[] = {
        {CHANGED_MONTH, lose_awards, "before the change"},
        {CHANGED_MONTH + 1, steal_an_old_expense, "is paid and"},
        {CHANGED_MONTH + 1, grant_under_an_ended_plan, "was granted after its plan had ended"},
        {CHANGED_MONTH + 1, forget_what_runs_off, "nothing runs off"},
        {CHANGED_MONTH + 1, invent_an_old_payment, "was paid by the statements"},
    };
    struct world world;
    char sentence[AUDIT_SENTENCE];
    world_load(&world, "scenarios/long_term_kam.cfg",
               "changes=({month=25;set={roles={kam={plan=\"kam_quarterly_bonus\";};};};})");
    for (size_t c = 0; c < sizeof CASES / sizeof CASES[0]; c++) {
        falsify(&world, CASES[c].month, CASES[c].change, sentence);
        CU_ASSERT_PTR_NOT_NULL(strstr(sentence, CASES[c].sentence));
        if (strstr(sentence, CASES[c].sentence) == NULL) {
            (void)fprintf(stderr, "case %zu: %s\n", c, sentence);
        }
        falsify(&world, CASES[c].month, falsify_nothing, sentence);
        CU_ASSERT_STRING_EQUAL(sentence, "");
    }
    world_close(&world);
}

static const struct test TESTS[] = {
    {"components of all plans of a role have books, by name",
     components_of_all_plans_have_books_by_name},
    {"only changes that come bring components", only_changes_that_come_bring_components},
    {"judged objectives are paid as expected", judged_objectives_are_paid_as_expected},
    {"promises to real people survive a change", promises_to_real_people_survive_a_change},
    {"the start cannot change", the_start_cannot_change},
    {"supporters go where nobody supports any more", supporters_go_where_nobody_supports_any_more},
    {"handovers end with their rules, what was agreed on goes on", handovers_end_with_their_rules},
    {"rules of coverage can begin at a date", rules_can_begin_at_a_date},
    {"who owns nothing any more passes customers on",
     who_owns_nothing_any_more_passes_customers_on},
    {"the auditor finds what is falsified at a change",
     the_auditor_finds_what_is_falsified_at_a_change},
};

const struct suite suite_change_books = {"books across changes", TESTS,
                                         sizeof TESTS / sizeof TESTS[0]};

/* The auditor finds what was falsified: each mistake is made in a process of its own, which it
 * ends.
 */
#include "audit_fixture.h"
#include "model/audit_steps.h"
#include "model/parts.h"
#include "test.h"

#include <string.h>

enum { FALSIFIED_MONTH = 14 };

static struct ledger *segment_ledger(struct firm *firm, size_t month) {
    return firm_ledger(firm, month, part_of_segment(firm->model->parameters, 0));
}

/* What is falsified before a month: the state that the books are compared with. */
static void lose_a_customer(struct firm *firm) {
    size_t slot = 0;
    while (firm->accounts[0].potential[slot] <= 0.0F) {
        slot++;
    }
    firm->accounts[0].potential[slot] = 0.0F;
    firm->accounts[0].owner[slot] = NO_OWNER;
}

static void double_a_customer(struct firm *firm) {
    size_t slot = 0;
    while (firm->accounts[0].potential[slot] <= 0.0F) {
        slot++;
    }
    firm->accounts[0].potential[slot] *= 2.0F;
}

static void forget_a_person(struct firm *firm) {
    size_t seat = 0;
    while (!firm->seats[seat].filled) {
        seat++;
    }
    firm->seats[seat].filled = false;
}

static void invent_an_opportunity(struct firm *firm) {
    firm->open_deals[firm->model->stage_count - 1]++;
}

static void invent_a_payment(struct firm *firm) {
    firm->pay_books[firm->model->number].log[0].total += 1.0;
}

static void invent_revenue(struct firm *firm) {
    segment_ledger(firm, FALSIFIED_MONTH)->flows.revenue += 100.0;
}

static void invent_an_expense(struct firm *firm) {
    firm_ledger(firm, FALSIFIED_MONTH, part_of_role(0))->flows.severance += 5.0;
    firm_ledger(firm, FALSIFIED_MONTH, PART_ALL)->flows.hiring_cost += 7.0;
}

static void invent_a_grant(struct firm *firm) {
    const struct parameters *parameters = firm->model->parameters;
    for (size_t r = 0; r < parameters->role_count; r++) {
        for (size_t c = 0; c < role_plan(parameters, r)->component_count; c++) {
            size_t part = part_of_component(parameters, r, c);
            firm_ledger(firm, FALSIFIED_MONTH, part)->flows.lti_granted += 1000.0;
        }
    }
}

static void steal_an_expense(struct firm *firm) {
    for (size_t a = 0; a < firm->model->seat_count * firm->model->award_most; a++) {
        firm->awards[a].expense += firm->awards[a].open ? 500.0 : 0.0;
    }
}

static void win_twice(struct firm *firm) {
    segment_ledger(firm, FALSIFIED_MONTH)->flows.customers_won += 1.0;
}

static void hire_nobody(struct firm *firm) {
    firm_ledger(firm, FALSIFIED_MONTH, part_of_role(0))->flows.hires += 1.0;
}

static void own_one_more(struct firm *firm) { firm->intakes[3].here++; }

static size_t owned_customer(const struct firm *firm) {
    const struct accounts *accounts = &firm->accounts[0];
    size_t slot = 0;
    while (accounts->potential[slot] <= 0.0F || accounts->owner[slot] == NO_OWNER) {
        slot++;
    }
    return slot;
}

static void own_nobody(struct firm *firm) {
    firm->accounts[0].potential[owned_customer(firm)] = 0.0F;
}

/* Owners are counted anew when a month begins: a mistake of the month itself, after it. */
static void hand_over_in_secret(struct firm *firm) {
    firm_step(firm, FALSIFIED_MONTH);
    int32_t *owner = &firm->accounts[0].owner[owned_customer(firm)];
    *owner = *owner == 0 ? 1 : 0;
    audit_owners(&(struct question){firm, FALSIFIED_MONTH, "the firm"});
}

/* A month up to where customers have lived it, which the auditor finds in order. */
static void live_half_a_month(struct firm *firm) {
    struct question question = {firm, FALSIFIED_MONTH, "segment 1"};
    owned_clear(firm);
    step_economy(firm, FALSIFIED_MONTH);
    step_effort(firm, FALSIFIED_MONTH);
    step_pipeline(firm, FALSIFIED_MONTH);
    step_timing(firm, FALSIFIED_MONTH);
    step_customers(firm, FALSIFIED_MONTH);
    audit_credit(firm, FALSIFIED_MONTH);
    audit_segment(&question, 0);
    (void)fputs("in order; ", stderr);
}

static void audit_half_a_month(struct firm *firm) {
    struct question question = {firm, FALSIFIED_MONTH, "segment 1"};
    audit_credit(firm, FALSIFIED_MONTH);
    audit_segment(&question, 0);
}

static void book_expansion_thrice(struct firm *firm) {
    live_half_a_month(firm);
    struct flows *flows = &segment_ledger(firm, FALSIFIED_MONTH)->flows;
    flows->expansion_revenue *= 3.0;
    audit_half_a_month(firm);
}

static void take_expansion_from_the_market(struct firm *firm) {
    live_half_a_month(firm);
    struct flows *flows = &segment_ledger(firm, FALSIFIED_MONTH)->flows;
    flows->market_growth -= 2.0 * flows->expansion_revenue;
    flows->expansion_revenue *= 3.0;
    audit_half_a_month(firm);
}

/* In the accounts as well as in the books. */
static void sell_three_times_as_much(struct firm *firm) {
    live_half_a_month(firm);
    struct accounts *accounts = &firm->accounts[0];
    struct flows *flows = &segment_ledger(firm, FALSIFIED_MONTH)->flows;
    for (size_t a = 0; a < accounts->used; a++) {
        accounts->expansion[a] *= 3.0F;
    }
    for (size_t i = 0; i < accounts->lost_count; i++) {
        accounts->lost[i].expansion *= 3.0F;
    }
    flows->market_growth -= 2.0 * flows->expansion_revenue;
    flows->expansion_revenue *= 3.0;
    audit_segment(&(struct question){firm, FALSIFIED_MONTH, "segment 1"}, 0);
}

static void book_churn_twice(struct firm *firm) {
    live_half_a_month(firm);
    struct flows *flows = &segment_ledger(firm, FALSIFIED_MONTH)->flows;
    flows->churned_revenue += 1000.0;
    audit_half_a_month(firm);
}

static void take_churn_from_the_market(struct firm *firm) {
    live_half_a_month(firm);
    struct flows *flows = &segment_ledger(firm, FALSIFIED_MONTH)->flows;
    flows->churned_revenue += 1000.0;
    flows->market_growth += 1000.0;
    audit_half_a_month(firm);
}

static void book_the_market_twice(struct firm *firm) {
    live_half_a_month(firm);
    segment_ledger(firm, FALSIFIED_MONTH)->flows.market_growth *= 2.0;
    audit_half_a_month(firm);
}

static void book_contraction_twice(struct firm *firm) {
    live_half_a_month(firm);
    segment_ledger(firm, FALSIFIED_MONTH)->flows.contraction *= 2.0;
    audit_half_a_month(firm);
}

static void own_more_revenue(struct firm *firm) {
    live_half_a_month(firm);
    firm->owned[1].before *= 1.5;
    audit_half_a_month(firm);
}

static void give_customers_to_another_role(struct firm *firm) {
    firm_step(firm, FALSIFIED_MONTH);
    struct accounts *accounts = &firm->accounts[0];
    struct question question = {firm, FALSIFIED_MONTH, "a role"};
    size_t slot = owned_customer(firm);
    size_t role = firm->seats[accounts->owner[slot]].role;
    audit_role_customers(&question, role);
    (void)fputs("in order; ", stderr);
    accounts->owner[slot] = (int32_t)firm->model->roles[role == 0 ? 1 : 0].first_seat;
    audit_role_customers(&question, role);
}

/* What a former owner, or a supporter, is credited more for one customer. */
static void credit_more(struct firm *firm, bool supporter, double times) {
    live_half_a_month(firm);
    const struct accounts *accounts = &firm->accounts[0];
    size_t credited = 0;
    for (size_t a = 0; a < accounts->used; a++) {
        const struct coverage *coverage = &accounts->coverage[a];
        int32_t seat = supporter ? coverage->supporter : coverage->partner;
        if (accounts->potential[a] > 0.0F && seat != NO_OWNER &&
            (supporter || firm->audit->customers[0][a].credit > 0)) {
            double more = (times - 1.0) * (double)accounts->before[a];
            firm->books[0].owner[seat + 1].before += more;
            firm->books[0].owner[0].before -= more;
            credited++;
        }
    }
    CU_ASSERT_FATAL(credited > 0);
    audit_half_a_month(firm);
}

static void credit_five_times(struct firm *firm) { credit_more(firm, false, 5.0); }
static void support_twice(struct firm *firm) { credit_more(firm, true, 2.0); }

static void count_what_is_shared_for_nobody(struct firm *firm) {
    live_half_a_month(firm);
    firm->books[0].owner[0].expansion += 1000.0;
    audit_half_a_month(firm);
}

static void share_twice(struct firm *firm) {
    live_half_a_month(firm);
    segment_ledger(firm, FALSIFIED_MONTH)->flows.shared_credit *= 2.0;
    audit_half_a_month(firm);
}

static void credit_revenue_twice(struct firm *firm) {
    live_half_a_month(firm);
    segment_ledger(firm, FALSIFIED_MONTH)->flows.credited_revenue *= 2.0;
    audit_half_a_month(firm);
}

struct falsified {
    void (*change)(struct firm *firm);
    const char *sentence; /* part of it */
};

/* Of a scenario in which all is in order until it is falsified within the month. */
static void find_each(const char *scenario, const struct falsified cases[], size_t count) {
    struct world world;
    char sentence[AUDIT_SENTENCE];
    world_load(&world, scenario, "simulation.years=2");
    for (size_t c = 0; c < count; c++) {
        falsify(&world, FALSIFIED_MONTH, cases[c].change, sentence);
        bool found = strncmp(sentence, "in order; audit: ", 17) == 0 &&
                     strstr(sentence, cases[c].sentence) != NULL;
        CU_ASSERT(found);
        if (!found) {
            (void)fprintf(stderr, "case %zu: %s\n", c, sentence);
        }
    }
    world_close(&world);
}

static void a_flow_that_is_not_that_of_the_accounts_is_found(void) {
    static const struct falsified CASES[] = {
        {book_expansion_thrice, "a year, "},
        {take_expansion_from_the_market, "the accounts grew by"},
        {sell_three_times_as_much, "the market and chance make"},
        {book_churn_twice, "a year, "},
        {take_churn_from_the_market, "left with customers"},
        {book_the_market_twice, "a year, "},
        {book_contraction_twice, "a year, "},
    };
    find_each("scenarios/hybrid.cfg", CASES, sizeof CASES / sizeof CASES[0]);
}

static void credit_that_nobody_has_is_found(void) {
    static const struct falsified SHARED[] = {
        {credit_five_times, "seat"},        {count_what_is_shared_for_nobody, "everybody"},
        {share_twice, "for former owners"}, {credit_revenue_twice, "count for people"},
        {own_more_revenue, "role"},         {give_customers_to_another_role, "its people own"},
    };
    static const struct falsified TEAM[] = {{support_twice, "seat"}};
    find_each("scenarios/handover_shared.cfg", SHARED, sizeof SHARED / sizeof SHARED[0]);
    find_each("scenarios/handover_team.cfg", TEAM, 1);
}

static void what_is_falsified_is_found(void) {
    static const struct {
        void (*change)(struct firm *firm);
        const char *sentence; /* part of it */
    } CASES[] = {
        {lose_a_customer, "are here, not"},
        {double_a_customer, "a year before, with growth"},
        {forget_a_person, "exits do not give"},
        {invent_an_opportunity, "open and"},
        {invent_a_payment, "was paid by the statements"},
        {invent_revenue, "is no profit of"},
        {invent_an_expense, "is no profit of"},
        {invent_a_grant, "was granted, the awards are"},
        {steal_an_expense, "is paid and"},
        {win_twice, "are not the change of"},
        {hire_nobody, "exits do not give"},
        {own_one_more, "who came"},
        {own_nobody, "nobody's, has the owner"},
        {hand_over_in_secret, "are said to be its own"},
    };
    struct world world;
    char sentence[AUDIT_SENTENCE];
    world_load(&world, "scenarios/hybrid.cfg", "simulation.years=2");
    for (size_t c = 0; c < sizeof CASES / sizeof CASES[0]; c++) {
        falsify(&world, FALSIFIED_MONTH, CASES[c].change, sentence);
        CU_ASSERT_PTR_NOT_NULL(strstr(sentence, "audit: seed 4, replication 3, month 15, "));
        CU_ASSERT_PTR_NOT_NULL(strstr(sentence, CASES[c].sentence));
        if (strstr(sentence, CASES[c].sentence) == NULL) {
            (void)fprintf(stderr, "case %zu: %s\n", c, sentence);
        }
    }
    falsify(&world, FALSIFIED_MONTH, falsify_nothing, sentence);
    CU_ASSERT_STRING_EQUAL(sentence, "");
    world_close(&world);
}

static const struct test TESTS[] = {
    {"what is falsified is found, and nothing else", what_is_falsified_is_found},
    {"a flow that is not that of the accounts is found",
     a_flow_that_is_not_that_of_the_accounts_is_found},
    {"credit that nobody has is found", credit_that_nobody_has_is_found},
};

const struct suite suite_audit = {"audit", TESTS, sizeof TESTS / sizeof TESTS[0]};

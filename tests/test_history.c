#include "base/memory.h"
#include "engine/history.h"
#include "firm_fixture.h"
#include "model/steps.h"
#include "report/story.h"
#include "test.h"

static const char *const MODES[] = {"simulation.effort=\"dynamic\"",
                                    "simulation.effort=\"static\""};
static const char SCENARIO[] = "scenarios/long_term_kam.cfg";
enum { REPLICATION = 7 };

struct told {
    struct world world;
    struct history history;
};

static void tell(struct told *told, const char *path, const char *set, uint64_t replication) {
    struct error error = {0};
    world_load(&told->world, path, set);
    CU_ASSERT_TRUE_FATAL(
        history_init(&told->history, &told->world.scenario.parameters, replication, &error));
    CU_ASSERT(told->history.diary.count > 0);
}

static void close_told(struct told *told) {
    history_free(&told->history);
    world_close(&told->world);
}

static size_t ledgers_size(const struct model *model) {
    return model->months * (1 + model->role_count + model->segment_count) * sizeof(struct ledger);
}

static void a_history_is_the_same_with_and_without_a_diary(void) {
    for (size_t m = 0; m < 2; m++) {
        struct told told;
        tell(&told, SCENARIO, MODES[m], REPLICATION);
        firm_run(&told.world.firm, told.world.scenario.parameters.simulation.seed, REPLICATION - 1);
        CU_ASSERT_PTR_NULL(told.world.firm.diary);
        CU_ASSERT_EQUAL(memcmp(told.world.firm.ledgers, told.history.firm.ledgers,
                               ledgers_size(&told.world.model)),
                        0);
        CU_ASSERT_EQUAL(memcmp(told.world.firm.share_prices, told.history.firm.share_prices,
                               told.world.model.months * sizeof(double)),
                        0);
        close_told(&told);
    }
}

/* Sum of a value of all entries of a kind in one role and month. */
static double sum_of(const struct history *history, enum entry_kind kind, size_t role, long month,
                     size_t value) {
    double sum = 0.0;
    for (size_t i = 0; i < history->diary.count; i++) {
        const struct entry *entry = &history->diary.entries[i];
        bool here = entry->kind == kind && entry->month == month &&
                    entry->seat < history->model.seat_count &&
                    history->firm.seats[entry->seat].role == role;
        sum += here ? entry->value[value] : 0.0;
    }
    return sum;
}

static double count_of(const struct history *history, enum entry_kind kind, size_t role, long month,
                       double first) {
    double count = 0.0;
    for (size_t i = 0; i < history->diary.count; i++) {
        const struct entry *entry = &history->diary.entries[i];
        count += entry->kind == kind && entry->month == month &&
                 history->firm.seats[entry->seat].role == role &&
                 (isnan(first) || entry->value[0] == first);
    }
    return count;
}

static void every_payment_stands_in_the_diary(void) {
    struct told told;
    tell(&told, SCENARIO, MODES[0], REPLICATION);
    const struct history *history = &told.history;
    for (size_t r = 0; r < history->model.role_count; r++) {
        for (long month = 0; month < 60; month++) {
            const struct flows *flows = &firm_ledger(&history->firm, (size_t)month, 1 + r)->flows;
            double lines = flows->commission + flows->bonus;
            double awards = flows->ltip_paid + flows->shares_vested;
            CU_ASSERT_DOUBLE_EQUAL(sum_of(history, ENTRY_SALARY, r, month, 0), flows->salary, 1e-6);
            CU_ASSERT_DOUBLE_EQUAL(sum_of(history, ENTRY_LINE, r, month, 0), lines, 1e-6);
            CU_ASSERT_DOUBLE_EQUAL(sum_of(history, ENTRY_DRAW, r, month, 0), flows->draws, 1e-6);
            CU_ASSERT_DOUBLE_EQUAL(sum_of(history, ENTRY_AWARD, r, month, 0), awards, 1e-6);
            CU_ASSERT_DOUBLE_EQUAL(sum_of(history, ENTRY_GRANTED, r, month, 0), flows->lti_granted,
                                   1e-6);
            CU_ASSERT_DOUBLE_EQUAL(sum_of(history, ENTRY_FORFEITED, r, month, 0),
                                   flows->lti_forfeited, 1e-6);
        }
    }
    close_told(&told);
}

static void every_event_of_people_stands_in_the_diary(void) {
    const double any = (double)NAN;
    double seen = 0.0;
    struct told told;
    tell(&told, SCENARIO, MODES[0], REPLICATION);
    const struct history *history = &told.history;
    for (size_t r = 0; r < history->model.role_count; r++) {
        for (long month = 0; month < 60; month++) {
            const struct flows *flows = &firm_ledger(&history->firm, (size_t)month, 1 + r)->flows;
            double exits[] = {flows->exits_voluntary, flows->exits_involuntary, flows->retirements};
            for (size_t reason = 0; reason < 3; reason++) {
                CU_ASSERT_EQUAL(count_of(history, ENTRY_EXIT, r, month, (double)reason),
                                exits[reason]);
                seen += exits[reason];
            }
            CU_ASSERT_EQUAL(count_of(history, ENTRY_HIRED, r, month, any) +
                                count_of(history, ENTRY_MOVED_IN, r, month, any),
                            flows->hires);
            CU_ASSERT_EQUAL(count_of(history, ENTRY_PROMOTED, r, month, any), flows->promotions);
            CU_ASSERT_EQUAL(count_of(history, ENTRY_WISH, r, month, any), flows->wishes);
            CU_ASSERT_EQUAL(count_of(history, ENTRY_MONTH, r, month, any), flows->person_months);
            for (size_t k = 0; k < ACTIVITY_COUNT; k++) {
                CU_ASSERT_DOUBLE_EQUAL(sum_of(history, ENTRY_MONTH, r, month, k), flows->effort[k],
                                       1e-9);
            }
            CU_ASSERT_DOUBLE_EQUAL(sum_of(history, ENTRY_MONTH, r, month, 3), flows->attainment,
                                   1e-9);
        }
    }
    CU_ASSERT(seen > 20.0);
    close_told(&told);
}

static void every_customer_won_and_lost_stands_in_the_diary(void) {
    struct told told;
    double pulled = 0.0;
    double churned = 0.0;
    double lost = 0.0;
    tell(&told, SCENARIO, MODES[0], REPLICATION);
    const struct history *history = &told.history;
    for (long month = 0; month < 60; month++) {
        struct flows sums = {0};
        double won = 0.0;
        double value = 0.0;
        double pushed = 0.0;
        double gone = 0.0;
        for (size_t s = 0; s < history->model.segment_count; s++) {
            const struct flows *flows =
                &firm_ledger(&history->firm, (size_t)month, 1 + history->model.role_count + s)
                     ->flows;
            sums.deals += flows->deals;
            sums.deals_pushed += flows->deals_pushed;
            sums.new_revenue += flows->new_revenue;
            sums.customers_lost += flows->customers_lost;
            sums.deals_pulled += flows->deals_pulled;
            churned += flows->churned_revenue;
        }
        for (size_t i = 0; i < history->diary.count; i++) {
            const struct entry *entry = &history->diary.entries[i];
            if (entry->month != month) {
                continue;
            }
            won += entry->kind == ENTRY_WON;
            value += entry->kind == ENTRY_WON ? entry->value[0] : 0.0;
            pulled += entry->kind == ENTRY_WON ? entry->value[2] : 0.0;
            pushed += entry->kind == ENTRY_PUSHED;
            gone += entry->kind == ENTRY_LOST;
            lost += entry->kind == ENTRY_LOST ? entry->value[0] : 0.0;
        }
        pulled -= sums.deals_pulled;
        CU_ASSERT_EQUAL(won, sums.deals);
        CU_ASSERT_EQUAL(pushed, sums.deals_pushed);
        CU_ASSERT_EQUAL(gone, sums.customers_lost);
        CU_ASSERT_DOUBLE_EQUAL(value, sums.new_revenue, 1e-6);
    }
    CU_ASSERT_EQUAL(pulled, 0.0);
    /* churned revenue is as they left, the month's growth and contraction in it */
    CU_ASSERT(lost > 0.95 * churned && lost < 1.05 * churned);
    close_told(&told);
}

/* A plan with a draw, and leavers who are still paid: each line is that of the log. */
static void every_line_of_pay_is_that_of_the_log(void) {
    struct error error = {0};
    struct told told;
    size_t paid = 0;
    tell(&told, "scenarios/short_term_bonus.cfg",
         "plans.sales_quarterly_bonus.draw={ amount = 1500.0; }", 2);
    struct history *history = &told.history;
    struct firm *firm = &told.world.firm;
    size_t cells = history->model.months * history->model.seat_count;
    struct payment *log = memory_array(cells, sizeof *log, "payments", &error);
    struct payment *told_log = memory_array(cells, sizeof *told_log, "payments", &error);
    CU_ASSERT_FATAL(log != NULL && told_log != NULL);
    firm->pay_log = log;
    firm_run(firm, told.world.scenario.parameters.simulation.seed, 1);
    for (size_t i = 0; i < history->diary.count; i++) {
        const struct entry *entry = &history->diary.entries[i];
        struct payment *payment = &told_log[(size_t)entry->month * history->model.seat_count +
                                            entry->seat % history->model.seat_count];
        if (entry->kind == ENTRY_LINE) {
            payment->line[entry->other] += entry->value[0];
            payment->total += entry->value[0];
        } else if (entry->kind == ENTRY_DRAW) {
            payment->draw += entry->value[0];
            payment->total += entry->value[0];
        }
    }
    for (size_t cell = 0; cell < cells; cell++) {
        for (size_t c = 0; c < COMPONENTS_MOST; c++) {
            CU_ASSERT_EQUAL(told_log[cell].line[c], log[cell].line[c]);
            paid += log[cell].line[c] != 0.0;
        }
        CU_ASSERT_EQUAL(told_log[cell].draw, log[cell].draw);
        CU_ASSERT_DOUBLE_EQUAL(told_log[cell].total, log[cell].total, 1e-9);
    }
    CU_ASSERT(paid > 1000);
    firm->pay_log = NULL;
    free(log);
    free(told_log);
    close_told(&told);
}

/* Whoever leaves of own will has weighed it this month and found nothing worth waiting for, and
 * nobody else has. */
static void who_leaves_has_found_nothing_worth_waiting_for(void) {
    struct told told;
    size_t left = 0;
    size_t waited = 0;
    tell(&told, SCENARIO, MODES[0], REPLICATION);
    const struct diary *diary = &told.history.diary;
    for (size_t i = 0; i < diary->count; i++) {
        const struct entry *entry = &diary->entries[i];
        if (entry->kind != ENTRY_WEIGHED) {
            continue;
        }
        bool goes = entry->value[2] < 0.0;
        const struct entry *next = entry + 1;
        bool gone = i + 1 < diary->count && next->kind == ENTRY_EXIT && next->seat == entry->seat &&
                    next->value[0] == EXIT_VOLUNTARY;
        CU_ASSERT_EQUAL(goes, gone);
        CU_ASSERT(goes || (entry->value[3] > 0.0 && entry->value[3] <= entry->value[1] + 1e-9));
        left += goes;
        waited += !goes;
    }
    CU_ASSERT(left > 20);
    CU_ASSERT(waited > 20);
    close_told(&told);
}

/* One amount at a time: 10 in 6 months pay for half a year at 20 a year, not at 21; at 21 the
 * further 20 of month 12 do, and nothing at 31. */
static void waiting_goes_on_until_the_first_payment_that_pays_for_it(void) {
    static const double GAINS[] = {20.0, 21.0, 30.0, 31.0};
    static const double MONTHS[] = {6.0, 12.0, 12.0, -1.0};
    for (size_t g = 0; g < 4; g++) {
        struct forfeits forfeits = {.last = 0};
        forfeits_add(&forfeits, 12.0, 20.0);
        forfeits_add(&forfeits, 6.0, 10.0);
        CU_ASSERT_EQUAL(waiting_months(&forfeits, GAINS[g], 1.0, 0.0), MONTHS[g]);
    }
}

static void a_full_diary_counts_on(void) {
    struct entry entries[2];
    struct diary diary = {.entries = entries, .capacity = 2};
    for (long month = 0; month < 5; month++) {
        diary_add(&diary, &(struct entry){.month = month});
    }
    CU_ASSERT_EQUAL(diary.count, 5);
    CU_ASSERT_EQUAL(entries[1].month, 1);
}

/* The stories of all people of a firm together hold every payment, each once. */
static void the_stories_of_all_people_hold_all_pay(void) {
    struct told told;
    tell(&told, "scenarios/key_accounts.cfg", "plans.kam_lti.components.[0].leaver=\"pro_rata\"",
         3); /* leavers are paid after the exit */
    const struct history *history = &told.history;
    const struct diary *diary = &history->diary;
    size_t payments = 0;
    size_t stories = 0;
    for (size_t i = 0; i < diary->count; i++) {
        payments += diary->entries[i].kind == ENTRY_SALARY ||
                    diary->entries[i].kind == ENTRY_LINE || diary->entries[i].kind == ENTRY_AWARD;
    }
    for (size_t seat = 0; seat < history->model.seat_count; seat++) {
        for (uint64_t o = 1; o <= history->firm.seats[seat].occupants; o++) {
            const struct story story = {.history = history, .alone = true, .employee = {seat, o}};
            for (size_t i = 0; i < diary->count; i++) {
                const struct entry *entry = &diary->entries[i];
                bool pay = entry->kind == ENTRY_SALARY || entry->kind == ENTRY_LINE ||
                           entry->kind == ENTRY_AWARD;
                stories += pay && story_tells(&story, entry);
            }
        }
    }
    CU_ASSERT_EQUAL(stories, payments);
    CU_ASSERT(payments > 500);
    close_told(&told);
}

/* The sentence without its newline. */
static bool finding_says(const struct history *history, const char *name, const char *wanted) {
    struct error error = {0};
    struct employee employee;
    bool found = history_find(history, name, &employee, &error);
    bool same = !found && strstr(error_text(&error), wanted) != NULL;
    if (!same) {
        (void)fprintf(stderr, "%s: %s", name, error_text(&error));
    }
    CU_ASSERT(found || error.kind == ERROR_QUESTION);
    error_free(&error);
    return same;
}

static void people_are_found_by_seat_and_number(void) {
    struct told told;
    tell(&told, SCENARIO, MODES[1], REPLICATION);
    const struct history *history = &told.history;
    for (size_t seat = 0; seat < history->model.seat_count; seat++) {
        for (uint64_t o = 1; o <= history->firm.seats[seat].occupants; o++) {
            char name[EMPLOYEE_NAME_SIZE];
            struct error error = {0};
            struct employee employee;
            (void)history_name(name, history, (struct employee){seat, o});
            CU_ASSERT_TRUE(history_find(history, name, &employee, &error));
            CU_ASSERT_EQUAL(employee.seat, seat);
            CU_ASSERT_EQUAL(employee.occupant, o);
        }
    }
    CU_ASSERT_TRUE(finding_says(history, "sale-3", "did you mean sales-3?"));
    CU_ASSERT_TRUE(finding_says(history, "sales-31", "there were sales-1 to sales-30"));
    CU_ASSERT_TRUE(finding_says(history, "sales-0", "there were sales-1 to sales-30"));
    CU_ASSERT_TRUE(finding_says(history, "sales", "sales-1"));
    CU_ASSERT_TRUE(finding_says(history, "sales-3x", "sales-1"));
    CU_ASSERT_TRUE(finding_says(history, "nobody", "kam-1 to kam-20"));
    CU_ASSERT_TRUE(finding_says(history, "sales-3.99", "sat on this seat"));
    close_told(&told);
}

/* Both sides of a move name each other. */
static void who_moves_is_named_by_both_seats(void) {
    struct told told;
    size_t moves = 0;
    tell(&told, "scenarios/hybrid.cfg", "roles.kam.recruiting.internal=[\"sales\"]", 2);
    const struct history *history = &told.history;
    const struct entry *out = NULL;
    for (size_t i = 0; i < history->diary.count; i++) {
        const struct entry *entry = &history->diary.entries[i];
        char from[EMPLOYEE_NAME_SIZE];
        char to[EMPLOYEE_NAME_SIZE];
        char buffer[EMPLOYEE_NAME_SIZE];
        out = entry->kind == ENTRY_MOVED_OUT ? entry : out;
        if (entry->kind != ENTRY_MOVED_IN) {
            continue;
        }
        CU_ASSERT_PTR_NOT_NULL_FATAL(out);
        CU_ASSERT_EQUAL(out->month, entry->month);
        (void)history_name(from, history, (struct employee){out->seat, out->occupant});
        (void)history_name(to, history, (struct employee){entry->seat, entry->occupant});
        CU_ASSERT_STRING_EQUAL(story_about(buffer, history, out), to);
        CU_ASSERT_STRING_EQUAL(story_about(buffer, history, entry), from);
        moves++;
    }
    CU_ASSERT(moves > 3);
    close_told(&told);
}

static const struct test TESTS[] = {
    {"a history is the same with and without a diary",
     a_history_is_the_same_with_and_without_a_diary},
    {"every payment stands in the diary", every_payment_stands_in_the_diary},
    {"every event of people stands in the diary", every_event_of_people_stands_in_the_diary},
    {"every customer won and lost stands in the diary",
     every_customer_won_and_lost_stands_in_the_diary},
    {"every line of pay is that of the log", every_line_of_pay_is_that_of_the_log},
    {"who leaves has found nothing worth waiting for",
     who_leaves_has_found_nothing_worth_waiting_for},
    {"waiting goes on until the first payment that pays for it",
     waiting_goes_on_until_the_first_payment_that_pays_for_it},
    {"a full diary counts on", a_full_diary_counts_on},
    {"the stories of all people hold all pay", the_stories_of_all_people_hold_all_pay},
    {"who moves is named by both seats", who_moves_is_named_by_both_seats},
    {"people are found by seat and number", people_are_found_by_seat_and_number},
};

const struct suite suite_history = {"history", TESTS, sizeof TESTS / sizeof TESTS[0]};

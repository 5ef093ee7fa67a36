#include "pay_fixture.h"
#include "test.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* Two segments that differ in margin and term; somebody is paid on the state of customers and on
 * their value, so that both are measured. */
#define MEASURED                                                                                   \
    PAY_SMALL, "segments.standard.contract={term_months=6;margin=0.4}",                            \
        "segments.key.contract={term_months=12;margin=0.25}",                                      \
        "roles.kam.plan=\"kam_customer_value\"", "roles.sales.plan=\"kam_objectives\"",            \
        "economy.share.loading=0.0", "firm.wacc=0.1", "roles.sales.team_size=4"
enum { MEASURED_COUNT = PAY_SMALL_COUNT + 7, ACCOUNTS_MOST = 8192 };

/* Readings of metrics that no plan of these firms looks at are wanted too. */
static void read_everything(struct model *model) {
    for (size_t metric = 0; metric < METRIC_COUNT; metric++) {
        model->uses[metric] = true;
    }
}

static double metric_of(const struct firm *firm, size_t seat, enum metric metric, enum scope scope,
                        size_t segment, size_t month, double *base) {
    struct slot_law law = {.slot = {metric, scope, "", 0, 18}, .segment = segment};
    struct reading reading = measure_read(firm, seat, &law, month);
    if (base != NULL) {
        *base = reading.base;
    }
    return reading.value;
}

/* Value of a customer by docs/model.md: margin of a year's revenue for as long as it stays, at
 * today's churn. */
static double value_of(const struct firm *firm, size_t s, size_t a) {
    const struct accounts *accounts = &firm->accounts[s];
    const struct segment *segment = firm->model->segments[s].segment;
    double reference = segment->relationship.investment /
                       (segment->relationship.investment + segment->relationship.decay);
    double b = segment->churn.satisfaction;
    double sd = segment->satisfaction.sd;
    double odds =
        (double)accounts->churn_odds[a] *
        exp(-b * (double)accounts->satisfaction[a] -
            segment->churn.relationship * ((double)accounts->relationship[a] - reference) +
            segment->churn.owner_change * (double)accounts->kappa[a] - b * b * sd * sd / 2);
    double stays = pow(1 / (1 + odds), 12 / (double)segment->contract.term_months);
    double revenue = (double)accounts->potential[a] * (double)accounts->wallet[a];
    return segment->contract.margin * revenue * 1.1 / (1.1 - stays);
}

struct values {
    uint64_t id[ACCOUNTS_MOST];
    double value[ACCOUNTS_MOST];
};

static double value_before(const struct values *values, const struct accounts *accounts, size_t a) {
    return values->id[a] == accounts->id[a] ? values->value[a] : 0;
}

/* Wallet share, satisfaction, NPS and recurring revenue of everybody's customers. */
static void check_states(const struct firm *firm, size_t seat, size_t month) {
    size_t all = firm->model->segment_count;
    double potential = 0;
    double revenue = 0;
    double count = 0;
    double rating = 0;
    double score = 0;
    double recurring = 0;
    for (size_t s = 0; s < all; s++) {
        const struct accounts *accounts = &firm->accounts[s];
        const struct segment *segment = firm->model->segments[s].segment;
        double total = segment->satisfaction.rating_sd;
        double answer = total * sqrt(1 - segment->satisfaction.sd * segment->satisfaction.sd);
        for (size_t a = 0; a < accounts->used; a++) {
            double here = (double)accounts->potential[a];
            double spent = here * (double)accounts->wallet[a];
            bool mine = here > 0 && accounts->owner[a] == (int32_t)seat;
            double answered =
                segment->satisfaction.mean + total * (double)accounts->satisfaction[a];
            potential += mine ? here : 0;
            revenue += mine ? spent : 0;
            count += mine;
            rating += mine ? answered : 0;
            /* answers that round to 9 or 10, less those that round to 6 or below */
            score += mine ? 100 * (gsl_cdf_gaussian_Q(8.5 - answered, answer) -
                                   gsl_cdf_gaussian_P(6.5 - answered, answer))
                          : 0;
            bool won = here > 0 && accounts->winner[a] == (int32_t)seat &&
                       accounts->winner_number[a] == firm->seats[seat].occupants &&
                       (long)month - accounts->won_month[a] < 18;
            recurring += won ? spent / 12 : 0;
        }
    }
    if (count > 0) {
        CU_ASSERT_DOUBLE_EQUAL(
            metric_of(firm, seat, METRIC_WALLET_SHARE, SCOPE_PERSON, all, month, NULL),
            revenue / potential, 1e-6);
        CU_ASSERT_DOUBLE_EQUAL(
            metric_of(firm, seat, METRIC_SATISFACTION, SCOPE_PERSON, all, month, NULL),
            rating / count, 1e-6);
        CU_ASSERT_DOUBLE_EQUAL(metric_of(firm, seat, METRIC_NPS, SCOPE_PERSON, all, month, NULL),
                               score / count, 1e-5);
    }
    CU_ASSERT_DOUBLE_EQUAL(
        metric_of(firm, seat, METRIC_RECURRING_REVENUE, SCOPE_PERSON, all, month, NULL), recurring,
        1e-6 * recurring + 1e-6);
}

/* The index of a person's book: the same customers at the end over the start of the month. */
static void check_values(const struct firm *firm, size_t seat, size_t month,
                         const struct values values[2]) {
    double before = 0;
    double now = 0;
    for (size_t s = 0; s < 2; s++) {
        const struct accounts *accounts = &firm->accounts[s];
        for (size_t a = 0; a < accounts->used; a++) {
            if (accounts->potential[a] > 0 && accounts->owner[a] == (int32_t)seat &&
                value_before(&values[s], accounts, a) > 0) {
                before += value_before(&values[s], accounts, a);
                now += value_of(firm, s, a);
            }
        }
        for (size_t i = 0; i < accounts->lost_count; i++) {
            before +=
                accounts->lost[i].owner == (int32_t)seat ? (double)accounts->lost[i].value : 0;
        }
    }
    double index = metric_of(firm, seat, METRIC_CLV, SCOPE_PERSON, 2, month, NULL);
    CU_ASSERT_DOUBLE_EQUAL(index, before > 0 ? fmax(now / before, 1e-6) : 1, 1e-4);
}

/* Everything that one month measures for the firm against the books of the month. */
static void check_firm(const struct firm *firm, size_t month, const double equity[2]) {
    double base;
    double margin_all = 0;
    double renewed_all = 0;
    for (size_t s = 0; s < 2; s++) {
        const struct flows *flows =
            &firm_ledger(firm, month, 1 + firm->model->role_count + s)->flows;
        double margin = firm->model->segments[s].segment->contract.margin;
        double booked = flows->new_revenue + flows->expansion_revenue;
        margin_all += margin * booked;
        renewed_all += flows->renewals_kept;
        CU_ASSERT_DOUBLE_EQUAL(metric_of(firm, 0, METRIC_MARGIN, SCOPE_FIRM, s, month, NULL),
                               margin * booked, 1e-6 * booked + 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(metric_of(firm, 0, METRIC_MARGIN_RATE, SCOPE_FIRM, s, month, &base),
                               margin * booked, 1e-6 * booked + 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(base, booked, 1e-6 * booked + 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(metric_of(firm, 0, METRIC_RENEWALS, SCOPE_FIRM, s, month, NULL),
                               flows->renewals_kept, 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(metric_of(firm, 0, METRIC_RENEWAL_RATE, SCOPE_FIRM, s, month, &base),
                               flows->renewals_kept, 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(base, flows->renewals_due, 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(metric_of(firm, 0, METRIC_NEW_REVENUE, SCOPE_FIRM, s, month, NULL),
                               flows->new_revenue, 1e-6 * booked + 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(metric_of(firm, 0, METRIC_DEALS, SCOPE_FIRM, s, month, NULL),
                               flows->deals, 1e-9);
    }
    CU_ASSERT_DOUBLE_EQUAL(metric_of(firm, 0, METRIC_MARGIN, SCOPE_FIRM, 2, month, NULL),
                           margin_all, 1e-6 * margin_all);
    CU_ASSERT_DOUBLE_EQUAL(metric_of(firm, 0, METRIC_RENEWALS, SCOPE_FIRM, 2, month, NULL),
                           renewed_all, 1e-9);
    if (month > 0) {
        const struct ledger *last = firm_ledger(firm, month - 1, 0);
        double price = firm_ledger(firm, month, 0)->stocks.share_price;
        CU_ASSERT_EQUAL(metric_of(firm, 3, METRIC_PROFIT, SCOPE_PERSON, 2, month, NULL),
                        last->flows.profit);
        CU_ASSERT_DOUBLE_EQUAL(metric_of(firm, 3, METRIC_TOTAL_RETURN, SCOPE_FIRM, 2, month, NULL),
                               price / last->stocks.share_price, 1e-12);
        double then = month >= 36 ? firm_ledger(firm, month - 36, 0)->stocks.share_price : 1;
        double years = fmin(3, (double)(month + 1) / 12);
        double z = (log(price / then) - years * (log(1.06) - .045)) / (.3 * sqrt(years));
        CU_ASSERT_DOUBLE_EQUAL(metric_of(firm, 0, METRIC_RETURN_RANK, SCOPE_FIRM, 2, month, NULL),
                               gsl_cdf_ugaussian_P(z), 1e-9);
    }
    if (month == 0) { /* nothing is in the books yet: about what this month will bring */
        double coming = firm_ledger(firm, 0, 0)->flows.profit;
        CU_ASSERT_DOUBLE_EQUAL(metric_of(firm, 3, METRIC_PROFIT, SCOPE_PERSON, 2, 0, NULL), coming,
                               0.3 * coming);
    }
    CU_ASSERT(equity[0] <= 0 ||
              fabs(metric_of(firm, 0, METRIC_CUSTOMER_EQUITY, SCOPE_FIRM, 2, month, NULL) -
                   equity[1] / equity[0]) < 1e-4);
}

/* Months in which somebody leaves or joins are left out: customers change hands after they were
 * measured. */
static void metrics_are_what_customers_and_books_say(void) {
    const char *const sets[] = {MEASURED};
    static struct values values[2];
    struct pay_world pay;
    size_t checked = 0;
    bool known = false; /* the values of the month before */
    double equity[2] = {0};
    pay_world_open(&pay, "scenarios/hybrid.cfg", sets, MEASURED_COUNT);
    read_everything(&pay.world.model);
    struct firm *firm = &pay.world.firm;
    CU_ASSERT_EQUAL_FATAL(firm->model->segment_count, 2);
    firm_start(firm, 71, 1);
    for (size_t month = 0; month < firm->model->months; month++) {
        firm_step(firm, month);
        const struct flows *flows = &firm_ledger(firm, month, 0)->flows;
        bool calm =
            flows->exits_voluntary + flows->exits_involuntary + flows->retirements + flows->hires ==
            0;
        equity[0] = known ? equity[1] : 0;
        equity[1] = 0;
        for (size_t s = 0; calm && s < 2; s++) {
            for (size_t a = 0; a < firm->accounts[s].used; a++) {
                equity[1] += firm->accounts[s].potential[a] > 0 ? value_of(firm, s, a) : 0;
            }
        }
        for (size_t seat = 0; calm && seat < firm->model->seat_count; seat++) {
            if (firm->seats[seat].filled) {
                check_states(firm, seat, month);
            }
            if (firm->seats[seat].filled && known) {
                check_values(firm, seat, month, values);
                checked++;
            }
        }
        if (calm) {
            check_firm(firm, month, equity);
        }
        known = calm;
        for (size_t s = 0; s < 2; s++) {
            const struct accounts *accounts = &firm->accounts[s];
            CU_ASSERT_FATAL(accounts->used <= ACCOUNTS_MOST);
            for (size_t a = 0; a < accounts->used; a++) {
                values[s].id[a] = accounts->id[a];
                values[s].value[a] = accounts->potential[a] > 0 ? value_of(firm, s, a) : 0;
            }
        }
    }
    CU_ASSERT(checked > 100);
    pay_world_close(&pay);
}

/* Flows and the parts of ratios: persons make teams, teams the role, roles and nobody the firm;
 * products make the whole. */
static void scopes_and_products_add_up(void) {
    static const enum metric METRICS[] = {
        METRIC_NEW_REVENUE, METRIC_NEW_CUSTOMERS,   METRIC_DEALS,
        METRIC_MARGIN,      METRIC_MARGIN_RATE,     METRIC_EXPANSION_REVENUE,
        METRIC_BOOKINGS,    METRIC_MANAGED_REVENUE, METRIC_RECURRING_REVENUE,
        METRIC_RENEWALS,    METRIC_RENEWAL_RATE};
    const char *const sets[] = {MEASURED};
    struct pay_world pay;
    pay_world_open(&pay, "scenarios/hybrid.cfg", sets, MEASURED_COUNT);
    read_everything(&pay.world.model);
    struct firm *firm = &pay.world.firm;
    const struct role_law *sales = &firm->model->roles[0];
    CU_ASSERT_STRING_EQUAL_FATAL(sales->role->name, "sales");
    CU_ASSERT_EQUAL_FATAL(sales->seats, 9);
    firm_start(firm, 71, 2);
    for (size_t month = 0; month < firm->model->months; month++) {
        firm_step(firm, month);
        for (size_t i = 0; i < sizeof METRICS / sizeof METRICS[0]; i++) {
            double teams[3] = {0};
            double role = 0;
            double parts = 0;
            double near = 1e-9 * metric_of(firm, 0, METRICS[i], SCOPE_FIRM, 2, month, NULL) + 1e-9;
            for (size_t seat = 0; seat < sales->seats; seat++) {
                double own = metric_of(firm, seat, METRICS[i], SCOPE_PERSON, 2, month, NULL);
                teams[seat / 4] += own;
                role += own;
            }
            for (size_t s = 0; s < 2; s++) {
                parts += metric_of(firm, 5, METRICS[i], SCOPE_TEAM, s, month, NULL);
            }
            /* seats 0-3, 4-7 and 8 of the team size 4 */
            CU_ASSERT_DOUBLE_EQUAL(metric_of(firm, 1, METRICS[i], SCOPE_TEAM, 2, month, NULL),
                                   teams[0], near);
            CU_ASSERT_DOUBLE_EQUAL(metric_of(firm, 7, METRICS[i], SCOPE_TEAM, 2, month, NULL),
                                   teams[1], near);
            CU_ASSERT_DOUBLE_EQUAL(metric_of(firm, 8, METRICS[i], SCOPE_TEAM, 2, month, NULL),
                                   teams[2], near);
            CU_ASSERT_DOUBLE_EQUAL(metric_of(firm, 3, METRICS[i], SCOPE_ROLE, 2, month, NULL), role,
                                   near);
            CU_ASSERT_DOUBLE_EQUAL(parts, teams[1], near);
        }
    }
    pay_world_close(&pay);
}

/* Kolmogorov-Smirnov over histories, at three and at one and a half years; the critical value of
 * p = 1e-5 is 2.47. */
static void ranks_among_peers_are_uniform(void) {
    enum { HISTORIES = 1500 };
    const char *const sets[] = {"roles.sales.headcount=1", "simulation.years=4",
                                "segments.standard.prospects=10", "economy.share.loading=0.0",
                                "economy.share.volatility=0.4"};
    static const size_t MONTHS[] = {17, 35, 47};
    struct world world;
    world_open(&world, QUIET, sets, 5);
    static double ranks[3][HISTORIES];
    for (size_t history = 0; history < HISTORIES; history++) {
        firm_start(&world.firm, 73, history);
        for (size_t month = 0; month < 48; month++) {
            firm_step(&world.firm, month);
            for (size_t m = 0; m < 3; m++) {
                if (month == MONTHS[m]) {
                    ranks[m][history] =
                        metric_of(&world.firm, 0, METRIC_RETURN_RANK, SCOPE_FIRM, 1, month, NULL);
                }
            }
        }
    }
    for (size_t m = 0; m < 3; m++) {
        double most = 0;
        for (size_t i = 0; i < HISTORIES; i++) {
            double below = 0;
            for (size_t j = 0; j < HISTORIES; j++) {
                below += ranks[m][j] < ranks[m][i];
            }
            most = fmax(most, fabs(below / HISTORIES - ranks[m][i]));
        }
        CU_ASSERT(most * sqrt(HISTORIES) < 2.47);
        CU_ASSERT(most > 0);
    }
    world_close(&world);
}

static const struct test TESTS[] = {
    {"metrics are what customers and books say", metrics_are_what_customers_and_books_say},
    {"scopes and products add up", scopes_and_products_add_up},
    {"ranks among peers are uniform", ranks_among_peers_are_uniform},
};

const struct suite suite_pay_measures = {"pay measures", TESTS, sizeof TESTS / sizeof TESTS[0]};

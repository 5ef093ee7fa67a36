/* Sums of a Poisson number of lognormal deals, against their characteristic function: the law of
 * one deal on a fine grid, its Fourier transform f, and back from exp(n (f - 1)). */
#include "base/distribution.h"
#include "base/mathematics.h"
#include "plan/attainment.h"
#include "plan/period_law.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_fft_halfcomplex.h>
#include <gsl/gsl_fft_real.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS = 1 << 16 };

/* Masses of the sum at 0, step, 2 step, ...; deals of mean 1 and this cv. */
struct grid {
    double step;
    double mass[CELLS];
};

/* A lognormal deal on the grid: the masses of both neighbours keep the mean of every cell. */
static void add_deal(struct grid *grid, double share, double mean, double cv) {
    double s = sqrt(log1p(cv * cv));
    double m = log(mean) - s * s / 2;
    double below = 0;
    double first = 0; /* E[D; D < x] */
    for (int i = 0; i + 1 < CELLS; i++) {
        double x = grid->step * (i + 1);
        double z = cv > 0 ? (log(x) - m) / s : (x > mean ? 40 : -40);
        double here = gsl_cdf_ugaussian_P(z);
        double part = mean * gsl_cdf_ugaussian_P(z - s);
        double upper = ((part - first) - grid->step * i * (here - below)) / grid->step;
        grid->mass[i + 1] += share * upper;
        grid->mass[i] += share * (here - below - upper);
        below = here;
        first = part;
    }
}

/* In place: from one deal to a Poisson number of them. */
static void compound(struct grid *grid, double number) {
    gsl_fft_real_radix2_transform(grid->mass, 1, CELLS);
    for (int k = 0; k <= CELLS / 2; k++) {
        bool lone = k == 0 || k == CELLS / 2;
        double size = exp(number * (grid->mass[k] - 1));
        double turn = lone ? 0 : number * grid->mass[CELLS - k];
        grid->mass[k] = size * cos(turn);
        if (!lone) {
            grid->mass[CELLS - k] = size * sin(turn);
        }
    }
    gsl_fft_halfcomplex_radix2_inverse(grid->mass, 1, CELLS);
}

/* Pay at a sum whose mean is `quota`: what components are made of. */
enum shape { THRESHOLD, JUMP, ACCELERATOR, TIERS, CAP, SHAPES };

static struct payoff payoff_of(enum shape shape, double quota) {
    switch (shape) {
    case THRESHOLD: /* nothing below half of the quota, 1 at the quota, the same slope on */
        return (struct payoff){2, {{0, 0, 0}, {quota / 2, 0, 2 / quota}}};
    case JUMP: /* 1 at the quota */
        return (struct payoff){2, {{0, 0, 0}, {quota, 1, 0}}};
    case ACCELERATOR: /* linear to 1 at the quota, three times as steep above */
        return (struct payoff){2, {{0, 0, 1 / quota}, {quota, 1, 3 / quota}}};
    case TIERS: /* retroactive: 1, 1.5 and 2 on all of it */
        return (struct payoff){
            3, {{0, 0, 1 / quota}, {.75 * quota, 1.125, 1.5 / quota}, {1.5 * quota, 3, 2 / quota}}};
    default: /* linear between .5 and 1.3333 of the quota, flat outside */
        return (struct payoff){3,
                               {{0, 0, 0}, {.5 * quota, 0, 2.4 / quota}, {1.3333 * quota, 2, 0}}};
    }
}

static double grid_pay(const struct grid *grid, const struct payoff *payoff) {
    double pay = 0;
    for (int i = 0; i < CELLS; i++) {
        double x = grid->step * i;
        size_t p = payoff->count - 1;
        while (p > 0 && x < payoff->pieces[p].from - 1e-9) {
            p--;
        }
        pay +=
            grid->mass[i] * (payoff->pieces[p].value +
                             payoff->pieces[p].slope * (x - (p == 0 ? 0 : payoff->pieces[p].from)));
    }
    return pay;
}

static const double NUMBERS[] = {.2, .5, 1, 2, 5, 8, 10, 20, 50};
static const double SPREADS[] = {0, .4, .7, 1, 1.25};

/* From two deals on the law of a sum is matched by three moments only: within 1 % of pay for
 * deals whose standard deviation is their mean, 2.5 % at 1.25 times that. A normal law would pay up
 * to three times as much. */
static void few_deals_are_paid_as_their_exact_law(void) {
    struct grid *grid = malloc(sizeof *grid);
    CU_ASSERT_PTR_NOT_NULL_FATAL(grid);
    for (size_t n = 0; n < sizeof NUMBERS / sizeof NUMBERS[0]; n++) {
        for (size_t v = 1; v < sizeof SPREADS / sizeof SPREADS[0]; v++) {
            double number = NUMBERS[n];
            double reach = number + 30 * (1 + SPREADS[v]) * sqrt(number) + 60 * SPREADS[v];
            struct period_law law;
            struct deal_law deal = deal_law_lognormal(number, 1, SPREADS[v]);
            period_law_make(&law, &deal, 1, (struct steady_law){0, 0, 0});
            memset(grid, 0, sizeof *grid);
            grid->step = number / 2 / floor(number / 2 / (reach / CELLS) - 1);
            add_deal(grid, 1, 1, SPREADS[v]);
            compound(grid, number);
            for (int shape = 0; shape < SHAPES; shape++) {
                struct payoff payoff = payoff_of((enum shape)shape, number);
                double exact = grid_pay(grid, &payoff);
                double mine = period_law_expectation(&law, &payoff);
                CU_ASSERT_DOUBLE_EQUAL(mine, exact, (SPREADS[v] > 1 ? .025 : .01) * exact);
            }
        }
    }
    free(grid);
}

/* Rare large deals among small ones, and what a book adds: the sum of two Poisson numbers is one
 * of both kinds. The book's share moves the grid. */
static void kinds_of_deals_and_a_book_add_up(void) {
    struct grid *grid = malloc(sizeof *grid);
    CU_ASSERT_PTR_NOT_NULL_FATAL(grid);
    for (int many = 0; many < 2; many++) { /* of the small ones: counted, and by moments */
        double small = many == 0 ? 2 : 30;
        double large = .3;
        double size = 5;
        struct period_law law;
        const struct deal_law deals[2] = {deal_law_lognormal(small, 1, .7),
                                          deal_law_lognormal(large, size, .7)};
        double mean = small + large * size;
        double book = many == 0 ? 0 : mean / 2;
        double variance = 0;
        memset(grid, 0, sizeof *grid);
        grid->step = mean / 4 / floor(mean / 4 / ((mean + 150) / CELLS));
        add_deal(grid, small / (small + large), 1, .7);
        add_deal(grid, large / (small + large), size, .7);
        compound(grid, small + large);
        period_law_make(&law, deals, 2, (struct steady_law){book, 0, 0});
        for (int shape = 0; shape < SHAPES; shape++) {
            struct payoff payoff = payoff_of((enum shape)shape, mean);
            double exact = grid_pay(grid, &payoff);
            for (size_t p = 1; p < payoff.count; p++) {
                payoff.pieces[p].from += book; /* a first piece of slope 0 does not move */
            }
            if (payoff.pieces[0].slope != 0) {
                payoff.pieces[0].value -= payoff.pieces[0].slope * book;
            }
            CU_ASSERT_DOUBLE_EQUAL(period_law_expectation(&law, &payoff), exact, .01 * exact);
        }
        struct partial all = period_law_partial(&law, -(double)INFINITY, (double)INFINITY);
        for (size_t k = 0; k < 2; k++) {
            variance += deals[k].count * deals[k].moment[1];
        }
        CU_ASSERT_DOUBLE_EQUAL(all.weight, 1, 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(all.first, mean + book, 1e-7 * mean);
        CU_ASSERT_DOUBLE_EQUAL(all.second - all.first * all.first, variance, 1e-6 * variance);
    }
    free(grid);
}

/* A hundred thousand deals: normal but for a skewness of .006. */
static void many_deals_are_normal(void) {
    struct period_law law;
    struct deal_law deal = deal_law_lognormal(1e5, 1, .7);
    double sd = sqrt(1e5 * 1.49);
    period_law_make(&law, &deal, 1, (struct steady_law){0, 0, 0});
    CU_ASSERT_EQUAL(law.count, 1);
    for (int z = -3; z <= 3; z++) {
        CU_ASSERT_DOUBLE_EQUAL(period_law_reach(&law, 1e5 + z * sd), gsl_cdf_ugaussian_Q(z), .001);
    }
}

static void a_period_without_a_deal_pays_nothing(void) {
    struct attainment law = {
        .law = ATTAINMENT_DEALS, .mean = .9, .sd = attainment_deals_sd(.9, 2, .7), .deals = 2};
    double none = exp(-2);
    CU_ASSERT_DOUBLE_EQUAL(law.sd, .9 * sqrt(1.49 / 2), 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(attainment_reach(&law, 1e-6), 1 - none, 1e-8);
    CU_ASSERT_DOUBLE_EQUAL(attainment_partial(&law, -(double)INFINITY, 1e-6).weight, none, 1e-8);
    CU_ASSERT_EQUAL(attainment_quantile(&law, .13), 0);
    double median = attainment_quantile(&law, .5);
    CU_ASSERT_DOUBLE_EQUAL(attainment_reach(&law, median), .5, 1e-9);
    double below = attainment_partial(&law, -(double)INFINITY, median).first;
    double above = attainment_partial(&law, median, (double)INFINITY).first;
    CU_ASSERT_DOUBLE_EQUAL(below + above, .9, 1e-8);
    double area = none; /* density and the chance of no deal are everything */
    for (int i = 0; i < 100000; i++) {
        area += 1e-4 * attainment_density(&law, (i + .5) * 1e-4);
    }
    CU_ASSERT_DOUBLE_EQUAL(area, attainment_partial(&law, -(double)INFINITY, 10).weight, 1e-5);
}

/* Two cases: both, one or none well. Many cases: normal. */
static void shares_of_a_few_cases_are_counted(void) {
    struct period_law law;
    period_law_share(&law, 1.5, .8);
    double all = 0;
    double given = 0;
    for (unsigned n = 1; n < 40; n++) {
        double number = gsl_ran_poisson_pdf(n, 1.5);
        given += number;
        all += number * pow(.8, n);
    }
    CU_ASSERT_DOUBLE_EQUAL(period_law_reach(&law, 1), all / given, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(period_law_partial(&law, -(double)INFINITY, 2).first, .8, 1e-9);
    period_law_share(&law, 1e4, .8);
    CU_ASSERT_DOUBLE_EQUAL(period_law_reach(&law, .804), gsl_cdf_ugaussian_Q(1), 1e-6);
}

static const struct test TESTS[] = {
    {"few deals are paid as their exact law", few_deals_are_paid_as_their_exact_law},
    {"kinds of deals and a book add up", kinds_of_deals_and_a_book_add_up},
    {"many deals are normal", many_deals_are_normal},
    {"a period without a deal pays nothing", a_period_without_a_deal_pays_nothing},
    {"shares of a few cases are counted", shares_of_a_few_cases_are_counted},
};

const struct suite suite_period_law = {"period law", TESTS, sizeof TESTS / sizeof TESTS[0]};

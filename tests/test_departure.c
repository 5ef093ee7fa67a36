#include "base/mathematics.h"
#include "base/random.h"
#include "model/departure.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <math.h>

static bool worth_waiting(const struct forfeits *forfeits, double gain, double present_bias,
                          double discount) {
    return waiting_months(forfeits, gain, present_bias, discount) > 0.0;
}

static struct tenure_law law_of(double annual, double spread) {
    struct role role = {
        .turnover = {
            .annual = annual, .match_spread = spread, .match_months = 4, .retirement_months = 480}};
    struct tenure_law law;
    struct error error = {0};
    CU_ASSERT_FATAL(tenure_law_init(&law, &role, &error));
    return law;
}

static void the_intercept_has_its_closed_form_without_match(void) {
    const double cases[3][2] = {{.27, -3.6410}, {.15, -4.3019}, {.10, -4.7353}};
    for (int i = 0; i < 3; i++) {
        struct tenure_law law = law_of(cases[i][0], 0);
        CU_ASSERT_DOUBLE_EQUAL(law.intercept, cases[i][1], 6e-5);
        CU_ASSERT_DOUBLE_EQUAL(law.hazard, 1 - pow(1 - cases[i][0], 1.0 / 12), 1e-9);
        tenure_law_free(&law);
    }
}

static void the_intercept_with_match_is_as_published(void) {
    struct tenure_law law = law_of(.27, .8);
    CU_ASSERT_DOUBLE_EQUAL(law.intercept, -3.40, .015);
    CU_ASSERT_DOUBLE_EQUAL(law.hazard, 1 - pow(.73, 1.0 / 12), 1e-9);
    tenure_law_free(&law);
    law = law_of(.13, .8);
    CU_ASSERT_DOUBLE_EQUAL(law.intercept, -4.23, .015);
    tenure_law_free(&law);
}

/* Turnover a year, spread of the match, months of a career. */
static void turnover_is_as_configured_at_every_bound(void) {
    const double cases[6][3] = {{.27, 5, 480},   {.99, 5, 480},   {.99, .8, 12},
                                {1e-6, .8, 480}, {.27, .8, 1200}, {.5, 1.2, 12}};
    for (int i = 0; i < 6; i++) {
        struct role role = {.turnover = {.annual = cases[i][0],
                                         .match_spread = cases[i][1],
                                         .match_months = 4,
                                         .retirement_months = cases[i][2]}};
        struct tenure_law law;
        struct error error = {0};
        CU_ASSERT_FATAL(tenure_law_init(&law, &role, &error));
        double wanted = -expm1(log1p(-cases[i][0]) / 12);
        /* 2e-16: of 1 - A, and of its root */
        CU_ASSERT_DOUBLE_EQUAL(law.hazard, wanted, 1e-11 * wanted + 2e-16);
        CU_ASSERT_DOUBLE_EQUAL(law.tenure[law.months - 1], 1, 1e-12);
        tenure_law_free(&law);
    }
}

static void the_hazard_peaks_early_and_falls(void) {
    struct tenure_law law = law_of(.27, .8);
    double hazard[121];
    int peak = 1;
    for (int n = 1; n <= 120; n++) { /* hazard in the n-th month of service */
        double here = law.tenure[n - 1] - (n > 1 ? law.tenure[n - 2] : 0);
        double next = law.tenure[n] - law.tenure[n - 1];
        hazard[n] = 1 - next / here;
        peak = hazard[n] > hazard[peak] ? n : peak;
    }
    CU_ASSERT(peak >= 5 && peak <= 10);
    for (int n = peak; n < 120; n++) {
        CU_ASSERT(hazard[n + 1] < hazard[n]);
    }
    CU_ASSERT(hazard[1] < hazard[peak]);
    CU_ASSERT(hazard[120] < .6 * hazard[peak]);
    tenure_law_free(&law);
}

enum { QUANTITIES = 6, PEOPLE = 20000 };

/* What a month of a person adds: itself, short tenures, match, its square, match of the short. */
static void describe(double tenure, double match, double months[QUANTITIES]) {
    months[0] = tenure < 12;
    months[1] = tenure < 60;
    months[2] = match;
    months[3] = match * match;
    months[4] = tenure >= 6 && tenure < 24 ? match : 0;
    months[5] = tenure / 480;
}

/* Careers followed one by one: normal steps of the learned match, exits by the hazard. */
static void sampling_is_the_law_of_independent_careers(void) {
    struct tenure_law law = law_of(.27, .8);
    double months = 0;
    double months_squared = 0;
    double sums[QUANTITIES + 1] = {0};
    double squares[QUANTITIES + 1] = {0};
    double products[QUANTITIES + 1] = {0};
    for (uint64_t person = 0; person < PEOPLE; person++) {
        double own[QUANTITIES + 1] = {0};
        double length = 0;
        double match = 0;
        for (uint64_t n = 0; n < 480; n++) {
            double m = (double)n;
            double each[QUANTITIES];
            double variance = n == 0 ? 0 : .64 * (m / (m + 4) - (m - 1) / (m + 3));
            match += sqrt(variance) * normal_quantile(random_uniform(77 + 2 * n, person));
            describe(m, match, each);
            length++;
            for (int q = 0; q < QUANTITIES; q++) {
                own[q] += each[q];
            }
            if (random_uniform(78 + 2 * n, person) < 1 - exp(-exp(law.intercept - match))) {
                own[QUANTITIES] = 1;
                break;
            }
        }
        months += length;
        months_squared += length * length;
        for (int q = 0; q <= QUANTITIES; q++) {
            sums[q] += own[q];
            squares[q] += own[q] * own[q];
            products[q] += own[q] * length;
        }
    }
    double drawn[QUANTITIES] = {0};
    double drawn_squares[QUANTITIES] = {0};
    for (uint64_t i = 0; i < 10 * PEOPLE; i++) {
        size_t tenure = tenure_law_tenure(&law, random_uniform(5, i));
        double each[QUANTITIES];
        describe((double)tenure, tenure_law_match(&law, tenure, random_uniform(6, i)), each);
        for (int q = 0; q < QUANTITIES; q++) {
            drawn[q] += each[q] / (10 * PEOPLE);
            drawn_squares[q] += each[q] * each[q] / (10 * PEOPLE);
        }
    }
    for (int q = 0; q <= QUANTITIES; q++) {
        double ratio = sums[q] / months;
        double residual = squares[q] - 2 * ratio * products[q] + ratio * ratio * months_squared;
        double error = residual / (months * months);
        double wanted = law.hazard;
        if (q < QUANTITIES) {
            wanted = drawn[q];
            error += (drawn_squares[q] - drawn[q] * drawn[q]) / (10 * PEOPLE);
        }
        CU_ASSERT(error > 0);
        CU_ASSERT(fabs(ratio - wanted) < 5 * sqrt(error));
    }
    tenure_law_free(&law);
}

static void waiting_is_worth_it_when_some_date_pays(void) {
    struct forfeits none = {0};
    CU_ASSERT_FALSE(worth_waiting(&none, 1, 1, .15));
    struct forfeits one = {0};
    forfeits_add(&one, 6, 5000); /* no discount: half a year of 10,000 costs 5,000 */
    forfeits_add(&one, 3, 0);
    CU_ASSERT_TRUE(worth_waiting(&one, 9999.99, 1, 0));
    CU_ASSERT_FALSE(worth_waiting(&one, 10000.01, 1, 0));
    CU_ASSERT_FALSE(worth_waiting(&one, 9000, .87, 0)); /* 4,350 against 4,500 */
    struct forfeits two = {0}; /* neither alone pays at 10,000, both together do */
    forfeits_add(&two, 12, 6001);
    forfeits_add(&two, 6, 4000);
    CU_ASSERT_TRUE(worth_waiting(&two, 10000, 1, 0));
    CU_ASSERT_FALSE(worth_waiting(&two, 10002, 1, 0));
    struct forfeits near = {0}; /* the near date pays although the far one does not */
    forfeits_add(&near, 36, 100);
    forfeits_add(&near, 1, 1000);
    CU_ASSERT_TRUE(worth_waiting(&near, 11000, 1, 0));
    CU_ASSERT_FALSE(worth_waiting(&near, 12100, 1, 0));
    /* discounted: .87 V / 1.15 against g (1 - 1/1.15) / (12 (1 - D)) */
    double month = pow(1.15, -1.0 / 12);
    double edge = .87 * 20000 / 1.15 / ((1 - 1 / 1.15) / (12 * (1 - month)));
    struct forfeits year = {0};
    forfeits_add(&year, 12, 20000);
    CU_ASSERT_TRUE(worth_waiting(&year, edge * (1 - 1e-9), .87, .15));
    CU_ASSERT_FALSE(worth_waiting(&year, edge * (1 + 1e-9), .87, .15));
}

/* Thirty-six grants that vest in twelfths of months: 36 * 36 tranches on 36 dates. */
static void no_forfeit_is_left_out(void) {
    struct forfeits forfeits = {0};
    double years = 0;
    double kept = 0;
    for (int age = 0; age < 36; age++) {
        for (int month = 1; month <= 36 - age; month++) {
            forfeits_add(&forfeits, month, 10);
        }
    }
    for (int month = 36; month >= 1; month--) { /* no discount: kept over years, its best date */
        years = month / 12.0;
        kept = 0;
        for (int paid = 1; paid <= month; paid++) {
            kept += 10 * (37 - paid);
        }
        CU_ASSERT_DOUBLE_EQUAL(forfeits.value[month], 10 * (37 - month), 1e-9);
    }
    CU_ASSERT_EQUAL(forfeits.last, 36);
    CU_ASSERT_TRUE(worth_waiting(&forfeits, kept / years * (1 - 1e-9), 1, 0));
    CU_ASSERT_FALSE(worth_waiting(&forfeits, kept / years * (1 + 1e-9), 1, 0));
}

static void equal_dates_are_one_payment(void) {
    struct forfeits forfeits = {0};
    for (int n = 0; n < 1000; n++) {
        forfeits_add(&forfeits, 12, 10);
    }
    forfeits_add(&forfeits, FORFEITS_MONTHS, 1); /* there is room for the longest wait */
    CU_ASSERT_TRUE(worth_waiting(&forfeits, 9999.99, 1, 0));
    CU_ASSERT_FALSE(worth_waiting(&forfeits, 10000.01, 1, 0));
}

static void wishes_arrive_below_the_hazard(void) {
    size_t arrived = 0;
    for (int i = -1200; i <= 300; i++) {
        double log_hazard = i / 100.0;
        double hazard = wish_hazard(log_hazard);
        const double uniforms[] = {hazard / 3,   nextafter(hazard, 0), hazard, nextafter(hazard, 1),
                                   hazard * 1.1, hazard * 3,           0.5};
        for (size_t u = 0; u < sizeof uniforms / sizeof uniforms[0]; u++) {
            CU_ASSERT_EQUAL(wish_arrives(log_hazard, uniforms[u]), uniforms[u] < hazard);
            arrived += uniforms[u] < hazard;
        }
    }
    CU_ASSERT(arrived > 3000);
}

static const struct test TESTS[] = {
    {"the intercept has its closed form without match",
     the_intercept_has_its_closed_form_without_match},
    {"the intercept with match is as published", the_intercept_with_match_is_as_published},
    {"turnover is as configured at every bound", turnover_is_as_configured_at_every_bound},
    {"the hazard peaks early and falls", the_hazard_peaks_early_and_falls},
    {"sampling follows the law of independent careers", sampling_is_the_law_of_independent_careers},
    {"waiting is worth it when some date pays", waiting_is_worth_it_when_some_date_pays},
    {"no forfeit is left out", no_forfeit_is_left_out},
    {"equal dates are one payment", equal_dates_are_one_payment},
    {"a wish arrives when the uniform is below its hazard", wishes_arrive_below_the_hazard},
};

const struct suite suite_departure = {"departure", TESTS, sizeof TESTS / sizeof TESTS[0]};

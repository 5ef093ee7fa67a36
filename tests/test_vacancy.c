#include "base/distribution.h"
#include "base/random.h"
#include "base/statistics.h"
#include "firm_fixture.h"
#include "model/vacancy.h"
#include "test.h"

#include <gsl/gsl_integration.h>
#include <gsl/gsl_randist.h>
#include <math.h>

enum { SEARCHES = 60000 };

static double drawn(uint64_t row, uint64_t n) { return random_uniform(row, n); }

static void check_mean(const struct moments *moments, double wanted) {
    CU_ASSERT(fabs(moments->mean - wanted) < 5 * moments_standard_error(moments));
}

struct law {
    double mean;
    double cv;
    double above;
};

static double over(double x, void *parameters) {
    const struct law *law = parameters;
    double sd = sqrt(log1p(law->cv * law->cv));
    return (x - law->above) * gsl_ran_lognormal_pdf(x, log(law->mean) - sd * sd / 2, sd);
}

static void the_excess_of_a_lognormal_is_its_integral(void) {
    gsl_integration_workspace *space = gsl_integration_workspace_alloc(200);
    for (int i = 0; i < 20; i++) {
        struct law law = {1 + i % 4, .2 + .3 * (i % 3), .5 * i};
        gsl_function function = {over, &law};
        double wanted;
        double error;
        CU_ASSERT_EQUAL(
            gsl_integration_qagiu(&function, law.above, 1e-12, 1e-9, 200, space, &wanted, &error),
            0);
        CU_ASSERT_DOUBLE_EQUAL(lognormal_excess(law.above, law.mean, law.cv), wanted, 1e-9);
    }
    gsl_integration_workspace_free(space);
    CU_ASSERT_EQUAL(lognormal_excess(-2, 3, .5), 5);
    CU_ASSERT_EQUAL(lognormal_excess(2, 3, 0), 1);
    CU_ASSERT_EQUAL(lognormal_excess(4, 3, 0), 0);
}

static void searches_last_their_mean_and_as_long_as_said(void) {
    const struct search searches[3] = {{90 * 12.0 / 365, .5, 0}, {3, 1, 1.5}, {.4, 0, 0}};
    for (uint64_t s = 0; s < 3; s++) {
        struct moments months = {0};
        struct moments lasts[6] = {{0}};
        for (uint64_t h = 0; h < SEARCHES; h++) {
            unsigned t = search_months(&searches[s], drawn(2 * s, h), drawn(2 * s + 1, h));
            moments_add(&months, t);
            for (unsigned n = 1; n < 6; n++) {
                moments_add(&lasts[n], t >= n);
            }
        }
        check_mean(&months, search_mean(&searches[s]));
        CU_ASSERT_DOUBLE_EQUAL(search_lasts(&searches[s], 0), 1, 0);
        for (unsigned n = 1; n < 6; n++) {
            CU_ASSERT(fabs(lasts[n].mean - search_lasts(&searches[s], n)) <=
                      5 * moments_standard_error(&lasts[n]) + 1e-15);
        }
    }
}

/* A seat that is left with probability p a month, played for a long time. */
static void a_vacancy_met_at_any_time_is_one_of_renewal_theory(void) {
    const struct search search = {2.5, .7, .5};
    const double failures[2] = {0, .4};
    for (uint64_t f = 0; f < 2; f++) {
        struct moments vacant = {0};
        struct moments left = {0};
        struct moments since = {0};
        struct moments met_left = {0};
        struct moments met_since = {0};
        uint64_t n = 0;
        for (int cycle = 0; cycle < 40000; cycle++) {
            double worked = 0;
            long age = 0;
            for (bool first = true, found = false; !found; first = false) {
                unsigned t = search_months(&search, drawn(12, n), drawn(13, n));
                t = !first && t == 0 ? 1 : t;
                found = drawn(14, n) >= failures[f];
                n++;
                for (unsigned m = 0; m < t; m++, age++) {
                    moments_add(&left, t - m - 1);
                    moments_add(&since, (double)age);
                    worked += 1;
                }
            }
            moments_add(&vacant, worked - searches_mean(&search, failures[f]));
        }
        check_mean(&vacant, 0);
        for (uint64_t h = 0; h < SEARCHES; h++) {
            const double u[3] = {drawn(21, h), drawn(22, h), drawn(23, h)};
            struct vacancy met = vacancy_met(&search, failures[f], u);
            moments_add(&met_left, (double)met.left);
            moments_add(&met_since, (double)met.since);
        }
        double error = moments_standard_error(&met_left);
        CU_ASSERT(fabs(met_left.mean - left.mean) <
                  8 * error); /* months of a search belong together */
        error = moments_standard_error(&met_since);
        CU_ASSERT(fabs(met_since.mean - since.mean) < 8 * error + (f == 0 ? 0 : .5));
    }
    CU_ASSERT_DOUBLE_EQUAL(vacancy_share(.05, 4), 1 - 1 / (1 + .05 * 4), 1e-15);
}

/* A third of a leaver's customers waits for the new hire. */
static void seats_that_are_empty_at_the_start_have_customers_who_wait(void) {
    const char *const sets[] = {"segments.standard.accounts=3000",
                                "roles.sales.turnover.annual=0.5", "roles.sales.recruiting.days=90",
                                "simulation.years=1"};
    struct world world;
    struct moments empty = {0};
    struct moments share = {0};
    world_open(&world, QUIET, sets, 4);
    for (uint64_t replication = 0; replication < 10; replication++) {
        firm_start(&world.firm, 4, replication);
        for (size_t seat = 0; seat < 100; seat++) {
            moments_add(&empty, !world.firm.seats[seat].filled);
            if (!world.firm.seats[seat].filled) {
                moments_add(&share, (double)world.firm.seats[seat].accounts);
            }
        }
        const struct accounts *accounts = &world.firm.accounts[0];
        for (size_t a = 0; a < accounts->used; a++) {
            bool waits = !world.firm.seats[accounts->owner[a]].filled;
            CU_ASSERT_EQUAL(accounts->kappa[a], waits ? 1.0F : 0.0F);
        }
    }
    double p = 1 - pow(.5, 1.0 / 12);
    double d = 90 * 12.0 / 365;
    check_mean(&empty, p * d / (1 + p * d));
    /* n people have the load L, the empty seats L / 3 */
    double load = 30 / (1 - 2.0 / 3 * empty.mean);
    CU_ASSERT_DOUBLE_EQUAL(share.mean, load / 3, 1); /* customers are whole */
    world_close(&world);
}

static const struct test TESTS[] = {
    {"the excess of a lognormal is its integral", the_excess_of_a_lognormal_is_its_integral},
    {"searches last their mean and as long as said", searches_last_their_mean_and_as_long_as_said},
    {"a vacancy met at any time is one of renewal theory",
     a_vacancy_met_at_any_time_is_one_of_renewal_theory},
    {"seats that are empty at the start have customers who wait",
     seats_that_are_empty_at_the_start_have_customers_who_wait},
};

const struct suite suite_vacancy = {"vacancy", TESTS, sizeof TESTS / sizeof TESTS[0]};

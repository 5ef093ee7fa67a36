#include "evidence_fixture.h"
#include "firm_fixture.h"
#include "test.h"

#include <math.h>

/* Half by the same people, half by who comes (Lazear 2000: +44 %). */
enum { FIRMS = 20 };

static struct sample total_effect(const char *name, const char *const sets[], size_t count) {
    static struct effect fixed[FIRMS];
    static struct effect piece[FIRMS];
    run_plan("lazear_fixed", NULL, 0, 0, FIRMS, fixed);
    run_plan(name, sets, count, 0, FIRMS, piece);
    return gain(piece, fixed, FIRMS);
}

static void piece_rates_attract_who_is_good(void) {
    struct sample all = total_effect("lazear_selection", NULL, 0);
    struct sample same = total_effect("lazear_piece_rate", NULL, 0);
    say("Lazear: output, everything", &all);
    say("Lazear: output, the same people", &same);
    CU_ASSERT(inside(&all, 36, 52));
    double part = 1 - sample_mean(&same) / sample_mean(&all);
    (void)fprintf(stderr, "  Lazear: part of selection %.3f\n", part);
    CU_ASSERT(part > .35 && part < .65);
}

static void who_stays_is_selected_by_the_plan_too(void) {
    const char *const stay[] = {"roles.rep.recruiting.selection=0.0",
                                "roles.rep.turnover.pay_elasticity=-2.5"};
    struct sample all = total_effect("lazear_selection", stay, 2);
    struct sample same = total_effect("lazear_piece_rate", NULL, 0);
    say("Lazear: output, who stays", &all);
    CU_ASSERT(sample_mean(&all) - sample_mean(&same) >
              5 * sqrt((sample_variance(&all) + sample_variance(&same)) / FIRMS));
}

/* Standard deviation of log output of people settled in the role for two years. */
static double spread_of(const char *name) {
    char path[128];
    struct world world;
    struct sample output = {0.0, 0.0, 0.0};
    (void)snprintf(path, sizeof path, "scenarios/evidence/%s.cfg", name);
    world_load(&world, path, NULL);
    for (uint64_t history = 0; history < 60; history++) {
        firm_run(&world.firm, 7, history);
        for (size_t seat = 0; seat < world.model.seat_count; seat++) {
            const struct person *person = &world.firm.seats[seat].person;
            if (person->in_role >= 24 && person->attainment_measure > 0) {
                sample_add(&output, log(person->attainment_measure));
            }
        }
    }
    world_close(&world);
    return sqrt(sample_variance(&output));
}

static void piece_rates_spread_output(void) {
    double fixed = spread_of("lazear_fixed");
    double piece = spread_of("lazear_selection");
    (void)fprintf(stderr, "  Lazear: spread of log output %.4f -> %.4f\n", fixed, piece);
    CU_ASSERT(piece > 1.05 * fixed);
}

static const struct test TESTS[] = {
    {"piece rates attract who is good (Lazear 2000)", piece_rates_attract_who_is_good},
    {"who stays is selected by the plan too", who_stays_is_selected_by_the_plan_too},
    {"piece rates spread output (Lazear 2000)", piece_rates_spread_output},
};

const struct suite suite_recruiting_evidence = {"recruiting_evidence", TESTS,
                                                sizeof TESTS / sizeof TESTS[0]};

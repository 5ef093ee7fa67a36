/* What moved deals make of the peak at the ends of quarters, against the same firms in which nobody
 * moves any (docs/model.md, "Timing of deals"). */
#include "test.h"
#include "timing_fixture.h"

enum { HISTORIES = 400 };

static void say(const char *what, const struct sample *sample) {
    (void)fprintf(stderr, "  %-44s %+14.0f +- %.0f\n", what, sample_mean(sample),
                  sqrt(sample_variance(sample) / sample->count));
}

/* `most`: standard error of what is left, over what is said of moved deals. */
static void check(const char *name, const char *path, const char *set, double most) {
    struct peaks peaks = peaks_compare(path, set, HISTORIES);
    (void)fprintf(stderr, "  %s\n", name);
    say("peak, less that where nobody moves any", &peaks.gained);
    say("said of pulled and pushed deals", &peaks.said);
    say("difference", &peaks.rest);
    CU_ASSERT(fabs(sample_z(&peaks.rest, 0)) < 4);
    CU_ASSERT(sqrt(sample_variance(&peaks.rest) / HISTORIES) < most * sample_mean(&peaks.said));
}

static void the_parts_are_what_the_peak_gains(void) {
    check("accelerating tiers", "scenarios/evidence/larkin_accelerating.cfg", NULL, .005);
    check("default firm", "scenarios/short_term_bonus.cfg", NULL, .02);
    check("tiers by month", "scenarios/short_term_bonus.cfg", MONTHLY_TIERS, .05);
}

static const struct test TESTS[] = {
    {"the parts of the peak are what it gains by moved deals", the_parts_are_what_the_peak_gains},
};
const struct suite suite_verify_timing = {"verify_timing", TESTS, sizeof TESTS / sizeof TESTS[0]};

#include "cli/payout_expected.h"
#include "forecast_fixture.h"
#include "scenario_fixture.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct text file_text(const char *path) {
    struct text text = {0};
    FILE *file = fopen(path, "r");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    for (int byte = getc(file); byte != EOF; byte = getc(file)) {
        text_add(&text, "%c", byte);
    }
    CU_ASSERT_EQUAL(fclose(file), 0);
    return text;
}

/* What payout_expected prints. */
static struct text printed(const struct scenario *scenario, const struct expected_options *options,
                           const char *complaint) {
    struct error error = {0};
    char path[] = "/tmp/anreiz-test-XXXXXX";
    size_t plan = 0;
    (void)fflush(stdout);
    int screen = dup(STDOUT_FILENO);
    int file = mkstemp(path);
    CU_ASSERT_FATAL(screen >= 0 && file >= 0 && dup2(file, STDOUT_FILENO) >= 0);
    bool good = payout_expected(scenario, &plan, 1, options, &error);
    CU_ASSERT_FATAL(dup2(screen, STDOUT_FILENO) >= 0);
    CU_ASSERT_EQUAL(good, complaint == NULL);
    if (complaint != NULL) {
        CU_ASSERT_EQUAL(error.kind, ERROR_QUESTION);
        CU_ASSERT_STRING_EQUAL(error_text(&error), complaint);
    }
    (void)close(screen);
    (void)close(file);
    struct text text = file_text(path);
    CU_ASSERT_EQUAL(unlink(path), 0);
    error_free(&error);
    return text;
}

/* The plans of the documentation in the smallest firm. */
static void load_example(struct scenario *scenario, const char *plan) {
    struct text docs = file_text("docs/expected_pay.md");
    struct text source = {0};
    struct error error = {0};
    const char *begin = strstr(text_bytes(&docs), "plans = {");
    CU_ASSERT_PTR_NOT_NULL_FATAL(begin);
    const char *end = strstr(begin, "END\n");
    CU_ASSERT_PTR_NOT_NULL_FATAL(end);
    text_add(&source,
             "segments = { standard = { prospects = 1000000; leads = { per_hunter = 4.0; }; "
             "coverage = { owners = [\"sales\"]; hunters = [\"sales\"]; }; }; };\n"
             "roles = { sales = { plan = \"%s\"; }; };\n%.*s",
             plan, (int)(end - begin), begin);
    char *path = fixture_file(text_bytes(&source), source.length);
    CU_ASSERT_TRUE_FATAL(scenario_load(scenario, path, NULL, 0, &error));
    CU_ASSERT_EQUAL(unlink(path), 0);
    free(path);
    text_free(&source);
    text_free(&docs);
    error_free(&error);
}

static void the_example_of_the_documentation_is_what_it_prints(void) {
    struct scenario scenario = {0};
    struct expected_options options = expected_options_of();
    load_example(&scenario, "accelerator");
    (void)snprintf(scenario.parameters.roles[0].plan, NAME_SIZE, "other"); /* as it is there */
    options.mean = .9;
    options.sd = .25;
    struct text table = printed(&scenario, &options, NULL);
    struct text docs = file_text("docs/expected_pay.md");
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&docs), text_bytes(&table)));
    /* and what it prints is right: a year of four quarters of 10,000 and 2,000 at target */
    double bonus = 40000 * (above(.9, .25, 0) + above(.9, .25, 1));
    options.format = FORMAT_CSV;
    struct text csv = printed(&scenario, &options, NULL);
    const char *row = strstr(text_bytes(&csv), "accelerator,component,bonus,");
    CU_ASSERT_PTR_NOT_NULL_FATAL(row);
    CU_ASSERT_DOUBLE_EQUAL(strtod(row + strlen("accelerator,component,bonus,"), NULL), bonus, 1e-6);
    row = strstr(text_bytes(&csv), "accelerator,total,,");
    CU_ASSERT_PTR_NOT_NULL_FATAL(row);
    CU_ASSERT_DOUBLE_EQUAL(strtod(row + strlen("accelerator,total,,"), NULL),
                           60000 + .9 * 8000 + bonus, 1e-6);
    text_free(&csv);
    text_free(&table);
    text_free(&docs);
    scenario_free(&scenario);
}

static void wrong_options_and_missing_quotas_are_questions(void) {
    struct scenario scenario = {0};
    struct expected_options options = expected_options_of();
    load_example(&scenario, "accelerator");
    options.mean = 0;
    options.sd = -1;
    struct text nothing =
        printed(&scenario, &options,
                "--attainment-mean: 0 is not above 0 and at most 100; 1 is the quota\n"
                "--attainment-sd: -1 is not in 0..100; 0.3 is 30 % of the quota\n");
    CU_ASSERT_EQUAL(nothing.length, 0);
    text_free(&nothing);
    options = expected_options_of();
    scenario.parameters.plans[0].component_count = 1; /* the commission alone, without a quota */
    scenario.parameters.plans[0].components[0].quota = 0;
    struct text table = printed(&scenario, &options, NULL); /* the role's */
    CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&table), "those of role sales"));
    text_free(&table);
    (void)snprintf(scenario.parameters.roles[0].plan, NAME_SIZE, "other");
    nothing = printed(&scenario, &options,
                      "plan accelerator: commission needs a quota, as it pays currency for each "
                      "unit of its metric; write its quota, or name it beside a plan that a role "
                      "of the scenario uses, whose quotas it then takes: --plan A,B\n");
    CU_ASSERT_EQUAL(nothing.length, 0);
    text_free(&nothing);
    scenario.parameters.plans[0].component_count = 2;
    scenario_free(&scenario);
}

/* The files of --out: the same numbers, and a picture that gnuplot, where there is one, can draw.
 */
static void files_hold_the_table_and_the_curve(void) {
    struct scenario scenario = {0};
    struct expected_options options = expected_options_of();
    char folder[] = "/tmp/anreiz-test-XXXXXX";
    char path[64];
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
    load_example(&scenario, "accelerator");
    options.out = folder;
    options.quiet = true;
    options.format = FORMAT_CSV;
    struct text csv = printed(&scenario, &options, NULL);
    (void)snprintf(path, sizeof path, "%s/expected_pay.csv", folder);
    struct text written = file_text(path);
    CU_ASSERT_STRING_EQUAL(text_bytes(&written), text_bytes(&csv));
    (void)snprintf(path, sizeof path, "%s/payout_curve.dat", folder);
    struct text data = file_text(path);
    int rows = 0;
    for (const char *at = text_bytes(&data); *at != 0; at += strcspn(at, "\n") + 1) {
        char *rest = NULL;
        double attainment = strtod(at, &rest);
        if (*at == '#') {
            continue;
        }
        double density = strtod(rest, &rest);
        double pay = strtod(rest, &rest);
        double twice = attainment > 1 ? attainment - 1 : 0;
        CU_ASSERT_DOUBLE_EQUAL(density, gsl_ran_gaussian_pdf(attainment - 1, .3), 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(pay, 48000 * attainment + 40000 * twice, 1e-6);
        rows++;
    }
    CU_ASSERT_EQUAL(rows, 601);
    static const char *const FILES[] = {"expected_pay.csv", "payout_curve.dat", "payout_curve.gp",
                                        "payout_curve.png", "payout_curve.svg", "payout_curve.pdf",
                                        "style.gp"};
    for (size_t f = 0; f < sizeof FILES / sizeof FILES[0]; f++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, FILES[f]);
        bool there = unlink(path) == 0;
        CU_ASSERT(there || strstr(FILES[f], ".png") != NULL || strstr(FILES[f], ".svg") != NULL ||
                  strstr(FILES[f], ".pdf") != NULL);
    }
    CU_ASSERT_EQUAL(rmdir(folder), 0);
    text_free(&csv);
    text_free(&written);
    text_free(&data);
    scenario_free(&scenario);
}

static const struct test TESTS[] = {
    {"the example of the documentation is what it prints",
     the_example_of_the_documentation_is_what_it_prints},
    {"files hold the table and the curve", files_hold_the_table_and_the_curve},
    {"wrong options and missing quotas are questions",
     wrong_options_and_missing_quotas_are_questions},
};

const struct suite suite_payout_expected = {"payout_expected", TESTS,
                                            sizeof TESTS / sizeof TESTS[0]};

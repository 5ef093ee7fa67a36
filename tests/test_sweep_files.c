/* What sweeps read and write: tables of points, kinds of parameters, sweep.csv there and back, and
 * the scripts of the pictures. */
#include "data/rows.h"
#include "report/plots.h"
#include "report/sweep_plots.h"
#include "report/sweep_table.h"
#include "report_fixture.h"
#include "test.h"

#include <CUnit/CUnit.h>

static void paths_lead_to_numbers_whole_numbers_and_words(void) {
    static const struct {
        const char *path;
        enum scenario_kind kind;
        const char *unit;
    } WANTED[] = {
        {"roles.kam.turnover.annual", SCENARIO_NUMBER, "probability a year"},
        {"roles.kam.headcount", SCENARIO_WHOLE, "people"},
        {"roles.kam.plan", SCENARIO_OTHER, ""},
        {"roles.kam", SCENARIO_OTHER, ""},
        {"simulation.effort", SCENARIO_OTHER, ""},
        {"plans.a.components.[0].rate", SCENARIO_NUMBER, NULL},
        {"plans.a.components.[0]", SCENARIO_OTHER, ""},
        {"segments.key.pipeline.stages.[1].conversion", SCENARIO_NUMBER, NULL},
        {"segments.key.coverage.owners", SCENARIO_OTHER, ""},
    };
    for (size_t w = 0; w < sizeof WANTED / sizeof WANTED[0]; w++) {
        enum scenario_kind kind;
        const char *unit = NULL;
        struct error error = {0};
        CU_ASSERT_TRUE(scenario_kind_of(WANTED[w].path, &kind, &unit, &error));
        CU_ASSERT_EQUAL(kind, WANTED[w].kind);
        if (WANTED[w].unit != NULL) {
            CU_ASSERT_STRING_EQUAL(unit, WANTED[w].unit);
        }
        error_free(&error);
    }
    enum scenario_kind kind;
    const char *unit;
    struct error error = {0};
    CU_ASSERT_FALSE(scenario_kind_of("roles.kam.headcont", &kind, &unit, &error));
    CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&error), "did you mean headcount?"));
    CU_ASSERT_FALSE(scenario_kind_of("", &kind, &unit, &error));
    CU_ASSERT_FALSE(scenario_kind_of("roles..kam", &kind, &unit, &error));
    error_free(&error);
}

/* Reads a table with these bytes. */
static bool read_bytes(struct rows *rows, const char *bytes, struct error *error) {
    char path[64];
    char file[128];
    fixture_folder(path);
    (void)snprintf(file, sizeof file, "%s/points.csv", path);
    FILE *stream = fopen(file, "wb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(stream);
    (void)fputs(bytes, stream);
    CU_ASSERT_EQUAL_FATAL(fclose(stream), 0);
    bool good = rows_read(rows, file, error);
    fixture_clear(path);
    return good;
}

static void plain_tables_are_read_whole(void) {
    static const char *const SAME[] = {"a,b\n1,\"x,\"\"y\"\"\"\n\n 2 ,\n",
                                       "a,b\r\n1,\"x,\"\"y\"\"\"\r\n\r\n 2 ,\r\n",
                                       ("\xEF\xBB\xBF"
                                        "a,b\n1,\"x,\"\"y\"\"\"\n\n2,")};
    for (size_t s = 0; s < sizeof SAME / sizeof SAME[0]; s++) {
        struct rows rows;
        struct error error = {0};
        CU_ASSERT_TRUE_FATAL(read_bytes(&rows, SAME[s], &error));
        CU_ASSERT_EQUAL(rows.columns, 2);
        CU_ASSERT_EQUAL_FATAL(rows.count, 2);
        CU_ASSERT_STRING_EQUAL(rows_name(&rows, 1), "b");
        CU_ASSERT_STRING_EQUAL(rows_cell(&rows, 0, 1), "x,\"y\"");
        CU_ASSERT_STRING_EQUAL(rows_cell(&rows, 1, 0), "2");
        CU_ASSERT_STRING_EQUAL(rows_cell(&rows, 1, 1), "");
        CU_ASSERT_EQUAL(rows.lines[0], 2);
        CU_ASSERT_EQUAL(rows.lines[1], 4);
        rows_free(&rows);
    }
}

static void crooked_tables_are_refused_with_their_line(void) {
    static const struct {
        const char *bytes;
        const char *said;
    } WRONG[] = {
        {"a,b\n1,2\n3\n", "points.csv:3: 1 fields, but the heading has 2"},
        {"", "the file is empty"},
        {"a\n\"1\n", "it ends inside of quotes"},
        {"a\n\xFF\n", "is not UTF-8"},
    };
    for (size_t w = 0; w < sizeof WRONG / sizeof WRONG[0]; w++) {
        struct rows rows;
        struct error error = {0};
        CU_ASSERT_FALSE(read_bytes(&rows, WRONG[w].bytes, &error));
        CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&error), WRONG[w].said));
        error_free(&error);
    }
}

/* A sweep of a grid over two or one axes with numbers from a formula; no simulation. */
struct table_fixture {
    struct fixture plans;
    const struct scenario *pointers[2 * 16];
    struct design design;
    struct sweep sweep;
    struct sweep_results results;
};

static void set_summary(struct cell_summary *summary, double mean) {
    summary->mean = mean;
    summary->standard_error = fabs(mean) / 30.0 + 0.1;
    for (size_t q = 0; q < RESULT_PROBABILITIES; q++) {
        summary->quantile[q] = mean + ((double)q - 3.0) * fabs(mean) / 7.0;
    }
}

static void make(struct table_fixture *fixture, size_t axes, size_t plans) {
    static const char *const SCENARIOS[] = {"it's \"one\"", "two"};
    static const char *const METRICS[] = {"profit", "turnover"};
    struct error error = {0};
    size_t points = axes == 1 ? 4 : 16;
    memset(fixture, 0, sizeof *fixture);
    fixture_make(&fixture->plans, SCENARIOS, plans, 1, 2);
    CU_ASSERT_TRUE_FATAL(design_allocate(&fixture->design, axes, points, &error));
    text_add(&fixture->design.paths[0], "roles.kam.turnover.annual");
    if (axes > 1) {
        text_add(&fixture->design.paths[1], "roles.kam.plan");
    }
    for (size_t p = 0; p < points; p++) {
        text_add(&fixture->design.values[p * axes], "%g", 0.1 * (double)(1 + p % 4));
        if (axes > 1) {
            text_add(&fixture->design.values[p * axes + 1], "plan, '%zu'", p / 4);
        }
        for (size_t v = 0; v < plans; v++) {
            fixture->pointers[p * plans + v] = &fixture->plans.scenarios[v];
        }
    }
    fixture->sweep = (struct sweep){.design = &fixture->design,
                                    .baseline = plans == 1 ? 0 : SIZE_MAX,
                                    .scenarios = fixture->pointers,
                                    .plan_count = plans,
                                    .metrics = METRICS,
                                    .metric_count = 2,
                                    .replications = 30,
                                    .seed = 1};
    CU_ASSERT_TRUE_FATAL(sweep_results_init(&fixture->results, &fixture->sweep, &error));
    for (size_t c = 0; c < points * plans * 2; c++) {
        struct sweep_cell *cell = &fixture->results.cells[c];
        set_summary(&cell->values, 1e6 / 3.0 * (double)(c + 1));
        set_summary(&cell->difference, c % 5 == 0 ? (double)NAN : 7e4 * (double)c - 3e5);
        cell->better = 1.0 / (double)(c + 3);
    }
    for (size_t p = 0; p < points; p++) {
        fixture->results.done[p] = true;
    }
    fixture->results.done_count = points;
}

static void clear(struct table_fixture *fixture) {
    fixture_free(&fixture->plans);
    design_free(&fixture->design);
    sweep_results_free(&fixture->results);
}

static void the_table_of_a_sweep_reads_back_to_the_same_numbers(void) {
    static struct table_fixture fixture;
    for (size_t plans = 1; plans <= 2; plans++) {
        char path[64];
        char file[128];
        struct folder folder;
        struct error error = {0};
        struct sweep_results again;
        make(&fixture, 2, plans);
        fixture.results.done[3] = false;
        fixture.results.done_count--;
        fixture_folder(path);
        CU_ASSERT_TRUE_FATAL(folder_create(&folder, path, true, &error));
        CU_ASSERT_TRUE(sweep_table_write(&folder, &fixture.sweep, &fixture.results, &error));
        (void)snprintf(file, sizeof file, "%s/sweep.csv", path);
        CU_ASSERT_TRUE_FATAL(sweep_results_init(&again, &fixture.sweep, &error));
        CU_ASSERT_TRUE(sweep_table_read(file, &fixture.sweep, &again, &error));
        CU_ASSERT_EQUAL(again.done_count, 15);
        CU_ASSERT_FALSE(again.done[3]);
        for (size_t c = 0; c < 16 * plans * 2; c++) {
            if (c / (2 * plans) == 3) {
                continue;
            }
            const double *wanted = (const double *)&fixture.results.cells[c];
            const double *read = (const double *)&again.cells[c];
            for (size_t n = 0; n < sizeof(struct sweep_cell) / sizeof(double); n++) {
                CU_ASSERT_TRUE(wanted[n] == read[n] || (isnan(wanted[n]) && isnan(read[n])));
            }
        }
        /* another value of a point makes it another sweep */
        sweep_results_free(&again);
        CU_ASSERT_TRUE_FATAL(sweep_results_init(&again, &fixture.sweep, &error));
        fixture.design.values[0].bytes[2] = '9';
        CU_ASSERT_FALSE(sweep_table_read(file, &fixture.sweep, &again, &error));
        CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&error), "--force"));
        error_free(&error);
        sweep_results_free(&again);
        folder_close(&folder);
        fixture_clear(path);
        clear(&fixture);
    }
}

static bool have_gnuplot(void) {
    return system("gnuplot --version >/dev/null 2>&1") == 0; /* NOLINT: a fixed command */
}

static void draw(struct table_fixture *fixture, const char *const pictures[], size_t count) {
    char path[64];
    struct folder folder;
    struct text talk = {0};
    struct error error = {0};
    fixture_folder(path);
    CU_ASSERT_TRUE_FATAL(folder_create(&folder, path, true, &error));
    CU_ASSERT_TRUE(sweep_plots_write(&folder, &fixture->sweep, &fixture->results, &error));
    for (size_t p = 0; p < count; p++) {
        char name[64];
        (void)snprintf(name, sizeof name, "%s.gp", pictures[p]);
        char *script = fixture_read(path, name);
        CU_ASSERT_STRING_NOT_EQUAL(script, "");
        CU_ASSERT_PTR_NULL(strstr(script, path));
        CU_ASSERT_PTR_NULL(strstr(script, "it's"));
        free(script);
    }
    if (have_gnuplot()) {
        CU_ASSERT_TRUE(plots_draw(&folder, &talk, &error));
        for (size_t p = 0; p < count; p++) {
            char name[64];
            (void)snprintf(name, sizeof name, "%s.png", pictures[p]);
            CU_ASSERT_TRUE(folder_has(&folder, name));
        }
    }
    CU_ASSERT_STRING_EQUAL(error_text(&error), "");
    error_free(&error);
    text_free(&talk);
    folder_close(&folder);
    fixture_clear(path);
}

static void every_kind_of_sweep_is_drawn(void) {
    static const char *const LINES[] = {"sweep", "sweep_difference"};
    static const char *const MAPS[] = {"sweep_map", "sweep_map_difference"};
    static const char *const SCATTERS[] = {"sweep_scatter", "sweep_scatter_difference"};
    static struct table_fixture fixture;
    for (size_t plans = 1; plans <= 2; plans++) {
        make(&fixture, 1, plans);
        draw(&fixture, LINES, 2);
        fixture.results.done[1] = false; /* as after Ctrl-C */
        fixture.results.done_count--;
        fixture.results.interrupted = true;
        draw(&fixture, LINES, 2);
        clear(&fixture);
        make(&fixture, 2, plans);
        draw(&fixture, MAPS + plans - 1, 3 - plans);
        for (size_t p = 0; p < 16; p++) { /* numbers on both axes: contours */
            text_free(&fixture.design.values[2 * p + 1]);
            text_add(&fixture.design.values[2 * p + 1], "%zu", 5 + p / 4);
        }
        draw(&fixture, MAPS + plans - 1, 3 - plans);
        fixture.design.kind = DESIGN_SOBOL;
        draw(&fixture, SCATTERS + plans - 1, 3 - plans);
        clear(&fixture);
    }
}

/* Profit, of which more is better, stands first, turnover second. */
static void colours_of_differences_are_turned_where_less_is_better(void) {
    static struct table_fixture fixture;
    struct folder folder;
    struct error error = {0};
    char path[64];
    make(&fixture, 2, 2);
    fixture_folder(path);
    CU_ASSERT_TRUE_FATAL(folder_create(&folder, path, true, &error));
    CU_ASSERT_TRUE(sweep_plots_write(&folder, &fixture.sweep, &fixture.results, &error));
    char *script = fixture_read(path, "sweep_map_difference.gp");
    const char *first = strstr(script, "set palette positive");
    CU_ASSERT_PTR_NOT_NULL_FATAL(first);
    const char *second = strstr(first, "set palette negative");
    CU_ASSERT_PTR_NOT_NULL(second);
    CU_ASSERT_PTR_NULL(strstr(first + 1, "set palette positive"));
    free(script);
    folder_close(&folder);
    fixture_clear(path);
    clear(&fixture);
}

/* The same points in a table; without one of the cells they are no map. */
static void a_table_whose_first_two_columns_are_a_grid_is_drawn_as_a_map(void) {
    static const char *const MAPS[] = {"sweep_map", "sweep_map_difference"};
    static const char *const SCATTERS[] = {"sweep_scatter", "sweep_scatter_difference"};
    static struct table_fixture fixture;
    for (size_t axes = 2; axes <= 4; axes++) {
        for (size_t plans = 1; plans <= 2; plans++) {
            make(&fixture, axes, plans);
            for (size_t a = 2; a < axes; a++) {
                text_add(&fixture.design.paths[a], "roles.kam.headcount");
            }
            for (size_t p = 0; p < 16; p++) { /* the further columns follow these two */
                struct text *values = &fixture.design.values[axes * p];
                for (size_t a = 0; a < axes; a++) {
                    values[a].length = 0;
                    text_add(&values[a], "%zu", 5 + (a == 0 ? p / 4 : a == 1 ? p % 4 : p));
                }
            }
            fixture.design.kind = DESIGN_FILE;
            draw(&fixture, MAPS + plans - 1, 3 - plans);
            fixture.design.values[1].length = 0;
            text_add(&fixture.design.values[1], "6"); /* twice */
            draw(&fixture, SCATTERS + plans - 1, 3 - plans);
            clear(&fixture);
        }
    }
}

static const struct test TESTS[] = {
    {"paths lead to numbers, whole numbers and words",
     paths_lead_to_numbers_whole_numbers_and_words},
    {"plain tables are read whole, with any ends of lines", plain_tables_are_read_whole},
    {"crooked tables are refused with their line", crooked_tables_are_refused_with_their_line},
    {"the table of a sweep reads back to the same numbers",
     the_table_of_a_sweep_reads_back_to_the_same_numbers},
    {"every kind of sweep is drawn, whatever its names", every_kind_of_sweep_is_drawn},
    {"colours of differences are turned where less is better",
     colours_of_differences_are_turned_where_less_is_better},
    {"a table whose first two columns are a grid is drawn as a map",
     a_table_whose_first_two_columns_are_a_grid_is_drawn_as_a_map},
};

const struct suite suite_sweep_files = {"sweep files", TESTS, sizeof TESTS / sizeof TESTS[0]};

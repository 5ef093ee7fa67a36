/* Scenarios with tables of a real start for the tests, in a folder of their own.
 * Ownership: opening_folder makes what opening_remove takes away. */
#ifndef TESTS_OPENING_FIXTURE_H
#define TESTS_OPENING_FIXTURE_H

#include "firm_fixture.h"

#include <sys/stat.h>

struct opening_files {
    char folder[64];
    char scenario[96];
    char people[96];
    char accounts[96];
};

static inline void opening_write(const char *path, const char *bytes) {
    FILE *file = fopen(path, "wb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    CU_ASSERT_EQUAL(fputs(bytes, file) < 0, false);
    CU_ASSERT_EQUAL(fclose(file), 0);
}

/* firm.cfg, people.csv and accounts.csv; NULL: no such file. */
static inline void opening_folder(struct opening_files *files, const char *scenario,
                                  const char *people, const char *accounts) {
    (void)strcpy(files->folder, "/tmp/anreiz-test-XXXXXX");
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(files->folder));
    (void)snprintf(files->scenario, sizeof files->scenario, "%s/firm.cfg", files->folder);
    (void)snprintf(files->people, sizeof files->people, "%s/people.csv", files->folder);
    (void)snprintf(files->accounts, sizeof files->accounts, "%s/accounts.csv", files->folder);
    opening_write(files->scenario, scenario);
    if (people != NULL) {
        opening_write(files->people, people);
    }
    if (accounts != NULL) {
        opening_write(files->accounts, accounts);
    }
}

static inline void opening_remove(const struct opening_files *files) {
    (void)unlink(files->people);
    (void)unlink(files->accounts);
    (void)unlink(files->scenario);
    CU_ASSERT_EQUAL(rmdir(files->folder), 0);
}

/* A firm from these files; they are gone when it stands. */
static inline void opening_world(struct world *world, const char *scenario, const char *people,
                                 const char *accounts, const char *const sets[], size_t set_count) {
    struct opening_files files;
    struct error error = {0};
    opening_folder(&files, scenario, people, accounts);
    *world = (struct world){.scenario = {.path = NULL}};
    bool done = scenario_load(&world->scenario, files.scenario, sets, set_count, &error) &&
                model_init(&world->model, &world->scenario.parameters, &error) &&
                firm_init(&world->firm, &world->model, &error);
    if (!done) {
        (void)fputs(error_text(&error), stderr);
    }
    CU_ASSERT_FATAL(done);
    error_free(&error);
    opening_remove(&files);
}

/* Two roles and two segments; the tables name people of kam and customers of key. */
#define OPENING_FIRM                                                                               \
    "simulation = { years = 3; effort = \"none\"; start = \"running\"; };\n"                       \
    "economy = { demand = { sd = 0.0; }; market_pay_growth = 0.0; };\n"                            \
    "firm = { pay_growth = 0.0; };\n"                                                              \
    "plans = { fixed = { salary = 80000.0; };\n"                                                   \
    "  today = { salary = 60000.0; };\n"                                                           \
    "  bonus = { salary = 75000.0; components = ( { name = \"bonus\"; type = \"bonus\";\n"         \
    "    metric = \"bookings\"; period = \"year\"; target = 10000.0;\n"                            \
    "    payout = ( [0.5, 0.0], [1.0, 1.0] ); },\n"                                                \
    "    { name = \"shares\"; type = \"shares\"; settlement = \"cash\"; target = 9000.0;\n"        \
    "      vesting_months = 36; cliff_months = 36; every_months = 12; } ); }; };\n"                \
    "segments = {\n"                                                                               \
    "  standard = { accounts = 40; prospects = 400; complexity = 0.0;\n"                           \
    "    coverage = { owners = [\"sales\"]; hunters = [\"sales\"]; }; };\n"                        \
    "  key = { accounts = 9; prospects = 90; complexity = 0.0;\n"                                  \
    "    potential = { mean = 200000.0; }; contract = { term_months = 12; };\n"                    \
    "    coverage = { owners = [\"kam\"]; hunters = [\"kam\"]; }; }; };\n"                         \
    "roles = {\n"                                                                                  \
    "  sales = { plan = \"fixed\"; headcount = 4; market_pay = 80000.0; };\n"                      \
    "  kam = { plan = \"bonus\"; market_pay = 90000.0; normal_accounts = 2.0;\n"                   \
    "    quota = { metric = \"bookings\"; };\n"                                                    \
    "    dismissal = { probability = 0.0; }; }; };\n"
#define OPENING_START                                                                              \
    "start = { date = \"2026-01-01\"; people = \"people.csv\"; accounts = \"accounts.csv\"; };\n"
#define OPENING_START_PEOPLE "start = { date = \"2026-01-01\"; people = \"people.csv\"; };\n"

#endif

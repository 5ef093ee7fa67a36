/* Measures the goals of docs/performance.md in one run and prints them as a table: what a month of
 * a customer and of a person costs, the same work done in other ways, threads, the default
 * scenario, the smallest run, memory.
 *
 *   bench PROGRAM FOLDER [PYTHON]   in the top folder of the project; PROGRAM is measured as it
 *                                   is, FOLDER takes its results, PYTHON knows numpy
 *
 * Clocks of machines drift, so that each figure is the best of several and ratios are taken within
 * one run. What a month costs is time of the processor; processes also say it, as a busy machine
 * makes them wait. It fails only when something could not be run. */
#include "floor.h"
#include "kernel_rows.h"
#include "table.h"

#include "base/random.h"
#include "model/firm.h"
#include "scenario/scenario.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

enum { ACCOUNTS = 20480, MONTHS = 60, OWNERS = 50, ARGUMENTS = 24 };

extern char **environ;

/* ---- a month of a customer */

static void fill(struct accounts *accounts) {
    accounts_clear(accounts);
    for (size_t a = 0; a < ACCOUNTS; a++) {
        size_t slot = 0;
        (void)accounts_take(accounts, random_mix(1, a), &slot);
        accounts->potential[slot] = 1e5F;
        accounts->wallet[slot] = 0.3F;
        accounts->relationship[slot] = 0.5F;
        accounts->churn_odds[slot] = 0.02F;
        accounts->renewal[slot] = (int32_t)(a % 12);
        accounts->owner[slot] = (int32_t)(a % OWNERS);
    }
}

struct account_cost {
    double floor; /* ns per account-month */
    double model;
};

static struct account_cost account_cost(const struct model *model, struct firm *firm) {
    struct error error = {0};
    struct accounts accounts;
    real inputs[OWNERS + 1];
    struct account_law law = account_law(&model->parameters->segments[0]);
    struct care_inputs care = {inputs, inputs};
    struct ledger *ledger = calloc(1, sizeof *ledger);
    struct account_cost best = {1e9, 1e9};
    if (ledger == NULL || !accounts_init(&accounts, ACCOUNTS, &error)) {
        give_up("no memory", error_text(&error));
    }
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        inputs[i] = i == 0 ? 0.0F : 1.0F;
    }
    for (int attempt = 0; attempt < 7; attempt++) {
        fill(&accounts);
        double start = now(CLOCK_THREAD_CPUTIME_ID);
        for (uint64_t month = 0; month < MONTHS; month++) {
            floor_month(&accounts, ACCOUNTS, random_row(1, 0, month, 1));
        }
        best.floor =
            smaller(best.floor, (now(CLOCK_THREAD_CPUTIME_ID) - start) * 1e9 / ACCOUNTS / MONTHS);
        fill(&accounts);
        *ledger = (struct ledger){0};
        start = now(CLOCK_THREAD_CPUTIME_ID);
        for (uint64_t month = 0; month < MONTHS; month++) {
            (void)accounts_month(&accounts, &law, &care, random_row(1, 0, month, 2),
                                 random_row(1, 0, month, 3), &firm->books[0], ledger);
        }
        best.model = smaller(best.model, (now(CLOCK_THREAD_CPUTIME_ID) - start) * 1e9 /
                                             ledger->flows.account_months);
    }
    accounts_free(&accounts);
    free(ledger);
    return best;
}

/* ---- a month of a person: a history less what its customers cost */

static double person_cost(const char *effort, double account) {
    char set[64];
    const char *const sets[1] = {set};
    struct error error = {0};
    struct scenario scenario;
    struct model model;
    struct firm firm;
    double best = 1e9;
    (void)snprintf(set, sizeof set, "simulation.effort=%s", effort);
    if (!scenario_load(&scenario, "scenarios/short_term_bonus.cfg", sets, 1, &error) ||
        !model_init(&model, &scenario.parameters, &error) || !firm_init(&firm, &model, &error)) {
        give_up("scenarios/short_term_bonus.cfg cannot be simulated", error_text(&error));
    }
    for (uint64_t replication = 0; replication < 10; replication++) {
        double start = now(CLOCK_THREAD_CPUTIME_ID);
        firm_run(&firm, 1, replication);
        double spent = (now(CLOCK_THREAD_CPUTIME_ID) - start) * 1e9;
        double people = 0.0;
        double accounts = 0.0;
        for (size_t month = 0; month < model.months; month++) {
            people += firm_ledger(&firm, month, 0)->flows.person_months;
            for (size_t s = 0; s < model.segment_count; s++) {
                accounts += (double)firm.accounts[s].live;
            }
        }
        best = smaller(best, (spent - accounts * account) / people);
    }
    firm_free(&firm);
    model_free(&model);
    scenario_free(&scenario);
    return best;
}

static struct account_cost one_month(void) {
    struct error error = {0};
    struct scenario scenario;
    struct model model;
    struct firm firm;
    if (!scenario_load(&scenario, "scenarios/short_term_bonus.cfg", NULL, 0, &error) ||
        !model_init(&model, &scenario.parameters, &error) || !firm_init(&firm, &model, &error) ||
        model.seat_count < OWNERS) {
        give_up("scenarios/short_term_bonus.cfg cannot be simulated", error_text(&error));
    }
    struct account_cost cost = account_cost(&model, &firm);
    firm_free(&firm);
    model_free(&model);
    scenario_free(&scenario);
    return cost;
}

/* ---- processes */

struct process {
    double seconds;   /* the fastest */
    double processor; /* seconds of the same, over all threads */
    double mebibytes;
};

/* Runs the program with words separated by spaces, without output, so many times. */
static struct process process(const char *program, const char *words, int times) {
    char text[512];
    char *arguments[ARGUMENTS + 1] = {0};
    size_t count = 0;
    struct process best = {1e9, 1e9, 0.0};
    (void)snprintf(text, sizeof text, "anreiz run %s", words);
    for (char *rest = text, *word = strsep(&rest, " "); word != NULL && count < ARGUMENTS;
         word = strsep(&rest, " ")) {
        arguments[count++] = word;
    }
    for (int i = 0; i < times; i++) {
        posix_spawn_file_actions_t silent;
        pid_t child = 0;
        int status = 0;
        struct rusage usage;
        (void)posix_spawn_file_actions_init(&silent);
        (void)posix_spawn_file_actions_addopen(&silent, 1, "/dev/null", O_WRONLY, 0);
        double start = now(CLOCK_MONOTONIC);
        if (posix_spawn(&child, program, &silent, NULL, arguments, environ) != 0 ||
            wait4(child, &status, 0, &usage) != child || status != 0) {
            give_up(words, "");
        }
        best.seconds = smaller(best.seconds, now(CLOCK_MONOTONIC) - start);
        double processor = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                           1e-6 * (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
        best.processor = smaller(best.processor, processor);
        best.mebibytes = (double)usage.ru_maxrss / 1024.0;
        (void)posix_spawn_file_actions_destroy(&silent);
    }
    return best;
}

#define DEFAULT "scenarios/short_term_bonus.cfg --quiet --summary "

/* Of a firm of few people and customers, which has the same table of results as the default one: a
 * row of means, and all tables with their quantiles. */
static void memory(const char *program, const char *folder) {
#define FEW                                                                                        \
    "scenarios/short_term_bonus.cfg --quiet --set simulation.effort=none "                         \
    "--set segments.standard.accounts=40 --set roles.sales.headcount=4 "
    static const struct {
        const char *what;
        const char *words;
    } RUNS[] = {
        {"memory, 1,000 replications, --summary", FEW "--summary --replications 1000"},
        {"memory, 10,000 replications, --summary", FEW "--summary --replications 10000"},
        {"memory, 1,000 replications into a folder", FEW "--replications 1000"},
        {"memory, 10,000 replications into a folder", FEW "--replications 10000"},
    };
    for (size_t i = 0; i < sizeof RUNS / sizeof RUNS[0]; i++) {
        char words[512];
        bool tables = strstr(RUNS[i].words, "--summary") == NULL;
        (void)snprintf(words, sizeof words, "%s%s%s", RUNS[i].words,
                       tables ? " --no-plots --no-report --force --out " : "",
                       tables ? folder : "");
        at_most(RUNS[i].what, 200.0, process(program, words, 1).mebibytes, "MiB", "");
    }
}

static void processes(const char *program, const char *folder) {
    double one = process(program, DEFAULT "--replications 100 --threads 1", 3).seconds;
    double two = process(program, DEFAULT "--replications 100 --threads 2", 3).seconds;
    at_least("2 threads against 1, 100 replications", 1.9, one / two, "times", "");
    const struct {
        const char *what;
        const char *words;
        double most; /* s */
    } RUNS[] = {
        {"default scenario, 1,000 replications, effort none",
         DEFAULT "--replications 1000 --set simulation.effort=none", 0.5},
        {"default scenario, 1,000 replications, effort static",
         DEFAULT "--replications 1000 --set simulation.effort=static", 0.5},
        {"default scenario, 1,000 replications, effort dynamic",
         DEFAULT "--replications 1000 --set simulation.effort=dynamic", 1.0},
    };
    for (size_t i = 0; i < sizeof RUNS / sizeof RUNS[0]; i++) {
        char beside[64];
        struct process run = process(program, RUNS[i].words, 1);
        (void)snprintf(beside, sizeof beside, " (processors %.3g s)", run.processor);
        at_most(RUNS[i].what, RUNS[i].most, run.seconds, "s", beside);
    }
    char beside[64];
    struct process tiny = process(program, DEFAULT "--replications 1", 40);
    (void)snprintf(beside, sizeof beside, " (processors %.3g ms)", tiny.processor * 1e3);
    at_most("a run of 1 replication, start to end", 5.0, tiny.seconds * 1e3, "ms", beside);
    memory(program, folder);
}

int main(int count, char **arguments) {
    if (count != 3 && count != 4) {
        (void)fprintf(stderr, "usage: bench PROGRAM FOLDER [PYTHON]\n");
        return 2;
    }
    bool wide = processor_level() >= 4;
    table_begin();
    struct account_cost account = one_month();
    row("floor: random bits and state of a customer, a month", "%.3g ns", account.floor);
    at_most("customers, a month of one", wide ? 10.0 : 20.0, account.model, "ns", "");
    at_most("the same against the floor", 13.0, account.model / account.floor, "times", "");
    at_most("people, a month of one, effort none", 60.0, person_cost("none", account.model), "ns",
            "");
    at_most("people, a month of one, effort dynamic", 60.0, person_cost("dynamic", account.model),
            "ns", "");
    kernel_rows(count == 4 ? arguments[3] : "");
    processes(arguments[1], arguments[2]);
    return 0;
}

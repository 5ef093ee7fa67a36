#include "cli/backtesting.h"

#include "base/memory.h"
#include "cli/interrupt.h"
#include "cli/loading.h"
#include "engine/experiment.h"
#include "engine/fit_resample.h"

#include <stdlib.h>

/* The years that can be held against something. */
static bool count_years(const struct backtesting_question *question, size_t *years,
                        struct error *error) {
    long first = date_day(question->split);
    if (question->split.day != 1) {
        return error_add(
            error, ERROR_QUESTION,
            "--backtest: a simulation begins with a month; write the first day of one, "
            "such as %04d-%02d-01",
            question->split.year, question->split.month);
    }
    if (!question->fit->data->has_last) {
        return error_add(error, ERROR_QUESTION,
                         "--backtest needs tables with days; a table of survival has none");
    }
    *years = backtest_years(first, question->last);
    if (*years == 0) {
        struct date last = date_of_day(question->last);
        return error_add(
            error, ERROR_QUESTION,
            "--backtest: the data tell of days up to %04d-%02d-%02d, which is no whole "
            "year after %04d-%02d-%02d; begin it earlier, or say with --until that "
            "they tell of more",
            last.year, last.month, last.day, question->split.year, question->split.month,
            question->split.day);
    }
    return true;
}

/* The scenario with what was fitted, once again or not, and above it what --set says. */
static bool load(struct scenario *scenario, const struct backtesting_question *question,
                 const struct findings *again, size_t years, struct error *error) {
    const struct options *options = question->options;
    size_t fitted = 0;
    struct text horizon = {0};
    struct text *settings = findings_settings(question->findings, again, &fitted, error);
    const char **sets = settings == NULL ? NULL
                                         : memory_array(fitted + 1 + options->set_count,
                                                        sizeof *sets, "settings", error);
    bool good = sets != NULL;
    if (good) {
        struct options merged = *options;
        text_add(&horizon, "simulation.years=%zu", years);
        for (size_t i = 0; i < fitted; i++) {
            sets[i] = text_bytes(&settings[i]);
        }
        sets[fitted] = text_bytes(&horizon);
        for (size_t i = 0; i < options->set_count; i++) {
            sets[fitted + 1 + i] = options->sets[i];
        }
        merged.sets = sets;
        merged.set_count = fitted + 1 + options->set_count;
        good = loading_scenario(scenario, question->scenario_name, &merged, error);
    }
    for (size_t i = 0; i < fitted; i++) {
        text_free(&settings[i]);
    }
    free(settings);
    free(sets);
    text_free(&horizon);
    return good;
}

/* One repetition: its histories go into the backtest. */
struct repetition {
    struct backtest *backtest;
    const struct parameters *parameters;
    bool begun;
};

static bool take_row(void *context, size_t variant, uint64_t replication, const struct table *table,
                     const double *values, struct error *error) {
    struct repetition *repetition = context;
    (void)variant;
    (void)replication;
    if (!repetition->begun &&
        !backtest_find(repetition->backtest, table, repetition->parameters, error)) {
        return false;
    }
    repetition->begun = true;
    return backtest_add(repetition->backtest, table, values, error);
}

static bool simulate(struct backtesting *backtesting, const struct backtesting_question *question,
                     const struct scenario *scenario, uint64_t first, uint64_t count,
                     struct error *error) {
    const struct scenario *scenarios[] = {scenario};
    struct repetition repetition = {&backtesting->backtest, &scenario->parameters, false};
    struct results results = {0};
    const struct experiment experiment = {.scenarios = scenarios,
                                          .scenario_count = 1,
                                          .seed = backtesting->seed,
                                          .first_replication = first,
                                          .replications = count,
                                          .threads = question->options->threads,
                                          .stop = interrupt_flag(),
                                          .row = take_row,
                                          .row_context = &repetition};
    bool good = experiment_run(&experiment, &results, error);
    if (good && results.interrupted) {
        good = error_add(error, ERROR_INTERRUPTED, "interrupted, nothing is kept");
    }
    results_free(&results);
    return good;
}

/* Fits a new sample of the tables; the first fit is that of the tables themselves. */
static bool fit_again(struct scenario *scenario, const struct backtesting *backtesting,
                      const struct backtesting_question *question, uint64_t number,
                      struct error *error) {
    if (number == 0) {
        return load(scenario, question, NULL, backtesting->years, error);
    }
    struct fit_data sample;
    struct findings findings = {.count = 0};
    struct fit_question again = *question->fit;
    if (!fit_resample(&sample, question->fit->data, backtesting->seed, number, error)) {
        return false;
    }
    again.data = &sample;
    again.form = question->findings;
    bool good = fit(&findings, &again, error) &&
                load(scenario, question, &findings, backtesting->years, error);
    findings_free(&findings);
    fit_resample_free(&sample);
    return good;
}

/* All histories, shared out evenly over the repetitions of the fit. */
static bool repeat(struct backtesting *backtesting, const struct backtesting_question *question,
                   struct talk *talk, struct error *error) {
    uint64_t histories = backtesting->histories;
    uint64_t fits = histories / 4 < BACKTESTING_FITS_MOST ? histories / 4 : BACKTESTING_FITS_MOST;
    bool good = true;
    backtesting->fits = fits == 0 ? 1 : fits;
    talk_progress_begin(talk, "backtest", histories);
    for (uint64_t n = 0; good && n < backtesting->fits; n++) {
        struct scenario scenario = {0};
        uint64_t first = histories * n / backtesting->fits;
        uint64_t end = histories * (n + 1) / backtesting->fits;
        good = fit_again(&scenario, backtesting, question, n, error) &&
               simulate(backtesting, question, &scenario, first, end - first, error);
        scenario_free(&scenario);
        talk_progress(talk, end, histories);
    }
    talk_progress_end(talk);
    return good;
}

static void say_what_to_know(const struct backtesting_question *question, struct talk *talk) {
    if (question->split.month != 1) {
        talk_say(talk,
                 "the simulation begins with a January, the years that it is held against with "
                 "month %d: seasons do not match",
                 question->split.month);
    }
    if (question->fit->data->has[CONTENT_SURVIVORS]) {
        talk_say(talk, "the table of survival has no days: all of it is used, with years after the "
                       "split that it may hold, and the bands do not know how uncertain it is");
    }
}

bool backtesting_begin(struct backtesting *backtesting, const struct backtesting_question *question,
                       struct talk *talk, struct error *error) {
    size_t years = 0;
    struct scenario scenario = {0};
    if (!count_years(question, &years, error) || !load(&scenario, question, NULL, years, error)) {
        return false;
    }
    say_what_to_know(question, talk);
    const struct parameters *parameters = &scenario.parameters;
    size_t simulated = (size_t)parameters->simulation.years; /* --set may have changed it */
    backtesting->years = years;
    backtesting->histories = (uint64_t)parameters->simulation.replications;
    backtesting->seed = parameters->simulation.seed;
    scenario_free(&scenario);
    return backtest_observe(&backtesting->backtest, question->fit, date_day(question->split),
                            years < simulated ? years : simulated, error);
}

bool backtesting_run(struct backtesting *backtesting, const struct backtesting_question *question,
                     struct talk *talk, struct error *error) {
    return repeat(backtesting, question, talk, error) &&
           backtest_conclude(&backtesting->backtest, error) &&
           (backtesting->backtest.count > 0 ||
            error_add(error, ERROR_QUESTION,
                      "--backtest: the tables tell nothing of the years after it that a simulation "
                      "tells too"));
}

void backtesting_free(struct backtesting *backtesting) { backtest_free(&backtesting->backtest); }

#include "cli/backtesting.h"

#include "base/memory.h"
#include "cli/loading.h"
#include "cli/simulation.h"

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

/* The scenario with what was fitted and, above it, what --set says. */
static bool load(struct backtesting *backtesting, const struct backtesting_question *question,
                 size_t years, struct error *error) {
    const struct options *options = question->options;
    size_t fitted = 0;
    struct text horizon = {0};
    struct text *settings = findings_settings(question->findings, &fitted, error);
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
        good = loading_scenario(&backtesting->scenario, question->scenario_name, &merged, error);
    }
    for (size_t i = 0; i < fitted; i++) {
        text_free(&settings[i]);
    }
    free(settings);
    free(sets);
    text_free(&horizon);
    return good;
}

bool backtesting_run(struct backtesting *backtesting, const struct backtesting_question *question,
                     struct talk *talk, struct error *error) {
    size_t years = 0;
    if (!count_years(question, &years, error) || !load(backtesting, question, years, error)) {
        return false;
    }
    if (question->split.month != 1) {
        talk_say(talk,
                 "the simulation begins with a January, the years that it is held against with "
                 "month %d: seasons do not match",
                 question->split.month);
    }
    const struct scenario *scenarios[] = {&backtesting->scenario};
    const struct simulation simulation = {
        .scenarios = scenarios, .scenario_count = 1, .options = question->options};
    long simulated =
        backtesting->scenario.parameters.simulation.years; /* --set may have changed it */
    years = years < (size_t)simulated ? years : (size_t)simulated;
    return backtest_observe(&backtesting->backtest, question->fit, date_day(question->split), years,
                            error) &&
           simulation_run(&simulation, talk, &backtesting->results, error) &&
           backtest_compare(&backtesting->backtest, &backtesting->results, error) &&
           (backtesting->backtest.count > 0 ||
            error_add(error, ERROR_QUESTION,
                      "--backtest: the tables tell nothing of the years after it that a simulation "
                      "tells too"));
}

bool backtesting_conclude(const struct backtesting *backtesting, struct error *error) {
    return simulation_conclude(&backtesting->results, "the table", false, error);
}

void backtesting_free(struct backtesting *backtesting) {
    backtest_free(&backtesting->backtest);
    results_free(&backtesting->results);
    scenario_free(&backtesting->scenario);
}

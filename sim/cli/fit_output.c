#include "cli/fit_output.h"

#include "cli/output.h"
#include "cli/version.h"
#include "cli/writing.h"
#include "report/backtest_picture.h"
#include "report/backtest_text.h"
#include "report/fit_picture.h"
#include "report/fit_text.h"

#include <limits.h>

static void write_header(struct text *header, const struct fit_results *results) {
    const struct options *options = results->options;
    text_add(header, "What data told, written by anreiz fit %s from", version_number());
    for (size_t n = 0; n < options->argument_count; n++) {
        text_add(header, "%s %s", n == 0 ? "" : ",", options->arguments[n]);
    }
    if (results->question->data->has_last) {
        text_add(header, "\nfor the days ");
        if (results->question->from != LONG_MIN) {
            text_add(header, "from ");
            date_add_day(header, results->question->from);
            text_add(header, " ");
        }
        text_add(header, "until ");
        date_add_day(header, results->question->until);
    }
    text_add(header, ".\n\nA scenario builds on it as on any other part, behind what it changes:\n"
                     "    extends = [ \"../configs/firm.cfg\", ..., \"fitted.cfg\" ];\n"
                     "Intervals are of 95 %%; docs/fit.md says how each value is found.\n");
}

static bool write_configuration(const struct fit_results *results, FILE *stream,
                                struct error *error) {
    struct text header = {0};
    write_header(&header, results);
    bool good = !header.failed || error_add(error, ERROR_FAILURE, "not enough memory for a text");
    good = good && fit_configuration(stream, results->findings, text_bytes(&header), error);
    text_free(&header);
    return good;
}

bool fit_output_begin(const struct options *options, struct folder *folder, struct error *error) {
    return options->out == NULL || folder_create(folder, options->out, options->force, error);
}

static bool write_survival(const struct fit_results *results, const struct folder *folder,
                           struct error *error) {
    struct fit_survival survival = {.count = 0};
    bool good = fit_survival_of(&survival, results->question, results->findings, error) &&
                fit_picture_write(folder, &survival, error);
    fit_survival_free(&survival);
    return good;
}

bool fit_output_write(const struct fit_results *results, struct folder *folder,
                      struct error *error) {
    struct folder_file file = {0};
    if (results->options->out == NULL) {
        return true;
    }
    if (!folder_begin(folder, "fitted.cfg", &file, error)) {
        return false;
    }
    if (!write_configuration(results, file.stream, error)) {
        folder_discard(&file);
        return false;
    }
    if (!folder_commit(&file, error) || !folder_begin(folder, "estimates.csv", &file, error)) {
        return false;
    }
    fit_csv(file.stream, results->findings);
    if (!folder_commit(&file, error) || !write_survival(results, folder, error)) {
        return false;
    }
    if (results->backtesting == NULL) {
        return true;
    }
    if (!folder_begin(folder, "backtest.csv", &file, error)) {
        return false;
    }
    const struct backtesting *backtesting = results->backtesting;
    backtest_csv(file.stream, &backtesting->backtest);
    return folder_commit(&file, error) &&
           backtest_picture_write(folder, &backtesting->backtest, backtesting->seed,
                                  backtesting->fits, error);
}

bool fit_output_draw(const struct fit_results *results, const struct folder *folder,
                     struct talk *talk, struct error *error) {
    return results->options->out == NULL || results->no_plots || !folder_has(folder, "style.gp") ||
           writing_draw(folder, talk, error);
}

static bool print_findings(const struct fit_results *results, FILE *stream, struct error *error) {
    switch (results->options->format) {
    case FORMAT_CSV:
        fit_csv(stream, results->findings);
        return true;
    case FORMAT_JSON:
        fit_json(stream, results->findings);
        return true;
    case FORMAT_TABLE:
        break;
    }
    return write_configuration(results, stream, error);
}

static void print_backtest(const struct fit_results *results, FILE *stream) {
    const struct backtesting *backtesting = results->backtesting;
    switch (results->options->format) {
    case FORMAT_CSV:
        backtest_csv(stream, &backtesting->backtest);
        break;
    case FORMAT_JSON:
        backtest_json(stream, &backtesting->backtest, backtesting->seed, backtesting->fits);
        break;
    case FORMAT_TABLE:
        backtest_text(stream, &backtesting->backtest, backtesting->seed, backtesting->fits);
        break;
    }
}

bool fit_output_print(const struct fit_results *results, struct error *error) {
    struct output output;
    bool good = true;
    if (!output_open(&output, error)) {
        return false;
    }
    if (results->backtesting != NULL) {
        print_backtest(results, output.stream);
    } else {
        good = print_findings(results, output.stream, error);
    }
    return output_print(&output, good, error);
}

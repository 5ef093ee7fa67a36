#include "report/backtest_text.h"

#include "report/format.h"
#include "report/json.h"

#include <inttypes.h>
#include <string.h>

/* The quantiles that tables have: p5 p25 p50 p75 p95. */
static const size_t BANDS[] = {0, 2, 3, 4, 6};

/* The widest name, so that none is cut. */
static int width_of(const struct backtest *backtest) {
    size_t widest = strlen("over the years");
    for (size_t s = 0; s < backtest->score_count; s++) {
        size_t length = strlen(backtest->scores[s].name);
        widest = length > widest ? length : widest;
    }
    return (int)widest;
}

static void print_row(FILE *stream, const struct backtest_row *row, int width) {
    char observed[FORMAT_SIZE];
    char mean[FORMAT_SIZE];
    char low[FORMAT_SIZE];
    char high[FORMAT_SIZE];
    (void)fprintf(stream, "%-*s %4zu %9s %9s %9s .. %-9s %s\n", width, row->name, row->year + 1,
                  format_value(observed, row->unit, row->observed),
                  format_value(mean, row->unit, row->simulated.mean),
                  format_value(low, row->unit, row->simulated.quantile[0]),
                  format_value(high, row->unit, row->simulated.quantile[6]),
                  backtest_in_half(row)     ? "50 %"
                  : backtest_in_ninety(row) ? "90 %"
                                            : "outside");
}

static void print_score(FILE *stream, const struct backtest_score *score, int width) {
    char observed[FORMAT_SIZE];
    char simulated[FORMAT_SIZE];
    char bias[FORMAT_SIZE];
    double difference = score->simulated - score->observed;
    (void)fprintf(stream, "%-*s %2zu of %-2zu %2zu of %-2zu %9s %9s %9s", width, score->name,
                  score->in_half, score->years, score->in_ninety, score->years,
                  format_value(observed, score->unit, score->observed),
                  format_value(simulated, score->unit, score->simulated),
                  format_value(bias, score->unit, difference));
    if (score->observed > 0.0) {
        (void)fprintf(stream, "  %+.0f %%", 100.0 * difference / score->observed);
    }
    (void)fputc('\n', stream);
}

static void print_sum(FILE *stream, const struct backtest *backtest, uint64_t fits) {
    size_t in_half = 0;
    size_t in_ninety = 0;
    for (size_t s = 0; s < backtest->score_count; s++) {
        in_half += backtest->scores[s].in_half;
        in_ninety += backtest->scores[s].in_ninety;
    }
    (void)fprintf(stream,
                  "\nIn all %zu of %zu values lie in the 50 %% band (%.1f are expected) and %zu in "
                  "the\n90 %% band (%.1f). ",
                  in_half, backtest->count, 0.5 * (double)backtest->count, in_ninety,
                  0.9 * (double)backtest->count);
    if (fits > 1) {
        (void)fprintf(stream,
                      "The bands hold chance and how uncertain the estimates\nare (the tables were "
                      "drawn again %" PRIu64 " time%s).",
                      fits - 1, fits == 2 ? "" : "s");
    } else {
        (void)fputs("The bands hold chance, but not how uncertain the\nestimates are: that takes "
                    "more histories.",
                    stream);
    }
    (void)fputs(" Outcomes of a year go together: a few\ntoo many outside are no proof, all on one "
                "side are a bias.\n",
                stream);
}

void backtest_text(FILE *stream, const struct backtest *backtest, uint64_t seed, uint64_t fits) {
    struct date first = date_of_day(backtest->first);
    int width = width_of(backtest);
    (void)fprintf(stream,
                  "Fitted to the days before %04d-%02d-%02d, held against %zu year%s from then on\n"
                  "(%" PRIu64 " histories, seed %" PRIu64 ").\n\n",
                  first.year, first.month, first.day, backtest->years,
                  backtest->years == 1 ? "" : "s", backtest->histories, seed);
    (void)fprintf(stream, "%-*s %4s %9s %9s %9s    %-9s %s\n", width, "outcome", "year", "observed",
                  "mean", "90 % band", "", "inside");
    for (size_t i = 0; i < backtest->count; i++) {
        print_row(stream, &backtest->rows[i], width);
    }
    (void)fprintf(stream, "\n%-*s %-8s %-8s %9s %9s %9s\n", width, "over the years", "in 50 %",
                  "in 90 %", "observed", "simulated", "bias");
    for (size_t s = 0; s < backtest->score_count; s++) {
        print_score(stream, &backtest->scores[s], width);
    }
    print_sum(stream, backtest, fits);
}

void backtest_csv(FILE *stream, const struct backtest *backtest) {
    (void)fputs("metric,year,unit,observed,mean,standard_error,p5,p25,p50,p75,p95,in_50,in_90\n",
                stream);
    for (size_t i = 0; i < backtest->count; i++) {
        const struct backtest_row *row = &backtest->rows[i];
        format_csv(stream, row->name);
        (void)fprintf(stream, ",%zu,", row->year + 1);
        format_csv(stream, row->unit);
        format_csv_number(stream, row->observed);
        format_csv_number(stream, row->simulated.mean);
        format_csv_number(stream, row->simulated.standard_error);
        for (size_t b = 0; b < sizeof BANDS / sizeof *BANDS; b++) {
            format_csv_number(stream, row->simulated.quantile[BANDS[b]]);
        }
        (void)fprintf(stream, ",%d,%d\n", backtest_in_half(row), backtest_in_ninety(row));
    }
}

static void write_row(FILE *stream, const struct backtest_row *row) {
    static const char *const NAMES[] = {"p5", "p25", "p50", "p75", "p95"};
    (void)fputs("    {\"metric\": ", stream);
    json_string(stream, row->name);
    (void)fprintf(stream, ", \"year\": %zu, \"unit\": ", row->year + 1);
    json_string(stream, row->unit);
    json_number(stream, ", ", "observed", row->observed);
    json_number(stream, ", ", "mean", row->simulated.mean);
    json_number(stream, ", ", "standard_error", row->simulated.standard_error);
    for (size_t b = 0; b < sizeof BANDS / sizeof *BANDS; b++) {
        json_number(stream, ", ", NAMES[b], row->simulated.quantile[BANDS[b]]);
    }
    (void)fprintf(stream, ", \"in_50\": %s, \"in_90\": %s}",
                  backtest_in_half(row) ? "true" : "false",
                  backtest_in_ninety(row) ? "true" : "false");
}

static void write_score(FILE *stream, const struct backtest_score *score) {
    (void)fputs("    {\"metric\": ", stream);
    json_string(stream, score->name);
    (void)fputs(", \"unit\": ", stream);
    json_string(stream, score->unit);
    (void)fprintf(stream, ", \"years\": %zu, \"in_50\": %zu, \"in_90\": %zu", score->years,
                  score->in_half, score->in_ninety);
    json_number(stream, ", ", "observed", score->observed);
    json_number(stream, ", ", "simulated", score->simulated);
    json_number(stream, ", ", "bias", score->simulated - score->observed);
    (void)fputc('}', stream);
}

void backtest_json(FILE *stream, const struct backtest *backtest, uint64_t seed, uint64_t fits) {
    struct date first = date_of_day(backtest->first);
    (void)fprintf(stream,
                  "{\n  \"first_day\": \"%04d-%02d-%02d\",\n  \"years\": %zu,\n"
                  "  \"histories\": %" PRIu64 ",\n  \"seed\": %" PRIu64 ",\n"
                  "  \"fits\": %" PRIu64 ",\n  \"backtest\": [",
                  first.year, first.month, first.day, backtest->years, backtest->histories, seed,
                  fits);
    for (size_t i = 0; i < backtest->count; i++) {
        (void)fputs(i > 0 ? ",\n" : "\n", stream);
        write_row(stream, &backtest->rows[i]);
    }
    (void)fputs("\n  ],\n  \"outcomes\": [", stream);
    for (size_t s = 0; s < backtest->score_count; s++) {
        (void)fputs(s > 0 ? ",\n" : "\n", stream);
        write_score(stream, &backtest->scores[s]);
    }
    (void)fputs("\n  ]\n}\n", stream);
}

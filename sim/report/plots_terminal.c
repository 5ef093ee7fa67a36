#include "report/plots_terminal.h"

#include "report/format.h"
#include "report/gnuplot.h"
#include "report/picture.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 79, HEIGHT = 18, PLANS_DRAWN = 3 };

static void add_setting(struct text *script, enum language language, const struct shown *shown) {
    char format[WORDS_SIZE];
    text_add(script,
             "set terminal dumb nofeed noenhanced mono size %d,%d; set encoding utf8; "
             "set datafile missing '?'; set border 3; set tics nomirror; unset key; "
             "set format y '%s'; %s",
             WIDTH, HEIGHT, words_number(format, language, shown->format),
             language == LANGUAGE_GERMAN ? "set decimalsign ','; " : "");
}

/* The lowest p5 and highest p95 of the periods of a series. */
static bool widen(const struct cell *cells, size_t count, double *low, double *high,
                  struct error *error) {
    for (size_t c = 0; c < count; c++) {
        struct cell_summary summary;
        if (!format_cell(&cells[c], &summary, error)) {
            return false;
        }
        *low = fmin(*low, summary.quantile[0]);
        *high = fmax(*high, summary.quantile[RESULT_PROBABILITIES - 1]);
    }
    return true;
}

static bool write_run(struct text *script, enum language language, const struct results *results,
                      struct error *error) {
    const struct variant *variant = &results->variants[0];
    const struct table *table = &variant->values;
    int series = table_find(table, &variant->scenario->parameters, "revenue");
    double low = (double)INFINITY;
    double high = -(double)INFINITY;
    if (series < 0 ||
        !widen(table_month(table, (size_t)series, 0), table->months, &low, &high, error)) {
        return series < 0;
    }
    const struct shown shown = picture_shown("currency", low, high, false);
    add_setting(script, language, &shown);
    text_add(script,
             "set xrange [0:%zu]; set xtics 0,%d; plot 'revenue.dat' index 0 using 1:(%g*$3) with "
             "points pointtype '.', '' index 0 using 1:(%g*$7) with points pointtype '.', '' index "
             "0 using 1:(%g*$5) with lines linetype 1",
             table->months, table->months > 24 ? 12 : 2, shown.factor, shown.factor, shown.factor);
    return true;
}

/* Plans side by side in each year, each with its letter, in the order of the blocks of data. */
static bool write_comparison(struct text *script, enum language language,
                             const struct results *results, struct error *error) {
    double low = (double)INFINITY;
    double high = -(double)INFINITY;
    size_t plans = 0;
    for (size_t v = 1; v < results->variant_count && plans < PLANS_DRAWN; v++, plans++) {
        const struct table *table = &results->variants[v].differences;
        int series = table_find(table, &results->variants[v].scenario->parameters, "profit");
        if (series < 0 ||
            !widen(table_year(table, (size_t)series, 0), table->years, &low, &high, error)) {
            return series < 0;
        }
    }
    const struct shown shown = picture_shown("currency", low, high, true);
    size_t years = results->variants[0].values.years;
    add_setting(script, language, &shown);
    text_add(script,
             "set ytics add ('0' 0); set xrange [0.5:%zu.5]; set xtics 1,%zu; plot 0 with lines "
             "linetype 4",
             years, years > 12 ? (size_t)5 : (size_t)1);
    for (size_t p = 0; p < plans; p++) {
        double beside = 0.22 * ((double)p - 0.5 * (double)(plans - 1));
        text_add(script,
                 ", 'difference_profit.dat' index %zu using ($1%+.2f):(%g*$2):(%g*$3):(%g*$7) with "
                 "yerrorbars pointtype '%c' linetype 1",
                 p, beside, shown.factor, shown.factor, shown.factor, (int)('A' + p));
    }
    return true;
}

/* What gnuplot drew, without form feeds, blanks at the ends of lines, and empty lines around. */
static void add_lines(struct text *drawn, FILE *output) {
    char line[512];
    size_t empty = 0;
    bool begun = false;
    while (fgets(line, sizeof line, output) != NULL) {
        const char *from = line;
        size_t length = strcspn(line, "\n");
        while (*from == '\f') {
            from++;
            length--;
        }
        while (length > 0 && from[length - 1] == ' ') {
            length--;
        }
        if (length == 0) {
            empty++;
            continue;
        }
        for (; begun && empty > 0; empty--) {
            text_add(drawn, "\n");
        }
        begun = true;
        empty = 0;
        text_add(drawn, "%.*s\n", (int)length, from);
    }
}

static void add_bytes(struct text *drawn, FILE *output) {
    char chunk[4096];
    size_t got;
    while ((got = fread(chunk, 1, sizeof chunk - 1, output)) > 0) {
        chunk[got] = '\0';
        text_add(drawn, "%s", chunk);
    }
    text_add(drawn, "\n");
}

static void add_title(struct text *drawn, enum language language, const struct results *results) {
    if (results->variant_count == 1) {
        text_add(drawn, "\n%s\n", words_in(language, WORD_TERMINAL_REVENUE));
        return;
    }
    struct text baseline = {0};
    format_plan(&baseline, results, 0, 18);
    text_add(drawn, "\n");
    words_add(drawn, language, WORD_TERMINAL_PROFIT, WORDS(text_bytes(&baseline)));
    text_add(drawn, "\n");
    text_free(&baseline);
    for (size_t v = 1; v < results->variant_count && v <= PLANS_DRAWN; v++) {
        text_add(drawn, "%s%c ", v > 1 ? ", " : "", (int)('A' + v - 1));
        format_plan(drawn, results, v, 20);
    }
    text_add(drawn, "\n");
}

/* Calls gnuplot and takes over what it printed. */
static bool draw(const struct folder *folder, struct gnuplot_call *call,
                 const struct results *results, bool sixel, struct text *drawn, struct text *talk,
                 struct error *error) {
    bool missing = false;
    if (!gnuplot_call(folder, call, &missing, error)) {
        return false;
    }
    if (missing) {
        text_add(talk, "No gnuplot on the PATH, so nothing is drawn in the terminal. Install it "
                       "(package\ngnuplot-nox).\n");
        return true;
    }
    if (call->failed) {
        return gnuplot_complain(folder, call, error);
    }
    rewind(call->output);
    if (sixel) {
        add_bytes(drawn, call->output);
    } else {
        add_title(drawn, folder->language, results);
        add_lines(drawn, call->output);
    }
    return true;
}

bool plots_show(const struct folder *folder, const struct results *results, bool sixel,
                struct text *drawn, struct text *talk, struct error *error) {
    struct gnuplot_call call = {.words = {"-e"}, .count = 1};
    struct text script = {0};
    bool fine = true;
    if (sixel) {
        text_add(&script, "kinds = 'sixel'");
        call.words[2] = results->variant_count == 1 ? "revenue.gp" : "difference_profit.gp";
        call.count = 3;
    } else {
        fine = results->variant_count == 1
                   ? write_run(&script, folder->language, results, error)
                   : write_comparison(&script, folder->language, results, error);
        call.count = 2;
    }
    call.words[1] = text_bytes(&script);
    if (fine && script.length > 0) {
        call.output = tmpfile();
        fine = call.output != NULL
                   ? draw(folder, &call, results, sixel, drawn, talk, error)
                   : error_add(error, ERROR_FAILURE,
                               "There is no file for the picture in the terminal: %s",
                               strerror(errno));
    }
    if (call.output != NULL) {
        (void)fclose(call.output);
    }
    text_free(&script);
    return fine;
}

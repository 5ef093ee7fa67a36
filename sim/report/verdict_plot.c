/* Plans in rows, best first: left how likely each is the best, right how far it is ahead of the
 * best of the others. */
#include "base/memory.h"
#include "report/format.h"
#include "report/layout.h"
#include "report/page_parts.h"
#include "report/verdict.h"

#include <math.h>
#include <stdlib.h>

enum {
    WIDTH = 980,
    NAMES = 190,
    BARS = 290,
    BETWEEN = 60,
    RIGHT = 40,
    ROW = 34,
    HEAD = 112,
    FOOT = 104,
    NAME_CHARACTERS = 26,
    PLAN_COLOURS = 8, /* of style.gp */
};

static void write_value(FILE *stream, double value) {
    char buffer[32];
    (void)fprintf(stream, " %s", isfinite(value) ? text_number(buffer, value, true) : "?");
}

static void write_data(struct picture *picture, const struct verdict *verdict,
                       const size_t order[]) {
    for (size_t r = 0; r < verdict->decision->plan_count; r++) {
        const struct decision_plan *plan = &verdict->decision->plans[order[r]];
        (void)fprintf(picture->data.stream, "%zu", r + 1);
        write_value(picture->data.stream, plan->probability_best);
        write_value(picture->data.stream, plan->share_best);
        write_value(picture->data.stream, plan->advantage);
        write_value(picture->data.stream, plan->low);
        write_value(picture->data.stream, plan->high);
        (void)fputc('\n', picture->data.stream);
    }
}

static void write_rows(struct picture *picture, const struct verdict *verdict,
                       const size_t order[]) {
    for (size_t r = 0; r < verdict->decision->plan_count; r++) {
        struct text name = {0};
        format_plan(&name, verdict->results, order[r], NAME_CHARACTERS);
        size_t string = picture_string(picture, text_bytes(&name), 0);
        text_free(&name);
        text_add(&picture->body,
                 "    set label %zu s%zu at graph 0,first %zu right offset -1,0 textcolor rgb ",
                 10 + r, string, r + 1);
        if (order[r] < PLAN_COLOURS) {
            text_add(&picture->body, "plan_text[%zu]\n", order[r] + 1);
        } else {
            text_add(&picture->body, "text_colour\n");
        }
    }
}

static void write_bars(struct picture *picture, const struct verdict *verdict,
                       const size_t order[]) {
    size_t plans = verdict->decision->plan_count;
    const struct frame frame = {NAMES, NAMES + BARS, FOOT, FOOT + (double)(ROW * plans)};
    picture_frame(picture, &frame);
    write_rows(picture, verdict, order);
    text_add(&picture->body,
             "    set xrange [0:100]\n    set xtics 0,25\n    set format x '%%g %%%%'\n"
             "    set yrange [%zu.5:0.5]\n    unset ytics\n    set grid xtics\n"
             "    set xlabel '%s' offset 0,0.2 textcolor rgb text_colour\n"
             "    plot data using (0):1:(0):(100*$3):($1-0.34):($1+0.34) with boxxyerror linestyle "
             "1, \\\n"
             "        '' using (100*$2):1 with points linestyle 3 pointtype 7 pointsize 1\n"
             "    unset label\n",
             plans, words_in(picture->language, WORD_PROBABILITY_BEST));
}

/* A distance of 1, 2 or 5 times a power of ten that makes at most five marks. */
static double mark_every(double range) {
    double step = 1.0;
    while (range / step > 5.0) {
        step *= 10.0;
    }
    while (range / step < 0.5) {
        step /= 10.0;
    }
    return range <= 1.0 * step ? step / 5.0 : range <= 2.5 * step ? step / 2.0 : step;
}

static void write_advantages(struct picture *picture, const struct verdict *verdict) {
    const struct decision *decision = verdict->decision;
    double low = 0.0;
    double high = 0.0;
    for (size_t p = 0; p < decision->plan_count; p++) {
        low = fmin(low, fmin(decision->plans[p].low, decision->plans[p].advantage));
        high = fmax(high, fmax(decision->plans[p].high, decision->plans[p].advantage));
    }
    const struct shown shown = picture_shown(verdict->outcome->unit, low, high, true);
    const struct axis axis = layout_axis(low, high, false, 0.0, &shown, "");
    bool percent = format_scale(verdict->outcome->unit) == FORMAT_PERCENT;
    const struct frame frame = {NAMES + BARS + BETWEEN, WIDTH - RIGHT, FOOT,
                                FOOT + (double)(ROW * decision->plan_count)};
    char format[WORDS_SIZE];
    picture_frame(picture, &frame);
    text_add(
        &picture->body,
        "    set xrange [%.10g:%.10g]\n    set xtics %.10g add ('0' 0)\n    set format x '%s'\n"
        "    set xlabel '%s' offset 0,0.2 textcolor rgb "
        "text_colour\n"
        "    set arrow 1 from first 0,graph 0 to first 0,graph 1 nohead linestyle 4\n"
        "    plot data using (%g*$4):1:(%g*$5):(%g*$6) with xerrorbars linestyle 3 linewidth "
        "1.6 pointtype 7 pointsize 1\n"
        "    unset arrow 1\n    set xtics autofreq\n",
        axis.low, axis.high, mark_every(axis.high - axis.low),
        words_number(format, picture->language, axis.format),
        words_in(picture->language, percent ? WORD_BETTER_THAN_REST_POINTS
                                    : format_scale(verdict->outcome->unit) == FORMAT_CURRENCY
                                        ? WORD_BETTER_THAN_REST_CURRENCY
                                        : WORD_BETTER_THAN_REST),
        shown.factor, shown.factor, shown.factor);
}

static bool draw(const struct folder *folder, const struct verdict *verdict, const size_t order[],
                 struct error *error) {
    const enum language language = folder->language;
    struct text metric = {0};
    struct text title = {0};
    struct text histories = {0};
    struct text subtitle = {0};
    struct picture picture;
    if (language == LANGUAGE_ENGLISH) { /* scripts and options call it by this name */
        text_add(&metric, "%s", verdict->metric);
    } else {
        page_label(&metric, language, verdict->metric);
    }
    words_add(&title, language, WORD_WHICH_BEST, WORDS(text_bytes(&metric)));
    text_free(&metric);
    if (language == LANGUAGE_ENGLISH) { /* what outcomes mean is said in English */
        text_add(&subtitle, "%s; ", verdict->outcome->meaning);
    }
    text_add(&subtitle, "%s",
             words_in(language,
                      verdict->decision->lower_is_better ? WORD_LOWER_BETTER : WORD_HIGHER_BETTER));
    layout_histories(&histories, language, verdict->results);
    text_add(&histories, " %s", words_in(language, WORD_SAME_CHANCE_ALL));
    const struct picture_text text = {
        text_bytes(&title),
        text_bytes(&subtitle),
        {text_bytes(&histories), words_in(language, WORD_INTERVALS_ALL)},
        "row, probability that its mean is best, share of the histories in which it is, advantage "
        "over the best of the others with its simultaneous 95 % interval; ? is no value."};
    bool fine = picture_begin(&picture, folder, "decision", WIDTH,
                              HEAD + FOOT + ROW * (int)verdict->decision->plan_count, &text, error);
    text_free(&title);
    text_free(&subtitle);
    text_free(&histories);
    if (!fine) {
        return false;
    }
    write_data(&picture, verdict, order);
    struct text key = {0};
    text_add(&key,
             "NaN with boxes linestyle 1 title '%s', "
             "NaN with points linestyle 3 pointtype 7 title '%s', "
             "NaN with lines linestyle 3 linewidth 1.6 title '%s'",
             words_in(language, WORD_BEST_IN_HISTORIES), words_in(language, WORD_BEST_IN_MEAN),
             words_in(language, WORD_INTERVAL_95));
    layout_key(&picture, text_bytes(&key));
    text_free(&key);
    write_bars(&picture, verdict, order);
    write_advantages(&picture, verdict);
    return picture_finish(&picture, error);
}

bool verdict_plot(const struct folder *folder, const struct verdict *verdict, struct error *error) {
    size_t *order = memory_array(verdict->decision->plan_count, sizeof *order, "plans", error);
    bool fine = order != NULL;
    if (fine) {
        verdict_order(verdict->decision, order);
        fine = draw(folder, verdict, order, error);
    }
    free(order);
    return fine;
}

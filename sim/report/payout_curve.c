#include "report/payout_curve.h"

#include "report/format.h"
#include "report/layout.h"
#include "report/picture.h"
#include "report/plots.h"

#include <math.h>

/* The density fills so much of the panel's height. */
static const double DENSITY_HEIGHT = 0.28;

static size_t drawn(const struct payout_curve *curve) {
    return curve->pay->count < PAYOUT_CURVE_PLANS ? curve->pay->count : PAYOUT_CURVE_PLANS;
}

static void write_data(struct picture *picture, const struct payout_curve *curve) {
    char number[32];
    FILE *stream = picture->data.stream;
    for (size_t i = 0; i < PAYOUT_CURVE_POINTS; i++) {
        (void)fputs(text_number(number, curve->attainments[i], true), stream);
        (void)fprintf(stream, " %s", text_number(number, curve->density[i], true));
        for (size_t p = 0; p < drawn(curve); p++) {
            (void)fprintf(stream, " %s", text_number(number, curve->pays[p][i], true));
        }
        (void)fputc('\n', stream);
    }
}

static double most_paid(const struct payout_curve *curve) {
    double most = 0.0;
    for (size_t p = 0; p < drawn(curve); p++) {
        const struct forecast_line *total = &curve->pay->plans[p].forecast.total;
        most = fmax(most, fmax(total->reserve, total->expected));
        for (size_t i = 0; i < PAYOUT_CURVE_POINTS; i++) {
            most = fmax(most, curve->pays[p][i]);
        }
    }
    return most;
}

static double least_paid(const struct payout_curve *curve) {
    double least = 0.0;
    for (size_t p = 0; p < drawn(curve); p++) {
        for (size_t i = 0; i < PAYOUT_CURVE_POINTS; i++) {
            least = fmin(least, curve->pays[p][i]);
        }
    }
    return least;
}

static void write_key(struct picture *picture, const struct payout_curve *curve) {
    struct text key = {0};
    char share[FORMAT_SIZE];
    if (curve->pay->attainment.sd > 0.0) {
        text_add(&key,
                 "NaN with boxes linestyle 1 title 'density of attainment', NaN with boxes "
                 "linestyle 2 title 'at quota or above: %s', ",
                 format_value(share, "share", curve->pay->plans[0].forecast.total.share_at_quota));
    }
    if (curve->pay->count == 1) {
        text_add(&key, "NaN with lines linestyle 11 title 'variable pay at this attainment'");
    } else {
        text_add(&key, "NaN with points pointtype 7 pointsize 1 linecolor rgb text_colour "
                       "title 'expected pay', NaN with points pointtype 6 pointsize 1.7 linecolor "
                       "rgb text_colour title 'pay at mean attainment'");
    }
    layout_key(picture, text_bytes(&key));
    text_free(&key);
}

/* "expected 32.1 k" */
static struct end_label level_label(struct picture *picture, const char *what, double value,
                                    double factor) {
    char number[FORMAT_SIZE];
    struct text words = {0};
    text_add(&words, "%s %s", what, format_value(number, "currency", value));
    struct end_label label = {factor * value, picture_string(picture, text_bytes(&words), 0), 0};
    text_free(&words);
    return label;
}

/* One plan: what is expected, what is paid at the mean and the reserve, as level lines. */
static void write_levels(struct picture *picture, const struct payout_curve *curve,
                         const struct frame *frame, const struct axis *axis, double factor) {
    const struct forecast_line *total = &curve->pay->plans[0].forecast.total;
    double mean = curve->pay->attainment.mean;
    struct end_label labels[3];
    labels[0] = level_label(picture, "P90 reserve", total->reserve, factor);
    labels[1] = level_label(picture, "expected", total->expected, factor);
    labels[2] = level_label(picture, "at the mean", total->at_mean, factor);
    const struct {
        double from;
        double at;
        const char *look;
    } levels[] = {{curve->attainments[0], labels[0].at, "dashtype (2,3)"},
                  {mean, labels[1].at, "dashtype 1"},
                  {mean, labels[2].at, "dashtype (9,5)"}};
    for (size_t l = 0; l < 3; l++) {
        text_add(&picture->body,
                 "    set arrow %zu from first %.10g,%.10g to graph 1,first %.10g nohead linecolor "
                 "rgb text_colour linewidth 1 %s\n",
                 l + 1, levels[l].from, levels[l].at, levels[l].at, levels[l].look);
    }
    picture_end_labels(picture, frame, axis, labels, 3);
}

/* Several: their names, and the shares of those whose curves end alike, at the right. */
static void write_names(struct picture *picture, const struct payout_curve *curve,
                        const struct frame *frame, const struct axis *axis, double factor) {
    struct end_label labels[PAYOUT_CURVE_PLANS];
    for (size_t p = 0; p < drawn(curve); p++) {
        labels[p] =
            (struct end_label){factor * curve->pays[p][PAYOUT_CURVE_POINTS - 1],
                               picture_string(picture, curve->pay->plans[p].plan->name, 24), p + 1};
    }
    picture_end_labels(picture, frame, axis, labels, drawn(curve));
}

/* Marks at the mean attainment: what is paid there, and above it the mean of what is paid. */
static void write_points(struct picture *picture, const struct payout_curve *curve, double factor) {
    double mean = curve->pay->attainment.mean;
    for (size_t p = 0; p < drawn(curve); p++) {
        const struct forecast_line *total = &curve->pay->plans[p].forecast.total;
        const double values[] = {total->expected, total->at_mean};
        for (int v = 0; v < 2; v++) { /* the ring stays visible around the dot */
            text_add(
                &picture->body,
                ", \\\n        '+' using (%.10g):(%.10g) every ::0::0 with points pointtype %d "
                "pointsize %s linecolor rgb plan_colour[%zu]",
                mean, factor * values[v], v == 0 ? 7 : 6, v == 0 ? "1" : "1.7", p + 1);
        }
    }
}

static void write_panel(struct picture *picture, const struct payout_curve *curve,
                        const struct frame *frame) {
    struct text *body = &picture->body;
    const double most = most_paid(curve);
    const double least = least_paid(curve);
    const struct shown shown = picture_shown("currency", least, most, false);
    const struct axis axis =
        layout_axis(least, most, true, (double)NAN, &shown, "variable pay a year, currency");
    double peak = 0.0;
    for (size_t i = 0; i < PAYOUT_CURVE_POINTS; i++) {
        peak = fmax(peak, curve->density[i]);
    }
    double scale = peak > 0.0 ? DENSITY_HEIGHT * (axis.high - axis.low) / peak : 0.0;
    picture_panel(picture, frame, "", &axis, "attainment of a period, share of the quota", 1, true);
    text_add(body,
             "    set xrange [%.10g:%.10g]\n    set xtics autofreq\n    set format x '%%g'\n"
             "    set arrow 9 from first 1,graph 0 to first 1,graph 1 nohead linecolor rgb "
             "'#999999' linewidth 0.8 back\n"
             "    set label 9 'quota' at first 1,graph 1 center offset 0,0.6 textcolor rgb "
             "quiet_colour\n",
             curve->attainments[0], curve->attainments[PAYOUT_CURVE_POINTS - 1]);
    if (curve->pay->count == 1) {
        write_levels(picture, curve, frame, &axis, shown.factor);
    } else {
        write_names(picture, curve, frame, &axis, shown.factor);
    }
    text_add(
        body,
        "    plot data using 1:(%.10g):(%.10g+%.10g*$2) with filledcurves linestyle 1, \\\n"
        "        '' using ($1>=1?$1:NaN):(%.10g):(%.10g+%.10g*$2) with filledcurves linestyle 2",
        axis.low, axis.low, scale, axis.low, axis.low, scale);
    for (size_t p = drawn(curve); p-- > 0;) {
        text_add(body, ", \\\n        data using 1:(%g*$%zu) with lines linestyle %zu",
                 shown.factor, p + 3, p + 11);
    }
    write_points(picture, curve, shown.factor);
    text_add(body, "\n    unset label\n    unset arrow\n");
}

bool payout_curve_write(const struct folder *folder, const struct payout_curve *curve,
                        struct error *error) {
    struct layout layout = layout_of(1, LAYOUT_NAMES);
    struct text law = {0};
    struct text subtitle = {0};
    struct picture picture;
    struct text whole = {0};
    text_add(&law, "Expected pay and reserve: attainment is drawn anew for every period (");
    expected_pay_law(&law, &curve->pay->attainment);
    text_add(&law, "); terms are taken as known.");
    if (curve->pay->count == 1) {
        text_add(&whole, "%s, ", curve->pay->plans[0].plan->name);
    }
    text_add(&whole, "%s", curve->scenario);
    format_clean(&subtitle, text_bytes(&whole), (size_t)layout.width / 8);
    text_free(&whole);
    const struct picture_text text = {
        curve->pay->count == 1 ? "What does the plan pay when attainment is a chance?"
                               : "What do the plans pay when attainment is a chance?",
        text_bytes(&subtitle),
        {text_bytes(&law), "Curve: a year in which every measure with a quota ends every period at "
                           "this attainment. Salary is not in it."},
        "attainment, its density, then variable pay a year of each plan"};
    bool fine =
        plots_write_style(folder, error) &&
        picture_begin(&picture, folder, "payout_curve", layout.width, layout.height, &text, error);
    text_free(&law);
    text_free(&subtitle);
    if (!fine) {
        return false;
    }
    write_data(&picture, curve);
    write_key(&picture, curve);
    struct frame frame = layout_frame(&layout, 0);
    write_panel(&picture, curve, &frame);
    return picture_finish(&picture, error);
}

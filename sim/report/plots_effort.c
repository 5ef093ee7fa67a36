/* The picture of an explanation: effort by what has been reached and by the time that is left. */
#include "report/format.h"
#include "report/layout.h"
#include "report/plots.h"
#include "report/worth.h"

#include <math.h>

enum { WIDTH = 1000, HEIGHT = 560 };

static const struct frame FRAME = {94.0, 960.0, 110.0, 452.0};

static void write_block(struct picture *picture, const struct effort_grid *grid, int left,
                        double *low, double *high) {
    FILE *stream = picture->data.stream;
    (void)fprintf(stream, "%s# %zu: %d month%s left\n", picture->blocks > 0 ? "\n\n" : "",
                  picture->blocks, left, left == 1 ? "" : "s");
    picture->blocks++;
    for (size_t step = 0; step < EXPLANATION_STEPS; step++) {
        char attainment[32];
        char shown[32];
        double effort = explanation_effort(grid, left, step);
        (void)fprintf(stream, "%s %s\n",
                      text_number(attainment, explanation_attainment(grid, step), true),
                      text_number(shown, effort, true));
        *low = fmin(*low, effort);
        *high = fmax(*high, effort);
    }
}

static void write_axes(struct picture *picture, const struct effort_grid *grid,
                       const struct axis *y) {
    struct text *body = &picture->body;
    picture_frame(picture, &FRAME);
    text_add(body, "    set xrange [%g:%g]\n    set xtics 25\n    set format x '%%g %%%%'\n",
             100.0 * grid->lowest, 100.0 * grid->highest);
    text_add(body, "    set yrange [%.10g:%.10g]\n    set format y '%s'\n", y->low, y->high,
             y->format);
    text_add(body,
             "    set label 3 '%s' at screen %.5f,%.5f center rotate textcolor rgb text_colour\n",
             y->label, (FRAME.left - 66.0) / WIDTH, (FRAME.top + FRAME.bottom) / 2.0 / HEIGHT);
    text_add(body,
             "    set xlabel '%s to date (100 %%: %s)' offset 0,0.3 textcolor rgb text_colour\n",
             METRIC_NAMES[grid->measured.metric], explanation_pace(grid));
    text_add(body, "    set arrow 1 from first 100,graph 0 to first 100,graph 1 nohead "
                   "linestyle 4\n");
}

/* The key comes first: it also draws title and captions. */
static void write_key(struct picture *picture, const struct effort_grid *grid) {
    int left[EXPLANATION_LINES];
    size_t lines = explanation_lines(grid, left);
    struct text key = {0};
    for (size_t l = 0; l < lines; l++) {
        char name[32];
        (void)snprintf(name, sizeof name, "%d month%s left", left[l], left[l] == 1 ? "" : "s");
        text_add(&key, "%sNaN with lines linestyle %zu title s%zu", l == 0 ? "" : ", ", 11 + l,
                 picture_string(picture, name, 0));
    }
    layout_key(picture, text_bytes(&key));
    text_free(&key);
}

static void write_lines(struct picture *picture, const struct effort_grid *grid) {
    int left[EXPLANATION_LINES];
    size_t lines = explanation_lines(grid, left);
    text_add(&picture->body, "    plot ");
    for (size_t l = 0; l < lines; l++) {
        text_add(&picture->body, "%s%s index %zu using (100*$1):2 with lines linestyle %zu",
                 l == 0 ? "" : ", \\\n        ", l == 0 ? "data" : "''", l, 11 + l);
    }
    text_add(&picture->body, "\n    unset label\n    unset arrow\n");
}

static bool begin(struct picture *picture, const struct folder *folder,
                  const struct explanation *explanation, struct error *error) {
    const struct role_law *law = &explanation->model.roles[explanation->role];
    struct text title = {0};
    struct text subtitle = {0};
    text_add(&title, "How hard does a person of role ");
    format_clean(&title, law->role->name, 30);
    text_add(&title, " work to %s, by what has been reached?",
             ACTIVITY_NAMES[explanation->grid.activity]);
    text_add(&subtitle, "plan ");
    format_clean(&subtitle, law->plan->name, 50);
    text_add(&subtitle, ", scenario ");
    format_clean(&subtitle, explanation->parameters->name, 50);
    const struct picture_text text = {
        .title = text_bytes(&title),
        .subtitle = text_bytes(&subtitle),
        .caption = {"Reference person: skill 1, past the ramp, all else of the plan on pace. "
                    "Effort 1 is what is done for the salary.",
                    "No chance is in it but what the person expects of the months left; the "
                    "parameters are taken as known."},
        .columns = "attainment to date over the quota pro rata, effort (1 = normal)."};
    bool fine = picture_begin(picture, folder, "effort", WIDTH, HEIGHT, &text, error);
    text_free(&title);
    text_free(&subtitle);
    return fine;
}

bool plots_write_effort(const struct folder *folder, const struct explanation *explanation,
                        struct error *error) {
    const struct effort_grid *grid = &explanation->grid;
    static const struct shown PLAIN = {1.0, "%g"};
    int left[EXPLANATION_LINES];
    double low = 1.0;
    double high = 1.0;
    struct picture picture;
    if (!grid->exists) {
        return true;
    }
    if (!plots_write_style(folder, error) || !begin(&picture, folder, explanation, error)) {
        return false;
    }
    size_t lines = explanation_lines(grid, left);
    for (size_t l = 0; l < lines; l++) {
        write_block(&picture, grid, left[l], &low, &high);
    }
    struct text label = {0};
    text_add(&label, "effort to %s, 1 = normal", ACTIVITY_NAMES[grid->activity]);
    const struct axis y = layout_axis(low, high, false, 1.0, &PLAIN, text_bytes(&label));
    write_key(&picture, grid);
    write_axes(&picture, grid, &y);
    write_lines(&picture, grid);
    text_free(&label);
    return picture_finish(&picture, error);
}

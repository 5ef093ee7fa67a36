/* Marks of dated changes in pictures over time. */
#include "report/format.h"
#include "report/picture.h"

#include <string.h>

enum { FIRST_TAG = 50, MARKS_MOST = 12, MARK_WIDTH = 34 };

/* Whether the plan has a change of this month and name. */
static bool has_change(const struct results *results, size_t v, const struct change *wanted) {
    const struct parameters *parameters = &results->variants[v].scenario->parameters;
    for (size_t k = 0; k < parameters->change_count; k++) {
        const struct change *change = &parameters->changes[k];
        if (change->month == wanted->month && strcmp(change->name, wanted->name) == 0) {
            return true;
        }
    }
    return false;
}

/* The plan whose colour a mark has, from 1; 0: all plans have the change. */
static size_t plan_of(const struct results *results, size_t v, const struct change *change) {
    for (size_t other = 0; other < results->variant_count; other++) {
        if (!has_change(results, other, change)) {
            return v + 1;
        }
    }
    return 0;
}

static bool is_drawn(const struct results *results, size_t v, size_t rival,
                     const struct change *change) {
    for (size_t other = 0; other < v; other++) {
        bool shown = rival == 0 || other == 0 || other == rival;
        if (shown && has_change(results, other, change)) {
            return true;
        }
    }
    return false;
}

static void draw(struct picture *picture, const struct change *change, size_t tag, double x,
                 size_t plan, bool named) {
    char colour[32] = "quiet_colour";
    char text[32] = "quiet_colour";
    char name[NAME_SIZE];
    if (plan > 0) {
        (void)snprintf(colour, sizeof colour, "plan_colour[%zu]", plan);
        (void)snprintf(text, sizeof text, "plan_text[%zu]", plan);
    }
    text_add(&picture->body,
             "    set arrow %zu from first %.10g,graph 0 to first %.10g,graph 1 nohead "
             "linecolor rgb %s linewidth 0.8 dashtype 3 front\n",
             tag, x, x, colour);
    if (named) {
        size_t string = picture_string(picture, change_name(name, sizeof name, change), MARK_WIDTH);
        text_add(&picture->body,
                 "    set label %zu s%zu at first %.10g,graph 0.02 left rotate offset -1.1,0 font "
                 "small_font(kind) textcolor rgb %s front\n",
                 tag, string, x, text);
    }
}

void picture_changes(struct picture *picture, const struct results *results, size_t rival,
                     size_t periods, bool months, bool named) {
    size_t tag = FIRST_TAG;
    for (size_t v = 0; v < results->variant_count && v < 8; v++) {
        const struct parameters *parameters = &results->variants[v].scenario->parameters;
        for (size_t k = 0; k < parameters->change_count; k++) {
            const struct change *change = &parameters->changes[k];
            double begins = (double)change->month - 1.0;
            double x = months ? begins + 0.5 : begins / 12.0 + 0.5;
            bool other = rival > 0 && v > 0 && v != rival;
            if (other || is_drawn(results, v, rival, change) || tag >= FIRST_TAG + MARKS_MOST ||
                x > (double)periods) {
                continue;
            }
            draw(picture, change, tag, x, plan_of(results, v, change), named);
            tag++;
        }
    }
}

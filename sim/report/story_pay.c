/* What a person was paid in all, by component, over all plans that the person had. */
#include "report/story.h"

#include <string.h>

const struct role_law *story_role(const struct history *history, size_t seat, size_t number) {
    return &model_after(&history->model, number)->roles[history->firm.seats[seat].role];
}

double story_cash(const struct entry *entry) {
    bool paid = entry->kind == ENTRY_SALARY || entry->kind == ENTRY_LINE ||
                entry->kind == ENTRY_DRAW || entry->kind == ENTRY_AWARD;
    return paid ? entry->value[0] : 0.0;
}

/* The component that an entry of pay is about, NULL for salary and draws. */
static const char *component_of(const struct story *story, const struct entry *entry) {
    const struct plan *plan = story_role(story->history, entry->seat, entry->number)->plan;
    if (entry->kind != ENTRY_LINE && entry->kind != ENTRY_AWARD) {
        return NULL;
    }
    return entry->other < plan->component_count ? plan->components[entry->other].name
                                                : STORY_PROMISED;
}

/* All that was paid of one kind, and of one component. */
static double paid_of(const struct story *story, enum entry_kind kind, const char *component) {
    const struct diary *diary = &story->history->diary;
    double sum = 0.0;
    for (size_t i = 0; i < diary->count; i++) {
        const struct entry *entry = &diary->entries[i];
        if (story_cash(entry) == 0.0 || !story_tells(story, entry)) {
            continue;
        }
        const char *name = component_of(story, entry);
        bool counts = component == NULL ? name == NULL && entry->kind == kind
                                        : name != NULL && strcmp(name, component) == 0;
        sum += counts ? entry->value[0] : 0.0;
    }
    return sum;
}

struct story_span story_span(const struct story *story) {
    const struct diary *diary = &story->history->diary;
    struct story_span span = {story->history->firm.model->number, 0};
    for (size_t i = 0; i < diary->count; i++) {
        if (story_tells(story, &diary->entries[i])) {
            size_t number = diary->entries[i].number;
            span.first = number < span.first ? number : span.first;
            span.last = number > span.last ? number : span.last;
        }
    }
    return span;
}

/* Whether an earlier plan of the person's has a component of this name. */
static bool was_told(const struct story *story, size_t first, size_t number, const char *name) {
    for (size_t n = first; n < number; n++) {
        const struct plan *plan = story_role(story->history, story->employee.seat, n)->plan;
        for (size_t c = 0; c < plan->component_count; c++) {
            if (strcmp(plan->components[c].name, name) == 0) {
                return true;
            }
        }
    }
    return false;
}

void story_print_sums(FILE *stream, const struct story *story) {
    double salary = paid_of(story, ENTRY_SALARY, NULL);
    double draw = paid_of(story, ENTRY_DRAW, NULL);
    double promised = paid_of(story, ENTRY_AWARD, STORY_PROMISED);
    double all = salary + draw + promised;
    (void)fprintf(stream, "\nPaid in all\n%14.2f  salary\n", salary);
    const struct story_span span = story_span(story);
    for (size_t n = span.first; n <= span.last; n++) {
        const struct plan *plan = story_role(story->history, story->employee.seat, n)->plan;
        for (size_t c = 0; c < plan->component_count; c++) {
            const char *name = plan->components[c].name;
            if (!was_told(story, span.first, n, name)) {
                double paid = paid_of(story, ENTRY_LINE, name);
                (void)fprintf(stream, "%14.2f  %s\n", paid, name);
                all += paid;
            }
        }
    }
    if (draw != 0.0) {
        (void)fprintf(stream, "%14.2f  draw\n", draw);
    }
    if (promised != 0.0) {
        (void)fprintf(stream, "%14.2f  %s\n", promised, STORY_PROMISED);
    }
    (void)fprintf(stream, "%14.2f  together\n", all);
}

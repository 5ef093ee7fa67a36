#include "report/story.h"

#include "report/format.h"
#include "report/story_lines.h"

#include <string.h>

enum { HEAD_WIDTH = 39, NAME_WIDTH = 18 };

/* ---- one person */

/* Entries [from, to) of the diary are those of one month. */
static void tell_month(FILE *stream, const struct story *story, size_t from, size_t to) {
    const struct history *history = story->history;
    const struct entry *entries = history->diary.entries;
    struct story_lines lines = {.stream = stream, .width = HEAD_WIDTH};
    const struct entry *worked = NULL;
    struct handed given = {0};
    struct handed received = {0};
    double paid = 0.0;
    bool any = false;
    for (size_t i = from; i < to; i++) {
        if (!story_tells(story, &entries[i])) {
            continue;
        }
        any = true;
        paid += story_cash(&entries[i]);
        worked = entries[i].kind == ENTRY_MONTH ? &entries[i] : worked;
        if (entries[i].kind == ENTRY_OWNER) {
            bool mine = entries[i].other == story->employee.seat;
            handed_add(mine ? &received : &given, history, &entries[i]);
        }
    }
    if (!any) {
        return;
    }
    long month = entries[from].month + 1;
    if (worked != NULL) {
        (void)snprintf(lines.head, sizeof lines.head, "%5ld %5.2f %4.2f %4.2f %5.0f%% %8.0f", month,
                       worked->value[0], worked->value[1], worked->value[2],
                       100.0 * worked->value[3], paid);
    } else {
        (void)snprintf(lines.head, sizeof lines.head, "%5ld %5s %4s %4s %6s %8s", month, "-", "-",
                       "-", "-", "-");
    }
    for (size_t i = from; i < to; i++) {
        bool taken = entries[i].kind == ENTRY_HANDED && entries[i].other == story->employee.seat;
        if (taken && story_tells(story, &entries[i])) {
            char revenue[FORMAT_SIZE];
            story_say(&lines, "takes over a customer of %s a year",
                      format_value(revenue, "currency", entries[i].value[0]));
        } else if (story_tells(story, &entries[i])) {
            story_say_event(&lines, history, &entries[i]);
        }
    }
    story_say_handed(&lines, &received, true);
    story_say_handed(&lines, &given, false);
    story_end(&lines);
}

/* Entries of the start stand in front of those of the first month and belong to it. */
static size_t month_end(const struct diary *diary, size_t from) {
    size_t to = from;
    while (to < diary->count && diary->entries[to].month == diary->entries[from].month) {
        to++;
    }
    return to;
}

static void tell_successor(FILE *stream, const struct story *story) {
    const struct history *history = story->history;
    struct employee next = {story->employee.seat, story->employee.occupant + 1};
    char name[EMPLOYEE_NAME_SIZE];
    for (size_t i = 0; i < history->diary.count; i++) {
        const struct entry *entry = &history->diary.entries[i];
        bool begins = entry->kind == ENTRY_HIRED || entry->kind == ENTRY_MOVED_IN;
        if (begins && entry->seat == next.seat && entry->occupant == next.occupant) {
            (void)fprintf(stream, "\nThe seat is taken by %s in month %ld.\n",
                          history_name(name, history, next), entry->month + 1);
            return;
        }
    }
    for (size_t i = 0; i < history->diary.count; i++) {
        const struct entry *entry = &history->diary.entries[i];
        bool ends = entry->kind == ENTRY_EXIT || entry->kind == ENTRY_MOVED_OUT;
        if (ends && story_tells(story, entry)) {
            (void)fputs("\nNobody takes the seat before the end.\n", stream);
            return;
        }
    }
}

static void tell_person(FILE *stream, const struct story *story) {
    const struct history *history = story->history;
    const struct story_span span = story_span(story);
    const struct role_law *role = story_role(history, story->employee.seat, span.first);
    char name[EMPLOYEE_NAME_SIZE];
    (void)fprintf(stream, "%s: role %s on plan %s", history_name(name, history, story->employee),
                  role->role->name, role->plan->name);
    for (size_t n = span.first + 1; n <= span.last; n++) {
        const struct plan *plan = story_role(history, story->employee.seat, n)->plan;
        if (strcmp(plan->name, role->plan->name) != 0) {
            (void)fprintf(stream, ",\nfrom month %zu on plan %s",
                          model_after(&history->model, n)->since + 1, plan->name);
        }
        role = story_role(history, story->employee.seat, n);
    }
    (void)fputs("\n", stream);
    (void)fprintf(stream, "Effort in acquire, develop, care (1 = what is done for the salary); "
                          "attainment\nof the last 12 months; pay of the month, currency.\n\n");
    (void)fprintf(stream, "month  acq. dev. care attain      pay  what happened\n");
    for (size_t from = 0; from < history->diary.count;) {
        size_t to = month_end(&history->diary, from);
        tell_month(stream, story, from, to);
        from = to;
    }
    tell_successor(stream, story);
    story_print_sums(stream, story);
}

/* ---- the firm */

static void begin_line(struct story_lines *lines, const struct history *history,
                       const struct entry *entry) {
    char name[EMPLOYEE_NAME_SIZE];
    struct text clean = {0};
    const char *who =
        entry->kind == ENTRY_CHANGE
            ? "the firm"
            : history_name(name, history, (struct employee){entry->seat, entry->occupant});
    format_clean(&clean, who, NAME_WIDTH);
    (void)snprintf(lines->head, sizeof lines->head, "%5ld  %s", entry->month + 1,
                   text_bytes(&clean));
    text_free(&clean);
}

/* Customers that one seat hands on in a month stand in one line, at the first of them. */
static void tell_handed(struct story_lines *lines, const struct story *story, size_t first) {
    const struct diary *diary = &story->history->diary;
    const struct entry *one = &diary->entries[first];
    struct handed handed = {0};
    for (size_t i = first; i-- > 0 && diary->entries[i].month == one->month;) {
        if (diary->entries[i].kind == ENTRY_OWNER && diary->entries[i].seat == one->seat &&
            diary->entries[i].occupant == one->occupant) {
            return; /* told there */
        }
    }
    for (size_t i = first; i < diary->count && diary->entries[i].month == one->month; i++) {
        if (diary->entries[i].kind == ENTRY_OWNER && diary->entries[i].seat == one->seat &&
            diary->entries[i].occupant == one->occupant) {
            handed_add(&handed, story->history, &diary->entries[i]);
        }
    }
    begin_line(lines, story->history, one);
    story_say_handed(lines, &handed, false);
}

static void tell_firm(FILE *stream, const struct story *story) {
    const struct history *history = story->history;
    char size[FORMAT_SIZE];
    (void)fprintf(stream, "Customers of less than %s a year are left out (--above).\n\n",
                  format_value(size, "currency", story->above));
    (void)fprintf(stream, "month  %-*s  what happened\n", NAME_WIDTH, "who");
    for (size_t i = 0; i < history->diary.count; i++) {
        const struct entry *entry = &history->diary.entries[i];
        struct story_lines lines = {.stream = stream, .width = NAME_WIDTH + 9};
        if (entry->kind == ENTRY_OWNER) {
            tell_handed(&lines, story, i);
        } else if (story_tells(story, entry)) {
            begin_line(&lines, history, entry);
            story_say_event(&lines, history, entry);
        }
    }
}

void story_print(FILE *stream, const struct story *story) {
    const struct parameters *parameters = story->history->parameters;
    struct text name = {0};
    format_clean(&name, parameters->name, 40);
    (void)fprintf(stream, "%s, replication %llu, seed %llu, %ld year%s\n", text_bytes(&name),
                  (unsigned long long)story->history->replication,
                  (unsigned long long)parameters->simulation.seed, parameters->simulation.years,
                  parameters->simulation.years == 1 ? "" : "s");
    text_free(&name);
    if (story->alone) {
        tell_person(stream, story);
    } else {
        tell_firm(stream, story);
    }
}

#include "report/story.h"

#include "model/steps.h"
#include "report/format.h"

#include <stdarg.h>
#include <string.h>

enum { COLUMNS = 80, HEAD_WIDTH = 39, NAME_WIDTH = 18, HEAD_SIZE = 96 };

/* Lines of one month or event: a head once, then text beside it, broken at blanks. */
struct page {
    FILE *stream;
    char head[HEAD_SIZE];
    int width; /* of the head */
    bool begun;
};

static void page_line(struct page *page, const char *bytes, int length) {
    const char *head = page->begun ? "" : page->head;
    int width = page->width;
    for (const char *at = head; *at != '\0'; at++) { /* of UTF-8: bytes that take no column */
        width += ((unsigned char)*at & 0xC0U) == 0x80;
    }
    (void)fprintf(page->stream, "%-*s%.*s\n", length > 0 ? width : 0, head, length, bytes);
    page->begun = true;
}

/* Text beside the head; names in it must be clean. */
__attribute__((format(printf, 2, 3))) static void page_say(struct page *page, const char *format,
                                                           ...) {
    char text[512];
    const int room = COLUMNS - page->width;
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    const char *at = text;
    while ((int)strlen(at) > room) {
        int cut = room;
        while (cut > 0 && at[cut] != ' ') {
            cut--;
        }
        cut = cut > 0 ? cut : room;
        page_line(page, at, cut);
        at += cut + (at[cut] == ' ');
    }
    page_line(page, at, (int)strlen(at));
}

/* What is said of a month without events. */
static void page_end(struct page *page) {
    if (!page->begun) {
        page_line(page, "", 0);
    }
}

static const char *money(char buffer[FORMAT_SIZE], double value) {
    return format_value(buffer, "currency", value);
}

static const char *plural(double count) { return count == 1.0 ? "" : "s"; }

/* ---- single events */

static void say_weighed(struct page *page, const struct entry *entry) {
    char gain[FORMAT_SIZE];
    char forfeits[FORMAT_SIZE];
    char kept[FORMAT_SIZE];
    (void)money(gain, entry->value[0]);
    (void)money(forfeits, entry->value[1]);
    (void)money(kept, entry->value[3]);
    if (entry->value[1] <= 0.0) {
        page_say(page, "goes: leaving forfeits nothing, and elsewhere are %s a year more", gain);
    } else if (entry->value[2] < 0.0) {
        page_say(page,
                 "goes: what leaving forfeits (%s) is not worth waiting for against %s a year",
                 forfeits, gain);
    } else {
        page_say(page, "waits %.0f month%s for %s (of %s that leaving forfeits) against %s a year",
                 entry->value[2], plural(entry->value[2]), kept, forfeits, gain);
    }
}

static void say_exit(struct page *page, const struct entry *entry) {
    static const char *const REASONS[] = {[EXIT_VOLUNTARY] = "leaves of own will",
                                          [EXIT_INVOLUNTARY] = "leaves, dismissed",
                                          [EXIT_RETIREMENT] = "retires"};
    page_say(page, "%s after %.0f month%s", REASONS[(int)entry->value[0]], entry->value[1],
             plural(entry->value[1]));
}

static void say_won(struct page *page, const struct entry *entry, const char *segment) {
    char value[FORMAT_SIZE];
    (void)money(value, entry->value[0]);
    if (entry->value[2] > 0.0) {
        page_say(page, "won a customer of %s a year (%s), pulled in at %.1f %% off", value, segment,
                 100.0 * entry->value[1]);
    } else {
        page_say(page, "won a customer of %s a year (%s)", value, segment);
    }
}

static void say_promoted(struct page *page, const struct history *history,
                         const struct entry *entry) {
    const struct role *role = story_role(history, entry->seat, entry->number)->role;
    page_say(page, "promoted to %s, pay + %.1f %%",
             role->career.levels[(size_t)entry->value[0] - 1].name, 100.0 * entry->value[1]);
}

static void say_handover(struct page *page, const struct entry *entry, const char *to) {
    char revenue[FORMAT_SIZE];
    char lost[FORMAT_SIZE];
    (void)money(revenue, entry->value[0]);
    (void)money(lost, entry->value[3]);
    page_say(page, "hands a customer of %s a year over to %s%s; %s of the next year may go",
             revenue, to, entry->value[2] > 0.0 ? ", held back until now" : "", lost);
}

/* Everything but months, salaries and customers that change hands, which stand together. */
static void say_event(struct page *page, const struct history *history, const struct entry *entry) {
    char name[EMPLOYEE_NAME_SIZE];
    char amount[FORMAT_SIZE];
    const char *about = story_about(name, history, entry);
    const double *value = entry->value;
    (void)money(amount, value[0]);
    switch (entry->kind) {
    case ENTRY_START:
        page_say(page, "here from the start, for %.0f month%s; talent %+.2f", value[0],
                 plural(value[0]), value[1]);
        break;
    case ENTRY_HIRED:
        page_say(page, "hired%s; the seat was empty for %.0f month%s; talent %+.2f",
                 value[2] > 0.0 ? " with experience" : "", value[0], plural(value[0]), value[1]);
        break;
    case ENTRY_MOVED_IN:
        page_say(page, "moves in from %s; the seat was empty for %.0f month%s", about, value[0],
                 plural(value[0]));
        break;
    case ENTRY_MOVED_OUT:
        page_say(page, "moves to %s after %.0f month%s", about, value[0], plural(value[0]));
        break;
    case ENTRY_WON:
        say_won(page, entry, about);
        break;
    case ENTRY_PUSHED:
        page_say(page, "keeps back a deal of %s a year (%s)%s", amount, about,
                 value[1] > 0.0 ? ", which is lost by it" : "");
        break;
    case ENTRY_LINE:
        page_say(page, "%s %.2f", about, value[0]);
        break;
    case ENTRY_DRAW:
        page_say(page, "draw %.2f", value[0]);
        break;
    case ENTRY_GRANTED:
        page_say(page, "granted %s, %s", about, amount);
        break;
    case ENTRY_AWARD:
        page_say(page, "%s %.2f", about, value[0]);
        break;
    case ENTRY_FORFEITED:
        page_say(page, "forfeits %s, expected %s", about, amount);
        break;
    case ENTRY_WISH:
        page_say(page, "a wish to leave: elsewhere %.0f %% of pay better", 100.0 * value[0]);
        break;
    case ENTRY_WISH_GONE:
        page_say(page, "the wish to leave has gone");
        break;
    case ENTRY_WEIGHED:
        say_weighed(page, entry);
        break;
    case ENTRY_PROMOTED:
        say_promoted(page, history, entry);
        break;
    case ENTRY_NOTICE:
        page_say(page, "dismissed, %.0f month%s of notice", value[0], plural(value[0]));
        break;
    case ENTRY_EXIT:
        say_exit(page, entry);
        break;
    case ENTRY_CHANGE:
        page_say(page, "change: %s", about);
        break;
    case ENTRY_CHANGED:
        page_say(page, "change: %s (unsettled by %.0f %%)", about, 100.0 * value[0]);
        break;
    case ENTRY_LOST:
        page_say(page, "lost a customer of %s a year (%s)", amount, about);
        break;
    case ENTRY_HANDED:
        say_handover(page, entry, about);
        break;
    case ENTRY_MONTH:
    case ENTRY_SALARY:
    case ENTRY_OWNER:
        break;
    }
}

/* ---- customers that change hands in one month */

struct handed {
    size_t count;
    size_t waiting; /* of them for a successor */
    double revenue;
    double lost;
};

static void handed_add(struct handed *handed, const struct history *history,
                       const struct entry *entry) {
    handed->count++;
    handed->waiting += entry->other >= history->model.seat_count;
    handed->revenue += entry->value[0];
    handed->lost += entry->value[1];
}

static void say_handed(struct page *page, const struct handed *handed, bool received) {
    char revenue[FORMAT_SIZE];
    char lost[FORMAT_SIZE];
    if (handed->count == 0) {
        return;
    }
    (void)money(revenue, handed->revenue);
    (void)money(lost, handed->lost);
    if (received) {
        page_say(page, "gets %zu customer%s of %s a year", handed->count,
                 plural((double)handed->count), revenue);
        return;
    }
    page_say(
        page,
        "%zu customer%s of %s a year lose%s the owner, %zu to colleagues, %zu wait%s; %s a year "
        "is lost with it",
        handed->count, plural((double)handed->count), revenue, handed->count == 1 ? "s" : "",
        handed->count - handed->waiting, handed->waiting, handed->waiting == 1 ? "s" : "", lost);
}

/* ---- one person */

/* Entries [from, to) of the diary are those of one month. */
static void tell_month(FILE *stream, const struct story *story, size_t from, size_t to) {
    const struct history *history = story->history;
    const struct entry *entries = history->diary.entries;
    struct page page = {.stream = stream, .width = HEAD_WIDTH};
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
        (void)snprintf(page.head, sizeof page.head, "%5ld %5.2f %4.2f %4.2f %5.0f%% %8.0f", month,
                       worked->value[0], worked->value[1], worked->value[2],
                       100.0 * worked->value[3], paid);
    } else {
        (void)snprintf(page.head, sizeof page.head, "%5ld %5s %4s %4s %6s %8s", month, "-", "-",
                       "-", "-", "-");
    }
    for (size_t i = from; i < to; i++) {
        bool taken = entries[i].kind == ENTRY_HANDED && entries[i].other == story->employee.seat;
        if (taken && story_tells(story, &entries[i])) {
            char revenue[FORMAT_SIZE];
            page_say(&page, "takes over a customer of %s a year",
                     money(revenue, entries[i].value[0]));
        } else if (story_tells(story, &entries[i])) {
            say_event(&page, history, &entries[i]);
        }
    }
    say_handed(&page, &received, true);
    say_handed(&page, &given, false);
    page_end(&page);
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

static void begin_line(struct page *page, const struct history *history,
                       const struct entry *entry) {
    char name[EMPLOYEE_NAME_SIZE];
    struct text clean = {0};
    const char *who =
        entry->kind == ENTRY_CHANGE
            ? "the firm"
            : history_name(name, history, (struct employee){entry->seat, entry->occupant});
    format_clean(&clean, who, NAME_WIDTH);
    (void)snprintf(page->head, sizeof page->head, "%5ld  %s", entry->month + 1, text_bytes(&clean));
    text_free(&clean);
}

/* Customers that one seat hands on in a month stand in one line, at the first of them. */
static void tell_handed(struct page *page, const struct story *story, size_t first) {
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
    begin_line(page, story->history, one);
    say_handed(page, &handed, false);
}

static void tell_firm(FILE *stream, const struct story *story) {
    const struct history *history = story->history;
    char size[FORMAT_SIZE];
    (void)fprintf(stream, "Customers of less than %s a year are left out (--above).\n\n",
                  money(size, story->above));
    (void)fprintf(stream, "month  %-*s  what happened\n", NAME_WIDTH, "who");
    for (size_t i = 0; i < history->diary.count; i++) {
        const struct entry *entry = &history->diary.entries[i];
        struct page page = {.stream = stream, .width = NAME_WIDTH + 9};
        if (entry->kind == ENTRY_OWNER) {
            tell_handed(&page, story, i);
        } else if (story_tells(story, entry)) {
            begin_line(&page, history, entry);
            say_event(&page, history, entry);
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
                  plural((double)parameters->simulation.years));
    text_free(&name);
    if (story->alone) {
        tell_person(stream, story);
    } else {
        tell_firm(stream, story);
    }
}

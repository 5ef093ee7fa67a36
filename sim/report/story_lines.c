#include "report/story_lines.h"

#include "model/steps.h"
#include "report/format.h"

#include <stdarg.h>
#include <string.h>

enum { COLUMNS = 80 };

static void add_line(struct story_lines *lines, const char *bytes, int length) {
    const char *head = lines->begun ? "" : lines->head;
    int width = lines->width + (int)strlen(head) - text_width(head); /* printf counts bytes */
    (void)fprintf(lines->stream, "%-*s%.*s\n", length > 0 ? width : 0, head, length, bytes);
    lines->begun = true;
}

void story_say(struct story_lines *lines, const char *format, ...) {
    char text[512];
    const int room = COLUMNS - lines->width;
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
        add_line(lines, at, cut);
        at += cut + (at[cut] == ' ');
    }
    add_line(lines, at, (int)strlen(at));
}

void story_end(struct story_lines *lines) {
    if (!lines->begun) {
        add_line(lines, "", 0);
    }
}

static const char *money(char buffer[FORMAT_SIZE], double value) {
    return format_value(buffer, "currency", value);
}

static const char *plural(double count) { return count == 1.0 ? "" : "s"; }

static void say_weighed(struct story_lines *lines, const struct entry *entry) {
    char gain[FORMAT_SIZE];
    char forfeits[FORMAT_SIZE];
    char kept[FORMAT_SIZE];
    (void)money(gain, entry->value[0]);
    (void)money(forfeits, entry->value[1]);
    (void)money(kept, entry->value[3]);
    if (entry->value[1] <= 0.0) {
        story_say(lines, "goes: leaving forfeits nothing, and elsewhere are %s a year more", gain);
    } else if (entry->value[2] < 0.0) {
        story_say(lines,
                  "goes: what leaving forfeits (%s) is not worth waiting for against %s a year",
                  forfeits, gain);
    } else {
        story_say(lines,
                  "waits %.0f month%s for %s (of %s that leaving forfeits) against %s a year",
                  entry->value[2], plural(entry->value[2]), kept, forfeits, gain);
    }
}

static void say_exit(struct story_lines *lines, const struct entry *entry) {
    static const char *const REASONS[] = {[EXIT_VOLUNTARY] = "leaves of own will",
                                          [EXIT_INVOLUNTARY] = "leaves, dismissed",
                                          [EXIT_RETIREMENT] = "retires"};
    story_say(lines, "%s after %.0f month%s", REASONS[(int)entry->value[0]], entry->value[1],
              plural(entry->value[1]));
}

static void say_won(struct story_lines *lines, const struct entry *entry, const char *segment) {
    char value[FORMAT_SIZE];
    (void)money(value, entry->value[0]);
    if (entry->value[2] > 0.0) {
        story_say(lines, "won a customer of %s a year (%s), pulled in at %.1f %% off", value,
                  segment, 100.0 * entry->value[1]);
    } else {
        story_say(lines, "won a customer of %s a year (%s)", value, segment);
    }
}

static void say_promoted(struct story_lines *lines, const struct history *history,
                         const struct entry *entry) {
    const struct role *role = story_role(history, entry->seat, entry->number)->role;
    story_say(lines, "promoted to %s, pay + %.1f %%",
              role->career.levels[(size_t)entry->value[0] - 1].name, 100.0 * entry->value[1]);
}

static void say_handover(struct story_lines *lines, const struct entry *entry, const char *to) {
    char revenue[FORMAT_SIZE];
    char lost[FORMAT_SIZE];
    (void)money(revenue, entry->value[0]);
    (void)money(lost, entry->value[3]);
    story_say(lines, "hands a customer of %s a year over to %s%s; %s of the next year may go",
              revenue, to, entry->value[2] > 0.0 ? ", held back until now" : "", lost);
}

void story_say_event(struct story_lines *lines, const struct history *history,
                     const struct entry *entry) {
    char name[EMPLOYEE_NAME_SIZE];
    char amount[FORMAT_SIZE];
    const char *about = story_about(name, history, entry);
    const double *value = entry->value;
    (void)money(amount, value[0]);
    switch (entry->kind) {
    case ENTRY_START:
        story_say(lines, "here from the start, for %.0f month%s; talent %+.2f", value[0],
                  plural(value[0]), value[1]);
        break;
    case ENTRY_HIRED:
        story_say(lines, "hired%s; the seat was empty for %.0f month%s; talent %+.2f",
                  value[2] > 0.0 ? " with experience" : "", value[0], plural(value[0]), value[1]);
        break;
    case ENTRY_MOVED_IN:
        story_say(lines, "moves in from %s; the seat was empty for %.0f month%s", about, value[0],
                  plural(value[0]));
        break;
    case ENTRY_MOVED_OUT:
        story_say(lines, "moves to %s after %.0f month%s", about, value[0], plural(value[0]));
        break;
    case ENTRY_WON:
        say_won(lines, entry, about);
        break;
    case ENTRY_PUSHED:
        story_say(lines, "keeps back a deal of %s a year (%s)%s", amount, about,
                  value[1] > 0.0 ? ", which is lost by it" : "");
        break;
    case ENTRY_LINE:
        story_say(lines, "%s %.2f", about, value[0]);
        break;
    case ENTRY_DRAW:
        story_say(lines, "draw %.2f", value[0]);
        break;
    case ENTRY_GRANTED:
        story_say(lines, "granted %s, %s", about, amount);
        break;
    case ENTRY_AWARD:
        story_say(lines, "%s %.2f", about, value[0]);
        break;
    case ENTRY_FORFEITED:
        story_say(lines, "forfeits %s, expected %s", about, amount);
        break;
    case ENTRY_WISH:
        story_say(lines, "a wish to leave: elsewhere %.0f %% of pay better", 100.0 * value[0]);
        break;
    case ENTRY_WISH_GONE:
        story_say(lines, "the wish to leave has gone");
        break;
    case ENTRY_WEIGHED:
        say_weighed(lines, entry);
        break;
    case ENTRY_PROMOTED:
        say_promoted(lines, history, entry);
        break;
    case ENTRY_NOTICE:
        story_say(lines, "dismissed, %.0f month%s of notice", value[0], plural(value[0]));
        break;
    case ENTRY_EXIT:
        say_exit(lines, entry);
        break;
    case ENTRY_CHANGE:
        story_say(lines, "change: %s", about);
        break;
    case ENTRY_CHANGED:
        story_say(lines, "change: %s (unsettled by %.0f %%)", about, 100.0 * value[0]);
        break;
    case ENTRY_LOST:
        story_say(lines, "lost a customer of %s a year (%s)", amount, about);
        break;
    case ENTRY_HANDED:
        say_handover(lines, entry, about);
        break;
    case ENTRY_MONTH:
    case ENTRY_SALARY:
    case ENTRY_OWNER:
        break;
    }
}

void handed_add(struct handed *handed, const struct history *history, const struct entry *entry) {
    handed->count++;
    handed->waiting += entry->other >= history->model.seat_count;
    handed->revenue += entry->value[0];
    handed->lost += entry->value[1];
}

void story_say_handed(struct story_lines *lines, const struct handed *handed, bool received) {
    char revenue[FORMAT_SIZE];
    char lost[FORMAT_SIZE];
    if (handed->count == 0) {
        return;
    }
    (void)money(revenue, handed->revenue);
    (void)money(lost, handed->lost);
    if (received) {
        story_say(lines, "gets %zu customer%s of %s a year", handed->count,
                  plural((double)handed->count), revenue);
        return;
    }
    story_say(
        lines,
        "%zu customer%s of %s a year lose%s the owner, %zu to colleagues, %zu wait%s; %s a year "
        "is lost with it",
        handed->count, plural((double)handed->count), revenue, handed->count == 1 ? "s" : "",
        handed->count - handed->waiting, handed->waiting, handed->waiting == 1 ? "s" : "", lost);
}

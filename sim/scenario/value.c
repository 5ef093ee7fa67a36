/* Single values of a scenario: type, range, names, and what was most likely meant. */
#include "scenario/reader.h"

#include "base/text.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One number with the range it must keep. */
struct bounds {
    double low;
    double high;
    bool whole;
};

static void complain_kind(struct reader *reader, const struct setting *setting, const char *path,
                          const char *wanted) {
    struct text value = {0};
    setting_describe(setting, &value);
    if (setting->kind == SETTING_TEXT && *setting->value.text != '\0') {
        char *end = NULL;
        double number = strtod(setting->value.text, &end);
        if (*end == '\0' && isfinite(number)) {
            text_add(&value, " (write %.30s without quotes)", setting->value.text);
        }
    }
    reader_complain(reader, setting, path, "%s is wanted, not %s", wanted, text_bytes(&value));
    text_free(&value);
}

static double rounded(double value) {
    char buffer[32];
    (void)snprintf(buffer, sizeof buffer, "%.12g", value);
    return strtod(buffer, NULL);
}

/* Per cent written as a number, or a wrong sign; nan when there is no guess. */
static double guess(double value, const struct bounds *bounds) {
    double share = rounded(value / 100.0);
    if (bounds->high <= 1.0 && value > bounds->high && share <= bounds->high &&
        share >= bounds->low) {
        return share;
    }
    return -value >= bounds->low && -value <= bounds->high ? -value : (double)NAN;
}

static void complain_range(struct reader *reader, const struct setting *setting, const char *path,
                           double value, const struct bounds *bounds) {
    char given[32];
    char low[32];
    char high[32];
    char better[32];
    double meant = guess(value, bounds);
    char hint[64] = "";
    if (isfinite(meant)) {
        (void)snprintf(hint, sizeof hint, " (did you mean %s?)", text_number(better, meant, true));
    }
    reader_complain(reader, setting, path, "%s is not in %s..%s%s", text_number(given, value, true),
                    text_number(low, bounds->low, true), text_number(high, bounds->high, true),
                    hint);
}

static bool read_number(struct reader *reader, const struct setting *setting, const char *path,
                        const struct bounds *bounds, double *number) {
    const char *wanted = bounds->whole ? "a whole number" : "a number";
    if (setting->spoiled || (setting->kind != SETTING_NUMBER && setting->kind != SETTING_WHOLE)) {
        complain_kind(reader, setting, path, wanted);
        return false;
    }
    double value =
        setting->kind == SETTING_WHOLE ? (double)setting->value.whole : setting->value.number;
    if (!isfinite(value)) {
        reader_complain(reader, setting, path, "a finite number is wanted");
        return false;
    }
    if (bounds->whole && value != floor(value)) {
        char given[32];
        char near[32];
        double best = floor(value + 0.5);
        best = best < bounds->low ? bounds->low : best > bounds->high ? bounds->high : best;
        reader_complain(reader, setting, path, "%s is no whole number (did you mean %s?)",
                        text_number(given, value, true), text_number(near, best, true));
        return false;
    }
    if (value < bounds->low || value > bounds->high) {
        complain_range(reader, setting, path, value, bounds);
        return false;
    }
    *number = value + 0.0; /* no negative zero */
    return true;
}

/* 200.000 is 200 here, but 200000 where a point stands between thousands: what is far too little
 * and usual a thousand times as large was probably written so. 0: it was not. */
static double thousands(const struct row *row, const struct setting *setting, double value) {
    static const double AMOUNT_LEAST = 100.0; /* of what is written with thousands */
    double large = rint(value * 1e6) / 1e3;
    bool grouped = setting->kind == SETTING_NUMBER && value >= 1.0 && value < 1000.0 &&
                   large == floor(large) && row->likely_low >= AMOUNT_LEAST &&
                   value < row->likely_low && large >= row->likely_low && large <= row->likely_high;
    return grouped ? large : 0.0;
}

static void note_unlikely(struct reader *reader, const struct row *row,
                          const struct setting *setting, const char *path, double value) {
    bool is_stated = row->likely_low != 0.0 || row->likely_high != 0.0;
    if (is_stated && (value < row->likely_low || value > row->likely_high)) {
        char given[32];
        char low[32];
        char high[32];
        char meant[32];
        double large = thousands(row, setting, value);
        reader_note(reader, setting, path, "%s is outside of the usual %s..%s%s%s%s",
                    text_number(given, value, true), text_number(low, row->likely_low, true),
                    text_number(high, row->likely_high, true), large > 0.0 ? " (did you mean " : "",
                    large > 0.0 ? text_number(meant, large, true) : "", large > 0.0 ? "?)" : "");
    }
}

static void read_seed(struct reader *reader, const struct row *row, const struct setting *setting,
                      const char *path, uint64_t *seed) {
    static const double EXACT = 9007199254740992.0; /* above, a double is not what was written */
    struct bounds bounds = {.low = -HUGE_VAL, .high = HUGE_VAL, .whole = true};
    double number = 0.0;
    if (!read_number(reader, setting, path, &bounds, &number)) {
        return;
    }
    if (number < 0.0 || number > (double)INT64_MAX) {
        char given[32];
        struct text allowed = {0};
        row_allowed(row, &allowed);
        reader_complain(reader, setting, path, "%s is not in %s", text_number(given, number, true),
                        text_bytes(&allowed));
        text_free(&allowed);
    } else if (setting->kind == SETTING_WHOLE) {
        *seed = (uint64_t)setting->value.whole;
    } else if (number <= EXACT) {
        *seed = (uint64_t)number;
    } else {
        reader_complain(reader, setting, path,
                        "so large a seed is written with all digits and an L at its end");
    }
}

static void read_choice(struct reader *reader, const struct row *row, const struct setting *setting,
                        const char *path, long *choice) {
    size_t count = row_choice_count(row);
    if (setting->spoiled || setting->kind != SETTING_TEXT) {
        struct text wanted = {0};
        text_add(&wanted, "one of \"%s\", ...", row->choices[0]);
        complain_kind(reader, setting, path, text_bytes(&wanted));
        text_free(&wanted);
    } else {
        size_t found = 0;
        while (found < count && strcmp(row->choices[found], setting->value.text) != 0) {
            found++;
        }
        if (found < count) {
            *choice = (long)found;
        } else {
            struct text allowed = {0};
            struct text value = {0};
            int nearest = text_nearest(setting->value.text, row->choices, count);
            row_allowed(row, &allowed);
            setting_describe(setting, &value);
            if (nearest >= 0) {
                text_add(&value, " (did you mean %s?)", row->choices[nearest]);
            }
            reader_complain(reader, setting, path, "one of %s is wanted, not %s",
                            text_bytes(&allowed), text_bytes(&value));
            text_free(&value);
            text_free(&allowed);
        }
    }
}

/* Length of the UTF-8 character at `at`, 0 when it is none. */
static size_t character(const unsigned char *at) {
    size_t length = at[0] < 0x80                     ? 1
                    : at[0] >= 0xC2 && at[0] <= 0xDF ? 2
                    : (at[0] & 0xF0) == 0xE0         ? 3
                    : at[0] >= 0xF0 && at[0] <= 0xF4 ? 4
                                                     : 0;
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xC0) != 0x80) { /* also at the 0 of the end */
            return 0;
        }
    }
    return length;
}

static bool is_plain(const char *text, bool one_line) {
    const unsigned char *at = (const unsigned char *)text;
    while (*at != 0) {
        size_t length = character(at);
        bool is_control = *at < 0x20 || *at == 0x7F;
        bool is_break = *at == '\n' || *at == '\t';
        if (length == 0 || (is_control && (one_line || !is_break))) {
            return false;
        }
        at += length;
    }
    return true;
}

static void check_reference(struct reader *reader, const struct row *row,
                            const struct setting *setting, const char *path, const char *name) {
    const struct setting *collection = reader_find(reader->tree->root, row->refers);
    if (reader->tree->incomplete ||
        (collection != NULL && setting_member(collection, name, strlen(name)) != NULL)) {
        return;
    }
    struct text known = {0};
    struct text value = {0};
    setting_describe(setting, &value);
    reader_suggest_entry(collection, name, &known);
    reader_complain(reader, setting, path, "there is no %s in %s%s", text_bytes(&value),
                    row->refers, text_bytes(&known));
    text_free(&known);
    text_free(&value);
}

static bool read_text(struct reader *reader, const struct row *row, const struct setting *setting,
                      const char *path, char *field, size_t size) {
    if (setting->spoiled || setting->kind != SETTING_TEXT) {
        complain_kind(reader, setting, path, "a text in quotes");
        return false;
    }
    const char *text = setting->value.text;
    size_t length = strlen(text);
    if (length >= size) {
        reader_complain(reader, setting, path, "the text has %zu bytes; at most %zu fit", length,
                        size - 1);
        return false;
    }
    if (!is_plain(text, size <= NAME_SIZE)) {
        reader_complain(reader, setting, path, "the text has control characters or is not UTF-8");
        return false;
    }
    memcpy(field, text, length + 1);
    if (row->refers != NULL) {
        check_reference(reader, row, setting, path, text);
    } else if (row->required && length == 0) {
        reader_complain(reader, setting, path, "must not be empty");
    }
    return true;
}

static void element_path(char below[PATH_SIZE], const char *path, size_t index) {
    path_join(below, path, &(struct step){.index = index});
}

static void read_numbers(struct reader *reader, const struct row *row,
                         const struct setting *setting, const char *path, double *field) {
    size_t wanted = row->size / sizeof(double);
    struct bounds bounds = {.low = row->lowest, .high = row->highest};
    if (setting->spoiled || setting->kind != SETTING_LIST || setting->count != wanted) {
        char list[64];
        (void)snprintf(list, sizeof list, "a list of %zu numbers [a, b, ...]", wanted);
        complain_kind(reader, setting, path, list);
        return;
    }
    size_t index = 0;
    for (const struct setting *entry = setting->first; entry != NULL; entry = entry->next) {
        char below[PATH_SIZE];
        element_path(below, path, index);
        if (read_number(reader, entry, below, &bounds, &field[index])) {
            note_unlikely(reader, row, entry, below, field[index]);
        }
        index++;
    }
}

static bool read_point(struct reader *reader, const struct row *row, const struct setting *entry,
                       const char *path, struct point *point) {
    struct bounds at = {.low = row->at_lowest, .high = row->at_highest, .whole = row->whole};
    struct bounds value = {.low = row->lowest, .high = row->highest, .whole = row->whole};
    if (entry->spoiled || entry->kind != SETTING_LIST || entry->count != 2) {
        complain_kind(reader, entry, path, "a pair [at, value]");
        return false;
    }
    char below[PATH_SIZE];
    element_path(below, path, 0);
    bool good = read_number(reader, entry->first, below, &at, &point->at);
    element_path(below, path, 1);
    return read_number(reader, entry->last, below, &value, &point->value) && good;
}

static void read_curve(struct reader *reader, const struct row *row, const struct setting *setting,
                       const char *path, struct curve *curve) {
    if (setting->spoiled || setting->kind != SETTING_LIST) {
        complain_kind(reader, setting, path, "a list of pairs ( [0.5, 0], [1, 1] )");
        return;
    }
    if (setting->count > CURVE_POINTS) {
        reader_complain(reader, setting, path, "has %zu points; at most %d are allowed",
                        setting->count, CURVE_POINTS);
        return;
    }
    bool good = true;
    for (const struct setting *entry = setting->first; entry != NULL; entry = entry->next) {
        char below[PATH_SIZE];
        size_t n = curve->count;
        const struct point *points = curve->points;
        element_path(below, path, n);
        good = read_point(reader, row, entry, below, &curve->points[n]) && good;
        curve->count++;
        bool is_jump = n > 0 && points[n].at == points[n - 1].at;
        bool is_third = is_jump && n > 1 && points[n].at == points[n - 2].at;
        bool descends = n > 0 && points[n].at < points[n - 1].at;
        if (good && (descends || (is_jump && !row->jumps) || is_third)) {
            char at[32];
            char last[32];
            reader_complain(reader, entry, below, "points ascend; %s comes after %s%s",
                            text_number(at, points[n].at, true),
                            text_number(last, points[n - 1].at, true),
                            row->jumps ? " (two points at one place make a jump)" : "");
            good = false;
        }
    }
}

static void read_names(struct reader *reader, const struct row *row, const struct setting *setting,
                       const char *path, struct names *names) {
    bool is_single = setting->kind == SETTING_TEXT;
    if (setting->spoiled || (!is_single && setting->kind != SETTING_LIST)) {
        complain_kind(reader, setting, path, "a list of names [\"a\", \"b\"]");
        return;
    }
    double count = is_single ? 1.0 : (double)setting->count;
    if (count < row->lowest || count > row->highest) {
        struct text allowed = {0};
        row_allowed(row, &allowed);
        reader_complain(reader, setting, path, "has %.0f names; %s are allowed", count,
                        text_bytes(&allowed));
        text_free(&allowed);
        return;
    }
    const struct setting *entry = is_single ? setting : setting->first;
    for (; entry != NULL; entry = is_single ? NULL : entry->next) {
        char below[PATH_SIZE];
        char *name = names->name[names->count];
        element_path(below, path, names->count);
        if (!read_text(reader, row, entry, is_single ? path : below, name, NAME_SIZE)) {
            continue;
        }
        for (size_t i = 0; i < names->count; i++) {
            if (strcmp(names->name[i], name) == 0) {
                reader_complain(reader, entry, below, "\"%s\" is named twice; once is enough",
                                name);
            }
        }
        names->count++;
    }
}

void value_read(struct reader *reader, const struct row *row, const struct setting *setting,
                const char *path, void *field) {
    struct bounds bounds = {
        .low = row->lowest, .high = row->highest, .whole = row->type == ROW_WHOLE};
    double number = 0.0;
    if (row->choices != NULL) {
        read_choice(reader, row, setting, path, field);
    } else if (row->type == ROW_NUMBER || row->type == ROW_WHOLE) {
        if (read_number(reader, setting, path, &bounds, &number)) {
            long whole = row->type == ROW_WHOLE ? (long)number : 0;
            memcpy(field, row->type == ROW_WHOLE ? (void *)&whole : (void *)&number, row->size);
            note_unlikely(reader, row, setting, path, number);
        }
    } else if (row->type == ROW_SEED) {
        read_seed(reader, row, setting, path, field);
    } else if (row->type == ROW_TEXT) {
        (void)read_text(reader, row, setting, path, field, row->size);
    } else if (row->type == ROW_NUMBERS) {
        read_numbers(reader, row, setting, path, field);
    } else if (row->type == ROW_CURVE) {
        read_curve(reader, row, setting, path, field);
    } else if (row->type == ROW_NAMES) {
        read_names(reader, row, setting, path, field);
    }
}

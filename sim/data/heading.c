#include "data/heading.h"

#include "data/fold.h"

#include <stdio.h>
#include <string.h>

enum { NAMES_SHOWN = 20 };

char heading_separator(const char *bytes, size_t length, size_t *skipped) {
    static const char MARKS[3] = {'\t', ';', ','}; /* the earlier wins with as many */
    size_t counts[3] = {0};
    bool quoted = false;
    *skipped = 0;
    if (length >= 6 && strncmp(bytes, "sep=", 4) == 0 && memchr(MARKS, bytes[4], 3) != NULL &&
        (bytes[5] == '\n' || bytes[5] == '\r')) {
        *skipped = length >= 7 && bytes[5] == '\r' && bytes[6] == '\n' ? 7 : 6;
        return bytes[4];
    }
    bool begun = false; /* empty lines may stand before the heading */
    for (size_t at = 0; at < length; at++) {
        bool line_end = bytes[at] == '\n' || bytes[at] == '\r';
        if (line_end && begun && !quoted) {
            break;
        }
        begun = begun || !line_end;
        quoted = quoted != (bytes[at] == '"');
        for (size_t i = 0; i < 3 && !quoted; i++) {
            counts[i] += bytes[at] == MARKS[i];
        }
    }
    size_t most = 2; /* a comma when there is none */
    for (size_t i = 3; i-- > 0;) {
        if (counts[i] > 0 && counts[i] >= counts[most]) {
            most = i;
        }
    }
    return MARKS[most];
}

/* 2 when the folded name is that of the column, 1 when it is another of its names. */
static int match(const struct table_column *column, const char *folded) {
    char own[FOLDED_SIZE];
    fold_word(column->name, own);
    return strcmp(own, folded) == 0 ? 2 : fold_is_one_of(folded, column->other) ? 1 : 0;
}

/* The nearest of all names of a column to a folded name, whether it is near at all. */
static bool is_near(const struct table_column *column, const char *folded) {
    const char *names[1] = {column->name};
    char name[FOLDED_SIZE];
    bool near = text_nearest(folded, names, 1) >= 0;
    for (const char *at = column->other; !near && at != NULL && *at != '\0';) {
        size_t length = strcspn(at, "|");
        (void)snprintf(name, sizeof name, "%.*s", (int)length, at);
        names[0] = name;
        near = text_nearest(folded, names, 1) >= 0;
        at += length + (at[length] == '|');
    }
    return near;
}

static const char *nearest_name(const struct table_column *column, const char *const names[],
                                size_t count, const int columns[]) {
    for (size_t i = 0; i < count; i++) {
        char folded[FOLDED_SIZE];
        fold_word(names[i], folded);
        if (columns[i] < 0 && strlen(folded) >= 3 && is_near(column, folded)) {
            return names[i];
        }
    }
    return NULL;
}

static void list_names(const char *const names[], size_t count, struct text *text) {
    char shown[TABLE_SHOWN_SIZE];
    for (size_t i = 0; i < count && i < NAMES_SHOWN; i++) {
        text_add(text, "%s %s", i == 0 ? "" : ",", table_show(names[i], shown));
    }
    if (count > NAMES_SHOWN) {
        text_add(text, " and %zu more", count - NAMES_SHOWN);
    }
}

static void complain_missing(const char *path, const struct table_column *column,
                             const char *const names[], size_t count, const int columns[],
                             struct error *error) {
    struct text text = {0};
    char shown[TABLE_SHOWN_SIZE];
    text_add(&text, "%s: there is no column %s (", path, column->name);
    for (const char *at = column->other; *at != '\0';) {
        size_t length = strcspn(at, "|");
        text_add(&text, "%s%.*s", at == column->other ? "or " : ", ", (int)length, at);
        at += length + (at[length] == '|');
    }
    text_add(&text, "); the columns are");
    list_names(names, count, &text);
    const char *nearest = nearest_name(column, names, count, columns);
    if (nearest != NULL) {
        text_add(&text, " (did you mean %s?)", table_show(nearest, shown));
    }
    error_add(error, ERROR_QUESTION, "%s", text_bytes(&text));
    text_free(&text);
}

/* Gives a name to the column that it means, unless another name is nearer to it. */
static bool assign(const char *path, const struct table_form *form, const char *const names[],
                   size_t at, int columns[], struct error *error) {
    char folded[FOLDED_SIZE];
    fold_word(names[at], folded);
    for (size_t c = 0; c < form->column_count; c++) {
        int rank = match(&form->columns[c], folded);
        if (rank == 0) {
            continue;
        }
        for (size_t before = 0; before < at; before++) {
            char other[FOLDED_SIZE];
            char shown[2][TABLE_SHOWN_SIZE];
            if (columns[before] != (int)c) {
                continue;
            }
            fold_word(names[before], other);
            int rank_before = match(&form->columns[c], other);
            if (rank_before == rank) {
                return error_add(error, ERROR_QUESTION,
                                 "%s: the columns %s and %s both mean %s; rename one", path,
                                 table_show(names[before], shown[0]),
                                 table_show(names[at], shown[1]), form->columns[c].name);
            }
            if (rank_before > rank) {
                return true;
            }
            columns[before] = -1;
        }
        columns[at] = (int)c;
        return true;
    }
    return true;
}

/* A column that the file does not have and whose name is near to `name`; NULL: none. */
static const struct table_column *meant(const struct table_form *form, const bool found[],
                                        const char *name) {
    char folded[FOLDED_SIZE];
    fold_word(name, folded);
    for (size_t c = 0; c < form->column_count && strlen(folded) >= 3; c++) {
        if (!found[c] && is_near(&form->columns[c], folded)) {
            return &form->columns[c];
        }
    }
    return NULL;
}

static void note_unused(const char *path, const struct table_form *form, const char *const names[],
                        size_t count, const int columns[], const bool found[], struct text *notes) {
    struct text list = {0};
    char shown[TABLE_SHOWN_SIZE];
    size_t unused = 0;
    for (size_t i = 0; i < count; i++) {
        if (columns[i] >= 0 || names[i][0] == '\0') {
            continue;
        }
        unused++;
        if (unused <= NAMES_SHOWN) {
            const struct table_column *column = meant(form, found, names[i]);
            text_add(&list, "%s %s", unused == 1 ? "" : ",", table_show(names[i], shown));
            if (column != NULL) {
                text_add(&list, " (did you mean %s?)", column->name);
            }
        }
    }
    if (unused > NAMES_SHOWN) {
        text_add(&list, " and %zu more", unused - NAMES_SHOWN);
    }
    if (unused > 0) {
        text_add(notes, "%s: not used: the column%s%s\n", path, unused == 1 ? "" : "s",
                 text_bytes(&list));
    }
    text_free(&list);
}

bool heading_match(const char *path, const struct table_form *form, const char *const names[],
                   size_t count, int columns[], struct text *notes, struct error *error) {
    bool good = true;
    bool found[TABLE_COLUMNS_MOST] = {false};
    for (size_t i = 0; i < count; i++) {
        columns[i] = -1;
    }
    for (size_t i = 0; i < count; i++) {
        good = assign(path, form, names, i, columns, error) && good;
    }
    for (size_t i = 0; i < count; i++) {
        if (columns[i] >= 0) {
            found[columns[i]] = true;
        }
    }
    bool complete = true;
    for (size_t c = 0; c < form->column_count; c++) {
        size_t instead = form->columns[c].instead;
        if (form->columns[c].required && !found[c] && !(instead > 0 && found[instead])) {
            complain_missing(path, &form->columns[c], names, count, columns, error);
            complete = false;
        }
    }
    if (good && complete) {
        note_unused(path, form, names, count, columns, found, notes);
    }
    return good && complete;
}

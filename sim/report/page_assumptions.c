/* Assumptions: judgement that results hang on, what is not at its default, and the limits of the
 * evidence. */
#include "report/page_parts.h"

#include "scenario/schema.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MOST = 160, MANY_HISTORIES = 100 };

/* What people respond by and what keeps them and the customers; their sources say of which roles
 * they are judgement (docs/evidence.md). */
static const char *const RESPONSES[] = {
    "effort.cost",
    "effort.response",
    "preferences.risk_aversion",
    "preferences.discount",
    "preferences.present_bias",
    "turnover.annual",
    "turnover.pay_elasticity",
    "turnover.gain_median",
    "relationship.investment",
    "churn.owner_change",
    "wallet.growth",
};

/* Not a choice of the question: how it is run, and plans, which are said in words. */
static bool left_out(const char *path) {
    static const char *const PATHS[] = {
        "name",  "question",    "simulation.seed", "simulation.replications",
        "plans", "start.staff", "start.book"};
    for (size_t p = 0; p < sizeof PATHS / sizeof PATHS[0]; p++) {
        size_t length = strlen(PATHS[p]);
        if (strncmp(path, PATHS[p], length) == 0 && (path[length] == '\0' || path[length] == '.')) {
            return true;
        }
    }
    return false;
}

static bool ends_with(const char *path, const char *end) {
    size_t length = strlen(path);
    size_t wanted = strlen(end);
    return length > wanted && path[length - wanted - 1] == '.' &&
           strcmp(path + length - wanted, end) == 0;
}

static bool is_judgement(const struct row *row, const char *path) {
    if (row->source == NULL || strstr(row->source, "judgement") == NULL) {
        return false;
    }
    for (size_t r = 0; r < sizeof RESPONSES / sizeof RESPONSES[0]; r++) {
        if (ends_with(path, RESPONSES[r])) {
            return true;
        }
    }
    return false;
}

static const struct row *row_of(const char *path) {
    struct cursor cursor = cursor_start();
    struct text complaint = {0};
    bool good = true;
    for (const char *rest = path; good && *rest != '\0';) {
        struct step step;
        good = path_step(&rest, &step) && cursor_step(&cursor, &step, &complaint);
    }
    text_free(&complaint);
    return good ? cursor.row : NULL;
}

/* The default as text; "" for what has to be said by every scenario. */
static void add_default(struct text *text, const struct row *row) {
    char number[32];
    if (row->required) {
        return;
    }
    if (row->type == ROW_NUMBER || (row->type == ROW_WHOLE && row->choices == NULL) ||
        row->type == ROW_SEED) {
        text_add(text, "%s", text_number(number, row->fallback, true));
    } else {
        text_add(text, "%s", row->fallback_text == NULL ? "" : row->fallback_text);
    }
}

/* "[ ]" and "()" are the same to a reader, and so are blanks. */
static bool same_value(const char *one, const char *other) {
    static const char IGNORED[] = " ()[]\"";
    for (;;) {
        one += strspn(one, IGNORED);
        other += strspn(other, IGNORED);
        if (*one == '\0' || *other == '\0') {
            return *one == *other;
        }
        char *one_end = NULL;
        char *other_end = NULL;
        double one_number = strtod(one, &one_end);
        double other_number = strtod(other, &other_end);
        if (one_end != one && other_end != other) {
            if (one_number != other_number) {
                return false;
            }
            one = one_end;
            other = other_end;
        } else if (*one++ != *other++) {
            return false;
        }
    }
}

/* One parameter that is to be told. */
struct assumption {
    const char *path;
    const struct row *row;
    struct text value;
    struct text fallback;
};

/* False when the path is of no interest. */
static bool assumption_of(struct assumption *assumption, const struct scenario *scenario,
                          const char *path) {
    struct error none = {0};
    *assumption = (struct assumption){.path = path};
    if (left_out(path)) { /* most paths: a scenario may know a library of plans */
        return false;
    }
    assumption->row = row_of(path);
    /* the manifest, which gives the same page again, holds what a file had and not its name */
    bool good = assumption->row != NULL && !assumption->row->once &&
                scenario_value(scenario, path, &assumption->value, &none);
    error_free(&none);
    if (good) {
        add_default(&assumption->fallback, assumption->row);
    }
    return good;
}

static void assumption_free(struct assumption *assumption) {
    text_free(&assumption->value);
    text_free(&assumption->fallback);
}

/* Names have no default and say nothing. */
static bool is_changed(const struct assumption *assumption) {
    if (assumption->row->required && assumption->row->type == ROW_TEXT) {
        return false;
    }
    return assumption->row->required ||
           !same_value(text_bytes(&assumption->value), text_bytes(&assumption->fallback));
}

/* The words of the program itself are English on every page. */
static void write_english(struct page *page, const char *raw) {
    page_markup(page, "<td class=\"words long\" lang=\"en\">");
    page_text(page, raw == NULL ? "" : raw);
    page_markup(page, "</td>");
}

/* In what a value is counted, behind it and quieter: "0.035 a year". */
static void write_unit(struct page *page, const char *unit) {
    if (unit != NULL && *unit != '\0') {
        page_markup(page, " <span class=\"unit\">");
        page_text(page, words_unit(page->language, unit));
        page_markup(page, "</span>");
    }
}

static void write_setting(struct page *page, const struct text *setting, const char *unit) {
    char *end = NULL;
    const char *bytes = text_bytes(setting);
    double number = strtod(bytes, &end);
    char shown[WORDS_SIZE];
    char key[32];
    bool plain = *bytes != '\0' && *end == '\0' && setting->length < WORDS_SIZE;
    if (plain) {
        page_markup(page, "<td data-v=\"%s\">", text_number(key, number, true));
        page_text(page, words_number(shown, page->language, bytes));
    } else {
        page_markup(page, "<td class=\"words\">");
        page_text(page, bytes);
    }
    if (*bytes != '\0') {
        write_unit(page, unit);
    }
    page_markup(page, "</td>");
}

static void write_likely(struct page *page, const struct row *row) {
    char low[32];
    char high[32];
    char first[WORDS_SIZE];
    char second[WORDS_SIZE];
    bool stated = row->likely_low != 0.0 || row->likely_high != 0.0;
    page_markup(page, "<td>");
    if (stated) {
        struct text range = {0};
        text_add(&range, "%s – %s",
                 words_number(first, page->language, text_number(low, row->likely_low, true)),
                 words_number(second, page->language, text_number(high, row->likely_high, true)));
        page_text(page, text_bytes(&range));
        text_free(&range);
    }
    page_markup(page, "</td>");
}

static void write_row(struct page *page, const struct assumption *assumption, bool judgement) {
    page_row(page, false);
    page_cell_code(page, assumption->path);
    write_setting(page, &assumption->value, assumption->row->unit);
    if (judgement) {
        write_likely(page, assumption->row);
    } else {
        write_setting(page, &assumption->fallback, NULL);
    }
    write_english(page, assumption->row->meaning);
    write_english(page, assumption->row->source);
    page_row_end(page);
}

/* Paths of a table, one a line. */
struct list {
    struct text paths;
    size_t count;
};

static void list_add(struct list *list, const char *path) {
    if (list->count++ < ROWS_MOST) {
        text_add(&list->paths, "%s\n", path);
    }
}

/* The next line of `at` into `path`; false at the end. */
static bool next_path(const char **at, char path[PATH_SIZE]) {
    size_t length = strcspn(*at, "\n");
    bool any = **at != '\0';
    (void)snprintf(path, PATH_SIZE, "%.*s", (int)length, *at);
    *at += length + ((*at)[length] == '\n');
    return any;
}

static void choose(const struct scenario *scenario, const char *paths, struct list *judgement,
                   struct list *changed) {
    char path[PATH_SIZE];
    while (next_path(&paths, path)) {
        struct assumption assumption;
        if (assumption_of(&assumption, scenario, path)) {
            if (is_judgement(assumption.row, path)) {
                list_add(judgement, path);
            }
            if (is_changed(&assumption)) {
                list_add(changed, path);
            }
        }
        assumption_free(&assumption);
    }
}

static void write_table(struct page *page, const struct scenario *scenario, const struct list *list,
                        bool judgement) {
    const struct page_column columns[] = {
        {WORD_COLUMN_PARAMETER, NULL, true},
        {WORD_COLUMN_VALUE, NULL, false},
        {judgement ? WORD_COLUMN_LIKELY : WORD_COLUMN_DEFAULT, NULL, false},
        {WORD_COLUMN_MEANING, NULL, true},
        {WORD_COLUMN_SOURCE, NULL, true},
    };
    char path[PATH_SIZE];
    page_table(page,
               words_in(page->language, judgement ? WORD_TABLE_JUDGEMENT : WORD_TABLE_CHANGED),
               columns, sizeof columns / sizeof columns[0]);
    for (const char *at = text_bytes(&list->paths); next_path(&at, path);) {
        struct assumption assumption;
        if (assumption_of(&assumption, scenario, path)) {
            write_row(page, &assumption, judgement);
        }
        assumption_free(&assumption);
    }
    page_table_end(page);
}

static void write_tables(struct page *page, const struct scenario *scenario, const char *paths) {
    struct list judgement = {.count = 0};
    struct list changed = {.count = 0};
    char number[WORDS_SIZE];
    choose(scenario, paths, &judgement, &changed);
    if (judgement.count > 0) {
        page_paragraph(page, "note", WORD_JUDGEMENT_NOTE, WORDS(""));
        write_table(page, scenario, &judgement, true);
    }
    if (changed.count > 0) {
        page_paragraph(page, "note", WORD_CHANGED_NOTE,
                       WORDS(words_count(number, page->language, changed.count)));
        write_table(page, scenario, &changed, false);
    } else {
        page_paragraph(page, "note", WORD_CHANGED_NONE, WORDS(""));
    }
    if (changed.count > ROWS_MOST) {
        page_paragraph(page, "note", WORD_CHANGED_MORE,
                       WORDS(words_count(number, page->language, changed.count - ROWS_MOST)));
    }
    text_free(&judgement.paths);
    text_free(&changed.paths);
}

bool page_assumptions(struct page *page, const struct scenario *scenario, struct error *error) {
    char *paths = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&paths, &size);
    if (memory != NULL) {
        scenario_paths(scenario, memory);
    }
    if (memory == NULL || fclose(memory) != 0) {
        free(paths);
        return error_add(error, ERROR_FAILURE, "There is no memory for the report.");
    }
    write_tables(page, scenario, paths);
    free(paths);
    return true;
}

static void write_limit(struct page *page, enum word word, const char *const values[]) {
    page_markup(page, "<li>");
    page_words(page, word, values);
    page_markup(page, "</li>\n");
}

/* Whether somebody is on a plan with awards that come later. */
static bool pays_awards(const struct parameters *parameters) {
    for (size_t r = 0; r < parameters->role_count; r++) {
        const struct plan *plan = page_plan_of(parameters, &parameters->roles[r]);
        for (size_t c = 0; plan != NULL && c < plan->component_count; c++) {
            if (component_is_award(&plan->components[c])) {
                return true;
            }
        }
    }
    return false;
}

/* Now or after a change. */
static bool has_awards(const struct parameters *parameters) {
    bool any = pays_awards(parameters);
    for (size_t k = 0; !any && k < parameters->change_count; k++) {
        any = pays_awards(parameters->changes[k].set.parameters);
    }
    return any;
}

void page_limits(struct page *page, const struct scenario *const scenarios[], size_t count,
                 uint64_t histories) {
    bool awards = false;
    char number[WORDS_SIZE];
    for (size_t s = 0; s < count; s++) {
        awards = awards || has_awards(&scenarios[s]->parameters);
    }
    page_markup(page, "<ul class=\"limits\">\n");
    write_limit(page, WORD_LIMIT_IF, WORDS(""));
    if (awards) {
        write_limit(page, WORD_LIMIT_AWARDS, WORDS(""));
    }
    write_limit(page, WORD_LIMIT_CHANCE, WORDS(""));
    write_limit(page, WORD_LIMIT_PROFIT, WORDS(""));
    if (histories < MANY_HISTORIES) {
        write_limit(page, histories == 1 ? WORD_LIMIT_ONE : WORD_LIMIT_FEW,
                    WORDS(words_count(number, page->language, histories)));
    }
    page_markup(page, "</ul>\n");
}

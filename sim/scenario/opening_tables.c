#include "scenario/opening_tables.h"

#include "scenario/layers.h"
#include "scenario/opening_rows.h"
#include "scenario/reader.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void complain_at(struct error *error, const struct setting *setting, const char *path,
                        const char *sentence) {
    struct text place = {0};
    setting_place(setting, &place);
    if (setting->source->command_line) { /* its place is the path */
        error_add(error, ERROR_QUESTION, "%s%s", text_bytes(&place), sentence);
    } else {
        error_add(error, ERROR_QUESTION, "%s%s: %s", text_bytes(&place), path, sentence);
    }
    text_free(&place);
}

/* Sentences of a report, a line each. */
static void take_report(struct filling *filling, struct table_report *report, struct text *notes,
                        size_t *note_count) {
    for (const char *line = text_bytes(&report->bad); *line != '\0';) {
        size_t length = strcspn(line, "\n");
        error_add(filling->error, ERROR_QUESTION, "%.*s", (int)length, line);
        line += length + (line[length] == '\n');
    }
    text_add(notes, "%s", text_bytes(&report->notes));
    for (const char *at = text_bytes(&report->notes); (at = strchr(at, '\n')) != NULL; at++) {
        *note_count += 1;
    }
    if (filling->left > 0) {
        text_add(notes, "%s: %ld who left before start.date are left out\n", filling->path,
                 filling->left);
        *note_count += 1;
    }
    table_report_free(report);
}

/* The path of a table, relative to the file that names it, or to where the command is run. */
static bool find_table(const struct setting *named, const char *key, char path[LAYERS_PATH_SIZE],
                       struct error *error) {
    struct text sentence = {0};
    const char *base = named->source->command_line ? "" : named->source->name;
    if (!layers_resolve(path, base, named->value.text)) {
        text_add(&sentence, "that is no path of a file");
    } else if (access(path, R_OK) != 0) {
        text_add(&sentence, "%s cannot be read: %s (a path is relative to the file it stands in)",
                 path, strerror(errno));
    }
    bool good = sentence.length == 0;
    if (!good) {
        complain_at(error, named, key, text_bytes(&sentence));
    }
    text_free(&sentence);
    return good;
}

/* The list of rows in the place of an earlier one. */
static void put(struct setting *start, struct setting *list) {
    struct setting *old = setting_member(start, list->name, strlen(list->name));
    if (old == NULL) {
        setting_append(start, list);
    } else {
        setting_replace(start, old, list);
    }
}

struct table_kind {
    const char *file; /* in start */
    const char *rows;
    const char *group;   /* column that names an entry of ... */
    const char *entries; /* ... this collection, in which ... */
    const char *count;   /* ... this follows */
};

static const struct table_kind PEOPLE = {"people", "staff", "role", "roles", "headcount"};
static const struct table_kind ACCOUNTS = {"accounts", "book", "segment", "segments", "accounts"};

static const char *group_of(const struct table_kind *kind, const struct setting *row) {
    const struct setting *member = setting_member(row, kind->group, strlen(kind->group));
    return member == NULL || member->kind != SETTING_TEXT ? "" : member->value.text;
}

/* Headcount of a role, or accounts of a segment, as many as there are rows. */
static void let_follow(struct tree *tree, const struct setting *start,
                       const struct table_kind *kind, struct error *error) {
    const struct setting *list = setting_member(start, kind->rows, strlen(kind->rows));
    const struct setting *entries =
        setting_member(tree->root, kind->entries, strlen(kind->entries));
    struct setting *entry =
        list == NULL || entries == NULL || entries->kind != SETTING_GROUP ? NULL : entries->first;
    for (; entry != NULL; entry = entry->next) {
        long long count = 0;
        const struct setting *first = NULL;
        for (const struct setting *row = list->first; row != NULL; row = row->next) {
            bool mine = strcmp(group_of(kind, row), entry->name) == 0;
            first = mine && first == NULL ? row : first;
            count += mine;
        }
        struct setting *written = setting_member(entry, kind->count, strlen(kind->count));
        if (count == 0 || entry->kind != SETTING_GROUP || (written != NULL && !written->yields)) {
            continue;
        }
        struct setting *follows = setting_create(SETTING_WHOLE, kind->count, strlen(kind->count),
                                                 first->source, first->line, error);
        if (follows == NULL) {
            return;
        }
        follows->value.whole = count;
        if (written == NULL) {
            setting_append(entry, follows);
        } else {
            setting_replace(entry, written, follows);
        }
    }
}

/* Counts that stand in layers below give way. */
static void let_yield(const struct setting *root, const struct table_kind *kind) {
    const struct setting *entries = setting_member(root, kind->entries, strlen(kind->entries));
    for (struct setting *entry = entries == NULL ? NULL : entries->first; entry != NULL;
         entry = entry->next) {
        struct setting *count = setting_member(entry, kind->count, strlen(kind->count));
        if (count != NULL) {
            count->yields = true;
        }
    }
}

/* Begins the list of rows of the table at `path`; false without memory. */
static bool begin(struct filling *filling, const struct table_kind *kind, const char *path) {
    filling->source = tree_source(filling->tree, path, false, filling->error);
    filling->list = filling->source == NULL
                        ? NULL
                        : setting_create(SETTING_LIST, kind->rows, strlen(kind->rows),
                                         filling->source, 1, filling->error);
    filling->path = path;
    filling->left = 0;
    filling->taken = 0;
    if (filling->list == NULL) {
        return false;
    }
    filling->source->table = true;
    return true;
}

/* Whether the rows of the table are good; otherwise `last` has the sum of bad ones. */
static bool read_rows(struct filling *filling, const struct table_kind *kind, const char *path,
                      struct table_report *report, struct error *last) {
    const struct table_options options = {.complete = true};
    bool people = kind == &PEOPLE;
    if (people) {
        dictionary_free(&filling->people);
        filling->people = (struct dictionary){0};
    }
    return begin(filling, kind, path) &&
           (people ? people_read(path, &options, filling_take_person, filling, report, last)
                   : accounts_read(path, &options, filling_take_account, filling, report, last));
}

static bool read_table(struct filling *filling, const struct table_kind *kind,
                       const struct setting *named, struct setting *start, struct text *notes,
                       size_t *note_count) {
    char path[LAYERS_PATH_SIZE];
    char key[64];
    struct table_report report = {0};
    struct error *error = filling->error;
    size_t before = error->count;
    (void)snprintf(key, sizeof key, "start.%s", kind->file);
    if (!find_table(named, key, path, error)) {
        return false;
    }
    if (named->source->command_line) {
        let_yield(filling->tree->root, kind);
    }
    struct error last = {0}; /* the sum of bad rows comes behind them */
    bool good = read_rows(filling, kind, path, &report, &last);
    long rows = report.rows + report.bad_rows;
    take_report(filling, &report, notes, note_count);
    filling->path = NULL; /* it ends here */
    if (!good && last.count > 0) {
        error_add(error, last.kind, "%.*s", (int)strcspn(error_text(&last), "\n"),
                  error_text(&last));
    }
    error_free(&last);
    if (filling->list == NULL) {
        return false;
    }
    good = good && error->count == before;
    if (good && filling->list->count == 0) {
        error_add(error, ERROR_QUESTION,
                  "%s:1: %s: there is no row; a heading and a row each are wanted", path,
                  kind->group);
        good = false;
    }
    if (kind == &PEOPLE) { /* a row that is no row keeps its name to itself */
        filling->people_known = filling->taken > 0 && filling->taken == rows;
    }
    put(start, filling->list);
    return good;
}

static const struct setting *named_file(const struct setting *start, const char *key) {
    const struct setting *named = setting_member(start, key, strlen(key));
    bool is_named = named != NULL && named->kind == SETTING_TEXT && *named->value.text != '\0';
    return is_named && !named->spoiled ? named : NULL;
}

static bool read_date(const struct setting *start, const struct setting *named, struct date *date,
                      struct error *error) {
    static const char WANTED[] =
        "the simulation starts in January, so write the first of January of some year, such as "
        "\"2026-01-01\", and tables of that day";
    const struct setting *written = named_file(start, "date");
    struct text sentence = {0};
    if (written == NULL) {
        text_add(&sentence, "is missing: on which day is the firm as the tables say? %s", WANTED);
    } else if (!date_read(written->value.text, date, &sentence)) {
        struct text shown = {0};
        setting_describe(written, &shown);
        text_add(&shown, " %s", text_bytes(&sentence));
        text_free(&sentence);
        sentence = shown;
    } else if (date->month != 1 || date->day != 1) {
        text_add(&sentence, "%s", WANTED);
    }
    bool good = sentence.length == 0;
    if (!good) {
        complain_at(error, written == NULL ? named : written, "start.date", text_bytes(&sentence));
    }
    text_free(&sentence);
    return good;
}

/* The people whom the scenario lists itself. */
static void know_listed(struct filling *filling, const struct setting *start) {
    const struct setting *staff = setting_member(start, PEOPLE.rows, strlen(PEOPLE.rows));
    const struct setting *person = staff == NULL ? NULL : staff->first;
    filling->people_known = true;
    for (; person != NULL; person = person->next) {
        const struct setting *name = setting_member(person, "name", strlen("name"));
        size_t number = 0;
        filling->people_known =
            filling->people_known && name != NULL && name->kind == SETTING_TEXT &&
            dictionary_add(&filling->people, name->value.text, &number, filling->error);
    }
}

/* Both are read, so that all is said at once. */
static bool read_tables(struct filling *filling, struct setting *start, struct text *notes,
                        size_t *note_count) {
    const struct setting *people = named_file(start, PEOPLE.file);
    const struct setting *accounts = named_file(start, ACCOUNTS.file);
    bool good = true;
    filling->people_known = false;
    if (people != NULL) {
        good = read_table(filling, &PEOPLE, people, start, notes, note_count);
    } else {
        know_listed(filling, start);
    }
    if (accounts != NULL) {
        good = read_table(filling, &ACCOUNTS, accounts, start, notes, note_count) && good;
    }
    dictionary_free(&filling->people);
    filling->people = (struct dictionary){0};
    return good;
}

/* Whether a name that the scenario does not know now may be known, or be another one, behind this
 * --set. */
static bool may_name(const struct tree *tree, const char *assignment) {
    static const char *const COLLECTIONS[] = {"roles", "segments", "plans"};
    const char *rest = assignment;
    struct step step;
    if (!path_step(&rest, &step) || step.name == NULL) {
        return false;
    }
    size_t plain = strcspn(step.name, "= "); /* of a whole group that is written anew */
    step.length = plain < step.length ? plain : step.length;
    for (size_t c = 0; c < sizeof COLLECTIONS / sizeof *COLLECTIONS; c++) {
        size_t length = strlen(COLLECTIONS[c]);
        if (step.length == length && strncmp(step.name, COLLECTIONS[c], length) == 0) {
            const struct setting *entries = setting_member(tree->root, COLLECTIONS[c], length);
            return entries == NULL || !path_step(&rest, &step) || step.name == NULL ||
                   setting_member(entries, step.name, step.length) == NULL;
        }
    }
    return step.length == strlen("start") && strncmp(step.name, "start", step.length) == 0 &&
           !opening_tables_chooses(assignment);
}

void opening_tables_read(struct tree *tree, const char *const sets[], size_t set_count,
                         struct text *notes, size_t *note_count, struct error *error) {
    struct setting *start = setting_member(tree->root, "start", strlen("start"));
    if (start == NULL || start->kind != SETTING_GROUP) {
        return;
    }
    struct filling filling = {.tree = tree, .naming = !tree->incomplete, .error = error};
    for (size_t i = 0; i < set_count; i++) {
        filling.naming = filling.naming && !may_name(tree, sets[i]);
    }
    const struct setting *people = named_file(start, PEOPLE.file);
    const struct setting *named = people != NULL ? people : named_file(start, ACCOUNTS.file);
    bool good = named == NULL || (read_date(start, named, &filling.date, error) &&
                                  read_tables(&filling, start, notes, note_count));
    tree->incomplete = tree->incomplete || !good;
    let_follow(tree, start, &PEOPLE, error);
    let_follow(tree, start, &ACCOUNTS, error);
}

/* The entries' counts in `base` give way to the rows that `over` brings. */
static void give_way(struct setting *base, const struct setting *over,
                     const struct table_kind *kind) {
    const struct setting *start = setting_member(over, "start", strlen("start"));
    if (start == NULL) {
        return;
    }
    bool lists = setting_member(start, kind->rows, strlen(kind->rows)) != NULL;
    struct setting *below = setting_member(base, "start", strlen("start"));
    struct setting *named =
        below == NULL || !lists ? NULL : setting_member(below, kind->file, strlen(kind->file));
    if (named != NULL) {
        setting_detach(below, named);
        setting_free(named);
    }
    if (lists || setting_member(start, kind->file, strlen(kind->file)) != NULL) {
        let_yield(base, kind);
    }
}

void opening_tables_merge(struct setting *base, const struct setting *over) {
    give_way(base, over, &PEOPLE);
    give_way(base, over, &ACCOUNTS);
}

bool opening_tables_chooses(const char *assignment) {
    static const char *const KEYS[] = {"start.people", "start.accounts", "start.date"};
    size_t length = strcspn(assignment, "= ");
    for (size_t k = 0; k < sizeof KEYS / sizeof *KEYS; k++) {
        if (strlen(KEYS[k]) == length && strncmp(KEYS[k], assignment, length) == 0) {
            return true;
        }
    }
    return false;
}

#include "base/memory.h"
#include "report/store_parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char COLUMNS[] = "id, name, question, plans, seed, replications, years, version, "
                              "revision, stored, swept, hash";

/* Every path that was swept in some run. */
struct paths {
    struct text *names;
    size_t count;
    size_t capacity;
};

static void paths_free(struct paths *paths) {
    for (size_t p = 0; p < paths->count; p++) {
        text_free(&paths->names[p]);
    }
    free(paths->names);
    *paths = (struct paths){0};
}

static bool paths_read(struct paths *paths, struct store *store, struct error *error) {
    struct store_row row = store_row_begin(store, "SELECT DISTINCT path FROM swept ORDER BY path");
    bool good = true;
    while (good && store_row_read(&row)) {
        void *array = paths->names;
        good = memory_grow(&array, &paths->capacity, paths->count + 1, sizeof(struct text),
                           "swept paths", error);
        paths->names = array;
        if (good) {
            paths->names[paths->count] = (struct text){0};
            store_column_text(&row, 0, &paths->names[paths->count++]);
        }
    }
    return store_row_end(&row, "read", error) && good;
}

static bool paths_have(const struct paths *paths, const char *word, size_t length) {
    for (size_t p = 0; p < paths->count; p++) {
        const char *name = text_bytes(&paths->names[p]);
        if (strlen(name) == length && strncmp(name, word, length) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_of_path(char letter) {
    return isalnum((unsigned char)letter) || strchr("_.[]", letter) != NULL;
}

/* The expression with its paths between double quotes, as SQL wants names that hold points; what
 * stands between quotes is left as it is. */
static void add_expression(struct text *text, const char *where, const struct paths *paths) {
    while (*where != '\0') {
        size_t length = 1;
        bool path = false;
        if (*where == '\'' || *where == '"') {
            const char *end = strchr(where + 1, *where);
            length = end == NULL ? strlen(where) : (size_t)(end - where) + 1;
        } else if (is_of_path(*where)) {
            while (where[length] != '\0' && is_of_path(where[length])) {
                length++;
            }
            path = paths_have(paths, where, length);
        }
        text_add(text, path ? "\"%.*s\"" : "%.*s", (int)length, where);
        where += length;
    }
}

/* A name or text of SQL between `quote`s. */
static void add_quoted(struct text *text, const char *words, char quote) {
    text_add(text, "%c", quote);
    for (; *words != '\0'; words++) {
        text_add(text, *words == quote ? "%c%c" : "%c", *words, *words);
    }
    text_add(text, "%c", quote);
}

/* One row a run, one column a path; the expression stands alone in its line, so that a comment in
 * it ends. */
static void add_question(struct text *text, const char *where, const struct paths *paths) {
    text_add(text, "SELECT id, seed, replications, years, name, version || ' ' || revision, swept "
                   "FROM (SELECT id, name, question, plans, seed, replications, years, version, "
                   "revision, stored, hash, (SELECT group_concat(path || '=' || value, ' ') FROM "
                   "swept WHERE run = id) AS swept");
    for (size_t p = 0; p < paths->count; p++) {
        text_add(text, ", (SELECT value FROM swept WHERE run = id AND path = ");
        add_quoted(text, text_bytes(&paths->names[p]), '\'');
        text_add(text, ") AS ");
        add_quoted(text, text_bytes(&paths->names[p]), '"');
    }
    text_add(text, " FROM runs) WHERE (\n");
    add_expression(text, where == NULL ? "1" : where, paths);
    text_add(text, "\n) ORDER BY id");
}

/* What a person wrote may look, not touch: no other statement, file, setting or extension. */
static int authorize(void *context, int action, const char *first, const char *second,
                     const char *database, const char *trigger) {
    (void)context;
    (void)first;
    (void)database;
    (void)trigger;
    bool allowed = action == SQLITE_SELECT || action == SQLITE_READ ||
                   (action == SQLITE_FUNCTION && strcmp(second, "load_extension") != 0);
    return allowed ? SQLITE_OK : SQLITE_DENY;
}

static bool complain(const char *where, const char *why, const struct paths *paths,
                     struct error *error) {
    struct text list = {0};
    for (size_t p = 0; p < paths->count && p < 12; p++) {
        text_add(&list, ", %s", text_bytes(&paths->names[p]));
    }
    (void)error_add(error, ERROR_QUESTION,
                    "--where '%s': %s; write an expression of SQL such as \"name = 'hybrid' AND "
                    "seed = 1\" over the columns %s%s%s (docs/store.md)",
                    where == NULL ? "" : where, why, COLUMNS, text_bytes(&list),
                    paths->count > 12 ? ", ..." : "");
    text_free(&list);
    return false;
}

static bool add_entry(struct store_choice *choice, const struct store_row *row,
                      struct error *error) {
    void *array = choice->entries;
    if (!memory_grow(&array, &choice->capacity, choice->count + 1, sizeof *choice->entries,
                     "runs of a store", error)) {
        return false;
    }
    choice->entries = array;
    struct store_entry *entry = &choice->entries[choice->count++];
    *entry = (struct store_entry){
        .id = sqlite3_column_int64(row->statement, 0),
        .seed = sqlite3_column_int64(row->statement, 1),
        .replications = sqlite3_column_int64(row->statement, 2),
        .years = sqlite3_column_int64(row->statement, 3),
    };
    store_column_text(row, 4, &entry->name);
    store_column_text(row, 5, &entry->program);
    store_column_text(row, 6, &entry->swept);
    return true;
}

static bool count_runs(struct store *store, long long *count, struct error *error) {
    struct store_row row = store_row_begin(store, "SELECT count(*) FROM runs");
    *count = store_row_read(&row) ? sqlite3_column_int64(row.statement, 0) : 0;
    return store_row_end(&row, "read", error);
}

/* An unknown name between double quotes is a mistake, not a text. */
static bool be_strict(struct store *store) {
    return sqlite3_db_config(store->database, SQLITE_DBCONFIG_DQS_DML, 0, NULL) == SQLITE_OK;
}

static bool choose(struct store *store, const char *where, const struct paths *paths,
                   struct store_choice *choice, struct error *error) {
    struct text question = {0};
    bool good = true;
    add_question(&question, where, paths);
    if (question.failed) {
        text_free(&question);
        return error_add(error, ERROR_FAILURE, "not enough memory for a question to the store");
    }
    (void)sqlite3_set_authorizer(store->database, authorize, NULL);
    struct store_row row = {.store = store};
    const char *rest = NULL;
    row.failed = sqlite3_prepare_v2(store->database, text_bytes(&question), -1, &row.statement,
                                    &rest) != SQLITE_OK;
    if (!row.failed && *rest != '\0') { /* a semicolon has ended it early */
        good = complain(where, "it is more than one expression", paths, error);
    }
    while (good && store_row_read(&row)) {
        good = add_entry(choice, &row, error);
    }
    if (row.failed) {
        good = complain(where, sqlite3_errmsg(store->database), paths, error);
    }
    (void)sqlite3_finalize(row.statement);
    (void)sqlite3_set_authorizer(store->database, NULL, NULL);
    text_free(&question);
    return good;
}

bool store_choose(struct store *store, const char *where, struct store_choice *choice,
                  struct error *error) {
    struct paths paths = {0};
    *choice = (struct store_choice){0};
    bool good = (be_strict(store) || store_complain(store, "read", error)) &&
                count_runs(store, &choice->stored, error) && paths_read(&paths, store, error) &&
                choose(store, where, &paths, choice, error);
    paths_free(&paths);
    return good;
}

void store_choice_free(struct store_choice *choice) {
    for (size_t n = 0; n < choice->count; n++) {
        text_free(&choice->entries[n].name);
        text_free(&choice->entries[n].program);
        text_free(&choice->entries[n].swept);
    }
    free(choice->entries);
    *choice = (struct store_choice){0};
}

#include "cli/stored_runs.h"

#include "base/memory.h"
#include "engine/table.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RUNS_NAMED = 6 };

/* What must not differ between runs that are compared. */
enum property { SEED, REPLICATIONS, YEARS, PROGRAM, PROPERTIES };

/* As it reads in a sentence, and in an expression. */
static const char *const PROPERTY_NAMES[PROPERTIES] = {"seed", "replications", "years",
                                                       "program (version and revision)"};
static const char *const PROPERTY_COLUMNS[PROPERTIES] = {"seed", "replications", "years",
                                                         "version || ' ' || revision"};

static void add_property(struct text *text, const struct store_entry *entry, enum property which) {
    if (which == PROGRAM) {
        text_add(text, "'%s'", text_bytes(&entry->program));
    } else {
        text_add(text, "%lld",
                 which == SEED           ? entry->seed
                 : which == REPLICATIONS ? entry->replications
                                         : entry->years);
    }
}

static bool same_property(const struct store_entry *one, const struct store_entry *other,
                          enum property which) {
    struct text first = {0};
    struct text second = {0};
    add_property(&first, one, which);
    add_property(&second, other, which);
    bool same = strcmp(text_bytes(&first), text_bytes(&second)) == 0;
    text_free(&first);
    text_free(&second);
    return same;
}

/* "runs 1, 2 and others" of those that share the property with entry `n`. */
static void add_runs(struct text *text, const struct store_choice *choice, size_t n,
                     enum property which) {
    size_t named = 0;
    for (size_t e = n; e < choice->count; e++) {
        if (same_property(&choice->entries[n], &choice->entries[e], which)) {
            named++;
            if (named <= RUNS_NAMED) {
                text_add(text, "%s%lld", named == 1 ? "run " : ", ", choice->entries[e].id);
            }
        }
    }
    if (named > RUNS_NAMED) {
        text_add(text, " and %zu more", named - RUNS_NAMED);
    }
}

static bool first_of_its_kind(const struct store_choice *choice, size_t n, enum property which) {
    for (size_t e = 0; e < n; e++) {
        if (same_property(&choice->entries[e], &choice->entries[n], which)) {
            return false;
        }
    }
    return true;
}

/* "--where '(name = 'a') AND seed = 1'", between double quotes when the expression has single ones.
 */
static void add_narrower(struct text *text, const char *where, const struct store_entry *entry,
                         enum property which) {
    text_add(text, "--where \"");
    if (where != NULL) {
        text_add(text, "(%s) AND ", where);
    }
    text_add(text, "%s = ", PROPERTY_COLUMNS[which]);
    add_property(text, entry, which);
    text_add(text, "\"");
}

static bool check_property(const struct store_choice *choice, const char *where,
                           enum property which, struct error *error) {
    struct text kinds = {0};
    struct text narrower = {0};
    size_t count = 0;
    for (size_t n = 0; n < choice->count; n++) {
        if (first_of_its_kind(choice, n, which)) {
            text_add(&kinds, "%s", count++ == 0 ? "" : "; ");
            add_property(&kinds, &choice->entries[n], which);
            text_add(&kinds, " in ");
            add_runs(&kinds, choice, n, which);
        }
    }
    add_narrower(&narrower, where, &choice->entries[0], which);
    if (count > 1) {
        (void)error_add(error, ERROR_QUESTION,
                        "the runs found differ in %s: %s; runs are compared history by history "
                        "and must share it: narrow the choice, for example %s",
                        PROPERTY_NAMES[which], text_bytes(&kinds), text_bytes(&narrower));
    }
    text_free(&kinds);
    text_free(&narrower);
    return count <= 1;
}

static bool check_count(const struct stored_runs *runs, const char *file, const char *where,
                        size_t most, struct error *error) {
    const struct store_choice *choice = &runs->choice;
    const char *given = where == NULL ? "1" : where;
    if (choice->count == 0) {
        return error_add(error, ERROR_QUESTION,
                         "--where \"%s\" finds none of the %lld runs in %s; what there is: sqlite3 "
                         "%s 'SELECT * FROM latest_runs' (docs/store.md)",
                         given, choice->stored, file, file);
    }
    if (choice->count == 1) {
        return error_add(error, ERROR_QUESTION,
                         "--where \"%s\" finds only one of the %lld runs in %s, run %lld (%s): a "
                         "comparison needs two or more; what there is: sqlite3 %s 'SELECT * FROM "
                         "latest_runs' (docs/store.md)",
                         given, choice->stored, file, choice->entries[0].id,
                         text_bytes(&choice->entries[0].name), file);
    }
    return choice->count <= most ||
           error_add(
               error, ERROR_QUESTION,
               "--where \"%s\" finds %zu runs in %s, a comparison takes up to %zu: narrow the "
               "choice by name, plans or what was swept (docs/store.md)",
               given, choice->count, file, most);
}

bool stored_runs_choose(struct stored_runs *runs, const char *file, const char *where, size_t most,
                        struct error *error) {
    bool good = store_open_reading(&runs->store, file, error) &&
                store_choose(&runs->store, where, &runs->choice, error);
    for (int which = 0; good && runs->choice.count > 1 && which < PROPERTIES; which++) {
        good = check_property(&runs->choice, where, (enum property)which, error);
    }
    return good && check_count(runs, file, where, most, error);
}

static bool write_all(int descriptor, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t written = write(descriptor, bytes, length);
        if (written <= 0) {
            return false;
        }
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

/* The reader of scenarios reads files: the text becomes one for a moment. */
static bool load_text(struct scenario *scenario, const struct text *words, struct error *error) {
    const char *folder = getenv("TMPDIR");
    struct text path = {0};
    text_add(&path, "%s/anreiz-XXXXXX", folder == NULL || *folder == '\0' ? "/tmp" : folder);
    int descriptor = path.failed ? -1 : mkstemp(path.bytes);
    if (descriptor < 0) {
        (void)error_add(error, ERROR_FAILURE,
                        "%s: no file can be made there for the scenario of a stored run; set "
                        "TMPDIR to a folder that may be written",
                        text_bytes(&path));
        text_free(&path);
        return false;
    }
    bool good = write_all(descriptor, text_bytes(words), words->length) ||
                error_add(error, ERROR_FAILURE, "%s: could not be written", text_bytes(&path));
    (void)close(descriptor);
    good = good && scenario_load(scenario, text_bytes(&path), NULL, 0, error);
    (void)unlink(text_bytes(&path));
    text_free(&path);
    return good;
}

static bool load_scenario(struct stored_runs *runs, size_t n, struct error *error) {
    struct text words = {0};
    struct error wrong = {0};
    const struct store_entry *entry = &runs->choice.entries[n];
    bool good = store_scenario(&runs->store, entry->id, &words, error);
    if (good && !load_text(&runs->scenarios[n], &words, &wrong)) {
        good = error_add(error, wrong.kind,
                         "%s: the scenario of run %lld, stored by anreiz %s, cannot be read: %.*s",
                         runs->store.path, entry->id, text_bytes(&entry->program),
                         (int)strcspn(error_text(&wrong), "\n"), error_text(&wrong));
    }
    error_free(&wrong);
    text_free(&words);
    return good;
}

/* The series that the run keeps, in the order of the tables. */
static bool load_shape(struct stored_runs *runs, size_t n, struct error *error) {
    const struct parameters *parameters = &runs->scenarios[n].parameters;
    struct table *shape = &runs->shapes[n];
    struct table all;
    bool good = table_list(&all, parameters, error);
    shape->years = (size_t)runs->choice.entries[n].years;
    shape->series = memory_array(all.series_count, sizeof *shape->series, "series", error);
    good = good && shape->series != NULL;
    for (size_t s = 0; good && s < all.series_count; s++) {
        struct text name = {0};
        bool there = false;
        series_name(&name, &all.series[s], parameters);
        good =
            store_keeps(&runs->store, runs->choice.entries[n].id, text_bytes(&name), &there, error);
        if (good && there) {
            shape->series[shape->series_count++] = all.series[s];
        }
        text_free(&name);
    }
    table_free(&all);
    return good;
}

/* Series by series as the store has them, history by history as the engine wants them. */
static bool load_histories(struct stored_runs *runs, size_t n, struct error *error) {
    const struct table *shape = &runs->shapes[n];
    const struct store_entry *entry = &runs->choice.entries[n];
    size_t replications = (size_t)entry->replications;
    size_t periods = table_periods(shape);
    size_t cells = table_cells(shape);
    double *column = memory_array(replications * periods, sizeof *column, "histories", error);
    runs->rows[n] = memory_array(replications * cells, sizeof *runs->rows[n], "histories", error);
    bool good = column != NULL && runs->rows[n] != NULL;
    for (size_t s = 0; good && s < shape->series_count; s++) {
        struct text name = {0};
        bool there = false;
        series_name(&name, &shape->series[s], &runs->scenarios[n].parameters);
        good = store_history(&runs->store, entry->id, text_bytes(&name), column,
                             replications * periods, &there, error);
        text_free(&name);
        for (size_t r = 0; good && r < replications; r++) {
            memcpy(&runs->rows[n][r * cells + s * periods], &column[r * periods],
                   periods * sizeof *column);
        }
    }
    free(column);
    return good;
}

bool stored_runs_load(struct stored_runs *runs, struct error *error) {
    size_t count = runs->choice.count;
    runs->scenarios = memory_array(count, sizeof *runs->scenarios, "scenarios", error);
    runs->pointers = memory_array(count, sizeof *runs->pointers, "scenarios", error);
    runs->shapes = memory_array(count, sizeof *runs->shapes, "runs", error);
    runs->rows = memory_array(count, sizeof *runs->rows, "runs", error);
    runs->histories = memory_array(count, sizeof *runs->histories, "runs", error);
    runs->swept = memory_array(count, sizeof *runs->swept, "runs", error);
    if (runs->scenarios == NULL || runs->pointers == NULL || runs->shapes == NULL ||
        runs->rows == NULL || runs->histories == NULL || runs->swept == NULL) {
        return false;
    }
    runs->count = count;
    bool good = true;
    for (size_t n = 0; good && n < count; n++) {
        runs->pointers[n] = &runs->scenarios[n];
        good = load_scenario(runs, n, error) && load_shape(runs, n, error) &&
               load_histories(runs, n, error) &&
               store_values(&runs->store, runs->choice.entries[n].id, &runs->swept[n], error);
        runs->histories[n] = (struct histories){&runs->shapes[n], runs->rows[n]};
    }
    return good;
}

void stored_runs_close(struct stored_runs *runs) {
    for (size_t n = 0; n < runs->count; n++) {
        scenario_free(&runs->scenarios[n]);
        table_free(&runs->shapes[n]);
        free(runs->rows[n]);
        store_values_free(&runs->swept[n]);
    }
    free(runs->scenarios);
    free(runs->pointers);
    free(runs->shapes);
    free(runs->rows);
    free(runs->histories);
    free(runs->swept);
    store_choice_free(&runs->choice);
    store_close(&runs->store);
    *runs = (struct stored_runs){0};
}

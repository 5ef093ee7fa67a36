#include "scenario/reference.h"

#include "base/roff.h"
#include "scenario/schema.h"

#include <string.h>

struct printer {
    FILE *file;
    bool markdown;
    const char *word; /* only rows that hold it */
};

/* What the reference says of a row, in words. */
struct entry {
    struct text type, fallback, allowed, usual, meaning;
    const char *source; /* "" for none */
};

/* One part of the reference: a schema and where its parameters stand in a scenario. */
struct part {
    const struct schema *schema;
    const char *title;
    const char *prefix;
};

static const struct part PARTS[] = {
    {&PARAMETERS_SCHEMA, "Simulation, firm, economy", ""},
    {&OPENING_PERSON_SCHEMA, "People of a real start", "start.staff.[N]."},
    {&OPENING_ACCOUNT_SCHEMA, "Customers of a real start", "start.book.[N]."},
    {&SEGMENT_SCHEMA, "Market segments", "segments.NAME."},
    {&STAGE_SCHEMA, "Stages of a pipeline", "segments.NAME.pipeline.stages.[N]."},
    {&ROLE_SCHEMA, "Roles", "roles.NAME."},
    {&LEVEL_SCHEMA, "Career levels", "roles.NAME.career.levels.[N]."},
    {&PLAN_SCHEMA, "Pay plans", "plans.NAME."},
    {&COMPONENT_SCHEMA, "Components of a pay plan", "plans.NAME.components.[N]."},
    {&COLUMN_SCHEMA, "Columns of a matrix", "plans.NAME.components.[N].matrix.columns.[N]."},
    {&OBJECTIVE_SCHEMA, "Objectives", "plans.NAME.components.[N].objectives.[N]."},
    {&GATE_SCHEMA, "Gates", "plans.NAME.components.[N].gates.[N]."},
    {&MULTIPLIER_SCHEMA, "Multipliers", "plans.NAME.components.[N].multipliers.[N]."},
    {&CHANGE_SCHEMA, "Dated changes", "changes.[N]."},
};

static const char *type_name(const struct row *row) {
    static const char *const NAMES[] = {
        [ROW_NUMBER] = "number",           [ROW_WHOLE] = "whole number",
        [ROW_SEED] = "whole number",       [ROW_TEXT] = "text",
        [ROW_NUMBERS] = "list of numbers", [ROW_CURVE] = "list of pairs",
        [ROW_NAMES] = "list of names",     [ROW_LIST] = "list of groups",
        [ROW_COLLECTION] = "named groups", [ROW_AMENDMENT] = "group of settings"};
    return row->choices != NULL                           ? "one of"
           : row->refers != NULL && row->type == ROW_TEXT ? "name"
                                                          : NAMES[row->type];
}

/* Numbers in the reference are for reading: .333333 is enough. */
static void add_brief(struct text *text, double value) {
    text_add(text, value >= 1e15 ? "%.0e" : value >= 1e5 ? "%.0f" : "%.6g", value);
}

static void add_type(const struct row *row, struct text *text) {
    text_add(text, "%s", type_name(row));
    if (row->choices != NULL) {
        text_add(text, " ");
        row_allowed(row, text);
    } else if (row->refers != NULL) {
        text_add(text, " in %s", row->refers);
    }
    if (row->unit != NULL) {
        text_add(text, ", %s", row->unit);
    }
}

static void add_fallback(const struct row *row, struct text *text) {
    if (row->required) {
        text_add(text, "must be written");
    } else if (row->fallback_text == NULL) {
        add_brief(text, row->fallback);
    } else if (*row->fallback_text == '\0') {
        text_add(text, "empty");
    } else if (strcmp(row->fallback_text, "()") == 0) {
        text_add(text, "none");
    } else {
        text_add(text, "%s", row->fallback_text);
    }
}

static void add_range(double low, double high, struct text *text) {
    add_brief(text, low);
    text_add(text, "..");
    add_brief(text, high);
}

static void add_allowed(const struct row *row, struct text *text) {
    bool is_counted =
        row->type == ROW_NAMES || row->type == ROW_LIST || row->type == ROW_COLLECTION;
    if (row->choices != NULL || row->type == ROW_AMENDMENT) {
        return;
    }
    if (row->type == ROW_TEXT) {
        if (row->refers == NULL) {
            text_add(text, "up to %zu bytes", row->size - 1);
        }
        return;
    }
    if (row->type == ROW_SEED) {
        row_allowed(row, text);
        return;
    }
    if (row->type == ROW_CURVE) {
        add_range(row->at_lowest, row->at_highest, text);
        text_add(text, ", ");
    }
    add_range(row->lowest, row->highest, text);
    text_add(text, is_counted ? " entries" : "");
}

static void add_usual(const struct row *row, struct text *text) {
    if (row->likely_low != 0.0 || row->likely_high != 0.0) {
        add_range(row->likely_low, row->likely_high, text);
    }
}

/* "For ltip, shares." */
static void add_kinds(const struct row *row, struct text *text) {
    const char *before = " For ";
    for (unsigned type = 0; row->kinds != 0 && COMPONENT_TYPES[type] != NULL; type++) {
        if ((row->kinds >> type & 1U) != 0) {
            text_add(text, "%s%s", before, COMPONENT_TYPES[type]);
            before = ", ";
        }
    }
    text_add(text, row->kinds == 0 ? "" : ".");
}

static struct entry describe(const struct row *row) {
    struct entry entry = {.source = row->source == NULL ? "" : row->source};
    add_type(row, &entry.type);
    add_fallback(row, &entry.fallback);
    add_allowed(row, &entry.allowed);
    add_usual(row, &entry.usual);
    text_add(&entry.meaning, "%s", row->meaning);
    add_kinds(row, &entry.meaning);
    return entry;
}

static void entry_free(struct entry *entry) {
    text_free(&entry->type);
    text_free(&entry->fallback);
    text_free(&entry->allowed);
    text_free(&entry->usual);
    text_free(&entry->meaning);
}

static void print_row(const struct printer *printer, const struct part *part, const struct row *row,
                      const struct entry *entry) {
    if (printer->markdown) {
        (void)fprintf(printer->file, "| `%s` | %s | %s | %s | %s | %s | %s |\n", row->path,
                      text_bytes(&entry->type), text_bytes(&entry->fallback),
                      text_bytes(&entry->allowed), text_bytes(&entry->usual),
                      text_bytes(&entry->meaning), entry->source);
    } else {
        (void)fprintf(printer->file, "%s%s\n    %s\n    %s; default %s", part->prefix, row->path,
                      text_bytes(&entry->meaning), text_bytes(&entry->type),
                      text_bytes(&entry->fallback));
        (void)fprintf(printer->file, entry->allowed.length > 0 ? "; allowed %s" : "%s",
                      text_bytes(&entry->allowed));
        (void)fprintf(printer->file, entry->usual.length > 0 ? "; usual %s" : "%s",
                      text_bytes(&entry->usual));
        (void)fprintf(printer->file, *entry->source != '\0' ? "\n    source: %s\n\n" : "%s\n\n",
                      entry->source);
    }
}

static void print_heading(const struct printer *printer, const struct part *part) {
    if (!printer->markdown) {
        (void)fprintf(printer->file, "== %s\n\n", part->title);
        return;
    }
    (void)fprintf(printer->file, "## %s\n\n", part->title);
    if (*part->prefix != '\0') {
        (void)fprintf(printer->file, "Under `%.*s`:\n\n", (int)strlen(part->prefix) - 1,
                      part->prefix);
    }
    (void)fputs("| parameter | type, unit | default | allowed | usual | meaning | source |\n"
                "|---|---|---|---|---|---|---|\n",
                printer->file);
}

static bool is_asked(const struct printer *printer, const struct part *part, const struct row *row,
                     const struct entry *entry) {
    char path[256];
    (void)snprintf(path, sizeof path, "%s%s", part->prefix, row->path);
    return strcasestr(path, printer->word) != NULL ||
           strcasestr(text_bytes(&entry->meaning), printer->word) != NULL;
}

static void print_part(const struct printer *printer, const struct part *part) {
    bool headed = false;
    for (size_t i = 0; i < part->schema->count; i++) {
        const struct row *row = &part->schema->rows[i];
        struct entry entry = describe(row);
        if (is_asked(printer, part, row, &entry)) {
            if (!headed) {
                print_heading(printer, part);
            }
            headed = true;
            print_row(printer, part, row, &entry);
        }
        entry_free(&entry);
    }
    if (printer->markdown && headed) {
        (void)fputs("\n", printer->file);
    }
}

bool parameters_print(FILE *file, bool markdown, const char *word) {
    struct printer printer = {.file = file, .markdown = markdown, .word = word};
    if (markdown) {
        (void)fputs("# Parameters of a scenario\n\n"
                    "Generated by `anreiz parameters --markdown`; do not edit.\n\n"
                    "A scenario is a file in libconfig's syntax. `NAME` is any name that you "
                    "choose, `[N]` an entry of a list, counted from 0; the path of a parameter in "
                    "a file is also its path in `--set`. Values outside of the allowed range are "
                    "errors, values outside of the usual range are noted, on stderr or by `anreiz "
                    "check`.\n\n"
                    "Besides parameters, a file may hold `extends = [\"file.cfg\"]` (what it "
                    "builds on, later over earlier) and `remove = [\"roles.kam\"]` (what it takes "
                    "out of that).\n\n",
                    file);
    }
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
        print_part(&printer, &PARTS[i]);
    }
    return fflush(file) == 0 && !ferror(file);
}

void parameters_paths(FILE *file) {
    for (size_t p = 0; p < sizeof PARTS / sizeof *PARTS; p++) {
        for (size_t i = 0; i < PARTS[p].schema->count; i++) {
            (void)fprintf(file, "%s%s\n", PARTS[p].prefix, PARTS[p].schema->rows[i].path);
        }
    }
}

static void add_roff(struct text *page, const char *before, const char *plain) {
    if (*plain != '\0') {
        text_add(page, "%s", before);
        roff_add(page, plain, strlen(plain));
    }
}

static void add_manual_row(struct text *page, const struct part *part, const struct row *row) {
    struct entry entry = describe(row);
    add_roff(page, ".TP\n.B ", part->prefix);
    add_roff(page, *part->prefix == '\0' ? ".TP\n.B " : "", row->path);
    add_roff(page, "\n", text_bytes(&entry.meaning));
    add_roff(page, "\n.br\n", text_bytes(&entry.type));
    add_roff(page, "; default ", text_bytes(&entry.fallback));
    add_roff(page, "; allowed ", text_bytes(&entry.allowed));
    add_roff(page, "; usual ", text_bytes(&entry.usual));
    add_roff(page, ".\n.br\nSource: ", entry.source);
    text_add(page, ".\n");
    entry_free(&entry);
}

void parameters_manual(struct text *page) {
    for (size_t p = 0; p < sizeof PARTS / sizeof *PARTS; p++) {
        add_roff(page, ".SS ", PARTS[p].title);
        text_add(page, "\n");
        for (size_t i = 0; i < PARTS[p].schema->count; i++) {
            add_manual_row(page, &PARTS[p], &PARTS[p].schema->rows[i]);
        }
    }
}

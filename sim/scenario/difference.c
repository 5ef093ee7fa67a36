#include "scenario/difference.h"

#include "scenario/reader.h"

#include <string.h>

static bool is_elements(const struct row *row) {
    return row->type == ROW_LIST || row->type == ROW_COLLECTION;
}

static bool objects_same(const struct schema *schema, const void *before, const void *after);

static bool same_elements(const struct row *row, const void *before, const void *after) {
    size_t count = row_count(row, before);
    const char *old = row_elements(row, before);
    const char *new = row_elements(row, after);
    if (count != row_count(row, after)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        size_t offset = i * row->elements->size;
        if (!objects_same(row->elements, old + offset, new + offset)) {
            return false;
        }
    }
    return true;
}

static bool same_row(const struct row *row, const void *before, const void *after) {
    if (is_elements(row)) {
        return same_elements(row, before, after);
    }
    return row->type == ROW_AMENDMENT || memcmp((const char *)before + row->offset,
                                                (const char *)after + row->offset, row->size) == 0;
}

static bool objects_same(const struct schema *schema, const void *before, const void *after) {
    bool same = !schema->keyed || strcmp(before, after) == 0;
    for (size_t i = 0; same && i < schema->count; i++) {
        same = same_row(&schema->rows[i], before, after);
    }
    return same;
}

struct differences {
    const char *indent;
    struct text *out;
};

static void add_objects(const struct differences *differences, const struct schema *schema,
                        const char *path, const void *before, const void *after);

/* The entry of the same name, or at the same place. */
static const char *counterpart(const struct row *row, const void *object, const char *entry,
                               size_t index) {
    const char *elements = row_elements(row, object);
    size_t count = row_count(row, object);
    for (size_t i = 0; row->elements->keyed && i < count; i++) {
        if (strcmp(elements + i * row->elements->size, entry) == 0) {
            return elements + i * row->elements->size;
        }
    }
    return row->elements->keyed || index >= count ? NULL : elements + index * row->elements->size;
}

static void add_elements(const struct differences *differences, const struct row *row,
                         const char *path, const void *before, const void *after) {
    const char *elements = row_elements(row, after);
    size_t count = row_count(row, after);
    size_t old_count = row_count(row, before);
    for (size_t i = 0; i < count; i++) {
        const char *entry = elements + i * row->elements->size;
        const char *old = counterpart(row, before, entry, i);
        bool keyed = row->elements->keyed;
        char below[PATH_SIZE];
        path_join(below, path,
                  &(struct step){.name = keyed ? entry : NULL,
                                 .length = keyed ? strlen(entry) : 0,
                                 .index = i});
        if (old == NULL) {
            text_add(differences->out, "%s%s: new\n", differences->indent, below);
        } else {
            add_objects(differences, row->elements, below, old, entry);
        }
    }
    if (count < old_count) {
        text_add(differences->out, "%s%s: %zu -> %zu entries\n", differences->indent, path,
                 old_count, count);
    }
}

static void add_objects(const struct differences *differences, const struct schema *schema,
                        const char *path, const void *before, const void *after) {
    for (size_t i = 0; i < schema->count; i++) {
        const struct row *row = &schema->rows[i];
        char below[PATH_SIZE];
        if (same_row(row, before, after) || row->elements == &CHANGE_SCHEMA ||
            (row->lasting != NULL && schema == &PARAMETERS_SCHEMA)) {
            continue;
        }
        path_join(below, path, &(struct step){.name = row->path, .length = strlen(row->path)});
        if (is_elements(row)) {
            add_elements(differences, row, below, before, after);
            continue;
        }
        text_add(differences->out, "%s%s: ", differences->indent, below);
        value_write(row, (const char *)before + row->offset, differences->out);
        text_add(differences->out, " -> ");
        value_write(row, (const char *)after + row->offset, differences->out);
        text_add(differences->out, "\n");
    }
}

void scenario_differences(const struct parameters *before, const struct parameters *after,
                          const char *indent, struct text *out) {
    struct differences differences = {indent, out};
    add_objects(&differences, &PARAMETERS_SCHEMA, "", before, after);
}

bool difference_is_of_pay(const char *line) {
    static const char *const PATHS[] = {"plans.", "plans:", "name:", "question:"};
    static const char *const OF_ROLES[] = {".plan:", ".career.levels"};
    size_t path = strcspn(line, ":\n") + 1;
    for (size_t p = 0; p < sizeof PATHS / sizeof PATHS[0]; p++) {
        if (strncmp(line, PATHS[p], strlen(PATHS[p])) == 0) {
            return true;
        }
    }
    for (size_t p = 0; strncmp(line, "roles.", 6) == 0 && p < sizeof OF_ROLES / sizeof OF_ROLES[0];
         p++) {
        const char *found = strstr(line, OF_ROLES[p]);
        if (found != NULL && found < line + path) {
            return true;
        }
    }
    return false;
}

static const struct plan *plan_named(const struct parameters *parameters, const char *name) {
    size_t p = 0;
    while (strcmp(parameters->plans[p].name, name) != 0) {
        p++; /* a checked scenario names only plans that exist */
    }
    return &parameters->plans[p];
}

static bool is_named(const struct names *names, const char *name) {
    for (size_t n = 0; n < names->count; n++) {
        if (strcmp(names->name[n], name) == 0) {
            return true;
        }
    }
    return false;
}

/* Rules are about the owners of a segment and the roles that take over from them. */
static bool rules_concern(const struct segment *was, const struct segment *is, const char *role) {
    bool concerns = is_named(&was->coverage.owners, role) || is_named(&is->coverage.owners, role);
    for (size_t k = 0; k < was->coverage.rule_count; k++) {
        concerns |= strcmp(was->coverage.rules[k].role, role) == 0;
    }
    for (size_t k = 0; k < is->coverage.rule_count; k++) {
        concerns |= strcmp(is->coverage.rules[k].role, role) == 0;
    }
    return concerns;
}

static bool rules_differ(const struct segment *was, const struct segment *is) {
    bool differ = false;
    for (size_t i = 0; i < SEGMENT_SCHEMA.count; i++) {
        const struct row *row = &SEGMENT_SCHEMA.rows[i];
        differ |= strcmp(row->path, "coverage.rules") == 0 && !same_row(row, was, is);
    }
    return differ;
}

bool role_differs(const struct parameters *before, const struct parameters *after, size_t r) {
    const struct role *old = &before->roles[r];
    const struct role *new = &after->roles[r];
    const char *const ABOUT_OTHERS[] = {"headcount", "recruiting.", "change."};
    for (size_t i = 0; i < ROLE_SCHEMA.count; i++) {
        const struct row *row = &ROLE_SCHEMA.rows[i];
        bool others = false;
        for (size_t n = 0; n < sizeof ABOUT_OTHERS / sizeof *ABOUT_OTHERS; n++) {
            others |= strncmp(row->path, ABOUT_OTHERS[n], strlen(ABOUT_OTHERS[n])) == 0;
        }
        if (!others && !same_row(row, old, new)) {
            return true;
        }
    }
    for (size_t s = 0; s < before->segment_count; s++) {
        const struct segment *was = &before->segments[s];
        const struct segment *is = &after->segments[s];
        if (is_named(&was->coverage.owners, old->name) !=
                is_named(&is->coverage.owners, old->name) ||
            is_named(&was->coverage.hunters, old->name) !=
                is_named(&is->coverage.hunters, old->name) ||
            is_named(&was->coverage.supporters, old->name) !=
                is_named(&is->coverage.supporters, old->name) ||
            (rules_concern(was, is, old->name) && rules_differ(was, is))) {
            return true;
        }
    }
    return !objects_same(&PLAN_SCHEMA, plan_named(before, old->plan), plan_named(after, new->plan));
}

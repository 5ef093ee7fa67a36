#include "scenario/changes.h"

#include "base/memory.h"
#include "scenario/difference.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One change while it is read. */
struct reading_change {
    struct reader reader;
    const struct setting *base; /* what the scenario was before it */
    struct cursor cursor;
};

/* A change cannot add to collections whose entries have a history. */
static bool may_enter(struct reading_change *reading, const struct setting *entry,
                      const char *path) {
    const struct schema *schema = reading->cursor.schema;
    if (!reading->cursor.entered || (schema != &ROLE_SCHEMA && schema != &SEGMENT_SCHEMA) ||
        reader_find(reading->base, path) != NULL) {
        return true;
    }
    bool role = schema == &ROLE_SCHEMA;
    struct text known = {0};
    reader_suggest_entry(reader_find(reading->base, role ? "roles" : "segments"), entry->name,
                         &known);
    reader_complain(&reading->reader, entry, path, "a change cannot add a %s%s; %s", schema->title,
                    text_bytes(&known),
                    role ? "write a new one in the scenario with headcount = 0, and let the "
                           "change raise it"
                         : "write a new one in the scenario with accounts = 0 and prospects = 0, "
                           "and let the change raise the prospects");
    text_free(&known);
    return false;
}

/* Complains about what a date cannot change. Unknown names are left to the reader. */
static void check_group(struct reading_change *reading, const struct setting *group,
                        const char *path) {
    const struct cursor here = reading->cursor;
    for (const struct setting *entry = group->first; entry != NULL; entry = entry->next) {
        struct step step = {.name = entry->name, .length = strlen(entry->name)};
        struct text complaint = {0};
        char below[PATH_SIZE];
        path_join(below, path, &step);
        reading->cursor = here;
        bool known = cursor_step(&reading->cursor, &step, &complaint);
        const struct row *row = reading->cursor.row;
        text_free(&complaint);
        if (!known || !may_enter(reading, entry, below)) {
            continue;
        }
        if (row != NULL && row->lasting != NULL) {
            reader_complain(&reading->reader, entry, below, "cannot change at a date: %s",
                            row->lasting);
        } else if (entry->kind == SETTING_GROUP) {
            check_group(reading, entry, below);
        }
    }
}

static void check_stages(struct reading_change *reading, const struct setting *group,
                         const struct parameters *before, const struct parameters *after) {
    for (size_t s = 0; s < before->segment_count; s++) {
        size_t was = before->segments[s].pipeline.stage_count;
        size_t is = after->segments[s].pipeline.stage_count;
        char path[PATH_SIZE];
        (void)snprintf(path, sizeof path, "segments.%s.pipeline.stages", before->segments[s].name);
        if (was != is) {
            reader_complain_below(&reading->reader, group, "", path,
                                  "has %zu entries, but deals are under way in %zu stages; their "
                                  "number cannot change at a date",
                                  is, was);
        }
    }
}

/* A path of headcounts that began earlier hides a new headcount. */
static void note_headcounts(struct reading_change *reading, const struct setting *group,
                            const struct parameters *before, const struct change *change) {
    const struct parameters *after = change->set.parameters;
    for (size_t r = 0; r < after->role_count; r++) {
        const struct curve *steps = &after->roles[r].headcount_path;
        char path[PATH_SIZE];
        (void)snprintf(path, sizeof path, "roles.%s.headcount", after->roles[r].name);
        const struct setting *setting = reader_find(group, path);
        if (setting != NULL && after->roles[r].headcount != before->roles[r].headcount &&
            steps->count > 0 && steps->points[0].at <= (double)change->month) {
            reader_note(&reading->reader, setting, path,
                        "no effect: headcount_path says how many from month %.0f on; change it",
                        steps->points[0].at);
        }
    }
}

/* Reads what the scenario is with the change; `before` is NULL after a complaint about an earlier
 * one: then there is nothing to compare with. */
static void fill(struct reading_change *reading, struct change *change,
                 const struct parameters *before) {
    struct reader *reader = &reading->reader;
    const struct setting *root = reader->tree->root;
    struct parameters *after = memory_array(1, sizeof *after, "a change", reader->error);
    change->set.parameters = after;
    if (after == NULL) {
        reader->bad++;
        return;
    }
    if (!reader_read(reader, &PARAMETERS_SCHEMA, root, "", after) || reader->bad > 0 ||
        before == NULL) {
        return;
    }
    change->set.touches = memory_array(before->role_count, sizeof *change->set.touches,
                                       "roles of a change", reader->error);
    if (change->set.touches == NULL) {
        reader->bad++;
        return;
    }
    check_stages(reading, root, before, after);
    for (size_t r = 0; r < before->role_count; r++) {
        change->set.touches[r] = role_differs(before, after, r);
    }
}

static bool write_down(const struct setting *set, struct amendment *amendment,
                       struct error *error) {
    struct text text = {0};
    setting_write(set, &text);
    amendment->written = strdup(text_bytes(&text));
    bool good = !text.failed && amendment->written != NULL;
    text_free(&text);
    return good || error_add(error, ERROR_FAILURE, "not enough memory for a change");
}

static void remove_member(struct setting *group, const char *name) {
    struct setting *member = setting_member(group, name, strlen(name));
    if (member != NULL) {
        setting_detach(group, member);
        setting_free(member);
    }
}

/* Lays `set` over a copy of `before`. */
static struct setting *laid_over(const struct setting *before, const struct setting *set,
                                 struct error *error) {
    struct setting *root = setting_copy(before, error);
    struct setting *over = root == NULL ? NULL : setting_copy(set, error);
    if (over == NULL) {
        setting_free(root);
        return NULL;
    }
    remove_member(root, "changes");
    remove_member(root, "start"); /* people and customers of the first day are past */
    setting_merge(root, over);
    return root;
}

/* Reads change `k`; `root` becomes the scenario with it, NULL without memory. */
static void read_change(struct reader *reader, struct parameters *parameters, size_t k,
                        const struct setting *entry, struct setting **root) {
    struct change *change = &parameters->changes[k];
    const struct parameters *before = reader->bad > 0 ? NULL
                                      : k == 0        ? parameters
                                                      : change[-1].set.parameters;
    const struct setting *set = setting_member(entry, "set", strlen("set"));
    char path[PATH_SIZE];
    char within[PATH_SIZE];
    (void)snprintf(path, sizeof path, "changes.[%zu].month", k);
    (void)snprintf(within, sizeof within, "changes.[%zu].set", k);
    if (k > 0 && change->month <= change[-1].month) {
        reader_complain_below(reader, reader->tree->root, "", path,
                              "changes stand in the order of their months, each in another one; "
                              "%ld comes after %ld",
                              change->month, change[-1].month);
    }
    if (change->month > parameters->simulation.years * 12) {
        reader_note(reader, entry, path, "the simulation ends before, after month %ld",
                    parameters->simulation.years * 12);
    }
    struct setting *next = laid_over(*root, set, reader->error);
    const struct tree tree = {.root = next};
    if (next != NULL && write_down(set, &change->set, reader->error)) {
        struct reading_change reading = {
            .reader = *reader, .base = *root, .cursor = cursor_start()};
        reading.reader.tree = &tree;
        reading.reader.within = within;
        reading.reader.bad = 0;
        check_group(&reading, set, "");
        fill(&reading, change, before);
        if (before != NULL && reading.reader.bad == 0) {
            note_headcounts(&reading, set, before, change);
        }
        reader->bad += reading.reader.bad;
        reader->note_count = reading.reader.note_count;
    } else {
        reader->bad++;
    }
    setting_free(*root);
    *root = next;
}

void changes_read(struct reader *reader, struct parameters *parameters) {
    const struct setting *list = reader_find(reader->tree->root, "changes");
    if (list == NULL || list->count == 0) {
        return;
    }
    struct setting *root = setting_copy(reader->tree->root, reader->error);
    const struct setting *entry = list->first;
    for (size_t k = 0; root != NULL && k < parameters->change_count; k++, entry = entry->next) {
        read_change(reader, parameters, k, entry, &root);
    }
    reader->bad += root == NULL;
    setting_free(root);
}

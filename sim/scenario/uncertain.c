#include "scenario/uncertain.h"

#include "base/memory.h"
#include "scenario/schema.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Goes through the parameters twice: without items it only counts them. */
struct walk {
    const struct scenario *scenario;
    struct uncertain *items;
    size_t count;
};

static double read_number(const struct row *row, const char *field) {
    double number = 0.0;
    long whole = 0;
    if (row->type == ROW_NUMBER) {
        memcpy(&number, field, sizeof number);
        return number;
    }
    memcpy(&whole, field, sizeof whole);
    return (double)whole;
}

static bool set_range(struct uncertain *item, const struct row *row) {
    double value = item->value;
    item->low = fmin(row->likely_low, value);
    item->high = fmax(row->likely_high, value);
    if (value > 0.0) {
        item->low = fmax(item->low, 0.5 * value);
        item->high = fmin(item->high, 2.0 * value);
    }
    if (item->whole) {
        item->low = ceil(item->low);
        item->high = floor(item->high);
    }
    return item->low < item->high;
}

static void visit(struct walk *walk, const struct row *row, const char *object, const char *path,
                  bool settled) {
    bool number = row->type == ROW_NUMBER || (row->type == ROW_WHOLE && row->choices == NULL);
    struct uncertain item = {.whole = row->type == ROW_WHOLE, .settled = settled || row->settled};
    if (!number || (row->likely_low == 0.0 && row->likely_high == 0.0)) {
        return;
    }
    item.value = read_number(row, object + row->offset);
    if (!set_range(&item, row)) {
        return;
    }
    if (walk->items != NULL) {
        text_add(&item.path, "%s", path);
        walk->items[walk->count] = item;
    }
    walk->count++;
}

static bool is_ignored(const struct schema *schema, const struct row *row, const char *object) {
    if (schema != &COMPONENT_SCHEMA || row->kinds == 0) {
        return false;
    }
    const struct component *component = (const void *)object;
    return (row->kinds >> component->type & 1U) == 0;
}

static void walk_object(struct walk *walk, const struct schema *schema, const char *object,
                        const char *path, bool settled) {
    for (size_t i = 0; i < schema->count; i++) {
        const struct row *row = &schema->rows[i];
        char full[PATH_SIZE];
        path_join(full, path, &(struct step){.name = row->path, .length = strlen(row->path)});
        if (is_ignored(schema, row, object) || row->elements == &OPENING_PERSON_SCHEMA ||
            row->elements == &OPENING_ACCOUNT_SCHEMA) {
            continue;
        }
        if (row->type != ROW_LIST && row->type != ROW_COLLECTION) {
            visit(walk, row, object, full, settled);
            continue;
        }
        const char *elements = row_elements(row, object);
        bool keyed = row->type == ROW_COLLECTION; /* the struct begins with its name */
        for (size_t e = 0; e < row_count(row, object); e++) {
            const char *element = elements + e * row->elements->size;
            char below[PATH_SIZE];
            if (row->elements == &PLAN_SCHEMA &&
                !scenario_refers(walk->scenario, "plans", element)) {
                continue;
            }
            path_join(below, full,
                      &(struct step){.name = keyed ? element : NULL,
                                     .length = keyed ? strlen(element) : 0,
                                     .index = e});
            walk_object(walk, row->elements, element, below, settled || row->settled);
        }
    }
}

bool uncertain_list(struct uncertain_list *list, const struct scenario *scenario,
                    struct error *error) {
    struct walk walk = {.scenario = scenario};
    const char *parameters = (const char *)&scenario->parameters;
    *list = (struct uncertain_list){0};
    walk_object(&walk, &PARAMETERS_SCHEMA, parameters, "", false);
    list->items = memory_array(walk.count, sizeof *list->items, "uncertain parameters", error);
    if (list->items == NULL) {
        return false;
    }
    walk = (struct walk){.scenario = scenario, .items = list->items};
    walk_object(&walk, &PARAMETERS_SCHEMA, parameters, "", false);
    list->count = walk.count;
    return true;
}

bool uncertain_within(const struct uncertain *item, const char *path) {
    size_t length = strlen(path);
    const char *own = text_bytes(&item->path);
    return strncmp(own, path, length) == 0 && (own[length] == '\0' || own[length] == '.');
}

void uncertain_free(struct uncertain_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        text_free(&list->items[i].path);
    }
    free(list->items);
    *list = (struct uncertain_list){0};
}

#include "scenario/scenario.h"

#include "scenario/changes.h"
#include "scenario/layers.h"
#include "scenario/opening_tables.h"
#include "scenario/reader.h"
#include "scenario/schema.h"

#include <stdlib.h>
#include <string.h>

/* The name of a scenario without one: that of its file. */
static void name_after_file(struct parameters *parameters, const char *path) {
    const char *slash = strrchr(path, '/');
    const char *stem = slash == NULL ? path : slash + 1;
    const char *point = strrchr(stem, '.');
    size_t length = point == NULL || point == stem ? strlen(stem) : (size_t)(point - stem);
    length = length < NAME_SIZE ? length : NAME_SIZE - 1;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)stem[i];
        parameters->name[i] = byte <= 0x20 || byte >= 0x7F || byte == '"' ? '_' : stem[i];
    }
}

static bool read_tree(struct scenario *scenario, const struct tree *tree, struct error *error) {
    struct text said = {0};
    struct reader reader = {.tree = tree,
                            .error = error,
                            .notes = &scenario->notes,
                            .note_count = scenario->note_count,
                            .said = &said};
    bool good = reader_read(&reader, &PARAMETERS_SCHEMA, tree->root, "", &scenario->parameters);
    if (good && !tree->incomplete) {
        changes_read(&reader, &scenario->parameters);
        good = reader.bad == 0;
    }
    scenario->note_count = reader.note_count;
    text_free(&said);
    return good;
}

/* What chooses tables comes before they are read, everything else is laid over what they hold. */
static void lay_sets(struct tree *tree, const char *const sets[], size_t set_count, bool choosing,
                     struct error *error) {
    for (size_t i = 0; i < set_count; i++) {
        if (opening_tables_chooses(sets[i]) == choosing) {
            layers_set(tree, sets[i], error);
        }
    }
}

bool scenario_load(struct scenario *scenario, const char *path, const char *const sets[],
                   size_t set_count, struct error *error) {
    struct tree tree = {0};
    size_t before = error->count;
    *scenario = (struct scenario){0};
    bool good = layers_load(&tree, path, error);
    if (good) {
        lay_sets(&tree, sets, set_count, true, error);
        opening_tables_read(&tree, sets, set_count, &scenario->notes, &scenario->note_count, error);
        lay_sets(&tree, sets, set_count, false, error);
    }
    good = good && read_tree(scenario, &tree, error);
    tree_free(&tree);
    scenario->path = good ? strdup(path) : NULL;
    if (good && (scenario->path == NULL || scenario->notes.failed)) {
        error_add(error, ERROR_FAILURE, "not enough memory for the scenario %s", path);
    }
    if (good && *scenario->parameters.name == '\0') {
        name_after_file(&scenario->parameters, path);
    }
    for (size_t k = 0; good && k < scenario->parameters.change_count; k++) {
        memcpy(scenario->parameters.changes[k].set.parameters->name, scenario->parameters.name,
               NAME_SIZE);
    }
    if (!good || error->count > before) {
        scenario_free(scenario);
        return false;
    }
    return true;
}

void scenario_free(struct scenario *scenario) {
    schema_free(&PARAMETERS_SCHEMA, &scenario->parameters);
    text_free(&scenario->notes);
    free(scenario->path);
    *scenario = (struct scenario){0};
}

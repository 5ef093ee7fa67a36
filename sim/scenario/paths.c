#include "scenario/scenario.h"

#include "scenario/schema.h"

#include <string.h>

static void print_paths(FILE *file, const struct schema *schema, const void *object,
                        const char *path) {
    for (size_t i = 0; i < schema->count; i++) {
        const struct row *row = &schema->rows[i];
        char full[PATH_SIZE];
        path_join(full, path, &(struct step){.name = row->path, .length = strlen(row->path)});
        if (row->type != ROW_LIST && row->type != ROW_COLLECTION) {
            (void)fprintf(file, "%s\n", full);
            continue;
        }
        const char *elements = row_elements(row, object);
        for (size_t e = 0; e < row_count(row, object); e++) {
            const char *element = elements + e * row->elements->size;
            bool keyed = row->type == ROW_COLLECTION; /* the struct begins with its name */
            char below[PATH_SIZE];
            path_join(below, full,
                      &(struct step){.name = keyed ? element : NULL,
                                     .length = keyed ? strlen(element) : 0,
                                     .index = e});
            print_paths(file, row->elements, element, below);
        }
    }
}

void scenario_paths(const struct scenario *scenario, FILE *file) {
    print_paths(file, &PARAMETERS_SCHEMA, &scenario->parameters, "");
}

#include "engine/histories.h"

#include "base/memory.h"
#include "engine/table.h"

static bool add_values(struct variant *variant, const struct histories *histories,
                       uint64_t replications, struct error *error) {
    size_t cells = table_cells(histories->shape);
    bool good = true;
    table_start(&variant->values, 0);
    for (uint64_t from = 0; good && from < replications; from += BLOCK_REPLICATIONS) {
        uint64_t left = replications - from;
        good = table_add(&variant->values, histories->rows + from * cells,
                         left < BLOCK_REPLICATIONS ? (size_t)left : BLOCK_REPLICATIONS, error);
    }
    return good;
}

static bool add_differences(struct variant *variant, const struct histories *histories,
                            const struct histories *baseline, uint64_t replications,
                            struct error *error) {
    size_t plan_cells = table_cells(histories->shape);
    size_t baseline_cells = table_cells(baseline->shape);
    bool good = true;
    table_start(&variant->differences, 0);
    for (uint64_t from = 0; good && from < replications; from += BLOCK_REPLICATIONS) {
        uint64_t left = replications - from;
        good = table_add_differences(
            &variant->differences, variant->pairs,
            (struct row_block){histories->rows + from * plan_cells, plan_cells},
            (struct row_block){baseline->rows + from * baseline_cells, baseline_cells},
            left < BLOCK_REPLICATIONS ? (size_t)left : BLOCK_REPLICATIONS, error);
    }
    return good;
}

bool histories_results(struct results *results, const struct scenario *const scenarios[],
                       const struct histories histories[], size_t count, uint64_t seed,
                       uint64_t replications, struct error *error) {
    *results = (struct results){.variant_count = count,
                                .seed = seed,
                                .replications_asked = replications,
                                .replications = replications};
    results->variants = memory_array(count, sizeof *results->variants, "variants", error);
    bool good = results->variants != NULL;
    for (size_t v = 0; good && v < count; v++) {
        struct variant *variant = &results->variants[v];
        const struct table *shape = histories[v].shape;
        variant->scenario = scenarios[v];
        good = table_init_years(&variant->values, shape->series, shape->series_count, shape->years,
                                error) &&
               add_values(variant, &histories[v], replications, error) &&
               (v == 0 ||
                (table_init_differences(&variant->differences, variant, &results->variants[0],
                                        &variant->pairs, error) &&
                 add_differences(variant, &histories[v], &histories[0], replications, error)));
    }
    if (good) {
        results_settle(results);
    } else {
        results_free(results);
    }
    return good;
}

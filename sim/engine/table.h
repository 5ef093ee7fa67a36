/* Making the tables of results and adding the values of replications to them.
 * Ownership: table_init and table_init_differences allocate, table_free frees and accepts a zeroed
 * table; a pairing is freed by its owner with free(). */
#ifndef ENGINE_TABLE_H
#define ENGINE_TABLE_H

#include "engine/results.h"

#include <stdbool.h>
#include <stddef.h>

/* Where a series of a difference table comes from: indices of series in the two tables. */
struct pair {
    size_t plan;
    size_t baseline;
};

/* The name of the role or segment of a series, NULL when it is about everybody. */
const char *series_part(const struct series *series, const struct parameters *parameters);

static inline size_t table_cells(const struct table *table) {
    return table->series_count * table_periods(table);
}

/* The series of every outcome: for all, then for each role, segment, component and stage; without
 * cells. */
bool table_list(struct table *table, const struct parameters *parameters, struct error *error)
    __attribute__((warn_unused_result));

/* The same with empty cells. */
bool table_init(struct table *table, const struct parameters *parameters, struct error *error)
    __attribute__((warn_unused_result));

/* Only the series of these names, and only over the whole horizon: no months, no years. Names that
 * the parameters do not have are left out. */
bool table_init_horizon(struct table *table, const struct parameters *parameters,
                        const char *const names[], size_t count, struct error *error)
    __attribute__((warn_unused_result));

/* These series, with years and the horizon but no months. */
bool table_init_years(struct table *table, const struct series series[], size_t count, size_t years,
                      struct error *error) __attribute__((warn_unused_result));

/* Empty cells for the series of `plan` that the baseline has under the same name. Both tables have
 * the same periods. `*pairs` gets an entry for each series. */
bool table_init_differences(struct table *table, const struct variant *plan,
                            const struct variant *baseline, struct pair **pairs,
                            struct error *error) __attribute__((warn_unused_result));

/* Before anything is added: the table begins with this block of replications, not with the first.
 */
void table_start(struct table *table, uint64_t first_block);

/* Adds a block of `count` replications in their order (BLOCK_REPLICATIONS; only the very last may
 * be shorter); `rows` holds the cells of one after the other. */
bool table_add(struct table *table, const double *rows, size_t count, struct error *error)
    __attribute__((warn_unused_result));

/* Values of replications, one row of `cells` after the other. */
struct row_block {
    const double *rows;
    size_t cells;
};

/* Adds the differences of a block of `count` replications: rows of `plan` less rows of `baseline`,
 * NaN (not counted) where one of both is. */
bool table_add_differences(struct table *table, const struct pair *pairs, struct row_block plan,
                           struct row_block baseline, size_t count, struct error *error)
    __attribute__((warn_unused_result));

/* Sets the moments of all cells, after the last replication. */
void table_settle(struct table *table);

/* Appends a table of the same series whose first block follows the last one of this; it is empty
 * afterwards. */
bool table_append(struct table *table, struct table *next, struct error *error)
    __attribute__((warn_unused_result));

/* The state of the cells to a file and back into a table without replications. False in reading:
 * no memory, or not the state of such a table (`reader->failed`). */
bool table_put(struct table *table, struct binary_writer *writer, struct error *error)
    __attribute__((warn_unused_result));
bool table_get(struct table *table, struct binary_reader *reader, struct error *error)
    __attribute__((warn_unused_result));

void table_free(struct table *table);

#endif

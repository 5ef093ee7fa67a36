#include "plan/same.h"

#include <string.h>

static bool same_bytes(const void *a, const void *b, size_t count, size_t size) {
    return count == 0 || memcmp(a, b, count * size) == 0;
}

/* The component without what its lists hold; whole structs are copied so that a new parameter
 * counts of itself. */
static void take_plain(const struct component *component, struct component *plain) {
    memcpy(plain, component, sizeof *plain);
    plain->matrix.columns = NULL;
    plain->objectives = NULL;
    plain->gates = NULL;
    plain->multipliers = NULL;
}

bool component_same(const struct component *a, const struct component *b) {
    struct component plain_a;
    struct component plain_b;
    take_plain(a, &plain_a);
    take_plain(b, &plain_b);
    return same_bytes(&plain_a, &plain_b, 1, sizeof plain_a) &&
           same_bytes(a->matrix.columns, b->matrix.columns, a->matrix.column_count,
                      sizeof *a->matrix.columns) &&
           same_bytes(a->objectives, b->objectives, a->objective_count, sizeof *a->objectives) &&
           same_bytes(a->gates, b->gates, a->gate_count, sizeof *a->gates) &&
           same_bytes(a->multipliers, b->multipliers, a->multiplier_count, sizeof *a->multipliers);
}

/* The pictures of a sweep: lines along one axis, heat maps over two, points along each of more; of
 * the means, and of the differences with the places where they are zero.
 * Ownership: only reads the sweep; writes into the folder. */
#ifndef REPORT_SWEEP_PLOTS_H
#define REPORT_SWEEP_PLOTS_H

#include "engine/sweep.h"
#include "report/folder.h"

bool sweep_plots_write(const struct folder *folder, const struct sweep *sweep,
                       const struct sweep_results *results, struct error *error)
    __attribute__((warn_unused_result));

#endif

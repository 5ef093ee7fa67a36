#include "report/sweep_plots.h"
#include "report/plots.h"
bool sweep_plots_write(const struct folder *folder, const struct sweep *sweep,
                       const struct sweep_results *results, struct error *error) {
    (void)sweep;
    (void)results;
    return plots_write_style(folder, error);
}

#include "report/optimum.h"
#include "report/plots.h"
bool optimum_plots_write(const struct folder *folder, const struct optimum *optimum,
                         struct error *error) {
    (void)optimum;
    return plots_write_style(folder, error);
}

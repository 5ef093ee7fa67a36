/* The picture of a fit: who is still there after so long, as seen and as fitted.
 * Ownership: only reads; writes into the folder. */
#ifndef REPORT_FIT_PICTURE_H
#define REPORT_FIT_PICTURE_H

#include "engine/fit_survival.h"
#include "report/folder.h"

/* survival_fit.gp and survival_fit.dat, and the style; nothing without a curve. The first
 * PICTURE_PANELS curves are drawn. */
bool fit_picture_write(const struct folder *folder, const struct fit_survival *survival,
                       struct error *error) __attribute__((warn_unused_result));

#endif

/* The kinds of pictures of an optimisation, one file each.
 * Ownership: only reads the optimum; writes into the folder of the view. */
#ifndef REPORT_OPTIMUM_PICTURE_H
#define REPORT_OPTIMUM_PICTURE_H

#include "report/optimum.h"
#include "report/sweep_picture.h"

/* Two goals against each other: every point, the front on fresh histories with intervals. */
bool optimum_front_draw(const struct sweep_view *view, const struct optimum *optimum,
                        struct error *error) __attribute__((warn_unused_result));

#endif

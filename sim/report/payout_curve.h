/* The picture of what plans pay at every attainment, with the density of attainment under it.
 * Ownership: only reads; writes into the folder. */
#ifndef REPORT_PAYOUT_CURVE_H
#define REPORT_PAYOUT_CURVE_H

#include "report/expected_pay.h"
#include "report/folder.h"

enum { PAYOUT_CURVE_POINTS = 601, PAYOUT_CURVE_PLANS = 8 };

struct payout_curve {
    const struct expected_pay *pay;
    const char *scenario;                      /* its name and question */
    double attainments[PAYOUT_CURVE_POINTS];   /* ascending, of the x axis */
    double density[PAYOUT_CURVE_POINTS];       /* all 0: attainment is no chance */
    const double (*pays)[PAYOUT_CURVE_POINTS]; /* variable pay a year, by plan */
};

/* Writes payout_curve.gp, payout_curve.dat and style.gp. */
bool payout_curve_write(const struct folder *folder, const struct payout_curve *curve,
                        struct error *error) __attribute__((warn_unused_result));

#endif

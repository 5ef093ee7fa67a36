/* The only file that names NLopt.
 *
 * A statistic of a simulation is not smooth: people quit or stay, thresholds are met or missed.
 * Under the same chance it is the same function every time, but with small steps and kinks, and
 * without derivatives. COBYLA (Powell 1994) suits that: it fits planes to the corners of a simplex
 * and shrinks it, so that steps smaller than the simplex do not mislead it; it takes inequalities
 * as they are, without weights that somebody would have to choose; and it needs one point more than
 * there are axes to begin. But planes creep along curved valleys. BOBYQA (Powell 2009) fits
 * quadratics; it knows no inequalities, which an augmented Lagrangian (Birgin and Martinez 2008)
 * puts into its goal. */
#include "engine/descent.h"

#include <nlopt.h>
#include <stdint.h>

struct walk {
    const struct descent *descent;
    nlopt_opt nlopt;
};

/* A search that has been told to stop takes no notice of what it gets. */
static bool ask(const struct walk *walk, const double *x, double *value, double *bounds) {
    const struct descent *descent = walk->descent;
    if (descent->at(descent->context, x, value, bounds)) {
        return true;
    }
    (void)nlopt_force_stop(walk->nlopt);
    return false;
}

/* The signatures are NLopt's. NOLINTNEXTLINE(readability-non-const-parameter) */
static double objective(unsigned n, const double *x, double *gradient, void *data) {
    double value = 0.0;
    (void)n;
    (void)gradient;
    (void)ask(data, x, &value, NULL);
    return value;
}

/* NOLINTNEXTLINE(readability-non-const-parameter) */
static void inequalities(unsigned m, double *bounds, unsigned n, const double *x, double *gradient,
                         void *data) {
    double value;
    (void)n;
    (void)gradient;
    for (unsigned b = 0; b < m; b++) {
        bounds[b] = 0.0;
    }
    (void)ask(data, x, &value, bounds);
}

/* BOBYQA needs two axes. */
static nlopt_opt create(const struct descent *descent) {
    unsigned axes = (unsigned)descent->axis_count;
    if (descent->method == DESCENT_PLANES || axes < 2) {
        return nlopt_create(NLOPT_LN_COBYLA, axes);
    }
    nlopt_opt whole = nlopt_create(NLOPT_AUGLAG, axes);
    nlopt_opt local = nlopt_create(NLOPT_LN_BOBYQA, axes);
    bool good = whole != NULL && local != NULL && nlopt_set_xtol_abs1(local, descent->end) > 0 &&
                nlopt_set_local_optimizer(whole, local) > 0; /* which copies it */
    nlopt_destroy(local);
    if (!good) {
        nlopt_destroy(whole);
        whole = NULL;
    }
    return whole;
}

static bool set_up(struct walk *walk, const double *x) {
    double step[DESCENT_AXES_MOST];
    const struct descent *descent = walk->descent;
    nlopt_opt nlopt = walk->nlopt;
    for (size_t a = 0; a < descent->axis_count; a++) { /* the first corners lie inside */
        step[a] = x[a] > 0.5 ? -descent->radius[a] : descent->radius[a];
    }
    return nlopt_set_min_objective(nlopt, objective, walk) > 0 &&
           nlopt_set_lower_bounds1(nlopt, 0.0) > 0 && nlopt_set_upper_bounds1(nlopt, 1.0) > 0 &&
           nlopt_set_initial_step(nlopt, step) > 0 &&
           nlopt_set_xtol_abs1(nlopt, descent->end) > 0 &&
           nlopt_set_maxeval(nlopt, descent->calls) > 0 &&
           (descent->bound_count == 0 ||
            nlopt_add_inequality_mconstraint(nlopt, (unsigned)descent->bound_count, inequalities,
                                             walk, NULL) > 0);
}

bool descent_run(const struct descent *descent, double *x, struct error *error) {
    struct walk walk = {.descent = descent};
    double value;
    walk.nlopt = create(descent);
    bool good = walk.nlopt != NULL && set_up(&walk, x);
    if (good) {
        /* However it ends: who asks keeps the points that were met. */
        (void)nlopt_optimize(walk.nlopt, x, &value);
    } else {
        (void)error_add(error, ERROR_FAILURE, "not enough memory for a search");
    }
    nlopt_destroy(walk.nlopt);
    return good;
}

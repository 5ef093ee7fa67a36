#include "cohort.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double SPACING = .09; /* of matches */
static const double WIDTH = .07;   /* of gains, in standard deviations of their log */

static double match_of(int m) { return (m - COHORT_MATCHES / 2) * SPACING; }

static double normal_below(double z) { return .5 * erfc(-z / sqrt(2)); }

/* Edge below gain cell c, in standard deviations. */
static double edge(int c) { return (c - COHORT_GAINS / 2) * WIDTH; }

static double cell_mass(int c) {
    double low = c == 0 ? 0 : normal_below(edge(c));
    double high = c == COHORT_GAINS - 1 ? 1 : normal_below(edge(c + 1));
    return high - low;
}

/* Variance of the posterior mean of the match after so many months. */
static double known(const struct leaving *leaving, double months) {
    return pow(leaving->match_spread, 2) * months / (months + leaving->match_months);
}

/* A step of variance v on the grid: as many three-point steps as keep their weights positive. */
static void learn(double (*mass)[COHORT_GAINS + 1], int columns, double variance) {
    int steps = 1 + (int)(variance / (.8 * SPACING * SPACING));
    double side = variance / steps / (SPACING * SPACING) / 2;
    for (int s = 0; s < steps; s++) {
        for (int c = 0; c < columns; c++) {
            double before = 0;
            for (int m = 0; m < COHORT_MATCHES; m++) {
                double here = mass[m][c];
                double next = m + 1 < COHORT_MATCHES ? mass[m + 1][c] : 0;
                mass[m][c] = here * (1 - 2 * side) + side * (before + next);
                before = here;
            }
        }
    }
}

static double hazard_of(const struct leaving *leaving, int m) {
    return 1 - exp(-exp(leaving->intercept + leaving->shift - match_of(m)));
}

/* Exits per person-month of careers in which every wish is acted upon. */
static double open_hazard(const struct leaving *leaving) {
    static double mass[COHORT_MATCHES][COHORT_GAINS + 1];
    double exits = 0;
    double people = 0;
    memset(mass, 0, sizeof mass);
    mass[COHORT_MATCHES / 2][0] = 1;
    for (int n = 0; n < COHORT_CAREER; n++) {
        for (int m = 0; m < COHORT_MATCHES; m++) {
            double leave = mass[m][0] * hazard_of(leaving, m);
            people += mass[m][0];
            exits += leave;
            mass[m][0] -= leave;
        }
        learn(mass, 1, known(leaving, n + 1) - known(leaving, n));
    }
    return exits / people;
}

void leaving_solve(struct leaving *leaving) {
    double wanted = 1 - pow(1 - leaving->annual, 1.0 / 12);
    double shift = leaving->shift;
    double low = -12;
    double high = 0;
    leaving->shift = 0;
    while (high - low > 1e-9) {
        leaving->intercept = (low + high) / 2;
        *(open_hazard(leaving) < wanted ? &low : &high) = leaving->intercept;
    }
    leaving->shift = shift;
}

struct leaving leaving_at(double annual, double discount) {
    struct leaving leaving = {.annual = annual,
                              .match_spread = .8,
                              .match_months = 4,
                              .gain_median = .8,
                              .gain_sigma = 1.5,
                              .persistence = .92,
                              .present_bias = .87,
                              .discount = discount};
    leaving_solve(&leaving);
    return leaving;
}

void cohort_join(struct cohort *cohort) {
    memset(cohort, 0, sizeof *cohort);
    cohort->mass[COHORT_MATCHES / 2][0] = 1;
}

double cohort_size(const struct cohort *cohort) {
    double sum = 0;
    for (int m = 0; m < COHORT_MATCHES; m++) {
        for (int c = 0; c <= COHORT_GAINS; c++) {
            sum += cohort->mass[m][c];
        }
    }
    return sum;
}

double cohort_month(struct cohort *cohort, const struct leaving *leaving, double threshold) {
    double leaves[COHORT_GAINS]; /* share of a cell above the threshold */
    double arrives[COHORT_GAINS];
    double z = threshold > 0 ? log(threshold / leaving->gain_median) / leaving->gain_sigma : -1e9;
    double exits = 0;
    for (int c = 0; c < COHORT_GAINS; c++) {
        double high = normal_below(edge(c + 1));
        double low = normal_below(edge(c));
        double above = (high - normal_below(z)) / (high - low);
        leaves[c] = edge(c) >= z ? 1 : edge(c + 1) <= z ? 0 : above;
        arrives[c] = cell_mass(c);
    }
    for (int m = 0; m < COHORT_MATCHES; m++) {
        double *mass = cohort->mass[m];
        double hazard = hazard_of(leaving, m);
        double rho = leaving->persistence;
        double weaker = mass[0]; /* no wish, or one for less */
        for (int c = 1; c <= COHORT_GAINS; c++) {
            weaker += (1 - rho) * mass[c];
            mass[c] *= rho;
        }
        mass[0] = weaker * (1 - hazard);
        double below = 0; /* chance that a new gain is less */
        for (int c = 1; c <= COHORT_GAINS; c++) {
            double old = mass[c];
            double chance = arrives[c - 1];
            mass[c] = old * (1 - hazard * (1 - below - chance)) + hazard * chance * weaker;
            weaker += old;
            below += chance;
            exits += mass[c] * leaves[c - 1];
            mass[c] *= 1 - leaves[c - 1];
        }
    }
    cohort->tenure++;
    double tenure = (double)cohort->tenure;
    learn(cohort->mass, COHORT_GAINS + 1, known(leaving, tenure) - known(leaving, tenure - 1));
    return exits;
}

double due_threshold(const struct leaving *leaving, const struct due *due, size_t count) {
    double month = pow(1 + leaving->discount, -1.0 / 12);
    double kept = 0;
    double best = 0;
    for (size_t i = 0; i < count; i++) {
        double factor = pow(month, due[i].months);
        double years = month < 1 ? (1 - factor) / (1 - month) / 12 : due[i].months / 12;
        kept += leaving->present_bias * factor * due[i].value;
        best = kept / years > best ? kept / years : best;
    }
    return best;
}

double grant_threshold(const struct leaving *leaving, double value, int every, int cliff, int month,
                       int end) {
    struct due due[COHORT_CAREER];
    size_t count = 0;
    for (int grant = month - month % every; grant >= 0 && month < end; grant -= every) {
        int left = cliff - (month - grant + 1);
        if (left <= 0) {
            break;
        }
        for (size_t i = count++; i > 0; i--) { /* the latest grant is paid last */
            due[i] = due[i - 1];
        }
        due[0] = (struct due){left, value};
    }
    return due_threshold(leaving, due, count);
}

void cohort_in_service(const struct leaving *leaving, const double *thresholds, int months,
                       double *exits, double *people) {
    static struct cohort law;
    static struct cohort watched;
    double all = 0;
    for (int t = 0; t < months; t++) {
        exits[t] = people[t] = 0;
    }
    cohort_join(&law);
    for (int n = 0; n < COHORT_CAREER; n++) {
        /* matches of people who stay for years hardly move: one tenure stands for twelve */
        double weight = n < 36 ? 1 : n % 12 == 6 ? 12 : 0;
        all += cohort_size(&law);
        watched = law;
        for (int t = 0; t < months && weight > 0 && n + t < COHORT_CAREER; t++) {
            people[t] += weight * cohort_size(&watched);
            exits[t] += weight * cohort_month(&watched, leaving, thresholds[t]);
        }
        cohort_month(&law, leaving, 0);
    }
    for (int t = 0; t < months; t++) {
        exits[t] /= all;
        people[t] /= all;
    }
}

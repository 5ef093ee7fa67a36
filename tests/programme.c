#include "programme.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const double ROOT_TWO_PI = 2.50662827463100050242;

static double pay_of(const struct payoff *payoff, double s) {
    size_t p = payoff->count - 1;
    while (p > 0 && s < payoff->pieces[p].from) {
        p--;
    }
    return payoff->pieces[p].value +
           payoff->pieces[p].slope * (s - (p == 0 ? 0 : payoff->pieces[p].from));
}

/* E f(s + sd e) by Simpson's rule between the breaks, f = pay or exp(-aversion pay). */
static double smooth(const struct payoff *payoff, double s, double sd, double aversion) {
    enum { STEPS = 160 };
    double low = s - 9 * sd;
    double high = s + 9 * sd;
    double sum = 0;
    for (size_t p = 0; p < payoff->count; p++) {
        double a = p == 0 ? low : fmax(low, payoff->pieces[p].from);
        double b = p + 1 == payoff->count ? high : fmin(high, payoff->pieces[p + 1].from);
        for (int i = 0; i <= STEPS && b > a; i++) {
            double x = a + (b - a) * i / STEPS;
            double z = (x - s) / sd;
            double pay = payoff->pieces[p].value +
                         payoff->pieces[p].slope * (x - (p == 0 ? 0 : payoff->pieces[p].from));
            double f = aversion > 0 ? exp(-aversion * pay) : pay;
            double weight = (i == 0 || i == STEPS ? 1 : i % 2 == 1 ? 4 : 2) * (b - a) / STEPS / 3;
            sum += weight * exp(-z * z / 2) / ROOT_TWO_PI / sd * f;
        }
    }
    return aversion > 0 ? -log(sum) / aversion : sum;
}

/* Weights of the normal law on the grid: the trapezoidal rule, exact for smooth functions. */
static int kernel_of(int cells, double **kernel) {
    int reach = 7 * cells;
    double sum = 0;
    *kernel = calloc((size_t)(2 * reach + 1), sizeof **kernel);
    for (int k = -reach; k <= reach; k++) {
        double z = (double)k / cells;
        sum += (*kernel)[k + reach] = exp(-z * z / 2);
    }
    for (int k = 0; k <= 2 * reach; k++) {
        (*kernel)[k] /= sum;
    }
    return reach;
}

/* A function on a line of equal steps, straight beyond its ends. */
static double at_index(const double *f, int n, int i) {
    if (i < 0) {
        return f[0] + i * (f[1] - f[0]);
    }
    return i >= n ? f[n - 1] + (i - n + 1) * (f[n - 1] - f[n - 2]) : f[i];
}

/* The cubic through four neighbours. */
static double cubic(const double y[4], double t) {
    return y[0] * -t * (t - 1) * (t - 2) / 6 + y[1] * (t + 1) * (t - 1) * (t - 2) / 2 -
           y[2] * (t + 1) * t * (t - 2) / 2 + y[3] * (t + 1) * t * (t - 1) / 6;
}

static double between(const double *f, int n, double index) {
    int i = (int)floor(index);
    double y[4];
    for (int k = 0; k < 4; k++) {
        y[k] = at_index(f, n, i - 1 + k);
    }
    return cubic(y, index - i);
}

/* Where the parabola through three neighbours is highest, from the middle one: within a step. */
static double top_of(double left, double middle, double right) {
    double bend = left - 2 * middle + right;
    return bend < 0 ? fmax(-1, fmin(1, .5 * (left - right) / bend)) : 0;
}

struct programme_worth programme_solve(const struct programme *p, programme_policy *policy,
                                       const void *context) {
    double d = p->sd / p->cells;
    double wide = 8 * p->sd * sqrt(p->months);
    double most = 0; /* effort never pays more than all pay at once */
    for (size_t i = 0; i < p->payoff->count; i++) {
        most = fmax(most, fabs(p->payoff->pieces[i].slope));
    }
    double span = most / p->cost + 4 * p->sd / sqrt(p->months) + 8 * d;
    for (size_t i = 1; i < p->payoff->count; i++) {
        const struct payoff_piece *piece = &p->payoff->pieces[i];
        double jump = piece->value - pay_of(p->payoff, piece->from - 1e-9);
        span = fmax(span, most / p->cost + sqrt(2 * fmax(0, jump) / p->cost) + 8 * d);
    }
    double low = -ceil((wide + fmax(0, -p->drift * p->months)) / d) * d; /* 0 is a node */
    double high = fmax(0, p->drift * p->months) + wide + span * p->months;
    int n = (int)((high - low) / d) + 2;
    int reach_of_choice = (int)(span / d) + 1;
    double *kernel;
    int reach = kernel_of(p->cells, &kernel);
    double *worth = calloc((size_t)n, sizeof *worth);
    double *effort = calloc((size_t)n, sizeof *effort);
    double *ahead = calloc((size_t)n, sizeof *ahead);
    double *later = calloc((size_t)n, sizeof *later);
    struct programme_worth result = {0, 0, 0};
    double shift = p->drift / d;
    for (int left = 1; left <= p->months; left++) {
        for (int i = 0; i < n; i++) {
            if (left == 1) {
                ahead[i] = smooth(p->payoff, low + i * d, p->sd, p->aversion);
                later[i] = 0;
                continue;
            }
            double sum = 0;
            double sum_effort = 0;
            for (int k = -reach; k <= reach; k++) {
                double value = at_index(worth, n, i + k);
                sum += kernel[k + reach] *
                       (p->aversion > 0 ? exp(-p->aversion * (value - worth[i])) : value);
                sum_effort += kernel[k + reach] * at_index(effort, n, i + k);
            }
            ahead[i] = p->aversion > 0 ? worth[i] - log(sum) / p->aversion : sum;
            later[i] = sum_effort;
        }
        for (int i = 0; i < n; i++) {
            double x;
            if (policy != NULL) {
                x = policy(context, left, low + i * d);
            } else {
                int best = 0;
                double highest = -(double)INFINITY;
                for (int k = -reach_of_choice; k <= reach_of_choice; k++) {
                    double value = between(ahead, n, i + shift + k) - .5 * p->cost * k * d * k * d;
                    best = value > highest ? k : best;
                    highest = fmax(highest, value);
                }
                double y[3];
                for (int j = 0; j < 3; j++) {
                    int k = best + j - 1;
                    y[j] = between(ahead, n, i + shift + k) - .5 * p->cost * k * d * k * d;
                }
                x = (best + top_of(y[0], y[1], y[2])) * d;
            }
            worth[i] = between(ahead, n, i + shift + x / d) - .5 * p->cost * x * x;
            effort[i] = between(later, n, i + shift + x / d) + x;
            if (left == p->months && i == (int)rint(-low / d)) {
                result.first = x;
            }
        }
    }
    result.value = between(worth, n, -low / d);
    result.effort = between(effort, n, -low / d);
    free(kernel);
    free(worth);
    free(effort);
    free(ahead);
    free(later);
    return result;
}

/* Tables of a joint programme: rows of the measure within the period, columns of the measure to
 * date. Both grow by the same amount, so that everything happens along diagonals. */
struct sheet {
    double step;
    double low_brief;
    double low_whole;
    int rows;
    int columns;
};

static double cell(const struct sheet *sheet, const double *f, int i, int j) {
    i = i < 0 ? 0 : i >= sheet->rows ? sheet->rows - 1 : i;
    j = j < 0 ? 0 : j >= sheet->columns ? sheet->columns - 1 : j;
    return f[i * sheet->columns + j];
}

static double along(const struct sheet *sheet, const double *f, double i, double j, double shift) {
    double y[4];
    double whole = floor(shift);
    for (int k = 0; k < 4; k++) {
        /* rows may lie between nodes at the start of paths only */
        y[k] = cell(sheet, f, (int)rint(i + whole) - 1 + k, (int)rint(j + whole) - 1 + k);
    }
    return cubic(y, shift - whole);
}

/* Expected worth of ending the month at a node before its noise. */
static void expect(const struct joint *p, const struct sheet *sheet, const double *kernel,
                   int reach, bool ends, int left, const double *next, double *ahead) {
    for (int i = 0; i < sheet->rows; i++) {
        double *row = &ahead[i * sheet->columns];
        memset(row, 0, (size_t)sheet->columns * sizeof *row);
        if (ends) {
            continue;
        }
        for (int k = -reach; k <= reach; k++) {
            for (int j = 0; j < sheet->columns; j++) {
                row[j] += kernel[k + reach] * cell(sheet, next, i + k, j + k);
            }
        }
    }
    if (!ends) {
        return;
    }
    int origin = (int)rint(-sheet->low_brief / sheet->step);
    double *line = calloc((size_t)sheet->columns, sizeof *line);
    for (int j = 0; j < sheet->columns; j++) {
        if (left == 1) {
            line[j] = p->whole == NULL
                          ? 0
                          : smooth(p->whole, sheet->low_whole + j * sheet->step, p->sd, 0);
            continue;
        }
        for (int k = -reach; k <= reach; k++) {
            line[j] += kernel[k + reach] * cell(sheet, next, origin, j + k);
        }
    }
    for (int i = 0; i < sheet->rows; i++) {
        double brief =
            p->brief == NULL ? 0 : smooth(p->brief, sheet->low_brief + i * sheet->step, p->sd, 0);
        for (int j = 0; j < sheet->columns; j++) {
            ahead[i * sheet->columns + j] = brief + line[j];
        }
    }
    free(line);
}

/* Expected later effort, the same way. */
static void expect_effort(const struct sheet *sheet, const double *kernel, int reach, bool ends,
                          int left, const double *next, double *ahead) {
    int origin = (int)rint(-sheet->low_brief / sheet->step);
    for (int i = 0; i < sheet->rows; i++) {
        for (int j = 0; j < sheet->columns; j++) {
            double sum = 0;
            for (int k = -reach; k <= reach && left > 1; k++) {
                sum += kernel[k + reach] * cell(sheet, next, ends ? origin : i + k, j + k);
            }
            ahead[i * sheet->columns + j] = sum;
        }
    }
}

static double best_shift(const struct joint *p, const struct sheet *sheet, const double *ahead,
                         int i, int j, int reach) {
    double shift = p->drift / sheet->step;
    int low = (int)floor(shift) - p->cells / 2;
    int best = low;
    double highest = -(double)INFINITY;
    double y[3];
    for (int k = low; k <= low + reach; k++) {
        double x = (k - shift) * sheet->step;
        double value = cell(sheet, ahead, i + k, j + k) + p->rate * x - .5 * p->cost * x * x;
        best = value > highest ? k : best;
        highest = fmax(highest, value);
    }
    for (int k = 0; k < 3; k++) {
        double x = (best + k - 1 - shift) * sheet->step;
        y[k] = cell(sheet, ahead, i + best + k - 1, j + best + k - 1) + p->rate * x -
               .5 * p->cost * x * x;
    }
    return best + top_of(y[0], y[1], y[2]);
}

static double
normal_draw(uint64_t *state) { /* sum of twelve uniforms less six would be too light */
    double u[2];
    for (int i = 0; i < 2; i++) {
        *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        u[i] = ((double)(*state >> 11) + .5) / 9007199254740992.0;
    }
    return sqrt(-2 * log(u[0])) * cos(6.283185307179586477 * u[1]);
}

/* Mean effort by month, by paths through the tables of effort. */
static void walk(const struct joint *p, const struct sheet *sheet, double *const *tables,
                 joint_policy *policy, const void *context, struct joint_worth *result) {
    enum { PATHS = 20000 };
    uint64_t state = 7;
    memset(result->by_month, 0, sizeof result->by_month);
    for (int path = 0; path < PATHS; path++) {
        double brief = 0;
        double whole = 0;
        for (int month = 0; month < p->months; month++) {
            int left = p->months - month;
            double x;
            if (policy != NULL) {
                x = policy(context, left, brief, whole);
            } else {
                double i = (brief - sheet->low_brief) / sheet->step;
                double j = (whole - sheet->low_whole) / sheet->step;
                int a = (int)floor(i);
                int b = (int)floor(j);
                const double *f = tables[month];
                x = (1 - (i - a)) * ((1 - (j - b)) * cell(sheet, f, a, b) +
                                     (j - b) * cell(sheet, f, a, b + 1)) +
                    (i - a) * ((1 - (j - b)) * cell(sheet, f, a + 1, b) +
                               (j - b) * cell(sheet, f, a + 1, b + 1));
            }
            double added = p->drift + x + p->sd * normal_draw(&state);
            brief = (month + 1) % p->period == 0 ? 0 : brief + added;
            whole += added;
            result->by_month[month] += x / PATHS;
        }
    }
}

struct joint_worth joint_solve(const struct joint *p, joint_policy *policy, const void *context) {
    struct sheet sheet = {.step = p->sd / p->cells};
    double span = 3 * p->sd;
    sheet.low_brief = -rint(6 * sqrt(p->period) * p->cells) * sheet.step;
    sheet.low_whole = -rint(7 * sqrt(3) * p->cells) * sheet.step;
    sheet.rows =
        (int)((p->period * (p->drift + span / 2) + 6 * p->sd * sqrt(p->period) - sheet.low_brief) /
              sheet.step);
    sheet.columns =
        (int)((p->months * (p->drift + span / 4) + 6 * p->sd * sqrt(p->months) - sheet.low_whole) /
              sheet.step);
    size_t size = (size_t)sheet.rows * (size_t)sheet.columns;
    double *kernel;
    int reach = kernel_of(p->cells, &kernel);
    int choices = p->cells / 2 + (int)(span / sheet.step);
    double *worth = calloc(size, sizeof *worth);
    double *ahead = calloc(size, sizeof *ahead);
    double *effort = calloc(size, sizeof *effort);
    double *later = calloc(size, sizeof *later);
    double *tables[JOINT_MONTHS] = {NULL};
    for (int left = 1; left <= p->months; left++) {
        int month = p->months - left;
        bool ends = (month + 1) % p->period == 0;
        expect(p, &sheet, kernel, reach, ends, left, worth, ahead);
        expect_effort(&sheet, kernel, reach, ends, left, effort, later);
        tables[month] = calloc(size, sizeof *tables[month]);
        for (int i = 0; i < sheet.rows; i++) {
            for (int j = 0; j < sheet.columns; j++) {
                size_t at = (size_t)(i * sheet.columns + j);
                double x =
                    policy != NULL
                        ? policy(context, left, sheet.low_brief + i * sheet.step,
                                 sheet.low_whole + j * sheet.step)
                        : best_shift(p, &sheet, ahead, i, j, choices) * sheet.step - p->drift;
                double shift = (p->drift + x) / sheet.step;
                worth[at] = along(&sheet, ahead, i, j, shift) + p->rate * (p->drift + x) -
                            .5 * p->cost * x * x;
                effort[at] = along(&sheet, later, i, j, shift) + x;
                tables[month][at] = x;
            }
        }
    }
    int row = (int)rint(-sheet.low_brief / sheet.step);
    int column = (int)rint(-sheet.low_whole / sheet.step);
    struct joint_worth result = {.value = cell(&sheet, worth, row, column),
                                 .effort = cell(&sheet, effort, row, column)};
    walk(p, &sheet, tables, policy, context, &result);
    for (int month = 0; month < p->months; month++) {
        free(tables[month]);
    }
    free(kernel);
    free(worth);
    free(ahead);
    free(effort);
    free(later);
    return result;
}

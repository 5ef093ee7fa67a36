#include "plan/payoff.h"

#include "base/mathematics.h"

#include <math.h>
#include <stdbool.h>

static const double DENSITY_AT_MEAN = 0.3989422804014326779; /* 1 / sqrt(2 pi) */

/* ln(Phi(b) - Phi(a)), a < b, from the nearer tail, so that nothing cancels far out. */
static double log_interval(double a, double b) {
    if (a > 0.0) {
        double mirrored = -b;
        b = -a;
        a = mirrored;
    }
    double top = normal_log_distribution(b);
    if (isinf(a)) {
        return top;
    }
    double bottom = normal_log_distribution(a);
    return top + math_log1p(-math_exp(bottom - top));
}

/* One piece under the tilted normal: ln of its part of u, and the mean of S within it. */
struct part {
    double log_weight;
    double centre; /* of the tilted normal */
    double low;    /* bounds in standard units of the tilted normal */
    double high;
};

static double piece_end(const struct payoff *payoff, size_t piece) {
    return piece + 1 < payoff->count ? payoff->pieces[piece + 1].from : (double)INFINITY;
}

static double piece_from(const struct payoff *payoff, size_t piece) {
    return piece == 0 ? -(double)INFINITY : payoff->pieces[piece].from;
}

static double piece_value(const struct payoff *payoff, size_t piece, double s) {
    double origin = piece == 0 ? 0.0 : payoff->pieces[piece].from;
    return payoff->pieces[piece].value + payoff->pieces[piece].slope * (s - origin);
}

/* Where a piece comes to an amount, as far as it does inside its stretch. */
static size_t add_crossing(const struct payoff *payoff, size_t piece, double amount, double cuts[],
                           size_t count) {
    double slope = payoff->pieces[piece].slope;
    double origin = piece == 0 ? 0.0 : payoff->pieces[piece].from;
    double at = origin + (amount - payoff->pieces[piece].value) / slope;
    bool inside = slope != 0.0 && !isinf(amount) && at > piece_from(payoff, piece) &&
                  at < piece_end(payoff, piece);
    if (inside) {
        cuts[count++] = at;
    }
    return count;
}

/* A point between two bounds, of which either may be infinite. */
static double between(double from, double to) {
    if (isinf(from)) {
        return isinf(to) ? 0.0 : to - 1.0;
    }
    return isinf(to) ? from + 1.0 : 0.5 * (from + to);
}

static void add_bent(struct payoff *bent, const struct payoff *payoff, size_t piece, double from,
                     double to, double least, double most) {
    double here = piece_value(payoff, piece, between(from, to));
    struct payoff_piece next = {from, least, 0.0};
    if (bent->count == PAYOFF_PIECES) {
        return;
    }
    if (here >= most) {
        next.value = most;
    } else if (here > least) {
        next.value = piece_value(payoff, piece, bent->count == 0 ? 0.0 : from);
        next.slope = payoff->pieces[piece].slope;
    }
    const struct payoff_piece *last = &bent->pieces[bent->count > 0 ? bent->count - 1 : 0];
    bool goes_on =
        bent->count > 0 && next.slope == 0.0 && last->slope == 0.0 && next.value == last->value;
    if (!goes_on) {
        bent->pieces[bent->count++] = next;
    }
}

void payoff_clamp(struct payoff *payoff, double least, double most) {
    struct payoff bent = {.count = 0};
    for (size_t piece = 0; piece < payoff->count; piece++) {
        double cuts[4] = {piece_from(payoff, piece)};
        size_t count = add_crossing(payoff, piece, least, cuts, 1);
        count = add_crossing(payoff, piece, most, cuts, count);
        if (count == 3 && cuts[2] < cuts[1]) {
            double first = cuts[2];
            cuts[2] = cuts[1];
            cuts[1] = first;
        }
        cuts[count] = piece_end(payoff, piece);
        for (size_t c = 0; c < count; c++) {
            add_bent(&bent, payoff, piece, cuts[c], cuts[c + 1], least, most);
        }
    }
    *payoff = bent;
}

static struct part piece_part(const struct payoff *payoff, size_t piece, double mean, double sd,
                              double theta) {
    double tilt = theta * payoff->pieces[piece].slope;
    struct part part;
    part.centre = mean + tilt * sd * sd;
    part.low = (piece_from(payoff, piece) - part.centre) / sd;
    part.high = (piece_end(payoff, piece) - part.centre) / sd;
    part.log_weight = theta * piece_value(payoff, piece, mean) + 0.5 * tilt * tilt * sd * sd +
                      log_interval(part.low, part.high);
    return part;
}

double payoff_expectation(const struct payoff *payoff, double mean, double sd) {
    if (sd <= 0.0) {
        size_t piece = payoff->count - 1;
        while (piece > 0 && mean < payoff->pieces[piece].from) {
            piece--;
        }
        return piece_value(payoff, piece, mean);
    }
    double sum = 0.0;
    for (size_t piece = 0; piece < payoff->count; piece++) {
        double low = (piece_from(payoff, piece) - mean) / sd;
        double high = (piece_end(payoff, piece) - mean) / sd;
        double weight = low > 0.0 ? normal_distribution(-low) - normal_distribution(-high)
                                  : normal_distribution(high) - normal_distribution(low);
        double density =
            (isinf(low) ? 0.0 : normal_density(low)) - (isinf(high) ? 0.0 : normal_density(high));
        sum +=
            weight * piece_value(payoff, piece, mean) + payoff->pieces[piece].slope * sd * density;
    }
    return sum;
}

/* exp(theta (later - earlier)) - 1 over theta: the jump of the utility per unit of theta. */
static double jump_size(double theta, double earlier, double later) {
    double step = later - earlier;
    return theta == 0.0 ? step : math_expm1(theta * step) / theta;
}

/* What the jumps add to the slopes, times the weight of all pieces over exp(largest). */
static double sum_jumps(const struct payoff *payoff, double mean, double sd, double theta,
                        double largest) {
    double jumps = 0.0;
    for (size_t piece = 1; piece < payoff->count; piece++) {
        double at = payoff->pieces[piece].from;
        double before = piece_value(payoff, piece - 1, at);
        double after = payoff->pieces[piece].value;
        if (before == after) {
            continue;
        }
        double z = (at - mean) / sd;
        /* the larger side carries the exponent, so that neither side overflows */
        double anchor = theta * (after - before) > 0.0 ? after : before;
        double size =
            anchor == before ? jump_size(theta, before, after) : -jump_size(theta, after, before);
        /* exponents are added first: far out one factor overflows where the other vanishes */
        jumps += size * math_exp(theta * anchor - largest - 0.5 * z * z) * DENSITY_AT_MEAN / sd;
    }
    return jumps;
}

struct marginal payoff_marginal(const struct payoff *payoff, double mean, double sd, double theta) {
    struct part parts[PAYOFF_PIECES];
    double largest = -(double)INFINITY;
    for (size_t piece = 0; piece < payoff->count; piece++) {
        parts[piece] = piece_part(payoff, piece, mean, sd, theta);
        largest = parts[piece].log_weight > largest ? parts[piece].log_weight : largest;
    }
    double total = 0.0;
    double slopes = 0.0; /* E w'(X) under the tilted law, times total */
    for (size_t piece = 0; piece < payoff->count; piece++) {
        double weight = math_exp(parts[piece].log_weight - largest);
        total += weight;
        slopes += weight * payoff->pieces[piece].slope;
    }
    double jumps = sum_jumps(payoff, mean, sd, theta, largest);
    struct marginal marginal;
    marginal.lambda = (slopes + jumps) / total;
    marginal.expected = mean + theta * sd * sd * marginal.lambda;
    double log_moment = largest + math_log(total);
    /* below this theta the logarithm has lost its digits and the plain mean is the better value */
    marginal.value = fabs(log_moment) < 1e-9 || theta == 0.0 ? payoff_expectation(payoff, mean, sd)
                                                             : log_moment / theta;
    return marginal;
}

/* Phi(b) - Phi(a), a < b, from the nearer tail. */
static double interval(double a, double b) {
    return a > 0.0 ? normal_distribution(-a) - normal_distribution(-b)
                   : normal_distribution(b) - normal_distribution(a);
}

/* Far out probabilities vanish where the exponents of the payoff do not: only logarithms tell what
 * their product is. Everywhere else the products themselves are as good, at half the cost. */
double payoff_lambda(const struct payoff *payoff, double mean, double sd, double theta) {
    static const double FAR_OUT = 1e-200;
    double exponents[PAYOFF_PIECES];
    double largest = -(double)INFINITY;
    for (size_t piece = 0; piece < payoff->count; piece++) {
        double tilt = theta * payoff->pieces[piece].slope * sd;
        exponents[piece] = theta * piece_value(payoff, piece, mean) + 0.5 * tilt * tilt;
        largest = exponents[piece] > largest ? exponents[piece] : largest;
    }
    double total = 0.0;
    double slopes = 0.0;
    for (size_t piece = 0; piece < payoff->count; piece++) {
        double tilt = theta * payoff->pieces[piece].slope * sd;
        double low = (piece_from(payoff, piece) - mean) / sd - tilt;
        double high = (piece_end(payoff, piece) - mean) / sd - tilt;
        double weight = interval(low, high);
        if (exponents[piece] != largest) { /* else times 1 */
            weight *= math_exp(exponents[piece] - largest);
        }
        total += weight;
        slopes += weight * payoff->pieces[piece].slope;
    }
    if (!(total > FAR_OUT)) {
        return payoff_marginal(payoff, mean, sd, theta).lambda;
    }
    return (slopes + sum_jumps(payoff, mean, sd, theta, largest)) / total;
}

/* What is a function of skills, talent and levels of pay is asked for every month and changes once
 * a year or never: it is computed again only when its arguments are others. */
#include "base/mathematics.h"
#include "model/steps.h"

static bool is_kept(const struct kept *kept, double x, double y) {
    return kept->known && kept->x == x && kept->y == y;
}

double kept_power(struct kept *kept, double x, double y) {
    if (!is_kept(kept, x, y)) {
        *kept = (struct kept){x, y, math_power(x, y), true};
    }
    return kept->value;
}

double kept_log(struct kept *kept, double x) {
    if (!is_kept(kept, x, 0.0)) {
        *kept = (struct kept){x, 0.0, math_log(x), true};
    }
    return kept->value;
}

double kept_exp(struct kept *kept, double x) {
    if (!is_kept(kept, x, 0.0)) {
        *kept = (struct kept){x, 0.0, math_exp(x), true};
    }
    return kept->value;
}

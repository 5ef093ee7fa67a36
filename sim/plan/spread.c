#include "plan/spread.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

bool spread_make(struct spread *spread, double low, double high, double step, struct error *error) {
    size_t count = (size_t)ceil((high - low) / step) + 2;
    double *mass = memory_array(count, sizeof *mass, "the distribution of pay", error);
    *spread = (struct spread){.low = low, .step = step, .count = mass == NULL ? 0 : count};
    spread->mass = mass;
    return mass != NULL;
}

void spread_free(struct spread *spread) {
    free(spread->mass);
    *spread = (struct spread){0};
}

void spread_put(struct spread *spread, double amount, double mass) {
    double place = (amount - spread->low) / spread->step;
    double last = (double)(spread->count - 1);
    place = place < 0.0 ? 0.0 : place > last ? last : place;
    size_t below = (size_t)place;
    double above = place - (double)below;
    spread->mass[below] += mass * (1.0 - above);
    if (above > 0.0) {
        spread->mass[below + 1] += mass * above;
    }
}

bool spread_add(struct spread *sum, const struct spread *other, struct error *error) {
    static const double NOTHING[] = {1.0};
    bool unused = sum->mass == NULL;
    const double *mass = unused ? NOTHING : sum->mass;
    size_t count = unused ? 1 : sum->count;
    double low = unused ? 0.0 : sum->low;
    size_t total = count + other->count - 1;
    double *convolved = memory_array(total, sizeof *convolved, "the distribution of pay", error);
    if (convolved == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        double part = mass[i];
        double *to = convolved + i;
        for (size_t j = 0; part != 0.0 && j < other->count; j++) {
            to[j] += part * other->mass[j];
        }
    }
    free(sum->mass);
    *sum = (struct spread){low + other->low, other->step, total, convolved};
    return true;
}

double spread_quantile(const struct spread *spread, double p) {
    double below = 0.0;
    for (size_t i = 0; i < spread->count; i++) {
        if (below + spread->mass[i] >= p && spread->mass[i] > 0.0) {
            double part = (p - below) / spread->mass[i] - 0.5;
            return spread->low + spread->step * ((double)i + part);
        }
        below += spread->mass[i];
    }
    return spread->low + spread->step * (double)(spread->count - 1);
}

void spread_cap(struct spread *spread, double cap) {
    double above = 0.0;
    for (size_t i = spread->count; i-- > 0 && spread->low + spread->step * (double)i > cap;) {
        above += spread->mass[i];
        spread->mass[i] = 0.0;
    }
    if (above > 0.0 && cap < spread->low) { /* all of it */
        spread->low = cap;
        spread->count = 1;
    }
    if (above > 0.0) {
        spread_put(spread, cap, above);
    }
}

double spread_mean(const struct spread *spread) {
    double mean = 0.0;
    for (size_t i = 0; i < spread->count; i++) {
        mean += spread->mass[i] * (double)i;
    }
    return spread->low + spread->step * mean;
}

double spread_variance(const struct spread *spread) {
    double mean = spread_mean(spread);
    double variance = 0.0;
    for (size_t i = 0; i < spread->count; i++) {
        double apart = spread->low + spread->step * (double)i - mean;
        variance += spread->mass[i] * apart * apart;
    }
    return variance;
}

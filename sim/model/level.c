#include "model/level.h"

#include "base/mathematics.h"

struct level level_from_start(double growth) {
    return (struct level){.growth = growth, .start = 1.0, .since = 0};
}

static long years_to(long month) { return month >= 0 ? month / 12 : -((11 - month) / 12); }

double level_by_years(const struct level *level, long month) {
    long years = years_to(month) - years_to(level->since);
    return level->growth == 0.0 ? level->start
                                : level->start * math_power(1.0 + level->growth, (double)years);
}

double level_by_months(const struct level *level, long month) {
    return level->start * math_power(1.0 + level->growth, (double)(month - level->since) / 12.0);
}

struct level level_by_years_then(const struct level *level, double growth, long month) {
    if (growth == level->growth) {
        return *level;
    }
    return (struct level){
        .growth = growth, .start = level_by_years(level, month - 1), .since = month - 1};
}

struct level level_by_months_then(const struct level *level, double growth, long month) {
    if (growth == level->growth) {
        return *level;
    }
    return (struct level){.growth = growth, .start = level_by_months(level, month), .since = month};
}

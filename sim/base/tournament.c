#include "base/tournament.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

bool tournament_init(struct tournament *tournament, size_t count, struct error *error) {
    *tournament = (struct tournament){
        .count = count,
        .value = memory_array(count, sizeof(double), "entries of a tournament", error),
        .winner = memory_array(2 * count, sizeof(size_t), "entries of a tournament", error)};
    if (tournament->value == NULL || tournament->winner == NULL) {
        tournament_free(tournament);
        return false;
    }
    for (size_t entry = 0; entry < count; entry++) {
        tournament->winner[count + entry] = entry;
    }
    return true;
}

void tournament_free(struct tournament *tournament) {
    free(tournament->value);
    free(tournament->winner);
    *tournament = (struct tournament){0};
}

/* The order is total, so that it does not matter who meets whom. */
static size_t better(const struct tournament *tournament, size_t a, size_t b) {
    double one = tournament->value[a];
    double other = tournament->value[b];
    return one < other || (!(other < one) && a < b) ? a : b;
}

static void meet(struct tournament *tournament, size_t node) {
    size_t *winner = tournament->winner;
    winner[node] = better(tournament, winner[2 * node], winner[2 * node + 1]);
}

void tournament_play(struct tournament *tournament) {
    for (size_t node = tournament->count; node-- > 1;) {
        meet(tournament, node);
    }
}

void tournament_set(struct tournament *tournament, size_t entry, double value) {
    tournament->value[entry] = value;
    for (size_t node = (tournament->count + entry) / 2; node > 0; node /= 2) {
        meet(tournament, node);
    }
}

size_t tournament_least(const struct tournament *tournament, size_t first, size_t end) {
    const size_t *winner = tournament->winner;
    size_t count = tournament->count;
    size_t best = first;
    if (first >= end) {
        return count;
    }
    /* Nodes that lie inside as a whole: at each level at most one at either side. */
    for (size_t low = first + count, high = end + count; low < high; low /= 2, high /= 2) {
        if (low % 2 == 1) {
            best = better(tournament, best, winner[low++]);
        }
        if (high % 2 == 1) {
            best = better(tournament, best, winner[--high]);
        }
    }
    return tournament->value[best] < (double)INFINITY ? best : count;
}

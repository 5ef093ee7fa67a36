#include "model/loads.h"

#include "model/steps.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* What is asked of the seats now. Most months ask nothing, so that they are ranked when somebody
 * asks first. */
enum asked { NOT_ASKED, MAY_BE_ASKED, RANKED };

struct loads {
    enum asked asked;
    struct tournament tournament; /* an entry a seat */
};

bool loads_init(struct firm *firm, struct error *error) {
    firm->loads = calloc(1, sizeof *firm->loads);
    if (firm->loads == NULL) {
        return error_add(error, ERROR_FAILURE, "not enough memory for the loads of a firm");
    }
    return tournament_init(&firm->loads->tournament, firm->model->seat_count, error);
}

void loads_free(struct firm *firm) {
    if (firm->loads != NULL) {
        tournament_free(&firm->loads->tournament);
    }
    free(firm->loads);
    firm->loads = NULL;
}

struct tournament *loads_tournament(const struct firm *firm) {
    assert(firm->loads->asked == NOT_ASKED);
    return &firm->loads->tournament;
}

static double filled_load(const struct firm *firm, size_t seat) {
    return firm->seats[seat].filled ? seat_load(firm, seat) : (double)INFINITY;
}

void loads_begin(const struct firm *firm) {
    assert(firm->loads->asked == NOT_ASKED);
    firm->loads->asked = MAY_BE_ASKED;
}

static void rank(const struct firm *firm) {
    struct tournament *tournament = &firm->loads->tournament;
    for (size_t seat = 0; seat < firm->model->seat_count; seat++) {
        tournament->value[seat] = filled_load(firm, seat);
    }
    tournament_play(tournament);
    firm->loads->asked = RANKED;
}

void loads_changed(const struct firm *firm, size_t seat) {
    if (firm->loads->asked == RANKED) {
        tournament_set(&firm->loads->tournament, seat, filled_load(firm, seat));
    }
}

void loads_end(const struct firm *firm) {
    for (size_t seat = 0; firm->loads->asked == RANKED && seat < firm->model->seat_count;
         seat++) { /* nobody has changed a load without saying so */
        double now = filled_load(firm, seat);
        double then = firm->loads->tournament.value[seat];
        assert(!(now < then) && !(now > then));
        (void)now;
        (void)then;
    }
    firm->loads->asked = NOT_ASKED;
}

/* The better of `best` and the least loaded of seats first .. end-1. */
static size_t least_of(const struct firm *firm, size_t first, size_t end, size_t best) {
    const struct tournament *tournament = &firm->loads->tournament;
    size_t seats = firm->model->seat_count;
    size_t here = tournament_least(tournament, first, end);
    return here < seats && (best == seats || tournament->value[here] < tournament->value[best])
               ? here
               : best;
}

size_t owner_least_loaded(const struct firm *firm, size_t s, size_t role, size_t but) {
    const struct model *model = firm->model;
    size_t best = model->seat_count;
    assert(firm->loads->asked != NOT_ASKED);
    if (firm->loads->asked == MAY_BE_ASKED) {
        rank(firm);
    }
    for (size_t r = 0; r < model->role_count; r++) {
        const struct role_law *law = &model->roles[r];
        bool fits = role < model->role_count ? r == role : law->owns[s];
        size_t first = law->first_seat;
        size_t end = first + law->room;
        if (fits && first <= but && but < end) {
            best = least_of(firm, first, but, best);
            best = least_of(firm, but + 1, end, best);
        } else if (fits) {
            best = least_of(firm, first, end, best);
        }
    }
    return best;
}

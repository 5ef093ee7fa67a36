/* Account development: people who develop customers of other owners (docs/model.md, section 8). */
#include "model/loads.h"
#include "model/steps.h"

#include <math.h>

/* Of a seat that may support one more customer; INFINITY: of another. */
static double supporter_load(const struct firm *firm, size_t seat) {
    bool may = firm->seats[seat].filled && owner_has_room(firm, seat);
    return may ? seat_load(firm, seat) : (double)INFINITY;
}

static void rank_supporters(const struct firm *firm, struct tournament *tournament) {
    for (size_t seat = 0; seat < firm->model->seat_count; seat++) {
        tournament->value[seat] = supporter_load(firm, seat);
    }
    tournament_play(tournament);
}

/* The filled seat with the least load among the roles that support a segment, below their limit and
 * not of the owner's role, the first of equals; the seat count: none. */
static size_t find_supporter(const struct firm *firm, const struct tournament *tournament, size_t s,
                             size_t slot) {
    const struct model *model = firm->model;
    int32_t owner = firm->accounts[s].owner[slot];
    size_t best = model->seat_count;
    for (size_t r = 0; r < model->role_count; r++) {
        const struct role_law *law = &model->roles[r];
        bool own = owner != NO_OWNER && firm->seats[owner].role == r;
        size_t here = law->supports[s] && !own ? tournament_least(tournament, law->first_seat,
                                                                  law->first_seat + law->room)
                                               : model->seat_count;
        if (here < model->seat_count &&
            (best == model->seat_count || tournament->value[here] < tournament->value[best])) {
            best = here;
        }
    }
    return best;
}

/* Who has left, or owns the customer by now, supports it no more. */
static void drop_supporter(struct firm *firm, size_t s, size_t slot) {
    struct accounts *accounts = &firm->accounts[s];
    int32_t *supporter = &accounts->coverage[slot].supporter;
    int32_t owner = accounts->owner[slot];
    if (*supporter == NO_OWNER) {
        return;
    }
    const struct seat *place = &firm->seats[*supporter];
    if (!place->filled || (owner != NO_OWNER && firm->seats[owner].role == place->role)) {
        firm->seats[*supporter].accounts--;
        *supporter = NO_OWNER;
    }
}

static size_t collect(struct firm *firm) {
    size_t count = 0;
    for (size_t s = 0; s < firm->model->segment_count; s++) {
        struct accounts *accounts = &firm->accounts[s];
        if (firm->model->segments[s].segment->coverage.supporters.count == 0) {
            continue;
        }
        for (size_t a = 0; a < accounts->used; a++) {
            if (accounts->potential[a] <= 0.0F) {
                continue;
            }
            drop_supporter(firm, s, a);
            if (accounts->coverage[a].supporter == NO_OWNER) {
                firm->queue[count++] = (struct waiting){accounts->id[a],
                                                        s,
                                                        a,
                                                        firm->model->role_count,
                                                        -accounts->coverage[a].since,
                                                        accounts->potential[a]};
            }
        }
    }
    queue_order(firm->queue, count);
    return count;
}

void step_support(struct firm *firm) {
    size_t count = firm->model->has_support ? collect(firm) : 0;
    struct tournament *tournament = loads_tournament(firm);
    if (count > 0) {
        rank_supporters(firm, tournament);
    }
    while (count > 0) { /* the longest customers first */
        struct waiting one = queue_take(firm->queue, count--);
        size_t seat = find_supporter(firm, tournament, one.segment, one.slot);
        if (seat < firm->model->seat_count) {
            firm->accounts[one.segment].coverage[one.slot].supporter = (int32_t)seat;
            firm->seats[seat].accounts++;
            tournament_set(tournament, seat, supporter_load(firm, seat));
        }
    }
}

void support_inputs(struct firm *firm, size_t s) {
    struct accounts *accounts = &firm->accounts[s];
    double gain = firm->model->parameters->handover.team.gain;
    if (firm->model->segments[s].segment->coverage.supporters.count == 0) {
        return;
    }
    for (size_t a = 0; a < accounts->used; a++) {
        int32_t supporter = accounts->coverage[a].supporter;
        accounts->support[a] =
            supporter == NO_OWNER ? 0.0F : (real)gain * firm->develop[supporter + 1];
    }
}

void support_loads(struct firm *firm) {
    for (size_t s = 0; firm->model->has_support && s < firm->model->segment_count; s++) {
        const struct accounts *accounts = &firm->accounts[s];
        for (size_t a = 0; a < accounts->used; a++) {
            if (accounts->coverage[a].supporter != NO_OWNER) {
                firm->seats[accounts->coverage[a].supporter].accounts++;
            }
        }
    }
}

#include "model/opening.h"

#include "base/memory.h"
#include "model/model.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

size_t opening_people(const struct opening *opening, const char *role) {
    size_t count = 0;
    for (size_t p = 0; p < opening->staff_count; p++) {
        count += strcmp(opening->staff[p].role, role) == 0;
    }
    return count;
}

size_t opening_accounts(const struct opening *opening, const char *segment) {
    size_t count = 0;
    for (size_t a = 0; a < opening->book_count; a++) {
        count += strcmp(opening->book[a].segment, segment) == 0;
    }
    return count;
}

double opening_satisfaction(const struct segment *segment, double rating) {
    double spread = segment->satisfaction.rating_sd;
    return spread > 0.0 ? (rating - segment->satisfaction.mean) / spread : 0.0;
}

/* The people of a role sit on its first seats, in the order of the staff. */
static void seat_people(const struct opening_places *places, const struct model *model,
                        const struct opening *opening) {
    for (size_t r = 0; r < model->role_count; r++) {
        const struct role_law *law = &model->roles[r];
        size_t seat = law->first_seat;
        for (size_t p = 0; p < opening->staff_count; p++) {
            if (strcmp(opening->staff[p].role, law->role->name) == 0) {
                assert(seat < law->first_seat + law->seats);
                places->persons[seat++] = &opening->staff[p];
            }
        }
    }
}

static size_t seat_of(const struct opening_places *places, size_t seats, const char *name) {
    size_t seat = 0;
    while (seat < seats &&
           (places->persons[seat] == NULL || strcmp(places->persons[seat]->name, name) != 0)) {
        seat++;
    }
    return seat;
}

bool opening_init(struct opening_places *places, const struct model *model, struct error *error) {
    const struct opening *opening = &model->parameters->start;
    *places = (struct opening_places){
        .persons = memory_array(model->seat_count, sizeof(struct opening_person *), "seats", error),
        .entries = memory_array(opening->book_count, sizeof *places->entries, "accounts", error),
        .first = memory_array(model->segment_count + 1, sizeof *places->first, "segments", error)};
    if (places->persons == NULL || places->entries == NULL || places->first == NULL) {
        opening_free(places);
        return false;
    }
    seat_people(places, model, opening);
    size_t count = 0;
    for (size_t s = 0; s < model->segment_count; s++) {
        places->first[s] = count;
        for (size_t a = 0; a < opening->book_count; a++) {
            const struct opening_account *account = &opening->book[a];
            if (strcmp(account->segment, model->segments[s].segment->name) == 0) {
                places->entries[count++] = (struct opening_entry){
                    account, seat_of(places, model->seat_count, account->owner)};
            }
        }
    }
    places->first[model->segment_count] = count;
    return true;
}

void opening_free(struct opening_places *places) {
    free(places->persons);
    free(places->entries);
    free(places->first);
    *places = (struct opening_places){0};
}

#include "floor.h"

#include "base/clones.h"
#include "base/random.h"

CLONES void floor_month(struct accounts *accounts, size_t count, uint64_t row) {
    const uint64_t *id = accounts->id;
    float *potential = accounts->potential;
    float *wallet = accounts->wallet;
    float *satisfaction = accounts->satisfaction;
    float *relationship = accounts->relationship;
    for (size_t a = 0; a < count; a++) {
        float add = (float)(uint32_t)random_bits(row, id[a]) * 1e-20F;
        potential[a] += add;
        wallet[a] += add;
        satisfaction[a] += add;
        relationship[a] += add;
    }
}

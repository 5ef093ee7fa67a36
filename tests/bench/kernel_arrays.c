#include "kernel.h"

#include "base/clones.h"
#include "base/distribution.h"
#include "base/mathematics.h"
#include "base/random.h"

#include <stdlib.h>

enum { CHUNK = 256 }; /* customers whose random numbers fit into the nearest cache */
enum { LANES = 8 };   /* partial sums, so that sums are vector instructions */

bool kernel_arrays_init(struct kernel_arrays *kernel, size_t accounts) {
    *kernel = (struct kernel_arrays){.accounts = accounts};
    kernel->id = calloc(accounts, sizeof *kernel->id);
    kernel->satisfaction = calloc(accounts, sizeof *kernel->satisfaction);
    kernel->value = calloc(accounts, sizeof *kernel->value);
    if (accounts % LANES != 0 || kernel->id == NULL || kernel->satisfaction == NULL ||
        kernel->value == NULL) {
        kernel_arrays_free(kernel);
        return false;
    }
    for (size_t a = 0; a < accounts; a++) {
        kernel->id[a] = random_mix(1, a);
    }
    return true;
}

void kernel_arrays_free(struct kernel_arrays *kernel) {
    free(kernel->id);
    free(kernel->satisfaction);
    free(kernel->value);
    *kernel = (struct kernel_arrays){0};
}

CLONES
static void draw(uint64_t row, uint64_t row_lost, const uint64_t *restrict id, size_t count,
                 float *restrict z, float *restrict y, float *restrict u) {
    for (size_t a = 0; a < count; a++) {
        float first;
        float second;
        normal_pair(random_bits(row, id[a]), &first, &second);
        z[a] = first;
        y[a] = second;
        u[a] = (float)(int32_t)(random_bits(row_lost, id[a]) >> 40U) * 0x1p-24F;
    }
}

/* One month of `count` customers; adds to the lanes of lost customers and of revenue. */
CLONES
static void month(size_t count, const float *restrict z, const float *restrict y,
                  const float *restrict u, float *restrict satisfaction, float *restrict value,
                  uint32_t lost[LANES], double revenue[LANES]) {
    uint32_t gone[CHUNK];
    for (size_t a = 0; a < count; a++) {
        float s = (float)KERNEL_PERSISTENCE * satisfaction[a] + (float)KERNEL_NOISE * z[a];
        float v = value[a] * math_expf((float)KERNEL_GROWTH + (float)KERNEL_SPREAD * y[a]);
        /* u below 1 / (1 + e) */
        bool leaves = u[a] * (1.0F + math_expf((float)KERNEL_STAY + (float)KERNEL_BOND * s)) < 1.0F;
        satisfaction[a] = leaves ? 0.0F : s;
        value[a] = leaves ? 1.0F : v;
        gone[a] = leaves ? 1U : 0U;
    }
    for (size_t a = 0; a < count; a += LANES) {
        for (size_t l = 0; l < LANES; l++) {
            revenue[l] += (double)value[a + l];
            lost[l] += gone[a + l];
        }
    }
}

struct kernel_moments kernel_arrays_run(struct kernel_arrays *kernel, uint64_t replication) {
    size_t accounts = kernel->accounts;
    uint32_t lost[LANES] = {0};
    double revenue[LANES] = {0};
    float z[CHUNK];
    float y[CHUNK];
    float u[CHUNK];
    for (size_t a = 0; a < accounts; a++) {
        kernel->satisfaction[a] = 0.0F;
        kernel->value[a] = 1.0F;
    }
    for (uint64_t now = 0; now < KERNEL_MONTHS; now++) {
        uint64_t key = random_month_key(1, replication, now);
        uint64_t row = random_purpose_row(key, 1);
        uint64_t row_lost = random_purpose_row(key, 2);
        for (size_t first = 0; first < accounts; first += CHUNK) {
            size_t count = accounts - first < CHUNK ? accounts - first : CHUNK;
            draw(row, row_lost, kernel->id + first, count, z, y, u);
            month(count, z, y, u, kernel->satisfaction + first, kernel->value + first, lost,
                  revenue);
        }
    }
    struct kernel_moments moments = {{0}};
    double people = (double)accounts;
    for (size_t l = 0; l < LANES; l++) {
        moments.value[KERNEL_LOST] += (double)lost[l] / people / KERNEL_MONTHS;
        moments.value[KERNEL_REVENUE] += revenue[l] / people / KERNEL_MONTHS;
    }
    for (size_t a = 0; a < accounts; a++) {
        double s = (double)kernel->satisfaction[a];
        double v = (double)kernel->value[a];
        moments.value[KERNEL_SATISFACTION] += s / people;
        moments.value[KERNEL_SQUARE] += s * s / people;
        moments.value[KERNEL_VALUE] += v / people;
        moments.value[KERNEL_VALUE_SQUARE] += v * v / people;
    }
    return moments;
}

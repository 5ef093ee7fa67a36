/* Writes random bits without end to stdout, in an order in which the program uses its rows of
 * draws, for dieharder -g 200 and other testers that read raw bits (docs/random.md).
 *
 *   rows ORDER SEED
 *
 * The order `increments` is the counter-model: the generators that others give each customer, which
 * differ by consecutive increments, in the order of `customers`. It must fail where the rows pass.
 */
#include "base/random.h"
#include "model/purpose.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A firm of so many customers for so many months; then the next replication. */
enum { CUSTOMERS = 1000, MONTHS = 60, STREAM_DRAWS = 4, BUFFER = 4096 };

struct source {
    uint64_t seed;
    struct pcg32 generators[CUSTOMERS];
};

/* The identity of a customer who was there at the start, as sim/model/customers_start.c has it. */
static uint64_t customer(uint64_t number) { return random_mix(1, number); }

static uint64_t row(uint64_t seed, uint64_t replication, uint64_t month, enum purpose purpose) {
    return random_row(seed, replication, MONTH_OFFSET + month, (uint64_t)purpose);
}

/* All customers in a month, then the next month: how the model reads a row. */
static uint64_t customers(struct source *source, uint64_t n) {
    uint64_t month = n / CUSTOMERS % MONTHS;
    uint64_t replication = n / CUSTOMERS / MONTHS;
    return random_bits(row(source->seed, replication, month, PURPOSE_ACCOUNT_SHOCKS),
                       customer(n % CUSTOMERS));
}

/* The same with plain numbers in the place of identities. */
static uint64_t numbers(struct source *source, uint64_t n) {
    uint64_t month = n / CUSTOMERS % MONTHS;
    uint64_t replication = n / CUSTOMERS / MONTHS;
    return random_bits(row(source->seed, replication, month, PURPOSE_ACCOUNT_SHOCKS),
                       n % CUSTOMERS);
}

/* All months of a customer, then the next customer: what happens to one over time. */
static uint64_t months(struct source *source, uint64_t n) {
    uint64_t number = n / MONTHS % CUSTOMERS;
    uint64_t replication = n / MONTHS / CUSTOMERS;
    return random_bits(row(source->seed, replication, n % MONTHS, PURPOSE_ACCOUNT_SHOCKS),
                       customer(number));
}

/* The same customer and month in one replication after the other: what means are made of. */
static uint64_t replications(struct source *source, uint64_t n) {
    enum { REPLICATIONS = 1000 };
    uint64_t month = n / REPLICATIONS % MONTHS;
    uint64_t number = n / REPLICATIONS / MONTHS;
    return random_bits(row(source->seed, n % REPLICATIONS, month, PURPOSE_ACCOUNT_SHOCKS),
                       customer(number));
}

/* All purposes of a person or customer in a month, then the next one. */
static uint64_t purposes(struct source *source, uint64_t n) {
    uint64_t purpose = PURPOSE_DEMAND + n % PURPOSE_DECISION;
    uint64_t number = n / PURPOSE_DECISION;
    uint64_t month = number / CUSTOMERS % MONTHS;
    uint64_t replication = number / CUSTOMERS / MONTHS;
    return random_bits(row(source->seed, replication, month, (enum purpose)purpose),
                       customer(number % CUSTOMERS));
}

/* The same draw under one seed after the other: what people do who repeat a run. */
static uint64_t seeds(struct source *source, uint64_t n) {
    return random_bits(row(source->seed + n, 0, 0, PURPOSE_DEMAND), 0);
}

/* The first draws of the sequential generators of all customers. */
static uint64_t streams(struct source *source, uint64_t n) {
    uint64_t number = n / STREAM_DRAWS;
    uint64_t month = number / CUSTOMERS;
    struct pcg64_dxsm generator =
        random_stream(row(source->seed, 0, month, PURPOSE_DECISION), customer(number % CUSTOMERS));
    for (uint64_t skipped = 0; skipped < n % STREAM_DRAWS; skipped++) {
        (void)pcg64_dxsm_next(&generator);
    }
    return pcg64_dxsm_next(&generator);
}

/* The counter-model: pcg32, the same seed for all customers, customer k on stream k. */
static uint64_t increments(struct source *source, uint64_t n) {
    uint64_t low = pcg32_next(&source->generators[2 * n % CUSTOMERS]);
    uint64_t high = pcg32_next(&source->generators[(2 * n + 1) % CUSTOMERS]);
    return high << 32U | low;
}

struct order {
    const char *name;
    uint64_t (*draw)(struct source *source, uint64_t n);
};

static const struct order ORDERS[] = {
    {"customers", customers},       {"numbers", numbers},       {"months", months},
    {"replications", replications}, {"purposes", purposes},     {"seeds", seeds},
    {"streams", streams},           {"increments", increments},
};

static const struct order *order_named(const char *name) {
    for (size_t o = 0; o < sizeof ORDERS / sizeof ORDERS[0]; o++) {
        if (strcmp(ORDERS[o].name, name) == 0) {
            return &ORDERS[o];
        }
    }
    return NULL;
}

/* Least significant byte first, on any machine. */
static void put(unsigned char *at, uint64_t word) {
    for (unsigned byte = 0; byte < sizeof word; byte++) {
        at[byte] = (unsigned char)(word >> 8U * byte);
    }
}

int main(int count, char **arguments) {
    static struct source source;
    static unsigned char buffer[BUFFER * sizeof(uint64_t)];
    const struct order *order = count == 3 ? order_named(arguments[1]) : NULL;
    if (order == NULL) {
        (void)fprintf(stderr, "usage: rows ORDER SEED\nORDER is one of");
        for (size_t o = 0; o < sizeof ORDERS / sizeof ORDERS[0]; o++) {
            (void)fprintf(stderr, " %s", ORDERS[o].name);
        }
        (void)fprintf(stderr, ".\n");
        return 2;
    }
    source.seed = strtoull(arguments[2], NULL, 10);
    for (uint64_t k = 0; k < CUSTOMERS; k++) {
        pcg32_seed(&source.generators[k], source.seed, k);
    }
    for (uint64_t n = 0;;) {
        for (size_t w = 0; w < BUFFER; w++) {
            put(buffer + w * sizeof(uint64_t), order->draw(&source, n++));
        }
        if (fwrite(buffer, sizeof buffer, 1, stdout) != 1) {
            return errno == EPIPE ? 0 : 1;
        }
    }
}

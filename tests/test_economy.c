#include "firm_fixture.h"
#include "test.h"

#include <math.h>

static void a_dated_recession_lasts_its_time_whatever_chance_brings(void) {
    const char *const sets[] = {"simulation.years=1", "economy.recession.month=12",
                                "economy.recession.probability=0.9", "economy.recession.months=24"};
    struct world world;
    double running = 0;
    world_open(&world, QUIET, sets, 4);
    for (uint64_t replication = 0; replication < 50; replication++) {
        firm_run(&world.firm, 3, replication);
        CU_ASSERT_EQUAL(world.firm.recession_left, 24);
    }
    world_close(&world);
    const char *const undated[] = {"simulation.years=1", "economy.recession.probability=0.9",
                                   "economy.recession.months=24"};
    world_open(&world, QUIET, undated, 3);
    for (uint64_t replication = 0; replication < 50; replication++) {
        firm_run(&world.firm, 3, replication);
        running += world.firm.recession_left > 0 && world.firm.recession_left < 24;
    }
    CU_ASSERT(running > 25); /* so that there was something for chance to bring */
    world_close(&world);
}

static const struct test TESTS[] = {
    {"a dated recession lasts its time whatever chance brings",
     a_dated_recession_lasts_its_time_whatever_chance_brings},
};

const struct suite suite_economy = {"economy", TESTS, sizeof TESTS / sizeof TESTS[0]};

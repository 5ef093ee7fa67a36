#include "engine/experiment.h"

#include "base/memory.h"
#include "engine/measure.h"
#include "engine/table.h"
#include "model/firm.h"
#include "model/model.h"

#include <omp.h>
#include <sched.h>
#include <stdlib.h>
#include <time.h>

/* What one thread needs for one variant. */
struct desk {
    struct firm firm;
    struct measure measure;
    double *rows; /* BLOCK_REPLICATIONS rows of the cells of the variant's table */
};

/* An experiment while it runs. */
struct run {
    const struct experiment *experiment;
    struct results *results;
    struct error *error;  /* written only while setting up and merging */
    struct model *models; /* one a variant */
    struct desk *desks;   /* threads x variants */
    int threads;
    uint64_t blocks; /* of all replications up to the end of this part */
    uint64_t taken;  /* blocks that a thread has begun; atomic */
    uint64_t turn;   /* the block that may be merged; atomic */
    bool ended;      /* nothing more is merged; read and written atomically */
    bool failed;     /* written only while merging */
    bool enough;     /* the same: no more replications are wanted */
};

static uint64_t block_start(uint64_t block) { return block * BLOCK_REPLICATIONS; }

static uint64_t experiment_end(const struct experiment *experiment) {
    return experiment->end == 0 ? experiment->replications : experiment->end;
}

/* Only the last block can be shorter. */
static size_t block_length(const struct run *run, uint64_t block) {
    uint64_t left = experiment_end(run->experiment) - block_start(block);
    return left < BLOCK_REPLICATIONS ? (size_t)left : BLOCK_REPLICATIONS;
}

static bool run_is_over(struct run *run) {
    bool ended;
#pragma omp atomic read
    ended = run->ended;
    const volatile sig_atomic_t *stop = run->experiment->stop;
    return ended || (stop != NULL && __atomic_load_n(stop, __ATOMIC_RELAXED) != 0);
}

static void run_end(struct run *run) {
#pragma omp atomic write
    run->ended = true;
}

/* Simulates a block; false when it was left before its end. */
static bool block_simulate(struct run *run, struct desk *desks, uint64_t block) {
    const struct experiment *experiment = run->experiment;
    size_t length = block_length(run, block);
    for (size_t i = 0; i < length; i++) {
        if (run_is_over(run)) {
            return false;
        }
        uint64_t replication = experiment->first_replication + block_start(block) + i;
        for (size_t v = 0; v < experiment->scenario_count; v++) {
            struct desk *desk = &desks[v];
            firm_run(&desk->firm, experiment->seed, replication);
            measure_firm(&desk->measure, &desk->firm,
                         desk->rows + i * table_cells(desk->measure.table));
        }
    }
    return true;
}

static bool block_add(struct run *run, const struct desk *desks, size_t length) {
    struct variant *variants = run->results->variants;
    struct row_block baseline = {desks[0].rows, table_cells(&variants[0].values)};
    for (size_t v = 0; v < run->experiment->scenario_count; v++) {
        struct row_block plan = {desks[v].rows, table_cells(&variants[v].values)};
        if (!table_add(&variants[v].values, plan.rows, length, run->error)) {
            return false;
        }
        if (v > 0 && !table_add_differences(&variants[v].differences, variants[v].pairs, plan,
                                            baseline, length, run->error)) {
            return false;
        }
    }
    return true;
}

/* Hands the rows of a block to the caller. */
static bool block_report(struct run *run, const struct desk *desks, uint64_t block, size_t length) {
    const struct experiment *experiment = run->experiment;
    for (size_t i = 0; experiment->row != NULL && i < length; i++) {
        uint64_t replication = experiment->first_replication + block_start(block) + i;
        for (size_t v = 0; v < experiment->scenario_count; v++) {
            const struct table *table = &run->results->variants[v].values;
            if (!experiment->row(experiment->row_context, v, replication, table,
                                 desks[v].rows + i * table_cells(table), run->error)) {
                return false;
            }
        }
    }
    return true;
}

/* Merges a finished block; the first one that is not finished ends the run, so that what is merged
 * has no gap. Called in the order of blocks, one at a time. */
static void block_merge(struct run *run, const struct desk *desks, uint64_t block, bool finished) {
    const struct experiment *experiment = run->experiment;
    bool ended;
#pragma omp atomic read
    ended = run->ended;
    if (ended || !finished) {
        run_end(run);
        return;
    }
    size_t length = block_length(run, block);
    if (!block_add(run, desks, length) || !block_report(run, desks, block, length)) {
        run->failed = true;
        run_end(run);
        return;
    }
    run->results->replications += length;
    if (experiment->merged != NULL &&
        !experiment->merged(experiment->state_context, run->results, run->error)) {
        run->failed = true;
        run_end(run);
        return;
    }
    if (experiment->enough != NULL &&
        experiment->enough(experiment->enough_context, run->results)) {
        run->results->replications_asked = run->results->replications;
        run->enough = true;
        run_end(run);
    }
    if (experiment->progress != NULL) {
        experiment->progress(experiment->progress_context, run->results->replications,
                             experiment_end(experiment) - experiment->begin);
    }
}

/* Waits until all blocks before this one have been merged. */
static void await_turn(const struct run *run, uint64_t block) {
    for (;;) {
        uint64_t turn;
#pragma omp atomic read seq_cst
        turn = run->turn;
        if (turn == block) {
            return;
        }
        (void)sched_yield(); /* blocks take about the same time, so it is not long */
    }
}

/* One thread: takes the next block, simulates it, merges it when its turn has come. Every block
 * that was taken has its turn, so nobody waits for one that never comes. (An OpenMP loop with an
 * ordered region does the same, but was seen to hang in libgomp when a run of millions of blocks is
 * interrupted.) */
static void work_blocks(struct run *run, struct desk *desks) {
    bool ended = false;
    while (!ended) {
        uint64_t block;
#pragma omp atomic capture seq_cst
        block = run->taken++;
        if (block >= run->blocks) {
            return;
        }
        bool finished = block_simulate(run, desks, block);
        await_turn(run, block);
        block_merge(run, desks, block, finished);
        ended = run->ended; /* only whoever has the turn writes it */
#pragma omp atomic update seq_cst
        run->turn++;
    }
}

static void run_blocks(struct run *run) {
#pragma omp parallel num_threads(run->threads)
    work_blocks(run, run->desks + (size_t)omp_get_thread_num() * run->experiment->scenario_count);
}

/* Threads that have something to do: a block each at least. */
static int thread_count(const struct experiment *experiment, uint64_t blocks) {
    int threads = experiment->threads > 0 ? experiment->threads : omp_get_num_procs();
    if ((uint64_t)threads > blocks) {
        threads = (int)blocks;
    }
    return threads < 1 ? 1 : threads;
}

static bool check_horizons(const struct experiment *experiment, struct error *error) {
    const struct parameters *first = &experiment->scenarios[0]->parameters;
    for (size_t v = 1; v < experiment->scenario_count; v++) {
        const struct parameters *other = &experiment->scenarios[v]->parameters;
        if (other->simulation.years != first->simulation.years) {
            return error_add(error, ERROR_QUESTION,
                             "%s runs %ld years, the baseline %s %ld: a comparison needs the same "
                             "horizon",
                             other->name, other->simulation.years, first->name,
                             first->simulation.years);
        }
    }
    return true;
}

static bool prepare_desk(struct run *run, struct desk *desk, size_t v) {
    const struct variant *variant = &run->results->variants[v];
    if (!firm_init(&desk->firm, &run->models[v], run->error) ||
        !measure_init(&desk->measure, &variant->values, &variant->scenario->parameters,
                      run->error)) {
        return false;
    }
    desk->rows = memory_room(BLOCK_REPLICATIONS * table_cells(&variant->values), sizeof *desk->rows,
                             "values of replications", run->error);
    return desk->rows != NULL;
}

static bool prepare(struct run *run) {
    size_t count = run->experiment->scenario_count;
    size_t desk_count = (size_t)run->threads * count;
    run->models = memory_array(count, sizeof *run->models, "models", run->error);
    run->desks = memory_array(desk_count, sizeof *run->desks, "desks of threads", run->error);
    if (run->models == NULL || run->desks == NULL) {
        return false;
    }
    for (size_t v = 0; v < count; v++) {
        if (!model_init(&run->models[v], &run->experiment->scenarios[v]->parameters, run->error)) {
            return false;
        }
    }
    for (size_t d = 0; d < desk_count; d++) {
        if (!prepare_desk(run, &run->desks[d], d % count)) {
            return false;
        }
    }
    return true;
}

/* Also after a failure half-way: what was not reached is zero. */
static void clean_up(struct run *run) {
    size_t count = run->experiment->scenario_count;
    for (size_t d = 0; run->desks != NULL && d < (size_t)run->threads * count; d++) {
        firm_free(&run->desks[d].firm);
        measure_free(&run->desks[d].measure);
        free(run->desks[d].rows);
    }
    for (size_t v = 0; v < count; v++) {
        if (run->models != NULL) {
            model_free(&run->models[v]);
        }
    }
    free(run->desks);
    free(run->models);
}

static double seconds_since(const struct timespec *begin) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - begin->tv_sec) + 1e-9 * (double)(now.tv_nsec - begin->tv_nsec);
}

/* Empty tables, then what an earlier experiment left for this one. */
static bool begin_results(const struct experiment *experiment, struct results *results,
                          struct error *error) {
    if (!check_horizons(experiment, error) ||
        !results_init_horizon(results, experiment->scenarios, experiment->scenario_count,
                              experiment->begin, experiment->only, error)) {
        return false;
    }
    results->seed = experiment->seed;
    results->replications_asked = experiment->replications;
    return experiment->restore == NULL ||
           experiment->restore(experiment->state_context, results, error);
}

bool experiment_run(const struct experiment *experiment, struct results *results,
                    struct error *error) {
    struct timespec begin;
    (void)clock_gettime(CLOCK_MONOTONIC, &begin);
    uint64_t end = experiment_end(experiment);
    bool good = begin_results(experiment, results, error);
    uint64_t next =
        (results->first + results->replications + BLOCK_REPLICATIONS - 1) / BLOCK_REPLICATIONS;
    struct run run = {
        .experiment = experiment,
        .results = results,
        .error = error,
        .blocks = (end + BLOCK_REPLICATIONS - 1) / BLOCK_REPLICATIONS,
        .taken = next,
        .turn = next,
    };
    if (good && next < run.blocks) {
        run.threads = thread_count(experiment, run.blocks - next);
        good = prepare(&run);
        if (good) {
            run_blocks(&run);
            good = !run.failed;
        }
        clean_up(&run);
    }
    if (!good) {
        results_free(results);
        return false;
    }
    results_settle(results);
    results->interrupted = !run.enough && results->replications < end - experiment->begin;
    results->seconds = seconds_since(&begin);
    return true;
}

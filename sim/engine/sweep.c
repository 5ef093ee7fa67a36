#include "engine/sweep.h"

#include "base/memory.h"
#include "engine/measure.h"
#include "engine/sweep_plan.h"
#include "engine/table.h"
#include "model/firm.h"

#include <omp.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum job_state { JOB_FREE, JOB_PREPARING, JOB_OPEN, JOB_DONE };

/* A point that is being simulated. */
struct job {
    enum job_state state;
    size_t point;
    uint64_t number; /* in the order of the jobs */
    uint64_t taken;  /* blocks */
    uint64_t finished;
    size_t workers; /* whose desks are made for it: it stays until the last has left */
    struct sweep_plan plans[SWEEP_PLANS_MOST];
};

/* What one thread needs for one plan of a job. */
struct desk {
    struct firm firm;
    struct measure measure;
    double *row;
};

struct worker {
    struct job *job; /* that the desks are made for */
    struct desk desks[SWEEP_PLANS_MOST];
};

/* Work for one thread: to prepare a job, or one block of it. */
struct task {
    struct job *job;
    bool prepare;
    uint64_t block;
};

/* A sweep while it runs. What threads share is read and written under the lock, but for the values
 * of blocks, which belong to who has taken the block. */
struct run {
    const struct sweep *sweep;
    struct sweep_results *results;
    struct error *error;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    size_t *queue; /* points in the order in which they are begun */
    size_t queued;
    size_t begun;
    struct job *jobs; /* one more than threads, so that a new point is ready before one ends */
    size_t job_count;
    uint64_t numbers;
    uint64_t blocks;      /* of a point */
    double *baseline;     /* replications x metrics; NULL: nothing to compare points with */
    uint64_t simulated;   /* replications */
    uint64_t to_simulate; /* in all */
    bool failed;
    int threads;
};

static void end(struct run *run) { /* under the lock */
    run->failed = true;
    (void)pthread_cond_broadcast(&run->changed);
}

static bool stopped(const struct run *run) {
    const volatile sig_atomic_t *stop = run->sweep->stop;
    return stop != NULL && __atomic_load_n(stop, __ATOMIC_RELAXED) != 0;
}

static void free_job(struct job *job, size_t plans) {
    for (size_t p = 0; p < plans; p++) {
        sweep_plan_free(&job->plans[p]);
    }
    *job = (struct job){0};
}

/* A point that is done makes room for another when the last worker has left it. Not under the
 * lock. */
static void release(struct run *run, struct job *job, size_t leaving) {
    struct job old = {0};
    (void)pthread_mutex_lock(&run->lock);
    job->workers -= leaving;
    if (job->workers == 0 && job->state == JOB_DONE) {
        old = *job;
        *job = (struct job){0};
        (void)pthread_cond_broadcast(&run->changed);
    }
    (void)pthread_mutex_unlock(&run->lock);
    free_job(&old, run->sweep->plan_count);
}

/* Takes the desks of a worker away from its job. Not under the lock. */
static void leave(struct run *run, struct worker *worker) {
    struct job *job = worker->job;
    if (job == NULL) {
        return;
    }
    for (size_t p = 0; p < SWEEP_PLANS_MOST; p++) {
        firm_free(&worker->desks[p].firm);
        measure_free(&worker->desks[p].measure);
        free(worker->desks[p].row);
    }
    *worker = (struct worker){0};
    release(run, job, 1);
}

/* Makes the desks of a worker for a job. */
static bool join(struct run *run, struct worker *worker, struct job *job, struct error *error) {
    const struct sweep *sweep = run->sweep;
    if (worker->job == job) {
        return true;
    }
    leave(run, worker);
    (void)pthread_mutex_lock(&run->lock);
    job->workers++;
    (void)pthread_mutex_unlock(&run->lock);
    worker->job = job;
    for (size_t p = 0; p < sweep->plan_count; p++) {
        struct desk *desk = &worker->desks[p];
        const struct sweep_plan *plan = &job->plans[p];
        const struct scenario *scenario = sweep->scenarios[job->point * sweep->plan_count + p];
        if (plan->known) {
            continue;
        }
        desk->row = memory_array(table_cells(&plan->shape), sizeof(double), "values", error);
        if (desk->row == NULL || !firm_init(&desk->firm, &plan->model, error) ||
            !measure_init(&desk->measure, &plan->shape, &scenario->parameters, error)) {
            return false;
        }
    }
    return true;
}

/* False when it was left before its end. */
static bool simulate(struct run *run, struct worker *worker, const struct task *task,
                     struct error *error) {
    const struct sweep *sweep = run->sweep;
    uint64_t from = task->block * BLOCK_REPLICATIONS;
    uint64_t to = from + BLOCK_REPLICATIONS;
    uint64_t before = sweep->own_chance ? task->job->point * sweep->replications : 0;
    if (!join(run, worker, task->job, error)) {
        return false;
    }
    for (uint64_t r = from; r < to && r < sweep->replications; r++) {
        if (stopped(run)) {
            return false;
        }
        for (size_t p = 0; p < sweep->plan_count; p++) {
            struct desk *desk = &worker->desks[p];
            if (task->job->plans[p].known) {
                continue;
            }
            firm_run(&desk->firm, sweep->seed, before + r);
            measure_firm(&desk->measure, &desk->firm, desk->row);
            sweep_plan_keep(&task->job->plans[p], sweep, desk->row, r);
        }
    }
    return true;
}

/* All cells of a point. */
static bool reduce(struct run *run, const struct job *job, struct error *error) {
    const struct sweep *sweep = run->sweep;
    bool good = true;
    for (size_t p = 0; good && p < sweep->plan_count; p++) {
        const double *less = p > 0                           ? job->plans[0].values
                             : job->point == sweep->baseline ? NULL
                                                             : run->baseline;
        good = sweep_plan_reduce(&job->plans[p], sweep, less,
                                 sweep_cell(run->results, job->point, p, 0), error);
    }
    return good;
}

/* Under the lock. */
static bool keep(const struct run *run, const struct job *job, struct error *error) {
    const struct sweep *sweep = run->sweep;
    bool good = true;
    for (size_t p = 0; good && sweep->keep != NULL && p < sweep->plan_count; p++) {
        const struct sweep_plan *plan = &job->plans[p];
        good = plan->known ||
               sweep->keep(sweep->keep_context, job->point, p, &plan->shape, plan->rows, error);
    }
    return good;
}

/* The last block of a point is done: its cells and its place among the results. */
static void conclude(struct run *run, struct job *job) {
    const struct sweep *sweep = run->sweep;
    struct error error = {0};
    bool good = reduce(run, job, &error);
    if (good && job->point == sweep->baseline) { /* alone at this time */
        memcpy(run->baseline, job->plans[0].values, sweep_value_count(sweep) * sizeof(double));
    }
    (void)pthread_mutex_lock(&run->lock);
    job->state = JOB_DONE; /* the worker that is here leaves it later */
    if (!good) {
        (void)error_add(run->error, ERROR_FAILURE, "%.*s", (int)strcspn(error_text(&error), "\n"),
                        error_text(&error));
        end(run);
    } else if (!run->failed && !keep(run, job, run->error)) {
        end(run);
    } else if (!run->results->done[job->point]) {
        for (size_t p = 0; sweep->values != NULL && p < sweep->plan_count; p++) {
            sweep->values(sweep->values_context, job->point, p, job->plans[p].values);
        }
        run->results->done[job->point] = true;
        run->results->done_count++;
        if (sweep->point != NULL && !run->failed &&
            !sweep->point(sweep->point_context, job->point, run->error)) {
            end(run);
        }
    }
    (void)pthread_cond_broadcast(&run->changed);
    (void)pthread_mutex_unlock(&run->lock);
    error_free(&error);
}

/* A plan is either known or gets its model. */
static bool prepare_plan(struct run *run, struct job *job, size_t p, struct error *error) {
    const struct sweep *sweep = run->sweep;
    struct sweep_plan *plan = &job->plans[p];
    const struct parameters *parameters =
        &sweep->scenarios[job->point * sweep->plan_count + p]->parameters;
    bool good = sweep_plan_init(plan, sweep, parameters, error);
    if (good && sweep->recall != NULL) {
        (void)pthread_mutex_lock(&run->lock);
        good = sweep->recall(sweep->keep_context, job->point, p, plan->values, &plan->known, error);
        (void)pthread_mutex_unlock(&run->lock);
    }
    return good && (plan->known || sweep_plan_model(plan, sweep, parameters, error));
}

static void prepare(struct run *run, struct job *job) {
    const struct sweep *sweep = run->sweep;
    struct error error = {0};
    bool good = true;
    bool known = true;
    for (size_t p = 0; good && p < sweep->plan_count; p++) {
        good = prepare_plan(run, job, p, &error);
        known = known && job->plans[p].known;
    }
    known = known && good;
    (void)pthread_mutex_lock(&run->lock);
    job->state = JOB_OPEN;
    if (known) { /* there is no block to be taken */
        job->taken = run->blocks;
        job->finished = run->blocks;
        run->to_simulate -= sweep->replications;
    }
    if (!good) {
        (void)error_add(run->error, ERROR_FAILURE, "point %zu: %.*s",
                        sweep_label(sweep, job->point), (int)strcspn(error_text(&error), "\n"),
                        error_text(&error));
        end(run);
    }
    (void)pthread_cond_broadcast(&run->changed);
    (void)pthread_mutex_unlock(&run->lock);
    error_free(&error);
    if (known) {
        conclude(run, job);
        release(run, job, 0);
    }
}

static void finish_block(struct run *run, const struct task *task, bool good, struct error *error) {
    const struct sweep *sweep = run->sweep;
    uint64_t from = task->block * BLOCK_REPLICATIONS;
    uint64_t left = sweep->replications - from;
    bool last = false;
    (void)pthread_mutex_lock(&run->lock);
    if (error->kind != ERROR_NONE) {
        (void)error_add(run->error, ERROR_FAILURE, "%.*s", (int)strcspn(error_text(error), "\n"),
                        error_text(error));
        end(run);
    } else if (good) {
        task->job->finished++;
        last = task->job->finished == run->blocks;
        run->simulated += left < BLOCK_REPLICATIONS ? left : BLOCK_REPLICATIONS;
        if (sweep->progress != NULL) {
            sweep->progress(sweep->progress_context, run->simulated, run->to_simulate);
        }
    }
    (void)pthread_cond_broadcast(&run->changed);
    (void)pthread_mutex_unlock(&run->lock);
    if (last) {
        conclude(run, task->job);
    }
}

/* Under the lock: a block of a point under way, or else a new point; `wait` when there may be more
 * as soon as another thread has prepared or finished something. */
static bool find_task(struct run *run, struct task *task, bool *wait) {
    struct job *oldest = NULL;
    struct job *room = NULL;
    *wait = false;
    for (size_t j = 0; j < run->job_count; j++) {
        struct job *job = &run->jobs[j];
        if (job->state == JOB_FREE) {
            room = room == NULL ? job : room;
        } else if (job->state == JOB_PREPARING) {
            *wait = true;
        } else if (job->state == JOB_OPEN && job->taken < run->blocks &&
                   (oldest == NULL || job->number < oldest->number)) {
            oldest = job;
        }
    }
    if (oldest != NULL) {
        *task = (struct task){oldest, false, oldest->taken++};
        return true;
    }
    if (run->begun < run->queued) {
        if (room == NULL) {
            *wait = true;
            return false;
        }
        *room = (struct job){
            .state = JOB_PREPARING, .point = run->queue[run->begun++], .number = ++run->numbers};
        *task = (struct task){room, true, 0};
        return true;
    }
    return false;
}

/* False when there is nothing left for this thread. Who waits holds no place. */
static bool take(struct run *run, struct worker *worker, struct task *task) {
    bool found = false;
    bool wait = true;
    (void)pthread_mutex_lock(&run->lock);
    while (!run->failed && !stopped(run) && !(found = find_task(run, task, &wait)) && wait) {
        if (worker->job != NULL) {
            (void)pthread_mutex_unlock(&run->lock);
            leave(run, worker);
            (void)pthread_mutex_lock(&run->lock);
        } else {
            (void)pthread_cond_wait(&run->changed, &run->lock);
        }
    }
    (void)pthread_mutex_unlock(&run->lock);
    return found;
}

static void work(struct run *run) {
    struct worker worker = {0};
    struct task task;
    while (take(run, &worker, &task)) {
        struct error error = {0};
        if (task.prepare) {
            leave(run, &worker);
            prepare(run, task.job);
        } else {
            bool good = simulate(run, &worker, &task, &error);
            finish_block(run, &task, good, &error);
        }
        error_free(&error);
    }
    leave(run, &worker);
}

static bool run_queue(struct run *run) {
    run->begun = 0;
#pragma omp parallel num_threads(run->threads)
    work(run);
    for (size_t j = 0; j < run->job_count; j++) { /* left before their end */
        free_job(&run->jobs[j], run->sweep->plan_count);
    }
    return !run->failed;
}

static int thread_count(const struct sweep *sweep) {
    int threads = sweep->threads > 0 ? sweep->threads : omp_get_num_procs();
    uint64_t blocks = (sweep->replications + BLOCK_REPLICATIONS - 1) / BLOCK_REPLICATIONS *
                      sweep->design->point_count;
    return (uint64_t)threads > blocks ? (int)blocks : threads;
}

/* The baseline goes alone before the others, which are compared with its values; when it is done
 * already it is simulated for these. */
static bool run_all(struct run *run) {
    const struct sweep *sweep = run->sweep;
    size_t left = sweep->design->point_count - run->results->done_count;
    bool alone = sweep->baseline < sweep->design->point_count && left > 0;
    bool again = alone && run->results->done[sweep->baseline];
    run->to_simulate = (left + again) * sweep->replications;
    if (alone) {
        run->queue[0] = sweep->baseline;
        run->queued = 1;
        if (!run_queue(run) || !run->results->done[sweep->baseline] || stopped(run)) {
            return !run->failed;
        }
    }
    run->queued = 0;
    for (size_t p = 0; p < sweep->design->point_count; p++) {
        if (!run->results->done[p]) {
            run->queue[run->queued++] = p;
        }
    }
    return run_queue(run);
}

static double seconds_since(const struct timespec *begin) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - begin->tv_sec) + 1e-9 * (double)(now.tv_nsec - begin->tv_nsec);
}

bool sweep_run(const struct sweep *sweep, struct sweep_results *results, struct error *error) {
    struct timespec begin;
    (void)clock_gettime(CLOCK_MONOTONIC, &begin);
    struct run run = {
        .sweep = sweep,
        .results = results,
        .error = error,
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .changed = PTHREAD_COND_INITIALIZER,
        .blocks = (sweep->replications + BLOCK_REPLICATIONS - 1) / BLOCK_REPLICATIONS,
        .threads = thread_count(sweep),
    };
    run.job_count = (size_t)run.threads + 1;
    run.jobs = memory_array(run.job_count, sizeof *run.jobs, "points of a sweep", error);
    run.queue = memory_array(sweep->design->point_count, sizeof *run.queue, "points", error);
    bool good = run.jobs != NULL && run.queue != NULL;
    if (good && sweep->baseline < sweep->design->point_count) {
        run.baseline =
            memory_array(sweep_value_count(sweep), sizeof(double), "values of the baseline", error);
        good = run.baseline != NULL;
    }
    good = good && run_all(&run);
    free(run.jobs);
    free(run.queue);
    free(run.baseline);
    (void)pthread_cond_destroy(&run.changed);
    (void)pthread_mutex_destroy(&run.lock);
    results->interrupted = good && results->done_count < results->point_count;
    results->seconds = seconds_since(&begin);
    return good;
}

#include "pool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* A suite on its way. */
struct job {
    pid_t process; /* 0: not started */
    FILE *output;
    bool ended;
    int status;
};

static void show(FILE *output) {
    char bytes[4096];
    size_t got = 0;
    rewind(output);
    while ((got = fread(bytes, 1, sizeof bytes, output)) > 0) {
        (void)fwrite(bytes, 1, got, stdout);
    }
}

/* What a process left behind, in words, and its counts. */
static void finish(struct job *job, const struct suite *suite, const struct pool_counts *counts,
                   struct pool_counts *sum) {
    show(job->output);
    (void)fclose(job->output);
    sum->passed += counts->passed;
    sum->failed += counts->failed;
    sum->asserts += counts->asserts;
    if (WIFSIGNALED(job->status)) {
        printf("failed: %s: ended by %s\n", suite->name, strsignal(WTERMSIG(job->status)));
        sum->failed++;
    } else if (counts->failed == 0 && WEXITSTATUS(job->status) != EXIT_SUCCESS) {
        printf("failed: %s: ended with exit code %d\n", suite->name, WEXITSTATUS(job->status));
        sum->failed++;
    }
    (void)fflush(stdout);
}

static bool wait_for_one(struct job *jobs, size_t count) {
    int status = 0;
    pid_t process = wait(&status);
    for (size_t i = 0; i < count; i++) {
        if (jobs[i].process == process && process > 0) {
            jobs[i].ended = true;
            jobs[i].status = status;
        }
    }
    return process > 0;
}

bool pool_run(const struct suite *const *suites, size_t count, unsigned jobs,
              struct pool_counts (*run)(const struct suite *suite, void *context), void *context,
              struct pool_counts *sum) {
    size_t bytes = (count + 1) * sizeof(struct pool_counts);
    struct pool_counts *counts =
        mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    struct job *list = calloc(count + 1, sizeof *list);
    bool good = counts != MAP_FAILED && list != NULL;
    size_t started = 0;
    size_t shown = 0;
    unsigned running = 0;
    *sum = (struct pool_counts){0};
    (void)fflush(stdout);
    while (good && shown < count) {
        if (started < count && running < jobs) {
            struct job *job = &list[started];
            job->output = tmpfile();
            job->process = job->output == NULL ? -1 : fork();
            if (job->process == 0) {
                (void)dup2(fileno(job->output), STDOUT_FILENO);
                (void)dup2(fileno(job->output), STDERR_FILENO);
                counts[started] = run(suites[started], context);
                exit(counts[started].failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
            }
            good = job->process > 0;
            started++;
            running++;
            continue;
        }
        good = wait_for_one(list, started);
        running--;
        for (; shown < started && list[shown].ended; shown++) {
            finish(&list[shown], suites[shown], &counts[shown], sum);
        }
    }
    free(list);
    if (counts != MAP_FAILED) {
        (void)munmap(counts, bytes);
    }
    return good;
}

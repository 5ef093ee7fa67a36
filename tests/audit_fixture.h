/* A firm that somebody falsifies in a month, and what the auditor says of it.
 * Ownership: values only; the world stays as it was. */
#ifndef TESTS_AUDIT_FIXTURE_H
#define TESTS_AUDIT_FIXTURE_H

#include "firm_fixture.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { AUDIT_SENTENCE = 512 };

static inline void falsify_nothing(struct firm *firm) { (void)firm; }

/* The sentence with which the month ends that begins with the change, in a process of its own; ""
 * when it does not stop. */
static inline void falsify(struct world *world, size_t month, void (*change)(struct firm *),
                           char sentence[AUDIT_SENTENCE]) {
    int pipes[2];
    size_t length = 0;
    ssize_t got = 0;
    int status = 0;
    sentence[0] = '\0';
    CU_ASSERT_EQUAL_FATAL(pipe(pipes), 0);
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        (void)dup2(pipes[1], STDERR_FILENO);
        firm_start(&world->firm, 4, 2);
        for (size_t m = 0; m < month; m++) {
            firm_step(&world->firm, m);
        }
        change(&world->firm);
        firm_step(&world->firm, month);
        _exit(0);
    }
    (void)close(pipes[1]);
    while (length < AUDIT_SENTENCE - 1 &&
           (got = read(pipes[0], sentence + length, AUDIT_SENTENCE - 1 - length)) > 0) {
        length += (size_t)got;
    }
    CU_ASSERT_EQUAL(waitpid(child, &status, 0), child);
    sentence[length] = '\0';
    (void)close(pipes[0]);
    CU_ASSERT_EQUAL(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT, length > 0);
}

#endif

#include "cli/interrupt.h"

#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t interrupted;

/* Files get their final names only when they are complete, so leaving at once is safe. */
static void on_signal(int number) {
    (void)number;
    if (interrupted) {
        _exit(130);
    }
    interrupted = 1;
}

void interrupt_watch(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART; /* a write under way goes on */
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
}

const volatile sig_atomic_t *interrupt_flag(void) { return &interrupted; }

/* Ctrl-C and termination: the first asks the experiment to stop with what it has, the second ends
 * the program at once. Ownership: the one flag of the process lives here. */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <signal.h>
#include <stdbool.h>

/* From now on SIGINT and SIGTERM only set the flag. */
void interrupt_watch(void);

/* The flag, 1 once the user wants to stop. */
const volatile sig_atomic_t *interrupt_flag(void);

#endif

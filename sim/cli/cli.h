/* The program: finds the command that was asked for, runs it and turns its errors into words and
 * an exit code. Ownership: nothing is kept. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

/* The exit code: 0 done, 1 could not, 2 wrong question, 130 interrupted. */
int cli_main(int argc, char **argv);

#endif

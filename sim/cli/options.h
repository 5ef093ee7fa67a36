/* The command line: options that every command knows, declared once, and around them the reading
 * of a command's own options.
 * Ownership: a struct options owns its two lists (options_free); the strings are argv's. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "base/error.h"
#include "engine/parallel_mpi.h"

#include <argp.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum output_format { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON };

struct usage;

struct options {
    const char **sets; /* PATH=VALUE in the order given */
    size_t set_count;
    const char **arguments; /* what is not an option */
    size_t argument_count;
    const char *out; /* NULL: not given */
    uint64_t seed;
    bool seed_given;
    uint64_t replications; /* 0: the scenario's */
    int threads;           /* 0: as many as the machine has */
    enum output_format format;
    bool force;
    bool quiet;
    bool verbose;
    struct processes processes;      /* that mpirun has started */
    struct error *error;             /* where reading puts its sentences */
    const char *wrong;               /* the option that argp could not read */
    const struct usage **only_usage; /* where a reading puts its usage instead; NULL: it reads */
};

/* A mean over more histories than this says nothing that one over these does not. */
enum { OPTIONS_REPLICATIONS_MOST = 1000000000 };

/* What the reading of one command line needs to know about the command. */
struct usage {
    const char *name;      /* "anreiz run" */
    const char *arguments; /* "SCENARIO", for the help */
    const char *examples;  /* first thing in the help, before the options */
    const char *notes;     /* after the options, may be NULL */
    size_t arguments_least;
    size_t arguments_most;
    const struct argp *own; /* the command's options and their parser, may be NULL */
};

/* The options that every command knows, ended by a zeroed one. */
extern const struct argp_option OPTIONS_COMMON[];

/* Makes room for the lists of a command line of `argc` words. */
bool options_init(struct options *options, int argc, struct error *error)
    __attribute__((warn_unused_result));
void options_free(struct options *options);

/* Reads the common options before the command; `*command` becomes the index of the command's
 * word, or argc when there is none. True when the program shall go on; false without a sentence in
 * `error` when --help or --version was answered. */
bool options_read_before(struct options *options, const char *help, int argc, char **argv,
                         int *command, struct error *error) __attribute__((warn_unused_result));

/* Reads everything after the command's word argv[0]; `own_input` goes to the parser of the
 * command's own options. Same result as above. */
bool options_read(struct options *options, const struct usage *usage, void *own_input, int argc,
                  char **argv, struct error *error) __attribute__((warn_unused_result));

/* A whole number from least to most out of an option's value; false and a sentence otherwise. */
bool options_number(const char *option, const char *value, uint64_t least, uint64_t most,
                    uint64_t *number, struct error *error) __attribute__((warn_unused_result));

/* For the parsers of commands that offer --format: the row and what its value means. */
#define OPTIONS_FORMAT_ROW                                                                         \
    { "format", OPTION_FORMAT, "csv|json", 0, "Print the results in this format", 0 }
enum { OPTION_FORMAT = 0x200 };

/* A parser's reason to stop without an error: what was asked for, such as help, was printed. */
enum { OPTIONS_ANSWERED = ECANCELED };
bool options_format(const char *value, enum output_format *format, struct error *error)
    __attribute__((warn_unused_result));

#endif

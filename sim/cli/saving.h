/* Runs that are longer than a machine stays up, or larger than one machine: the state of a run in
 * its folder (run.state), saved now and then, and runs that do only one of several shards.
 * Ownership: the caller owns the struct (zeroed is valid), calls saving_close, and keeps what it
 * lends for as long. */
#ifndef CLI_SAVING_H
#define CLI_SAVING_H

#include "cli/options.h"
#include "cli/talk.h"
#include "cli/writing.h"
#include "engine/state.h"

/* What the command line says about it. */
struct saving_options {
    bool resume;
    uint64_t shard;  /* from 1; 0: the whole run */
    uint64_t shards; /* 0: the whole run */
    bool checkpoint_given;
    uint64_t checkpoint;               /* seconds */
    const struct precision *precision; /* that ends the run, or NULL */
};

/* The rows of the options for the table of a command, and their parser: ARGP_ERR_UNKNOWN for any
 * other key, EINVAL with a sentence for a wrong value. */
enum { OPTION_RESUME = 0x400, OPTION_SHARD, OPTION_CHECKPOINT };
#define SAVING_OPTION_ROWS                                                                         \
    {"resume",                                                                                     \
     OPTION_RESUME,                                                                                \
     NULL,                                                                                         \
     0,                                                                                            \
     "Go on where a run into this folder was left; begin it when there is none",                   \
     0},                                                                                           \
        {"shard",                                                                                  \
         OPTION_SHARD,                                                                             \
         "I/N",                                                                                    \
         0,                                                                                        \
         "Simulate only part I of N, for anreiz merge; I counts from 1",                           \
         0},                                                                                       \
    {                                                                                              \
        "checkpoint", OPTION_CHECKPOINT, "SECONDS", 0,                                             \
            "Save the state so often while simulating (60); 0: after every block", 0               \
    }
error_t saving_read_option(int key, const char *value, struct saving_options *options,
                           struct error *error);

struct saving {
    struct saving_options asked;
    const struct scenario *const *scenarios;
    size_t count;
    struct writing *writings;    /* one a scenario */
    const struct folder *folder; /* of run.state */
    struct talk *talk;
    struct state state;
    struct checksum *sums; /* of the rows, one a scenario */
    FILE *left;            /* the state of an earlier process, its tables not yet read */
    struct timespec last;
    double cost; /* of the last save, seconds */
    bool saved;  /* run.state is there */
};

enum saving_found { FOUND_NOTHING, FOUND_STATE, FOUND_COMPLETE };

/* Sets what the run is about. */
bool saving_init(struct saving *saving, const struct saving_options *asked,
                 const struct scenario *const scenarios[], size_t count, struct error *error)
    __attribute__((warn_unused_result));

/* What --resume finds in a folder. Another run than this one is an error that says what differs;
 * FOUND_COMPLETE: it has been finished. With FOUND_STATE saving->state tells what is done. */
bool saving_look(struct saving *saving, const char *path, enum saving_found *found,
                 struct error *error) __attribute__((warn_unused_result));

/* The callbacks of struct experiment; their context is the struct saving. */
bool saving_restore(void *context, struct results *results, struct error *error);
bool saving_merged(void *context, struct results *results, struct error *error);

/* Saves now. */
bool saving_save(struct saving *saving, struct results *results, struct error *error)
    __attribute__((warn_unused_result));

/* A finished run needs its state no longer. */
bool saving_forget(struct saving *saving, struct error *error) __attribute__((warn_unused_result));

void saving_close(struct saving *saving);

/* Says where two scenarios differ: the first line in which the texts do. */
bool saving_differ(const char *here, const char *there, const char *path, const char *what,
                   struct error *error);

/* Every parameter as text, to be freed by the caller; NULL and a sentence without memory. */
char *saving_scenario(const struct scenario *scenario, struct error *error);

/* "0.1.0 (commit 1234567)" */
const char *saving_program(char buffer[128]);

#endif

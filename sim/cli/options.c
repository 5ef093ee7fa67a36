#include "cli/options.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/version.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Options of the common part without a letter; those of commands begin at OPTION_FORMAT. */
enum {
    OPTION_SET = 0x100,
    OPTION_SEED,
    OPTION_REPLICATIONS,
    OPTION_THREADS,
    OPTION_FORCE,
    OPTION_OUT,
    OPTION_VERSION
};

/* In the header of the help, after the command's own options. */
enum { GROUP_COMMON = 1, OPTIONS_MOST = 64, THREADS_MOST = 1024 };

const struct argp_option OPTIONS_COMMON[] = {
    {NULL, 0, NULL, 0, "Every command knows:", GROUP_COMMON},
    {"set", OPTION_SET, "PATH=VALUE", 0,
     "Change a parameter of every scenario named; any number of times", GROUP_COMMON},
    {"seed", OPTION_SEED, "N", 0, "Seed of the random numbers", GROUP_COMMON},
    {"replications", OPTION_REPLICATIONS, "N", 0, "Number of histories to simulate", GROUP_COMMON},
    {"threads", OPTION_THREADS, "N", 0, "Threads to use; never changes a result", GROUP_COMMON},
    {"out", OPTION_OUT, "DIR", 0, "Write to this folder", GROUP_COMMON},
    {"force", OPTION_FORCE, NULL, 0, "Overwrite what an earlier run left", GROUP_COMMON},
    {"quiet", 'q', NULL, 0, "Say nothing but results and errors", GROUP_COMMON},
    {"verbose", 'v', NULL, 0, "Say more, and print all rows of a comparison", GROUP_COMMON},
    {"help", 'h', NULL, 0, "This page", GROUP_COMMON},
    {"version", OPTION_VERSION, NULL, 0, "Version, commit, libraries, instruction set",
     GROUP_COMMON},
    {0}};

bool options_init(struct options *options, int argc, struct error *error) {
    size_t words = (size_t)argc;
    *options = (struct options){0};
    options->sets = memory_array(words, sizeof *options->sets, "options", error);
    options->arguments = memory_array(words, sizeof *options->arguments, "arguments", error);
    return options->sets != NULL && options->arguments != NULL;
}

void options_free(struct options *options) {
    free(options->sets);
    free(options->arguments);
    *options = (struct options){0};
}

bool options_number(const char *option, const char *value, uint64_t least, uint64_t most,
                    uint64_t *number, struct error *error) {
    char *end = NULL;
    errno = 0;
    uintmax_t read = isdigit((unsigned char)value[0]) ? strtoumax(value, &end, 10) : 0;
    if (end == NULL || *end != 0 || errno != 0 || read < least || read > most) {
        return error_add(error, ERROR_QUESTION,
                         "--%s %s: not a whole number from %" PRIu64 " to %" PRIu64, option, value,
                         least, most);
    }
    *number = read;
    return true;
}

bool options_format(const char *value, enum output_format *format, struct error *error) {
    static const char *const names[] = {"csv", "json"};
    for (size_t n = 0; n < 2; n++) {
        if (strcmp(value, names[n]) == 0) {
            *format = n == 0 ? FORMAT_CSV : FORMAT_JSON;
            return true;
        }
    }
    return error_add(error, ERROR_QUESTION, "--format %s: the formats are csv and json", value);
}

static bool read_set(struct options *options, const char *value) {
    const char *equals = strchr(value, '=');
    if (equals == NULL || equals == value) {
        return error_add(options->error, ERROR_QUESTION,
                         "--set %s: write PATH=VALUE, for example --set simulation.years=3", value);
    }
    options->sets[options->set_count++] = value;
    return true;
}

static error_t answer_help(const struct argp_state *state) {
    /* Not argp_state_help, which is silent where argp shall not print its errors. */
    argp_help(state->root_argp, stdout, ARGP_HELP_SHORT_USAGE | ARGP_HELP_DOC | ARGP_HELP_LONG,
              state->name);
    return OPTIONS_ANSWERED;
}

static error_t read_common(int key, char *value, struct argp_state *state) {
    struct options *options = state->input;
    struct error *error = options->error;
    uint64_t number = 0;
    bool good = true;
    switch (key) {
    case OPTION_SET:
        good = read_set(options, value);
        break;
    case OPTION_SEED:
        good = options_number("seed", value, 0, INT64_MAX, &options->seed, error);
        options->seed_given = true;
        break;
    case OPTION_REPLICATIONS:
        good = options_number("replications", value, 1, OPTIONS_REPLICATIONS_MOST,
                              &options->replications, error);
        break;
    case OPTION_THREADS:
        good = options_number("threads", value, 1, THREADS_MOST, &number, error);
        options->threads = (int)number;
        break;
    case OPTION_OUT:
        options->out = value;
        good = value[0] != 0 ||
               error_add(error, ERROR_QUESTION, "--out: the name of the folder is empty");
        break;
    case OPTION_FORCE:
        options->force = true;
        break;
    case 'q':
        options->quiet = true;
        break;
    case 'v':
        options->verbose = true;
        break;
    case 'h':
        return answer_help(state);
    case OPTION_VERSION:
        version_print(stdout);
        return OPTIONS_ANSWERED;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return good ? 0 : EINVAL;
}

/* Gathers the long names of a command's options and the common ones. */
static size_t option_names(const struct argp *own, const struct argp_option *list[OPTIONS_MOST],
                           const char *names[OPTIONS_MOST]) {
    const struct argp_option *const tables[2] = {own == NULL ? NULL : own->options, OPTIONS_COMMON};
    size_t count = 0;
    for (size_t t = 0; t < 2; t++) {
        const struct argp_option *option = tables[t];
        for (; option != NULL && (option->name != NULL || option->doc != NULL); option++) {
            if (option->name != NULL && count < OPTIONS_MOST) {
                list[count] = option;
                names[count++] = option->name;
            }
        }
    }
    return count;
}

/* argp says only that it could not read `word`; this says why and what to write. */
static bool explain(const struct usage *usage, const char *word, struct error *error) {
    const struct argp_option *list[OPTIONS_MOST];
    const char *names[OPTIONS_MOST];
    size_t count = option_names(usage->own, list, names);
    if (strncmp(word, "--", 2) != 0) {
        return error_add(error, ERROR_QUESTION, "unknown option %s, see %s --help", word,
                         usage->name);
    }
    char name[NAME_SIZE];
    size_t length = strcspn(word + 2, "=");
    (void)snprintf(name, sizeof name, "%.*s", (int)length, word + 2);
    for (size_t n = 0; n < count; n++) {
        if (strcmp(names[n], name) == 0) {
            return list[n]->arg != NULL
                       ? error_add(error, ERROR_QUESTION, "--%s needs a value: --%s %s", name, name,
                                   list[n]->arg)
                       : error_add(error, ERROR_QUESTION, "--%s takes no value", name);
        }
    }
    int nearest = text_nearest(name, names, count);
    return nearest >= 0 ? error_add(error, ERROR_QUESTION,
                                    "unknown option --%s (did you mean --%s?), see %s --help", name,
                                    names[nearest], usage->name)
                        : error_add(error, ERROR_QUESTION, "unknown option --%s, see %s --help",
                                    name, usage->name);
}

/* The word that getopt stumbled over: the last one taken, or the one it is still inside of when
 * that is a bundle of letters ("-qx"). */
static const char *stumbled(const struct argp_state *state) {
    const char *taken = state->next > 0 ? state->argv[state->next - 1] : "";
    const char *open = state->next < state->argc ? state->argv[state->next] : "";
    bool bundle = open[0] == '-' && open[1] != '-' && open[1] != 0 && open[2] != 0;
    return strncmp(taken, "--", 2) != 0 && (bundle || taken[0] != '-') ? open : taken;
}

static error_t read_any(int key, char *value, struct argp_state *state) {
    struct options *options = state->input;
    switch (key) {
    case ARGP_KEY_ARG:
        options->arguments[options->argument_count++] = value;
        return 0;
    case ARGP_KEY_ERROR:
        options->wrong = stumbled(state);
        return 0;
    default:
        return read_common(key, value, state);
    }
}

/* Before the command: the first word that is no option is the command and ends the reading. */
static error_t read_before(int key, char *value, struct argp_state *state) {
    if (key == ARGP_KEY_ARG) {
        struct options *options = state->input;
        options->argument_count = (size_t)state->next - 1; /* borrowed for the index */
        state->next = state->argc;
        return 0;
    }
    return read_any(key, value, state);
}

static const unsigned FLAGS = ARGP_NO_HELP | ARGP_NO_EXIT | ARGP_NO_ERRS;

static bool conclude(struct options *options, const struct usage *usage, error_t outcome,
                     struct error *error) {
    if (outcome == 0) {
        return true;
    }
    if (outcome == ENOMEM) {
        return error_add(error, ERROR_FAILURE, "not enough memory to read the command line");
    }
    if (outcome != OPTIONS_ANSWERED && error->kind == ERROR_NONE) {
        return explain(usage, options->wrong == NULL ? "" : options->wrong, error);
    }
    return false;
}

bool options_read_before(struct options *options, const char *help, int argc, char **argv,
                         int *command, struct error *error) {
    const struct argp argp = {
        .options = OPTIONS_COMMON, .parser = read_before, .args_doc = "COMMAND ...", .doc = help};
    const struct usage usage = {.name = "anreiz"};
    options->error = error;
    options->argument_count = (size_t)argc;
    error_t outcome = argp_parse(&argp, argc, argv, FLAGS | ARGP_IN_ORDER, NULL, options);
    *command = (int)options->argument_count;
    options->argument_count = 0;
    return conclude(options, &usage, outcome, error);
}

/* Hands `own_input` to the parser of the command's own options, everything else as above. */
struct reading {
    struct options *options;
    void *own_input;
};

static error_t read_command(int key, char *value, struct argp_state *state) {
    struct reading *reading = state->input;
    if (key == ARGP_KEY_INIT) {
        state->child_inputs[0] = reading->own_input;
        return 0;
    }
    state->input = reading->options;
    error_t outcome = read_any(key, value, state);
    state->input = reading;
    return outcome;
}

static bool arguments_check(const struct options *options, const struct usage *usage,
                            struct error *error) {
    if (options->argument_count < usage->arguments_least) {
        return error_add(error, ERROR_QUESTION, "something is missing: %s %s, see %s --help",
                         usage->name, usage->arguments, usage->name);
    }
    if (options->argument_count > usage->arguments_most) {
        return error_add(error, ERROR_QUESTION, "\"%s\" is too much: %s%s%s, see %s --help",
                         options->arguments[usage->arguments_most], usage->name,
                         *usage->arguments == '\0' ? "" : " ", usage->arguments, usage->name);
    }
    return true;
}

bool options_read(struct options *options, const struct usage *usage, void *own_input, int argc,
                  char **argv, struct error *error) {
    if (options->only_usage != NULL) {
        *options->only_usage = usage;
        return false;
    }
    struct text help = {0};
    text_add(&help, "%s\v%s", usage->examples, usage->notes == NULL ? "" : usage->notes);
    static const struct argp nothing = {0};
    struct argp_child children[] = {{usage->own == NULL ? &nothing : usage->own, 0, NULL, 0}, {0}};
    const struct argp argp = {.options = OPTIONS_COMMON,
                              .parser = read_command,
                              .args_doc = usage->arguments,
                              .doc = text_bytes(&help),
                              .children = children};
    struct reading reading = {.options = options, .own_input = own_input};
    char name[NAME_SIZE];
    char *word = argv[0];
    (void)snprintf(name, sizeof name, "%s", usage->name);
    options->error = error;
    argv[0] = name; /* what argp prints after "Usage:" */
    error_t outcome = argp_parse(&argp, argc, argv, FLAGS, NULL, &reading);
    argv[0] = word;
    text_free(&help);
    return conclude(options, usage, outcome, error) && arguments_check(options, usage, error);
}

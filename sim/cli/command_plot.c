#include "cli/command.h"
#include "cli/talk.h"
#include "cli/writing.h"

static const struct usage USAGE = {
    .name = "anreiz plot",
    .arguments = "RUN",
    .examples = "\n"
                "  anreiz plot results/long_term_kam\n"
                "\n"
                "Draws the pictures of a finished run or comparison again, with gnuplot, from the "
                "scripts and data in its folder; edit the scripts first if you like.\n",
    .arguments_least = 1,
    .arguments_most = 1,
};

/* The pictures are of what was simulated: nothing that asks for another simulation. */
static bool check_question(const struct options *options, struct error *error) {
    const char *path = options->arguments[0];
    if (options->set_count > 0 || options->seed_given || options->replications > 0) {
        return error_add(error, ERROR_QUESTION,
                         "%s changes what is simulated, and anreiz plot only draws what the run "
                         "left; simulate it anew: anreiz run %s %s ... --out DIR",
                         options->set_count > 0 ? "--set"
                         : options->seed_given  ? "--seed"
                                                : "--replications",
                         path,
                         options->set_count > 0 ? "--set"
                         : options->seed_given  ? "--seed"
                                                : "--replications");
    }
    if (options->out != NULL) {
        return error_add(error, ERROR_QUESTION,
                         "--out: anreiz plot draws into the folder of the run, %s; copy the folder "
                         "to have the pictures elsewhere",
                         path);
    }
    return true;
}

bool command_plot(struct options *options, int argc, char **argv, struct error *error) {
    struct folder folder = {0};
    if (!options_read(options, &USAGE, NULL, argc, argv, error)) {
        return false;
    }
    if (!check_question(options, error)) {
        return false;
    }
    struct talk talk = talk_open(options->quiet, options->verbose);
    bool good =
        folder_open(&folder, options->arguments[0], error) && writing_draw(&folder, &talk, error);
    folder_close(&folder);
    return good;
}

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

bool command_plot(struct options *options, int argc, char **argv, struct error *error) {
    struct folder folder = {0};
    if (!options_read(options, &USAGE, NULL, argc, argv, error)) {
        return false;
    }
    struct talk talk = talk_open(options->quiet, options->verbose);
    bool good =
        folder_open(&folder, options->arguments[0], error) && writing_draw(&folder, &talk, error);
    folder_close(&folder);
    return good;
}

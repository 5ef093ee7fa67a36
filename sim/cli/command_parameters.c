#include "cli/command.h"
#include "cli/listing.h"
#include "scenario/reference.h"

static const struct usage USAGE = {
    .name = "anreiz parameters",
    .arguments = "[WORD]",
    .examples = "\n"
                "  anreiz parameters | less\n"
                "  anreiz parameters turnover\n"
                "\n"
                "Every parameter of a scenario: path, unit, default, allowed and plausible range, "
                "meaning, source; with a word those whose path or meaning "
                "holds it. The paths are those of --set.\n",
    .arguments_most = 1,
    .own = &LISTING_OPTIONS,
};

bool command_parameters(struct options *options, int argc, char **argv, struct error *error) {
    return listing_print(&USAGE, parameters_print, options, argc, argv, error);
}

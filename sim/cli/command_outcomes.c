#include "cli/command.h"
#include "cli/listing.h"
#include "report/outcomes.h"

static const struct usage USAGE = {
    .name = "anreiz outcomes",
    .arguments = "[WORD]",
    .examples = "\n"
                "  anreiz outcomes | less\n"
                "  anreiz outcomes retention\n"
                "  anreiz run scenarios/hybrid.cfg --summary --metrics pay.kam,conversion.key\n"
                "\n"
                "Every outcome that a run measures: name, meaning, unit, for whom, which periods; "
                "with a word those whose name or meaning holds it. The names are those of "
                "--metrics and of the tables.\n",
    .arguments_most = 1,
    .own = &LISTING_OPTIONS,
};

bool command_outcomes(struct options *options, int argc, char **argv, struct error *error) {
    return listing_print(&USAGE, outcomes_print, options, argc, argv, error);
}

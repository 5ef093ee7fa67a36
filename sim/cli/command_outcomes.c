#include "cli/command.h"
#include "cli/output.h"
#include "report/outcomes.h"

struct own {
    bool markdown;
};

enum { OPTION_MARKDOWN = OPTION_FORMAT + 1 };

static const struct argp_option OPTIONS[] = {
    {"markdown", OPTION_MARKDOWN, NULL, 0, "As a page of the documentation", 0}, {0}};

/* The signature is argp's. NOLINTNEXTLINE(readability-non-const-parameter) */
static error_t read_own(int key, char *value, struct argp_state *state) {
    struct own *own = state->input;
    (void)value;
    if (key == OPTION_MARKDOWN) {
        own->markdown = true;
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

static const struct argp ARGP = {.options = OPTIONS, .parser = read_own};

static const struct usage USAGE = {
    .name = "anreiz outcomes",
    .arguments = "",
    .examples = "\n"
                "  anreiz outcomes | less\n"
                "  anreiz outcomes | grep retention\n"
                "  anreiz run scenarios/hybrid.cfg --summary --metrics pay.kam,conversion.key\n"
                "\n"
                "Every outcome that a run measures: name, meaning, unit, for whom, which periods. "
                "The names are those of --metrics and of the tables.\n",
    .own = &ARGP,
};

bool command_outcomes(struct options *options, int argc, char **argv, struct error *error) {
    struct own own = {0};
    struct output output;
    if (!options_read(options, &USAGE, &own, argc, argv, error) || !output_open(&output, error)) {
        return false;
    }
    if (!outcomes_print(output.stream, own.markdown)) {
        (void)output_print(&output, false, error);
        return error_add(error, ERROR_FAILURE, "the outcomes could not be printed");
    }
    return output_print(&output, true, error);
}

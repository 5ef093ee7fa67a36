#include "cli/command.h"
#include "cli/output.h"
#include "scenario/scenario.h"

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
    .name = "anreiz parameters",
    .arguments = "",
    .examples = "\n"
                "  anreiz parameters | less\n"
                "  anreiz parameters | grep turnover\n"
                "\n"
                "Every parameter of a scenario: path, unit, default, allowed and plausible range, "
                "meaning, source. The paths are those of --set.\n",
    .own = &ARGP,
};

bool command_parameters(struct options *options, int argc, char **argv, struct error *error) {
    struct own own = {0};
    struct output output;
    if (!options_read(options, &USAGE, &own, argc, argv, error) || !output_open(&output, error)) {
        return false;
    }
    if (!parameters_print(output.stream, own.markdown)) {
        (void)output_print(&output, false, error);
        return error_add(error, ERROR_FAILURE, "not enough memory to print the parameters");
    }
    return output_print(&output, true, error);
}

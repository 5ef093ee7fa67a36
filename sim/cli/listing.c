#include "cli/listing.h"

#include "cli/output.h"

enum { OPTION_MARKDOWN = OPTION_FORMAT + 1 };

static const struct argp_option OPTIONS[] = {
    {"markdown", OPTION_MARKDOWN, NULL, 0, "As a page of the documentation", 0}, {0}};

/* The signature is argp's. NOLINTNEXTLINE(readability-non-const-parameter) */
static error_t read_own(int key, char *value, struct argp_state *state) {
    bool *markdown = state->input;
    (void)value;
    if (key == OPTION_MARKDOWN) {
        *markdown = true;
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

const struct argp LISTING_OPTIONS = {.options = OPTIONS, .parser = read_own};

bool listing_print(const struct usage *usage,
                   bool (*print)(FILE *stream, bool markdown, const char *word),
                   struct options *options, int argc, char **argv, struct error *error) {
    bool markdown = false;
    struct output output;
    if (!options_read(options, usage, &markdown, argc, argv, error)) {
        return false;
    }
    const char *word = options->argument_count == 0 ? "" : options->arguments[0];
    if (markdown && *word != '\0') {
        return error_add(error, ERROR_QUESTION,
                         "--markdown writes the whole page: leave %s away, or --markdown", word);
    }
    if (!output_open(&output, error)) {
        return false;
    }
    if (!print(output.stream, markdown, word)) {
        (void)output_print(&output, false, error);
        return error_add(error, ERROR_FAILURE, "the page could not be printed");
    }
    if (output.length == 0) { /* as print has flushed */
        (void)output_print(&output, false, error);
        return error_add(error, ERROR_QUESTION, "no name and no meaning holds \"%s\": %s lists all",
                         word, usage->name);
    }
    return output_print(&output, true, error);
}

#include "cli/fit_input.h"

#include "base/memory.h"
#include "cli/loading.h"

#include <stdlib.h>
#include <string.h>

/* Each line of sentences that end with a newline. */
static void say_lines(struct talk *talk, const char *lines) {
    while (*lines != '\0') {
        size_t length = strcspn(lines, "\n");
        talk_say(talk, "%.*s", (int)length, lines);
        lines += length + (lines[length] == '\n');
    }
}

static bool read_table(struct fit_data *data, const struct fit_input *input, const char *path,
                       struct talk *talk, struct error *error) {
    const struct table_options options = {.skip_bad_rows = input->skip_bad_rows};
    struct table_report report = {0};
    struct talk loud = *talk;
    bool good = fit_data_read(data, path, input->names, &options, &report, error);
    loud.quiet = talk->quiet && good;
    say_lines(&loud, text_bytes(&report.bad));
    say_lines(talk, text_bytes(&report.notes));
    if (good && report.bad_rows > 0) {
        talk_say(talk, "%s: %ld bad rows are left out", path, report.bad_rows);
    }
    table_report_free(&report);
    return good;
}

bool fit_input_read(struct fit_data *data, const struct fit_input *input, struct talk *talk,
                    struct error *error) {
    for (size_t n = 0; n < input->count; n++) {
        for (size_t other = 0; other < n; other++) {
            if (strcmp(input->paths[n], input->paths[other]) == 0) {
                return error_add(error, ERROR_QUESTION, "%s is named twice", input->paths[n]);
            }
        }
        if (!read_table(data, input, input->paths[n], talk, error)) {
            return false;
        }
    }
    return true;
}

static bool check_group(const char *name, const char *what, const char *const known[], size_t count,
                        struct error *error) {
    for (size_t k = 0; k < count; k++) {
        if (strcmp(known[k], name) == 0) {
            return true;
        }
    }
    int nearest = text_nearest(name, known, count);
    return error_add(
        error, ERROR_QUESTION,
        "the tables have the %s %s, the scenario does not%s%s%s; say what it is called "
        "there: --name '%s=%s'",
        what, name, nearest < 0 ? "" : " (did you mean ", nearest < 0 ? "" : known[nearest],
        nearest < 0 ? "" : "?)", name, count > 0 ? known[nearest < 0 ? 0 : nearest] : "NAME");
}

static bool check_groups(const struct parameters *parameters, const struct fit_data *data,
                         struct error *error) {
    size_t most = parameters->role_count + parameters->segment_count;
    const char **known = memory_array(most, sizeof *known, "names", error);
    bool good = known != NULL;
    for (size_t r = 0; known != NULL && r < parameters->role_count; r++) {
        known[r] = parameters->roles[r].name;
    }
    for (size_t r = 0; known != NULL && r < data->roles.count; r++) {
        good =
            check_group(data->roles.names[r], "role", known, parameters->role_count, error) && good;
    }
    for (size_t s = 0; known != NULL && s < parameters->segment_count; s++) {
        known[s] = parameters->segments[s].name;
    }
    for (size_t s = 0; known != NULL && s < data->segments.count; s++) {
        good = check_group(data->segments.names[s], "segment", known, parameters->segment_count,
                           error) &&
               good;
    }
    free(known);
    return good;
}

bool fit_input_scenario(struct scenario *scenario, const char *named, const struct options *options,
                        const struct fit_data *data, struct error *error) {
    bool good = loading_scenario(scenario, named, options, error);
    loading_notes(scenario, good, options);
    return good && check_groups(&scenario->parameters, data, error);
}

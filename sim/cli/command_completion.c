#include "cli/command.h"
#include "cli/completion.h"
#include "cli/loading.h"
#include "cli/output.h"
#include "model/outcome.h"

#include <string.h>

static const struct usage USAGE = {
    .name = "anreiz completion",
    .arguments = "SHELL|WORDS [SCENARIO]",
    .examples = "\n"
                "  source <(anreiz completion bash)\n"
                "  source <(anreiz completion zsh)\n"
                "  anreiz completion fish | source\n"
                "  anreiz completion paths scenarios/hybrid.cfg | grep turnover\n"
                "  anreiz completion metrics scenarios/hybrid.cfg\n"
                "\n"
                "Prints the script by which bash, zsh or fish completes commands, options, paths "
                "of parameters, metrics, roles and plans. Where anreiz is installed, shells find "
                "it themselves. The words paths, metrics, roles and plans list what there is in a "
                "scenario, one a line, for scripts of your own.\n",
    .arguments_least = 1,
    .arguments_most = 2,
};

static void print_metrics(FILE *file, const struct parameters *parameters) {
    for (size_t o = 0; o < OUTCOME_COUNT; o++) {
        const struct outcome *outcome = &OUTCOMES[o];
        (void)fprintf(file, "%s\n", outcome->name);
        for (size_t r = 0; outcome_by_role(outcome) && r < parameters->role_count; r++) {
            (void)fprintf(file, "%s.%s\n", outcome->name, parameters->roles[r].name);
        }
        for (size_t s = 0; outcome_by_segment(outcome) && s < parameters->segment_count; s++) {
            (void)fprintf(file, "%s.%s\n", outcome->name, parameters->segments[s].name);
        }
    }
}

/* Without a scenario the placeholders of the reference. */
static void print_paths(FILE *file, const struct scenario *scenario) {
    if (scenario->path == NULL) {
        parameters_paths(file);
    } else {
        scenario_paths(scenario, file);
    }
}

static void print_words(FILE *file, const char *words, const struct scenario *scenario) {
    const struct parameters *parameters = &scenario->parameters;
    if (strcmp(words, "paths") == 0) {
        print_paths(file, scenario);
    } else if (strcmp(words, "metrics") == 0) {
        print_metrics(file, parameters);
    } else if (strcmp(words, "roles") == 0) {
        for (size_t r = 0; r < parameters->role_count; r++) {
            (void)fprintf(file, "%s\n", parameters->roles[r].name);
        }
    } else {
        for (size_t p = 0; p < parameters->plan_count; p++) {
            (void)fprintf(file, "%s\n", parameters->plans[p].name);
        }
    }
}

static bool is_shell(const char *word) {
    for (const char *const *shell = COMPLETION_SHELLS; *shell != NULL; shell++) {
        if (strcmp(*shell, word) == 0) {
            return true;
        }
    }
    return false;
}

static bool check(const struct options *options, bool shell, struct error *error) {
    const char *word = options->arguments[0];
    bool words = strcmp(word, "paths") == 0 || strcmp(word, "metrics") == 0;
    bool names = strcmp(word, "roles") == 0 || strcmp(word, "plans") == 0;
    if (!shell && !words && !names) {
        return error_add(error, ERROR_QUESTION,
                         "%s: there are scripts for bash, zsh and fish, and the words paths, "
                         "metrics, roles and plans",
                         word);
    }
    if (names && options->argument_count < 2) {
        return error_add(error, ERROR_QUESTION, "of which scenario? anreiz completion %s SCENARIO",
                         word);
    }
    if (shell && options->argument_count > 1) {
        return error_add(error, ERROR_QUESTION,
                         "the script for %s is the same for every scenario: leave %s away", word,
                         options->arguments[1]);
    }
    return true;
}

bool command_completion(struct options *options, int argc, char **argv, struct error *error) {
    struct scenario scenario = {0};
    struct text script = {0};
    struct output output;
    if (!options_read(options, &USAGE, NULL, argc, argv, error)) {
        return false;
    }
    const char *word = options->arguments[0];
    bool shell = is_shell(word);
    bool good = check(options, shell, error);
    if (good && shell) {
        good = completion_script(&script, word, error);
    } else if (good && options->argument_count > 1) {
        good = loading_scenario(&scenario, options->arguments[1], options, error);
    }
    if (good && output_open(&output, error)) {
        if (shell) {
            (void)fputs(text_bytes(&script), output.stream);
        } else {
            print_words(output.stream, word, &scenario);
        }
        good = output_print(&output, true, error);
    }
    scenario_free(&scenario);
    text_free(&script);
    return good;
}

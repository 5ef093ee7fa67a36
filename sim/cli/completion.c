#include "cli/completion.h"

#include <string.h>

static const char *const BASH[] = {
#include "cli/completion_bash.inc"
};
static const char *const ZSH[] = {
#include "cli/completion_zsh.inc"
};
static const char *const FISH[] = {
#include "cli/completion_fish.inc"
};

const char *const COMPLETION_SHELLS[] = {"bash", "zsh", "fish", NULL};

/* What may stand behind an option, as the scripts know it: "paths", "metrics", "roles", "plans",
 * "files", "folders", "nothing", words with | between them, or NULL for an option without value. It
 * follows from the value's name in the help. */
static const char *kind_of(const struct argp_option *option) {
    static const struct {
        const char *begins;
        const char *kind;
    } KINDS[] = {{"PATH", "paths"},
                 {"METRIC", "metrics"},
                 {"LIST", "metrics"},
                 {"BOUND", "metrics"},
                 {"ROLE", "roles"},
                 {"P,Q", "plans"},
                 {"DIR", "folders"},
                 {"FILE", "files"},
                 {"SCENARIO", "files"},
                 {"grid|", "grid|latin|sobol"},
                 {"scenario|", "scenario|none"}};
    const char *value = option->arg;
    if (value == NULL) {
        return NULL;
    }
    for (size_t n = 0; n < sizeof KINDS / sizeof *KINDS; n++) {
        if (strncmp(value, KINDS[n].begins, strlen(KINDS[n].begins)) == 0) {
            return KINDS[n].kind;
        }
    }
    return strchr(value, '|') != NULL ? value : "nothing";
}

static bool ends(const struct argp_option *option) {
    return option->name == NULL && option->doc == NULL && option->key == 0;
}

static bool shown(const struct argp_option *option) {
    return option->name != NULL && (option->flags & OPTION_HIDDEN) == 0;
}

static void add_names(struct text *script, const struct argp_option *option) {
    for (; option != NULL && !ends(option); option++) {
        if (shown(option)) {
            text_add(script, " --%s", option->name);
        }
    }
}

/* Lines of a `case` of bash and zsh alike. */
static void add_kinds(struct text *script, const char *command, const struct argp_option *option) {
    for (; option != NULL && !ends(option); option++) {
        const char *kind = shown(option) ? kind_of(option) : NULL;
        if (kind != NULL) {
            text_add(script, "    %s' --%s') kind='%s' ;;\n", command, option->name, kind);
        }
    }
}

/* The commands, their options, and what the options take. */
static bool add_table(struct text *script, struct error *error) {
    text_add(script, "_anreiz_commands='");
    for (size_t n = 0; n < COMMAND_COUNT; n++) {
        text_add(script, "%s%s", n == 0 ? "" : " ", COMMANDS[n].name);
    }
    text_add(script, "'\n\n_anreiz_table() {\n    case $command in\n");
    for (size_t n = 0; n < COMMAND_COUNT; n++) {
        const struct usage *usage = command_usage(&COMMANDS[n], error);
        if (usage == NULL) {
            return false;
        }
        text_add(script, "    %s) options='", COMMANDS[n].name);
        add_names(script, usage->own == NULL ? NULL : usage->own->options);
        text_add(script, "' ;;\n");
    }
    text_add(script, "    esac\n    options+='");
    add_names(script, OPTIONS_COMMON);
    text_add(script, "'\n    case \"$command $before\" in\n");
    for (size_t n = 0; n < COMMAND_COUNT; n++) {
        const struct usage *usage = command_usage(&COMMANDS[n], error);
        if (usage == NULL) {
            return false;
        }
        add_kinds(script, COMMANDS[n].name, usage->own == NULL ? NULL : usage->own->options);
    }
    add_kinds(script, "*", OPTIONS_COMMON);
    text_add(script, "    esac\n}\n\n");
    return true;
}

/* In single quotes of fish. */
static void add_quoted(struct text *script, const char *plain) {
    text_add(script, "'");
    for (; *plain != '\0'; plain++) {
        text_add(script, *plain == '\'' || *plain == '\\' ? "\\%c" : "%c", *plain);
    }
    text_add(script, "'");
}

static void add_fish_value(struct text *script, const char *kind) {
    if (strcmp(kind, "files") == 0 || strcmp(kind, "folders") == 0) {
        text_add(script, " -r -F");
    } else if (strcmp(kind, "paths") == 0) {
        text_add(script, " -x -a '(__anreiz_paths)'");
    } else if (strcmp(kind, "metrics") == 0 || strcmp(kind, "plans") == 0) {
        text_add(script, " -x -a '(__anreiz_list %s)'", kind);
    } else if (strcmp(kind, "roles") == 0) {
        text_add(script, " -x -a '(__anreiz_words roles)'");
    } else if (strcmp(kind, "nothing") == 0) {
        text_add(script, " -x");
    } else {
        text_add(script, " -x -a '");
        for (; *kind != '\0'; kind++) {
            text_add(script, "%c", *kind == '|' ? ' ' : *kind);
        }
        text_add(script, "'");
    }
}

static void add_fish_options(struct text *script, const char *command,
                             const struct argp_option *option) {
    for (; option != NULL && !ends(option); option++) {
        if (!shown(option)) {
            continue;
        }
        text_add(script, "complete -c anreiz");
        if (command != NULL) {
            text_add(script, " -n '__fish_seen_subcommand_from %s'", command);
        }
        text_add(script, " -l %s", option->name);
        if (option->key > ' ' && option->key < 0x7F) {
            text_add(script, " -s %c", option->key);
        }
        if (option->arg != NULL) {
            add_fish_value(script, kind_of(option));
        }
        text_add(script, " -d ");
        add_quoted(script, option->doc == NULL ? "" : option->doc);
        text_add(script, "\n");
    }
}

static bool add_fish(struct text *script, struct error *error) {
    for (size_t n = 0; n < COMMAND_COUNT; n++) {
        const struct command *command = &COMMANDS[n];
        const struct usage *usage = command_usage(command, error);
        if (usage == NULL) {
            return false;
        }
        text_add(script, "complete -c anreiz -n __fish_use_subcommand -a %s -d ", command->name);
        add_quoted(script, command->meaning);
        text_add(script, "\ncomplete -c anreiz -n '__fish_seen_subcommand_from manual' -a %s\n",
                 command->name);
        add_fish_options(script, command->name, usage->own == NULL ? NULL : usage->own->options);
    }
    text_add(script, "complete -c anreiz -n '__fish_seen_subcommand_from manual' -a scenario\n");
    add_fish_options(script, NULL, OPTIONS_COMMON);
    return true;
}

static void add_strings(struct text *script, const char *const strings[], size_t count) {
    for (size_t n = 0; n < count; n++) {
        text_add(script, "%s", strings[n]);
    }
}

bool completion_script(struct text *script, const char *shell, struct error *error) {
    bool good = true;
    if (strcmp(shell, "fish") == 0) {
        text_add(script, "# Completion of anreiz by fish.\n\n");
        add_strings(script, FISH, sizeof FISH / sizeof *FISH);
        good = add_fish(script, error);
    } else if (strcmp(shell, "zsh") == 0) {
        text_add(script, "#compdef anreiz\n# Completion of anreiz by zsh.\n\n");
        good = add_table(script, error);
        add_strings(script, ZSH, sizeof ZSH / sizeof *ZSH);
    } else {
        text_add(script, "# Completion of anreiz by bash.\n\n");
        good = add_table(script, error);
        add_strings(script, BASH, sizeof BASH / sizeof *BASH);
    }
    return good && (!script->failed ||
                    error_add(error, ERROR_FAILURE, "not enough memory for a completion script"));
}

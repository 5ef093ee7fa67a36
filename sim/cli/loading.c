#include "cli/loading.h"

#include "base/memory.h"
#include "cli/talk.h"
#include "scenario/difference.h"
#include "scenario/library.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool manifest_path(struct text *path, const char *folder, struct error *error) {
    struct stat status;
    size_t length = strlen(folder);
    bool slash = length > 0 && folder[length - 1] == '/';
    text_add(path, "%s%smanifest.cfg", folder, slash ? "" : "/");
    if (stat(text_bytes(path), &status) != 0) {
        return error_add(error, ERROR_QUESTION,
                         "%s: this folder is not a run, it has no manifest.cfg", folder);
    }
    return true;
}

bool loading_scenario(struct scenario *scenario, const char *named, const struct options *options,
                      struct error *error) {
    struct stat status;
    struct text path = {0};
    if (stat(named, &status) == 0 && S_ISDIR(status.st_mode)) {
        if (!manifest_path(&path, named, error)) {
            text_free(&path);
            return false;
        }
    } else {
        char own[LAYERS_PATH_SIZE];
        bool comes_with_us = stat(named, &status) != 0 && library_find(named, own);
        text_add(&path, "%s", comes_with_us ? own : named);
    }
    bool good = !path.failed || error_add(error, ERROR_FAILURE, "not enough memory for a path");
    good = good &&
           scenario_load(scenario, text_bytes(&path), options->sets, options->set_count, error);
    text_free(&path);
    if (good && options->seed_given) {
        scenario->parameters.simulation.seed = options->seed;
    }
    if (good && options->replications > 0) {
        scenario->parameters.simulation.replications = (long)options->replications;
    }
    return good;
}

/* Whether one of the scenarios has noted the line, newline included. */
static bool noted(const struct scenario *scenarios, size_t count, const char *line, size_t length) {
    for (size_t n = 0; n < count; n++) {
        const char *other = text_bytes(&scenarios[n].notes);
        while (*other != '\0') {
            if (strncmp(other, line, length) == 0) {
                return true;
            }
            other += strcspn(other, "\n") + 1;
        }
    }
    return false;
}

void loading_notes(const struct scenario *scenarios, size_t count, const struct options *options) {
    enum { SAID_MOST = 8 };
    struct talk talk = talk_open(options->quiet || options->processes.rank > 0, options->verbose);
    size_t said = 0;
    for (size_t n = 0; n < count; n++) {
        const char *line = text_bytes(&scenarios[n].notes);
        while (*line != '\0') {
            size_t length = strcspn(line, "\n") + 1;
            if (!noted(scenarios, n, line, length)) {
                if (said < SAID_MOST || options->verbose) {
                    talk_say(&talk, "note: %.*s", (int)length - 1, line);
                }
                said++;
            }
            line += length;
        }
    }
    if (said > SAID_MOST && !options->verbose) {
        talk_say(&talk, "and %zu notes more, see anreiz check", said - SAID_MOST);
    }
}

/* How many parameters other than those of pay differ, and the first of them. */
static size_t count_differences(const struct scenario *baseline, const struct scenario *other,
                                struct text *first) {
    struct text lines = {0};
    size_t count = 0;
    scenario_differences(&baseline->parameters, &other->parameters, "", &lines);
    for (const char *line = text_bytes(&lines); *line != '\0';) {
        size_t length = strcspn(line, "\n") + 1;
        if (!difference_is_of_pay(line)) {
            text_add(first, "%.*s", count == 0 ? (int)length - 1 : 0, line);
            count++;
        }
        line += length;
    }
    text_free(&lines);
    return count;
}

void loading_differences(const struct scenario *const scenarios[], size_t count,
                         const struct options *options) {
    struct talk talk = talk_open(options->quiet || options->processes.rank > 0, options->verbose);
    for (size_t n = 1; n < count; n++) {
        struct text first = {0};
        size_t found = count_differences(scenarios[0], scenarios[n], &first);
        struct text more = {0};
        if (found > 1) {
            text_add(&more, ", and %zu parameter%s more", found - 1, found == 2 ? "" : "s");
        }
        if (found > 0) {
            talk_say(&talk, "note: not only pay differs between %s and %s: %s%s",
                     scenarios[0]->parameters.name, scenarios[n]->parameters.name,
                     text_bytes(&first), text_bytes(&more));
        }
        text_free(&more);
        text_free(&first);
    }
}

static void add_roles(struct text *list, const struct parameters *parameters) {
    for (size_t r = 0; r < parameters->role_count; r++) {
        text_add(list, "%s%s", r == 0 ? "" : ", ", parameters->roles[r].name);
    }
}

bool loading_role(const struct parameters *parameters, const char *name, size_t *role,
                  struct error *error) {
    size_t count = parameters->role_count;
    const char **names = memory_array(count, sizeof *names, "roles", error);
    struct text list = {0};
    if (names == NULL) {
        return false;
    }
    for (*role = 0; *role < count; (*role)++) {
        names[*role] = parameters->roles[*role].name;
        if (name != NULL && strcmp(names[*role], name) == 0) {
            free(names);
            return true;
        }
    }
    int nearest = name == NULL ? -1 : text_nearest(name, names, count);
    add_roles(&list, parameters);
    if (name == NULL) {
        (void)error_add(error, ERROR_QUESTION, "which role? --role with one of: %s",
                        text_bytes(&list));
    } else if (nearest >= 0) {
        (void)error_add(error, ERROR_QUESTION,
                        "--role %s: the scenario has no such role (did you mean %s?)", name,
                        names[nearest]);
    } else {
        (void)error_add(error, ERROR_QUESTION, "--role %s: the scenario has no such role, but: %s",
                        name, text_bytes(&list));
    }
    text_free(&list);
    free(names);
    return false;
}

void loading_add_name(struct text *path, const struct scenario *scenario) {
    const char *name = scenario->parameters.name[0] == 0 ? "scenario" : scenario->parameters.name;
    for (size_t n = 0; name[n] != 0; n++) {
        bool plain = isalnum((unsigned char)name[n]) || name[n] == '-' || name[n] == '_' ||
                     (name[n] == '.' && n > 0);
        text_add(path, "%c", plain ? name[n] : '_');
    }
}

static bool known(const struct swept *swept, const char *set, size_t length) {
    for (size_t n = 0; n < swept->count; n++) {
        if (strlen(swept->names[n]) == length && strncmp(swept->names[n], set, length) == 0) {
            return true;
        }
    }
    return false;
}

/* As the scenario has it; a path that stands for several values shows what was asked for. */
static void add_swept_value(struct text *value, const struct scenario *scenario, const char *name,
                            const struct options *options) {
    struct error none = {0};
    if (!scenario_value(scenario, name, value, &none)) {
        size_t length = strlen(name);
        text_free(value);
        for (size_t n = options->set_count; n > 0; n--) { /* the last one counts */
            const char *set = options->sets[n - 1];
            if (strncmp(set, name, length) == 0 && set[length] == '=') {
                text_add(value, "%s", set + length + 1);
                break;
            }
        }
    }
    error_free(&none);
}

bool loading_swept(struct swept *swept, const struct options *options,
                   const struct scenario *scenario, struct error *error) {
    size_t most = options->set_count;
    *swept = (struct swept){0};
    swept->names = memory_array(most, sizeof *swept->names, "swept paths", error);
    swept->values = memory_array(most, sizeof *swept->values, "swept values", error);
    swept->texts = memory_array(2 * most, sizeof *swept->texts, "swept values", error);
    bool good = swept->names != NULL && swept->values != NULL && swept->texts != NULL;
    for (size_t n = 0; good && n < most; n++) {
        const char *set = options->sets[n];
        size_t length = strcspn(set, "=");
        if (known(swept, set, length)) {
            continue;
        }
        struct text *name = &swept->texts[2 * swept->count];
        struct text *value = name + 1;
        text_add(name, "%.*s", (int)length, set);
        add_swept_value(value, scenario, text_bytes(name), options);
        swept->names[swept->count] = text_bytes(name);
        swept->values[swept->count++] = text_bytes(value);
        if (name->failed || value->failed) {
            good = error_add(error, ERROR_FAILURE, "not enough memory for the swept values");
        }
    }
    return good;
}

void loading_swept_free(struct swept *swept) {
    for (size_t n = 0; n < 2 * swept->count; n++) {
        text_free(&swept->texts[n]);
    }
    free(swept->texts);
    free(swept->names);
    free(swept->values);
    *swept = (struct swept){0};
}

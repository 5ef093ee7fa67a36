#include "scenario/layers.h"

#include "scenario/library.h"
#include "scenario/opening_tables.h"
#include "scenario/parse.h"
#include "scenario/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILES_MOST = 100, CHAIN_MOST = 16 };

/* The files that led to one, innermost first. */
struct chain {
    const struct chain *parent;
    const char *path;
    struct stat status;
    int length;
};

struct loader {
    struct tree *tree;
    struct error *error;
    int files;
};

static struct setting *load(struct loader *loader, const char *path, const struct chain *parent,
                            const struct setting *asked);

static void complain(struct loader *loader, const struct setting *setting, const char *sentence,
                     const char *detail) {
    struct text place = {0};
    setting_place(setting, &place);
    error_add(loader->error, ERROR_QUESTION, "%s%s%s", text_bytes(&place), sentence, detail);
    text_free(&place);
}

static void add_chain(const struct chain *chain, struct text *text) {
    if (chain->parent != NULL) {
        add_chain(chain->parent, text);
    }
    text_add(text, "%s -> ", chain->path);
}

/* Folds "folder/../" away, for messages and because every ".." makes a path longer. */
static void tidy(char *path) {
    for (char *up = strstr(path + 1, "/../"); up != NULL; up = strstr(up, "/../")) {
        char *folder = up;
        while (folder > path && folder[-1] != '/') {
            folder--;
        }
        size_t length = (size_t)(up - folder);
        bool is_dots = length == 0 || strncmp(folder, "..", length) == 0;
        if (is_dots) {
            up++;
            continue;
        }
        memmove(folder, up + 4, strlen(up + 4) + 1);
        up = folder > path ? folder - 1 : path;
    }
}

bool layers_resolve(char resolved[LAYERS_PATH_SIZE], const char *base, const char *name) {
    const char *slash = strrchr(base, '/');
    int folder = *name == '/' || slash == NULL ? 0 : (int)(slash + 1 - base);
    int length = snprintf(resolved, LAYERS_PATH_SIZE, "%.*s%s", folder, base, name);
    char folded[LAYERS_PATH_SIZE];
    struct stat plain;
    struct stat tidied;
    if (length < 0 || length >= LAYERS_PATH_SIZE || *name == '\0') {
        return false;
    }
    memcpy(folded, resolved, (size_t)length + 1);
    tidy(folded);
    bool is_same = stat(resolved, &plain) != 0 ||
                   (stat(folded, &tidied) == 0 && plain.st_dev == tidied.st_dev &&
                    plain.st_ino == tidied.st_ino); /* not behind a symbolic link */
    if (is_same) {
        memcpy(resolved, folded, sizeof folded);
    }
    return true;
}

/* Calls `visit` for every text of `extends` or `remove`, which may also be a single text. */
static void for_each_text(struct loader *loader, const struct setting *setting,
                          struct setting *merged, const char *path, const struct chain *chain,
                          void (*visit)(struct loader *, const struct setting *, struct setting *,
                                        const struct chain *)) {
    bool is_single = setting->kind == SETTING_TEXT;
    if (!is_single && setting->kind != SETTING_LIST) {
        complain(loader, setting, path,
                 ": a list of texts in quotes is wanted: [\"...\", \"...\"]");
        return;
    }
    const struct setting *entry = is_single ? setting : setting->first;
    for (; entry != NULL; entry = is_single ? NULL : entry->next) {
        if (entry->kind == SETTING_TEXT) {
            visit(loader, entry, merged, chain);
        } else if (!entry->spoiled) {
            complain(loader, entry, path, ": every entry is a text in quotes");
        }
    }
}

static void extend(struct loader *loader, const struct setting *entry, struct setting *merged,
                   const struct chain *chain) {
    char path[LAYERS_PATH_SIZE];
    if (!layers_resolve(path, chain->path, entry->value.text)) {
        complain(loader, entry, "extends: that is no path of a file", "");
        loader->tree->incomplete = true;
        return;
    }
    struct stat status;
    char own[LAYERS_PATH_SIZE];
    if (stat(path, &status) != 0 && library_find(entry->value.text, own)) {
        memcpy(path, own, sizeof own);
    }
    struct setting *layer = load(loader, path, chain, entry);
    if (layer == NULL) {
        loader->tree->incomplete = true;
    } else {
        setting_merge(merged, layer);
    }
}

static void take_out(struct loader *loader, const struct setting *entry, struct setting *merged,
                     const struct chain *chain) {
    (void)chain;
    struct setting *parent = NULL;
    struct setting *found = merged;
    const char *rest = entry->value.text;
    while (*rest != '\0') {
        struct step step;
        if (!path_step(&rest, &step)) {
            complain(loader, entry, "remove: a path such as \"roles.kam\" is wanted, not ",
                     entry->value.text);
            return;
        }
        parent = found;
        found = setting_step(parent, &step);
        if (found == NULL) {
            if (!loader->tree->incomplete) {
                char word[NAME_SIZE];
                struct text sentence = {0};
                (void)snprintf(word, sizeof word, "%.*s",
                               step.length < NAME_SIZE ? (int)step.length : NAME_SIZE - 1,
                               step.name == NULL ? "" : step.name);
                text_add(&sentence, "remove: there is no %.100s to take out", entry->value.text);
                reader_suggest_entry(parent, word, &sentence);
                complain(loader, entry, text_bytes(&sentence), "");
                text_free(&sentence);
            }
            return;
        }
    }
    if (parent != NULL) {
        setting_detach(parent, found);
        setting_free(found);
    }
}

/* Whether the file is already being read, or there are too many. */
static bool may_read(struct loader *loader, const struct chain *chain,
                     const struct setting *asked) {
    struct text names = {0};
    add_chain(chain, &names);
    bool good = true;
    for (const struct chain *outer = chain->parent; good && outer != NULL; outer = outer->parent) {
        if (outer->status.st_ino == chain->status.st_ino &&
            outer->status.st_dev == chain->status.st_dev && chain->status.st_ino != 0) {
            names.length -= 4; /* the last arrow */
            names.bytes[names.length] = '\0';
            complain(loader, asked, "extends: a file cannot extend itself: ", text_bytes(&names));
            good = false;
        }
    }
    if (good && (chain->length > CHAIN_MOST || loader->files >= FILES_MOST)) {
        char limits[64];
        (void)snprintf(limits, sizeof limits, " (at most %d files, %d deep)", FILES_MOST,
                       CHAIN_MOST);
        complain(loader, asked, "extends: too many files", limits);
        good = false;
    }
    text_free(&names);
    return good;
}

/* Where else a file was looked for that is not there, and whether only its ending is missing. */
static void add_looked(const char *name, struct text *looked) {
    char folder[LAYERS_PATH_SIZE];
    char whole[LAYERS_PATH_SIZE];
    struct stat status;
    if (snprintf(whole, sizeof whole, "%s.cfg", name) < (int)sizeof whole &&
        (stat(whole, &status) == 0 || library_find(whole, folder))) {
        text_add(looked, "; did you mean %s?", whole);
        return;
    }
    if (library_knows(name) && library_folder(folder)) {
        text_add(looked, "; %s does not come with the program either (%s)", name, folder);
    }
}

static struct setting *load(struct loader *loader, const char *path, const struct chain *parent,
                            const struct setting *asked) {
    struct chain chain = {
        .parent = parent, .path = path, .length = parent == NULL ? 1 : parent->length + 1};
    struct text place = {0};
    struct text looked = {0};
    if (stat(path, &chain.status) != 0) {
        chain.status = (struct stat){0};
        add_looked(asked == NULL ? path : asked->value.text, &looked);
    }
    if (asked != NULL) {
        if (!may_read(loader, &chain, asked)) {
            text_free(&looked);
            return NULL;
        }
        setting_place(asked, &place);
        text_add(&place, "extends: ");
    }
    loader->files++;
    const struct source *source = tree_source(loader->tree, path, false, loader->error);
    struct setting *own = source == NULL ? NULL
                                         : parse_file(path, source, text_bytes(&place),
                                                      text_bytes(&looked), loader->error);
    text_free(&place);
    text_free(&looked);
    struct setting *merged =
        own == NULL ? NULL : setting_create(SETTING_GROUP, NULL, 0, source, 0, loader->error);
    if (merged == NULL) {
        setting_free(own);
        return NULL;
    }
    struct setting *extends = setting_member(own, "extends", strlen("extends"));
    if (extends != NULL) {
        for_each_text(loader, extends, merged, "extends", &chain, extend);
        setting_detach(own, extends);
        setting_free(extends);
    }
    struct setting *removed = setting_member(own, "remove", strlen("remove"));
    if (removed != NULL) {
        for_each_text(loader, removed, merged, "remove", &chain, take_out);
        setting_detach(own, removed);
        setting_free(removed);
    }
    opening_tables_merge(merged, own);
    setting_merge(merged, own);
    return merged;
}

bool layers_load(struct tree *tree, const char *path, struct error *error) {
    struct loader loader = {.tree = tree, .error = error};
    tree->root = load(&loader, path, NULL, NULL);
    return tree->root != NULL;
}

#include "scenario/parse.h"

#include "base/memory.h"
#include "base/text.h"
#include "scenario/scan.h"

#include <dirent.h>
#include <errno.h>
#include <libconfig.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct parser {
    const struct source *source;
    const struct scan *scan;
    struct error *error;
};

static enum setting_kind kind_of(const config_setting_t *from) {
    switch (config_setting_type(from)) {
    case CONFIG_TYPE_GROUP:
        return SETTING_GROUP;
    case CONFIG_TYPE_INT:
    case CONFIG_TYPE_INT64:
        return SETTING_WHOLE;
    case CONFIG_TYPE_FLOAT:
        return SETTING_NUMBER;
    case CONFIG_TYPE_STRING:
        return SETTING_TEXT;
    case CONFIG_TYPE_BOOL:
        return SETTING_BOOLEAN;
    default:
        return SETTING_LIST;
    }
}

static bool take_value(struct setting *setting, const config_setting_t *from, struct error *error) {
    const char *text = NULL;
    switch (setting->kind) {
    case SETTING_NUMBER:
        setting->value.number = config_setting_get_float(from);
        return true;
    case SETTING_WHOLE:
        setting->value.whole = config_setting_type(from) == CONFIG_TYPE_INT
                                   ? config_setting_get_int(from)
                                   : config_setting_get_int64(from);
        return true;
    case SETTING_BOOLEAN:
        setting->value.whole = config_setting_get_bool(from);
        return true;
    case SETTING_TEXT:
        text = config_setting_get_string(from);
        return setting_set_text(setting, text == NULL ? "" : text, error);
    default:
        return true;
    }
}

/* Depth is bounded: scan_text has refused deep nesting before. */
static struct setting *convert(const struct parser *parser, const config_setting_t *from) {
    const char *name = config_setting_name(from);
    unsigned line = (unsigned)config_setting_source_line(from);
    struct setting *setting = setting_create(kind_of(from), name, name == NULL ? 0 : strlen(name),
                                             parser->source, line, parser->error);
    if (setting == NULL || !take_value(setting, from, parser->error)) {
        setting_free(setting);
        return NULL;
    }
    setting->spoiled = scan_is_spoiled(parser->scan, line);
    bool has_children = setting->kind == SETTING_GROUP || setting->kind == SETTING_LIST;
    int length = has_children ? config_setting_length(from) : 0;
    for (int i = 0; i < length; i++) {
        struct setting *child = convert(parser, config_setting_get_elem(from, (unsigned)i));
        if (child == NULL) {
            setting_free(setting);
            return NULL;
        }
        setting_append(setting, child);
    }
    return setting;
}

static void complain_syntax(const config_t *config, const char *text, const struct parser *parser) {
    unsigned line = config_error_line(config) > 0 ? (unsigned)config_error_line(config) : 1;
    if (scan_is_spoiled(parser->scan, line)) {
        return; /* the scan said it better */
    }
    const char *from = text;
    for (unsigned i = 1; i < line && from != NULL; i++) {
        from = strchr(from, '\n');
        from = from == NULL ? NULL : from + 1;
    }
    from = from == NULL ? "" : from + strspn(from, " \t");
    size_t length = strcspn(from, "\r\n");
    struct text place = {0};
    setting_place(&(struct setting){.source = parser->source, .line = line}, &place);
    const char *reason = config_error_text(config);
    error_add(parser->error, ERROR_QUESTION,
              "%s%s in or before \"%.*s\"; settings are written name = value; and the values of a "
              "list are separated by commas",
              text_bytes(&place), reason == NULL ? "syntax error" : reason,
              length > 60 ? 60 : (int)length, from);
    text_free(&place);
}

struct setting *parse_text(char *text, size_t length, const struct source *source,
                           struct error *error) {
    struct scan scan = {0};
    struct setting *root = NULL;
    struct parser parser = {.source = source, .scan = &scan, .error = error};
    char *written = strdup(text); /* the scan overwrites it; complaints show what was written */
    if (written == NULL) {
        error_add(error, ERROR_FAILURE, "not enough memory for the settings");
    } else if (scan_text(text, length, source, &scan, error)) {
        config_t config;
        config_init(&config);
        if (config_read_string(&config, text) == CONFIG_TRUE) {
            root = convert(&parser, config_root_setting(&config));
        } else {
            complain_syntax(&config, written, &parser);
        }
        config_destroy(&config);
    }
    free(written);
    scan_free(&scan);
    if (root != NULL) {
        root->spoiled = false;
    }
    return root;
}

struct setting *parse_value(const char *value, const char *name, const struct source *source,
                            struct error *error) {
    struct text text = {0};
    text_add(&text, "value = %s", value);
    if (text.failed) {
        text_free(&text);
        error_add(error, ERROR_FAILURE, "not enough memory for the settings");
        return NULL;
    }
    size_t before = error->count;
    struct setting *root = parse_text(text.bytes, text.length, source, error);
    text_free(&text);
    struct setting *result = NULL;
    if (root != NULL && root->count == 1 && root->first->name != NULL &&
        strcmp(root->first->name, "value") == 0) {
        result = root->first;
        root->first = NULL;
        free(result->name);
        result->name = name == NULL ? NULL : strdup(name);
        if (name != NULL && result->name == NULL) {
            setting_free(result);
            result = NULL;
            error_add(error, ERROR_FAILURE, "not enough memory for the settings");
        }
    } else if (error->count == before) {
        struct text place = {0};
        setting_place(&(struct setting){.source = source}, &place);
        error_add(error, ERROR_QUESTION, "%s%.60s is not one value", text_bytes(&place), value);
        text_free(&place);
    }
    setting_free(root);
    return result;
}

/* " (did you mean NAME?)" when the folder has a file with a similar name, or one that ends in .cfg.
 */
static void suggest_file(const char *path, struct text *text) {
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    char *folder = slash == NULL ? strdup(".") : strndup(path, (size_t)(slash + 1 - path));
    DIR *directory = folder == NULL ? NULL : opendir(folder);
    if (directory == NULL) {
        if (folder != NULL && slash != NULL && slash != path) {
            text_add(text, "; there is no folder %s either", folder);
        }
        free(folder);
        return;
    }
    const char *names[256];
    size_t count = 0;
    for (struct dirent *entry = readdir(directory); entry != NULL && count < 256;
         entry = readdir(directory)) {
        char *copy = entry->d_name[0] == '.' ? NULL : strdup(entry->d_name);
        if (copy != NULL) {
            names[count++] = copy;
        }
    }
    (void)closedir(directory);
    int nearest = text_nearest(name, names, count);
    if (nearest < 0) {
        struct text whole = {0};
        text_add(&whole, "%s.cfg", name);
        nearest = text_nearest(text_bytes(&whole), names, count);
        text_free(&whole);
    }
    if (nearest >= 0) {
        text_add(text, " (did you mean %s%s?)", slash == NULL ? "" : folder, names[nearest]);
    }
    for (size_t i = 0; i < count; i++) {
        char *copy = NULL;
        memcpy(&copy, &names[i], sizeof copy); /* they are ours, in spite of the const */
        free(copy);
    }
    free(folder);
}

static FILE *open_file(const char *path, const char *asked, const char *looked,
                       struct error *error) {
    FILE *file = fopen(path, "rb");
    struct stat status;
    if (file == NULL && errno == ENOENT) {
        struct text suggestion = {0};
        if (strstr(looked, "did you mean") == NULL) {
            suggest_file(path, &suggestion);
        }
        error_add(error, ERROR_QUESTION, "%sthere is no file %s%s%s", asked, path,
                  text_bytes(&suggestion), looked);
        text_free(&suggestion);
    } else if (file == NULL) {
        error_add(error, ERROR_QUESTION, "%s%s cannot be read: %s", asked, path, strerror(errno));
    } else if (fstat(fileno(file), &status) == 0 && S_ISDIR(status.st_mode)) {
        error_add(error, ERROR_QUESTION, "%s%s is a folder; name a scenario file in it", asked,
                  path);
        (void)fclose(file);
        file = NULL;
    }
    return file;
}

struct setting *parse_file(const char *path, const struct source *source, const char *asked,
                           const char *looked, struct error *error) {
    FILE *file = open_file(path, asked, looked, error);
    if (file == NULL) {
        return NULL;
    }
    void *bytes = NULL;
    size_t capacity = 0;
    size_t length = 0;
    bool good = true;
    for (size_t got = 1; good && got > 0 && length <= SCENARIO_BYTES_MOST;) {
        good = memory_grow(&bytes, &capacity, length + 4096, 1, "bytes of a scenario", error);
        got = good ? fread((char *)bytes + length, 1, capacity - length - 1, file) : 0;
        length += got;
    }
    if (good && ferror(file)) {
        good = error_add(error, ERROR_QUESTION, "%s%s cannot be read to its end", asked, path);
    }
    (void)fclose(file);
    if (good && length > SCENARIO_BYTES_MOST) {
        good = error_add(error, ERROR_QUESTION,
                         "%s%s is larger than %d MB; this is not a scenario file", asked, path,
                         SCENARIO_BYTES_MOST >> 20);
    }
    struct setting *root = NULL;
    if (good) {
        ((char *)bytes)[length] = '\0';
        root = parse_text(bytes, length, source, error);
    }
    free(bytes);
    return root;
}

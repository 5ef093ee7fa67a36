#include "engine/findings.h"

#include "base/memory.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct finding *findings_add(struct findings *findings, struct error *error, const char *name,
                             ...) {
    void *list = findings->list;
    bool good = memory_grow(&list, &findings->capacity, findings->count + 1, sizeof *findings->list,
                            "estimates", error);
    findings->list = list;
    if (!good) {
        return NULL;
    }
    struct finding *finding = &findings->list[findings->count++];
    *finding = (struct finding){.value = (double)NAN, .interval = {(double)NAN, (double)NAN}};
    va_list arguments;
    va_start(arguments, name);
    (void)vsnprintf(finding->name, sizeof finding->name, name, arguments);
    va_end(arguments);
    return finding;
}

bool findings_value(const struct findings *findings, const char *name, double *value) {
    for (size_t i = 0; i < findings->count; i++) {
        if (strcmp(findings->list[i].name, name) == 0) {
            *value = findings->list[i].value;
            return true;
        }
    }
    return false;
}

bool findings_sets(const struct findings *findings, const char *name, ...) {
    char wanted[FINDING_NAME_SIZE];
    va_list arguments;
    va_start(arguments, name);
    (void)vsnprintf(wanted, sizeof wanted, name, arguments);
    va_end(arguments);
    for (size_t i = 0; findings != NULL && i < findings->count; i++) {
        if (findings->list[i].parameter && strcmp(findings->list[i].name, wanted) == 0) {
            return true;
        }
    }
    return false;
}

const char *finding_text(char buffer[32], const struct finding *finding) {
    if (finding->literal.length > 0) {
        return text_bytes(&finding->literal);
    }
    if (finding->whole) {
        return text_number(buffer, finding->value, true);
    }
    char digits[32];
    (void)snprintf(digits, sizeof digits, "%.4g", finding->value);
    return text_number(buffer, strtod(digits, NULL), false);
}

/* What `other` has of the parameter, or the finding itself. */
static const struct finding *replacement(const struct finding *finding,
                                         const struct findings *other) {
    for (size_t i = 0; other != NULL && !finding->whole && i < other->count; i++) {
        const struct finding *found = &other->list[i];
        if (found->parameter && strcmp(found->name, finding->name) == 0) {
            return found;
        }
    }
    return finding;
}

struct text *findings_settings(const struct findings *findings, const struct findings *other,
                               size_t *count, struct error *error) {
    struct text *settings = memory_array(findings->count, sizeof *settings, "settings", error);
    *count = 0;
    for (size_t i = 0; settings != NULL && i < findings->count; i++) {
        const struct finding *finding = &findings->list[i];
        char number[32];
        if (finding->parameter) {
            text_add(&settings[*count], "%s=%s", finding->name,
                     finding_text(number, replacement(finding, other)));
            *count += 1;
        }
    }
    return settings;
}

void findings_free(struct findings *findings) {
    for (size_t i = 0; i < findings->count; i++) {
        text_free(&findings->list[i].literal);
        text_free(&findings->list[i].method);
    }
    free(findings->list);
    text_free(&findings->unknown);
    *findings = (struct findings){.count = 0};
}

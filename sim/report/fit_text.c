#include "report/fit_text.h"

#include "base/memory.h"
#include "report/format.h"
#include "report/json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 100, DEEPEST = 8 };

static void indent(FILE *stream, size_t depth) {
    (void)fprintf(stream, "%*s", (int)(4 * depth), "");
}

/* A comment in lines of at most WIDTH letters; the text is cleaned, so that it stays a comment. */
static void comment(FILE *stream, size_t depth, const char *sentence) {
    struct text clean = {0};
    format_clean(&clean, sentence, 0);
    size_t column = WIDTH;
    const char *begin = "";
    for (const char *at = text_bytes(&clean); *at != '\0';) {
        size_t length = strcspn(at, " ");
        if (column + 1 + length > WIDTH) {
            (void)fputs(begin, stream);
            indent(stream, depth);
            (void)fputs("//", stream);
            column = 4 * depth + 2;
            begin = "\n";
        }
        (void)fprintf(stream, " %.*s", (int)length, at);
        column += 1 + length;
        at += length;
        at += strspn(at, " ");
    }
    (void)fputc('\n', stream);
    text_free(&clean);
}

/* Four significant digits, without an exponent where people write none. */
static void add_value(struct text *text, double value) {
    char digits[32];
    char number[32];
    (void)snprintf(digits, sizeof digits, "%.4g", value);
    text_add(text, "%s", text_number(number, strtod(digits, NULL), true));
}

/* "95 %: 0.18 .. 0.27; " or nothing. */
static void add_interval(struct text *text, const struct finding *finding) {
    if (!isnan(finding->interval.low)) {
        text_add(text, "95 %%: ");
        add_value(text, finding->interval.low);
        text_add(text, " .. ");
        add_value(text, finding->interval.high);
        text_add(text, "; ");
    }
}

static void explain(FILE *stream, size_t depth, const struct finding *finding, const char *name) {
    struct text text = {0};
    if (name != NULL) {
        text_add(&text, "%s ", name);
        add_value(&text, finding->value);
        text_add(&text, "; ");
    }
    add_interval(&text, finding);
    text_add(&text, "%s.", text_bytes(&finding->method));
    comment(stream, depth, text_bytes(&text));
    text_free(&text);
}

static int compare_names(const void *left, const void *right) {
    const struct finding *const *a = left;
    const struct finding *const *b = right;
    return strcmp((*a)->name, (*b)->name);
}

/* Parts of a path, "roles", "sales", "turnover", "annual". */
struct path {
    size_t count;
    const char *parts[DEEPEST];
    size_t lengths[DEEPEST];
};

static struct path path_of(const char *name) {
    struct path path = {.count = 0};
    while (path.count < DEEPEST && *name != '\0') {
        size_t length = strcspn(name, ".");
        path.parts[path.count] = name;
        path.lengths[path.count++] = length;
        name += length;
        name += *name == '.';
    }
    return path;
}

static bool same_part(const struct path *a, const struct path *b, size_t part) {
    return a->lengths[part] == b->lengths[part] &&
           strncmp(a->parts[part], b->parts[part], a->lengths[part]) == 0;
}

/* From the groups of one path to those of the next. */
static void change_groups(FILE *stream, const struct path *from, const struct path *to) {
    size_t common = 0;
    while (common + 1 < from->count && common + 1 < to->count && same_part(from, to, common)) {
        common++;
    }
    for (size_t depth = from->count; depth > common + 1; depth--) {
        indent(stream, depth - 2);
        (void)fputs("};\n", stream);
    }
    for (size_t depth = common; depth + 1 < to->count; depth++) {
        if (depth == 0) {
            (void)fputc('\n', stream);
        }
        indent(stream, depth);
        (void)fprintf(stream, "%.*s = {\n", (int)to->lengths[depth], to->parts[depth]);
    }
}

/* A list has a line for each of its groups. */
static void write_value(FILE *stream, size_t depth, const char *value) {
    bool quoted = false;
    for (const char *at = value; *at != '\0'; at++) {
        (void)fputc(*at, stream);
        if (*at == '\\' && at[1] != '\0') {
            (void)fputc(*++at, stream);
        } else if (*at == '"') {
            quoted = !quoted;
        } else if (!quoted && strncmp(at, ", {", 3) == 0) {
            (void)fputc('\n', stream);
            indent(stream, depth + 1);
            at++;
        }
    }
}

static void write_parameters(FILE *stream, const struct finding *const sorted[], size_t count) {
    struct path path = {.count = 1};
    char number[32];
    for (size_t i = 0; i < count; i++) {
        const struct path next = path_of(sorted[i]->name);
        change_groups(stream, &path, &next);
        path = next;
        explain(stream, path.count - 1, sorted[i], NULL);
        indent(stream, path.count - 1);
        (void)fprintf(stream, "%s = ", path.parts[path.count - 1]);
        write_value(stream, path.count - 1, finding_text(number, sorted[i]));
        (void)fputs(";\n", stream);
    }
    change_groups(stream, &path, &(struct path){.count = 1});
}

static void write_known(FILE *stream, const struct findings *findings) {
    bool first = true;
    for (size_t i = 0; i < findings->count; i++) {
        if (!findings->list[i].parameter) {
            (void)fputs(first ? "\n// Known beside parameters:\n//\n" : "", stream);
            first = false;
            explain(stream, 0, &findings->list[i], findings->list[i].name);
        }
    }
}

static void write_unknown(FILE *stream, const struct findings *findings) {
    struct text line = {0};
    bool first = true;
    for (const char *at = text_bytes(&findings->unknown); *at != '\0';) {
        size_t length = strcspn(at, "\n");
        (void)fputs(first ? "\n// Not identified:\n//\n" : "", stream);
        first = false;
        text_free(&line);
        text_add(&line, "%.*s.", (int)length, at);
        comment(stream, 0, text_bytes(&line));
        at += length + 1;
    }
    text_free(&line);
}

bool fit_configuration(FILE *stream, const struct findings *findings, const char *header,
                       struct error *error) {
    const struct finding **sorted =
        memory_array(findings->count, sizeof *sorted, "estimates", error);
    size_t count = 0;
    if (sorted == NULL) {
        return false;
    }
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->list[i].parameter) {
            sorted[count++] = &findings->list[i];
        }
    }
    if (count > 0) {
        qsort(sorted, count, sizeof *sorted, compare_names);
    }
    for (const char *at = header; *at != '\0';) {
        size_t length = strcspn(at, "\n");
        struct text line = {0};
        text_add(&line, "%.*s", (int)length, at);
        if (length > WIDTH - 3) {
            comment(stream, 0, text_bytes(&line));
        } else {
            (void)fprintf(stream, "//%s%s\n", length > 0 ? " " : "", text_bytes(&line));
        }
        text_free(&line);
        at += length;
        at += *at == '\n';
    }
    write_parameters(stream, sorted, count);
    write_known(stream, findings);
    write_unknown(stream, findings);
    free(sorted);
    return true;
}

/* Without a value in numbers the field is empty. */
void fit_csv(FILE *stream, const struct findings *findings) {
    (void)fputs("name,parameter,value,low,high,count,method\n", stream);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->list[i];
        format_csv(stream, finding->name);
        (void)fputs(finding->parameter ? ",yes" : ",no", stream);
        if (finding->literal.length > 0) {
            (void)fputc(',', stream);
            format_csv(stream, text_bytes(&finding->literal));
        } else {
            format_csv_number(stream, finding->value);
        }
        format_csv_number(stream, finding->interval.low);
        format_csv_number(stream, finding->interval.high);
        format_csv_number(stream, finding->count);
        (void)fputc(',', stream);
        format_csv(stream, text_bytes(&finding->method));
        (void)fputc('\n', stream);
    }
}

void fit_json(FILE *stream, const struct findings *findings) {
    (void)fputs("{\n  \"estimates\": [", stream);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->list[i];
        (void)fprintf(stream, "%s\n    {\"name\": ", i > 0 ? "," : "");
        json_string(stream, finding->name);
        (void)fprintf(stream, ", \"parameter\": %s", finding->parameter ? "true" : "false");
        if (finding->literal.length > 0) {
            (void)fputs(", \"value\": ", stream);
            json_string(stream, text_bytes(&finding->literal));
        } else {
            json_number(stream, ", ", "value", finding->value);
        }
        json_number(stream, ", ", "low", finding->interval.low);
        json_number(stream, ", ", "high", finding->interval.high);
        json_number(stream, ", ", "count", finding->count);
        (void)fputs(", \"method\": ", stream);
        json_string(stream, text_bytes(&finding->method));
        (void)fputc('}', stream);
    }
    (void)fputs("\n  ],\n  \"not_identified\": [", stream);
    const char *begin = "\n    ";
    for (const char *at = text_bytes(&findings->unknown); *at != '\0';) {
        struct text line = {0};
        size_t length = strcspn(at, "\n");
        text_add(&line, "%.*s", (int)length, at);
        (void)fputs(begin, stream);
        json_string(stream, text_bytes(&line));
        text_free(&line);
        begin = ",\n    ";
        at += length + 1;
    }
    (void)fputs("\n  ]", stream);
    (void)fputs("\n}\n", stream);
}

#include "report/json.h"

#include "base/text.h"
#include "report/format.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void json_string(FILE *stream, const char *string) {
    struct text clean = {0};
    format_clean(&clean, string, 0); /* no control characters are left, the UTF-8 is valid */
    (void)fputc('"', stream);
    for (const char *at = text_bytes(&clean); *at != '\0'; at++) {
        if (*at == '"' || *at == '\\') {
            (void)fputc('\\', stream);
        }
        (void)fputc(*at, stream);
    }
    (void)fputc('"', stream);
    text_free(&clean);
}

void json_number(FILE *stream, const char *comma, const char *key, double value) {
    char buffer[32];
    (void)fprintf(stream, "%s\"%s\": %s", comma, key,
                  isfinite(value) ? text_number(buffer, value, true) : "null");
}

void json_value(FILE *stream, const char *value) {
    char buffer[32];
    char *end = NULL;
    double number = strtod(value, &end);
    if (end != value && (*end == '\0' || strcmp(end, "L") == 0) && isfinite(number)) {
        (void)fputs(text_number(buffer, number, true), stream);
    } else {
        json_string(stream, value);
    }
}

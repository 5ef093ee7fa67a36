#include "report/format.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool format_cell(const struct cell *cell, struct cell_summary *summary, struct error *error) {
    if (cell->moments.count == 0) {
        summary->mean = (double)NAN;
        summary->standard_error = (double)NAN;
        for (size_t p = 0; p < RESULT_PROBABILITIES; p++) {
            summary->quantile[p] = (double)NAN;
        }
        return true;
    }
    return cell_summarise(cell, summary, error);
}

const char *format_role(const struct series *series, const struct parameters *parameters) {
    return series->role < 0 ? "all" : parameters->roles[series->role].name;
}

const char *format_segment(const struct series *series, const struct parameters *parameters) {
    return series->segment < 0 ? "all" : parameters->segments[series->segment].name;
}

void format_series(struct text *text, const struct series *series,
                   const struct parameters *parameters) {
    series_name(text, series, parameters);
}

void format_metric(struct text *text, const struct series *series,
                   const struct parameters *parameters) {
    const char *item = series_item(series, parameters);
    text_add(text, "%s%s%s", OUTCOMES[series->outcome].name, item == NULL ? "" : ".",
             item == NULL ? "" : item);
}

/* The length of the UTF-8 character at `bytes`, 0 when it is none (Unicode, table 3-7). */
static size_t character_length(const unsigned char *bytes) {
    static const struct {
        unsigned char lead_first, lead_last, second_first, second_last;
        size_t length;
    } FORMS[] = {
        {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3}, {0xE1, 0xEC, 0x80, 0xBF, 3},
        {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3}, {0xF0, 0xF0, 0x90, 0xBF, 4},
        {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
    };
    if (bytes[0] < 0x80) {
        return bytes[0] == 0 ? 0 : 1;
    }
    for (size_t f = 0; f < sizeof FORMS / sizeof FORMS[0]; f++) {
        if (bytes[0] < FORMS[f].lead_first || bytes[0] > FORMS[f].lead_last ||
            bytes[1] < FORMS[f].second_first || bytes[1] > FORMS[f].second_last) {
            continue;
        }
        for (size_t b = 2; b < FORMS[f].length; b++) {
            if ((bytes[b] & 0xC0U) != 0x80U) {
                return 0;
            }
        }
        return FORMS[f].length;
    }
    return 0;
}

/* C0, DEL, and C1, which in UTF-8 starts with C2. */
static bool is_control(const unsigned char *bytes, size_t length) {
    return (length == 1 && (bytes[0] < 0x20 || bytes[0] == 0x7F)) ||
           (length == 2 && bytes[0] == 0xC2 && bytes[1] < 0xA0);
}

void format_clean(struct text *text, const char *raw, size_t widest) {
    const unsigned char *at = (const unsigned char *)raw;
    size_t before = text->length;
    size_t last = text->length; /* where the last allowed character starts */
    size_t width = 0;
    while (*at != 0) {
        size_t length = character_length(at);
        if (widest > 0 && width == widest) {
            text->length = before == text->length ? before : last;
            text_add(text, "…");
            return;
        }
        last = text->length;
        if (length == 0) {
            text_add(text, "?");
        } else if (is_control(at, length)) {
            text_add(text, " ");
        } else {
            text_add(text, "%.*s", (int)length, (const char *)at);
        }
        at += length == 0 ? 1 : length;
        width++;
    }
}

static const char *plan_name(const struct results *results, size_t variant) {
    return results->variants[variant].scenario->parameters.name;
}

/* The beginning of a name, so that what tells it from others stands behind it whole. */
enum { NAME_LEAST = 6 };

/* "hybrid (headcount=16)"; where that is too wide, "hybrid (run 3)". */
static void add_marked(struct text *text, const struct results *results, size_t variant,
                       size_t widest) {
    const struct origin *origin = results->variants[variant].origin;
    const size_t around = sizeof " ()" - 1;
    struct text mark = {0};
    format_clean(&mark, origin->mark, 0);
    if (widest > 0 && (size_t)text_width(text_bytes(&mark)) + around + NAME_LEAST > widest) {
        text_free(&mark);
        text_add(&mark, "run %lld", origin->run);
    }
    size_t used = (size_t)text_width(text_bytes(&mark)) + around;
    format_clean(text, plan_name(results, variant),
                 widest == 0                  ? 0
                 : widest > used + NAME_LEAST ? widest - used
                                              : NAME_LEAST);
    text_add(text, " (%s)", text_bytes(&mark));
    text_free(&mark);
}

void format_plan(struct text *text, const struct results *results, size_t variant, size_t widest) {
    const struct origin *origin = results->variants[variant].origin;
    bool shared = false;
    if (origin != NULL && origin->mark != NULL) {
        add_marked(text, results, variant, widest);
        return;
    }
    for (size_t v = 0; v < results->variant_count; v++) {
        shared = shared ||
                 (v != variant && strcmp(plan_name(results, v), plan_name(results, variant)) == 0);
    }
    format_clean(text, plan_name(results, variant), shared && widest > 8 ? widest - 4 : widest);
    if (shared) {
        text_add(text, " (%zu)", variant + 1);
    }
}

void format_csv(FILE *stream, const char *field) {
    if (strpbrk(field, ",\"\r\n") == NULL) {
        (void)fputs(field, stream);
        return;
    }
    (void)fputc('"', stream);
    for (const char *at = field; *at != '\0'; at++) {
        if (*at == '"') {
            (void)fputc('"', stream);
        }
        (void)fputc(*at, stream);
    }
    (void)fputc('"', stream);
}

void format_csv_number(FILE *stream, double value) {
    char buffer[32];
    (void)fputc(',', stream);
    if (!isnan(value)) {
        (void)fputs(text_number(buffer, value, true), stream);
    }
}

enum format_scale format_scale(const char *unit) {
    if (strncmp(unit, "share", 5) == 0 || strncmp(unit, "probability", 11) == 0) {
        return FORMAT_PERCENT;
    }
    return strncmp(unit, "currency", 8) == 0 ? FORMAT_CURRENCY : FORMAT_PLAIN;
}

const char *format_value(char buffer[FORMAT_SIZE], const char *unit, double value) {
    static const struct {
        double size;
        const char *sign;
    } STEPS[] = {{1e9, " G"}, {1e6, " M"}, {1e3, " k"}, {0.0, ""}};
    const char *sign = "";
    double shown = value;
    if (!isfinite(value)) {
        return strcpy(buffer, isnan(value) ? "-" : value > 0 ? "inf" : "-inf");
    }
    if (format_scale(unit) == FORMAT_PERCENT) {
        shown = 100.0 * value;
        sign = " %";
    } else if (format_scale(unit) == FORMAT_CURRENCY) {
        size_t step = 0;
        while (fabs(value) < 0.9995 * STEPS[step].size) {
            step++;
        }
        shown = STEPS[step].size > 0.0 ? value / STEPS[step].size : value;
        sign = STEPS[step].sign;
    }
    double size = fabs(shown);
    int decimals = size >= 100.0 ? 0 : size >= 10.0 ? 1 : 2;
    if (format_scale(unit) == FORMAT_PERCENT) {
        decimals = size >= 1000.0 ? 0 : 1;
    } else if (format_scale(unit) == FORMAT_CURRENCY && *sign == '\0') {
        decimals = 0;
    }
    if (size >= 1e12) {
        (void)snprintf(buffer, FORMAT_SIZE, "%.3g%s", shown, sign);
    } else {
        (void)snprintf(buffer, FORMAT_SIZE, "%.*f%s", decimals, shown, sign);
    }
    return buffer;
}

const char *format_percent(char buffer[FORMAT_SIZE], double share) {
    if (isnan(share)) {
        return strcpy(buffer, "-");
    }
    if (share > 0.995 && share < 1.0) {
        return strcpy(buffer, ">99 %");
    }
    if (share < 0.005 && share > 0.0) {
        return strcpy(buffer, "<1 %");
    }
    (void)snprintf(buffer, FORMAT_SIZE, "%.0f %%", 100.0 * share);
    return buffer;
}

double format_mean(const struct cell *cell) {
    return cell->moments.count == 0 ? (double)NAN : cell->moments.mean;
}

double format_share(uint64_t part, uint64_t whole) {
    return whole == 0 ? (double)NAN : (double)part / (double)whole;
}

const char *format_difference(char buffer[FORMAT_DIFFERENCE_SIZE], const char *unit, double value,
                              bool sign) {
    char *number = buffer;
    if (sign && value > 0.0) {
        *number++ = '+';
    }
    (void)format_value(number, unit, value);
    char *percent = strchr(number, '%');
    if (percent != NULL) {
        (void)strcpy(percent, "pp");
    }
    return buffer;
}

/* Of percentage points: the two digits of the error that say something, at least one decimal. */
static int points_decimals(double value, double error) {
    enum { DECIMALS_MOST = 3 };
    double size = 100.0 * (isfinite(error) && error > 0.0 ? error : fabs(value));
    if (!(size > 0.0) || size >= 1.0) {
        return 1;
    }
    int decimals = 1 - (int)floor(log10(size));
    return decimals < DECIMALS_MOST ? decimals : DECIMALS_MOST;
}

const char *format_difference_near(char buffer[FORMAT_DIFFERENCE_SIZE], const char *unit,
                                   double value, double error, bool sign) {
    if (format_scale(unit) != FORMAT_PERCENT || !isfinite(value) || fabs(value) >= 10.0) {
        return format_difference(buffer, unit, value, sign);
    }
    int decimals = points_decimals(value, error);
    (void)snprintf(buffer, FORMAT_DIFFERENCE_SIZE, sign ? "%+.*f pp" : "%.*f pp", decimals,
                   100.0 * value);
    if (strtod(buffer, NULL) == 0.0) { /* nothing has no sign */
        (void)snprintf(buffer, FORMAT_DIFFERENCE_SIZE, "%.*f pp", decimals, 0.0);
    }
    return buffer;
}

double format_probability_better(const struct cell *difference, const struct outcome *outcome) {
    uint64_t count = difference->moments.count;
    uint64_t better = outcome->direction == OUTCOME_LOWER_IS_BETTER
                          ? count - difference->above - difference->equal
                          : difference->above;
    return format_share(better, count);
}

const char *format_number(char buffer[FORMAT_SIZE], double value) {
    char digits[FORMAT_SIZE];
    char count[FORMAT_SIZE];
    (void)snprintf(digits, sizeof digits, "%.2e", value);
    double rounded = strtod(digits, NULL);
    if (fabs(rounded) >= 1000.0 && fabs(rounded) < 1e12) { /* NaN: no */
        bool below = rounded < 0.0;
        buffer[0] = '-';
        (void)strcpy(buffer + below, format_count(count, (uint64_t)fabs(rounded)));
    } else {
        (void)snprintf(buffer, FORMAT_SIZE, "%.3g", value);
    }
    return buffer;
}

const char *format_count(char buffer[FORMAT_SIZE], uint64_t count) {
    char digits[FORMAT_SIZE];
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)count);
    if (length > 15) { /* no room for the commas */
        return strcpy(buffer, digits);
    }
    char *to = buffer;
    for (int d = 0; d < length; d++) {
        if (d > 0 && (length - d) % 3 == 0) {
            *to++ = ',';
        }
        *to++ = digits[d];
    }
    *to = '\0';
    return buffer;
}

const char *format_histories(char buffer[FORMAT_SIZE], uint64_t count) {
    (void)format_count(buffer, count);
    return strcat(buffer, count == 1 ? " history" : " histories");
}

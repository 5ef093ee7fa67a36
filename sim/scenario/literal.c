#include "scenario/literal.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LITERAL_LONGEST = 60 };

static size_t digits(const char *at) { return strspn(at, "0123456789"); }

static bool is_long_mark(const char *at) { return strcmp(at, "L") == 0 || strcmp(at, "LL") == 0; }

/* 5000000000 is 5e9; only for numbers with few digits before the zeros. */
static void suggest_power(const char *token, struct text *complaint) {
    size_t length = strlen(token);
    size_t kept = length;
    while (kept > 1 && token[kept - 1] == '0') {
        kept--;
    }
    if (length - kept >= 3) {
        text_add(complaint, " or %.*se%zu", (int)kept, token, length - kept);
    }
}

static bool check_whole(const char *token, bool is_hexadecimal, bool is_long,
                        struct text *complaint) {
    errno = 0;
    char *end = NULL;
    long long value = strtoll(token, &end, is_hexadecimal ? 16 : 10);
    if (errno == ERANGE) {
        text_add(complaint, "%s is beyond %lld, the largest whole number; write a smaller one",
                 token, LLONG_MAX);
        return false;
    }
    if (!is_long && (value > INT_MAX || value < INT_MIN)) {
        text_add(complaint, "%s is too large to be written without an L at its end: write %sL",
                 token, token);
        if (!is_hexadecimal) {
            suggest_power(token, complaint);
        }
        return false;
    }
    return true;
}

/* [-+]digits[.digits][e[-+]digits] with at least one digit before the exponent. */
static bool is_decimal(const char *token) {
    const char *at = token + (*token == '+' || *token == '-');
    size_t before = digits(at);
    at += before;
    size_t after = 0;
    if (*at == '.') {
        after = digits(at + 1);
        at += 1 + after;
    }
    if (before + after == 0) {
        return false;
    }
    if (*at == 'e' || *at == 'E') {
        at += 1 + (at[1] == '+' || at[1] == '-');
        size_t exponent = digits(at);
        if (exponent == 0) {
            return false;
        }
        at += exponent;
    }
    return *at == '\0';
}

static void suggest_share(const char *number, struct text *complaint) {
    char buffer[32];
    char rounded[32];
    (void)snprintf(rounded, sizeof rounded, "%.12g", strtod(number, NULL) / 100.0);
    text_add(complaint, ", as a share: %s", text_number(buffer, strtod(rounded, NULL), false));
}

/* What somebody most likely meant by a token that is no number. */
static void suggest_number(const char *token, struct text *complaint) {
    char plain[LITERAL_LONGEST + 1];
    size_t kept = 0;
    size_t points = 0;
    for (const char *at = token; *at != '\0'; at++) {
        points += *at == '.';
        if (strchr("_' ", *at) == NULL) {
            plain[kept++] = *at;
        }
    }
    plain[kept] = '\0';
    size_t number = strspn(plain, "+-0123456789.");
    const char *unit = plain + number;
    double factor = strcmp(unit, "k") == 0 || strcmp(unit, "K") == 0   ? 1e3
                    : strcmp(unit, "m") == 0 || strcmp(unit, "M") == 0 ? 1e6
                                                                       : 0.0;
    if (points > 1 && *unit == '\0') {
        text_add(complaint, "; write numbers without separators: ");
        for (const char *at = plain; *at != '\0'; at++) {
            text_add(complaint, *at == '.' ? "%.0s" : "%.1s", at);
        }
    } else if (is_decimal(plain) && strcmp(plain, token) != 0) {
        text_add(complaint, "; write numbers without separators: %s", plain);
    } else if (factor > 0.0 && number > 0) {
        char buffer[32];
        text_add(complaint, "; write %s", text_number(buffer, strtod(plain, NULL) * factor, true));
    } else {
        text_add(complaint, "; write digits with a decimal point, such as 1.5 or 2e6, or put a "
                            "text in quotes");
    }
}

bool literal_check(const char *bytes, size_t length, struct text *complaint) {
    char token[LITERAL_LONGEST + 1];
    if (length > LITERAL_LONGEST) {
        text_add(complaint, "\"%.20s...\" is no number", bytes);
        return false;
    }
    memcpy(token, bytes, length);
    token[length] = '\0';
    const char *unsigned_part = token + (*token == '+' || *token == '-');
    size_t whole = digits(unsigned_part);
    const char *rest = unsigned_part + whole;
    if (whole > 0 && (*rest == '\0' || is_long_mark(rest))) {
        return check_whole(token, false, *rest != '\0', complaint);
    }
    if (strncmp(token, "0x", 2) == 0 || strncmp(token, "0X", 2) == 0) {
        size_t hexadecimal = strspn(token + 2, "0123456789abcdefABCDEF");
        const char *mark = token + 2 + hexadecimal;
        if (hexadecimal > 0 && (*mark == '\0' || is_long_mark(mark))) {
            return check_whole(token, true, *mark != '\0', complaint);
        }
    }
    if (is_decimal(token)) {
        if (isfinite(strtod(token, NULL))) {
            return true;
        }
        text_add(complaint, "%s is too large for a number; the largest is about 1.8e308", token);
        return false;
    }
    if (length > 1 && token[length - 1] == '%') {
        text_add(complaint, "%s: write it without the percent sign", token);
        token[length - 1] = '\0';
        if (is_decimal(token)) {
            suggest_share(token, complaint);
        }
        return false;
    }
    text_add(complaint, "%s is no number", token);
    suggest_number(token, complaint);
    return false;
}

void literal_comma(const char *before, size_t before_length, const char *after, size_t after_length,
                   struct text *complaint) {
    if (before_length + after_length + 1 > LITERAL_LONGEST) {
        text_add(complaint, "a number is written with a decimal point, not with commas");
        return;
    }
    char joined[LITERAL_LONGEST + 1];
    char pointed[LITERAL_LONGEST + 1];
    (void)snprintf(pointed, sizeof pointed, "%.*s.%.*s", (int)before_length, before,
                   (int)after_length, after);
    (void)snprintf(joined, sizeof joined, "%.*s", (int)before_length, before);
    size_t length = strlen(joined);
    for (size_t i = 0; i < after_length; i++) {
        if (after[i] != ',') {
            joined[length++] = after[i];
        }
    }
    joined[length] = '\0';
    text_add(complaint, "%.*s,%.*s: ", (int)before_length, before, (int)after_length, after);
    size_t last = strlen(pointed) - 1;
    bool is_share = pointed[last] == '%';
    if (is_share) {
        pointed[last] = '\0';
    }
    if (memchr(after, ',', after_length) != NULL) {
        text_add(complaint, "write numbers without separators: %s", joined);
    } else {
        text_add(complaint, "write numbers with a decimal point");
        if (is_share && is_decimal(pointed)) {
            suggest_share(pointed, complaint);
        } else if (after_length == 3) {
            text_add(complaint, ": %s, or %s without the separator", pointed, joined);
        } else {
            text_add(complaint, ": %s", pointed);
        }
    }
}

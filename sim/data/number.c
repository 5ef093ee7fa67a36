#include "data/number.h"

#include <string.h>
#include <strings.h>

enum { CORE_SIZE = 64, DECIMALS = 6 };

/* The digits and marks of a number, without sign, currency and percent sign. */
struct core {
    char bytes[CORE_SIZE]; /* digits and the marks . , blank ' */
    size_t length;
    bool negative;
    bool percent;
    const char *currency;
};

/* Codes match in either case; a dollar is taken as the one of the USA. */
static const char *const CURRENCIES[][2] = {
    {"\xE2\x82\xAC", "EUR"}, {"EUR", "EUR"}, {"US$", "USD"}, {"$", "USD"},    {"USD", "USD"},
    {"\xC2\xA3", "GBP"},     {"GBP", "GBP"}, {"CHF", "CHF"}, {"SFr.", "CHF"}, {"SEK", "SEK"},
    {"NOK", "NOK"},          {"DKK", "DKK"}, {"PLN", "PLN"}, {"CZK", "CZK"},  {"HUF", "HUF"},
    {"CAD", "CAD"},          {"AUD", "AUD"}, {"JPY", "JPY"}, {"CNY", "CNY"},  {"INR", "INR"},
    {"BRL", "BRL"},          {"SGD", "SGD"}, {"ZAR", "ZAR"},
};

/* Characters of more than one byte, and what they stand for. */
static const char *const CHARACTERS[][2] = {
    {"\xC2\xA0", " "},     /* no-break space */
    {"\xE2\x80\x89", " "}, /* thin space */
    {"\xE2\x80\xAF", " "}, /* narrow no-break space */
    {"\xE2\x80\x99", "'"}, /* apostrophe */
    {"\xE2\x88\x92", "-"}, /* minus */
};

static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

/* Copies `text` with plain characters for special ones; 0 bytes when it is too long. */
static size_t simplify(const char *text, char plain[CORE_SIZE]) {
    size_t length = 0;
    while (*text != '\0') {
        size_t taken = 1;
        char byte = *text;
        for (size_t i = 0;
             (unsigned char)*text >= 0x80 && i < sizeof CHARACTERS / sizeof *CHARACTERS; i++) {
            size_t size = strlen(CHARACTERS[i][0]);
            if (strncmp(text, CHARACTERS[i][0], size) == 0) {
                byte = CHARACTERS[i][1][0];
                taken = size;
            }
        }
        if (length == CORE_SIZE - 1) {
            return 0;
        }
        plain[length++] = byte;
        text += taken;
    }
    plain[length] = '\0';
    return length;
}

/* The part [from, to) that is still to be understood. */
struct span {
    const char *from;
    const char *to;
};

static void trim(struct span *span) {
    while (span->from < span->to && *span->from == ' ') {
        span->from++;
    }
    while (span->from < span->to && span->to[-1] == ' ') {
        span->to--;
    }
}

static bool take_sign(struct span *span, struct core *core) {
    size_t length = (size_t)(span->to - span->from);
    if (length < 2) {
        return false;
    }
    if (span->from[0] == '(' && span->to[-1] == ')') {
        span->from++;
        span->to--;
        core->negative = true;
        return true;
    }
    if (span->from[0] == '-' || span->from[0] == '+') {
        core->negative = span->from[0] == '-';
        span->from++;
        return true;
    }
    if (span->to[-1] == '-') {
        span->to--;
        core->negative = true;
        return true;
    }
    return false;
}

static bool take_currency(struct span *span, struct core *core) {
    for (size_t i = 0; i < sizeof CURRENCIES / sizeof *CURRENCIES; i++) {
        size_t size = strlen(CURRENCIES[i][0]);
        if ((size_t)(span->to - span->from) <= size) {
            continue;
        }
        bool before = strncasecmp(span->from, CURRENCIES[i][0], size) == 0;
        bool behind = strncasecmp(span->to - size, CURRENCIES[i][0], size) == 0;
        if (before || behind) {
            span->from += before ? size : 0;
            span->to -= before ? 0 : size;
            core->currency = CURRENCIES[i][1];
            return true;
        }
    }
    return false;
}

/* Takes off what stands around the digits, each thing at most once; false when that is no number.
 */
static bool find_core(const char *text, struct core *core) {
    char plain[CORE_SIZE];
    size_t length = simplify(text, plain);
    struct span span = {plain, plain + length};
    bool has_sign = false;
    for (bool found = true; found;) {
        trim(&span);
        found = false;
        if (span.from < span.to && span.to[-1] == '%' && !core->percent) {
            span.to--;
            core->percent = found = true;
        } else if (!has_sign && take_sign(&span, core)) {
            has_sign = found = true;
        } else if (core->currency == NULL && take_currency(&span, core)) {
            found = true;
        }
    }
    core->length = (size_t)(span.to - span.from);
    memcpy(core->bytes, span.from, core->length);
    core->bytes[core->length] = '\0';
    return core->length > 0 && strspn(core->bytes, "0123456789., '") == core->length &&
           strpbrk(core->bytes, "0123456789") != NULL;
}

/* Whether the marks fit a decimal sign: digits in groups of three behind a first group that does
 * not begin with 0, or without groups, and at most one decimal sign with a digit behind it. */
static bool fits(const struct core *core, char decimal) {
    const char *sign = strchr(core->bytes, decimal);
    const char *end = sign == NULL ? core->bytes + core->length : sign;
    if (sign != NULL && (sign[1] == '\0' || sign[1 + strspn(sign + 1, "0123456789")] != '\0')) {
        return false;
    }
    const char *at = core->bytes;
    size_t digits = strspn(at, "0123456789");
    if (at + digits == end) {
        return true; /* no groups */
    }
    if (digits < 1 || digits > 3 || *at == '0') {
        return false;
    }
    char mark = at[digits];
    for (at += digits; at < end; at += 4) {
        if (*at != mark || strspn(at + 1, "0123456789") != 3) {
            return false;
        }
    }
    return true;
}

/* The digits as millionths; false when they are more than 64 bits hold. */
static bool add_up(const struct core *core, char decimal, int64_t *millionths, bool *rounded) {
    uint64_t sum = 0;
    int decimals = -1; /* digits behind the sign; -1 before it */
    bool up = false;
    for (const char *at = core->bytes; *at != '\0'; at++) {
        if (*at == decimal) {
            decimals = 0;
        } else if (is_digit(*at) && decimals < DECIMALS) {
            if (__builtin_mul_overflow(sum, 10U, &sum) ||
                __builtin_add_overflow(sum, (uint64_t)(*at - '0'), &sum)) {
                return false;
            }
            decimals += decimals >= 0;
        } else if (is_digit(*at)) {
            up = up || (decimals == DECIMALS && *at >= '5');
            *rounded = *rounded || *at != '0';
            decimals++;
        }
    }
    for (int digit = decimals < 0 ? 0 : decimals; digit < DECIMALS; digit++) {
        if (__builtin_mul_overflow(sum, 10U, &sum)) {
            return false;
        }
    }
    if (sum >= INT64_MAX) { /* leaves room for rounding up */
        return false;
    }
    sum += up;
    *millionths = core->negative ? -(int64_t)sum : (int64_t)sum;
    return true;
}

static bool settle_decimal(const struct core *core, struct number_style *style, char *decimal,
                           const char *what, struct text *complaint) {
    bool point = fits(core, '.');
    bool comma = fits(core, ',');
    bool tells = strpbrk(core->bytes, ".,") != NULL;
    char sign = style->decimal;
    if (!point && !comma) {
        text_add(complaint, "is not %s (write %s)", what, sign == ',' ? "1234,56" : "1234.56");
        return false;
    }
    if (sign == '\0' && tells && point && comma) {
        text_add(complaint, "may be thousands or decimals (leave out marks between thousands)");
        return false;
    }
    if (sign == '\0' && tells) {
        style->decimal = sign = point ? '.' : ',';
    }
    if (tells && point && comma) {
        style->either = true;
    } else if (tells) {
        style->told = true;
    }
    if (sign == ',' ? !comma : sign == '.' && !point) {
        text_add(complaint, "does not fit the decimal %s of this file (write %s)",
                 sign == ',' ? "comma" : "point", sign == ',' ? "1234,56" : "1234.56");
        return false;
    }
    *decimal = sign == '\0' ? '.' : sign;
    return true;
}

static bool settle_currency(const struct core *core, struct number_style *style,
                            struct text *complaint) {
    if (core->currency == NULL) {
        return true;
    }
    if (style->currency == NULL) {
        style->currency = core->currency;
    }
    if (strcmp(style->currency, core->currency) != 0) {
        text_add(complaint, "is in %s, earlier amounts are in %s (convert them first)",
                 core->currency, style->currency);
        return false;
    }
    return true;
}

bool number_read(const char *text, enum number_kind kind, struct number_style *style,
                 int64_t *millionths, struct text *complaint) {
    struct core core = {.length = 0};
    const char *what = kind == NUMBER_AMOUNT ? "an amount" : "a number";
    char decimal = '.';
    if (!find_core(text, &core) || (kind == NUMBER_PLAIN && core.currency != NULL)) {
        text_add(complaint, "is not %s (write %s)", what,
                 style->decimal == ',' ? "1234,56" : "1234.56");
        return false;
    }
    if (kind == NUMBER_AMOUNT && core.percent) {
        text_add(complaint, "is a percentage where an amount is wanted");
        return false;
    }
    if (!settle_decimal(&core, style, &decimal, what, complaint) ||
        !settle_currency(&core, style, complaint)) {
        return false;
    }
    bool rounded = false;
    if (!add_up(&core, decimal, millionths, &rounded)) {
        text_add(complaint, "is too large (at most 9223372036854)");
        return false;
    }
    if (core.percent) {
        int64_t rest = *millionths % 100;
        rounded = rounded || rest != 0;
        *millionths = *millionths / 100 + (rest >= 50) - (rest <= -50);
    }
    style->rounded = style->rounded || rounded;
    return true;
}

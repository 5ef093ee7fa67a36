#include "report/payout_text.h"

#include "report/format.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Commas between the thousands of the digits in front of the point. */
static void add_commas(char buffer[MONEY_SIZE]) {
    char plain[MONEY_SIZE];
    (void)memcpy(plain, buffer, MONEY_SIZE);
    size_t sign = plain[0] == '-';
    size_t digits = strspn(plain + sign, "0123456789");
    size_t length = strlen(plain);
    if (length + (digits - 1) / 3 >= MONEY_SIZE || digits == 0) {
        return;
    }
    char *to = buffer + sign;
    for (size_t d = 0; d < digits; d++) {
        if (d > 0 && (digits - d) % 3 == 0) {
            *to++ = ',';
        }
        *to++ = plain[sign + d];
    }
    (void)memcpy(to, plain + sign + digits, length - sign - digits + 1);
}

const char *payout_plain(char buffer[MONEY_SIZE], int64_t cents) {
    unsigned long long size =
        cents < 0 ? 0ULL - (unsigned long long)cents : (unsigned long long)cents;
    (void)snprintf(buffer, MONEY_SIZE, "%s%llu.%02llu", cents < 0 ? "-" : "", size / 100,
                   size % 100);
    return buffer;
}

const char *payout_money(char buffer[MONEY_SIZE], int64_t cents) {
    (void)payout_plain(buffer, cents);
    add_commas(buffer);
    return buffer;
}

const char *payout_number(char buffer[MONEY_SIZE], double value, int decimals) {
    int length = isfinite(value) && fabs(value) < 1e20
                     ? snprintf(buffer, MONEY_SIZE, "%.*f", decimals, value)
                     : snprintf(buffer, MONEY_SIZE, "%.6g", value);
    if (length > 0 && buffer[0] == '-' && strpbrk(buffer, "123456789") == NULL && isfinite(value)) {
        (void)memmove(buffer, buffer + 1, (size_t)length); /* no -0.00 */
    }
    add_commas(buffer);
    return buffer;
}

const char *payout_month(char buffer[MONTH_SIZE], long month) {
    static const char *const NAMES[12] = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};
    (void)snprintf(buffer, MONTH_SIZE, "%s %ld", NAMES[month % 12], month / 12);
    return buffer;
}

const char *payout_month_plain(char buffer[MONTH_SIZE], long month) {
    (void)snprintf(buffer, MONTH_SIZE, "%04ld-%02ld", month / 12, month % 12 + 1);
    return buffer;
}

void payout_column(struct text *text, const char *name, size_t width) {
    struct text clean = {0};
    format_clean(&clean, name, width);
    text_add_cell(text, text_bytes(&clean), (int)width);
    text_free(&clean);
}

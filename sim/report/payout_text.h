/* Amounts, names and months of pay as aligned text, at most 80 columns wide.
 * Ownership: texts belong to the caller. */
#ifndef REPORT_PAYOUT_TEXT_H
#define REPORT_PAYOUT_TEXT_H

#include "base/text.h"

#include <stdint.h>

enum { MONEY_SIZE = 40, MONTH_SIZE = 24 };

/* "-1,234.50" of cents, and "-1234.50" for programs. */
const char *payout_money(char buffer[MONEY_SIZE], int64_t cents);
const char *payout_plain(char buffer[MONEY_SIZE], int64_t cents);

/* The same of any number with so many decimals. */
const char *payout_number(char buffer[MONEY_SIZE], double value, int decimals);

/* "June 2025" and "2025-06" of a month as data/date.h counts them. */
const char *payout_month(char buffer[MONTH_SIZE], long month);
const char *payout_month_plain(char buffer[MONTH_SIZE], long month);

/* `name` in `width` columns, cut when it is longer, made harmless for terminals. */
void payout_column(struct text *text, const char *name, size_t width);

#endif

/* Days of the calendar as tables write them.
 * Ownership: nothing is kept. */
#ifndef DATA_DATE_H
#define DATA_DATE_H

#include "base/text.h"

#include <stdbool.h>

struct date {
    int year;  /* 1900 .. 2199 */
    int month; /* 1 .. 12 */
    int day;   /* 1 .. 31 */
};

/* Negative, 0 or positive: `a` is before, the same as or after `b`. */
int date_compare(struct date a, struct date b);

/* Days of a month, 1 .. 12, of the Gregorian calendar. */
int date_days_of_month(int year, int month);

/* Months since the year 0, so that months can be counted and compared. */
long date_month(struct date date);

/* Days since the first of March of the year 0, so that days can be counted and compared. */
long date_day(struct date date);

/* The day so many days after the first of March of the year 0; years 1900 to 2199 and around. */
struct date date_of_day(long day);

/* Adds the day so many days after that first of March, as 2026-03-31. */
void date_add_day(struct text *text, long day);

/* Reads 2026-03-31, 2026/03/31, 20260331 or 31.03.2026, also with a time behind it, which is left
 * out. What has the year at the end behind slashes or hyphens may be either order and is refused.
 * False with the end of a sentence in `complaint`, to stand behind the text in quotes. */
bool date_read(const char *text, struct date *date, struct text *complaint)
    __attribute__((warn_unused_result));

/* The same, and also 2026-03, 2026/03 and 03.2026; the day is 1 whatever was written. */
bool date_read_month(const char *text, struct date *date, struct text *complaint)
    __attribute__((warn_unused_result));

#endif

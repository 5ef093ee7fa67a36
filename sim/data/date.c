#include "data/date.h"

#include <string.h>

int date_compare(struct date a, struct date b) {
    int years = a.year - b.year;
    int months = a.month - b.month;
    return years != 0 ? years : months != 0 ? months : a.day - b.day;
}

long date_month(struct date date) { return (long)date.year * 12 + date.month - 1; }

/* Years begin in March here, so that the day that comes and goes is the last of its year. */
long date_day(struct date date) {
    long months = (long)date.year * 12 + date.month - 3; /* since March of the year 0 */
    long year = months / 12;
    long month = months % 12;
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + date.day - 1;
}

struct date date_of_day(long day) {
    struct date date = {(int)((double)day / 365.2425), 1, 1};
    while (date_day((struct date){date.year + 1, 1, 1}) <= day) {
        date.year++;
    }
    while (date_day(date) > day) {
        date.year--;
    }
    while (date.month < 12 && date_day((struct date){date.year, date.month + 1, 1}) <= day) {
        date.month++;
    }
    date.day += (int)(day - date_day(date));
    return date;
}

void date_add_day(struct text *text, long day) {
    struct date date = date_of_day(day);
    text_add(text, "%04d-%02d-%02d", date.year, date.month, date.day);
}

static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

/* Numbers with one kind of mark between them, such as 31.03.2026. */
struct parts {
    int count;
    int values[3];
    size_t digits[3];
    char mark; /* 0: a single number */
};

/* Reads at most three numbers of at most eight digits; what follows them is left at `*text`. */
static bool read_parts(const char **text, struct parts *parts) {
    const char *at = *text;
    while (parts->count < 3) {
        int value = 0;
        size_t digits = 0;
        for (; digits < 8 && is_digit(at[digits]); digits++) {
            value = value * 10 + (at[digits] - '0');
        }
        if (digits == 0) {
            return false;
        }
        parts->values[parts->count] = value;
        parts->digits[parts->count] = digits;
        parts->count++;
        at += digits;
        bool goes_on = *at != '\0' && strchr("-/.", *at) != NULL && is_digit(at[1]) &&
                       (parts->mark == '\0' || parts->mark == *at);
        if (!goes_on || parts->count == 3) {
            break;
        }
        parts->mark = *at++;
    }
    *text = at;
    return true;
}

/* "T00:00:00Z", " 14:05", ", 2:05 PM" or nothing. */
static bool is_time(const char *text) {
    if (*text == '\0') {
        return true;
    }
    size_t before = strspn(text, "T, ");
    size_t time = strspn(text + before, "0123456789:.+-Z APMapm");
    return before > 0 && is_digit(text[before]) && strchr(text + before, ':') != NULL &&
           text[before + time] == '\0';
}

int date_days_of_month(int year, int month) {
    static const int DAYS[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return DAYS[month - 1] + (month == 2 && leap ? 1 : 0);
}

static bool check(struct date date, struct text *complaint) {
    static const char *const MONTHS[12] = {"January",   "February", "March",    "April",
                                           "May",       "June",     "July",     "August",
                                           "September", "October",  "November", "December"};
    if (date.year < 1900 || date.year > 2199) {
        text_add(complaint, "is no date of the years 1900 to 2199");
        return false;
    }
    if (date.month < 1 || date.month > 12) {
        text_add(complaint, "has the month %d, there are 12 (write 2026-03-31)", date.month);
        return false;
    }
    int days = date_days_of_month(date.year, date.month);
    if (date.day < 1 || date.day > days) {
        text_add(complaint, "is no day of the calendar: %s %d has %d days", MONTHS[date.month - 1],
                 date.year, days);
        return false;
    }
    return true;
}

/* Puts the numbers in their places; false when they are in none of the accepted orders. */
static bool arrange(const struct parts *parts, struct date *date) {
    const int *values = parts->values;
    const size_t *digits = parts->digits;
    if (parts->count == 1 && digits[0] == 8) {
        *date = (struct date){values[0] / 10000, values[0] / 100 % 100, values[0] % 100};
        return true;
    }
    if (parts->count != 3 || digits[1] > 2) {
        return false;
    }
    if (parts->mark == '.') {
        *date = (struct date){values[2], values[1], values[0]};
        return digits[0] <= 2 && digits[2] == 4;
    }
    *date = (struct date){values[0], values[1], values[2]};
    return digits[0] == 4 && digits[2] <= 2;
}

static bool arrange_month(const struct parts *parts, struct date *date) {
    if (parts->count != 2) {
        return false;
    }
    size_t year = parts->mark == '.' ? 1 : 0;
    *date = (struct date){parts->values[year], parts->values[1 - year], 1};
    return parts->digits[year] == 4 && parts->digits[1 - year] <= 2;
}

static bool refuse(const struct parts *parts, bool read, struct text *complaint) {
    bool year_last = read && parts->count == 3 && parts->digits[0] <= 2 && parts->digits[1] <= 2;
    if (year_last && parts->digits[2] == 4) {
        text_add(complaint, "may be day and month in either order (write 2026-03-31)");
    } else if (year_last && parts->digits[2] == 2) {
        text_add(complaint, "has a year of two digits (write 2026-03-31)");
    } else if (read && parts->count == 1 && parts->digits[0] == 5) {
        text_add(complaint, "is a spreadsheet's number of a day (format the column as a date, "
                            "such as 2026-03-31)");
    } else {
        text_add(complaint, "is not a date (write 2026-03-31)");
    }
    return false;
}

bool date_read(const char *text, struct date *date, struct text *complaint) {
    struct parts parts = {0};
    const char *rest = text;
    bool read = read_parts(&rest, &parts) && is_time(rest);
    if (!read || !arrange(&parts, date)) {
        return refuse(&parts, read, complaint);
    }
    return check(*date, complaint);
}

bool date_read_month(const char *text, struct date *date, struct text *complaint) {
    struct parts parts = {0};
    const char *rest = text;
    if (read_parts(&rest, &parts) && *rest == '\0' && arrange_month(&parts, date)) {
        return check(*date, complaint);
    }
    if (!date_read(text, date, complaint)) {
        return false;
    }
    date->day = 1;
    return true;
}

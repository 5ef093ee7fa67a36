#include "data/promise.h"

#include "data/cell.h"
#include "data/record.h"

#include <stdio.h>
#include <string.h>

static const char WANTED[] = "an amount with its day in the other column, or a list of days and "
                             "amounts (write 2027-03-31:9000; 2028-03-31:9000)";

static void complain(struct table_row *row, size_t column, const char *text,
                     struct text *complaint) {
    char shown[TABLE_SHOWN_SIZE];
    table_complain(row, column, "%s %s", table_show(text, shown), text_bytes(complaint));
    text_free(complaint);
}

/* Length without blanks, and where it begins. */
static size_t trim(const char **from, size_t length) {
    record_trim(from, &length);
    return length;
}

/* "2027-03-31:9000" */
static bool read_pair(struct table_row *row, size_t column, const char *pair, size_t length,
                      struct promise *promise) {
    char day[64];
    char amount[64];
    struct text complaint = {0};
    size_t mark = strcspn(pair, ":=");
    const char *first = pair;
    const char *second = pair + mark + 1;
    size_t first_length = mark < length ? trim(&first, mark) : 0;
    size_t second_length = mark < length ? trim(&second, length - mark - 1) : 0;
    if (first_length == 0 || second_length == 0 || first_length >= sizeof day ||
        second_length >= sizeof amount) {
        char shown[TABLE_SHOWN_SIZE];
        table_complain(row, column, "%s is not %s", table_show(row->cells[column], shown), WANTED);
        return false;
    }
    (void)snprintf(day, sizeof day, "%.*s", (int)first_length, first);
    (void)snprintf(amount, sizeof amount, "%.*s", (int)second_length, second);
    if (!date_read(day, &promise->vests, &complaint)) {
        complain(row, column, day, &complaint);
        return false;
    }
    int64_t millionths = 0;
    if (!number_read(amount, NUMBER_AMOUNT, row->style, &millionths, &complaint)) {
        complain(row, column, amount, &complaint);
        return false;
    }
    if (millionths <= 0) {
        table_complain(row, column, "an award of %s is none", amount);
        return false;
    }
    promise->value = (double)millionths / MILLIONTHS;
    return true;
}

static void read_list(struct table_row *row, size_t column, struct promise promises[],
                      size_t *count) {
    const char *rest = row->cells[column];
    const char *between = strchr(rest, ';') != NULL ? ";" : "|";
    while (*rest != '\0') {
        size_t length = strcspn(rest, between);
        const char *pair = rest;
        size_t filled = trim(&pair, length);
        if (filled > 0 && *count == PROMISES_MOST) {
            table_complain(row, column, "there are more than %d awards; add those of one month up",
                           PROMISES_MOST);
            return;
        }
        if (filled > 0 && !read_pair(row, column, pair, filled, &promises[(*count)++])) {
            return;
        }
        rest += length + (rest[length] != '\0');
    }
}

void promises_read(struct table_row *row, size_t amounts, size_t days,
                   struct promise promises[PROMISES_MOST], size_t *count) {
    *count = 0;
    if (cell_filled(row, amounts) && strpbrk(row->cells[amounts], ":=") != NULL) {
        read_list(row, amounts, promises, count);
        if (cell_filled(row, days)) {
            table_complain(row, days,
                           "the list of awards names the days already; leave this empty");
        }
        return;
    }
    cell_units(row, amounts, &promises[0].value);
    bool dated = cell_date(row, days, &promises[0].vests);
    if (promises[0].value > 0.0 && !cell_filled(row, days)) {
        char shown[TABLE_SHOWN_SIZE];
        table_complain(row, amounts, "%s has no day on which it vests; %s is wanted",
                       table_show(row->cells[amounts], shown), WANTED);
    }
    *count = promises[0].value > 0.0 && dated;
}

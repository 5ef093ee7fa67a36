#include "data/cell.h"

#include "data/fold.h"

#include <math.h>
#include <string.h>

bool cell_filled(const struct table_row *row, size_t column) {
    return row->cells[column] != NULL && row->cells[column][0] != '\0';
}

/* Whether there is something to read. */
static bool demand(struct table_row *row, size_t column) {
    if (cell_filled(row, column)) {
        return true;
    }
    const struct table_column *declared = &row->form->columns[column];
    if (declared->required || (declared->filled && row->cells[column] != NULL)) {
        table_complain(row, column, "is empty");
    }
    return false;
}

/* Complains about a cell with the end of a sentence, and frees that. */
static bool complain(struct table_row *row, size_t column, struct text *complaint) {
    char shown[TABLE_SHOWN_SIZE];
    table_complain(row, column, "%s %s", table_show(row->cells[column], shown),
                   text_bytes(complaint));
    text_free(complaint);
    return false;
}

void cell_complain(struct table_row *row, const char *column, const char *sentence) {
    size_t c = 0;
    while (c + 1 < row->form->column_count && strcmp(row->form->columns[c].name, column) != 0) {
        c++;
    }
    table_complain(row, c, "%s", sentence);
}

const char *cell_text(struct table_row *row, size_t column) {
    return demand(row, column) ? row->cells[column] : "";
}

static bool read_number(struct table_row *row, size_t column, enum number_kind kind,
                        int64_t *millionths) {
    struct text complaint = {0};
    return demand(row, column) &&
           (number_read(row->cells[column], kind, row->style, millionths, &complaint) ||
            complain(row, column, &complaint));
}

bool cell_amount(struct table_row *row, size_t column, int64_t *millionths) {
    return read_number(row, column, NUMBER_AMOUNT, millionths);
}

void cell_units(struct table_row *row, size_t column, double *units) {
    int64_t millionths = 0;
    *units = (double)NAN;
    if (!cell_amount(row, column, &millionths)) {
        return;
    }
    if (millionths < 0) {
        char shown[TABLE_SHOWN_SIZE];
        table_complain(row, column, "%s is negative", table_show(row->cells[column], shown));
        return;
    }
    *units = (double)millionths / MILLIONTHS;
}

bool cell_number(struct table_row *row, size_t column, double *number) {
    int64_t millionths = 0;
    if (!read_number(row, column, NUMBER_PLAIN, &millionths)) {
        return false;
    }
    *number = (double)millionths / MILLIONTHS;
    return true;
}

bool cell_date(struct table_row *row, size_t column, struct date *date) {
    struct text complaint = {0};
    struct date found;
    if (!demand(row, column)) {
        return false;
    }
    if (!date_read(row->cells[column], &found, &complaint)) {
        return complain(row, column, &complaint);
    }
    *date = found;
    return true;
}

bool cell_month(struct table_row *row, size_t column, struct date *month) {
    struct text complaint = {0};
    struct date found;
    if (!demand(row, column)) {
        return false;
    }
    if (!date_read_month(row->cells[column], &found, &complaint)) {
        return complain(row, column, &complaint);
    }
    *month = found;
    return true;
}

bool cell_word(struct table_row *row, size_t column, const char *const choices[], size_t count,
               const char *wanted, size_t *index) {
    char folded[FOLDED_SIZE];
    char shown[TABLE_SHOWN_SIZE];
    if (!demand(row, column)) {
        return false;
    }
    fold_word(row->cells[column], folded);
    for (size_t i = 0; i < count; i++) {
        if (fold_is_one_of(folded, choices[i])) {
            *index = i;
            return true;
        }
    }
    table_complain(row, column, "%s is not %s", table_show(row->cells[column], shown), wanted);
    return false;
}

/* The cells of a row as texts, amounts, dates and words; what is wrong is complained about.
 * Ownership: texts are lent with the row.
 *
 * A function that is false has left its result alone: the cell is empty or there is no such column,
 * or it was complained about (row->bad). An empty cell of a required column is complained about. */
#ifndef DATA_CELL_H
#define DATA_CELL_H

#include "data/date.h"
#include "data/table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool cell_filled(const struct table_row *row, size_t column);

/* Lists the row as bad because of the column that is declared with this name (table_complain). */
void cell_complain(struct table_row *row, const char *column, const char *sentence);

/* "" when there is none. */
const char *cell_text(struct table_row *row, size_t column);

/* An amount of money in millionths. */
bool cell_amount(struct table_row *row, size_t column, int64_t *millionths);

/* An amount of money that is not negative, in units; `units` is NAN when there is none. */
void cell_units(struct table_row *row, size_t column, double *units);

/* A number without a currency. */
bool cell_number(struct table_row *row, size_t column, double *number);

bool cell_date(struct table_row *row, size_t column, struct date *date);
bool cell_month(struct table_row *row, size_t column, struct date *month);

/* The index of a word in `choices`, each folded words with bars between them; `wanted` ends the
 * sentence about another word. */
bool cell_word(struct table_row *row, size_t column, const char *const choices[], size_t count,
               const char *wanted, size_t *index);

#endif

/* What an explanation says, as a table for people, rows for programs, and a picture: what one more
 * unit of effort is worth, and the effort that answers.
 * Ownership: only reads; texts and streams belong to the caller, who checks the streams (ferror).
 */
#ifndef REPORT_WORTH_H
#define REPORT_WORTH_H

#include "engine/explanation.h"
#include "report/folder.h"

#include <stdio.h>

/* At most 80 columns. */
void worth_print(FILE *stream, const struct explanation *explanation);

/* One value a row: scenario,role,plan,component,item,activity,month,months_left,attainment,unit,
 * value; a field that does not apply is empty. */
void worth_print_csv(FILE *stream, const struct explanation *explanation);
void worth_print_json(FILE *stream, const struct explanation *explanation);

/* effort.gp and effort.dat: effort against attainment to date, a line for each of some months left.
 * Nothing is written when effort moves nothing that is paid. style.gp stands beside them. */
bool plots_write_effort(const struct folder *folder, const struct explanation *explanation,
                        struct error *error) __attribute__((warn_unused_result));

#endif

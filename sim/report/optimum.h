/* What an optimisation found: text for people, tables and JSON for programs, pictures.
 * Ownership: only reads the optimum; texts belong to the caller, files go to the folder. */
#ifndef REPORT_OPTIMUM_H
#define REPORT_OPTIMUM_H

#include "base/text.h"
#include "engine/optimum.h"
#include "report/folder.h"

#include <stdio.h>

/* What was asked: axes, goals, bounds, points and histories. */
void optimum_text_head(struct text *text, const struct optimum *optimum);

/* The whole result: table, sentences. */
void optimum_text(struct text *text, const struct optimum *optimum);

/* "turnover <= 15 %", "npv, to be large" */
void optimum_text_target(struct text *text, const struct optimum *optimum, size_t target);

/* The unit of a target's metric. */
const char *optimum_unit(const struct optimum *optimum, size_t target);

/* optimize.csv: the points in the order of the search: point, the varied parameters, valid,
 * keeps_bounds, front (of two goals), then for each statistic its value and standard error. */
void optimum_table_points(FILE *stream, const struct optimum *optimum);

/* candidates.csv: for the scenario as it stands (candidate 0) and each candidate one row a target:
 * candidate, the varied parameters, chosen, target, kind, unit, bound, what the search had taken it
 * for, what it is on fresh histories, the difference to the scenario, each with its standard error,
 * the probability that the bound is kept, the share of histories in which it is, and whether the
 * estimates of the candidate keep all bounds. */
void optimum_table_candidates(FILE *stream, const struct optimum *optimum);

/* pareto.csv: the candidates of two goals by the second: candidate, the varied parameters, each
 * goal on fresh histories with the ends of its 95 % interval, front: as optimum_on_front says. */
void optimum_table_pareto(FILE *stream, const struct optimum *optimum);

/* The rows of candidates.csv as objects, and what was asked. */
void optimum_table_json(FILE *stream, const struct optimum *optimum);

/* Whether a candidate (of `fresh`, from 1) is on the front of the fresh histories: its estimates
 * keep the bounds there, and of the others and the scenario as it stands none that keeps them is
 * better in one goal and no worse in the other. */
bool optimum_on_front(const struct optimum *optimum, size_t point);

/* Whether the answer keeps all bounds, by its estimates: the chosen candidate, of two goals one at
 * least; on the histories of the comparison, or of the search when it ended before. */
bool optimum_answers(const struct optimum *optimum);

/* "turnover at most 15.0 % (it is 22.1 %)" of each bound that the estimates of a candidate break,
 * counted from 0, with "; " between them; nothing where it keeps them. */
void optimum_text_broken(struct text *text, const struct optimum *optimum, size_t candidate);

/* Every point over every axis (optimize), and both goals against each other (pareto). */
bool optimum_plots_write(const struct folder *folder, const struct optimum *optimum,
                         struct error *error) __attribute__((warn_unused_result));

#endif

/* What stays, what is paid to whom and when deals close: outcomes that make a row. */
#include "report/ladder.h"
#include "report/plots_kinds.h"

#include <math.h>

static const char SURVIVAL_CAPTION[] =
    "Of those who came in the course of the histories; where few come, shading is wide. The "
    "parameters are taken as known.";
static const char PAY_CAPTION[] =
    "People of a whole fiscal year, ordered by what they were paid in it, in ten equal groups; "
    "mean of all years.";

static const struct ladder LADDERS[] = {
    {.name = "survival_staff",
     .title = "How many of those who join a role are still in it after so many years?",
     .titles = "How many of those who join a role are still in it, by plan?",
     .y_label = "share still in the role",
     .x_label = "years since joining",
     .tics = "0,1",
     .metric = "staff_survival",
     .count = 5,
     .caption = SURVIVAL_CAPTION,
     .look = LOOK_DECLINE,
     .roles = true,
     .line = (double)NAN},
    {.name = "survival_customers",
     .title = "How many of the customers won are still customers after so many years?",
     .titles = "How many of the customers won are still customers, by plan?",
     .y_label = "share that are still customers",
     .x_label = "years since the contract was won",
     .tics = "0,1",
     .metric = "customer_survival",
     .count = 5,
     .caption = SURVIVAL_CAPTION,
     .look = LOOK_DECLINE,
     .line = (double)NAN},
    {.name = "quarter",
     .title = "Do deals close at the end of the quarter?",
     .titles = "Do deals close at the end of the quarter, by plan?",
     .y_label = "share of new revenue",
     .x_label = "month of the quarter",
     .tics = "('first' 1, 'second' 2, 'last' 3)",
     .metrics = {"signed_first", "signed_second", "signed_last"},
     .count = 3,
     .caption = "Dashed: a third, as when the month of the quarter did not matter. Value of "
                "contracts won with new customers.",
     .look = LOOK_RUNGS,
     .line = 1.0 / 3.0},
    {.name = "pay",
     .title = "What do the lowest and the highest paid people of a role earn?",
     .titles = "What do the lowest and the highest paid people of a role earn, by plan?",
     .y_label = "pay a year, currency",
     .x_label = "tenth of the people, lowest to highest pay",
     .tics = "1,1",
     .metric = "pay_tenth",
     .count = 10,
     .caption = PAY_CAPTION,
     .look = LOOK_RUNGS,
     .roles = true,
     .line = (double)NAN},
};

static const struct ladder DIFFERENCE_PAY = {
    .name = "difference_pay",
    .y_label = "difference in pay a year, currency",
    .x_label = "tenth of the people, lowest to highest pay",
    .tics = "1,1",
    .metric = "pay_tenth",
    .count = 10,
    .caption = "Each tenth of the people against the same tenth under the baseline, history by "
               "history: ranks, not persons, are compared.",
    .look = LOOK_RUNGS,
    .roles = true,
    .difference = true,
    .line = 0.0};

bool plots_write_ladders(const struct folder *folder, const struct results *results,
                         struct error *error) {
    for (size_t l = 0; l < sizeof LADDERS / sizeof LADDERS[0]; l++) {
        if (!ladder_write(folder, results, &LADDERS[l], error)) {
            return false;
        }
    }
    return results->variant_count == 1 || ladder_write(folder, results, &DIFFERENCE_PAY, error);
}

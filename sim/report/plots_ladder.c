/* What stays, what is paid to whom and when deals close: outcomes that make a row. */
#include "report/ladder.h"
#include "report/plots_kinds.h"

#include <math.h>

static const struct ladder LADDERS[] = {
    {.name = "survival_staff",
     .title = WORD_STAFF_TITLE,
     .titles = WORD_STAFF_PLANS_TITLE,
     .y_label = WORD_STAFF_AXIS,
     .x_label = WORD_STAFF_YEARS,
     .tics = "0,1",
     .metric = "staff_survival",
     .count = 5,
     .caption = WORD_SURVIVAL_CAPTION,
     .look = LOOK_DECLINE,
     .roles = true,
     .line = (double)NAN},
    {.name = "survival_customers",
     .title = WORD_WON_TITLE,
     .titles = WORD_WON_PLANS_TITLE,
     .y_label = WORD_WON_AXIS,
     .x_label = WORD_WON_YEARS,
     .tics = "0,1",
     .metric = "customer_survival",
     .count = 5,
     .caption = WORD_SURVIVAL_CAPTION,
     .look = LOOK_DECLINE,
     .line = (double)NAN},
    {.name = "quarter",
     .title = WORD_QUARTER_TITLE,
     .titles = WORD_QUARTER_PLANS_TITLE,
     .y_label = WORD_QUARTER_AXIS,
     .x_label = WORD_QUARTER_MONTH,
     .metrics = {"signed_first", "signed_second", "signed_last"},
     .rungs = {WORD_QUARTER_FIRST, WORD_QUARTER_SECOND, WORD_QUARTER_LAST},
     .count = 3,
     .caption = WORD_QUARTER_CAPTION,
     .look = LOOK_RUNGS,
     .line = 1.0 / 3.0},
    {.name = "pay",
     .title = WORD_PAY_TITLE,
     .titles = WORD_PAY_PLANS_TITLE,
     .y_label = WORD_PAY_AXIS,
     .x_label = WORD_PAY_TENTH,
     .tics = "1,1",
     .metric = "pay_tenth",
     .count = 10,
     .caption = WORD_PAY_CAPTION,
     .look = LOOK_RUNGS,
     .roles = true,
     .line = (double)NAN},
};

static const struct ladder DIFFERENCE_PAY = {.name = "difference_pay",
                                             .title = WORD_PAY_DIFFERENCE_TITLE,
                                             .y_label = WORD_PAY_DIFFERENCE_AXIS,
                                             .x_label = WORD_PAY_TENTH,
                                             .tics = "1,1",
                                             .metric = "pay_tenth",
                                             .count = 10,
                                             .caption = WORD_PAY_DIFFERENCE_CAPTION,
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

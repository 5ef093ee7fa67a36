/* The parameters of a dated change (docs/model.md, section 8). */
#include "scenario/schema.h"

static const struct row ROWS[] = {
    {FIELD(change, month), .unit = "month of the simulation", .required = true, RANGE(2, 600),
     .meaning = "First month in which it holds, counted from 1; changes stand in this order."},
    {FIELD(change, name), .fallback_text = "",
     .meaning = "What it is called in pictures and stories; its month when empty."},
    {FIELD(change, communication), .unit = "0..1", .fallback = 0.5, RANGE(0, 1),
     .meaning = "How well it is explained to those concerned: 1 unsettles nobody.",
     .source = "judgement"},
    {FIELD(change, adaptation_months), .unit = "months", .fallback = 6, RANGE(0, 120),
     LIKELY(3, 18),
     .meaning = "Time until those concerned have adapted; what unsettles them fades evenly.",
     .source = "judgement"},
    {FIELD(change, concerns), .refers = "roles", .fallback_text = "()", RANGE(0, NAMES_MOST),
     .meaning = "Roles whose people it unsettles; empty for those whose plan, work, career or "
                "customers it alters."},
    {FIELD(change, set), .required = true,
     .meaning = "What is different: any settings of the scenario that can change at a date."},
};

const struct schema CHANGE_SCHEMA = {.title = "change",
                                     .size = sizeof(struct change),
                                     .rows = ROWS,
                                     .count = sizeof ROWS / sizeof *ROWS};

/* The parameters of a pay plan and its components (docs/plans.md). */
#include "scenario/finish.h"
#include "scenario/schema.h"

enum {
    COMMISSION = 1 << COMPONENT_COMMISSION,
    BONUS = 1 << COMPONENT_BONUS,
    LTIP = 1 << COMPONENT_LTIP,
    SHARES = 1 << COMPONENT_SHARES
};

static const struct row COMPONENT_ROWS[] = {
    {FIELD(component, name), .fallback_text = "",
     .meaning = "Name of the component in tables and pictures; its type when empty."},
    {FIELD(component, type), .choices = COMPONENT_TYPES, .required = true,
     .meaning = "What it is: a commission on a metric, a bonus on attainment of a quota, a cash "
                "long-term incentive plan with overlapping cycles, or shares that vest."},
    {FIELD(component, metric), .choices = METRIC_NAMES, .fallback_text = "new_revenue",
     .kinds = COMMISSION | BONUS | LTIP,
     .meaning = "What is measured; must be written for everything but shares."},
    {FIELD(component, period), .choices = PERIOD_NAMES, .fallback_text = "quarter",
     .kinds = COMMISSION | BONUS, .meaning = "Period of measurement and payment."},
    {FIELD(component, rate), .unit = "share of the metric", .fallback = 0, RANGE(0, 1e7),
     .kinds = COMMISSION,
     .meaning = "Commission rate when there are no tiers: 0..1 on money, currency per customer on "
                "new_customers.",
     .source = "judgement: 4 to 10 % of new revenue"},
    {FIELD(component, tiers), .unit = "[from, rate]", .fallback_text = "()", POINTS(0, 1e12),
     RANGE(0, 1e7), .kinds = COMMISSION,
     .meaning = "Marginal commission tiers: from each amount of the metric in a period on, this "
                "rate on what lies above it."},
    {FIELD(component, target), .unit = "currency", .fallback = 0, RANGE(0, 1e8), LIKELY(0, 200000),
     .kinds = BONUS | LTIP | SHARES,
     .meaning = "Bonus: pay a year at attainment 1. Long-term incentive and shares: value of one "
                "grant.",
     .source = "sales 40 % of target pay, key account manager 20 %; grants .10 to .30 of base"},
    {FIELD(component, payout), .unit = "[attainment, share of target]", .fallback_text = "()",
     .jumps = true, POINTS(0, 100), RANGE(0, 100), .kinds = BONUS | LTIP,
     .meaning = "Payout curve: nothing below the first point, straight between points, a jump "
                "where two points stand at the same attainment.",
     .source = "threshold .5 (sales) or .85, accelerator 1.5 or 1 to 1.25, cap none to 2"},
    {FIELD(component, slope_above), .unit = "share of target", .fallback = 0, RANGE(0, 1000),
     LIKELY(0, 5), .kinds = BONUS | LTIP,
     .meaning = "Payout per unit of attainment beyond the last point; 0 is a cap.",
     .source = "judgement"},
    {FIELD(component, quota), .unit = "of the metric a period", .fallback = 0, RANGE(0, 1e12),
     .kinds = BONUS | LTIP,
     .meaning = "Fixed quota; 0 takes the role's own quota rule, or 1 for an index metric such as "
                "net_retention.",
     .source = "judgement"},
    {FIELD(component, cycle_months), .unit = "months", .fallback = 36, RANGE(12, 120),
     LIKELY(24, 60), .kinds = LTIP, .meaning = "Length of a performance cycle, whole years.",
     .source = "judgement"},
    {FIELD(component, every_months), .unit = "months", .fallback = 12, RANGE(1, 120),
     LIKELY(12, 36), .kinds = LTIP | SHARES, .meaning = "Months from one grant to the next.",
     .source = "judgement"},
    {FIELD(component, vesting_months), .unit = "months", .fallback = 36, RANGE(1, 240),
     LIKELY(12, 60), .kinds = SHARES, .meaning = "Months until a grant has vested completely.",
     .source = "judgement"},
    {FIELD(component, cliff_months), .unit = "months", .fallback = 12, RANGE(0, 240), LIKELY(0, 36),
     .kinds = SHARES, .meaning = "Months before which nothing vests.", .source = "judgement"},
    {FIELD(component, step_months), .unit = "months", .fallback = 12, RANGE(1, 120), LIKELY(1, 12),
     .kinds = SHARES, .meaning = "Months between vesting dates after the cliff.",
     .source = "judgement"},
    {FIELD(component, settlement), .choices = SHARE_SETTLEMENTS, .fallback_text = "rsu",
     .kinds = SHARES,
     .meaning = "Real shares with the expense fixed at the grant (rsu) or cash at the price of "
                "vesting (phantom)."},
    {FIELD(component, leaver), .choices = LEAVER_RULES, .fallback_text = "forfeit",
     .meaning = "What leavers get of what is not paid yet: nothing (forfeit) or the part of the "
                "time that they worked (pro_rata)."},
};

const struct schema COMPONENT_SCHEMA = {.title = "component",
                                        .size = sizeof(struct component),
                                        .rows = COMPONENT_ROWS,
                                        .count = sizeof COMPONENT_ROWS / sizeof *COMPONENT_ROWS,
                                        .finish = finish_component};

static const struct row ROWS[] = {
    {FIELD(plan, meaning), .fallback_text = "",
     .meaning = "When firms use such a plan, a sentence for the report."},
    {FIELD(plan, salary), .unit = "currency a year", .fallback = 49800, RANGE(0, 1e8),
     LIKELY(20000, 200000), .meaning = "Fixed pay at the start of the simulation.",
     .source = "sales 60 % of 83,000, key account manager 80 % of 93,000 EUR"},
    {LIST_FIELD(plan, components, component_count, COMPONENT_SCHEMA), .fallback_text = "()",
     RANGE(0, 32), .meaning = "Variable pay: components in the order of evaluation."},
};

const struct schema PLAN_SCHEMA = {.title = "plan",
                                   .size = sizeof(struct plan),
                                   .keyed = true,
                                   .rows = ROWS,
                                   .count = sizeof ROWS / sizeof *ROWS,
                                   .finish = finish_plan};

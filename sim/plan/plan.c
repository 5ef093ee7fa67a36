#include "plan/plan.h"

const char *const COMPONENT_TYPES[] = {[COMPONENT_COMMISSION] = "commission",
                                       [COMPONENT_BONUS] = "bonus",
                                       [COMPONENT_OBJECTIVES] = "objectives",
                                       [COMPONENT_RANKING] = "ranking",
                                       [COMPONENT_LTIP] = "ltip",
                                       [COMPONENT_SHARES] = "shares",
                                       NULL};

const char *const SCOPE_NAMES[] = {[SCOPE_PERSON] = "person",
                                   [SCOPE_TEAM] = "team",
                                   [SCOPE_ROLE] = "role",
                                   [SCOPE_FIRM] = "firm",
                                   NULL};

const char *const PERIOD_NAMES[] = {[PERIOD_MONTH] = "month",
                                    [PERIOD_QUARTER] = "quarter",
                                    [PERIOD_HALF] = "half",
                                    [PERIOD_YEAR] = "year",
                                    NULL};

const char *const QUOTA_BASES[] = {
    [QUOTA_PERIOD] = "period", [QUOTA_YEAR_TO_DATE] = "year_to_date", NULL};
const char *const TIER_RULES[] = {
    [TIERS_MARGINAL] = "marginal", [TIERS_RETROACTIVE] = "retroactive", NULL};
const char *const TIER_EDGES[] = {[EDGE_LOWER] = "lower", [EDGE_UPPER] = "upper", NULL};
const char *const THRESHOLD_RULES[] = {
    [THRESHOLD_ABOVE] = "above", [THRESHOLD_FIRST_EURO] = "first_euro", NULL};
const char *const EDGE_RULES[] = {[EDGE_REACHED] = "reached", [EDGE_EXCEEDED] = "exceeded", NULL};
const char *const BETWEEN_RULES[] = {
    [BETWEEN_STRAIGHT] = "straight", [BETWEEN_STEPS] = "steps", NULL};
const char *const CAP_PLACES[] = {[CAP_AFTER_MULTIPLIER] = "after_multiplier",
                                  [CAP_BEFORE_MULTIPLIER] = "before_multiplier",
                                  NULL};
const char *const SPLIT_RULES[] = {[SPLIT_CREDIT] = "credit", [SPLIT_MONEY] = "money", NULL};
const char *const SHARE_RULES[] = {[SHARE_EACH] = "each",
                                   [SHARE_EQUAL] = "equal",
                                   [SHARE_SALARY] = "salary",
                                   [SHARE_CONTRIBUTION] = "contribution",
                                   NULL};
const char *const NEGATIVE_RULES[] = {
    [NEGATIVE_CARRY] = "carry", [NEGATIVE_RECOVER] = "recover", NULL};
const char *const PRORATIONS[] = {[PRORATE_MONTHS] = "months", [PRORATE_NONE] = "none", NULL};
const char *const CLAWBACK_RULES[] = {
    [CLAWBACK_FULL] = "full", [CLAWBACK_PRO_RATA] = "pro_rata", NULL};
const char *const SETTLEMENTS[] = {
    [SETTLEMENT_CASH] = "cash",     [SETTLEMENT_RSU] = "rsu", [SETTLEMENT_PHANTOM] = "phantom",
    [SETTLEMENT_OPTION] = "option", [SETTLEMENT_SAR] = "sar", NULL};
const char *const LEAVER_RULES[] = {[LEAVER_FORFEIT] = "forfeit",
                                    [LEAVER_FORFEIT_ALL] = "forfeit_all",
                                    [LEAVER_PRO_RATA] = "pro_rata",
                                    [LEAVER_ACCELERATE] = "accelerate",
                                    NULL};
const char *const TRIGGERS[] = {
    [TRIGGER_NONE] = "none", [TRIGGER_SINGLE] = "single", [TRIGGER_DOUBLE] = "double", NULL};
const char *const DRAW_RULES[] = {
    [DRAW_RECOVERABLE] = "recoverable", [DRAW_NON_RECOVERABLE] = "non_recoverable", NULL};

int period_months(enum period period) {
    static const int MONTHS[] = {
        [PERIOD_MONTH] = 1, [PERIOD_QUARTER] = 3, [PERIOD_HALF] = 6, [PERIOD_YEAR] = 12};
    return MONTHS[period];
}

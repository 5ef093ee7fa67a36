#include "plan/plan.h"

const char *const COMPONENT_TYPES[] = {[COMPONENT_COMMISSION] = "commission",
                                       [COMPONENT_BONUS] = "bonus",
                                       [COMPONENT_LTIP] = "ltip",
                                       [COMPONENT_SHARES] = "shares",
                                       NULL};

const char *const SHARE_SETTLEMENTS[] = {[SHARES_RSU] = "rsu", [SHARES_PHANTOM] = "phantom", NULL};

const char *const LEAVER_RULES[] = {
    [LEAVER_FORFEIT] = "forfeit", [LEAVER_PRO_RATA] = "pro_rata", NULL};

const char *const PERIOD_NAMES[] = {[PERIOD_MONTH] = "month",
                                    [PERIOD_QUARTER] = "quarter",
                                    [PERIOD_HALF] = "half",
                                    [PERIOD_YEAR] = "year",
                                    NULL};

int period_months(enum period period) {
    static const int MONTHS[] = {
        [PERIOD_MONTH] = 1, [PERIOD_QUARTER] = 3, [PERIOD_HALF] = 6, [PERIOD_YEAR] = 12};
    return MONTHS[period];
}

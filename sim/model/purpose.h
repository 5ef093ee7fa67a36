/* What a draw is for: the part of a random row's key that keeps the chances of different things
 * apart. New purposes go at the end, so that older draws keep their numbers.
 * Ownership: constants. */
#ifndef MODEL_PURPOSE_H
#define MODEL_PURPOSE_H

enum purpose {
    PURPOSE_DEMAND = 1,
    PURPOSE_RECESSION,
    PURPOSE_SHARE_PRICE,
    PURPOSE_LEADS,
    PURPOSE_STAGE_LEAVE,
    PURPOSE_STAGE_ADVANCE,
    PURPOSE_DEAL_POTENTIAL,
    PURPOSE_DEAL_WALLET,
    PURPOSE_DEAL_CHURN,
    PURPOSE_ACCOUNT_SHOCKS,
    PURPOSE_RENEWAL,
    PURPOSE_SUCCESSOR,
    PURPOSE_SURVEY,
    PURPOSE_START_AGE,
    PURPOSE_START_RENEWAL,
    PURPOSE_START_STATE,
    PURPOSE_START_PIPELINE,
    PURPOSE_TALENT,
    PURPOSE_TALENT_NOISE,
    PURPOSE_POOL_SIZE,
    PURPOSE_SKILL,
    PURPOSE_MISFIT,
    PURPOSE_QUOTA_ERROR,
    PURPOSE_START_TENURE,
    PURPOSE_START_MATCH,
    PURPOSE_MATCH,
    PURPOSE_WISH,
    PURPOSE_WISH_GAIN,
    PURPOSE_WISH_STAYS,
    PURPOSE_DISMISSAL,
    PURPOSE_FILL_TIME,
    PURPOSE_FILL_ROUNDING,
    PURPOSE_INTERNAL_SIGNAL,
    PURPOSE_PULL,
    PURPOSE_PULL_WON,
    PURPOSE_PUSH,
    PURPOSE_PUSH_LOST,
    PURPOSE_START_VACANCY,
    PURPOSE_START_SEARCH,
    PURPOSE_SUITABLE,
    PURPOSE_SUITABLE_COUNT,
    PURPOSE_EXPERIENCED,
    PURPOSE_CULTURE,
    PURPOSE_START_RESULT,
    PURPOSE_DESIGN,   /* points of a sweep; no history draws it */
    PURPOSE_DECISION, /* draws from the posterior of a comparison; no history draws it */
};

/* Months are counted from the start of the simulation; draws about the time before it (the
 * history of starting staff) use months below this offset. */
enum { MONTH_OFFSET = 1200 };

#endif

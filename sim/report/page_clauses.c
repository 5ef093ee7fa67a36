#include "report/page_clauses.h"

#include "plan/metric.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* Words of enums stand in words.inc in the order of the enums. */
static_assert(WORD_METRIC_OBJECTIVES - WORD_METRIC_NEW_REVENUE + 1 == METRIC_COUNT,
              "a word for each metric");
static_assert(WORD_PERIOD_YEAR - WORD_PERIOD_MONTH == PERIOD_YEAR, "a word for each period");
static_assert(WORD_SETTLED_SAR - WORD_SETTLED_CASH == SETTLEMENT_SAR, "a word for each settlement");

/* The clause of one component in the making. */
struct clause {
    const struct page *page;
    const struct component *component;
    struct text *text;
};

static const char *metric_word(const struct clause *clause, long metric) {
    return words_in(clause->page->language, WORD_METRIC_NEW_REVENUE + (enum word)metric);
}

static const char *period_word(const struct clause *clause) {
    return words_in(clause->page->language,
                    WORD_PERIOD_MONTH + (enum word)clause->component->period);
}

/* Amounts in full and shares without a needless decimal: a plan is no estimate. */
static const char *clause_value(char buffer[PAGE_SIZE], const struct page *page, const char *unit,
                                double value) {
    char number[FORMAT_SIZE];
    char shown[WORDS_SIZE];
    if (format_scale(unit) == FORMAT_CURRENCY && value >= 0.0 && value < 1e12 &&
        value == floor(value)) {
        (void)words_count(shown, page->language, (uint64_t)value);
        (void)snprintf(buffer, PAGE_SIZE, "%s", shown);
        return buffer;
    }
    if (format_scale(unit) == FORMAT_PERCENT) {
        (void)snprintf(number, sizeof number, "%.4g", 100.0 * value);
    } else {
        (void)snprintf(number, sizeof number, "%.6g", value);
    }
    (void)snprintf(buffer, PAGE_SIZE, "%s%s", words_number(shown, page->language, number),
                   format_scale(unit) == FORMAT_PERCENT ? "\u00A0%" : "");
    return buffer;
}

static void say(struct clause *clause, enum word word, const char *const values[]) {
    text_add(clause->text, clause->text->length > 0 ? " " : "");
    words_add(clause->text, clause->page->language, word, values);
}

static void say_amount(struct clause *clause, enum word word, const char *unit, double value) {
    char shown[PAGE_SIZE];
    say(clause, word, WORDS(clause_value(shown, clause->page, unit, value)));
}

/* A whole number of months, ranks or units. */
static const char *whole(char buffer[FORMAT_SIZE], double value) {
    (void)snprintf(buffer, FORMAT_SIZE, "%.0f", value);
    return buffer;
}

/* What attainments are written in: shares of the quota, or the metric's own value where there is
 * none. */
static void add_points(struct text *text, const struct page *page, const struct curve *curve,
                       enum word word, const char *at_unit, const char *value_unit) {
    for (size_t p = 0; p < curve->count; p++) {
        char at[PAGE_SIZE];
        char value[PAGE_SIZE];
        (void)clause_value(at, page, at_unit, curve->points[p].at);
        (void)clause_value(value, page, value_unit, curve->points[p].value);
        text_add(text, p == 0 ? "" : ", ");
        bool turned = word == WORD_CLAUSE_TIER; /* the rate stands in front of where it begins */
        words_add(text, page->language, word, WORDS(turned ? value : at, turned ? at : value));
    }
}

static void say_points(struct clause *clause, enum word word, const struct curve *curve,
                       enum word point, const char *at_unit, const char *value_unit) {
    struct text points = {0};
    add_points(&points, clause->page, curve, point, at_unit, value_unit);
    say(clause, word, WORDS(text_bytes(&points)));
    text_free(&points);
}

static void say_commission(struct clause *clause) {
    const struct component *component = clause->component;
    const char *metric = metric_word(clause, component->metric);
    bool money = metric_row((enum metric)component->metric)->money;
    char amount[PAGE_SIZE];
    if (component->tiers.count > 0) {
        struct text tiers = {0};
        add_points(&tiers, clause->page, &component->tiers, WORD_CLAUSE_TIER,
                   money ? "currency" : "", money ? "share" : "currency");
        say(clause,
            component->tier_rule == TIERS_MARGINAL ? WORD_CLAUSE_TIERS : WORD_CLAUSE_TIERS_BACK,
            WORDS(component->name, text_bytes(&tiers), metric, period_word(clause)));
        text_free(&tiers);
    } else if (component->rate > 0.0) {
        say(clause, money ? WORD_CLAUSE_RATE : WORD_CLAUSE_RATE_EACH,
            WORDS(component->name,
                  clause_value(amount, clause->page, money ? "share" : "currency", component->rate),
                  metric, period_word(clause)));
    } else {
        say(clause, WORD_CLAUSE_RATE_OWN,
            WORDS(component->name,
                  clause_value(amount, clause->page, "currency", component->target), metric,
                  period_word(clause)));
    }
    if (component->threshold > 0.0) {
        say_amount(clause,
                   component->threshold_rule == THRESHOLD_ABOVE ? WORD_CLAUSE_THRESHOLD
                                                                : WORD_CLAUSE_THRESHOLD_BACK,
                   money ? "currency" : "", component->threshold);
    }
    if (component->deal_factors.count > 0) {
        say_points(clause, WORD_CLAUSE_FACTORS, &component->deal_factors, WORD_CLAUSE_FACTOR,
                   "share", "");
    }
    if (component->most_units > 0.0) {
        char units[FORMAT_SIZE];
        say(clause, WORD_CLAUSE_MOST_UNITS, WORDS(whole(units, component->most_units)));
    }
}

static void say_objectives(struct clause *clause, const char *target) {
    const struct component *component = clause->component;
    struct text list = {0};
    double sum = 0.0;
    for (size_t o = 0; o < component->objective_count; o++) {
        sum += component->objectives[o].weight;
    }
    for (size_t o = 0; o < component->objective_count; o++) {
        const struct objective *objective = &component->objectives[o];
        char weight[PAGE_SIZE];
        text_add(&list, "%s%s (%s)", o == 0 ? "" : ", ",
                 *objective->name != '\0' ? objective->name
                                          : metric_word(clause, objective->metric),
                 clause_value(weight, clause->page, "share",
                              sum > 0.0 ? objective->weight / sum : (double)NAN));
    }
    say(clause, WORD_CLAUSE_OBJECTIVES,
        WORDS(component->name, target, text_bytes(&list), period_word(clause)));
    text_free(&list);
}

static void say_ranking(struct clause *clause, const char *target) {
    const struct component *component = clause->component;
    const char *metric = metric_word(clause, component->metric);
    if (component->prizes.count == 0) {
        char share[PAGE_SIZE];
        say(clause, WORD_CLAUSE_TOP,
            WORDS(component->name, target, metric, period_word(clause),
                  clause_value(share, clause->page, "share", component->top_share)));
        return;
    }
    struct text prizes = {0};
    for (size_t p = 0; p < component->prizes.count; p++) {
        char rank[FORMAT_SIZE];
        char prize[PAGE_SIZE];
        text_add(&prizes, p == 0 ? "" : ", ");
        words_add(&prizes, clause->page->language, WORD_CLAUSE_PRIZE,
                  WORDS(whole(rank, component->prizes.points[p].at),
                        clause_value(prize, clause->page, "currency",
                                     component->prizes.points[p].value)));
    }
    say(clause, WORD_CLAUSE_PRIZES,
        WORDS(component->name, text_bytes(&prizes), metric, period_word(clause)));
    text_free(&prizes);
}

static void say_award(struct clause *clause, const char *target) {
    static const enum word LEAVERS[] = {[LEAVER_FORFEIT] = WORD_CLAUSE_LEAVER_FORFEIT,
                                        [LEAVER_FORFEIT_ALL] = WORD_CLAUSE_LEAVER_ALL,
                                        [LEAVER_PRO_RATA] = WORD_CLAUSE_LEAVER_PART,
                                        [LEAVER_ACCELERATE] = WORD_CLAUSE_LEAVER_FAST};
    const struct component *component = clause->component;
    char months[FORMAT_SIZE];
    char cliff[FORMAT_SIZE];
    if (component->type == COMPONENT_LTIP) {
        say(clause, WORD_CLAUSE_LTIP,
            WORDS(component->name, target, metric_word(clause, component->metric),
                  whole(months, (double)component->cycle_months)));
    } else {
        say(clause, WORD_CLAUSE_SHARES,
            WORDS(component->name, target,
                  words_in(clause->page->language,
                           WORD_SETTLED_CASH + (enum word)component->settlement)));
    }
    if (component->every_months > 0) {
        say(clause, WORD_CLAUSE_EVERY, WORDS(whole(months, (double)component->every_months)));
    } else {
        say(clause, WORD_CLAUSE_ONCE, WORDS(""));
    }
    if (component->type == COMPONENT_SHARES) {
        say(clause, WORD_CLAUSE_VESTING,
            WORDS(whole(months, (double)component->vesting_months),
                  whole(cliff, (double)component->cliff_months)));
    }
    say(clause, LEAVERS[component->leaver], WORDS(""));
}

static void say_kind(struct clause *clause) {
    const struct component *component = clause->component;
    char target[PAGE_SIZE];
    (void)clause_value(target, clause->page, "currency", component->target);
    switch ((enum component_type)component->type) {
    case COMPONENT_COMMISSION:
        say_commission(clause);
        break;
    case COMPONENT_BONUS:
        say(clause, WORD_CLAUSE_BONUS,
            WORDS(component->name, target, metric_word(clause, component->metric),
                  period_word(clause)));
        break;
    case COMPONENT_OBJECTIVES:
        say_objectives(clause, target);
        break;
    case COMPONENT_RANKING:
        say_ranking(clause, target);
        break;
    case COMPONENT_LTIP:
    case COMPONENT_SHARES:
        say_award(clause, target);
        break;
    }
}

/* Whose and which result counts, and how much of it. */
static void say_measure(struct clause *clause) {
    static const enum word SCOPES[] = {[SCOPE_TEAM] = WORD_CLAUSE_SCOPE_TEAM,
                                       [SCOPE_ROLE] = WORD_CLAUSE_SCOPE_ROLE,
                                       [SCOPE_FIRM] = WORD_CLAUSE_SCOPE_FIRM};
    const struct component *component = clause->component;
    if (component->type == COMPONENT_SHARES) {
        return;
    }
    if (component->scope != SCOPE_PERSON) {
        say(clause, SCOPES[component->scope], WORDS(""));
    }
    if (*component->product != '\0') {
        say(clause, WORD_CLAUSE_PRODUCT, WORDS(component->product));
    }
    if (component->credit.share != 1.0) {
        say_amount(clause, WORD_CLAUSE_CREDIT, "share", component->credit.share);
    }
    if (component->credit.most_per_deal > 0.0) {
        say_amount(clause, WORD_CLAUSE_DEAL_CAP, "currency", component->credit.most_per_deal);
    }
}

static void say_quota(struct clause *clause) {
    const struct component *component = clause->component;
    const struct metric_row *row = metric_row((enum metric)component->metric);
    bool seasonal = false;
    for (size_t month = 1; month < 12; month++) {
        seasonal = seasonal || component->season[month] != component->season[0];
    }
    if (component->quota > 0.0) {
        say_amount(clause, WORD_CLAUSE_QUOTA, row->money ? "currency" : "", component->quota);
    }
    if (component->quota_basis == QUOTA_YEAR_TO_DATE) {
        say(clause, WORD_CLAUSE_TO_DATE, WORDS(""));
    }
    if (seasonal) {
        say(clause, WORD_CLAUSE_SEASON, WORDS(""));
    }
    if (component->quota_ramp.count > 0) {
        say(clause, WORD_CLAUSE_RAMP, WORDS(""));
    }
    if (component->ratchet.up > 0.0 || component->ratchet.down > 0.0) {
        char up[PAGE_SIZE];
        char down[PAGE_SIZE];
        say(clause, WORD_CLAUSE_RATCHET,
            WORDS(clause_value(up, clause->page, "share", component->ratchet.up),
                  clause_value(down, clause->page, "share", component->ratchet.down)));
    }
}

/* What is done to the amount before it is paid. */
static void say_conditions(struct clause *clause) {
    const struct component *component = clause->component;
    for (size_t g = 0; g < component->gate_count; g++) {
        char least[PAGE_SIZE];
        say(clause, WORD_CLAUSE_GATE,
            WORDS(metric_word(clause, component->gates[g].metric),
                  clause_value(least, clause->page,
                               component->gates[g].at_least <= 10.0 ? "share" : "",
                               component->gates[g].at_least)));
    }
    for (size_t m = 0; m < component->multiplier_count; m++) {
        struct text points = {0};
        add_points(&points, clause->page, &component->multipliers[m].factor, WORD_CLAUSE_FACTOR,
                   "share", "");
        say(clause, WORD_CLAUSE_MULTIPLIER,
            WORDS(metric_word(clause, component->multipliers[m].metric), text_bytes(&points)));
        text_free(&points);
    }
    if (component->cap > 0.0) {
        say_amount(clause, WORD_CLAUSE_CAP, "currency", component->cap);
    }
    if (component->pool > 0.0) {
        say_amount(clause, WORD_CLAUSE_POOL, "currency", component->pool);
    }
    if (component->share_by != SHARE_EACH) {
        say(clause, WORD_CLAUSE_SHARED, WORDS(""));
    }
}

static void say_late(struct clause *clause) {
    const struct component *component = clause->component;
    char months[FORMAT_SIZE];
    char share[PAGE_SIZE];
    if (component->bank.pays > 0.0) {
        say_amount(clause, WORD_CLAUSE_BANK, "share", component->bank.pays);
    }
    if (component->hold_back.share > 0.0) {
        say(clause, WORD_CLAUSE_HOLD_BACK,
            WORDS(clause_value(share, clause->page, "share", component->hold_back.share),
                  whole(months, (double)component->hold_back.months)));
    }
    if (component->clawback.months > 0) {
        say(clause, WORD_CLAUSE_CLAWBACK, WORDS(whole(months, (double)component->clawback.months)));
    }
}

static void say_component(struct clause *clause) {
    const struct component *component = clause->component;
    say_kind(clause);
    if (component->payout.count > 0) {
        say_points(clause, WORD_CLAUSE_PAYOUT, &component->payout, WORD_CLAUSE_POINT, "share",
                   "share");
        if (component->slope_above > 0.0) {
            say(clause, WORD_CLAUSE_ABOVE, WORDS(""));
        }
    }
    if (component->matrix.column_count > 0) {
        say(clause, WORD_CLAUSE_MATRIX, WORDS(metric_word(clause, component->matrix.metric)));
    }
    say_measure(clause);
    say_quota(clause);
    say_conditions(clause);
    say_late(clause);
}

static struct clause next(struct clauses *clauses, const struct page *page,
                          const struct component *component) {
    /* a plan of more clauses than fit ends with its last ones together */
    size_t place = clauses->count < CLAUSES_IN_PLAN ? clauses->count++ : CLAUSES_IN_PLAN - 1;
    return (struct clause){page, component, &clauses->text[place]};
}

void clauses_of(struct clauses *clauses, const struct page *page, const struct plan *plan) {
    *clauses = (struct clauses){.count = 0};
    struct clause clause = next(clauses, page, NULL);
    say_amount(&clause, WORD_CLAUSE_SALARY, "currency", plan->salary);
    for (size_t c = 0; c < plan->component_count; c++) {
        clause = next(clauses, page, &plan->components[c]);
        say_component(&clause);
    }
    if (plan->cap > 0.0) {
        clause = next(clauses, page, NULL);
        say_amount(&clause, WORD_CLAUSE_PLAN_CAP, "currency", plan->cap);
    }
    if (plan->draw.amount > 0.0) {
        struct text draw = {0};
        char amount[PAGE_SIZE];
        char months[FORMAT_SIZE];
        words_add(&draw, page->language,
                  plan->draw.rule == DRAW_RECOVERABLE ? WORD_CLAUSE_DRAW : WORD_CLAUSE_DRAW_KEPT,
                  WORDS(clause_value(amount, page, "currency", plan->draw.amount)));
        clause = next(clauses, page, NULL);
        if (plan->draw.months > 0) {
            say(&clause, WORD_CLAUSE_DRAW_MONTHS,
                WORDS(text_bytes(&draw), whole(months, (double)plan->draw.months)));
        } else {
            text_add(clause.text, "%s", text_bytes(&draw));
        }
        text_free(&draw);
    }
}

void clauses_add_career(struct clauses *clauses, const struct page *page, const struct role *role) {
    for (size_t l = 0; l < role->career.level_count; l++) {
        const struct career_level *level = &role->career.levels[l];
        struct clause clause = next(clauses, page, NULL);
        char months[FORMAT_SIZE];
        char attainment[PAGE_SIZE];
        char raise[PAGE_SIZE];
        say(&clause, WORD_CLAUSE_CAREER,
            WORDS(level->name, whole(months, (double)level->months),
                  clause_value(attainment, page, "share", level->attainment),
                  clause_value(raise, page, "share", level->pay_step)));
    }
}

bool clauses_have(const struct clauses *clauses, const char *text) {
    for (size_t c = 0; c < clauses->count; c++) {
        if (strcmp(text_bytes(&clauses->text[c]), text) == 0) {
            return true;
        }
    }
    return false;
}

void clauses_free(struct clauses *clauses) {
    for (size_t c = 0; c < clauses->count; c++) {
        text_free(&clauses->text[c]);
    }
    clauses->count = 0;
}

#include "plan/statement.h"

#include "plan/payout.h"

#include <assert.h>
#include <math.h>

static long length_of(const struct component *component) {
    return period_months((enum period)component->period);
}

/* Periods whose pay may still change: those that end within the longer window, and this one. */
static size_t past_periods(const struct component *component) {
    long window = component->clawback.months;
    if (component->hold_back.share > 0.0 && component->hold_back.months > window) {
        window = component->hold_back.months;
    }
    return window > 0 ? (size_t)((window + 11) / length_of(component)) + 2 : 0;
}

struct payroll payroll_of(const struct plan *plan) {
    struct payroll payroll = {.plan = plan};
    assert(plan->component_count <= COMPONENTS_MOST);
    for (size_t c = 0; c < plan->component_count; c++) {
        const struct component *component = &plan->components[c];
        payroll.slot_first[c] = payroll.slot_count;
        payroll.slot_count += slot_count(component);
        payroll.past_first[c] = payroll.past_total;
        payroll.past_count[c] = component_is_award(component) ? 0 : past_periods(component);
        payroll.past_total += payroll.past_count[c];
        double sum = 0.0;
        for (int m = 0; m < 12; m++) {
            sum += component->season[m];
        }
        for (int m = 0; m < 12; m++) { /* without weights every month counts the same */
            payroll.season[c][m] = sum > 0.0 ? component->season[m] * 12.0 / sum : 1.0;
        }
    }
    return payroll;
}

bool component_sees_deals(const struct component *component) {
    return !component_is_award(component) &&
           (component->credit.most_per_deal > 0.0 || component->deal_factors.count > 0);
}

static double growth_of(const struct component_account *account) {
    return account->growth > 0.0 ? account->growth : 1.0;
}

/* Quota of a year of one slot; 0 when there is none. */
static double year_quota(const struct payroll *payroll, size_t c, size_t s,
                         const struct component_account *account, const struct month_facts *facts) {
    const struct component *component = &payroll->plan->components[c];
    struct slot slot = slot_of(component, s);
    double quota = slot.quota > 0.0 ? slot.quota * 12.0 / (double)length_of(component)
                                    : facts->quotas[payroll->slot_first[c] + s];
    return s == SLOT_MAIN ? quota * growth_of(account) : quota;
}

/* Weight in a year's quota of a month of the fiscal year: season, and the ramp of somebody new. */
static double quota_weight(const struct payroll *payroll, size_t c, int fiscal_month, long tenure) {
    const struct component *component = &payroll->plan->components[c];
    double weight = payroll->season[c][fiscal_month];
    if (component->quota_ramp.count > 0) {
        weight *= curve_level(&component->quota_ramp, (double)(tenure + 1));
    }
    return weight;
}

/* Share of a year's quota that somebody has in this fiscal year: joiners from their first month. */
static double year_weight(const struct payroll *payroll, size_t c,
                          const struct component_account *account,
                          const struct month_facts *facts) {
    double sum = 0.0;
    for (int m = 0; m < 12; m++) {
        long tenure = facts->tenure + m - facts->fiscal_month;
        bool whole = payroll->plan->components[c].proration == PRORATE_NONE;
        bool here = tenure >= 0 && m >= account->year_skipped;
        sum += here ? quota_weight(payroll, c, m, tenure) : whole ? payroll->season[c][m] : 0.0;
    }
    return sum / 12.0;
}

void statement_deal(const struct payroll *payroll, struct statement *statement, size_t c,
                    double amount, const struct month_facts *facts, struct trace *trace) {
    const struct component *component = &payroll->plan->components[c];
    struct component_account *account = &statement->accounts[c];
    double counted = amount;
    if (component->credit.most_per_deal > 0.0 && counted > component->credit.most_per_deal) {
        counted = component->credit.most_per_deal;
    }
    counted *= component->credit.share;
    trace_add(trace, TRACE_CREDIT, c, 0, amount, component->credit.share, counted);
    double factor = 1.0;
    if (component->deal_factors.count > 0) {
        double quota = year_quota(payroll, c, SLOT_MAIN, account, facts) *
                       year_weight(payroll, c, account, facts);
        double reached = quota > 0.0 ? account->year_measure / quota : 0.0;
        factor = curve_step(&component->deal_factors, 1.0, reached);
    }
    statement->measured[payroll->slot_first[c]].sum += counted;
    account->weighted += counted * factor;
    account->year_measure += counted;
}

static void add_component(const struct payroll *payroll, struct statement *statement, size_t c,
                          const struct month_facts *facts) {
    const struct component *component = &payroll->plan->components[c];
    struct component_account *account = &statement->accounts[c];
    double weight = quota_weight(payroll, c, facts->fiscal_month, facts->tenure);
    bool deals = component_sees_deals(component);
    for (size_t s = 0; s < slot_count(component); s++) {
        size_t at = payroll->slot_first[c] + s;
        struct measured *measured = &statement->measured[at];
        if (!slot_used(component, s)) {
            continue;
        }
        enum metric_kind kind = metric_kind(slot_of(component, s).metric);
        if (!(s == SLOT_MAIN && deals)) {
            double share = s == SLOT_MAIN && kind == METRIC_FLOW ? component->credit.share : 1.0;
            double value = facts->values[at] * share;
            measured_add(measured, kind, value, facts->bases == NULL ? 0.0 : facts->bases[at]);
            if (s == SLOT_MAIN && kind == METRIC_FLOW && !isnan(value)) {
                account->weighted += value;
                account->year_measure += value;
            }
        }
        if (kind == METRIC_FLOW) {
            measured->quota += year_quota(payroll, c, s, account, facts) * weight;
        }
    }
    if (component->share_by == SHARE_CONTRIBUTION) {
        account->own += facts->shares[c] * component->credit.share;
    } else if (component->share_by != SHARE_EACH) {
        account->share += facts->shares[c];
    }
    account->months++;
    account->open_months++;
}

void statement_month(const struct payroll *payroll, struct statement *statement,
                     const struct month_facts *facts) {
    for (size_t c = 0; c < payroll->plan->component_count; c++) {
        if (!component_is_award(&payroll->plan->components[c])) {
            add_component(payroll, statement, c, facts);
        }
    }
}

/* Proration none: the quota of whole periods over that of the months that were worked, which end
 * with this one. */
static double whole_quota(const struct payroll *payroll, size_t c, long worked, long whole,
                          const struct month_facts *facts) {
    const double *season = payroll->season[c];
    long length = length_of(&payroll->plan->components[c]);
    long last = facts->fiscal_month / length * length + length - 1;
    double sum = 0.0;
    double part = 0.0;
    for (long m = 0; m < whole; m++) {
        sum += season[last - m];
    }
    for (long m = 0; m < worked && m <= facts->fiscal_month; m++) {
        part += season[facts->fiscal_month - m];
    }
    return part > 0.0 ? sum / part : 1.0;
}

/* Attainments of all slots, and the result that the formulas of payout.h need. */
static struct period_result result_of(const struct payroll *payroll,
                                      const struct statement *statement, size_t c,
                                      const struct month_facts *facts, double *attainment,
                                      struct trace *trace) {
    const struct component *component = &payroll->plan->components[c];
    const struct component_account *account = &statement->accounts[c];
    const struct measured *measured = &statement->measured[payroll->slot_first[c]];
    long length = length_of(component);
    long whole = component->quota_basis == QUOTA_YEAR_TO_DATE
                     ? facts->fiscal_month / length * length + length
                     : length;
    bool months = component->proration == PRORATE_MONTHS;
    double counted = (double)(months ? account->months : whole);
    double stretch = months ? 1.0 : whole_quota(payroll, c, account->months, whole, facts);
    struct period_result result = {.periods = counted / (double)length,
                                   .scale = facts->scale,
                                   .share = 1.0,
                                   .weighted = account->weighted,
                                   .attainment = attainment};
    for (size_t s = 0; s < slot_count(component); s++) {
        attainment[s] = 0.0;
        if (!slot_used(component, s)) {
            continue;
        }
        struct slot slot = slot_of(component, s);
        enum metric_kind kind = metric_kind(slot.metric);
        double quota = kind == METRIC_FLOW ? measured[s].quota / 12.0 * stretch : slot.quota;
        double value = measured_value(&measured[s], kind);
        attainment[s] = attainment_of(value, kind, quota);
        trace_add(trace, TRACE_MEASURE, c, s, 0.0, 0.0, value);
        if (quota > 0.0) {
            double periods = kind == METRIC_FLOW ? result.periods : 1.0;
            trace_add(trace, TRACE_QUOTA, c, s, quota / periods, periods, quota);
            trace_add(trace, TRACE_ATTAINMENT, c, s, value, quota, attainment[s]);
        }
        if (s == SLOT_MAIN) {
            result.measure = value;
            result.quota = quota;
        }
    }
    if (component->share_by == SHARE_CONTRIBUTION) {
        result.share = result.measure > 0.0 ? account->own / result.measure : 0.0;
    } else if (component->share_by != SHARE_EACH && account->months > 0) {
        result.share = account->share / (double)account->months;
    }
    return result;
}

static void claim_component(const struct payroll *payroll, struct statement *statement, size_t c,
                            const struct month_facts *facts, struct trace *trace) {
    const struct component *component = &payroll->plan->components[c];
    struct component_account *account = &statement->accounts[c];
    double attainment[SLOT_LISTS + 3 * LIST_MOST];
    struct period_result result = result_of(payroll, statement, c, facts, attainment, trace);
    if (component->type == COMPONENT_RANKING) {
        account->claim = result.measure;
        return;
    }
    account->claim = payout_earned(component, c, &result, trace);
    if (component->quota_basis == QUOTA_YEAR_TO_DATE) {
        double to_date = account->claim;
        account->claim = to_date - account->year_earned;
        trace_add(trace, TRACE_TO_DATE, c, 0, to_date, account->year_earned, account->claim);
        account->year_earned = to_date;
    }
    bool next = component->quota_basis == QUOTA_PERIOD || facts->fiscal_month == 11;
    if (next && (component->ratchet.up > 0.0 || component->ratchet.down > 0.0)) {
        double above = attainment[SLOT_MAIN] - 1.0;
        double factor =
            1.0 + (above > 0.0 ? component->ratchet.up : component->ratchet.down) * above;
        account->growth = growth_of(account) * (factor > 0.1 ? factor : 0.1);
    }
}

void statement_claim(const struct payroll *payroll, struct statement *statement,
                     const struct month_facts *facts, bool now, struct trace *trace) {
    for (size_t c = 0; c < payroll->plan->component_count; c++) {
        const struct component *component = &payroll->plan->components[c];
        struct component_account *account = &statement->accounts[c];
        account->claim = 0.0;
        account->closes = !component_is_award(component) && account->months > 0 &&
                          (now || (facts->fiscal_month + 1) % length_of(component) == 0);
        if (account->closes) {
            claim_component(payroll, statement, c, facts, trace);
        }
    }
}

void statement_rank(const struct payroll *payroll, size_t c, struct statement *statements,
                    size_t count, double scale, double *work, struct trace *trace, size_t traced) {
    const struct component *component = &payroll->plan->components[c];
    double *prizes = work + count;
    for (size_t i = 0; i < count; i++) {
        work[i] = statements[i].accounts[c].claim;
    }
    payout_ranking(component, payout_period_target(component) * scale, work, count, prizes);
    for (size_t i = 0; i < count; i++) {
        size_t rank = 1;
        for (size_t j = 0; j < count; j++) {
            rank += !curve_reached(work[i], work[j]);
        }
        statements[i].accounts[c].claim = prizes[i];
        trace_add(i == traced ? trace : NULL, TRACE_RANK, c, 0, work[i], (double)rank, prizes[i]);
    }
}

void statement_pool(const struct payroll *payroll, size_t c, struct statement *statements,
                    size_t count, struct trace *trace, size_t traced) {
    double claims = 0.0;
    for (size_t i = 0; i < count; i++) {
        claims += statements[i].accounts[c].claim > 0.0 ? statements[i].accounts[c].claim : 0.0;
    }
    double pool = payroll->plan->components[c].pool;
    double part = claims > pool ? pool / claims : 1.0;
    for (size_t i = 0; i < count; i++) {
        double claim = statements[i].accounts[c].claim;
        statements[i].accounts[c].claim = claim > 0.0 ? claim * part : claim;
        trace_add(i == traced ? trace : NULL, TRACE_POOL, c, 0, claim, part,
                  statements[i].accounts[c].claim);
    }
}

/* Awards of real people: grants from the first fiscal year of the data on, or on joining in it. */
#include "engine/payday_steps.h"
#include "plan/payout.h"

#include <math.h>

void payday_award_places(struct plan_law *law, long months) {
    for (size_t c = 0; c < law->plan->component_count; c++) {
        const struct component *component = &law->plan->components[c];
        long every = component->every_months;
        law->award_first[c] = law->award_total;
        if (component_is_award(component)) {
            law->award_count[c] = every > 0 ? (size_t)(months / every) + 1 : 1;
        }
        law->award_total += law->award_count[c];
    }
}

static double price_of(const struct payday *payday) {
    const struct payday_question *question = payday->question;
    double price = gauges_price(question->gauges, question->roster, payday->month);
    return isnan(price) ? question->parameters->economy.share.price : price;
}

static long first_fiscal_year(const struct payday_question *question) {
    int fiscal = payday_fiscal_month(question->parameters, question->first_month);
    return question->first_month + (12 - fiscal) % 12;
}

static bool grants_now(const struct payday *payday, const struct component *component,
                       size_t payee) {
    const struct payday_question *question = payday->question;
    if (component->every_months == 0) {
        return payee_tenure(&question->roster->payees[payee], payday->month) == 0;
    }
    long since = payday->month - first_fiscal_year(question);
    return since >= 0 && since % component->every_months == 0;
}

void payday_grant(const struct payday *payday, const struct scheme_state *state, size_t payee) {
    const struct plan_law *law = payday_law(payday, state, payee);
    const struct economy *economy = &payday->question->parameters->economy;
    struct award *awards = &state->awards[payee * payday->award_most];
    double price = price_of(payday);
    for (size_t c = 0; c < law->plan->component_count; c++) {
        const struct component *component = &law->plan->components[c];
        if (law->award_count[c] == 0 || !grants_now(payday, component, payee)) {
            continue;
        }
        double option =
            award_has_strike(component)
                ? option_value(price, component->strike * price, economy->share.rate,
                               economy->share.volatility, (double)component->term_months / 12.0)
                : 0.0;
        double value = component->target * payday_scale(payday, law, payee);
        for (size_t a = 0; a < law->award_count[c]; a++) {
            struct award *award = &awards[law->award_first[c] + a];
            if (!award->open && award->age == 0) {
                *award = award_grant(component, value, price, option);
                break;
            }
        }
    }
}

/* The measure of a cycle so far, and the share of the target that it earns. */
static double ltip_share(const struct payday *payday, const struct scheme_state *state,
                         size_t payee, size_t c, struct award *award, struct trace *trace) {
    const struct plan_law *law = payday_law(payday, state, payee);
    const struct component *component = &law->plan->components[c];
    struct slot slot = slot_of(component, SLOT_MAIN);
    enum metric_kind kind = metric_kind(slot.metric);
    double base;
    double reading = payday_slot(payday, law, payee, c, SLOT_MAIN, &base);
    measured_add(&award->measured, kind, reading, base);
    double quota = slot.quota;
    if (kind == METRIC_FLOW) {
        award->measured.quota += quota > 0.0
                                     ? quota / (double)component->cycle_months
                                     : payday_quota(payday, payee, component, SLOT_MAIN) / 12.0;
        quota = award->measured.quota;
    }
    double value = measured_value(&award->measured, kind);
    double attainment = attainment_of(value, kind, quota);
    double share = payout_share(component, attainment, 0.0);
    if (award->age + 1 >= component->cycle_months) {
        trace_add(trace, TRACE_MEASURE, c, SLOT_MAIN, 0.0, 0.0, value);
        if (quota > 0.0) {
            trace_add(trace, TRACE_QUOTA, c, SLOT_MAIN, quota, 1.0, quota);
            trace_add(trace, TRACE_ATTAINMENT, c, SLOT_MAIN, value, quota, attainment);
        }
        trace_add(trace, TRACE_CURVE, c, 0, attainment, 0.0, share);
    }
    return share;
}

bool payday_awards(struct payday *payday, struct scheme_state *state, size_t payee, bool leaves) {
    const struct plan_law *law = payday_law(payday, state, payee);
    const struct payee *person = &payday->question->roster->payees[payee];
    struct trace *trace = payday_trace(payday, state, payee);
    struct award *awards = &state->awards[payee * payday->award_most];
    double price = price_of(payday);
    for (size_t c = 0; c < law->plan->component_count; c++) {
        const struct component *component = &law->plan->components[c];
        double paid = 0.0;
        for (size_t a = 0; a < law->award_count[c]; a++) {
            struct award *award = &awards[law->award_first[c] + a];
            if (!award->open) {
                continue;
            }
            bool ltip = component->type == COMPONENT_LTIP;
            double share = ltip ? ltip_share(payday, state, payee, c, award, trace) : 0.0;
            paid += award_month(component, c, award, price, share, trace);
            if (leaves && award->open) {
                long rule = person->good_leaver ? component->good_leaver : component->leaver;
                paid +=
                    award_leave(component, c, award, (enum leaver_rule)rule, price, share, trace);
            }
        }
        if (!payday_pay(payday, state, payee, state->scheme->plans[payee], c, PAY_LINE, paid)) {
            return false;
        }
    }
    return true;
}

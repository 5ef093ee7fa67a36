#include "cli/payout_cuts.h"

#include "report/payout_text.h"

#include <stdio.h>

enum { YEAR = 12, FACTOR_SIZE = 64 };

/* Months after which the sums of a component begin anew. */
static int length_of(const struct component *component) {
    bool year = component->quota_basis == QUOTA_YEAR_TO_DATE || component->deal_factors.count > 0;
    return year ? YEAR : period_months((enum period)component->period);
}

static const char *name_of(int length) {
    return length == 3 ? "quarter" : length == 6 ? "half" : "fiscal year";
}

/* A commission that pays each deal the same, whatever else is in the period, cannot be cut. */
static bool depends_on_period(const struct component *component) {
    return component->type != COMPONENT_COMMISSION || component->tiers.count > 0 ||
           component->threshold > 0.0 || component->deal_factors.count > 0 ||
           component->gate_count > 0 || component->multiplier_count > 0 || component->cap > 0.0 ||
           component->most_units > 0.0 || component->pool > 0.0;
}

/* Somebody on the plan worked just before the first month and in it: who joins later has a shorter
 * period anyway. */
static bool goes_on_from_before(const struct payday_question *question, size_t plan) {
    for (size_t s = 0; s < question->scheme_count; s++) {
        for (size_t p = 0; p < question->roster->names.count; p++) {
            const struct payee *payee = &question->roster->payees[p];
            if (question->schemes[s].plans[p] == plan &&
                payee_employed(payee, question->first_month - 1) &&
                payee_employed(payee, question->first_month)) {
                return true;
            }
        }
    }
    return false;
}

/* Months that are missing in front; 0 when nothing is, or when it was over before what is paid. */
static int cut_of(const struct payday_question *question, int length) {
    int missing = payday_fiscal_month(question->parameters, question->first_month) % length;
    long end = question->first_month + length - missing - 1;
    return end < payday_first_paid(question) ? 0 : missing;
}

static void say_begin(const struct payday_question *question, const struct plan *plan, size_t c,
                      struct talk *talk) {
    const struct component *component = &plan->components[c];
    int length = length_of(component);
    int missing = cut_of(question, length);
    char first[MONTH_SIZE];
    char begin[MONTH_SIZE];
    char factor[FACTOR_SIZE] = "";
    if (missing == 0 || component_is_award(component) || !depends_on_period(component)) {
        return;
    }
    if (component->proration == PRORATE_NONE) {
        (void)snprintf(factor, sizeof factor, " with all of the quota and target");
    } else if (component->type != COMPONENT_RANKING) {
        (void)snprintf(factor, sizeof factor, ", quota and target with a factor of %.4g",
                       (double)(length - missing) / length);
    }
    talk_say(talk,
             "plans.%s.components.[%zu] (%s): its %s is cut, as the tables begin in %s: %d of %d "
             "months count%s. Add the deals before, or if there were none write --from %s",
             plan->name, c, component->name, name_of(length),
             payout_month(first, question->first_month), length - missing, length, factor,
             payout_month_plain(begin, question->first_month - missing));
}

static void say_plan_cap(const struct payday_question *question, const struct plan *plan,
                         struct talk *talk) {
    int missing = cut_of(question, YEAR);
    char first[MONTH_SIZE];
    char begin[MONTH_SIZE];
    if (missing > 0 && plan->cap > 0.0) {
        talk_say(talk,
                 "plans.%s.cap: its fiscal year is cut, as the tables begin in %s: pay before "
                 "does not count towards it. Add the deals before, or if there were none write "
                 "--from %s",
                 plan->name, payout_month(first, question->first_month),
                 payout_month_plain(begin, question->first_month - missing));
    }
}

static void say_end(const struct payday_question *question, const struct payday_results *results,
                    size_t n, size_t c, struct talk *talk) {
    const struct plan *plan = &question->parameters->plans[n];
    int length = period_months((enum period)plan->components[c].period);
    int month = payday_fiscal_month(question->parameters, question->last_month) % length;
    int64_t accrued = 0;
    char amount[MONEY_SIZE];
    char end[MONTH_SIZE];
    char plain[MONTH_SIZE];
    for (size_t i = 0; i < results->line_count; i++) {
        const struct pay_line *line = &results->lines[i];
        bool counts = line->kind == PAY_ACCRUED && line->plan == n && line->component == c;
        accrued += counts ? line->cents : 0;
    }
    if (accrued != 0 && month + 1 < length) {
        long last = question->last_month + length - 1 - month;
        talk_say(talk,
                 "plans.%s.components.[%zu] (%s): %s accrued and not paid, as its %s runs to %s. "
                 "If the tables hold all deals of it, --to %s pays it",
                 plan->name, c, plan->components[c].name, payout_money(amount, accrued),
                 name_of(length), payout_month(end, last), payout_month_plain(plain, last));
    }
}

void payout_cuts_say(const struct payday_question *question, const struct payday_results *results,
                     struct talk *talk) {
    for (size_t n = 0; n < question->parameters->plan_count; n++) {
        const struct plan *plan = &question->parameters->plans[n];
        bool begins = goes_on_from_before(question, n);
        for (size_t c = 0; c < plan->component_count; c++) {
            if (begins) {
                say_begin(question, plan, c, talk);
            }
            say_end(question, results, n, c, talk);
        }
        if (begins) {
            say_plan_cap(question, plan, talk);
        }
    }
}

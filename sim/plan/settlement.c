/* From claims to payments: plan cap, bank, hold-back, clawback, rounding, draw, and the last
 * payment of somebody who leaves. */
#include "plan/statement.h"

#include "plan/payout.h"

/* Part of the pay that is taken back when a customer leaves so many months after the sale. */
static double clawback_part(const struct component *component, long age) {
    double window = (double)component->clawback.months;
    if (age >= component->clawback.months) {
        return 0.0;
    }
    return component->clawback.rule == CLAWBACK_FULL ? 1.0 : (window - (double)age) / window;
}

static void cancel_in(const struct component *component, struct component_account *account,
                      struct past_period *past, double amount, long age) {
    double part = amount / past->measure;
    double held_back = past->held > 0.0 ? component->hold_back.share * past->earned : 0.0;
    double lost = held_back * part < past->held ? held_back * part : past->held;
    past->held -= lost;
    account->taken += (past->earned - held_back) * part * clawback_part(component, age);
}

void statement_cancel(const struct payroll *payroll, struct statement *statement, size_t c,
                      long sold, double amount, long month) {
    const struct component *component = &payroll->plan->components[c];
    struct component_account *account = &statement->accounts[c];
    if (component->credit.most_per_deal > 0.0 && amount > component->credit.most_per_deal) {
        amount = component->credit.most_per_deal;
    }
    amount *= component->credit.share;
    long age = month - sold;
    for (size_t p = 0; p < payroll->past_count[c]; p++) {
        struct past_period *past = &statement->past[payroll->past_first[c] + p];
        bool within = sold <= past->month && sold > past->month - past->months;
        if (within && past->measure > 0.0 && past->earned > 0.0) {
            cancel_in(component, account, past, amount, age);
        }
        if (within && past->months > 0) {
            return;
        }
    }
    if (age <= account->open_months) { /* not paid yet: when the period ends */
        account->cancelled += amount;
        account->cancelled_paid += amount * clawback_part(component, age);
    }
}

/* Cuts the claims of the month so that those of the fiscal year together stay below the plan cap;
 * below zero they count only as far as they bring the year back under it. */
static void cap_claims(const struct payroll *payroll, struct statement *statement,
                       struct trace *trace) {
    const struct plan *plan = payroll->plan;
    double above = 0.0; /* claims above zero, and below */
    double below = 0.0;
    for (size_t c = 0; c < plan->component_count; c++) {
        double claim = statement->accounts[c].claim;
        *(claim > 0.0 ? &above : &below) += claim;
    }
    double before = *statement->year_variable;
    double sum = above + below;
    *statement->year_variable += sum;
    if (plan->cap <= 0.0 || sum == 0.0) {
        return;
    }
    double room = plan->cap - before;
    double left = room <= 0.0 ? (sum < room ? sum - room : 0.0) : (sum > room ? room : sum);
    double cut = sum > 0.0 ? (left - below) / above : (left - above) / below;
    for (size_t c = 0; left != sum && c < plan->component_count; c++) {
        double *claim = &statement->accounts[c].claim;
        *claim *= (*claim > 0.0) == (sum > 0.0) ? cut : 1.0;
    }
    trace_add(trace, TRACE_PLAN_CAP, plan->component_count, 0, sum, left / sum, left);
}

static void declare(const struct component *component, struct component_account *account,
                    double declared) {
    account->bank += declared;
    if (account->bank < component->bank.lowest) {
        account->bank = component->bank.lowest;
    }
    if (component->bank.highest > 0.0 && account->bank > component->bank.highest) {
        account->bank = component->bank.highest;
    }
}

/* The whole balance, to somebody who leaves; a negative one is lost by the firm. */
static double whole_bank(const struct component *component, struct component_account *account,
                         double declared) {
    declare(component, account, declared);
    double balance = account->bank > 0.0 ? account->bank : 0.0;
    account->bank = 0.0;
    return balance;
}

static double through_bank(const struct component *component, size_t c,
                           struct component_account *account, double declared,
                           struct trace *trace) {
    declare(component, account, declared);
    double balance = account->bank;
    double pays = balance > 0.0 ? balance * component->bank.pays : 0.0;
    account->bank -= pays;
    trace_add(trace, TRACE_BANK, c, 0, declared, balance, pays);
    return pays;
}

/* Keeps the period for later cancellations, in the place of the oldest. */
static struct past_period *remember(const struct payroll *payroll, struct statement *statement,
                                    size_t c, const struct month_facts *facts, double earned) {
    const struct component_account *account = &statement->accounts[c];
    struct past_period *past = &statement->past[payroll->past_first[c]];
    struct past_period *oldest = past;
    for (size_t p = 0; p < payroll->past_count[c]; p++) {
        bool free = past[p].months == 0;
        oldest = free || past[p].month < oldest->month ? &past[p] : oldest;
        if (free) {
            break;
        }
    }
    double measure = statement->measured[payroll->slot_first[c]].sum - account->closed_measure;
    *oldest = (struct past_period){.month = facts->month,
                                   .months = account->open_months,
                                   .measure = measure,
                                   .earned = earned};
    return oldest;
}

/* Holds a part of the period's pay back, and takes back what was cancelled before it was paid.
 * Returns what is paid now. */
static double hold(const struct component *component, size_t c, struct component_account *account,
                   struct past_period *past, struct trace *trace) {
    double cancelled = past->measure > 0.0 ? account->cancelled / past->measure : 0.0;
    double cancelled_paid = past->measure > 0.0 ? account->cancelled_paid / past->measure : 0.0;
    double held = component->hold_back.share * past->earned;
    if (past->earned <= 0.0) {
        return past->earned;
    }
    past->held = cancelled < 1.0 ? held * (1.0 - cancelled) : 0.0;
    account->taken += (past->earned - held) * cancelled_paid;
    if (held > 0.0) {
        trace_add(trace, TRACE_HOLD_BACK, c, 0, past->earned, component->hold_back.share,
                  past->earned - held);
    }
    return past->earned - held;
}

static double held_and_released(const struct payroll *payroll, struct statement *statement,
                                size_t c, const struct month_facts *facts, double amount,
                                struct trace *trace) {
    const struct component *component = &payroll->plan->components[c];
    struct component_account *account = &statement->accounts[c];
    if (account->closes && payroll->past_count[c] > 0) {
        amount = hold(component, c, account, remember(payroll, statement, c, facts, amount), trace);
    }
    double released = 0.0;
    for (size_t p = 0; p < payroll->past_count[c]; p++) {
        struct past_period *past = &statement->past[payroll->past_first[c] + p];
        if (past->held > 0.0 && facts->month - past->month >= component->hold_back.months) {
            released += past->held;
            past->held = 0.0;
        }
    }
    if (released > 0.0) {
        amount += released;
        trace_add(trace, TRACE_RELEASE, c, 0, released, 0.0, amount);
    }
    if (account->taken != 0.0) {
        amount -= account->taken;
        trace_add(trace, TRACE_CLAWBACK, c, 0, account->taken, 0.0, amount);
        account->taken = 0.0;
    }
    return amount;
}

/* Rounded once, at payment: round(entitlement to date) less what has been paid. */
static double pay_out(const struct component *component, size_t c,
                      struct component_account *account, double amount, struct trace *trace) {
    account->entitled += amount;
    double payment = payout_round(payout_round(account->entitled) - account->paid);
    if (payment < 0.0 && component->negative == NEGATIVE_CARRY) {
        payment = 0.0;
    }
    if (amount != 0.0 || payment != 0.0) {
        trace_add(trace, TRACE_ROUNDING, c, 0, account->entitled, account->paid, payment);
    }
    account->paid = payout_round(account->paid + payment);
    return payment;
}

static void close_period(const struct payroll *payroll, struct statement *statement, size_t c,
                         const struct month_facts *facts) {
    const struct component *component = &payroll->plan->components[c];
    struct component_account *account = &statement->accounts[c];
    bool year_ends = facts->fiscal_month == 11;
    if (account->closes) {
        account->open_months = 0;
        account->cancelled = 0.0;
        account->cancelled_paid = 0.0;
    }
    account->closed_measure = account->closes && component->quota_basis == QUOTA_YEAR_TO_DATE
                                  ? statement->measured[payroll->slot_first[c]].sum
                                  : account->closed_measure;
    if (account->closes && (year_ends || component->quota_basis == QUOTA_PERIOD)) {
        for (size_t s = 0; s < slot_count(component); s++) {
            statement->measured[payroll->slot_first[c] + s] = (struct measured){0};
        }
        account->months = 0;
        account->weighted = 0.0;
        account->share = 0.0;
        account->own = 0.0;
        account->year_earned = 0.0;
        account->closed_measure = 0.0;
    }
    if (year_ends) {
        account->year_measure = 0.0;
        account->year_skipped = 0;
        account->entitled -= account->paid;
        account->paid = 0.0;
        /* the year in which a balance became negative is not one that carries it */
        account->bank_negative = account->bank < 0.0 ? account->bank_negative + 1 : 0;
        if (component->bank.carry_years > 0 &&
            account->bank_negative > component->bank.carry_years) {
            account->bank = 0.0;
            account->bank_negative = 0;
        }
    }
    account->closes = false;
}

static double guaranteed(const struct plan *plan, const struct month_facts *facts) {
    bool lasts = plan->draw.months == 0 || facts->tenure < plan->draw.months;
    return lasts ? plan->draw.amount : 0.0;
}

/* What the claims of the month would pay at once, to the cent. */
static double earned_now(const struct payroll *payroll, const struct statement *statement) {
    double sum = 0.0;
    for (size_t c = 0; c < payroll->plan->component_count; c++) {
        const struct component_account *account = &statement->accounts[c];
        bool carries = payroll->plan->components[c].negative == NEGATIVE_CARRY;
        double due = payout_round(account->entitled + account->claim) - account->paid;
        sum += due < 0.0 && carries ? 0.0 : due;
    }
    return sum;
}

/* Advance when less than the draw is earned. What is deferred or taken back after it is not made
 * up for. */
static double advance(const struct payroll *payroll, struct statement *statement,
                      const struct month_facts *facts, struct trace *trace) {
    double least = guaranteed(payroll->plan, facts);
    if (least <= 0.0) {
        return 0.0;
    }
    double earned = earned_now(payroll, statement);
    double more = earned < least ? payout_round(least - earned) : 0.0;
    *statement->draw_owed += more;
    trace_add(trace, TRACE_DRAW, payroll->plan->component_count, 0, earned, least, more);
    return more;
}

/* Takes back what is owed from pay above `least`. */
static double recover(const struct payroll *payroll, struct statement *statement, double lines,
                      double least, struct trace *trace) {
    double above = payout_round(lines - least);
    double owed = *statement->draw_owed;
    double taken = owed < above ? owed : above;
    if (taken <= 0.0) {
        return 0.0;
    }
    trace_add(trace, TRACE_RECOVERY, payroll->plan->component_count, 0, above, owed, taken);
    *statement->draw_owed = payout_round(owed - taken);
    return taken;
}

/* What a plan that has ended paid too much is owed like an advance: it can earn nothing back. */
static void owe_rest(const struct component *component, struct component_account *account,
                     double *owed) {
    double missing = payout_round(account->paid - account->entitled);
    if (missing > 0.0 && component->negative == NEGATIVE_CARRY) {
        *owed = payout_round(*owed + missing);
        account->entitled = account->paid;
    }
}

static struct payment settle(const struct payroll *payroll, struct statement *statement,
                             const struct month_facts *facts, bool ended, struct trace *trace) {
    const struct plan *plan = payroll->plan;
    struct payment payment = {.draw = 0.0};
    double least = ended ? 0.0 : guaranteed(plan, facts);
    bool closes = false;
    cap_claims(payroll, statement, trace);
    payment.draw = ended ? 0.0 : advance(payroll, statement, facts, trace);
    for (size_t c = 0; c < plan->component_count; c++) {
        const struct component *component = &plan->components[c];
        struct component_account *account = &statement->accounts[c];
        if (component_is_award(component)) {
            continue;
        }
        double amount = account->claim;
        closes = closes || account->closes;
        if (account->closes && component->bank.pays > 0.0) {
            amount = through_bank(component, c, account, amount, trace);
        }
        amount = held_and_released(payroll, statement, c, facts, amount, trace);
        payment.line[c] = pay_out(component, c, account, amount, trace);
        payment.total += payment.line[c];
        for (size_t p = 0; p < payroll->past_count[c]; p++) {
            payment.held[c] += statement->past[payroll->past_first[c] + p].held;
        }
        account->claim = 0.0;
        if (ended) {
            owe_rest(component, account, statement->draw_owed);
        }
        close_period(payroll, statement, c, facts);
    }
    payment.draw =
        payout_round(payment.draw - recover(payroll, statement, payment.total, least, trace));
    payment.total = payout_round(payment.total + payment.draw);
    if (closes && plan->draw.rule == DRAW_NON_RECOVERABLE) {
        *statement->draw_owed = 0.0; /* a guarantee is settled with the periods that it bridges */
    }
    if (facts->fiscal_month == 11) {
        *statement->year_variable = 0.0;
    }
    return payment;
}

struct payment statement_settle(const struct payroll *payroll, struct statement *statement,
                                const struct month_facts *facts, struct trace *trace) {
    return settle(payroll, statement, facts, false, trace);
}

struct payment statement_wind_up(const struct payroll *payroll, struct statement *statement,
                                 const struct month_facts *facts, struct trace *trace) {
    return settle(payroll, statement, facts, true, trace);
}

/* Whether somebody who leaves loses the running period, the held-back part and the bank. */
static bool loses_period(const struct component *component, bool good) {
    long rule = good ? component->good_leaver : component->leaver;
    return rule == LEAVER_FORFEIT || rule == LEAVER_FORFEIT_ALL ||
           component->type == COMPONENT_RANKING;
}

struct payment statement_leave(const struct payroll *payroll, struct statement *statement,
                               const struct month_facts *facts, bool good, struct trace *trace) {
    const struct plan *plan = payroll->plan;
    struct payment payment = {.draw = 0.0};
    statement_claim(payroll, statement, facts, true, trace);
    for (size_t c = 0; c < plan->component_count; c++) { /* what is lost takes no room of the cap */
        if (loses_period(&plan->components[c], good)) {
            statement->accounts[c].claim = 0.0;
        }
    }
    cap_claims(payroll, statement, trace);
    for (size_t c = 0; c < plan->component_count; c++) {
        const struct component *component = &plan->components[c];
        struct component_account *account = &statement->accounts[c];
        if (component_is_award(component)) {
            continue;
        }
        double amount = -account->taken; /* what customers took back is due in any case */
        if (!loses_period(component, good)) {
            double claim = account->claim;
            amount += component->bank.pays > 0.0 ? whole_bank(component, account, claim) : claim;
            for (size_t p = 0; p < payroll->past_count[c]; p++) {
                amount += statement->past[payroll->past_first[c] + p].held;
            }
        }
        payment.line[c] = pay_out(component, c, account, amount, trace);
        payment.total += payment.line[c];
    }
    payment.draw = -recover(payroll, statement, payment.total, 0.0, trace);
    payment.total = payout_round(payment.total + payment.draw);
    *statement->draw_owed = 0.0; /* the rest is lost */
    return payment;
}

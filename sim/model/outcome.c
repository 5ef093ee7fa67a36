#include "model/outcome.h"

#include "base/mathematics.h"
#include "model/books.h"

#include <math.h>
#include <string.h>

static double ratio(double part, double whole) { return whole > 0.0 ? part / whole : (double)NAN; }

#define VALUE(function, expression)                                                                \
    static double function(const struct ledger *ledger) {                                          \
        const struct flows *f = &ledger->flows;                                                    \
        const struct stocks *s = &ledger->stocks;                                                  \
        (void)f;                                                                                   \
        (void)s;                                                                                   \
        return expression;                                                                         \
    }

static double exits(const struct flows *f) { return f->exits_voluntary + f->exits_involuntary; }
static double pay(const struct flows *f) {
    return f->salary + f->commission + f->bonus + f->draws + f->ltip_paid + f->shares_vested;
}
static double cost(const struct flows *f) {
    return f->salary + f->commission + f->bonus + f->draws + f->lti_expense + f->social_charges +
           f->severance;
}
static double tenth(const struct flows *f, size_t number) {
    return ratio((double)PAY_TENTHS * f->pay_tenth[number - 1], f->pay_years);
}
/* New revenue of the last months of quarters less half of that of the other months. */
static double peak_of(const struct flows *f) {
    return f->late_revenue - 0.5 * (f->early_revenue + f->middle_revenue);
}
/* Share of what was signed in all months of quarters: never below 0, nor above 1. */
static double share_signed(const struct flows *f, double revenue) {
    return ratio(revenue, f->early_revenue + f->middle_revenue + f->late_revenue);
}
/* Sums of monthly logs as a share a year. */
static double yearly_share(double log_sum, const struct flows *f) {
    return f->account_months > 0.0 ? math_exp(12.0 * log_sum / f->months) : (double)NAN;
}

VALUE(turnover, ratio(12.0 * exits(f), f->person_months))
VALUE(turnover_voluntary, ratio(12.0 * f->exits_voluntary, f->person_months))
VALUE(turnover_involuntary, ratio(12.0 * f->exits_involuntary, f->person_months))
VALUE(turnover_probability,
      f->person_months > 0.0 ? 1.0 - math_power(fmax(0.0, 1.0 - exits(f) / f->person_months), 12.0)
                             : (double)NAN)
VALUE(exits_voluntary, f->exits_voluntary)
VALUE(exits_involuntary, f->exits_involuntary)
VALUE(retirements, f->retirements)
VALUE(turnover_first_year, ratio(12.0 * f->novice_exits, f->novice_months))
VALUE(turnover_later,
      ratio(12.0 * (exits(f) - f->novice_exits), f->person_months - f->novice_months))
VALUE(staff_survival_1, ratio(f->stayers[0], f->joiners[0]))
VALUE(staff_survival_2, ratio(f->stayers[1], f->joiners[1]))
VALUE(staff_survival_3, ratio(f->stayers[2], f->joiners[2]))
VALUE(staff_survival_4, ratio(f->stayers[3], f->joiners[3]))
VALUE(staff_survival_5, ratio(f->stayers[4], f->joiners[4]))
VALUE(wishes, f->wishes)
VALUE(headcount, f->person_months / f->months)
VALUE(tenure, ratio(s->tenure, s->headcount))
VALUE(vacancy_months, f->vacancy_months)
VALUE(staffed_share, ratio(f->person_months, f->person_months + f->vacancy_months))
VALUE(hires, f->hires)
VALUE(internal_moves, f->internal_moves)
VALUE(promotions, f->promotions)
VALUE(internal_share, ratio(f->internal_moves, f->hires))
VALUE(experienced_share, ratio(f->hires_experienced, f->hires - f->internal_moves))
VALUE(hire_talent, ratio(f->hires_talent, f->hires))
VALUE(hire_skill, ratio(f->hires_skill, f->hires))
VALUE(hire_fit, ratio(f->hires_fit, f->hires - f->internal_moves))
VALUE(candidates, ratio(f->candidates, f->hires - f->internal_moves))
VALUE(searches_failed, f->searches_failed)
VALUE(time_to_fill, ratio(f->fill_months, f->hires))
VALUE(attainment, ratio(f->attainment, f->person_months))
VALUE(attainment_below_50, ratio(f->attained[0], f->full_years))
VALUE(attainment_50_to_80, ratio(f->attained[1], f->full_years))
VALUE(attainment_80_to_100, ratio(f->attained[2], f->full_years))
VALUE(attainment_100_to_120, ratio(f->attained[3], f->full_years))
VALUE(attainment_from_120, ratio(f->attained[4], f->full_years))
VALUE(share_at_quota, ratio(f->at_quota, f->full_years))
VALUE(effort_acquire, ratio(f->effort[0], f->person_months))
VALUE(effort_develop, ratio(f->effort[1], f->person_months))
VALUE(effort_care, ratio(f->effort[2], f->person_months))
VALUE(skill_acquire, ratio(f->skill[0], f->person_months))
VALUE(skill_develop, ratio(f->skill[1], f->person_months))
VALUE(skill_care, ratio(f->skill[2], f->person_months))
VALUE(pay_total, pay(f))
VALUE(pay_salary, f->salary)
VALUE(pay_commission, f->commission)
VALUE(pay_bonus, f->bonus)
VALUE(pay_draws, f->draws)
VALUE(pay_ltip, f->ltip_paid)
VALUE(pay_shares, f->shares_vested)
VALUE(pay_cost, cost(f))
VALUE(pay_variable_share, ratio(pay(f) - f->salary, pay(f)))
VALUE(lti_expense, f->lti_expense)
VALUE(social_charges, f->social_charges)
VALUE(severance, f->severance)
VALUE(pay_per_head, ratio(12.0 * pay(f), f->person_months))
VALUE(pay_tenth_1, tenth(f, 1))
VALUE(pay_tenth_2, tenth(f, 2))
VALUE(pay_tenth_3, tenth(f, 3))
VALUE(pay_tenth_4, tenth(f, 4))
VALUE(pay_tenth_5, tenth(f, 5))
VALUE(pay_tenth_6, tenth(f, 6))
VALUE(pay_tenth_7, tenth(f, 7))
VALUE(pay_tenth_8, tenth(f, 8))
VALUE(pay_tenth_9, tenth(f, 9))
VALUE(pay_tenth_10, tenth(f, 10))
VALUE(lti_granted, f->lti_granted)
VALUE(lti_vested, f->ltip_paid + f->shares_vested)
VALUE(lti_forfeited, f->lti_forfeited)
VALUE(ltip_outstanding, s->ltip_outstanding)
VALUE(hiring_cost, f->hiring_cost)
VALUE(pay_ratio, ratio(cost(f), f->revenue))
VALUE(revenue, f->revenue)
VALUE(run_rate, s->run_rate)
VALUE(existing_revenue, s->run_rate - f->new_revenue - f->expansion_revenue)
VALUE(new_revenue, f->new_revenue)
VALUE(expansion_revenue, f->expansion_revenue)
VALUE(bookings, f->new_revenue + f->expansion_revenue)
VALUE(leads, f->leads)
VALUE(deals, f->deals)
VALUE(deals_pulled, f->deals_pulled)
VALUE(deals_pushed, f->deals_pushed)
VALUE(discounts, f->discounts)
VALUE(peak, peak_of(f))
VALUE(peak_pull, f->peak_pull)
VALUE(peak_push, f->peak_push)
VALUE(peak_effort, peak_of(f) - f->peak_pull - f->peak_push)
VALUE(signed_first, share_signed(f, f->early_revenue))
VALUE(signed_second, share_signed(f, f->middle_revenue))
VALUE(signed_last, share_signed(f, f->late_revenue))
VALUE(average_deal, ratio(f->new_revenue, f->deals))
VALUE(conversion, ratio(f->advanced, f->decided))
VALUE(pipeline_months, ratio(s->open_deals * f->months, f->leads))
VALUE(cycle_months, ratio(f->deal_months, f->deals))
VALUE(deals_abandoned, f->deals_abandoned)
VALUE(open_deals, s->open_deals)
VALUE(customers, s->customers)
VALUE(customers_won, f->customers_won)
VALUE(customers_lost, f->customers_lost)
VALUE(logo_retention, yearly_share(f->log_logo_retention, f))
VALUE(gross_retention, yearly_share(f->log_gross_retention, f))
VALUE(net_retention, yearly_share(f->log_net_retention, f))
VALUE(customer_survival_1, ratio(f->cohort_kept[0], f->cohort[0]))
VALUE(customer_survival_2, ratio(f->cohort_kept[1], f->cohort[1]))
VALUE(customer_survival_3, ratio(f->cohort_kept[2], f->cohort[2]))
VALUE(customer_survival_4, ratio(f->cohort_kept[3], f->cohort[3]))
VALUE(customer_survival_5, ratio(f->cohort_kept[4], f->cohort[4]))
VALUE(contraction, f->contraction)
VALUE(churned_revenue, f->churned_revenue)
VALUE(market_growth, f->market_growth)
VALUE(contracted_revenue, s->contracted)
VALUE(renewals_due, f->renewals_due)
VALUE(renewals_kept, f->renewals_kept)
VALUE(renewal_rate, ratio(f->renewals_kept, f->renewals_due))
VALUE(orphaned, ratio(f->orphan_months, f->account_months))
VALUE(handovers, f->handovers)
VALUE(handover_wait, ratio(f->handover_wait, f->handovers))
VALUE(handover_delay, ratio(f->handover_held, f->handovers))
VALUE(handover_queue, s->handover_queue)
VALUE(handover_loss, f->handover_loss)
VALUE(overlap_months, f->overlap_months)
VALUE(shared_credit, f->shared_credit)
VALUE(credited_revenue, f->credited_revenue)
VALUE(credited_expansion, f->credited_expansion)
VALUE(credited_renewals, f->credited_renewals)
VALUE(shared_crm_cost, f->crm_cost)
VALUE(meetings_cost, f->meetings_cost)
VALUE(collaboration_cost, f->crm_cost + f->meetings_cost)
VALUE(wallet_share, ratio(s->wallet, s->customers))
VALUE(account_penetration, ratio(s->run_rate, s->potential))
VALUE(satisfaction, ratio(s->satisfaction, s->customers))
VALUE(relationship, ratio(s->relationship, s->customers))
VALUE(nps, 100.0 * ratio(s->promoters - s->detractors, s->answers))
VALUE(clv, ratio(s->customer_equity, s->customers))
VALUE(customer_equity, s->customer_equity)
VALUE(margin, f->margin)
VALUE(profit, f->profit)
VALUE(npv, f->discounted_profit + s->customer_equity_discounted)
VALUE(share_price, s->share_price)

#undef VALUE

#define HIGHER .direction = OUTCOME_HIGHER_IS_BETTER
#define LOWER .direction = OUTCOME_LOWER_IS_BETTER
#define ROLE .breakdown = OUTCOME_ROLE
#define SEGMENT .breakdown = OUTCOME_SEGMENT
#define COMPONENT .breakdown = OUTCOME_COMPONENT
#define AWARD .breakdown = OUTCOME_AWARD
#define STAGE .breakdown = OUTCOME_STAGE
#define BOTH .breakdown = OUTCOME_BOTH
#define FIRM .breakdown = OUTCOME_FIRM

const struct outcome OUTCOMES[] = {
    {"turnover", "share a year", "Exits a year over mean headcount, voluntary and involuntary",
     ROLE, LOWER, .value = turnover, .topic = "Staff turnover"},
    {"turnover_voluntary", "share a year",
     "People who left by their own wish, a year, over mean headcount", ROLE, LOWER,
     .value = turnover_voluntary},
    {"turnover_involuntary", "share a year", "Dismissals a year over mean headcount", ROLE, LOWER,
     .value = turnover_involuntary},
    {"turnover_trailing", "share a year", "Exits of the last 12 months over mean headcount", ROLE,
     LOWER, .trailing_months = 12, .value = turnover},
    {"turnover_probability", "probability a year",
     "Probability that a person leaves within a year: 1 - (1 - exits / person-months)^12", ROLE,
     LOWER, .value = turnover_probability},
    {"turnover_first_year", "share a year",
     "Exits a year over mean headcount, of people in their first 12 months in the role", ROLE,
     LOWER, .value = turnover_first_year},
    {"turnover_later", "share a year",
     "Exits a year over mean headcount, of people who have been in the role for a year", ROLE,
     LOWER, .value = turnover_later},
    {"staff_survival_1", "share",
     "Share of the people who joined the role 1 year before who are still in it", ROLE, HIGHER,
     .value = staff_survival_1, .cohort = "hires", .cohort_months = 12},
    {"staff_survival_2", "share", "The same of those who joined it 2 years before", ROLE, HIGHER,
     .value = staff_survival_2, .cohort = "hires", .cohort_months = 24},
    {"staff_survival_3", "share", "The same of those who joined it 3 years before", ROLE, HIGHER,
     .value = staff_survival_3, .cohort = "hires", .cohort_months = 36},
    {"staff_survival_4", "share", "The same of those who joined it 4 years before", ROLE, HIGHER,
     .value = staff_survival_4, .cohort = "hires", .cohort_months = 48},
    {"staff_survival_5", "share", "The same of those who joined it 5 years before", ROLE, HIGHER,
     .value = staff_survival_5, .cohort = "hires", .cohort_months = 60},
    {"wishes", "wishes", "Wishes to leave that arrived, whether they were acted upon or not", ROLE,
     LOWER, .value = wishes},
    {"exits_voluntary", "people", "People who left by their own wish", ROLE, LOWER,
     .value = exits_voluntary},
    {"exits_involuntary", "people", "People who were dismissed", ROLE, LOWER,
     .value = exits_involuntary},
    {"retirements", "people", "People whose career ended", ROLE, .value = retirements},
    {"headcount", "people", "Mean number of people", ROLE, .value = headcount,
     .topic = "Headcount, tenure, vacancies, time to fill"},
    {"tenure", "months", "Mean time with the firm, at the end of the period", ROLE, HIGHER,
     .value = tenure},
    {"vacancy_months", "months", "Months in which a seat was empty, summed over seats", ROLE, LOWER,
     .value = vacancy_months},
    {"staffed_share", "share", "Share of seat-months with somebody on the seat", ROLE, HIGHER,
     .value = staffed_share},
    {"hires", "people", "People who joined from outside or inside", ROLE, .value = hires},
    {"internal_moves", "people", "Seats filled by somebody from another role", ROLE,
     .value = internal_moves},
    {"internal_share", "share", "Internal hire rate: share of hires who came from another role",
     ROLE, .value = internal_share},
    {"experienced_share", "share", "Share of hires from outside who had experience in such a job",
     ROLE, .value = experienced_share},
    {"hire_talent", "sd", "Quality of hire: mean talent of hires, in standard deviations", ROLE,
     HIGHER, .value = hire_talent},
    {"hire_skill", "1 = reference", "Mean skill of hires, activities weighted by working time",
     ROLE, HIGHER, .value = hire_skill},
    {"hire_fit", "sd", "Culture fit: mean of hires from outside, 0 is that of candidates", ROLE,
     HIGHER, .value = hire_fit},
    {"candidates", "people", "Suitable candidates for every hire from outside", ROLE, HIGHER,
     .value = candidates},
    {"searches_failed", "searches", "Searches that found nobody suitable and started over", ROLE,
     LOWER, .value = searches_failed},
    {"promotions", "people", "Career levels reached within the role", ROLE, .value = promotions},
    {"time_to_fill", "months", "Mean months that the seats filled in the period were empty", ROLE,
     LOWER, .value = time_to_fill},
    {"hiring_cost", "currency", "Cost of recruiting", ROLE, LOWER, .value = hiring_cost},
    {"attainment", "share of quota", "Mean rolling 12-month attainment of quota", ROLE, HIGHER,
     .value = attainment, .topic = "Quota attainment and effort"},
    {"share_at_quota", "share", "Share of people at or above quota at the end of the fiscal year",
     ROLE, HIGHER, .yearly = true, .value = share_at_quota},
    {"attainment_below_50", "share",
     "Share of people who reached less than 50 % of their quota of the fiscal year", ROLE,
     .yearly = true, .value = attainment_below_50},
    {"attainment_50_to_80", "share", "Share of people who reached 50 % to less than 80 %", ROLE,
     .yearly = true, .value = attainment_50_to_80},
    {"attainment_80_to_100", "share", "Share of people who reached 80 % to less than 100 %", ROLE,
     .yearly = true, .value = attainment_80_to_100},
    {"attainment_100_to_120", "share", "Share of people who reached 100 % to less than 120 %", ROLE,
     .yearly = true, .value = attainment_100_to_120},
    {"attainment_from_120", "share", "Share of people who reached 120 % or more", ROLE,
     .yearly = true, .value = attainment_from_120},
    {"effort_acquire", "1 = normal", "Mean effort for winning customers", ROLE,
     .value = effort_acquire},
    {"effort_develop", "1 = normal", "Mean effort for growing customers", ROLE,
     .value = effort_develop},
    {"effort_care", "1 = normal", "Mean effort for keeping customers", ROLE, .value = effort_care},
    {"skill_acquire", "1 = reference", "Mean skill in winning customers", ROLE, HIGHER,
     .value = skill_acquire},
    {"skill_develop", "1 = reference", "Mean skill in growing customers", ROLE, HIGHER,
     .value = skill_develop},
    {"skill_care", "1 = reference", "Mean skill in keeping customers", ROLE, HIGHER,
     .value = skill_care},
    /* pay */
    {"pay", "currency",
     "Pay received: salary, commission, bonus, LTIP payments, vested shares; of a component: what "
     "it paid",
     COMPONENT, .value = pay_total, .topic = "Pay"},
    {"pay_salary", "currency", "Salaries", ROLE, .value = pay_salary},
    {"pay_commission", "currency", "Commissions", ROLE, .value = pay_commission},
    {"pay_bonus", "currency", "Bonuses, results of objectives and prizes", ROLE,
     .value = pay_bonus},
    {"pay_draws", "currency", "Draws: advances less what was taken back", ROLE, .value = pay_draws},
    {"pay_ltip", "currency", "Payments of completed LTIP cycles", ROLE, .value = pay_ltip},
    {"pay_shares", "currency", "Value of shares at vesting", ROLE, .value = pay_shares},
    {"pay_cost", "currency",
     "Cost of pay: cash pay, social charges, LTI expense accrued to vesting, severance", ROLE,
     LOWER, .value = pay_cost},
    {"pay_per_head", "currency a year", "Pay received per person and year", ROLE,
     .value = pay_per_head},
    {"pay_variable_share", "share", "Share of pay received that is not salary", ROLE,
     .value = pay_variable_share},
    {"pay_tenth_1", "currency a year",
     "Mean pay received in a fiscal year by the lowest paid tenth of the people of a role who were "
     "in it all the year; somebody on the border of two tenths counts in both, in parts. Fiscal "
     "years that began before the simulation do not count: with fiscal_year_start above 1 the "
     "first year has no value",
     ROLE, .yearly = true, .value = pay_tenth_1},
    {"pay_tenth_2", "currency a year", "The same of the second tenth", ROLE, .yearly = true,
     .value = pay_tenth_2},
    {"pay_tenth_3", "currency a year", "The same of the third tenth", ROLE, .yearly = true,
     .value = pay_tenth_3},
    {"pay_tenth_4", "currency a year", "The same of the fourth tenth", ROLE, .yearly = true,
     .value = pay_tenth_4},
    {"pay_tenth_5", "currency a year", "The same of the fifth tenth", ROLE, .yearly = true,
     .value = pay_tenth_5},
    {"pay_tenth_6", "currency a year", "The same of the sixth tenth", ROLE, .yearly = true,
     .value = pay_tenth_6},
    {"pay_tenth_7", "currency a year", "The same of the seventh tenth", ROLE, .yearly = true,
     .value = pay_tenth_7},
    {"pay_tenth_8", "currency a year", "The same of the eighth tenth", ROLE, .yearly = true,
     .value = pay_tenth_8},
    {"pay_tenth_9", "currency a year", "The same of the ninth tenth", ROLE, .yearly = true,
     .value = pay_tenth_9},
    {"pay_tenth_10", "currency a year", "The same of the highest paid tenth", ROLE, .yearly = true,
     .value = pay_tenth_10},
    {"lti_granted", "currency", "Target value of long-term awards granted", AWARD,
     .value = lti_granted, .topic = "Long-term awards"},
    {"lti_vested", "currency", "Long-term awards paid or vested", AWARD, .value = lti_vested},
    {"lti_forfeited", "currency", "Unvested long-term awards lost by leaving, at expected value",
     AWARD, .value = lti_forfeited},
    {"ltip_outstanding", "currency",
     "Unvested awards and open cycles at expected value, end of the period", AWARD,
     .value = ltip_outstanding},
    {"lti_expense", "currency",
     "Expense of long-term awards, accrued to vesting and trued up for forfeits", AWARD, LOWER,
     .value = lti_expense},
    {"severance", "currency", "Severance of people who were dismissed", ROLE, LOWER,
     .value = severance},
    {"social_charges", "currency", "Social charges on cash pay", ROLE, LOWER,
     .value = social_charges},
    {"shared_crm_cost", "currency", "Cost of a CRM shared by the roles", ROLE, LOWER,
     .value = shared_crm_cost},
    {"meetings_cost", "currency", "Cost of alignment meetings of the roles", ROLE, LOWER,
     .value = meetings_cost},
    {"collaboration_cost", "currency", "Shared CRM and alignment meetings together", ROLE, LOWER,
     .value = collaboration_cost},
    {"revenue", "currency", "Revenue recognised; by role: of who owns the customers", BOTH, HIGHER,
     .value = revenue, .topic = "Revenue"},
    {"run_rate", "currency a year",
     "Annual revenue of the customers at the end of the period; by role: of who owns them", BOTH,
     HIGHER, .value = run_rate},
    {"existing_revenue", "currency a year",
     "Annual revenue at the end of the period less what was newly won and expanded in it", SEGMENT,
     HIGHER, .value = existing_revenue},
    {"new_revenue", "currency a year",
     "Annual value of contracts won with new customers; by role: of who won them", BOTH, HIGHER,
     .value = new_revenue},
    {"expansion_revenue", "currency a year",
     "Annual value of cross-sales and up-sales booked; by role: of who owns the customer", BOTH,
     HIGHER, .value = expansion_revenue},
    {"bookings", "currency a year",
     "New revenue and expansion revenue; by role: of who won it, or owns the customer", BOTH,
     HIGHER, .value = bookings},
    {"contraction", "currency a year",
     "Annual revenue lost with customers that stayed, a change of owner included; by role: of who "
     "owned them",
     BOTH, LOWER, .value = contraction},
    {"churned_revenue", "currency a year",
     "Annual revenue lost with customers that left, as they left; by role: of who owned them", BOTH,
     LOWER, .value = churned_revenue},
    {"market_growth", "currency a year",
     "Annual revenue that customers gained or lost (below 0) without anybody selling or losing it: "
     "growth of the market, and chance in their share of spend; by role: of who owned them",
     BOTH, .value = market_growth},
    {"contracted_revenue", "currency",
     "Revenue that contracts in force hold until their next renewal, end of the year", SEGMENT,
     HIGHER, .yearly = true, .value = contracted_revenue},
    {"leads", "leads", "New opportunities", SEGMENT, HIGHER, .value = leads,
     .topic = "Pipeline and deals"},
    {"deals", "deals", "Contracts won with new customers; by role: of who won them", BOTH, HIGHER,
     .value = deals},
    {"deals_pulled", "deals",
     "Deals closed early, with a discount, at the end of a period; by role: of who won them", BOTH,
     .value = deals_pulled},
    {"deals_pushed", "deals", "Deals kept back for the next period; by role: of who sells them",
     BOTH, .value = deals_pushed},
    {"discounts", "currency", "Discounts given to close early; by role: of who gave them", BOTH,
     .value = discounts},
    {"peak", "currency",
     "New revenue of the last months of fiscal quarters less half of that of the other months",
     SEGMENT, .value = peak},
    {"peak_pull", "currency",
     "Part of the peak that deals pulled in make: where they land less where they would have",
     SEGMENT, .value = peak_pull},
    {"peak_push", "currency",
     "Part of the peak that deals pushed out make, mostly below 0: likewise", SEGMENT,
     .value = peak_push},
    {"peak_effort", "currency", "Rest of the peak: effort, season and chance", SEGMENT,
     .value = peak_effort},
    {"signed_first", "share",
     "Share of the new revenue signed in the first month of the quarters of the fiscal year",
     SEGMENT, .yearly = true, .value = signed_first},
    {"signed_second", "share", "The same of the second month", SEGMENT, .yearly = true,
     .value = signed_second},
    {"signed_last", "share", "The same of the last month", SEGMENT, .yearly = true,
     .value = signed_last},
    {"average_deal", "currency a year", "Mean annual value of a contract won", BOTH,
     .value = average_deal},
    {"conversion", "share",
     "Opportunities won among those that were decided; of a stage: that advanced among those that "
     "left it",
     STAGE, HIGHER, .value = conversion},
    {"cycle_months", "months", "Mean months from lead to close of the contracts won", SEGMENT,
     LOWER, .value = cycle_months},
    {"pipeline_months", "months",
     "Mean months that an opportunity stays open (Little: open opportunities over leads a month)",
     SEGMENT, LOWER, .value = pipeline_months},
    {"open_deals", "deals", "Open opportunities at the end of the period", STAGE,
     .value = open_deals},
    {"deals_abandoned", "deals", "Open opportunities lost with people who left", STAGE, LOWER,
     .value = deals_abandoned},
    {"customers", "customers", "Customers at the end of the period; by role: of who owns them",
     BOTH, HIGHER, .value = customers, .topic = "Customers and their retention"},
    {"customers_won", "customers", "Customers won; by role: of who won them", BOTH, HIGHER,
     .value = customers_won},
    {"customers_lost", "customers", "Customers lost; by role: of who owned them", BOTH, LOWER,
     .value = customers_lost},
    {"logo_retention", "share a year",
     "Customers that stayed, compounded to a year; by role: of those it owned", BOTH, HIGHER,
     .value = logo_retention},
    {"gross_retention", "share a year",
     "Revenue kept from existing customers without their growth, compounded to a year; by role: "
     "from those it owned",
     BOTH, HIGHER, .value = gross_retention},
    {"net_retention", "share a year",
     "Revenue kept from existing customers with their growth, compounded to a year; by role: from "
     "those it owned",
     BOTH, HIGHER, .value = net_retention},
    {"logo_retention_trailing", "share a year", "Customers that stayed over the last 12 months",
     BOTH, HIGHER, .trailing_months = 12, .value = logo_retention},
    {"gross_retention_trailing", "share a year",
     "Revenue kept over the last 12 months without growth", BOTH, HIGHER, .trailing_months = 12,
     .value = gross_retention},
    {"net_retention_trailing", "share a year", "Revenue kept over the last 12 months with growth",
     BOTH, HIGHER, .trailing_months = 12, .value = net_retention},
    {"customer_survival_1", "share",
     "Share of the customers won 1 year before who are still customers", SEGMENT, HIGHER,
     .value = customer_survival_1, .cohort = "customers_won", .cohort_months = 12},
    {"customer_survival_2", "share", "The same of those won 2 years before", SEGMENT, HIGHER,
     .value = customer_survival_2, .cohort = "customers_won", .cohort_months = 24},
    {"customer_survival_3", "share", "The same of those won 3 years before", SEGMENT, HIGHER,
     .value = customer_survival_3, .cohort = "customers_won", .cohort_months = 36},
    {"customer_survival_4", "share", "The same of those won 4 years before", SEGMENT, HIGHER,
     .value = customer_survival_4, .cohort = "customers_won", .cohort_months = 48},
    {"customer_survival_5", "share", "The same of those won 5 years before", SEGMENT, HIGHER,
     .value = customer_survival_5, .cohort = "customers_won", .cohort_months = 60},
    {"renewals_due", "renewals", "Contracts that came up for renewal; by role: of who owns them",
     BOTH, .value = renewals_due},
    {"renewals_kept", "renewals", "Contracts that were renewed; by role: of who owns them", BOTH,
     HIGHER, .value = renewals_kept},
    {"renewal_rate", "share", "Renewals kept among those due", BOTH, HIGHER, .value = renewal_rate},
    {"orphaned", "share", "Share of account-months without an owner in place", SEGMENT, LOWER,
     .value = orphaned},
    {"handovers", "customers", "Customers handed over to the role that the rules of coverage name",
     SEGMENT, .value = handovers},
    {"handover_wait", "months", "Mean months from meeting the rule to the handover", SEGMENT, LOWER,
     .value = handover_wait},
    {"handover_delay", "months",
     "Part of them in which there was room and the owner held the customer back", SEGMENT, LOWER,
     .value = handover_delay},
    {"handover_queue", "customers", "Customers who wait to be handed over, end of the period",
     SEGMENT, LOWER, .value = handover_queue},
    {"handover_loss", "currency",
     "Revenue of the following twelve months that the handovers are expected to cost", SEGMENT,
     LOWER, .value = handover_loss},
    {"overlap_months", "months",
     "Customer-months in which former and new owner worked together, counted in the load of both",
     SEGMENT, .value = overlap_months},
    {"shared_credit", "currency",
     "Revenue that counted for a former owner under shared success; by role: of that owner", BOTH,
     .value = shared_credit},
    {"credited_revenue", "currency",
     "Revenue that counted for people: of customers that they own, handed over or support. What "
     "counts for several is in it several times, of what no one owns nothing. As plans measure it: "
     "without season and demand",
     BOTH, .value = credited_revenue},
    {"credited_expansion", "currency a year", "Expansion revenue that counted for them", BOTH,
     .value = credited_expansion},
    {"credited_renewals", "renewals", "Renewals kept that counted for them", BOTH,
     .value = credited_renewals},
    {"wallet_share", "share", "Mean share of a customer's spend, end of the period", SEGMENT,
     HIGHER, .value = wallet_share, .topic = "State and value of customers"},
    {"account_penetration", "share", "Annual revenue over potential of the customers", SEGMENT,
     HIGHER, .value = account_penetration},
    {"satisfaction", "centred", "Mean satisfaction, 0 is the reference", SEGMENT, HIGHER,
     .value = satisfaction},
    {"relationship", "0..1", "Mean strength of the relationship", SEGMENT, HIGHER,
     .value = relationship},
    {"nps", "points", "Net promoter score of the yearly survey: promoters less detractors", SEGMENT,
     HIGHER, .yearly = true, .value = nps},
    {"clv", "currency", "Mean customer lifetime value at today's state", SEGMENT, HIGHER,
     .yearly = true, .value = clv},
    {"customer_equity", "currency", "Sum of customer lifetime values at the end of the year",
     SEGMENT, HIGHER, .yearly = true, .value = customer_equity},
    {"pay_ratio", "share", "Pay cost over revenue", FIRM, LOWER, .value = pay_ratio,
     .topic = "The firm"},
    {"margin", "currency", "Gross margin of the revenue recognised", SEGMENT, HIGHER,
     .value = margin},
    {"profit", "currency",
     "Margin less pay cost, hiring and collaboration, before everything that does not depend on "
     "the plans",
     FIRM, HIGHER, .value = profit},
    {"npv", "currency",
     "Profit discounted to the start, and the customer equity at the end of the period", FIRM,
     HIGHER, .yearly = true, .value = npv},
    {"share_price", "1 = start", "Price of a share", FIRM, HIGHER, .value = share_price},
};

#undef HIGHER
#undef LOWER
#undef ROLE
#undef SEGMENT
#undef COMPONENT
#undef AWARD
#undef STAGE
#undef BOTH
#undef FIRM

const size_t OUTCOME_COUNT = sizeof OUTCOMES / sizeof OUTCOMES[0];

bool outcome_by_role(const struct outcome *outcome) {
    return outcome->breakdown == OUTCOME_ROLE || outcome->breakdown == OUTCOME_COMPONENT ||
           outcome->breakdown == OUTCOME_AWARD || outcome->breakdown == OUTCOME_BOTH;
}

bool outcome_by_segment(const struct outcome *outcome) {
    return outcome->breakdown == OUTCOME_SEGMENT || outcome->breakdown == OUTCOME_STAGE ||
           outcome->breakdown == OUTCOME_BOTH;
}

size_t outcome_find(const char *name) {
    size_t o = 0;
    while (o < OUTCOME_COUNT && strcmp(OUTCOMES[o].name, name) != 0) {
        o++;
    }
    return o;
}

#include "model/outcome.h"

#include "base/mathematics.h"
#include "model/books.h"

#include <math.h>

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
VALUE(headcount, f->person_months / f->months)
VALUE(tenure, ratio(s->tenure, s->headcount))
VALUE(vacancy_months, f->vacancy_months)
VALUE(staffed_share, ratio(f->person_months, f->person_months + f->vacancy_months))
VALUE(hires, f->hires)
VALUE(internal_moves, f->internal_moves)
VALUE(promotions, f->promotions)
VALUE(time_to_fill, ratio(f->fill_months, f->hires))
VALUE(attainment, ratio(f->attainment, f->person_months))
VALUE(share_at_quota, ratio(f->at_quota, f->full_years))
VALUE(effort_acquire, ratio(f->effort[0], f->person_months))
VALUE(effort_develop, ratio(f->effort[1], f->person_months))
VALUE(effort_care, ratio(f->effort[2], f->person_months))
VALUE(pay_total, pay(f))
VALUE(pay_salary, f->salary)
VALUE(pay_commission, f->commission)
VALUE(pay_bonus, f->bonus)
VALUE(pay_draws, f->draws)
VALUE(pay_ltip, f->ltip_paid)
VALUE(pay_shares, f->shares_vested)
VALUE(pay_cost, cost(f))
VALUE(pay_per_head, ratio(12.0 * pay(f), f->person_months))
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
VALUE(peak, f->peak_revenue)
VALUE(peak_pull, 1.5 * f->pulled_revenue)
VALUE(peak_push, -1.5 * f->pushed_revenue)
VALUE(peak_effort, f->peak_revenue - 1.5 * f->pulled_revenue + 1.5 * f->pushed_revenue)
VALUE(average_deal, ratio(f->new_revenue, f->deals))
VALUE(conversion_first, ratio(f->stage_advanced[0], f->stage_left[0]))
VALUE(conversion_second, ratio(f->stage_advanced[1], f->stage_left[1]))
VALUE(conversion_third, ratio(f->stage_advanced[2], f->stage_left[2]))
VALUE(cycle_months, ratio(s->open_deals * f->months, f->leads))
VALUE(open_deals, s->open_deals)
VALUE(customers, s->customers)
VALUE(customers_won, f->customers_won)
VALUE(customers_lost, f->customers_lost)
VALUE(logo_retention, yearly_share(f->log_logo_retention, f))
VALUE(gross_retention, yearly_share(f->log_gross_retention, f))
VALUE(net_retention, yearly_share(f->log_net_retention, f))
VALUE(renewal_rate, ratio(f->renewals_kept, f->renewals_due))
VALUE(orphaned, ratio(f->orphan_months, f->account_months))
VALUE(handovers, f->handovers)
VALUE(handover_wait, ratio(f->handover_wait, f->handovers))
VALUE(handover_delay, ratio(f->handover_held, f->handovers))
VALUE(handover_queue, s->handover_queue)
VALUE(handover_loss, f->handover_loss)
VALUE(overlap_months, f->overlap_months)
VALUE(shared_credit, f->shared_credit)
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
VALUE(profit, f->profit)
VALUE(npv, f->discounted_profit + s->customer_equity_discounted)
VALUE(share_price, s->share_price)

#undef VALUE

#define HIGHER .direction = OUTCOME_HIGHER_IS_BETTER
#define LOWER .direction = OUTCOME_LOWER_IS_BETTER
#define ROLE .breakdown = OUTCOME_ROLE
#define SEGMENT .breakdown = OUTCOME_SEGMENT
#define FIRM .breakdown = OUTCOME_FIRM

const struct outcome OUTCOMES[] = {
    /* staff */
    {"turnover", "share a year", "Exits a year over mean headcount, voluntary and involuntary",
     ROLE, LOWER, .value = turnover},
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
    {"exits_voluntary", "people", "People who left by their own wish", ROLE, LOWER,
     .value = exits_voluntary},
    {"exits_involuntary", "people", "People who were dismissed", ROLE, LOWER,
     .value = exits_involuntary},
    {"retirements", "people", "People whose career ended", ROLE, .value = retirements},
    {"headcount", "people", "Mean number of people", ROLE, .value = headcount},
    {"tenure", "months", "Mean time with the firm, at the end of the period", ROLE, HIGHER,
     .value = tenure},
    {"vacancy_months", "months", "Months in which a seat was empty, summed over seats", ROLE, LOWER,
     .value = vacancy_months},
    {"staffed_share", "share", "Share of seat-months with somebody on the seat", ROLE, HIGHER,
     .value = staffed_share},
    {"hires", "people", "People who joined from outside or inside", ROLE, .value = hires},
    {"internal_moves", "people", "Seats filled by somebody from another role", ROLE,
     .value = internal_moves},
    {"promotions", "people", "Career levels reached within the role", ROLE, .value = promotions},
    {"time_to_fill", "months", "Mean months that the seats filled in the period were empty", ROLE,
     LOWER, .value = time_to_fill},
    {"attainment", "share of quota", "Mean rolling 12-month attainment of quota", ROLE, HIGHER,
     .value = attainment},
    {"share_at_quota", "share", "Share of people at or above quota at the end of the fiscal year",
     ROLE, HIGHER, .yearly = true, .value = share_at_quota},
    {"effort_acquire", "1 = normal", "Mean effort for winning customers", ROLE,
     .value = effort_acquire},
    {"effort_develop", "1 = normal", "Mean effort for growing customers", ROLE,
     .value = effort_develop},
    {"effort_care", "1 = normal", "Mean effort for keeping customers", ROLE, .value = effort_care},
    /* pay */
    {"pay", "currency", "Pay received: salary, commission, bonus, LTIP payments, vested shares",
     ROLE, .value = pay_total},
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
    {"lti_granted", "currency", "Target value of long-term awards granted", ROLE,
     .value = lti_granted},
    {"lti_vested", "currency", "Long-term awards paid or vested", ROLE, .value = lti_vested},
    {"lti_forfeited", "currency", "Unvested long-term awards lost by leaving, at expected value",
     ROLE, .value = lti_forfeited},
    {"ltip_outstanding", "currency", "Unvested awards and open cycles at expected value", ROLE,
     .value = ltip_outstanding},
    {"hiring_cost", "currency", "Cost of recruiting", ROLE, LOWER, .value = hiring_cost},
    {"shared_crm_cost", "currency", "Cost of a CRM shared by the roles", ROLE, LOWER,
     .value = shared_crm_cost},
    {"meetings_cost", "currency", "Cost of alignment meetings of the roles", ROLE, LOWER,
     .value = meetings_cost},
    {"collaboration_cost", "currency", "Shared CRM and alignment meetings together", ROLE, LOWER,
     .value = collaboration_cost},
    /* customers */
    {"revenue", "currency", "Revenue recognised", SEGMENT, HIGHER, .value = revenue},
    {"run_rate", "currency a year", "Annual revenue of the customers at the end of the period",
     SEGMENT, HIGHER, .value = run_rate},
    {"existing_revenue", "currency a year",
     "Annual revenue at the end of the period less what was newly won and expanded in it", SEGMENT,
     HIGHER, .value = existing_revenue},
    {"new_revenue", "currency a year", "Annual value of contracts won with new customers", SEGMENT,
     HIGHER, .value = new_revenue},
    {"expansion_revenue", "currency a year", "Annual value of cross-sales and up-sales booked",
     SEGMENT, HIGHER, .value = expansion_revenue},
    {"bookings", "currency a year", "New revenue and expansion revenue", SEGMENT, HIGHER,
     .value = bookings},
    {"leads", "leads", "New opportunities", SEGMENT, HIGHER, .value = leads},
    {"deals", "deals", "Contracts won with new customers", SEGMENT, HIGHER, .value = deals},
    {"deals_pulled", "deals", "Deals closed early, with a discount, at the end of a period",
     SEGMENT, .value = deals_pulled},
    {"deals_pushed", "deals", "Deals kept back for the next period", SEGMENT,
     .value = deals_pushed},
    {"discounts", "currency", "Discounts given to close early", SEGMENT, .value = discounts},
    {"peak", "currency",
     "New revenue of the last months of fiscal quarters less half of that of the other months",
     SEGMENT, .value = peak},
    {"peak_pull", "currency", "Part of the peak that deals pulled in make", SEGMENT,
     .value = peak_pull},
    {"peak_push", "currency", "Part of the peak that deals pushed out take", SEGMENT,
     .value = peak_push},
    {"peak_effort", "currency", "Rest of the peak: effort, season and chance", SEGMENT,
     .value = peak_effort},
    {"average_deal", "currency a year", "Mean annual value of a contract won", SEGMENT,
     .value = average_deal},
    {"conversion_stage_1", "share", "Opportunities that advanced among those that left stage 1",
     SEGMENT, HIGHER, .value = conversion_first},
    {"conversion_stage_2", "share", "Opportunities that advanced among those that left stage 2",
     SEGMENT, HIGHER, .value = conversion_second},
    {"conversion_stage_3", "share", "Opportunities that advanced among those that left stage 3",
     SEGMENT, HIGHER, .value = conversion_third},
    {"pipeline_months", "months",
     "Mean months that an opportunity stays open (Little: open opportunities over leads a month)",
     SEGMENT, LOWER, .value = cycle_months},
    {"open_deals", "deals", "Open opportunities at the end of the period", SEGMENT,
     .value = open_deals},
    {"customers", "customers", "Customers at the end of the period", SEGMENT, HIGHER,
     .value = customers},
    {"customers_won", "customers", "Customers won", SEGMENT, HIGHER, .value = customers_won},
    {"customers_lost", "customers", "Customers lost", SEGMENT, LOWER, .value = customers_lost},
    {"logo_retention", "share a year", "Customers that stayed, compounded to a year", SEGMENT,
     HIGHER, .value = logo_retention},
    {"gross_retention", "share a year",
     "Revenue kept from existing customers without their growth, compounded to a year", SEGMENT,
     HIGHER, .value = gross_retention},
    {"net_retention", "share a year",
     "Revenue kept from existing customers with their growth, compounded to a year", SEGMENT,
     HIGHER, .value = net_retention},
    {"logo_retention_trailing", "share a year", "Customers that stayed over the last 12 months",
     SEGMENT, HIGHER, .trailing_months = 12, .value = logo_retention},
    {"gross_retention_trailing", "share a year",
     "Revenue kept over the last 12 months without growth", SEGMENT, HIGHER, .trailing_months = 12,
     .value = gross_retention},
    {"net_retention_trailing", "share a year", "Revenue kept over the last 12 months with growth",
     SEGMENT, HIGHER, .trailing_months = 12, .value = net_retention},
    {"renewal_rate", "share", "Renewals kept among those due", SEGMENT, HIGHER,
     .value = renewal_rate},
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
    {"shared_credit", "currency", "Revenue that counted for a former owner under shared success",
     SEGMENT, .value = shared_credit},
    {"wallet_share", "share", "Mean share of a customer's spend, end of the period", SEGMENT,
     HIGHER, .value = wallet_share},
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
    /* firm */
    {"pay_ratio", "share", "Pay cost over revenue", FIRM, LOWER, .value = pay_ratio},
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
#undef FIRM

const size_t OUTCOME_COUNT = sizeof OUTCOMES / sizeof OUTCOMES[0];

#include "model/reference_deals.h"

#include "base/mathematics.h"

/* Leads a month for each hunter in a segment that need no hunter: from partners and by referral. */
static double free_leads(const struct parameters *parameters, size_t segment) {
    const struct segment *here = &parameters->segments[segment];
    double promoters = reference_promoters(here) * (double)here->accounts;
    double leads = here->leads.partner + here->leads.referrals / 12.0 * promoters;
    double hunters = 0.0;
    for (size_t r = 0; r < parameters->role_count; r++) {
        if (role_share(parameters, r, segment).hunting > 0.0) {
            hunters += (double)parameters->roles[r].headcount;
        }
    }
    return hunters > 0.0 ? leads / hunters : 0.0;
}

static bool is_count(enum metric metric) {
    return metric == METRIC_NEW_CUSTOMERS || metric == METRIC_DEALS;
}

struct deals reference_deals(const struct parameters *parameters, size_t role, size_t segment) {
    const struct role *self = &parameters->roles[role];
    const struct segment *here = &parameters->segments[segment];
    double share = role_share(parameters, role, segment).hunting;
    double fit = role_fit(self, here);
    double conversion = pipeline_conversion(here);
    if (share <= 0.0) {
        return (struct deals){0.0, 0.0};
    }
    return (struct deals){
        .hunted = here->leads.per_hunter * self->time.acquire * share * fit * conversion,
        .given = free_leads(parameters, segment) * conversion *
                 math_power(fit, 1.0 - here->pipeline.lead_share),
    };
}

struct deal_law reference_deal_law(const struct segment *segment, double deals,
                                   enum metric metric) {
    struct deal_law law = deal_law_lognormal(deals, segment->potential.mean, segment->potential.cv);
    double start = segment->wallet.start;
    double variance = segment->wallet.start_sd * segment->wallet.start_sd;
    law.moment[0] *= start;
    law.moment[1] *= start * start + variance;
    law.moment[2] *= start * (start * start + 3.0 * variance);
    return is_count(metric) ? (struct deal_law){deals, {1.0, 1.0, 1.0}} : law;
}

#include "base/distribution.h"
#include "base/mathematics.h"
#include "base/random.h"
#include "model/purpose.h"
#include "model/steps.h"

#include <assert.h>

struct selling seat_selling(const struct firm *firm, const struct seat *seat, size_t s) {
    const struct role_law *role = &firm->model->roles[seat->role];
    const struct segment *segment = firm->model->segments[s].segment;
    double a = seat->person.skill[ACQUIRE] *
               ramp_productivity(&role->ramp, seat->person.ramp_keep) * role->fit[s] *
               seat->person.output[ACQUIRE];
    double log_a = math_log(a);
    double share = segment->pipeline.lead_share;
    return (struct selling){
        .leads = math_exp(share * log_a),
        .advance = math_exp((1.0 - share) / (double)segment->pipeline.stage_count * log_a),
    };
}

static double hunted_leads(const struct role_law *role, const struct segment *segment, size_t s) {
    return segment->leads.per_hunter * role->role->time.acquire * role->hunting[s];
}

/* Leads that need no hunter, shared by the hunters in place. */
static double free_leads(const struct firm *firm, size_t s) {
    const struct model *model = firm->model;
    const struct segment *segment = model->segments[s].segment;
    double promoters = firm->promoters[s] * (double)firm->accounts[s].live;
    double leads = segment->leads.partner + segment->leads.referrals / 12.0 * promoters;
    double hunters = 0.0;
    for (size_t seat = 0; leads > 0.0 && seat < model->seat_count; seat++) {
        hunters +=
            firm->seats[seat].filled && model->roles[firm->seats[seat].role].hunting[s] > 0.0;
    }
    return hunters > 0.0 ? leads / hunters : 0.0;
}

void close_deal(struct firm *firm, size_t month, size_t s, size_t seat, unsigned ordinal,
                double months) {
    const struct segment_law *law = &firm->model->segments[s];
    const struct segment *segment = law->segment;
    long now = (long)month;
    uint64_t id = random_mix(random_mix(firm->seats[seat].person.entity, law->identity),
                             (uint64_t)month * 4096U + ordinal);
    double growth = level_by_months(&law->growth, (long)month);
    double potential =
        lognormal_quantile(random_uniform(firm_row(firm, now, PURPOSE_DEAL_POTENTIAL), id),
                           segment->potential.mean * growth, segment->potential.cv);
    double wallet =
        segment->wallet.start +
        segment->wallet.start_sd *
            normal_quantile(random_uniform(firm_row(firm, now, PURPOSE_DEAL_WALLET), id));
    wallet = wallet < 0.01                      ? 0.01
             : wallet > segment->wallet.ceiling ? segment->wallet.ceiling
                                                : wallet;
    double odds = law->churn_odds;
    if (segment->churn.beta_a > 0.0) {
        double u = random_uniform(firm_row(firm, now, PURPOSE_DEAL_CHURN), id);
        odds =
            renewal_odds(segment, beta_quantile(u, segment->churn.beta_a, segment->churn.beta_b));
    }
    if (firm->closing_count < firm->closing_capacity) {
        firm->closings[firm->closing_count++] =
            (struct closing){.segment = s,
                             .seat = seat,
                             .occupant = firm->seats[seat].occupants,
                             .id = id,
                             .potential = (real)potential,
                             .wallet = (real)wallet,
                             .churn_odds = (real)odds,
                             .months = months};
    }
}

void pipeline_count(struct firm *firm, size_t month, size_t s, size_t stage, struct moves moves) {
    struct flows *here = &firm_stage_ledger(firm, month, s, stage)->flows;
    struct flows *all = &firm_segment_ledger(firm, month, s)->flows;
    bool last = stage + 1 == firm->model->segments[s].segment->pipeline.stage_count;
    here->decided += moves.left;
    here->advanced += moves.advanced;
    all->decided += last ? moves.left : moves.left - moves.advanced;
    all->advanced += last ? moves.advanced : 0;
}

/* One month of one seat's opportunities in one segment: existing deals move first, at most one
 * stage, then new leads enter the first stage. Returns the deals won; `*won_months`: how long each
 * took on average. Who leaves a stage does not depend on how long it took, so those who leave or
 * advance are as old as all in the stage on average. */
static unsigned move_deals(struct firm *firm, size_t month, size_t seat, size_t s,
                           struct selling selling, double leads, double *won_months) {
    const struct segment_law *law = &firm->model->segments[s];
    const struct segment *segment = law->segment;
    struct flows *flows = &firm_segment_ledger(firm, month, s)->flows;
    unsigned *open = &firm->open_deals[seat * firm->model->stage_count + law->first_stage];
    double *months = &firm->open_months[seat * firm->model->stage_count + law->first_stage];
    /* addressed by the segment's name, so that the order of segments does not matter */
    uint64_t entity = random_mix(firm->seats[seat].person.entity, law->identity);
    size_t stages = segment->pipeline.stage_count;
    unsigned moved = 0; /* from the stage before; the last to arrive */
    double age = 0.0;   /* of each of them, months */
    for (size_t k = 0; k < stages; k++) {
        const struct stage *stage = &segment->pipeline.stages[k];
        uint64_t place = k;
        unsigned arrived = moved;
        double arrived_months = moved * age;
        moved = 0;
        if (open[k] > 0) {
            uint64_t leave = firm_row(firm, (long)month, PURPOSE_STAGE_LEAVE + (place << 16U));
            uint64_t advance = firm_row(firm, (long)month, PURPOSE_STAGE_ADVANCE + (place << 16U));
            double chance = stage->conversion * selling.advance;
            unsigned left =
                binomial_quantile(random_uniform(leave, entity), open[k], 1.0 / stage->months);
            moved = binomial_quantile(random_uniform(advance, entity), left,
                                      chance < 1.0 ? chance : 1.0);
            age = months[k] / open[k] + 1.0;
            open[k] -= left;
            months[k] = age * open[k];
            pipeline_count(firm, month, s, k, (struct moves){left, moved});
        }
        open[k] += arrived;
        months[k] += arrived_months;
    }
    timing_settle(firm, month, seat, s, selling.advance);
    *won_months = age;
    uint64_t row = firm_row(firm, (long)month, PURPOSE_LEADS);
    unsigned fresh = poisson_quantile(random_uniform(row, entity), leads);
    open[0] += fresh;
    flows->leads += fresh;
    return moved;
}

/* After a change of coverage: deals of a segment that a seat no longer hunts in. */
static bool ends_deals(const struct firm *firm, size_t seat, size_t s) {
    const struct model *model = firm->model;
    const struct segment_law *law = &model->segments[s];
    bool any = model->number > 0 && firm->pulled[seat * model->segment_count + s] > 0.0;
    for (size_t k = 0; model->number > 0 && k < law->segment->pipeline.stage_count; k++) {
        any |= firm->open_deals[seat * model->stage_count + law->first_stage + k] > 0;
    }
    return any;
}

void step_pipeline(struct firm *firm, size_t month) {
    const struct model *model = firm->model;
    firm->closing_count = 0;
    timing_return(firm);
    for (size_t s = 0; s < model->segment_count; s++) {
        const struct segment *segment = model->segments[s].segment;
        const struct accounts *accounts = &firm->accounts[s];
        double unserved = (double)model->segments[s].capacity - (double)accounts->live;
        double market = segment->prospects > 0 ? unserved / (double)segment->prospects : 0.0;
        double level = market * segment->leads.season[month % 12] * firm_demand(firm);
        double extra = free_leads(firm, s) * level;
        for (size_t seat = 0; seat < model->seat_count; seat++) {
            const struct role_law *role = &model->roles[firm->seats[seat].role];
            bool hunts = role->hunting[s] > 0.0;
            if (!firm->seats[seat].filled || (!hunts && !ends_deals(firm, seat, s))) {
                continue;
            }
            struct selling selling = seat_selling(firm, &firm->seats[seat], s);
            double leads =
                hunts ? hunted_leads(role, segment, s) * selling.leads * level + extra : 0.0;
            double age;
            unsigned won = move_deals(firm, month, seat, s, selling, leads, &age);
            for (unsigned d = 0; d < won; d++) {
                close_deal(firm, month, s, seat, d, age);
            }
        }
    }
}

/* Little's law: open deals in stage k = leads x conversions before k x months in k. */
void start_pipeline(struct firm *firm) {
    const struct model *model = firm->model;
    for (size_t s = 0; s < model->segment_count; s++) {
        const struct segment_law *law = &model->segments[s];
        double extra = free_leads(firm, s);
        for (size_t seat = 0; seat < model->seat_count; seat++) {
            const struct role_law *role = &model->roles[firm->seats[seat].role];
            unsigned *open = &firm->open_deals[seat * model->stage_count + law->first_stage];
            double *months = &firm->open_months[seat * model->stage_count + law->first_stage];
            double before = 0.0; /* months in the stages before */
            bool hunts = firm->seats[seat].filled && role->hunting[s] > 0.0;
            struct selling selling = {0.0, 0.0};
            if (hunts) {
                selling = seat_selling(firm, &firm->seats[seat], s);
            }
            double flow = hunted_leads(role, law->segment, s) * selling.leads + extra;
            for (size_t k = 0; k < law->segment->pipeline.stage_count; k++) {
                const struct stage *stage = &law->segment->pipeline.stages[k];
                uint64_t row = firm_row(firm, 0, PURPOSE_START_PIPELINE + ((uint64_t)k << 16U));
                open[k] = hunts
                              ? poisson_quantile(
                                    random_uniform(row, random_mix(firm->seats[seat].person.entity,
                                                                   law->identity)),
                                    flow * stage->months)
                              : 0;
                /* months completed in a stage of geometric length: one less than its mean */
                months[k] = open[k] * (before + stage->months - 1.0);
                before += stage->months;
                double chance = stage->conversion * selling.advance;
                flow *= chance < 1.0 ? chance : 1.0;
            }
        }
    }
}

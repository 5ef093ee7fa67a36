#include "plan/forecast.h"

#include "base/memory.h"
#include "plan/exposure.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

const char *const FORECAST_GAPS[] = {
    [FORECAST_FINE] = "",
    [FORECAST_NEEDS_QUOTA] = "needs a quota, as it pays currency for each unit of its metric",
    [FORECAST_NEEDS_LEVEL] = "looks at a measure without a quota",
    [FORECAST_NEEDS_PEOPLE] = "depends on how many people share or are ranked",
    [FORECAST_SHARES] = "vests with time, not with attainment",
    [FORECAST_SELDOM] = "does not pay the same number of cycles every year",
    [FORECAST_DEALS] = "has factors of deals besides tiers, thresholds or limits of a period",
    [FORECAST_RESULTS] = "has one curve or cap over the results of several objectives"};

static const double RESERVE = 0.9; /* nine of ten */
static const double CELLS = 8192;  /* of the grid for sums of independent amounts */

void forecast_left_out(const struct component *component, struct text *words) {
    bool award = component_is_award(component);
    double season = 0.0;
    for (int m = 0; m < 12; m++) {
        season += fabs(component->season[m] - component->season[0]);
    }
    const struct {
        bool there;
        const char *word;
    } elements[] = {
        {!award && component->credit.most_per_deal > 0.0, "limit of credit per deal"},
        {!award && component->pool > 0.0, "pool"},
        {!award && component->bank.pays > 0.0, "bonus bank"},
        {!award && component->hold_back.share > 0.0, "hold-back"},
        {!award && component->clawback.months > 0, "clawback"},
        {!award && season > 0.0, "season of the quota"},
        {!award && component->quota_ramp.count > 0, "quota ramp"},
        {!award && (component->ratchet.up > 0.0 || component->ratchet.down > 0.0), "ratchet"},
        {component->type == COMPONENT_LTIP && component->settlement != SETTLEMENT_CASH,
         "price of shares"},
    };
    for (size_t e = 0; e < sizeof elements / sizeof elements[0]; e++) {
        if (elements[e].there) {
            text_add(words, "%s%s", words->length > 0 ? ", " : "", elements[e].word);
        }
    }
}

/* Independent prospects of a year, and which of them are awards, outside of the plan's cap. */
struct bundle {
    struct prospect *prospects;
    bool *award;
    size_t count;
};

static void bundle_free(struct bundle *bundle) {
    for (size_t p = 0; p < bundle->count; p++) {
        prospect_free(&bundle->prospects[p]);
    }
    free(bundle->prospects);
    free(bundle->award);
    *bundle = (struct bundle){0};
}

/* The terms of one component, or of all (component SIZE_MAX), those of the same draws together. */
static bool bundle_make(struct bundle *bundle, const struct exposure *exposure, size_t component,
                        struct error *error) {
    size_t terms = exposure->term_count;
    bool *done = memory_array(terms, sizeof *done, "a forecast", error);
    const struct term **together = memory_array(terms, sizeof *together, "a forecast", error);
    bundle->prospects = memory_array(terms, sizeof *bundle->prospects, "a forecast", error);
    bundle->award = memory_array(terms, sizeof *bundle->award, "a forecast", error);
    bool good =
        done != NULL && together != NULL && bundle->prospects != NULL && bundle->award != NULL;
    for (size_t t = 0; good && t < terms; t++) {
        const struct term *first = &exposure->terms[t];
        size_t count = 0;
        if (done[t] || (component != SIZE_MAX && first->component != component)) {
            continue;
        }
        for (size_t u = t; u < terms; u++) {
            const struct term *other = &exposure->terms[u];
            bool wanted = component == SIZE_MAX || other->component == component;
            if (u == t || (wanted && !done[u] && exposure_together(exposure, first, other))) {
                together[count++] = other;
                done[u] = true;
            }
        }
        size_t p = bundle->count++;
        bundle->award[p] = component_is_award(&exposure->components[first->component].component);
        good = exposure_prospect(exposure, together, count, &bundle->prospects[p], error);
    }
    free(done);
    free(together);
    return good;
}

/* The distribution of a year: the cap of the plan holds for all but awards. */
static bool year_spread(const struct bundle *bundle, double step, double cap, struct spread *year,
                        struct error *error) {
    for (int award = 0; award < 2; award++) {
        for (size_t p = 0; p < bundle->count; p++) {
            struct spread one = {0};
            if (bundle->award[p] != (award == 1)) {
                continue;
            }
            bool good = prospect_spread(&bundle->prospects[p], step, &one, error);
            for (long draw = 0; good && draw < bundle->prospects[p].draws; draw++) {
                good = spread_add(year, &one, error);
            }
            spread_free(&one);
            if (!good) {
                return false;
            }
        }
        if (award == 0 && cap > 0.0 && year->mass != NULL) {
            spread_cap(year, cap);
        }
    }
    return true;
}

/* Least to most of a year, and the most of what the cap of a plan holds for. */
struct reach {
    double width;
    double capped;
};

/* The moments of a year, exact but for a cap. */
static struct reach add_moments(const struct bundle *bundle, struct forecast_line *line) {
    struct reach reach = {0};
    double variance = 0.0;
    for (size_t p = 0; p < bundle->count; p++) {
        const struct prospect *prospect = &bundle->prospects[p];
        double draws = (double)prospect->draws;
        double mean = prospect_mean(prospect);
        double low;
        double high;
        prospect_range(prospect, &low, &high);
        line->expected += draws * mean;
        variance += draws * prospect_variance(prospect, mean);
        reach.width += draws * (high - low);
        reach.capped += bundle->award[p] ? 0.0 : draws * high;
    }
    line->sd = sqrt(variance);
    return reach;
}

static bool has_awards(const struct bundle *bundle) {
    for (size_t p = 0; p < bundle->count; p++) {
        if (bundle->award[p]) {
            return true;
        }
    }
    return false;
}

/* The reserve of a single draw is exact; sums and capped pay go over the grid. A cap of 0: none. */
static bool summarise(const struct bundle *bundle, double cap, struct forecast_line *line,
                      struct error *error) {
    struct reach reach = add_moments(bundle, line);
    bool binds = cap > 0.0 && reach.capped > cap;
    struct spread year = {0};
    if (bundle->count == 1 && bundle->prospects[0].draws == 1 && !binds) {
        line->reserve = prospect_quantile(&bundle->prospects[0], RESERVE);
        return true;
    }
    if (reach.width <= 0.0) { /* nothing is a chance */
        line->expected = binds ? line->expected - reach.capped + cap : line->expected;
        line->reserve = line->expected;
        return true;
    }
    bool good = year_spread(bundle, reach.width / CELLS, binds ? cap : 0.0, &year, error);
    if (good) {
        line->reserve = spread_quantile(&year, RESERVE);
    }
    if (good && binds) {
        line->expected = spread_mean(&year);
        line->sd = sqrt(spread_variance(&year));
        line->reserve = !has_awards(bundle) && line->reserve > cap ? cap : line->reserve;
    }
    spread_free(&year);
    return good;
}

static double total_at(const struct exposure *exposure, double cap, double attainment) {
    double paid = 0.0;
    double awarded = 0.0;
    for (size_t c = 0; c < exposure->count; c++) {
        double pay = exposure_at(exposure, c, attainment);
        bool award = component_is_award(&exposure->components[c].component);
        paid += award ? 0.0 : pay;
        awarded += award ? pay : 0.0;
    }
    return (cap > 0.0 && paid > cap ? cap : paid) + awarded;
}

static double share_at_quota(const struct exposure *exposure, size_t c) {
    const struct exposed *exposed = &exposure->components[c];
    const struct exposed_slot *main = &exposure->slots[exposed->first];
    if (!slot_used(&exposed->component, SLOT_MAIN) || exposed->gap != FORECAST_FINE ||
        !exposure->drivers[main->driver].has_quota) {
        return (double)NAN;
    }
    return attainment_reach(&exposure->drivers[main->driver].law, 1.0 / main->ratio);
}

static bool fill(const struct exposure *exposure, const struct plan *plan,
                 struct forecast *forecast, struct error *error) {
    const struct attainment *law = &exposure->outlook->attainment;
    for (size_t c = 0; c <= exposure->count; c++) {
        bool total = c == exposure->count;
        struct forecast_line *line = total ? &forecast->total : &forecast->lines[c];
        line->gap = total ? FORECAST_FINE : exposure->components[c].gap;
        line->at_mean =
            total ? total_at(exposure, plan->cap, law->mean) : exposure_at(exposure, c, law->mean);
        line->share_at_quota = total ? attainment_reach(law, 1.0) : share_at_quota(exposure, c);
        if (law->sd <= 0.0) { /* edges of tiers count: the formula itself says what is paid */
            line->expected = line->reserve = line->at_mean;
            continue;
        }
        struct bundle bundle = {0};
        bool good = bundle_make(&bundle, exposure, total ? SIZE_MAX : c, error) &&
                    summarise(&bundle, total ? plan->cap : 0.0, line, error);
        bundle_free(&bundle);
        if (!good) {
            return false;
        }
    }
    return true;
}

bool forecast_plan(const struct plan *plan, const struct outlook *outlook,
                   struct forecast *forecast, struct error *error) {
    struct exposure exposure;
    *forecast = (struct forecast){.count = plan->component_count};
    if (!exposure_make(&exposure, plan, outlook, error)) {
        return false;
    }
    bool good = fill(&exposure, plan, forecast, error);
    exposure_free(&exposure);
    return good;
}

bool forecast_at(const struct plan *plan, const struct outlook *outlook, const double attainments[],
                 double pays[], size_t count, struct error *error) {
    struct exposure exposure;
    if (!exposure_make(&exposure, plan, outlook, error)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        pays[i] = total_at(&exposure, plan->cap, attainments[i]);
    }
    exposure_free(&exposure);
    return true;
}

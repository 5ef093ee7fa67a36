#include "engine/fit.h"

struct fit_overlap fit_overlap_of(const struct fit_spell *spell, long from, long until) {
    bool ended = spell->ended && spell->end <= until;
    long first = spell->start > from ? spell->start : from;
    long last = ended ? spell->end : until;
    if (last < first) {
        return (struct fit_overlap){0.0, false};
    }
    return (struct fit_overlap){(double)(last - first + 1), ended};
}

/* What no table of this kind can tell, where something else was told. */
static void add_limits(struct findings *findings, const struct fit_question *question) {
    const struct fit_data *data = question->data;
    for (size_t r = 0; r < data->roles.count; r++) {
        text_add(
            &findings->unknown,
            "roles.%s: how people answer to pay (effort, preferences, turnover.pay_elasticity "
            "and what stands beside it), ramp and recruiting keep their defaults; these tables "
            "cannot tell them\n",
            data->roles.names[r]);
    }
    for (size_t s = 0; s < data->segments.count; s++) {
        text_add(&findings->unknown,
                 "segments.%s: wallet, satisfaction, relationship and what they do to churn, "
                 "prospects, margin and term of contracts keep their defaults; these tables cannot "
                 "tell them\n",
                 data->segments.names[s]);
    }
}

bool fit(struct findings *findings, const struct fit_question *question, struct error *error) {
    bool good = fit_turnover(findings, question, error) && fit_skill(findings, question, error) &&
                fit_churn(findings, question, error) && fit_pipeline(findings, question, error) &&
                fit_sizes(findings, question, error);
    if (findings->count > 0) {
        add_limits(findings, question);
    }
    return good && (!findings->unknown.failed ||
                    error_add(error, ERROR_FAILURE, "not enough memory for the estimates"));
}

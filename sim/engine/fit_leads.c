#include "engine/fit_leads.h"

#include "base/mathematics.h"

#include <limits.h>

/* Leads of the time in which they were counted. Without --from the first one only says when that
 * began: it opens the time and does not count in it, or few leads would seem to come thick and
 * fast. It came within its day, at noon on average. */
static struct fit_duration count_leads(const struct fit_leads *seen,
                                       const struct fit_question *question) {
    bool windowed = question->from != LONG_MIN;
    double days = windowed ? (double)(question->until - question->from + 1)
                           : (double)(question->until - seen->first) + 0.5;
    return fit_duration_of(seen->count - (windowed ? 0.0 : 1.0), days / FIT_DAYS_OF_MONTH);
}

/* A table that begins later than --from has empty months in front that nobody counted in. */
static void doubt_begin(struct findings *findings, const struct fit_leads *seen,
                        const struct fit_question *question, const char *segment) {
    if (question->from == LONG_MIN || !(seen->count > 0.0)) {
        return;
    }
    double gap = (double)(seen->first - question->from);
    double share = gap / (double)(question->until - question->from + 1);
    double chance = math_exp(seen->count * math_log1p(-share));
    if (chance < 0.001) {
        text_add(&findings->unknown,
                 "segments.%s.leads: the first one comes %.1f months after --from, which is hardly "
                 "chance (p = %.2g); if the table begins later, fit it alone, with a --from of its "
                 "own\n",
                 segment, gap / FIT_DAYS_OF_MONTH, chance);
    }
}

bool fit_leads(struct findings *findings, const struct fit_question *question,
               const struct fit_leads *seen, const char *segment, struct error *error) {
    if (!(seen->count > 0.0) && question->from == LONG_MIN) {
        return true; /* nothing says when the table begins */
    }
    struct fit_duration leads = count_leads(seen, question);
    bool windowed = question->from != LONG_MIN;
    bool known = question->hunters > 0.0;
    double scale = known ? 1.0 / question->hunters : 1.0;
    doubt_begin(findings, seen, question, segment);
    if (!(leads.events > 0.0) &&
        !findings_sets(question->form, "segments.%s.leads.per_hunter", segment)) {
        text_add(&findings->unknown,
                 "segments.%s.leads.per_hunter: %s in %.1f months says only that it is below %.3g "
                 "leads a month%s; it keeps its default\n",
                 segment, windowed ? "no lead" : "no lead after the first", leads.time,
                 leads.rate_interval.high * scale, known ? "" : " of all hunters together");
        return true;
    }
    struct finding *finding =
        known ? findings_add(findings, error, "segments.%s.leads.per_hunter", segment)
              : findings_add(findings, error, "leads.%s", segment);
    if (finding == NULL) {
        return false;
    }
    finding->parameter = known;
    finding->value = leads.rate * scale;
    finding->interval =
        (struct interval){leads.rate_interval.low * scale, leads.rate_interval.high * scale};
    finding->count = leads.events;
    text_add(&finding->method, "%g lead%s", leads.events, leads.events > 1.0 ? "s" : "");
    if (known) {
        text_add(&finding->method, " of %g hunter%s", question->hunters,
                 question->hunters > 1.0 ? "s" : "");
    }
    text_add(&finding->method, " in %.1f months %s%s; exact Poisson", leads.time,
             windowed ? "from --from on" : "after the first", known ? "" : ", a month");
    if (!known) {
        text_add(&findings->unknown,
                 "segments.%s.leads.per_hunter: the tables do not say how many people hunted; say "
                 "it with --hunters N (full-time)\n",
                 segment);
    }
    return true;
}

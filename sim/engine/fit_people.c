/* Turnover and its course over tenure, headcount, the spread of skill and attainment. */
#include "engine/fit.h"

#include "base/mathematics.h"
#include "base/memory.h"
#include "base/statistics.h"
#include "base/student.h"
#include "engine/fit_spread.h"

#include <math.h>
#include <stdlib.h>

enum { BANDS = 5, NEW_MONTHS = 6, ATTAINMENT_MONTHS = 6 };

/* Months of tenure at which the bands begin. */
static const double BAND_FROM[BANDS + 1] = {0.0, 6.0, 12.0, 24.0, 60.0, 1e9};

/* What a scenario takes as turnover.annual, and as skill.spread. */
static const double ANNUAL_LEAST = 0.001;
static const double ANNUAL_MOST = 0.95;
static const double SPREAD_MOST = 2.0;

struct staff {
    double people;
    double present; /* on the last day */
    double days;
    double exits;  /* wished */
    double others; /* exits */
    double band_days[BANDS];
    double band_exits[BANDS];
};

static void add_bands(struct staff *staff, const struct fit_spell *spell, long from, long until,
                      bool exit) {
    double first = (double)((spell->start > from ? spell->start : from) - spell->start);
    double last =
        (double)((spell->ended && spell->end < until ? spell->end : until) + 1 - spell->start);
    for (int b = 0; b < BANDS; b++) {
        double low = fmax(first, BAND_FROM[b] * FIT_DAYS_OF_MONTH);
        double high = fmin(last, BAND_FROM[b + 1] * FIT_DAYS_OF_MONTH);
        staff->band_days[b] += fmax(0.0, high - low);
        staff->band_exits[b] += exit && high > low && last <= high;
    }
}

static struct staff count_staff(const struct fit_question *question, size_t role) {
    const struct fit_list *list = &question->data->employments;
    struct staff staff = {.people = 0.0};
    for (size_t i = 0; i < list->count; i++) {
        const struct fit_spell *spell = (const struct fit_spell *)list->items + i;
        struct fit_overlap overlap = fit_overlap_of(spell, question->from, question->until);
        if (spell->group != role || !(overlap.days > 0.0)) {
            continue;
        }
        bool wished = overlap.exit && spell->wished;
        staff.people += 1.0;
        staff.present += !overlap.exit;
        staff.days += overlap.days;
        staff.exits += wished;
        staff.others += overlap.exit && !spell->wished;
        add_bands(&staff, spell, question->from, question->until, wished);
    }
    return staff;
}

/* Twice the log likelihood ratio of a rate for each band against one for all. */
static double band_deviance(const struct staff *staff, double *degrees) {
    double deviance = 0.0;
    *degrees = -1.0;
    for (int b = 0; b < BANDS; b++) {
        double expected = staff->exits * staff->band_days[b] / staff->days;
        *degrees += staff->band_days[b] > 0.0;
        if (staff->band_exits[b] > 0.0) {
            deviance += 2.0 * staff->band_exits[b] * math_log(staff->band_exits[b] / expected);
        }
    }
    return deviance;
}

static bool add_tenure(struct findings *findings, const struct staff *staff, const char *role,
                       struct error *error) {
    double degrees = 0.0;
    double deviance = band_deviance(staff, &degrees);
    for (int b = 0; b < BANDS; b++) {
        double years = staff->band_days[b] / FIT_DAYS_OF_YEAR;
        if (!(years > 0.0)) {
            continue;
        }
        struct fit_duration band = fit_duration_of(staff->band_exits[b], years);
        struct finding *finding =
            b + 1 < BANDS
                ? findings_add(findings, error, "leaving.%s.months_%g_to_%g", role, BAND_FROM[b],
                               BAND_FROM[b + 1])
                : findings_add(findings, error, "leaving.%s.months_%g_on", role, BAND_FROM[b]);
        if (finding == NULL) {
            return false;
        }
        finding->value = band.rate;
        finding->interval = band.rate_interval;
        finding->count = band.events;
        text_add(&finding->method,
                 "people who leave by their own wish, a year, over those who are there: %g in %.1f "
                 "years; exact Poisson",
                 band.events, years);
    }
    if (degrees >= 1.0) {
        double chance = 1.0 - fit_gamma_distribution(0.5 * deviance, 0.5 * degrees);
        text_add(&findings->unknown,
                 "roles.%s.turnover.match_spread, match_months: how leaving changes with tenure %s "
                 "(likelihood ratio %.1f of %g degrees, p = %.3f); they keep their defaults\n",
                 role,
                 chance < 0.05 ? "shows in the data, but not what people learn of their job"
                               : "does not show in so few exits",
                 deviance, degrees, chance);
    }
    return true;
}

static bool add_turnover(struct findings *findings, const struct fit_question *question,
                         const struct staff *staff, const char *role, struct error *error) {
    double years = staff->days / FIT_DAYS_OF_YEAR;
    struct fit_duration stay = fit_duration_of(staff->exits, years);
    double annual = fit_probability_within(stay.rate, 1.0);
    bool fits = annual >= ANNUAL_LEAST && annual <= ANNUAL_MOST;
    struct finding *finding = findings_add(findings, error, "roles.%s.turnover.annual", role);
    if (finding == NULL) {
        return false;
    }
    finding->parameter = fits;
    finding->value = annual;
    if (findings_sets(question->form, "%s", finding->name)) {
        finding->parameter = true;
        finding->value = fmin(fmax(annual, ANNUAL_LEAST), ANNUAL_MOST);
    }
    finding->interval = (struct interval){fit_probability_within(stay.rate_interval.low, 1.0),
                                          fit_probability_within(stay.rate_interval.high, 1.0)};
    finding->count = staff->exits;
    text_add(&finding->method,
             "%g of %g people left by their own wish in %.1f years together (%g otherwise); 1 - "
             "exp(-exits / years), exact Poisson",
             staff->exits, staff->people, years, staff->others);
    if (!fits) {
        text_add(&findings->unknown,
                 "roles.%s.turnover.annual: %g exits say only that it is %s %.3f; it keeps its "
                 "default\n",
                 role, staff->exits, annual < 0.5 ? "below" : "above",
                 annual < 0.5 ? finding->interval.high : finding->interval.low);
    }
    if (!question->data->has_reasons) {
        text_add(
            &findings->unknown,
            "roles.%s.dismissal: the data do not say why people left (column reason), so every "
            "exit counts as wished\n",
            role);
    }
    if (!(staff->exits > 0.0)) {
        return true;
    }
    finding = findings_add(findings, error, "tenure.%s", role);
    if (finding == NULL) {
        return false;
    }
    finding->value = 12.0 * stay.mean;
    finding->interval =
        (struct interval){12.0 * stay.mean_interval.low, 12.0 * stay.mean_interval.high};
    finding->count = staff->exits;
    text_add(&finding->method, "mean months until somebody wishes to leave, at a constant rate");
    return true;
}

static bool add_headcount(struct findings *findings, const struct staff *staff, const char *role,
                          struct error *error) {
    struct finding *finding = findings_add(findings, error, "roles.%s.headcount", role);
    if (finding == NULL) {
        return false;
    }
    finding->parameter = true;
    finding->whole = true;
    finding->value = staff->present;
    finding->count = staff->people;
    text_add(&finding->method, "people on the last day; take it out when the table is a sample");
    return true;
}

bool fit_turnover(struct findings *findings, const struct fit_question *question,
                  struct error *error) {
    const struct dictionary *roles = &question->data->roles;
    for (size_t r = 0; question->data->has[CONTENT_EMPLOYMENTS] && r < roles->count; r++) {
        const struct staff staff = count_staff(question, r);
        if (staff.days > 0.0 &&
            (!add_headcount(findings, &staff, roles->names[r], error) ||
             !add_turnover(findings, question, &staff, roles->names[r], error) ||
             !add_tenure(findings, &staff, roles->names[r], error))) {
            return false;
        }
    }
    return true;
}

/* The months of the sales that lie in the window. */
static bool is_in(const struct fit_question *question, const struct fit_sale *sale) {
    long first = question->from <= 0 ? 0 : date_month(date_of_day(question->from));
    return sale->month >= first && sale->month <= date_month(date_of_day(question->until));
}

struct months {
    long first; /* of the role */
    long last;
    long *joined; /* by person: the first month */
};

static void find_months(struct months *months, const struct fit_question *question, size_t role) {
    const struct fit_list *list = &question->data->sales;
    months->first = 0;
    months->last = -1;
    for (size_t i = 0; i < list->count; i++) {
        const struct fit_sale *sale = (const struct fit_sale *)list->items + i;
        if (sale->role != role || !is_in(question, sale)) {
            continue;
        }
        bool none = months->last < 0;
        months->first = none || sale->month < months->first ? sale->month : months->first;
        months->last = sale->month > months->last ? sale->month : months->last;
        long *joined = &months->joined[sale->person];
        *joined = *joined == 0 || sale->month < *joined ? sale->month : *joined;
    }
}

/* Who comes later than the table begins is new and learns: the first months are left out. */
static size_t fill_panel(struct panel_month *panel, const struct months *months,
                         const struct fit_question *question, size_t role) {
    const struct fit_list *list = &question->data->sales;
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct fit_sale *sale = (const struct fit_sale *)list->items + i;
        long joined = months->joined[sale->person];
        if (sale->role != role || !is_in(question, sale) ||
            (joined > months->first && sale->month < joined + NEW_MONTHS)) {
            continue;
        }
        panel[count++] =
            (struct panel_month){sale->person, (size_t)(sale->month - months->first), sale->sales};
    }
    return count;
}

static bool add_spread(struct findings *findings, const struct findings *form,
                       const struct fit_spread *spread, const char *role, struct error *error) {
    bool wanted = findings_sets(form, "roles.%s.skill.spread", role);
    if (spread->people < 3 || (!wanted && !(spread->spread > 0.0))) {
        text_add(&findings->unknown, "roles.%s.skill.spread: %s; it keeps its default\n", role,
                 spread->people < 3
                     ? "at least three people with six months of sales each are needed"
                     : "people differ no more than chance within their months explains");
        return true;
    }
    struct finding *finding = findings_add(findings, error, "roles.%s.skill.spread", role);
    if (finding == NULL) {
        return false;
    }
    finding->parameter = wanted || spread->spread <= SPREAD_MOST;
    finding->value = wanted ? fmin(spread->spread, SPREAD_MOST) : spread->spread;
    finding->interval = spread->interval;
    finding->count = (double)spread->people;
    text_add(&finding->method,
             "%zu people, %zu months; variance of the log of their means less that of chance (a "
             "month varies by %.2f of its mean); other territories and more effort of the able are "
             "part of it",
             spread->people, spread->months, spread->within);
    return true;
}

static bool fit_skill_of(struct findings *findings, const struct fit_question *question,
                         size_t role, struct panel_month *panel, long *joined,
                         struct error *error) {
    const struct fit_data *data = question->data;
    struct months months = {.joined = joined};
    struct fit_spread spread;
    for (size_t p = 0; p < data->people.count; p++) {
        joined[p] = 0;
    }
    find_months(&months, question, role);
    if (months.last < 0) {
        return true;
    }
    size_t count = fill_panel(panel, &months, question, role);
    return fit_spread_of(&spread, panel, count, data->people.count,
                         (size_t)(months.last - months.first + 1), error) &&
           add_spread(findings, question->form, &spread, data->roles.names[role], error);
}

struct person_year {
    double sales;
    double quota;
    size_t months;
};

static bool add_attainment(struct findings *findings, const struct moments *attainment,
                           double at_quota, const char *role, struct error *error) {
    double n = (double)attainment->count;
    double sd = sqrt(moments_variance(attainment));
    double half = student_quantile(0.025, n - 1.0) * sd / sqrt(n);
    struct finding *finding = findings_add(findings, error, "attainment.%s", role);
    if (finding == NULL) {
        return false;
    }
    finding->value = attainment->mean;
    finding->interval = (struct interval){attainment->mean - half, attainment->mean + half};
    finding->count = n;
    text_add(&finding->method,
             "mean of %g years of a person, standard deviation %.3f: anreiz payout --expected "
             "--attainment-mean %.3f --attainment-sd %.3f",
             n, sd, attainment->mean, sd);
    finding = findings_add(findings, error, "share_at_quota.%s", role);
    if (finding == NULL) {
        return false;
    }
    finding->value = at_quota / n;
    finding->interval = fit_wilson(at_quota, n);
    finding->count = n;
    text_add(&finding->method, "%g of %g years of a person at or above quota; Wilson", at_quota, n);
    text_add(&findings->unknown,
             "roles.%s.quota.level: attainment is known, but not what of it is effort; compare it "
             "with the outcome attainment of a run\n",
             role);
    return true;
}

/* Years are those of the calendar. */
static bool fit_attainment_of(struct findings *findings, const struct fit_question *question,
                              size_t role, struct person_year *years, long first, size_t count,
                              struct error *error) {
    const struct fit_data *data = question->data;
    const struct fit_list *list = &data->sales;
    struct moments attainment = {0};
    double at_quota = 0.0;
    for (size_t i = 0; i < data->people.count * count; i++) {
        years[i] = (struct person_year){.months = 0};
    }
    for (size_t i = 0; i < list->count; i++) {
        const struct fit_sale *sale = (const struct fit_sale *)list->items + i;
        if (sale->role == role && is_in(question, sale) && !isnan(sale->quota)) {
            struct person_year *year =
                &years[sale->person * count + (size_t)(sale->month / 12 - first)];
            year->sales += sale->sales;
            year->quota += sale->quota;
            year->months++;
        }
    }
    for (size_t i = 0; i < data->people.count * count; i++) {
        if (years[i].months >= ATTAINMENT_MONTHS) {
            moments_add(&attainment, years[i].sales / years[i].quota);
            at_quota += years[i].sales >= years[i].quota;
        }
    }
    return attainment.count < 3 ||
           add_attainment(findings, &attainment, at_quota, data->roles.names[role], error);
}

static bool fit_attainment(struct findings *findings, const struct fit_question *question,
                           struct error *error) {
    const struct fit_data *data = question->data;
    const struct fit_list *list = &data->sales;
    long first = 1000000;
    long last = 0;
    for (size_t i = 0; i < list->count; i++) {
        long year = ((const struct fit_sale *)list->items)[i].month / 12;
        first = year < first ? year : first;
        last = year > last ? year : last;
    }
    size_t count = (size_t)(last - first + 1);
    struct person_year *years =
        memory_array(data->people.count * count, sizeof *years, "years of people", error);
    bool good = years != NULL;
    for (size_t r = 0; good && r < data->roles.count; r++) {
        good = fit_attainment_of(findings, question, r, years, first, count, error);
    }
    free(years);
    return good;
}

bool fit_skill(struct findings *findings, const struct fit_question *question,
               struct error *error) {
    const struct fit_data *data = question->data;
    if (data->sales.count == 0) {
        return true;
    }
    struct panel_month *panel =
        memory_array(data->sales.count, sizeof *panel, "months of people", error);
    long *joined =
        panel == NULL ? NULL : memory_array(data->people.count, sizeof *joined, "people", error);
    bool good = joined != NULL;
    for (size_t r = 0; good && r < data->roles.count; r++) {
        good = fit_skill_of(findings, question, r, panel, joined, error);
    }
    free(panel);
    free(joined);
    return good && fit_attainment(findings, question, error);
}

#include "engine/fit_survival.h"

#include "base/mathematics.h"
#include "base/memory.h"
#include "engine/fit_sbg.h"
#include "engine/fit_stay.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MONTHS_MOST = 480 };
static const double NORMAL = 1.959963984540054; /* 97.5 % */

/* The rate of leaving that has come together, and its variance. */
struct hazard {
    double sum;
    double variance;
};

/* What is fitted: a year's probability to leave, of all or as Beta(a, b). */
struct law {
    double annual; /* NAN: none */
    double a, b;   /* above 0: they stand for it */
};

static struct survival_curve *add_curve(struct fit_survival *survival, const char *name,
                                        bool customers, size_t most, struct error *error) {
    void *curves = survival->curves;
    bool good = memory_grow(&curves, &survival->capacity, survival->count + 1,
                            sizeof *survival->curves, "survival", error);
    survival->curves = curves;
    struct survival_point *points =
        good ? memory_array(most + 1, sizeof *points, "survival", error) : NULL;
    if (points == NULL) {
        return NULL;
    }
    struct survival_curve *curve = &survival->curves[survival->count++];
    *curve = (struct survival_curve){.name = name, .customers = customers, .points = points};
    points[curve->count++] = (struct survival_point){0.0, 1.0, 1.0, 1.0, 1.0};
    return curve;
}

/* A curve of one point is none. */
static void end_curve(struct fit_survival *survival) {
    struct survival_curve *curve = &survival->curves[survival->count - 1];
    if (curve->count < 2) {
        free(curve->points);
        survival->count--;
    }
}

static void add_point(struct survival_curve *curve, double years, const struct hazard *hazard,
                      double fitted) {
    double share = math_exp(-hazard->sum);
    double spread =
        hazard->sum > 0.0 ? math_exp(NORMAL * sqrt(hazard->variance) / hazard->sum) : 1.0;
    curve->points[curve->count++] = (struct survival_point){
        years, share, math_exp(-hazard->sum * spread), math_exp(-hazard->sum / spread), fitted};
}

/* Days of the role's people within a month of their tenure, and wished exits in it. */
static void count_month(const struct fit_question *question, size_t role, size_t month,
                        double *days, double *exits) {
    const struct fit_list *list = &question->data->employments;
    double low = (double)month * FIT_DAYS_OF_MONTH;
    double high = low + FIT_DAYS_OF_MONTH;
    *days = *exits = 0.0;
    for (size_t i = 0; i < list->count; i++) {
        const struct fit_spell *spell = (const struct fit_spell *)list->items + i;
        struct fit_overlap overlap = fit_overlap_of(spell, question->from, question->until);
        if (spell->group != role || !(overlap.days > 0.0)) {
            continue;
        }
        long last = overlap.exit ? spell->end : question->until;
        double end = (double)(last + 1 - spell->start);
        *days += fmax(0.0, fmin(end, high) - fmax(end - overlap.days, low));
        *exits += overlap.exit && spell->wished && end > low && end <= high;
    }
}

static bool add_people(struct fit_survival *survival, const struct fit_question *question,
                       size_t role, const struct law *law, struct error *error) {
    struct survival_curve *curve =
        add_curve(survival, question->data->roles.names[role], false, MONTHS_MOST, error);
    struct hazard hazard = {0.0, 0.0};
    if (curve == NULL) {
        return false;
    }
    for (size_t month = 0; month < MONTHS_MOST; month++) {
        double days = 0.0;
        double exits = 0.0;
        count_month(question, role, month, &days, &exits);
        double people = days / FIT_DAYS_OF_MONTH;
        if (people < FIT_SURVIVAL_LEAST) {
            break;
        }
        hazard.sum += exits / people;
        hazard.variance += exits / (people * people);
        double years = (double)(month + 1) / 12.0;
        add_point(curve, years, &hazard, math_exp(years * math_log1p(-law->annual)));
    }
    end_curve(survival);
    return true;
}

static bool add_customers(struct fit_survival *survival, const struct fit_stay *stay,
                          const char *name, const struct law *law, struct error *error) {
    struct survival_curve *curve = add_curve(survival, name, true, stay->years, error);
    struct hazard hazard = {0.0, 0.0};
    if (curve == NULL) {
        return false;
    }
    for (size_t year = 0; year < stay->years; year++) {
        double lost = stay->lost[year];
        double kept = stay->kept[year];
        if ((stay->counted && lost + kept < FIT_SURVIVAL_LEAST) || !(kept > 0.0)) {
            break;
        }
        hazard.sum -= math_log1p(-lost / (lost + kept));
        hazard.variance += lost / ((lost + kept) * kept);
        double years = (double)(year + 1);
        add_point(curve, years, &hazard,
                  law->a > 0.0 ? fit_sbg_survival(law->a, law->b, year + 1)
                               : math_exp(years * math_log1p(-law->annual)));
        if (!stay->counted) {
            struct survival_point *point = &curve->points[curve->count - 1];
            point->low = point->high = (double)NAN;
        }
    }
    end_curve(survival);
    return true;
}

/* Only what a scenario gets. */
static struct law law_of(const struct findings *findings, const char *group, const char *name,
                         const char *kind) {
    char path[FINDING_NAME_SIZE];
    struct law law = {.annual = (double)NAN};
    (void)snprintf(path, sizeof path, "%s.%s.%s.annual", group, name, kind);
    if (findings_sets(findings, "%s", path)) {
        (void)findings_value(findings, path, &law.annual);
    }
    (void)snprintf(path, sizeof path, "%s.%s.%s.beta_a", group, name, kind);
    (void)findings_value(findings, path, &law.a);
    (void)snprintf(path, sizeof path, "%s.%s.%s.beta_b", group, name, kind);
    (void)findings_value(findings, path, &law.b);
    return law;
}

bool fit_survival_of(struct fit_survival *survival, const struct fit_question *question,
                     const struct findings *findings, struct error *error) {
    const struct fit_data *data = question->data;
    struct fit_stay *stay = memory_array(1, sizeof *stay, "customers by year", error);
    bool good = stay != NULL;
    for (size_t r = 0; good && data->has[CONTENT_EMPLOYMENTS] && r < data->roles.count; r++) {
        const struct law law = law_of(findings, "roles", data->roles.names[r], "turnover");
        good = add_people(survival, question, r, &law, error);
    }
    for (size_t s = 0; good && s < data->segments.count; s++) {
        const struct law law = law_of(findings, "segments", data->segments.names[s], "churn");
        bool table = fit_stay_has(data, s, true);
        *stay = (struct fit_stay){.counted = true};
        (table ? fit_stay_count_survivors : fit_stay_count_lifetimes)(stay, question, s);
        good = add_customers(survival, stay, data->segments.names[s], &law, error);
    }
    free(stay);
    return good;
}

void fit_survival_free(struct fit_survival *survival) {
    for (size_t c = 0; c < survival->count; c++) {
        free(survival->curves[c].points);
    }
    free(survival->curves);
    *survival = (struct fit_survival){.count = 0};
}

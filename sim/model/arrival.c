/* People of a real start: pay as it is, skills as recent results suggest. */
#include "base/distribution.h"
#include "base/mathematics.h"
#include "base/random.h"
#include "model/purpose.h"
#include "model/steps.h"

#include <math.h>

/* Salary over that of the plan on which it is paid today; level and person together. */
static double salary_ratio(const struct firm *firm, size_t role,
                           const struct opening_person *known) {
    const struct role_law *law = &firm->model->roles[role];
    const struct plan *plan =
        *known->plan == '\0' ? law->plan : find_plan(firm->model->parameters, known->plan);
    return known->salary / plan->salary;
}

/* Log attainment of n months is y = (1 - xi) x - q + v: log skill x of the activity that the quota
 * counts, log error q of the quota, chance v with variance ln(1 + c^2 / n), c that of a month.
 * What the hiring law draws meets an attainment y' that it would have given by chance; everything
 * moves by its covariance with y over the variance of y, times y - y' (Matheron's rule), which
 * makes it a draw from the law given y with the posterior mean of docs/model.md, "The real firm".
 */
static void learn(struct firm *firm, size_t seat, double attainment) {
    const struct role_law *law = &firm->model->roles[firm->seats[seat].role];
    const struct role *role = law->role;
    struct person *person = &firm->seats[seat].person;
    enum activity counted = metric_is_selling((enum metric)role->quota.metric) ? ACQUIRE : DEVELOP;
    double months = person->in_role < 12 ? (double)person->in_role : 12.0;
    double shown = 1.0 - role->quota.skill_exponent; /* part of skill that quotas leave to see */
    double skill = role->skill.spread * role->skill.spread;
    double error = role->quota.error * role->quota.error;
    double chance = math_log1p(law->result_variance / months);
    double variance = shown * shown * skill + error + chance;
    if (variance <= 0.0) {
        return;
    }
    double z =
        normal_quantile(random_uniform(firm_row(firm, 0, PURPOSE_START_RESULT), person->entity));
    double likely = shown * math_log(person->skill[counted]) - math_log(person->quota_error) +
                    sqrt(chance) * z - 0.5 * chance;
    double surprise = (math_log(attainment) - likely) / variance;
    for (int k = 0; k < ACTIVITY_COUNT; k++) {
        double common = k == (int)counted ? 1.0 : SKILL_COMMON * SKILL_COMMON;
        person->skill[k] *= math_exp(shown * common * skill * surprise);
    }
    person->talent += shown * SKILL_COMMON * role->skill.spread * surprise;
    person->quota_error *= math_exp(-error * surprise);
}

void arrive(struct firm *firm, size_t seat, const struct opening_person *known) {
    struct seat *place = &firm->seats[seat];
    struct person *person = &place->person;
    enum metric metric = (enum metric)firm->model->roles[place->role].role->quota.metric;
    person->origin = known;
    if (known->salary > 0.0) {
        person->pay_factor = salary_ratio(firm, place->role, known) / person->level_factor;
    }
    if (known->attainment <= 0.0) {
        return;
    }
    if (metric_kind(metric) == METRIC_INDEX) { /* says nothing on skill: books differ too much */
        person->attainment_measure = math_log(known->attainment);
        return;
    }
    person->attainment_measure = known->attainment * person->attainment_quota;
    if (metric_kind(metric) == METRIC_FLOW && person->in_role > 0) {
        learn(firm, seat, known->attainment);
    }
}

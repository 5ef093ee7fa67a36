#include "cli/payout_words.h"

#include "base/dictionary.h"
#include "base/memory.h"
#include "base/text.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool known_plans(struct dictionary *names, const struct parameters *parameters,
                        struct error *error) {
    size_t number;
    for (size_t n = 0; n < parameters->plan_count; n++) {
        if (!dictionary_add(names, parameters->plans[n].name, &number, error)) {
            return false;
        }
    }
    return true;
}

static bool complain_plan(const struct dictionary *names, const char *name, struct error *error) {
    int nearest = dictionary_nearest(names, name);
    struct text known = {0};
    for (size_t n = 0; n < names->count; n++) {
        text_add(&known, "%s%s", n == 0 ? "" : ", ", names->names[n]);
    }
    (void)error_add(error, ERROR_QUESTION,
                    "--plan %s: the scenario has no such plan%s%s%s; it has %s", name,
                    nearest < 0 ? "" : " (did you mean ", nearest < 0 ? "" : names->names[nearest],
                    nearest < 0 ? "" : "?)", text_bytes(&known));
    text_free(&known);
    return false;
}

static bool has_plan(const struct payout_plans *plans, size_t number) {
    for (size_t i = 0; i < plans->count; i++) {
        if (plans->numbers[i] == number) {
            return true;
        }
    }
    return false;
}

static bool add_named(struct payout_plans *plans, const struct dictionary *names, char *list,
                      struct error *error) {
    char *rest = list;
    for (char *name = strsep(&rest, ","); name != NULL; name = strsep(&rest, ",")) {
        size_t number;
        if (!dictionary_find(names, name, &number)) {
            return complain_plan(names, name, error);
        }
        if (has_plan(plans, number)) {
            return error_add(error, ERROR_QUESTION, "--plan names %s twice", name);
        }
        plans->numbers[plans->count++] = number;
    }
    return true;
}

bool payout_plans_named(struct payout_plans *plans, const struct parameters *parameters,
                        const char *list, struct error *error) {
    struct dictionary names = {0};
    if (list == NULL) {
        return true;
    }
    char *copy = strdup(list);
    plans->numbers = memory_array(strlen(list) + 1, sizeof *plans->numbers, "plans", error);
    bool good = copy != NULL || error_add(error, ERROR_FAILURE, "not enough memory for names");
    good = good && plans->numbers != NULL && known_plans(&names, parameters, error) &&
           add_named(plans, &names, copy, error);
    dictionary_free(&names);
    free(copy);
    return good;
}

bool payout_plans_of_roles(struct payout_plans *plans, const struct parameters *parameters,
                           struct error *error) {
    struct dictionary names = {0};
    plans->numbers = memory_array(parameters->role_count, sizeof *plans->numbers, "plans", error);
    bool good = plans->numbers != NULL && known_plans(&names, parameters, error);
    for (size_t r = 0; good && r < parameters->role_count; r++) {
        size_t number;
        if (dictionary_find(&names, parameters->roles[r].plan, &number) &&
            !has_plan(plans, number)) {
            plans->numbers[plans->count++] = number;
        }
    }
    dictionary_free(&names);
    return good;
}

/* Two digits at most. */
static bool read_digits(const char *text, long most, long *number) {
    size_t digits = strspn(text, "0123456789");
    *number = digits > 0 && digits <= 2 && text[digits] == '\0' ? strtol(text, NULL, 10) : 0;
    return *number >= 1 && *number <= most;
}

bool payout_read_period(const char *option, const char *period, long fiscal_year_start, long *from,
                        long *to, struct error *error) {
    long number = 1;
    long length = 12;
    if (period == NULL) {
        *from = LONG_MIN;
        *to = LONG_MAX;
        return true;
    }
    bool good = strspn(period, "0123456789") == 4;
    const char *rest = good ? period + 4 : "";
    if (good && *rest != '\0') {
        bool quarter = rest[0] == '-' && (rest[1] == 'Q' || rest[1] == 'q');
        bool half = rest[0] == '-' && (rest[1] == 'H' || rest[1] == 'h');
        length = quarter ? 3 : half ? 6 : 1;
        good = rest[0] == '-' && read_digits(rest + 1 + (quarter || half), 12 / length, &number);
    }
    if (!good) {
        return error_add(error, ERROR_QUESTION,
                         "--%s %s: write a month 2025-06, a quarter 2025-Q2, a half 2025-H1 or a "
                         "year 2025",
                         option, period);
    }
    long start = length == 1 ? 0 : fiscal_year_start - 1;
    *from = strtol(period, NULL, 10) * 12 + start + (number - 1) * length;
    *to = *from + length - 1;
    return true;
}

bool payout_read_number(const char *option, const char *value, double *number,
                        struct error *error) {
    char *end = NULL;
    *number = strtod(value, &end);
    if (end == value || *end != '\0' || !isfinite(*number)) {
        return error_add(error, ERROR_QUESTION, "--%s %s: not a number such as 0.9", option, value);
    }
    return true;
}

bool payout_read_positive(const char *option, const char *value, double *number,
                          struct error *error) {
    if (!payout_read_number(option, value, number, error)) {
        return false;
    }
    return *number >= 0.0 ||
           error_add(error, ERROR_QUESTION, "--%s %s: cannot be negative", option, value);
}

bool payout_read_law(const char *value, enum attainment_law *law, struct error *error) {
    for (int n = 0; n <= ATTAINMENT_DEALS; n++) {
        if (strcmp(value, ATTAINMENT_LAWS[n]) == 0) {
            *law = (enum attainment_law)n;
            return true;
        }
    }
    return error_add(error, ERROR_QUESTION, "--law %s: the laws are normal, lognormal and deals",
                     value);
}

#include "cli/payout_data.h"

#include "base/memory.h"
#include "cli/payout_cuts.h"
#include "cli/payout_words.h"
#include "plan/measure.h"
#include "report/payout_text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Half a century is a mistyped year. */
enum { MONTHS_MOST = 600, NAMED = 10 };

static bool watch_products(struct payout_data *data, const struct parameters *parameters,
                           struct error *error) {
    for (size_t n = 0; n < parameters->plan_count; n++) {
        const struct plan *plan = &parameters->plans[n];
        for (size_t c = 0; c < plan->component_count; c++) {
            for (size_t s = 0; s < slot_count(&plan->components[c]); s++) {
                struct slot slot = slot_of(&plan->components[c], s);
                size_t number;
                if (slot_used(&plan->components[c], s) && *slot.product != '\0' &&
                    slot.metric != METRIC_OBJECTIVES &&
                    !dictionary_add(&data->products, slot.product, &number, error)) {
                    return false;
                }
            }
        }
    }
    return true;
}

/* Each line of sentences that end with a newline. */
static void say_lines(struct talk *talk, const char *lines) {
    while (*lines != '\0') {
        size_t length = strcspn(lines, "\n");
        talk_say(talk, "%.*s", (int)length, lines);
        lines += length + (lines[length] == '\n');
    }
}

/* Bad rows are said in any case, as they are the answer to the question when they stop it. */
static void say_report(struct talk *talk, const char *path, struct table_report *report,
                       bool skips) {
    struct talk loud = *talk;
    loud.quiet = talk->quiet && skips;
    say_lines(&loud, text_bytes(&report->bad));
    say_lines(talk, text_bytes(&report->notes));
    if (report->bad_rows > 0 && skips) {
        talk_say(talk, "%s: %ld bad rows are left out", path, report->bad_rows);
    }
    table_report_free(report);
}

/* "anna (line 3), ben (line 17)" with the nearest known name of each. */
static void add_strangers(struct text *text, const struct dealings *dealings) {
    const struct dictionary *names = &dealings->roster->names;
    for (size_t i = 0; i < dealings->strangers.count && i < NAMED; i++) {
        const char *name = dealings->strangers.names[i];
        int nearest = dictionary_nearest(names, name);
        text_add(text, "%s%s (line %ld%s%s%s)", i == 0 ? "" : ", ", name,
                 dealings->strangers_of[i].line, nearest < 0 ? "" : "; did you mean ",
                 nearest < 0 ? "" : names->names[nearest], nearest < 0 ? "" : "?");
    }
    if (dealings->strangers.count > NAMED) {
        text_add(text, " and %zu more", dealings->strangers.count - NAMED);
    }
}

static bool check_strangers(const struct payout_data *data, const struct payout_files *files,
                            struct talk *talk, struct error *error) {
    struct text names = {0};
    bool good = true;
    if (data->dealings.strangers.count > 0) {
        add_strangers(&names, &data->dealings);
        if (files->skip_bad_rows) {
            talk_say(talk, "%s: credits of people without a row in %s are left out: %s",
                     files->deals, files->people, text_bytes(&names));
        } else {
            good = error_add(error, ERROR_QUESTION,
                             "%s: people without a row in %s: %s; add them, or leave their "
                             "credits out with --skip-bad-rows",
                             files->deals, files->people, text_bytes(&names));
        }
    }
    if (data->gauges.strangers.count > 0) {
        talk_say(talk,
                 "%s: %zu people are not in the other tables, such as %s in line %ld; their "
                 "rows do not count",
                 files->measures, data->gauges.strangers.count, data->gauges.strangers.names[0],
                 data->gauges.first_stranger);
    }
    text_free(&names);
    return good;
}

static bool find_months(struct payout_data *data, const struct payout_files *files,
                        struct error *error) {
    data->first_month = data->dealings.first_month;
    data->last_month = data->dealings.last_month;
    if (data->last_month < data->first_month) {
        return error_add(error, ERROR_QUESTION, "%s: there are no deals", files->deals);
    }
    if (data->gauges.last_month >= data->gauges.first_month && data->gauges.count > 0) {
        data->first_month = data->gauges.first_month < data->first_month ? data->gauges.first_month
                                                                         : data->first_month;
        data->last_month =
            data->gauges.last_month > data->last_month ? data->gauges.last_month : data->last_month;
    }
    return true;
}

bool payout_data_read(struct payout_data *data, const struct payout_files *files,
                      const struct parameters *parameters, struct talk *talk, struct error *error) {
    struct table_report report = {0};
    bool good = watch_products(data, parameters, error);
    data->options = (struct table_options){.skip_bad_rows = files->skip_bad_rows};
    data->dealings = (struct dealings){.path = files->deals,
                                       .options = &data->options,
                                       .roster = &data->roster,
                                       .products = &data->products};
    if (good && files->people != NULL) {
        good = roster_read(&data->roster, files->people, &data->options, &report, error);
        say_report(talk, files->people, &report, files->skip_bad_rows);
    }
    bool people_good = good;
    good = dealings_survey(&data->dealings, &report, error) && good;
    bool in_order = report.deals_in_order;
    say_report(talk, files->deals, &report, files->skip_bad_rows);
    if (files->measures != NULL) {
        good = gauges_read(&data->gauges, files->measures, &data->options, &data->roster, &report,
                           error) &&
               good;
        say_report(talk, files->measures, &report, files->skip_bad_rows);
    }
    if (people_good && data->roster.listed && data->roster.names.count == 0) {
        good = error_add(error, ERROR_QUESTION, "%s: there are no people", files->people);
    }
    good = good && check_strangers(data, files, talk, error) && find_months(data, files, error);
    if (good && !in_order) {
        talk_say(talk,
                 "%s: the rows are not in the order of their dates; they are sorted in "
                 "memory",
                 files->deals);
    }
    return good;
}

/* The months that --from and --to name, in place of those of the tables. */
static bool move_months(struct payout_data *data, const char *from, const char *to, long begin,
                        long end, struct error *error) {
    char first[MONTH_SIZE];
    char last[MONTH_SIZE];
    (void)payout_month(first, data->first_month);
    (void)payout_month(last, data->last_month);
    data->last_month = to == NULL ? data->last_month : end;
    data->paid_from = from == NULL ? 0 : begin;
    if (from != NULL && begin < data->first_month) {
        data->first_month = begin;
    }
    if (from != NULL && begin > data->last_month) {
        return to == NULL
                   ? error_add(error, ERROR_QUESTION,
                               "--from %s: the tables end before, in %s; with --to months without "
                               "deals count too",
                               from, last)
                   : error_add(error, ERROR_QUESTION, "--from %s is after --to %s", from, to);
    }
    return data->last_month >= data->first_month ||
           error_add(error, ERROR_QUESTION, "--to %s: the tables begin after it, in %s", to, first);
}

bool payout_data_bound(struct payout_data *data, const char *from, const char *to,
                       long fiscal_year_start, struct error *error) {
    long begin;
    long end;
    long unused;
    if (!payout_read_period("from", from, fiscal_year_start, &begin, &unused, error) ||
        !payout_read_period("to", to, fiscal_year_start, &unused, &end, error) ||
        !move_months(data, from, to, begin, end, error)) {
        return false;
    }
    if (data->last_month - data->first_month >= MONTHS_MOST) {
        char first[MONTH_SIZE];
        char last[MONTH_SIZE];
        return error_add(error, ERROR_QUESTION,
                         "the months reach from %s to %s, more than 50 years; is a year mistyped?",
                         payout_month(first, data->first_month),
                         payout_month(last, data->last_month));
    }
    return true;
}

static bool own_plan(const struct payout_data *data, const struct parameters *parameters,
                     size_t payee, size_t *plan, struct error *error) {
    const struct payee *person = &data->roster.payees[payee];
    const char *name = data->roster.names.names[payee];
    const char *named = person->plan == SIZE_MAX ? NULL : data->roster.plans.names[person->plan];
    const char *role = person->role == SIZE_MAX ? NULL : data->roster.roles.names[person->role];
    for (size_t r = 0; named == NULL && role != NULL && r < parameters->role_count; r++) {
        named = strcmp(parameters->roles[r].name, role) == 0 ? parameters->roles[r].plan : NULL;
    }
    for (size_t n = 0; named != NULL && n < parameters->plan_count; n++) {
        if (strcmp(parameters->plans[n].name, named) == 0) {
            *plan = n;
            return true;
        }
    }
    if (named != NULL) {
        return error_add(error, ERROR_QUESTION,
                         "%s is on the plan %s, which is not in the "
                         "scenario; name plans for everybody with --plan",
                         name, named);
    }
    return error_add(error, ERROR_QUESTION,
                     "%s has neither a plan nor a role of the scenario%s%s: write the column plan "
                     "of --people, or name a plan for everybody with --plan",
                     name, role == NULL ? "" : ", but the role ", role == NULL ? "" : role);
}

bool payout_data_schemes(struct payout_data *data, const struct parameters *parameters,
                         const size_t *plans, size_t plan_count, struct error *error) {
    size_t people = data->roster.names.count;
    size_t count = plan_count == 0 ? 1 : plan_count;
    bool good = true;
    data->schemes = memory_array(count, sizeof *data->schemes, "schemes", error);
    if (data->schemes == NULL) {
        return false;
    }
    data->scheme_count = count;
    for (size_t s = 0; s < count; s++) {
        struct pay_scheme *scheme = &data->schemes[s];
        scheme->name = plan_count == 0 ? "own plans" : parameters->plans[plans[s]].name;
        scheme->plans = memory_array(people, sizeof *scheme->plans, "plans of people", error);
        if (scheme->plans == NULL) {
            return false;
        }
        for (size_t p = 0; p < people; p++) {
            if (plan_count > 0) {
                scheme->plans[p] = plans[s];
            } else {
                good = own_plan(data, parameters, p, &scheme->plans[p], error) && good;
            }
        }
    }
    return good;
}

/* Deals before and after the months that are paid. */
static void note_bounds(const struct payout_data *data, const struct payday_question *question,
                        const struct payday_results *results, struct talk *talk) {
    char month[MONTH_SIZE];
    if (results->earlier > 0) {
        talk_say(talk,
                 "%s: %ld deals before %s count for what runs on from them, such as the year to "
                 "date; their own pay is not listed",
                 data->dealings.path, results->earlier, payout_month(month, question->paid_from));
    }
    if (results->later > 0) {
        talk_say(talk, "%s: %ld deals after %s are left out", data->dealings.path, results->later,
                 payout_month(month, question->last_month));
    }
}

/* Own targets cannot be told apart from commissions that are paid by a rate. */
static void note_targets(const struct payday_question *question, struct talk *talk) {
    for (size_t n = 0; n < question->parameters->plan_count; n++) {
        const struct plan *plan = &question->parameters->plans[n];
        bool concerned = false;
        for (size_t s = 0; s < question->scheme_count; s++) {
            for (size_t p = 0; p < question->roster->names.count; p++) {
                concerned = concerned || (question->schemes[s].plans[p] == n &&
                                          !isnan(question->roster->payees[p].target));
            }
        }
        if (concerned && payday_plan_target(plan) <= 0.0 && plan->component_count > 0) {
            talk_say(talk,
                     "plans.%s pays commission by a rate, so targets of people do not scale it: "
                     "the column target is not used for it",
                     plan->name);
        }
    }
}

static void note_unpaid(const struct payday_question *question,
                        const struct payday_results *results, struct talk *talk) {
    for (size_t p = 0; p < question->roster->names.count; p++) {
        const struct unpaid *unpaid = &results->unpaid[p];
        char amount[MONEY_SIZE];
        if (unpaid->deals > 0) {
            talk_say(talk,
                     "%s: %ld deals, %s, lie in months that do not count (a month counts for who "
                     "is employed on its last day) and are not paid",
                     question->roster->names.names[p], unpaid->deals,
                     payout_money(amount, unpaid->amount / 10000));
        }
    }
}

void payout_data_notes(const struct payout_data *data, const struct payday_question *question,
                       const struct payday_results *results, struct talk *talk) {
    note_bounds(data, question, results, talk);
    payout_cuts_say(question, results, talk);
    note_targets(question, talk);
    note_unpaid(question, results, talk);
    if (results->cancelled_later > 0) {
        char month[MONTH_SIZE];
        talk_say(talk, "%s: %ld deals are cancelled after %s, the last month, and count as kept",
                 data->dealings.path, results->cancelled_later,
                 payout_month(month, question->last_month));
    }
    for (size_t i = 0; i < data->products.count; i++) {
        if (!data->dealings.product_seen[i]) {
            talk_detail(talk, "%s: no deal is of the product %s, which a plan names",
                        data->dealings.path, data->products.names[i]);
        }
    }
}

void payout_data_free(struct payout_data *data) {
    for (size_t s = 0; data->schemes != NULL && s < data->scheme_count; s++) {
        free(data->schemes[s].plans);
    }
    free(data->schemes);
    gauges_free(&data->gauges);
    dealings_free(&data->dealings);
    roster_free(&data->roster);
    dictionary_free(&data->products);
    *data = (struct payout_data){0};
}

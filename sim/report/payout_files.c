/* Rows and JSON of what plans pay on real deals, printed or in a folder. */
#include "report/format.h"
#include "report/json.h"
#include "report/payout_tables.h"
#include "report/payout_text.h"

#include <math.h>

static void csv_money(FILE *stream, int64_t cents) {
    char buffer[MONEY_SIZE];
    (void)fprintf(stream, ",%s", payout_plain(buffer, cents));
}

void payout_csv(FILE *stream, const struct payout *payout) {
    const struct payday_question *question = payout->question;
    (void)fputs("plan,person,month,component,kind,amount\n", stream);
    for (size_t i = 0; i < payout->results->line_count; i++) {
        const struct pay_line *line = &payout->results->lines[i];
        char month[MONTH_SIZE];
        format_csv(stream, question->parameters->plans[line->plan].name);
        (void)fputc(',', stream);
        format_csv(stream, question->roster->names.names[line->payee]);
        (void)fprintf(stream, ",%s,", payout_month_plain(month, line->month));
        format_csv(stream, payout_component(payout, line));
        (void)fprintf(stream, ",%s", PAY_KIND_NAMES[line->kind]);
        csv_money(stream, line->cents);
        (void)fputc('\n', stream);
    }
}

static void json_money(FILE *stream, const char *key, int64_t cents) {
    char buffer[MONEY_SIZE];
    (void)fprintf(stream, ", \"%s\": %s", key, payout_plain(buffer, cents));
}

static int64_t sum_of(const struct payout *payout, size_t scheme, enum pay_kind kind) {
    int64_t sum = 0;
    for (size_t p = 0; p < payout->totals->people; p++) {
        sum += payday_sums(payout->totals, scheme, p)->cents[kind];
    }
    return sum;
}

/* Totals of the components of all plans of a scheme that paid anything. */
static void json_components(FILE *stream, const struct payout *payout, size_t scheme) {
    const struct parameters *parameters = payout->question->parameters;
    const char *comma = "";
    (void)fputs(", \"components\": [", stream);
    for (size_t n = 0; n < parameters->plan_count; n++) {
        for (size_t c = 0; c < parameters->plans[n].component_count; c++) {
            struct component_total total = payout_total(payout, scheme, n, c, PAY_LINE);
            if (total.payments > 0) {
                (void)fprintf(stream, "%s\n      {\"plan\": ", comma);
                json_string(stream, parameters->plans[n].name);
                (void)fputs(", \"component\": ", stream);
                json_string(stream, parameters->plans[n].components[c].name);
                (void)fprintf(stream, ", \"payments\": %zu", total.payments);
                json_money(stream, "pay", total.cents);
                (void)fputc('}', stream);
                comma = ",";
            }
        }
    }
    (void)fputs("]", stream);
}

static void json_scheme(FILE *stream, const struct payout *payout, size_t scheme) {
    char buffer[32];
    struct pay_comparison all = payday_compare(payout->totals, scheme, TENTHS);
    double bookings = (double)payout->results->bookings / 1e6;
    (void)fprintf(stream, "%s\n    {\"plan\": ", scheme == 0 ? "" : ",");
    json_string(stream, payout->question->schemes[scheme].name);
    (void)fprintf(stream, ", \"people\": %zu", all.people);
    json_money(stream, "paid", all.other);
    (void)fprintf(stream, ", \"pay_ratio\": %s",
                  bookings > 0.0 ? text_number(buffer, (double)all.other / 100.0 / bookings, true)
                                 : "null");
    for (size_t kind = PAY_SPLIT; kind < PAY_KINDS; kind++) {
        json_money(stream, PAY_KIND_NAMES[kind], sum_of(payout, scheme, (enum pay_kind)kind));
    }
    json_components(stream, payout, scheme);
    if (scheme > 0) {
        (void)fprintf(stream, ",\n     \"winners\": %zu, \"losers\": %zu", all.winners, all.losers);
        json_money(stream, "difference", all.other - all.first);
        json_money(stream, "won", all.won);
        json_money(stream, "lost", all.lost);
    }
    (void)fputc('}', stream);
}

static void json_payments(FILE *stream, const struct payout *payout) {
    const struct payday_question *question = payout->question;
    (void)fputs(",\n  \"payments\": [", stream);
    for (size_t i = 0; i < payout->results->line_count; i++) {
        const struct pay_line *line = &payout->results->lines[i];
        char month[MONTH_SIZE];
        (void)fprintf(stream, "%s\n    {\"plan\": ", i == 0 ? "" : ",");
        json_string(stream, question->parameters->plans[line->plan].name);
        (void)fputs(", \"person\": ", stream);
        json_string(stream, question->roster->names.names[line->payee]);
        (void)fprintf(
            stream, ", \"month\": \"%s\", \"component\": ", payout_month_plain(month, line->month));
        json_string(stream, payout_component(payout, line));
        (void)fprintf(stream, ", \"kind\": \"%s\"", PAY_KIND_NAMES[line->kind]);
        json_money(stream, "amount", line->cents);
        (void)fputc('}', stream);
    }
    (void)fputs("]", stream);
}

void payout_json(FILE *stream, const struct payout *payout, bool payments) {
    const struct payday_question *question = payout->question;
    char month[MONTH_SIZE];
    (void)fputs("{ \"scenario\": ", stream);
    json_string(stream, question->parameters->name);
    (void)fprintf(stream, ",\n  \"first_month\": \"%s\"",
                  payout_month_plain(month, payday_first_paid(question)));
    (void)fprintf(stream, ", \"last_month\": \"%s\", \"deals\": %ld",
                  payout_month_plain(month, question->last_month),
                  question->dealings->rows - payout->results->earlier - payout->results->later);
    json_money(stream, "bookings", payout->results->bookings / 10000);
    (void)fputs(",\n  \"plans\": [", stream);
    for (size_t s = 0; s < question->scheme_count; s++) {
        json_scheme(stream, payout, s);
    }
    (void)fputs("]", stream);
    if (payments) {
        json_payments(stream, payout);
    }
    (void)fputs("\n}\n", stream);
}

static void write_payments(FILE *stream, const struct payout *payout) {
    payout_csv(stream, payout);
}

static void write_people(FILE *stream, const struct payout *payout) {
    const struct payday_question *question = payout->question;
    (void)fputs("plan,person,paid", stream);
    for (size_t kind = 0; kind < PAY_KINDS; kind++) {
        (void)fprintf(stream, ",%s", PAY_KIND_NAMES[kind]);
    }
    (void)fputc('\n', stream);
    for (size_t s = 0; s < question->scheme_count; s++) {
        for (size_t p = 0; p < payout->totals->people; p++) {
            const struct pay_sums *sums = payday_sums(payout->totals, s, p);
            if (!payout->totals->counted[p]) {
                continue;
            }
            format_csv(stream, question->parameters->plans[question->schemes[s].plans[p]].name);
            (void)fputc(',', stream);
            format_csv(stream, question->roster->names.names[p]);
            csv_money(stream, sums->paid);
            for (size_t kind = 0; kind < PAY_KINDS; kind++) {
                csv_money(stream, sums->cents[kind]);
            }
            (void)fputc('\n', stream);
        }
    }
}

static void write_comparison(FILE *stream, const struct payout *payout) {
    const struct payday_question *question = payout->question;
    (void)fputs("person,tenth,baseline,plan,baseline_paid,plan_paid,difference\n", stream);
    for (size_t s = 1; s < question->scheme_count; s++) {
        for (size_t p = 0; p < payout->totals->people; p++) {
            int64_t first = payday_sums(payout->totals, 0, p)->paid;
            int64_t other = payday_sums(payout->totals, s, p)->paid;
            if (!payout->totals->counted[p]) {
                continue;
            }
            format_csv(stream, question->roster->names.names[p]);
            (void)fprintf(stream, ",%zu,", payout->totals->tenth[p] + 1);
            format_csv(stream, question->schemes[0].name);
            (void)fputc(',', stream);
            format_csv(stream, question->schemes[s].name);
            csv_money(stream, first);
            csv_money(stream, other);
            csv_money(stream, other - first);
            (void)fputc('\n', stream);
        }
    }
}

static void write_summary(FILE *stream, const struct payout *payout) {
    payout_json(stream, payout, false);
}

bool payout_write(const struct folder *folder, const struct payout *payout, struct error *error) {
    static const struct {
        const char *name;
        void (*write)(FILE *stream, const struct payout *payout);
    } FILES[] = {{"payments.csv", write_payments},
                 {"people.csv", write_people},
                 {"comparison.csv", write_comparison},
                 {"summary.json", write_summary}};
    for (size_t f = 0; f < sizeof FILES / sizeof *FILES; f++) {
        struct folder_file file = {0};
        if (FILES[f].write == write_comparison && payout->question->scheme_count < 2) {
            continue;
        }
        if (!folder_begin(folder, FILES[f].name, &file, error)) {
            return false;
        }
        FILES[f].write(file.stream, payout);
        if (!folder_commit(&file, error)) {
            return false;
        }
    }
    return true;
}

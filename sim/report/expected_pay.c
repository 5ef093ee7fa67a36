#include "report/expected_pay.h"

#include "report/format.h"
#include "report/json.h"

#include <math.h>
#include <string.h>

enum { NAME_WIDTH = 24, NUMBER_WIDTH = 11 };

void expected_pay_law(struct text *text, const struct attainment *attainment) {
    text_add(text, "%s, mean %g, standard deviation %g", ATTAINMENT_LAWS[attainment->law],
             attainment->mean, attainment->sd);
    if (attainment->law == ATTAINMENT_DEALS) {
        text_add(text, ", %g a period", attainment->deals);
    }
}

/* A name, cleaned and filled up with blanks. */
static void print_name(FILE *stream, const char *name) {
    struct text clean = {0};
    format_clean(&clean, name, NAME_WIDTH - 1);
    (void)fprintf(stream, "%s%*s", text_bytes(&clean), NAME_WIDTH - text_width(text_bytes(&clean)),
                  "");
    text_free(&clean);
}

/* Whole currency with commas; small amounts keep their cents. */
static void print_amount(FILE *stream, double value, bool small) {
    char digits[FORMAT_SIZE];
    char shown[FORMAT_SIZE + 8];
    if (fabs(value) > 1e15) {
        (void)snprintf(shown, sizeof shown, "%.4g", value);
    } else if (small) {
        (void)snprintf(shown, sizeof shown, "%.4f", value);
    } else {
        double whole = floor(fabs(value) + 0.5);
        (void)snprintf(shown, sizeof shown, "%s%s", value < 0.0 && whole > 0.0 ? "-" : "",
                       format_count(digits, (uint64_t)whole));
    }
    (void)fprintf(stream, "%*s", NUMBER_WIDTH, shown);
}

static void print_line(FILE *stream, const char *name, const struct forecast_line *line,
                       double fixed, bool small) {
    char share[FORMAT_SIZE];
    print_name(stream, name);
    if (line->gap != FORECAST_FINE) {
        (void)fprintf(stream, "%*s\n", NUMBER_WIDTH, "-");
        return;
    }
    print_amount(stream, fixed + line->expected, small);
    print_amount(stream, fixed + line->at_mean, small);
    print_amount(stream, line->expected - line->at_mean, small);
    print_amount(stream, line->sd, small);
    print_amount(stream, fixed + line->reserve, small);
    (void)fprintf(stream, "%*s\n", NUMBER_WIDTH,
                  format_value(share, "share", line->share_at_quota));
}

static void print_head(FILE *stream, const char *first) {
    static const char *const HEADS[] = {"expected", "at mean", "gap", "sd", "P90", "at quota"};
    (void)fprintf(stream, "%-*s", NAME_WIDTH, first);
    for (size_t h = 0; h < sizeof HEADS / sizeof HEADS[0]; h++) {
        (void)fprintf(stream, "%*s", NUMBER_WIDTH, HEADS[h]);
    }
    (void)fputc('\n', stream);
}

/* What is not in the numbers, one sentence a line. */
static void print_left_out(FILE *stream, const struct expected_plan *expected) {
    const struct plan *plan = expected->plan;
    for (size_t c = 0; c < plan->component_count; c++) {
        struct text name = {0};
        struct text words = {0};
        format_clean(&name, plan->components[c].name, 0);
        forecast_left_out(&plan->components[c], &words);
        if (expected->forecast.lines[c].gap != FORECAST_FINE) {
            (void)fprintf(stream, "%s: not in the sums, as it %s.\n", text_bytes(&name),
                          FORECAST_GAPS[expected->forecast.lines[c].gap]);
        } else if (words.length > 0) {
            (void)fprintf(stream, "%s: not counted: %s.\n", text_bytes(&name), text_bytes(&words));
        }
        text_free(&name);
        text_free(&words);
    }
    if (plan->draw.amount > 0.0) {
        (void)fprintf(stream, "The draw is not counted.\n");
    }
}

static void print_plan(FILE *stream, const struct expected_plan *expected) {
    const struct plan *plan = expected->plan;
    const struct forecast *forecast = &expected->forecast;
    bool small = plan->salary < 1000.0 && fabs(forecast->total.expected) < 1000.0;
    struct text name = {0};
    format_clean(&name, plan->name, 0);
    (void)fprintf(stream, "\nplan %s", text_bytes(&name));
    text_free(&name);
    if (expected->role != NULL) {
        format_clean(&name, expected->role, 0);
        (void)fprintf(stream, ", quotas that it does not write: those of role %s",
                      text_bytes(&name));
        text_free(&name);
    }
    (void)fputs("\n\n", stream);
    print_head(stream, "currency a year");
    for (size_t c = 0; c < plan->component_count; c++) {
        print_line(stream, plan->components[c].name, &forecast->lines[c], 0.0, small);
    }
    print_line(stream, plan->cap > 0.0 ? "variable pay, capped" : "variable pay", &forecast->total,
               0.0, small);
    print_line(stream, "with salary", &forecast->total, plan->salary, small);
    print_left_out(stream, expected);
}

void expected_pay_table(const struct expected_pay *pay, FILE *stream) {
    struct text law = {0};
    expected_pay_law(&law, &pay->attainment);
    (void)fprintf(stream, "attainment of a period: %s\n", text_bytes(&law));
    text_free(&law);
    for (size_t p = 0; p < pay->count; p++) {
        print_plan(stream, &pay->plans[p]);
    }
    if (pay->count > 1) {
        (void)fputc('\n', stream);
        print_head(stream, "plans, with salary");
        for (size_t p = 0; p < pay->count; p++) {
            print_line(stream, pay->plans[p].plan->name, &pay->plans[p].forecast.total,
                       pay->plans[p].plan->salary, false);
        }
    }
}

/* A row of the data: what kind of line it is, its name, its numbers. */
struct row {
    const char *line;
    const char *name;
    const struct forecast_line *numbers;
    double fixed;
};

static void csv_row(FILE *stream, const char *plan, const struct row *row, const char *left_out) {
    const struct forecast_line *numbers = row->numbers;
    bool fine = numbers->gap == FORECAST_FINE;
    const double values[] = {row->fixed + numbers->expected,       row->fixed + numbers->at_mean,
                             numbers->expected - numbers->at_mean, numbers->sd,
                             row->fixed + numbers->reserve,        numbers->share_at_quota};
    format_csv(stream, plan);
    (void)fprintf(stream, ",%s,", row->line);
    format_csv(stream, row->name);
    for (size_t v = 0; v < sizeof values / sizeof values[0]; v++) {
        format_csv_number(stream, fine ? values[v] : (double)NAN);
    }
    (void)fputc(',', stream);
    format_csv(stream, left_out);
    (void)fputc('\n', stream);
}

/* What a component leaves out; all of it when there is a gap. */
static void left_out(const struct expected_plan *expected, size_t c, struct text *words) {
    enum forecast_gap gap = expected->forecast.lines[c].gap;
    if (gap != FORECAST_FINE) {
        text_add(words, "all: it %s", FORECAST_GAPS[gap]);
    } else {
        forecast_left_out(&expected->plan->components[c], words);
    }
}

void expected_pay_csv(const struct expected_pay *pay, FILE *stream) {
    (void)fputs("plan,line,name,expected,at_mean,gap,sd,p90,share_at_quota,not_counted\n", stream);
    for (size_t p = 0; p < pay->count; p++) {
        const struct expected_plan *expected = &pay->plans[p];
        const struct plan *plan = expected->plan;
        for (size_t c = 0; c < plan->component_count; c++) {
            struct text words = {0};
            left_out(expected, c, &words);
            csv_row(stream, plan->name,
                    &(struct row){"component", plan->components[c].name,
                                  &expected->forecast.lines[c], 0.0},
                    text_bytes(&words));
            text_free(&words);
        }
        const char *draw = plan->draw.amount > 0.0 ? "draw" : "";
        csv_row(stream, plan->name, &(struct row){"variable", "", &expected->forecast.total, 0.0},
                draw);
        csv_row(stream, plan->name,
                &(struct row){"total", "", &expected->forecast.total, plan->salary}, draw);
    }
}

static void json_line(FILE *stream, const struct forecast_line *line) {
    bool fine = line->gap == FORECAST_FINE;
    json_number(stream, ", ", "expected", fine ? line->expected : (double)NAN);
    json_number(stream, ", ", "at_mean", fine ? line->at_mean : (double)NAN);
    json_number(stream, ", ", "gap", fine ? line->expected - line->at_mean : (double)NAN);
    json_number(stream, ", ", "sd", fine ? line->sd : (double)NAN);
    json_number(stream, ", ", "p90", fine ? line->reserve : (double)NAN);
    json_number(stream, ", ", "share_at_quota", line->share_at_quota);
}

static void json_plan(FILE *stream, const struct expected_plan *expected) {
    const struct plan *plan = expected->plan;
    (void)fputs("    {\"name\": ", stream);
    json_string(stream, plan->name);
    (void)fputs(", \"role\": ", stream);
    if (expected->role == NULL) {
        (void)fputs("null", stream);
    } else {
        json_string(stream, expected->role);
    }
    json_number(stream, ", ", "salary", plan->salary);
    (void)fputs(",\n     \"variable\": {\"unit\": \"currency a year\"", stream);
    json_line(stream, &expected->forecast.total);
    (void)fprintf(stream, ", \"not_counted\": \"%s\"},\n     \"components\": [",
                  plan->draw.amount > 0.0 ? "draw" : "");
    for (size_t c = 0; c < plan->component_count; c++) {
        struct text words = {0};
        left_out(expected, c, &words);
        (void)fprintf(stream, "%s\n        {\"name\": ", c > 0 ? "," : "");
        json_string(stream, plan->components[c].name);
        json_line(stream, &expected->forecast.lines[c]);
        (void)fputs(", \"not_counted\": ", stream);
        json_string(stream, text_bytes(&words));
        (void)fputc('}', stream);
        text_free(&words);
    }
    (void)fputs("]}", stream);
}

void expected_pay_json(const struct expected_pay *pay, FILE *stream) {
    (void)fprintf(stream, "{\n  \"attainment\": {\"law\": \"%s\"",
                  ATTAINMENT_LAWS[pay->attainment.law]);
    json_number(stream, ", ", "mean", pay->attainment.mean);
    json_number(stream, ", ", "sd", pay->attainment.sd);
    if (pay->attainment.law == ATTAINMENT_DEALS) {
        json_number(stream, ", ", "deals", pay->attainment.deals);
    }
    (void)fputs("},\n  \"plans\": [\n", stream);
    for (size_t p = 0; p < pay->count; p++) {
        json_plan(stream, &pay->plans[p]);
        (void)fputs(p + 1 < pay->count ? ",\n" : "\n", stream);
    }
    (void)fputs("  ]\n}\n", stream);
}

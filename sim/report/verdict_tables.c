#include "report/format.h"
#include "report/json.h"
#include "report/verdict.h"

#include <math.h>

static void write_name(FILE *stream, const struct verdict *verdict, size_t plan) {
    struct text name = {0};
    format_plan(&name, verdict->results, plan, 0);
    format_csv(stream, text_bytes(&name));
    text_free(&name);
}

static bool write_plans(const struct folder *folder, const struct verdict *verdict,
                        struct error *error) {
    struct folder_file file;
    if (!folder_begin(folder, "decision.csv", &file, error)) {
        return false;
    }
    (void)fputs("metric,plan,rank,rank_low,rank_high,mean,standard_error,advantage,advantage_low,"
                "advantage_high,probability_best,share_best,regret,regret_standard_error,"
                "expected_loss\n",
                file.stream);
    for (size_t p = 0; p < verdict->decision->plan_count; p++) {
        const struct decision_plan *plan = &verdict->decision->plans[p];
        const double numbers[] = {
            plan->mean,       plan->standard_error, plan->advantage,
            plan->low,        plan->high,           plan->probability_best,
            plan->share_best, plan->regret,         plan->regret_standard_error,
            plan->loss};
        (void)fprintf(file.stream, "%s,", verdict->metric);
        write_name(file.stream, verdict, p);
        (void)fprintf(file.stream, ",%zu,%zu,%zu", plan->rank, plan->rank_low, plan->rank_high);
        for (size_t n = 0; n < sizeof numbers / sizeof numbers[0]; n++) {
            format_csv_number(file.stream, numbers[n]);
        }
        (void)fputc('\n', file.stream);
    }
    return folder_commit(&file, error);
}

static bool write_pairs(const struct folder *folder, const struct verdict *verdict,
                        struct error *error) {
    struct folder_file file;
    if (!folder_begin(folder, "decision_pairs.csv", &file, error)) {
        return false;
    }
    (void)fputs("metric,plan,other,advantage,standard_error,advantage_low,advantage_high,"
                "p_value,p_value_holm\n",
                file.stream);
    for (size_t p = 0; p < verdict->decision->pair_count; p++) {
        const struct decision_pair *pair = &verdict->decision->pairs[p];
        (void)fprintf(file.stream, "%s,", verdict->metric);
        write_name(file.stream, verdict, pair->first);
        (void)fputc(',', file.stream);
        write_name(file.stream, verdict, pair->second);
        format_csv_number(file.stream, pair->advantage);
        format_csv_number(file.stream, pair->standard_error);
        format_csv_number(file.stream, pair->low);
        format_csv_number(file.stream, pair->high);
        format_csv_number(file.stream, pair->probability);
        format_csv_number(file.stream, pair->corrected);
        (void)fputc('\n', file.stream);
    }
    return folder_commit(&file, error);
}

bool verdict_write_tables(const struct folder *folder, const struct verdict *verdict,
                          struct error *error) {
    return write_plans(folder, verdict, error) && write_pairs(folder, verdict, error);
}

static void print_name(FILE *stream, const char *before, const struct verdict *verdict,
                       size_t plan) {
    struct text name = {0};
    format_plan(&name, verdict->results, plan, 0);
    (void)fputs(before, stream);
    json_string(stream, text_bytes(&name));
    text_free(&name);
}

static void print_plan(FILE *stream, const struct verdict *verdict, size_t p) {
    const struct decision_plan *plan = &verdict->decision->plans[p];
    print_name(stream, "    {\"plan\": ", verdict, p);
    (void)fprintf(stream, ", \"rank\": %zu, \"rank_low\": %zu, \"rank_high\": %zu", plan->rank,
                  plan->rank_low, plan->rank_high);
    json_number(stream, ", ", "mean", plan->mean);
    json_number(stream, ", ", "standard_error", plan->standard_error);
    json_number(stream, ",\n     ", "advantage", plan->advantage);
    json_number(stream, ", ", "advantage_low", plan->low);
    json_number(stream, ", ", "advantage_high", plan->high);
    json_number(stream, ",\n     ", "probability_best", plan->probability_best);
    json_number(stream, ", ", "share_best", plan->share_best);
    json_number(stream, ", ", "regret", plan->regret);
    json_number(stream, ", ", "regret_standard_error", plan->regret_standard_error);
    json_number(stream, ", ", "expected_loss", plan->loss);
    (void)fprintf(stream, "}%s\n", p + 1 < verdict->decision->plan_count ? "," : "");
}

static void print_pair(FILE *stream, const struct verdict *verdict, size_t p) {
    const struct decision_pair *pair = &verdict->decision->pairs[p];
    print_name(stream, "    {\"plan\": ", verdict, pair->first);
    print_name(stream, ", \"other\": ", verdict, pair->second);
    json_number(stream, ", ", "advantage", pair->advantage);
    json_number(stream, ", ", "standard_error", pair->standard_error);
    json_number(stream, ", ", "advantage_low", pair->low);
    json_number(stream, ", ", "advantage_high", pair->high);
    json_number(stream, ", ", "p_value", pair->probability);
    json_number(stream, ", ", "p_value_holm", pair->corrected);
    (void)fprintf(stream, "}%s\n", p + 1 < verdict->decision->pair_count ? "," : "");
}

void verdict_print_json(FILE *stream, const struct verdict *verdict) {
    const struct decision *decision = verdict->decision;
    struct text sentence = {0};
    (void)fputs("{\n   \"metric\": ", stream);
    json_string(stream, verdict->metric);
    (void)fputs(", \"unit\": ", stream);
    json_string(stream, verdict->outcome->unit);
    (void)fprintf(stream,
                  ", \"better\": \"%s\", \"confidence\": 0.95,\n   \"histories\": %llu, "
                  "\"histories_without_value\": %llu, \"decided\": %s",
                  decision->lower_is_better ? "lower" : "higher",
                  (unsigned long long)decision->histories, (unsigned long long)decision->missing,
                  decision->decided ? "true" : "false");
    json_number(stream, ", ", "histories_needed", decision->histories_needed);
    print_name(stream, ",\n   \"leader\": ", verdict, decision->leader);
    (void)fputs(",\n   \"sentence\": ", stream);
    verdict_sentence(&sentence, LANGUAGE_ENGLISH, verdict->metric, verdict);
    json_string(stream, text_bytes(&sentence));
    text_free(&sentence);
    (void)fputs(",\n   \"pay\": ", stream);
    verdict_pay(&sentence, LANGUAGE_ENGLISH, verdict);
    json_string(stream, text_bytes(&sentence));
    text_free(&sentence);
    (void)fputs(",\n   \"plans\": [\n", stream);
    for (size_t p = 0; p < decision->plan_count; p++) {
        print_plan(stream, verdict, p);
    }
    (void)fputs("   ],\n   \"pairs\": [\n", stream);
    for (size_t p = 0; p < decision->pair_count; p++) {
        print_pair(stream, verdict, p);
    }
    (void)fputs("   ] }", stream);
}

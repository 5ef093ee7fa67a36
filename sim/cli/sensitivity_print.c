#include "cli/sensitivity_print.h"

#include "cli/dry_run.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "report/format.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void sensitivity_print_word(struct text *text, const char *word) {
    static const char PLAIN[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_-./,:=+@%";
    if (*word != '\0' && word[strspn(word, PLAIN)] == '\0') {
        text_add(text, "%s", word);
        return;
    }
    text_add(text, "'");
    for (const char *at = word; *at != '\0'; at++) {
        text_add(text, *at == '\'' ? "'\\''" : "%c", *at);
    }
    text_add(text, "'");
}

static void add_option(struct text *text, const char *name, const char *value) {
    text_add(text, " \\\n    --%s ", name);
    sensitivity_print_word(text, value);
}

void sensitivity_print_repeated(struct text *text, const struct options *options,
                                const char *against, const char *metrics, uint64_t usual) {
    char number[24];
    if (against != NULL) {
        add_option(text, "against", against);
    }
    for (size_t s = 0; s < options->set_count; s++) {
        add_option(text, "set", options->sets[s]);
    }
    if (options->seed_given) {
        (void)snprintf(number, sizeof number, "%" PRIu64, options->seed);
        add_option(text, "seed", number);
    }
    if (options->replications > 0 && options->replications != usual) {
        (void)snprintf(number, sizeof number, "%" PRIu64, options->replications);
        add_option(text, "replications", number);
    }
    if (metrics != NULL) {
        add_option(text, "metrics", metrics);
    }
}

bool sensitivity_print(const struct options *options, const struct sensitivity_report *report,
                       struct error *error) {
    struct output output;
    struct text text = {0};
    bool good = false;
    if (!output_open(&output, error)) {
        return false;
    }
    switch (options->format) {
    case FORMAT_CSV:
        good = sensitivity_report_csv(output.stream, report, error);
        break;
    case FORMAT_JSON:
        good = sensitivity_report_json(output.stream, report, error);
        break;
    case FORMAT_TABLE:
        good = sensitivity_report_text(&text, report, error);
        (void)fputs(text_bytes(&text), output.stream);
        text_free(&text);
        break;
    }
    return output_print(&output, good, error);
}

bool sensitivity_print_dry(const struct sensitivity_axes *axes,
                           const struct sensitivity_report *report, const char *path, bool begun,
                           struct error *error) {
    const struct sweep *sweep = report->analysis->sweep;
    struct estimate estimate;
    struct text text = {0};
    char all[FORMAT_SIZE];
    if (!estimate_sweep(&estimate, sweep, error)) {
        return false;
    }
    if (*interrupt_flag()) {
        return error_add(error, ERROR_INTERRUPTED, "interrupted");
    }
    sensitivity_report_head(&text, report);
    for (size_t a = 0; a < axes->axes.count; a++) {
        const struct design_axis *axis = &axes->axes.axes[a];
        text_add(&text, "  %s", text_bytes(&axis->path));
        if (axis->range) {
            text_add(&text, "=%.10g:%.10g", axis->low, axis->high);
        }
        text_add(&text, " (now %s)\n", text_bytes(&axes->base[a]));
    }
    text_add(&text, "%s in all\n",
             format_histories(all, sweep->design->point_count * sweep->plan_count *
                                       sweep->replications));
    dry_run_describe(&text, &estimate);
    dry_run_folder(&text, path, begun);
    bool good = output_text(&text, error);
    text_free(&text);
    return good;
}

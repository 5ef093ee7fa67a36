#include "cli/sensitivity_print.h"

#include "cli/dry_run.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "report/format.h"

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
    text_add(
        &text, "%s histories in all\n",
        format_count(all, sweep->design->point_count * sweep->plan_count * sweep->replications));
    dry_run_describe(&text, &estimate);
    dry_run_folder(&text, path, begun);
    bool good = output_text(&text, error);
    text_free(&text);
    return good;
}

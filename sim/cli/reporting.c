#include "cli/reporting.h"

#include "cli/version.h"

#include <string.h>

static bool read_language(const char *value, enum language *language, struct error *error) {
    for (enum language l = 0; l < LANGUAGE_COUNT; l++) {
        if (strcmp(LANGUAGE_NAMES[l], value) == 0) {
            *language = l;
            return true;
        }
    }
    return error_add(error, ERROR_QUESTION,
                     "--language %s: reports and pictures are in en (English) or de (German)",
                     value);
}

error_t reporting_read_option(int key, const char *value, struct reporting *reporting,
                              struct error *error) {
    switch (key) {
    case OPTION_LANGUAGE:
        return read_language(value, &reporting->language, error) ? 0 : EINVAL;
    case OPTION_NO_REPORT:
        reporting->no_report = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

const char *reporting_said(const struct reporting *reporting) {
    return reporting->no_report ? "" : ", report.html";
}

static struct page_origin origin(void) {
    return (struct page_origin){version_number(), version_commit()};
}

bool reporting_write_run(const struct reporting *reporting, const struct folder *folder,
                         const struct results *results, struct error *error) {
    const struct page_origin from = origin();
    return reporting->no_report || page_write_run(folder, &from, results, error);
}

bool reporting_write_comparison(const struct reporting *reporting, const struct folder *folder,
                                const struct verdict *verdict, struct error *error) {
    const struct page_origin from = origin();
    return reporting->no_report || page_write_comparison(folder, &from, verdict, error);
}

bool reporting_write_sweep(const struct reporting *reporting, const struct folder *folder,
                           const struct sweep *sweep, const struct sweep_results *results,
                           struct error *error) {
    const struct page_origin from = origin();
    return reporting->no_report || page_write_sweep(folder, &from, sweep, results, error);
}

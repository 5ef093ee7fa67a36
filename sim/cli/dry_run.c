#include "cli/dry_run.h"

#include "cli/interrupt.h"
#include "cli/output.h"
#include "report/format.h"

#include <dirent.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

/* "40 s", "3 min", "2.5 h" */
static void add_time(struct text *text, double seconds) {
    if (seconds < 1.0) {
        text_add(text, "less than a second");
    } else if (seconds < 90.0) {
        text_add(text, "about %.0f s", seconds);
    } else if (seconds < 5400.0) {
        text_add(text, "about %.0f min", seconds / 60.0);
    } else {
        text_add(text, "about %.1f h", seconds / 3600.0);
    }
}

void dry_run_describe(struct text *text, const struct estimate *estimate) {
    text_add(text, "time: ");
    add_time(text, estimate->seconds);
    text_add(text, " on %d thread%s (from a probe of %.1f s), and the pictures\n",
             estimate->threads, estimate->threads == 1 ? "" : "s", estimate->probe_seconds);
    text_add(text, "memory: up to about %.0f MiB\n", estimate->bytes / 1048576.0 + 1.0);
}

static bool is_empty(DIR *directory) {
    struct dirent *entry;
    while ((entry = readdir(directory)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            return false;
        }
    }
    return true;
}

void dry_run_folder(struct text *text, const char *path, bool force) {
    DIR *directory = opendir(path);
    text_add(text, "folder: %s%s\n", path,
             directory == NULL || is_empty(directory) ? ", would be new"
             : force                                  ? ", its results would be replaced"
                     : ", EXISTS: it needs --force or another --out");
    if (directory != NULL) {
        (void)closedir(directory);
    }
}

/* To two digits. */
static uint64_t round_up(double count) {
    double unit = 1.0;
    while (count / unit > 100.0) {
        unit *= 10.0;
    }
    return (uint64_t)(ceil(count / unit) * unit);
}

/* What the number of histories rests on, or that it is too small. */
static void add_precision(struct text *text, const struct estimate *estimate, uint64_t most) {
    char count[FORMAT_SIZE];
    if (estimate->replications <= (double)most) {
        text_add(text, "by the variance of the probe; at most %s\n", format_histories(count, most));
    } else if (isfinite(estimate->replications)) {
        text_add(text,
                 "NOT as precise as asked for: that would take about %s; --max-replications allows "
                 "more\n",
                 format_histories(count, round_up(estimate->replications)));
    } else {
        text_add(text, "perhaps NOT as precise as asked for: the probe does not tell\n");
    }
}

bool dry_run_print(const struct simulation *simulation, const char *path, struct error *error) {
    const struct parameters *parameters = &simulation->scenarios[0]->parameters;
    const struct experiment experiment = {
        .scenarios = simulation->scenarios,
        .scenario_count = simulation->scenario_count,
        .seed = parameters->simulation.seed,
        .replications =
            simulation->replication > 0 ? 1 : (uint64_t)parameters->simulation.replications,
        .threads = simulation->options->threads,
        .only = simulation->only,
        .stop = interrupt_flag(),
    };
    struct estimate estimate;
    struct text text = {0};
    char count[FORMAT_SIZE];
    if (!estimate_experiment(&estimate, &experiment, simulation->precision, error)) {
        return false;
    }
    if (*interrupt_flag()) {
        return error_add(error, ERROR_INTERRUPTED, "interrupted");
    }
    bool until = simulation->precision != NULL;
    bool enough = estimate.replications <= (double)experiment.replications;
    text_add(&text, "%s%s of %ld year%s", until && enough ? "about " : "",
             format_histories(count, until && enough ? (uint64_t)estimate.replications
                                                     : experiment.replications),
             parameters->simulation.years, parameters->simulation.years == 1 ? "" : "s");
    if (simulation->scenario_count > 1) {
        text_add(&text, " of %zu plans", simulation->scenario_count);
    }
    text_add(&text, "\n");
    if (until) {
        add_precision(&text, &estimate, experiment.replications);
    }
    dry_run_describe(&text, &estimate);
    if (path != NULL) {
        dry_run_folder(&text, path, simulation->options->force);
    }
    bool good = output_text(&text, error);
    text_free(&text);
    return good;
}

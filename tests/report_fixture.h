/* Results that look like those of an experiment, filled from formulas and a small generator, for
 * the tests of the report layer: they need no simulation.
 * Ownership: fixture_make allocates, fixture_free frees everything. */
#ifndef TESTS_REPORT_FIXTURE_H
#define TESTS_REPORT_FIXTURE_H

#include "base/memory.h"
#include "engine/results.h"
#include "engine/table.h"

#include <assert.h>
#include <ftw.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIXTURE_PLANS = 4, FIXTURE_ROLES = 3, FIXTURE_SEGMENTS = 2 };

struct fixture {
    struct scenario scenarios[FIXTURE_PLANS];
    struct role roles[FIXTURE_ROLES];
    struct segment segments[FIXTURE_SEGMENTS];
    struct component components[2];
    struct stage stages[1];
    struct plan plan; /* of all roles */
    struct variant variants[FIXTURE_PLANS];
    struct results results;
};

static inline double fixture_uniform(uint64_t *state) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*state >> 11U) * 0x1p-53;
}

/* Nearly normal: the sum of twelve uniforms less six. */
static inline double fixture_normal(uint64_t *state) {
    double sum = -6.0;
    for (int i = 0; i < 12; i++) {
        sum += fixture_uniform(state);
    }
    return sum;
}

static inline void fixture_cell(struct cell *cell, double value, bool difference) {
    struct error error = {0};
    moments_add(&cell->moments, value);
    bool added = quantiles_add(&cell->quantiles, value, &error);
    assert(added);
    (void)added;
    if (difference && !isnan(value)) {
        cell->above += value > 0.0;
        cell->equal += value == 0.0;
    }
}

/* A value of a series in a period (months, then years, then the horizon) of one history; `shock`
 * belongs to the history and the month, so that plans meet the same one. */
static inline double fixture_value(const struct table *table, const struct series *series,
                                   size_t period, size_t plan, double shock, double own) {
    const struct outcome *outcome = &OUTCOMES[series->outcome];
    bool monthly = period < table->months;
    double month = monthly ? (double)period : (double)(period - table->months) * 12.0 + 11.0;
    double effect = (double)plan * month / 60.0;
    double length = monthly ? 1.0 : 12.0;
    if (monthly && outcome->yearly) {
        return (double)NAN;
    }
    if (strncmp(outcome->name, "turnover", 8) == 0) {
        static const double LEVEL[] = {0.18, 0.26, 0.09, 0.15};
        static const double SPREAD[] = {0.04, 0.06, 0.08, 0.11};
        size_t role = (size_t)(series->role + 1);
        if (monthly && outcome->trailing_months > 0 &&
            period + 1 < (size_t)outcome->trailing_months) {
            return (double)NAN;
        }
        double level = LEVEL[role] * (1.0 - 0.12 * effect) + SPREAD[role] * shock;
        return floor(fmax(0.0, level + 0.01 * (double)plan * own) * 60.0) / 60.0;
    }
    if (strstr(outcome->name, "retention") != NULL) {
        double level = strncmp(outcome->name, "net", 3) == 0 ? 1.03 : 0.88;
        return level + 0.012 * effect + 0.03 * shock + 0.008 * (double)plan * own;
    }
    if (strncmp(outcome->unit, "currency", 8) == 0) {
        double part = series->segment == 0 ? 0.4 : series->segment == 1 ? 0.6 : 1.0;
        double level = strcmp(outcome->name, "customer_equity") == 0 ? 9e6 : 2.4e6;
        return part * length * level *
               (1.0 + 0.004 * month + 0.03 * effect + 0.09 * shock + 0.01 * (double)plan * own);
    }
    return 0.5 + 0.1 * shock + 0.01 * (double)plan;
}

static inline void fixture_table(struct table *table, const struct parameters *parameters) {
    struct error error = {0};
    bool made = table_init(table, parameters, &error);
    assert(made);
    (void)made;
}

static inline void fixture_history(struct fixture *fixture, uint64_t seed, uint64_t replication) {
    const struct table *first = &fixture->variants[0].values;
    for (size_t s = 0; s < first->series_count; s++) {
        double shock = 0.0;
        uint64_t state = (seed + 1) * 7919 + replication * 104729 + s / 2 * 31;
        (void)fixture_normal(&state);
        for (size_t p = 0; p < table_periods(first); p++) {
            double base = 0.0;
            shock = 0.95 * shock + 0.31 * fixture_normal(&state);
            for (size_t v = 0; v < fixture->results.variant_count; v++) {
                struct variant *variant = &fixture->variants[v];
                double own = fixture_normal(&state);
                double value =
                    fixture_value(first, &first->series[s], p, v, shock, v == 0 ? 0.0 : own);
                size_t cell = s * table_periods(first) + p;
                base = v == 0 ? value : base;
                fixture_cell(&variant->values.cells[cell], value, false);
                if (v > 0) {
                    fixture_cell(&variant->differences.cells[cell], value - base, true);
                }
            }
        }
    }
}

/* `plans` names for as many variants; all have the same roles and segments. */
static inline void fixture_make(struct fixture *fixture, const char *const names[], size_t plans,
                                size_t years, uint64_t replications) {
    static const char *const ROLES[FIXTURE_ROLES] = {"sales", "kam", "development"};
    static const char *const SEGMENTS[FIXTURE_SEGMENTS] = {"standard", "key"};
    *fixture = (struct fixture){
        .components = {{.name = "bonus", .type = COMPONENT_BONUS},
                       {.name = "cycle", .type = COMPONENT_LTIP}},
        .stages = {{.name = "offer", .conversion = 0.5, .months = 1.0}},
        .plan = {.name = "plan", .component_count = 2},
    };
    fixture->plan.components = fixture->components;
    for (size_t r = 0; r < FIXTURE_ROLES; r++) {
        (void)snprintf(fixture->roles[r].name, NAME_SIZE, "%s", ROLES[r]);
        (void)snprintf(fixture->roles[r].plan, NAME_SIZE, "plan");
    }
    for (size_t s = 0; s < FIXTURE_SEGMENTS; s++) {
        (void)snprintf(fixture->segments[s].name, NAME_SIZE, "%s", SEGMENTS[s]);
        fixture->segments[s].pipeline.stages = fixture->stages;
        fixture->segments[s].pipeline.stage_count = 1;
    }
    fixture->results = (struct results){.variants = fixture->variants,
                                        .variant_count = plans,
                                        .seed = 1,
                                        .replications_asked = replications,
                                        .replications = replications};
    for (size_t v = 0; v < plans; v++) {
        struct parameters *parameters = &fixture->scenarios[v].parameters;
        (void)snprintf(parameters->name, sizeof parameters->name, "%s", names[v]);
        (void)snprintf(parameters->question, sizeof parameters->question,
                       "Does pay that vests after three years keep key account managers longer?");
        parameters->roles = fixture->roles;
        parameters->role_count = FIXTURE_ROLES;
        parameters->segments = fixture->segments;
        parameters->segment_count = FIXTURE_SEGMENTS;
        fixture->variants[v].scenario = &fixture->scenarios[v];
        parameters->plans = &fixture->plan;
        parameters->plan_count = 1;
        parameters->simulation.years = (long)years;
        fixture_table(&fixture->variants[v].values, parameters);
        if (v > 0) {
            fixture_table(&fixture->variants[v].differences, parameters);
        }
    }
    for (uint64_t r = 0; r < replications; r++) {
        fixture_history(fixture, 1, r);
    }
}

static inline void fixture_free(struct fixture *fixture) {
    for (size_t v = 0; v < fixture->results.variant_count; v++) {
        table_free(&fixture->variants[v].values);
        table_free(&fixture->variants[v].differences);
    }
}

/* A new empty folder, and its removal with the files in it and in its folders. */
static inline void fixture_folder(char path[64]) {
    (void)snprintf(path, 64, "/tmp/anreiz-report-XXXXXX");
    const char *made = mkdtemp(path);
    assert(made != NULL);
    (void)made;
}

static inline int fixture_remove(const char *path, const struct stat *status, int kind,
                                 struct FTW *walk) {
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

static inline void fixture_clear(const char *path) {
    (void)nftw(path, fixture_remove, 8, FTW_DEPTH | FTW_PHYS);
}

/* The content of a file, "" when there is none; the caller frees it. */
static inline char *fixture_read(const char *folder, const char *name) {
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "r");
    struct text text = {0};
    char chunk[4096];
    size_t got = 0;
    while (file != NULL && (got = fread(chunk, 1, sizeof chunk - 1, file)) > 0) {
        chunk[got] = '\0';
        text_add(&text, "%s", chunk);
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    return text.bytes == NULL ? strdup("") : text.bytes;
}

static inline bool fixture_exists(const char *folder, const char *name) {
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    return access(path, F_OK) == 0;
}

#endif

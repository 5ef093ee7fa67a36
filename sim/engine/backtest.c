#include "engine/backtest.h"

#include "base/memory.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One year of the observation. */
struct year {
    size_t number;
    long first;
    long last;
};

static long year_begin(long first, size_t years) {
    struct date date = date_of_day(first);
    date.year += (int)years;
    return date_day(date);
}

size_t backtest_years(long first, long last) {
    size_t years = 0;
    while (year_begin(first, years + 1) - 1 <= last) {
        years++;
    }
    return years;
}

/* NaN is not added: there was nothing to see. */
static bool add_row(struct backtest *backtest, size_t year, double observed, struct error *error,
                    const char *name, ...) __attribute__((format(printf, 5, 6)));

static bool add_row(struct backtest *backtest, size_t year, double observed, struct error *error,
                    const char *name, ...) {
    if (isnan(observed)) {
        return true;
    }
    void *rows = backtest->rows;
    bool good = memory_grow(&rows, &backtest->capacity, backtest->count + 1, sizeof *backtest->rows,
                            "observations", error);
    backtest->rows = rows;
    if (!good) {
        return false;
    }
    struct backtest_row *row = &backtest->rows[backtest->count++];
    *row = (struct backtest_row){.year = year, .observed = observed};
    va_list arguments;
    va_start(arguments, name);
    (void)vsnprintf(row->name, sizeof row->name, name, arguments);
    va_end(arguments);
    return true;
}

static bool observe_people(struct backtest *backtest, const struct fit_data *data,
                           const struct year *year, size_t role, struct error *error) {
    double days = 0.0;
    double exits = 0.0;
    for (size_t i = 0; i < data->employments.count; i++) {
        const struct fit_spell *spell = (const struct fit_spell *)data->employments.items + i;
        if (spell->group == role) {
            struct fit_overlap overlap = fit_overlap_of(spell, year->first, year->last);
            days += overlap.days;
            exits += overlap.days > 0.0 && overlap.exit && spell->wished;
        }
    }
    double rate = days > 0.0 ? exits / (days / FIT_DAYS_OF_YEAR) : (double)NAN;
    return add_row(backtest, year->number, rate, error, "turnover_voluntary.%s",
                   data->roles.names[role]);
}

static bool observe_customers(struct backtest *backtest, const struct fit_data *data,
                              const struct year *year, size_t segment, struct error *error) {
    double rows = 0.0;
    double present = 0.0;
    double won = 0.0;
    double lost = 0.0;
    for (size_t i = 0; i < data->lifetimes.count; i++) {
        const struct fit_spell *spell = (const struct fit_spell *)data->lifetimes.items + i;
        if (spell->group != segment || spell->start > year->last) {
            continue;
        }
        rows += 1.0;
        won += spell->start >= year->first;
        lost += spell->ended && spell->end >= year->first && spell->end <= year->last;
        present += !(spell->ended && spell->end <= year->last);
    }
    const char *name = data->segments.names[segment];
    double none = rows > 0.0 ? 0.0 : (double)NAN;
    return add_row(backtest, year->number, won + none, error, "customers_won.%s", name) &&
           add_row(backtest, year->number, lost + none, error, "customers_lost.%s", name) &&
           add_row(backtest, year->number, present + none, error, "customers.%s", name);
}

/* Of one opportunity: the days of its lead and of its decision, 0: not yet. */
struct course {
    long begun;
    long decided;
    bool won;
};

/* The first move of an opportunity is its lead, and its first closing decides. Days are above 0. */
static void follow(struct course *courses, const struct fit_data *data, const struct year *year) {
    for (size_t i = 0; i < data->moves.count; i++) {
        const struct fit_move *move = (const struct fit_move *)data->moves.items + i;
        struct course *course = &courses[move->opportunity];
        if (move->day > year->last) {
            continue;
        }
        if (course->begun == 0 || move->day < course->begun) {
            course->begun = move->day;
        }
        if (move->state != OPPORTUNITY_OPEN &&
            (course->decided == 0 || move->day < course->decided)) {
            course->decided = move->day;
            course->won = move->state == OPPORTUNITY_WON;
        }
    }
}

static bool observe_pipeline(struct backtest *backtest, const struct fit_data *data,
                             const struct year *year, size_t segment, struct error *error) {
    const size_t *segment_of = data->segment_of.items;
    struct course *courses =
        memory_array(data->opportunities.count, sizeof *courses, "opportunities", error);
    double known = 0.0;
    double leads = 0.0;
    double won = 0.0;
    double decided = 0.0;
    if (courses == NULL) {
        return false;
    }
    follow(courses, data, year);
    for (size_t o = 0; o < data->opportunities.count; o++) {
        const struct course *course = &courses[o];
        if (segment_of[o] == segment && course->begun > 0) {
            bool closes = course->decided >= year->first;
            known += 1.0;
            leads += course->begun >= year->first;
            decided += closes;
            won += closes && course->won;
        }
    }
    free(courses);
    const char *name = data->segments.names[segment];
    double none = known > 0.0 ? 0.0 : (double)NAN;
    double conversion = decided > 0.0 ? won / decided : (double)NAN;
    return add_row(backtest, year->number, leads + none, error, "leads.%s", name) &&
           add_row(backtest, year->number, conversion, error, "conversion.%s", name);
}

static bool observe_deals(struct backtest *backtest, const struct fit_data *data,
                          const struct year *year, size_t segment, struct error *error) {
    double known = 0.0;
    double deals = 0.0;
    double sum = 0.0;
    for (size_t i = 0; i < data->sizes.count; i++) {
        const struct fit_size *size = (const struct fit_size *)data->sizes.items + i;
        bool inside = size->day >= year->first && size->day <= year->last;
        if (size->segment == segment && size->day <= year->last) {
            known += 1.0;
            deals += inside;
            sum += inside ? size->amount : 0.0;
        }
    }
    const char *name = data->segments.names[segment];
    double none = known > 0.0 ? 0.0 : (double)NAN;
    double mean = deals > 0.0 ? sum / deals : (double)NAN;
    return add_row(backtest, year->number, deals + none, error, "deals.%s", name) &&
           add_row(backtest, year->number, mean, error, "average_deal.%s", name) &&
           add_row(backtest, year->number, sum + none, error, "new_revenue.%s", name);
}

/* Quotas are those of calendar years. */
static bool observe_quotas(struct backtest *backtest, const struct fit_question *question,
                           const struct year *year, struct error *error) {
    struct findings findings = {.count = 0};
    struct fit_question later = *question;
    later.from = year->first;
    later.until = year->last;
    bool good = date_of_day(year->first).month != 1 || fit_skill(&findings, &later, error);
    for (size_t r = 0; good && r < question->data->roles.count; r++) {
        char name[FINDING_NAME_SIZE];
        double share = (double)NAN;
        (void)snprintf(name, sizeof name, "share_at_quota.%s", question->data->roles.names[r]);
        (void)findings_value(&findings, name, &share);
        good = add_row(backtest, year->number, share, error, "%s", name);
    }
    findings_free(&findings);
    return good;
}

static bool observe_year(struct backtest *backtest, const struct fit_question *question,
                         const struct year *year, struct error *error) {
    const struct fit_data *data = question->data;
    bool good = true;
    for (size_t r = 0; good && r < data->roles.count; r++) {
        good = observe_people(backtest, data, year, r, error);
    }
    for (size_t s = 0; good && s < data->segments.count; s++) {
        good = observe_customers(backtest, data, year, s, error) &&
               observe_pipeline(backtest, data, year, s, error) &&
               observe_deals(backtest, data, year, s, error);
    }
    return good && observe_quotas(backtest, question, year, error);
}

/* A series stands where it was first seen. */
static size_t first_row(const struct backtest *backtest, const char *name) {
    size_t row = 0;
    while (row < backtest->count && strcmp(backtest->rows[row].name, name) != 0) {
        row++;
    }
    return row;
}

/* Rows of a series are brought together, in the order in which the series were seen. */
static bool gather(struct backtest *backtest, struct error *error) {
    struct backtest_row *rows = memory_array(backtest->count, sizeof *rows, "observations", error);
    size_t count = 0;
    if (rows == NULL) {
        return false;
    }
    for (size_t i = 0; i < backtest->count; i++) {
        if (first_row(backtest, backtest->rows[i].name) != i) {
            continue;
        }
        for (size_t j = i; j < backtest->count; j++) {
            if (strcmp(backtest->rows[j].name, backtest->rows[i].name) == 0) {
                rows[count++] = backtest->rows[j];
            }
        }
    }
    free(backtest->rows);
    backtest->rows = rows;
    backtest->capacity = backtest->count;
    return true;
}

bool backtest_observe(struct backtest *backtest, const struct fit_question *question, long first,
                      size_t years, struct error *error) {
    *backtest = (struct backtest){.first = first, .years = years};
    for (size_t y = 0; y < years; y++) {
        const struct year year = {y, year_begin(first, y), year_begin(first, y + 1) - 1};
        if (!observe_year(backtest, question, &year, error)) {
            return false;
        }
    }
    return gather(backtest, error);
}

/* Quantiles are kept in single precision: what is observed is rounded as they are, or a share that
 * equals the edge of its band could lie outside of it. */
static bool is_between(const struct backtest_row *row, size_t low, size_t high) {
    double observed = (double)(float)row->observed;
    return row->simulated.quantile[low] <= observed && observed <= row->simulated.quantile[high];
}

bool backtest_in_half(const struct backtest_row *row) { return is_between(row, 2, 4); }

bool backtest_in_ninety(const struct backtest_row *row) { return is_between(row, 0, 6); }

static bool score(struct backtest *backtest, struct error *error) {
    backtest->scores = memory_array(backtest->count, sizeof *backtest->scores, "outcomes", error);
    if (backtest->scores == NULL) {
        return false;
    }
    for (size_t i = 0; i < backtest->count; i++) {
        const struct backtest_row *row = &backtest->rows[i];
        if (first_row(backtest, row->name) == i) {
            backtest->scores[backtest->score_count++] =
                (struct backtest_score){.name = row->name, .unit = row->unit};
        }
        struct backtest_score *sum = &backtest->scores[backtest->score_count - 1];
        sum->years++;
        sum->in_half += backtest_in_half(row);
        sum->in_ninety += backtest_in_ninety(row);
        sum->observed += row->observed;
        sum->simulated += row->simulated.mean;
    }
    for (size_t s = 0; s < backtest->score_count; s++) {
        backtest->scores[s].observed /= (double)backtest->scores[s].years;
        backtest->scores[s].simulated /= (double)backtest->scores[s].years;
    }
    return true;
}

bool backtest_find(struct backtest *backtest, const struct table *table,
                   const struct parameters *parameters, struct error *error) {
    if (backtest->cells == NULL) {
        backtest->cells =
            memory_array(backtest->count, sizeof *backtest->cells, "observations", error);
        backtest->cell_count = backtest->count;
    }
    for (size_t i = 0; i < backtest->count; i++) {
        struct backtest_row *row = &backtest->rows[i];
        row->series = row->year < table->years ? table_find(table, parameters, row->name) : -1;
        if (row->series >= 0) {
            row->unit = OUTCOMES[table->series[row->series].outcome].unit;
        }
    }
    return backtest->cells != NULL;
}

bool backtest_add(struct backtest *backtest, const struct table *table, const double *values,
                  struct error *error) {
    for (size_t i = 0; i < backtest->count; i++) {
        const struct backtest_row *row = &backtest->rows[i];
        if (row->series < 0) {
            continue;
        }
        size_t series = (size_t)row->series;
        double value = values[series * table_periods(table) + table->months + row->year];
        moments_add(&backtest->cells[i].moments, value);
        if (!quantiles_add(&backtest->cells[i].quantiles, value, error)) {
            return false;
        }
    }
    backtest->histories++;
    return true;
}

static void free_cells(struct backtest *backtest) {
    for (size_t i = 0; backtest->cells != NULL && i < backtest->cell_count; i++) {
        quantiles_free(&backtest->cells[i].quantiles);
    }
    free(backtest->cells);
    backtest->cells = NULL;
}

bool backtest_conclude(struct backtest *backtest, struct error *error) {
    size_t kept = 0;
    for (size_t i = 0; backtest->cells != NULL && i < backtest->count; i++) {
        struct backtest_row row = backtest->rows[i];
        if (backtest->cells[i].moments.count == 0) {
            continue; /* no history had such a thing */
        }
        if (!cell_summarise(&backtest->cells[i], &row.simulated, error)) {
            return false;
        }
        backtest->rows[kept++] = row;
    }
    free_cells(backtest);
    backtest->count = kept;
    return score(backtest, error);
}

void backtest_free(struct backtest *backtest) {
    free_cells(backtest);
    free(backtest->rows);
    free(backtest->scores);
    *backtest = (struct backtest){.count = 0};
}

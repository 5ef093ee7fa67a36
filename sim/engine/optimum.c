#include "engine/optimum.h"

#include "base/memory.h"
#include "base/random.h"
#include "model/purpose.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Candidates differ by so much in one axis: the comparison of three neighbours says nothing. */
static const double CANDIDATES_APART = 0.02;
/* A range has at least so many places, at distances of a power of ten. */
static const double PLACES_LEAST = 1000.0;
static const double PLACES_MOST = 1e9;

/* How many places the range of an axis has, so that their values are short. */
static double count_places(const struct design_axis *axis) {
    double width = axis->high - axis->low;
    double widest = width / PLACES_LEAST * (1.0 + 1e-9);
    double unit = 1.0;
    if (axis->whole) {
        return width + 1.0;
    }
    while (unit > widest) {
        unit /= 10.0;
    }
    while (unit * 10.0 <= widest) {
        unit *= 10.0;
    }
    return rint(width / unit) + 1.0;
}

static bool lay_lattice(struct optimum *optimum, struct error *error) {
    bool good = true;
    for (size_t a = 0; a < optimum->axes.count; a++) {
        struct design_axis *axis = &optimum->axes.axes[a];
        const char *path = text_bytes(&axis->path);
        double width = axis->high - axis->low + 1.0;
        if (axis->range && axis->whole && (double)axis->count > width) {
            good = error_add(error, ERROR_QUESTION,
                             "--vary %s: there are only %.0f whole numbers from %.0f to %.0f, "
                             "not %zu",
                             path, width, axis->low, axis->high, axis->count);
        }
        double count = axis->count > 0 ? (double)axis->count : count_places(axis);
        if (count > PLACES_MOST) {
            good = error_add(error, ERROR_QUESTION,
                             "--vary %s: the range is too long, search at most %.0f whole numbers",
                             path, PLACES_MOST);
        }
        axis->count = (size_t)fmin(count, PLACES_MOST);
        optimum->lattice[a] = (struct optimise_axis){(uint32_t)axis->count - 1, !axis->range};
    }
    return good;
}

/* Where the scenario as it stands lies; false when that is not in the box. */
static bool find_given(struct optimum *optimum) {
    bool inside = true;
    optimum->given_exactly = true;
    for (size_t a = 0; a < optimum->axes.count; a++) {
        const struct design_axis *axis = &optimum->axes.axes[a];
        struct text value = {0};
        struct error none = {0};
        char *end = NULL;
        bool has = scenario_value(optimum->scenario, text_bytes(&axis->path), &value, &none);
        double number = strtod(text_bytes(&value), &end);
        if (!axis->range) {
            size_t v = 0;
            while (v < axis->count &&
                   strcmp(text_bytes(&axis->values[v]), text_bytes(&value)) != 0) {
                v++;
            }
            optimum->given[a] = (uint32_t)v;
            has = has && v < axis->count;
        } else {
            has = has && end != text_bytes(&value) && number >= axis->low && number <= axis->high;
            double share = (number - axis->low) / (axis->high - axis->low);
            optimum->given[a] = has ? (uint32_t)rint(share * (double)(axis->count - 1)) : 0;
        }
        inside = inside && has;
        if (inside) {
            struct text place = {0};
            design_add_step(&place, axis, optimum->given[a]);
            optimum->given_exactly =
                optimum->given_exactly && strcmp(text_bytes(&place), text_bytes(&value)) == 0;
            text_free(&place);
        }
        text_free(&value);
        error_free(&none);
    }
    return inside;
}

static double signed_goal(const struct optimum *optimum, size_t goal, double value) {
    return optimum->targets[goal].up ? -value : value;
}

/* Goals and bounds of a point that was simulated. One whose margin is not known, as few of its
 * histories have a value, is no answer: nothing says that it keeps its bounds. */
static void fill(const struct optimum *optimum, size_t row, struct optimise_point *point) {
    bool finite = optimum->searched.results.done[row];
    for (size_t t = 0; t < optimum->target_count; t++) {
        const struct score *score = scores_at(&optimum->searched, row, t);
        double excess = target_excess(&optimum->targets[t], score, optimum->confidence);
        finite = finite && isfinite(score->value);
        if (t < optimum->goal_count) {
            point->goals[t] = signed_goal(optimum, t, score->value);
        } else {
            point->excess[t - optimum->goal_count] = excess;
            finite = finite && isfinite(excess);
        }
    }
    point->valid = finite;
}

/* A wrong scenario is a place that there is not, told once. */
static bool add_point(struct optimum *optimum, const struct optimise_point *point,
                      struct error *error) {
    struct scores *searched = &optimum->searched;
    struct error wrong = {0};
    size_t row = searched->design.point_count;
    if (optimum->given_exactly && optimum->ask.given != NULL && point == optimum->found.points) {
        optimum->rows[0] = 0;
        return true;
    }
    bool good = scores_add(searched, &optimum->axes, point->places, NULL, &wrong);
    bool failed = !good && wrong.kind != ERROR_QUESTION;
    optimum->rows[point - optimum->found.points] = good ? row : SIZE_MAX;
    if (failed) {
        (void)error_add(error, ERROR_FAILURE, "%.*s", (int)strcspn(error_text(&wrong), "\n"),
                        error_text(&wrong));
    } else if (!good) {
        if (optimum->wrong_count++ == 0) {
            text_add(&optimum->wrong, "%.*s", (int)strcspn(error_text(&wrong), "\n"),
                     error_text(&wrong));
        }
    }
    error_free(&wrong);
    return !failed;
}

static bool evaluate(void *context, struct optimise_point *const points[], size_t count,
                     struct error *error) {
    struct optimum *optimum = context;
    bool good = true;
    bool any = false;
    for (size_t p = 0; good && p < count; p++) {
        good = add_point(optimum, points[p], error);
        any = any || optimum->rows[points[p] - optimum->found.points] != SIZE_MAX;
    }
    optimum->done_before = optimum->searched.results.done_count;
    good = good && (!any || scores_run(&optimum->searched, error));
    for (size_t p = 0; good && p < count; p++) {
        size_t row = optimum->rows[points[p] - optimum->found.points];
        if (row != SIZE_MAX) {
            fill(optimum, row, points[p]);
        }
    }
    return good;
}

static void search_progress(void *context, uint64_t done, uint64_t asked) {
    const struct optimum *optimum = context;
    (void)asked;
    if (optimum->progress != NULL) {
        optimum->progress(optimum->progress_context,
                          optimum->done_before * optimum->replications + done,
                          optimum_replications(optimum));
    }
}

static void compare_progress(void *context, uint64_t done, uint64_t asked) {
    const struct optimum *optimum = context;
    uint64_t all = optimum_replications(optimum);
    if (optimum->progress != NULL) {
        optimum->progress(optimum->progress_context, all - (asked - done), all);
    }
}

uint64_t optimum_replications(const struct optimum *optimum) {
    size_t fresh = optimum->goal_count > 1 ? OPTIMUM_FRONT : OPTIMUM_CANDIDATES;
    return (optimum->evaluations + 1) * optimum->replications +
           (fresh + 1) * optimum->fresh_replications;
}

static void set_scores(const struct optimum *optimum, struct scores *scores, uint64_t seed,
                       uint64_t replications) {
    *scores = (struct scores){
        .targets = optimum->targets,
        .target_count = optimum->target_count,
        .load = optimum->load,
        .load_context = optimum->load_context,
        .sweep = {.baseline = SIZE_MAX,
                  .metrics = optimum->metrics,
                  .metric_count = optimum->metric_count,
                  .seed = seed,
                  .replications = replications,
                  .threads = optimum->threads,
                  .stop = optimum->stop},
    };
}

static bool check_evaluations(struct optimum *optimum, struct error *error) {
    size_t axes = optimum->axes.count;
    size_t usual = optimise_usual(optimum->lattice, axes, optimum->goal_count);
    size_t least = optimise_least(optimum->lattice, axes);
    if (optimum->evaluations == 0) {
        optimum->evaluations = usual;
    }
    least = least < usual ? least : usual;
    if (optimum->evaluations < least) {
        return error_add(error, ERROR_QUESTION,
                         "--max-evaluations %zu: to get a view of these ranges and lists the "
                         "search begins with %zu points; allow at least so many (%zu are usual), "
                         "or vary less",
                         optimum->evaluations, least, usual);
    }
    if (optimum->evaluations > DESIGN_POINTS_MOST) {
        return error_add(error, ERROR_QUESTION,
                         "the search would take %zu points, but there are at most %d; vary less, "
                         "or list fewer values",
                         optimum->evaluations, DESIGN_POINTS_MOST);
    }
    return true;
}

/* The scenario as it stands; a value that has no short text is left out of the tables. */
static bool add_itself(const struct optimum *optimum, struct scores *scores, struct error *error) {
    struct text values[DESIGN_AXES_MOST] = {0};
    for (size_t a = 0; a < optimum->axes.count; a++) {
        struct error none = {0};
        const char *path = text_bytes(&optimum->axes.axes[a].path);
        (void)!scenario_value(optimum->scenario, path, &values[a], &none);
        error_free(&none);
    }
    bool good = scores_add(scores, &optimum->axes, NULL, values, error);
    for (size_t a = 0; a < optimum->axes.count; a++) {
        text_free(&values[a]);
    }
    return good;
}

/* A margin needs a spread. */
static bool check_replications(const struct optimum *optimum, struct error *error) {
    bool margin = optimum->confidence > 0.5 && optimum->target_count > optimum->goal_count;
    return !margin || optimum->replications > 1 ||
           error_add(error, ERROR_QUESTION,
                     "--confidence %g needs at least two histories a point to see how uncertain "
                     "they are, better 30 or more: --replications 30",
                     optimum->confidence);
}

bool optimum_open(struct optimum *optimum, struct error *error) {
    if (!lay_lattice(optimum, error) || !check_evaluations(optimum, error) ||
        !check_replications(optimum, error)) {
        return false;
    }
    uint64_t fresh = random_bits(random_row(optimum->seed, 0, 3, PURPOSE_DESIGN), 0) >> 33U;
    optimum->fresh_seed = fresh == optimum->seed ? fresh + 1 : fresh;
    optimum->ask = (struct optimise){
        .axes = optimum->lattice,
        .axis_count = optimum->axes.count,
        .goal_count = optimum->goal_count,
        .bound_count = optimum->target_count - optimum->goal_count,
        .evaluations = optimum->evaluations,
        .seed = optimum->seed,
        .given = find_given(optimum) ? optimum->given : NULL,
        .evaluate = evaluate,
        .context = optimum,
        .stop = optimum->stop,
    };
    optimum->rows =
        memory_array(optimum->evaluations, sizeof *optimum->rows, "points of a search", error);
    set_scores(optimum, &optimum->searched, optimum->seed, optimum->replications);
    optimum->searched.sweep.progress = search_progress;
    optimum->searched.sweep.progress_context = optimum;
    optimum->searched.sweep.as_it_stands = true;
    return optimum->rows != NULL &&
           scores_open(&optimum->searched, &optimum->axes, optimum->evaluations + 1, error) &&
           add_itself(optimum, &optimum->searched, error);
}

static bool is_apart(const struct optimum *optimum, const uint32_t *places) {
    for (size_t c = 0; c < optimum->candidate_count; c++) {
        const struct optimise_point *other = &optimum->found.points[optimum->candidates[c]];
        if (optimise_distance(&optimum->ask, places, other->places) < CANDIDATES_APART) {
            return false;
        }
    }
    return true;
}

/* The best few that keep the bounds; when none does, the one that breaks them least. */
static bool choose_candidates(struct optimum *optimum, struct error *error) {
    const struct optimise_results *found = &optimum->found;
    size_t bounds = optimum->ask.bound_count;
    double *scale = memory_array(bounds, sizeof *scale, "bounds", error);
    if (scale == NULL) {
        return false;
    }
    optimise_scale(found, bounds, scale);
    while (optimum->candidate_count < OPTIMUM_CANDIDATES) {
        const struct optimise_point *best = NULL;
        for (size_t p = 0; p < found->count; p++) {
            const struct optimise_point *point = &found->points[p];
            if (point->valid && is_apart(optimum, point->places) &&
                (best == NULL || optimise_before(point, best, 0, scale, bounds))) {
                best = point;
            }
        }
        if (best == NULL || (optimum->candidate_count > 0 && !optimise_keeps(best, bounds))) {
            break;
        }
        optimum->candidates[optimum->candidate_count++] = (size_t)(best - found->points);
    }
    free(scale);
    return true;
}

/* Some of the front at equal ranks along it, both ends among them. */
static bool choose_front(struct optimum *optimum, struct error *error) {
    const struct optimise_results *found = &optimum->found;
    size_t *front = memory_array(found->count, sizeof *front, "points of the front", error);
    size_t count = 0;
    if (front == NULL) {
        return false;
    }
    for (size_t p = 0; p < found->count; p++) {
        size_t at = count;
        if (!found->points[p].front) {
            continue;
        }
        for (; at > 0 && found->points[front[at - 1]].goals[1] > found->points[p].goals[1]; at--) {
            front[at] = front[at - 1];
        }
        front[at] = p;
        count++;
    }
    size_t kept = count < OPTIMUM_FRONT ? count : OPTIMUM_FRONT;
    for (size_t c = 0; c < kept; c++) {
        optimum->candidates[c] = front[kept < 2 ? 0 : c * (count - 1) / (kept - 1)];
    }
    optimum->candidate_count = kept;
    free(front);
    return true;
}

bool optimum_search(struct optimum *optimum, struct error *error) {
    bool good = optimise_run(&optimum->ask, &optimum->found, error);
    optimum->interrupted = optimum->found.interrupted;
    if (good && optimum->goal_count > 1) {
        good = choose_front(optimum, error);
    }
    if (good && optimum->candidate_count == 0) { /* also where no point of a front keeps bounds */
        good = choose_candidates(optimum, error);
    }
    if (good && optimum->candidate_count == 0 && !optimum->interrupted) {
        return error_add(error, ERROR_QUESTION,
                         optimum->wrong_count > 0
                             ? "no point of these ranges is a scenario that can be run: %s"
                             : "the metrics have no value at any point of these ranges, or in too "
                               "few of its histories for a margin%s",
                         text_bytes(&optimum->wrong));
    }
    return good;
}

static bool add_candidates(struct optimum *optimum, struct error *error) {
    bool good = true;
    for (size_t c = 0; good && c < optimum->candidate_count; c++) {
        const struct optimise_point *point = &optimum->found.points[optimum->candidates[c]];
        good = scores_add(&optimum->fresh, &optimum->axes, point->places, NULL, error);
    }
    return good;
}

/* Candidates come in the order of the search, so that the first has not been picked by what it
 * shows here, but for the bounds: the first that keeps them with the probability that was asked
 * for, or else by its estimate. */
static size_t choose(const struct optimum *optimum) {
    const double confidences[] = {optimum->confidence, 0.5};
    for (size_t c = 0; c < 2; c++) {
        for (size_t p = 1; p <= optimum->candidate_count; p++) {
            if (optimum_keeps(optimum, p, confidences[c])) {
                return p;
            }
        }
    }
    return 1;
}

bool optimum_compare(struct optimum *optimum, struct error *error) {
    struct scores *fresh = &optimum->fresh;
    set_scores(optimum, fresh, optimum->fresh_seed, optimum->fresh_replications);
    fresh->sweep.as_it_stands = true;
    fresh->sweep.baseline = 0;
    fresh->sweep.progress = compare_progress;
    fresh->sweep.progress_context = optimum;
    if (!scores_open(fresh, &optimum->axes, optimum->candidate_count + 1, error) ||
        !add_itself(optimum, fresh, error) || !add_candidates(optimum, error) ||
        !scores_run(fresh, error)) {
        return false;
    }
    optimum->interrupted = fresh->results.interrupted;
    optimum->chosen = optimum_compared(optimum) ? choose(optimum) : 0;
    return true;
}

void optimum_free(struct optimum *optimum) {
    optimise_free(&optimum->found);
    scores_free(&optimum->searched);
    scores_free(&optimum->fresh);
    free(optimum->rows);
    text_free(&optimum->wrong);
    axes_free(&optimum->axes);
    *optimum = (struct optimum){0};
}

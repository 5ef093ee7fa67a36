#include "cli/sweep_points.h"

#include "base/memory.h"
#include "cli/loading.h"

#include <stdlib.h>
#include <string.h>

bool sweep_points_prepend(struct design *design, const struct scenario *scenario,
                          struct error *error) {
    struct design longer = {0};
    size_t axes = design->axis_count;
    if (!design_allocate(&longer, axes, design->point_count + 1, error)) {
        return false;
    }
    longer.kind = design->kind;
    for (size_t a = 0; a < axes; a++) {
        struct error none = {0};
        /* A value that has no short text (a list, a group) is left out of the tables. */
        (void)!scenario_value(scenario, text_bytes(&design->paths[a]), &longer.values[a], &none);
        error_free(&none);
        longer.paths[a] = design->paths[a];
        design->paths[a] = (struct text){0};
        for (size_t p = 0; p < design->point_count; p++) {
            longer.values[(p + 1) * axes + a] = design->values[p * axes + a];
            design->values[p * axes + a] = (struct text){0};
        }
    }
    design_free(design);
    *design = longer;
    return true;
}

/* --set of the command line, and behind them those of the point. */
struct settings {
    const char **sets;
    struct text *texts;
    size_t axes;
};

static bool settings_init(struct settings *settings, const struct options *options, size_t axes,
                          struct error *error) {
    settings->axes = axes;
    settings->sets =
        memory_array(options->set_count + axes, sizeof *settings->sets, "settings", error);
    settings->texts = memory_array(axes, sizeof *settings->texts, "settings", error);
    for (size_t s = 0; settings->sets != NULL && s < options->set_count; s++) {
        settings->sets[s] = options->sets[s];
    }
    return settings->sets != NULL && settings->texts != NULL;
}

static void settings_free(struct settings *settings) {
    for (size_t a = 0; settings->texts != NULL && a < settings->axes; a++) {
        text_free(&settings->texts[a]);
    }
    free(settings->texts);
    free(settings->sets);
}

enum { AXES_NAMED = 8 };

/* "point 3 (roles.kam.headcount=0): " and the sentence, for every sentence; of many parameters the
 * values are left out. */
static void complain(const struct design *design, size_t point, size_t label,
                     const struct error *wrong, struct error *error) {
    struct text place = {0};
    if (design->axis_count <= AXES_NAMED) {
        text_add(&place, " (");
        design_describe(design, point, &place);
        text_add(&place, ")");
    }
    for (const char *at = error_text(wrong); *at != '\0';) {
        size_t length = strcspn(at, "\n");
        (void)error_add(error, wrong->kind, "point %zu%s: %.*s", label, text_bytes(&place),
                        (int)length, at);
        at += length + (at[length] == '\n');
    }
    text_free(&place);
}

/* --set of the point's values behind those of the command line. */
static bool load_plan(struct scenario *scenario, const struct design *design, size_t point,
                      bool unchanged, const char *plan, const struct options *options,
                      struct settings *settings, struct error *error) {
    struct options own = *options;
    for (size_t a = 0; !unchanged && a < design->axis_count; a++) {
        struct text *text = &settings->texts[a];
        text->length = 0;
        text_add(text, "%s=%s", text_bytes(&design->paths[a]), design_value(design, point, a));
        settings->sets[options->set_count + a] = text_bytes(text);
    }
    own.sets = settings->sets;
    own.set_count = options->set_count + (unchanged ? 0 : design->axis_count);
    return loading_scenario(scenario, plan, &own, error);
}

bool sweep_points_one(struct scenario *scenario, const struct design *design, size_t point,
                      bool unchanged, const char *plan, const struct options *options,
                      struct error *error) {
    struct settings settings = {0};
    bool good = settings_init(&settings, options, design->axis_count, error) &&
                load_plan(scenario, design, point, unchanged, plan, options, &settings, error);
    settings_free(&settings);
    return good;
}

static void load_point(struct sweep_points *points, const struct design *design, size_t point,
                       bool unchanged, size_t label, const char *const plans[], size_t plan_count,
                       const struct options *options, struct settings *settings,
                       struct error *error) {
    for (size_t p = 0; p < plan_count; p++) {
        struct error wrong = {0};
        size_t at = point * plan_count + p;
        points->pointers[at] = &points->scenarios[at];
        if (!load_plan(&points->scenarios[at], design, point, unchanged, plans[p], options,
                       settings, &wrong)) {
            complain(design, point, label, &wrong, error);
        }
        scenario_drop_unused(&points->scenarios[at]);
        error_free(&wrong);
    }
}

bool sweep_points_load(struct sweep_points *points, const struct design *design, bool as_it_stands,
                       const char *const plans[], size_t plan_count, const struct options *options,
                       struct error *error) {
    struct settings settings = {0};
    size_t before = error->count;
    points->scenarios = memory_array(design->point_count * plan_count, sizeof *points->scenarios,
                                     "scenarios", error);
    points->pointers = memory_array(design->point_count * plan_count, sizeof *points->pointers,
                                    "scenarios", error);
    bool good = points->scenarios != NULL && points->pointers != NULL &&
                settings_init(&settings, options, design->axis_count, error);
    if (good) {
        points->count = design->point_count * plan_count;
    }
    for (size_t p = 0; good && p < design->point_count; p++) {
        load_point(points, design, p, as_it_stands && p == 0, as_it_stands ? p : p + 1, plans,
                   plan_count, options, &settings, error);
    }
    settings_free(&settings);
    return good && error->count == before;
}

void sweep_points_free(struct sweep_points *points) {
    for (size_t s = 0; points->scenarios != NULL && s < points->count; s++) {
        scenario_free(&points->scenarios[s]);
    }
    free(points->scenarios);
    free(points->pointers);
    *points = (struct sweep_points){0};
}

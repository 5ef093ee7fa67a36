#include "cli/sensitivity_axes.h"

#include "cli/sweep_axes.h"
#include "scenario/uncertain.h"

#include <string.h>

bool sensitivity_axes_word(struct sensitivity_axes *axes, bool vary, const char *word,
                           struct error *error) {
    const char **words = vary ? axes->varied : axes->excepted;
    size_t *count = vary ? &axes->varied_count : &axes->excepted_count;
    if (*count == DESIGN_AXES_MOST) {
        return error_add(error, ERROR_QUESTION, "--%s %s: at most %d of them",
                         vary ? "vary" : "except", word, DESIGN_AXES_MOST);
    }
    words[(*count)++] = word;
    return true;
}

static bool is_there(const struct sensitivity_axes *axes, const char *path) {
    for (size_t a = 0; a < axes->axes.count; a++) {
        if (strcmp(text_bytes(&axes->axes.axes[a].path), path) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_excepted(const struct sensitivity_axes *axes, const struct uncertain *item) {
    for (size_t e = 0; e < axes->excepted_count; e++) {
        if (uncertain_within(item, axes->excepted[e])) {
            return true;
        }
    }
    return false;
}

static bool all_have(const struct scenario *const scenarios[], size_t count, const char *path) {
    bool all = true;
    for (size_t s = 0; s < count; s++) {
        struct error none = {0};
        struct text value = {0};
        all = all && scenario_value(scenarios[s], path, &value, &none);
        text_free(&value);
        error_free(&none);
    }
    return all;
}

static bool add_uncertain(struct sensitivity_axes *axes, const struct uncertain *item,
                          struct error *error) {
    if (axes->axes.count == DESIGN_AXES_MOST) {
        return error_add(error, ERROR_QUESTION,
                         "there are more than %d parameters; name those of interest with --vary, "
                         "such as --vary roles.kam --vary segments.key",
                         DESIGN_AXES_MOST);
    }
    struct design_axis *axis = &axes->axes.axes[axes->axes.count++];
    *axis = (struct design_axis){
        .range = true, .whole = item->whole, .low = item->low, .high = item->high};
    text_add(&axis->path, "%s", text_bytes(&item->path));
    return true;
}

/* Whether something in the group `word` is uncertain and not settled. */
static bool has_open(const struct uncertain_list *list, const char *word) {
    bool any = false;
    for (size_t i = 0; i < list->count; i++) {
        any = any || (uncertain_within(&list->items[i], word) && !list->items[i].settled);
    }
    return any;
}

/* What a word of --vary without a range stands for. What is settled in a group is left out, unless
 * the group has nothing else, such as the terms of a plan. */
static bool add_named(struct sensitivity_axes *axes, const struct uncertain_list *list,
                      const char *word, struct error *error) {
    size_t within = 0;
    size_t added = 0;
    bool open = has_open(list, word);
    for (size_t i = 0; i < list->count; i++) {
        const struct uncertain *item = &list->items[i];
        const char *path = text_bytes(&item->path);
        if (!uncertain_within(item, word)) {
            continue;
        }
        within++;
        bool itself = strcmp(path, word) == 0;
        bool settled = item->settled && open && !itself;
        bool off = item->value == 0.0 && !itself && !settled; /* what is off stays off */
        axes->off += off;
        if (off || settled || is_excepted(axes, item) || is_there(axes, path)) {
            continue;
        }
        if (!add_uncertain(axes, item, error)) {
            return false;
        }
        added++;
    }
    if (added > 0) {
        return true;
    }
    enum scenario_kind kind;
    const char *unit;
    if (within == 0 && !scenario_kind_of(word, &kind, &unit, error)) {
        return false;
    }
    if (within == 0) {
        return error_add(error, ERROR_QUESTION,
                         "--vary %s: it has no plausible range here; write --vary %s=LOW:HIGH, "
                         "--vary %s=A,B for values or names, or a group such as roles.kam",
                         word, word, word);
    }
    return error_add(error, ERROR_QUESTION,
                     "--vary %s: all of it is excepted, named already, or stands at 0; write "
                     "--vary %s.NAME=LOW:HIGH",
                     word, word);
}

static bool add_ranged(struct sensitivity_axes *axes, const char *word, struct error *error) {
    if (!sweep_axes_add(&axes->axes, word, error)) {
        return false;
    }
    const struct design_axis *axis = &axes->axes.axes[axes->axes.count - 1];
    return !axis->range || axis->count == 0 ||
           error_add(error, ERROR_QUESTION,
                     "--vary %s: how many values is for sweep; write %s=LOW:HIGH", word,
                     text_bytes(&axis->path));
}

static bool add_all(struct sensitivity_axes *axes, const struct uncertain_list *list,
                    const struct scenario *const scenarios[], size_t count, struct error *error) {
    for (size_t i = 0; i < list->count; i++) {
        const struct uncertain *item = &list->items[i];
        axes->off += item->value == 0.0 && !item->settled;
        if (item->settled || item->value == 0.0 || is_excepted(axes, item) ||
            !all_have(scenarios, count, text_bytes(&item->path))) {
            continue;
        }
        if (!add_uncertain(axes, item, error)) {
            return false;
        }
    }
    return axes->axes.count > 0 ||
           error_add(error, ERROR_QUESTION,
                     "there is nothing left to vary: --except takes everything away");
}

/* A word of --except that leaves nothing out is a mistake. */
static bool check_excepted(const struct sensitivity_axes *axes, const struct uncertain_list *list,
                           struct error *error) {
    bool good = true;
    for (size_t e = 0; e < axes->excepted_count; e++) {
        bool any = false;
        for (size_t i = 0; i < list->count; i++) {
            any = any || uncertain_within(&list->items[i], axes->excepted[e]);
        }
        if (!any) {
            good = error_add(error, ERROR_QUESTION,
                             "--except %s: no uncertain parameter of the scenario is called or "
                             "grouped like this; anreiz parameters lists them with their usual "
                             "ranges",
                             axes->excepted[e]);
        }
    }
    return good;
}

static bool take_base(struct sensitivity_axes *axes, const struct scenario *scenario,
                      struct error *error) {
    bool good = true;
    for (size_t a = 0; a < axes->axes.count; a++) {
        good =
            scenario_value(scenario, text_bytes(&axes->axes.axes[a].path), &axes->base[a], error) &&
            good;
    }
    return good;
}

bool sensitivity_axes_choose(struct sensitivity_axes *axes,
                             const struct scenario *const scenarios[], size_t count,
                             struct error *error) {
    struct uncertain_list list;
    if (!uncertain_list(&list, scenarios[0], error)) {
        return false;
    }
    bool good = check_excepted(axes, &list, error);
    for (size_t v = 0; v < axes->varied_count; v++) {
        const char *word = axes->varied[v];
        good = (strchr(word, '=') == NULL ? add_named(axes, &list, word, error)
                                          : add_ranged(axes, word, error)) &&
               good;
    }
    if (good && axes->varied_count == 0) {
        good = add_all(axes, &list, scenarios, count, error);
    }
    uncertain_free(&list);
    return good && take_base(axes, scenarios[0], error);
}

void sensitivity_axes_free(struct sensitivity_axes *axes) {
    for (size_t a = 0; a < DESIGN_AXES_MOST; a++) {
        text_free(&axes->base[a]);
    }
    axes_free(&axes->axes);
}

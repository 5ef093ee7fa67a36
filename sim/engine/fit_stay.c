#include "engine/fit_stay.h"

#include <math.h>

/* The same day so many years later; of a leap day the first of March. */
static long anniversary(long start, size_t years) {
    struct date date = date_of_day(start);
    date.year += (int)years;
    return date_day(date);
}

/* A year of a customer counts when all of it lies in the window, whether it was lost in it or not:
 * to count the unfinished ones of those who left would make churn look larger. Who leaves on the
 * anniversary leaves at the end of that year. */
static void add_lifetime(struct fit_stay *stay, const struct fit_spell *spell, long from,
                         long until) {
    for (size_t year = 0; year < SURVIVORS_YEARS_MOST; year++) {
        long begin = anniversary(spell->start, year);
        long end = anniversary(spell->start, year + 1);
        if (end > until || (year > 0 && spell->ended && spell->end <= begin)) {
            return;
        }
        if (begin < from) {
            continue;
        }
        bool lost = spell->ended && spell->end <= end;
        stay->lost[year] += lost;
        stay->kept[year] += !lost;
        stay->years = year + 1 > stay->years ? year + 1 : stay->years;
    }
}

void fit_stay_count_lifetimes(struct fit_stay *stay, const struct fit_question *question,
                              size_t segment) {
    const struct fit_list *list = &question->data->lifetimes;
    for (size_t i = 0; i < list->count; i++) {
        const struct fit_spell *spell = (const struct fit_spell *)list->items + i;
        if (spell->group != segment || spell->start > question->until ||
            (spell->ended && spell->end < question->from)) {
            continue;
        }
        stay->customers += 1.0;
        stay->present += !(spell->ended && spell->end <= question->until);
        add_lifetime(stay, spell, question->from, question->until);
    }
}

/* Shares are scaled to the customers behind them; without these they still give the estimate. */
void fit_stay_count_survivors(struct fit_stay *stay, const struct fit_question *question,
                              size_t segment) {
    const struct fit_list *list = &question->data->survivors;
    const struct fit_survivors *before = NULL;
    double scale = 1.0;
    for (size_t i = 0; i < list->count; i++) {
        const struct fit_survivors *item = (const struct fit_survivors *)list->items + i;
        if (item->segment != segment) {
            continue;
        }
        if (before == NULL) {
            scale = question->cohort > 0.0 ? question->cohort / item->customers : 1.0;
            stay->customers = item->customers * scale;
        } else if (stay->years < SURVIVORS_YEARS_MOST) {
            stay->lost[stay->years] = (before->customers - item->customers) * scale;
            stay->kept[stay->years++] = item->customers * scale;
        }
        stay->counted =
            stay->counted && (question->cohort > 0.0 || item->customers == floor(item->customers));
        before = item;
    }
}

bool fit_stay_has(const struct fit_data *data, size_t segment, bool of_survival) {
    const struct fit_list *list = of_survival ? &data->survivors : &data->lifetimes;
    for (size_t i = 0; i < list->count; i++) {
        if ((of_survival ? ((const struct fit_survivors *)list->items)[i].segment
                         : ((const struct fit_spell *)list->items)[i].group) == segment) {
            return true;
        }
    }
    return false;
}

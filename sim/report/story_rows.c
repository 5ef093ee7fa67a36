/* The entries of a diary for programs: rows of CSV, or JSON; which entries belong to a story. */
#include "model/steps.h"
#include "report/format.h"
#include "report/json.h"
#include "report/story.h"

#include <math.h>
#include <string.h>

/* Part of the firm's revenue at the end of the first month. */
static const double SIZE_SHARE = 0.005;

enum about { ABOUT_NOTHING, ABOUT_COMPONENT, ABOUT_SEGMENT, ABOUT_SEAT, ABOUT_CHANGE };

struct entry_row {
    const char *event;
    enum about about;
    bool firm; /* told of the whole firm too */
    struct {
        const char *name;
        const char *unit;
    } values[ENTRY_VALUES];
};

static const struct entry_row ROWS[] = {
    [ENTRY_START] = {"start", ABOUT_NOTHING, false, {{"tenure", "months"}, {"talent", "sd"}}},
    [ENTRY_HIRED] = {"hired",
                     ABOUT_NOTHING,
                     true,
                     {{"vacancy", "months"}, {"talent", "sd"}, {"experienced", "1 = yes"}}},
    [ENTRY_MOVED_IN] = {"moved_in", ABOUT_SEAT, true, {{"vacancy", "months"}, {"talent", "sd"}}},
    [ENTRY_MOVED_OUT] = {"moved_out", ABOUT_SEAT, true, {{"tenure", "months"}}},
    [ENTRY_MONTH] = {"month",
                     ABOUT_NOTHING,
                     false,
                     {{"effort_acquire", "1 = normal"},
                      {"effort_develop", "1 = normal"},
                      {"effort_care", "1 = normal"},
                      {"attainment", "share"},
                      {"tenure", "months"}}},
    [ENTRY_WON] = {"won",
                   ABOUT_SEGMENT,
                   true,
                   {{"annual_value", "currency"}, {"discount", "share"}, {"pulled", "1 = yes"}}},
    [ENTRY_PUSHED] = {"kept_back",
                      ABOUT_SEGMENT,
                      false,
                      {{"annual_value", "currency"}, {"lost", "1 = yes"}}},
    [ENTRY_SALARY] = {"salary", ABOUT_NOTHING, false, {{"pay", "currency"}}},
    [ENTRY_LINE] = {"pay", ABOUT_COMPONENT, false, {{"pay", "currency"}}},
    [ENTRY_DRAW] = {"draw", ABOUT_NOTHING, false, {{"pay", "currency"}}},
    [ENTRY_GRANTED] = {"granted",
                       ABOUT_COMPONENT,
                       false,
                       {{"value", "currency"}, {"units", "units"}}},
    [ENTRY_AWARD] = {"award", ABOUT_COMPONENT, false, {{"pay", "currency"}}},
    [ENTRY_FORFEITED] = {"forfeited", ABOUT_COMPONENT, false, {{"value", "currency"}}},
    [ENTRY_WISH] = {"wish",
                    ABOUT_NOTHING,
                    false,
                    {{"gain", "share of annual pay"}, {"hazard", "probability"}}},
    [ENTRY_WISH_GONE] = {"wish_gone", ABOUT_NOTHING, false, {{"gain", "share of annual pay"}}},
    [ENTRY_WEIGHED] = {"weighed",
                       ABOUT_NOTHING,
                       false,
                       {{"gain", "currency a year"},
                        {"forfeits", "currency"},
                        {"waits_for", "months"},
                        {"forfeits_until_then", "currency"}}},
    [ENTRY_PROMOTED] = {"promoted", ABOUT_NOTHING, true, {{"level", "levels"}, {"raise", "share"}}},
    [ENTRY_NOTICE] = {"notice", ABOUT_NOTHING, true, {{"notice", "months"}}},
    [ENTRY_EXIT] = {"exit",
                    ABOUT_NOTHING,
                    true,
                    {{"reason", "0 voluntary, 1 dismissal, 2 retirement"}, {"tenure", "months"}}},
    [ENTRY_LOST] = {"lost", ABOUT_SEGMENT, true, {{"annual_revenue", "currency"}}},
    [ENTRY_HANDED] = {"handed_over",
                      ABOUT_SEAT,
                      true,
                      {{"annual_revenue", "currency"},
                       {"waited", "months"},
                       {"held_back", "months"},
                       {"expected_loss", "currency"}}},
    [ENTRY_CHANGE] = {"change", ABOUT_CHANGE, true, {{"number", "changes"}}},
    [ENTRY_CHANGED] = {"changed", ABOUT_CHANGE, false, {{"unsettled", "0..1"}}},
    [ENTRY_OWNER] = {"passed_on",
                     ABOUT_SEAT,
                     true,
                     {{"annual_revenue", "currency"}, {"annual_revenue_lost", "currency"}}},
};

double story_size(const struct history *history) {
    double revenue = 0.0;
    for (size_t s = 0; s < history->model.segment_count; s++) {
        revenue +=
            firm_ledger(&history->firm, 0, 1 + history->model.role_count + s)->stocks.run_rate;
    }
    return SIZE_SHARE * revenue;
}

static bool is_begin(const struct entry *entry) {
    return entry->kind == ENTRY_START || entry->kind == ENTRY_HIRED ||
           entry->kind == ENTRY_MOVED_IN;
}

/* Who sat on the other seat then; whoever moves to one is the next there. */
static struct employee other_employee(const struct history *history, const struct entry *entry) {
    struct employee other = {entry->other, 0};
    for (const struct entry *at = history->diary.entries; at < entry; at++) {
        if (at->seat == other.seat && is_begin(at)) {
            other.occupant = at->occupant;
        }
    }
    other.occupant += entry->kind == ENTRY_MOVED_OUT;
    return other;
}

const char *story_about(char buffer[EMPLOYEE_NAME_SIZE], const struct history *history,
                        const struct entry *entry) {
    const struct model *model = model_after(&history->model, entry->number);
    const struct plan *plan;
    switch (ROWS[entry->kind].about) {
    case ABOUT_CHANGE:
        return change_name(buffer, EMPLOYEE_NAME_SIZE, model->change);
    case ABOUT_COMPONENT:
        plan = model->roles[history->firm.seats[entry->seat].role].plan;
        return entry->other < plan->component_count ? plan->components[entry->other].name
                                                    : STORY_PROMISED;
    case ABOUT_SEGMENT:
        return model->segments[entry->other].segment->name;
    case ABOUT_SEAT:
        return history_name(buffer, history, other_employee(history, entry));
    case ABOUT_NOTHING:
        break;
    }
    return "";
}

static bool is_end(const struct entry *entry) {
    return entry->kind == ENTRY_EXIT || entry->kind == ENTRY_MOVED_OUT;
}

static bool is_about(const struct story *story, const struct entry *entry) {
    return entry->seat == story->employee.seat && entry->occupant == story->employee.occupant;
}

/* The person's own time on the seat: entries of the diary [first, last]. */
static void find_time(const struct story *story, const struct entry **first,
                      const struct entry **last) {
    const struct diary *diary = &story->history->diary;
    *first = diary->entries;
    *last = diary->entries + diary->count;
    for (size_t i = 0; i < diary->count; i++) {
        const struct entry *entry = &diary->entries[i];
        if (is_about(story, entry)) {
            *first = is_begin(entry) ? entry : *first;
            *last = is_end(entry) ? entry : *last;
        }
    }
}

/* After the end only what the exit itself brings: the last payment, what is lost, customers. */
static bool tells_of_person(const struct story *story, const struct entry *entry) {
    const struct entry *first;
    const struct entry *last;
    bool received = (entry->kind == ENTRY_OWNER || entry->kind == ENTRY_HANDED) &&
                    entry->other == story->employee.seat;
    if (!is_about(story, entry) && !received) {
        return false;
    }
    find_time(story, &first, &last);
    bool inside = entry >= first && entry <= last;
    bool after =
        entry > last && !received && entry->month == last->month && entry->kind != ENTRY_LOST;
    return inside || after;
}

bool story_tells(const struct story *story, const struct entry *entry) {
    bool customer = entry->kind == ENTRY_WON || entry->kind == ENTRY_LOST ||
                    entry->kind == ENTRY_OWNER || entry->kind == ENTRY_HANDED;
    if (story->alone) {
        return tells_of_person(story, entry);
    }
    return ROWS[entry->kind].firm && (!customer || entry->value[0] >= story->above);
}

void story_print_csv(FILE *stream, const struct story *story) {
    const struct history *history = story->history;
    (void)fputs("scenario,seed,replication,month,employee,event,about,quantity,unit,value\n",
                stream);
    for (size_t i = 0; i < history->diary.count; i++) {
        const struct entry *entry = &history->diary.entries[i];
        const struct entry_row *row = &ROWS[entry->kind];
        for (size_t v = 0; v < ENTRY_VALUES && row->values[v].name != NULL; v++) {
            char name[EMPLOYEE_NAME_SIZE];
            char about[EMPLOYEE_NAME_SIZE];
            if (!story_tells(story, entry)) {
                break;
            }
            format_csv(stream, history->parameters->name);
            (void)fprintf(stream, ",%llu,%llu,%ld,",
                          (unsigned long long)history->parameters->simulation.seed,
                          (unsigned long long)history->replication, entry->month + 1);
            format_csv(stream, history_name(name, history,
                                            (struct employee){entry->seat, entry->occupant}));
            (void)fprintf(stream, ",%s,", row->event);
            format_csv(stream, story_about(about, history, entry));
            (void)fprintf(stream, ",%s,", row->values[v].name);
            format_csv(stream, row->values[v].unit);
            format_csv_number(stream, entry->value[v]);
            (void)fputs("\n", stream);
        }
    }
}

void story_print_json(FILE *stream, const struct story *story) {
    const struct history *history = story->history;
    bool begun = false;
    (void)fputs("{ \"scenario\": ", stream);
    json_string(stream, history->parameters->name);
    (void)fprintf(stream, ",\n  \"seed\": %llu,\n  \"replication\": %llu,\n  \"events\": [",
                  (unsigned long long)history->parameters->simulation.seed,
                  (unsigned long long)history->replication);
    for (size_t i = 0; i < history->diary.count; i++) {
        const struct entry *entry = &history->diary.entries[i];
        const struct entry_row *row = &ROWS[entry->kind];
        char name[EMPLOYEE_NAME_SIZE];
        char about[EMPLOYEE_NAME_SIZE];
        if (!story_tells(story, entry)) {
            continue;
        }
        (void)fprintf(stream, "%s\n    {\"month\": %ld, \"employee\": ", begun ? "," : "",
                      entry->month + 1);
        begun = true;
        json_string(stream,
                    history_name(name, history, (struct employee){entry->seat, entry->occupant}));
        (void)fprintf(stream, ", \"event\": \"%s\"", row->event);
        if (row->about != ABOUT_NOTHING) {
            (void)fputs(", \"about\": ", stream);
            json_string(stream, story_about(about, history, entry));
        }
        for (size_t v = 0; v < ENTRY_VALUES && row->values[v].name != NULL; v++) {
            json_number(stream, ", ", row->values[v].name, entry->value[v]);
        }
        (void)fputs("}", stream);
    }
    (void)fputs("\n  ]\n}\n", stream);
}

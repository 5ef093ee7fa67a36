/* What differs between two states of a scenario: plans and careers in words, all else as
 * parameters. Used for dated changes and for the scenarios of a comparison. */
#include "report/page_clauses.h"

#include "scenario/difference.h"

#include <stdio.h>
#include <string.h>

const struct plan *page_plan_of(const struct parameters *parameters, const struct role *role) {
    for (size_t p = 0; p < parameters->plan_count; p++) {
        if (strcmp(parameters->plans[p].name, role->plan) == 0) {
            return &parameters->plans[p];
        }
    }
    return NULL;
}

size_t page_differences(struct page *page, const struct parameters *before,
                        const struct parameters *after) {
    struct text lines = {0};
    size_t count = 0;
    scenario_differences(before, after, "", &lines);
    for (const char *at = text_bytes(&lines); *at != '\0';) {
        size_t length = strcspn(at, "\n");
        if (length > 0 && !difference_is_of_pay(at)) {
            struct text line = {0};
            text_add(&line, "%.*s", (int)length, at);
            page_markup(page, "<li><code>");
            page_text(page, text_bytes(&line));
            page_markup(page, "</code></li>\n");
            text_free(&line);
            count++;
        }
        at += length + (at[length] == '\n');
    }
    text_free(&lines);
    return count;
}

/* The role's new plan, when it says anything else than the one before. */
static void write_role(struct page *page, const struct parameters *before,
                       const struct parameters *after, size_t r) {
    struct clauses old;
    struct clauses new;
    const struct plan *first = page_plan_of(before, &before->roles[r]);
    const struct plan *second = page_plan_of(after, &after->roles[r]);
    if (first == NULL || second == NULL) {
        return;
    }
    clauses_of(&old, page, first);
    clauses_add_career(&old, page, &before->roles[r]);
    clauses_of(&new, page, second);
    clauses_add_career(&new, page, &after->roles[r]);
    bool differs = old.count != new.count;
    for (size_t c = 0; c < new.count; c++) {
        differs = differs || !clauses_have(&old, text_bytes(&new.text[c]));
    }
    for (size_t c = 0; differs && c < new.count; c++) {
        page_markup(page, "<li>");
        page_text(page, after->roles[r].name);
        page_markup(page, ", ");
        page_text(page, second->name);
        page_markup(page, ": ");
        page_text(page, text_bytes(&new.text[c]));
        page_markup(page, "</li>\n");
    }
    clauses_free(&old);
    clauses_free(&new);
}

static void write_change(struct page *page, const struct change *change,
                         const struct parameters *before) {
    const struct parameters *after = change->set.parameters;
    char month[FORMAT_SIZE];
    (void)snprintf(month, sizeof month, "%ld", change->month);
    page_markup(page, "<div class=\"plan\">\n<h4>");
    page_words(page, WORD_CHANGE_FROM, WORDS(month));
    page_markup(page, "</h4>\n<p class=\"who\">");
    page_text(page, change->name);
    page_markup(page, "</p>\n<ul>\n");
    for (size_t r = 0; r < after->role_count && r < before->role_count; r++) {
        write_role(page, before, after, r);
    }
    (void)page_differences(page, before, after);
    page_markup(page, "</ul>\n</div>\n");
}

void page_changes(struct page *page, const struct results *results) {
    for (size_t v = 0; v < results->variant_count; v++) {
        const struct parameters *before = &results->variants[v].scenario->parameters;
        const struct parameters *scenario = before;
        struct text name = {0};
        if (scenario->change_count == 0) {
            continue;
        }
        format_plan(&name, results, v, 60);
        page_markup(page, "<h3>");
        page_words(page, WORD_CHANGES_OF, WORDS(text_bytes(&name)));
        page_markup(page, "</h3>\n<div class=\"plans\">\n");
        for (size_t k = 0; k < scenario->change_count; k++) {
            write_change(page, &scenario->changes[k], before);
            before = scenario->changes[k].set.parameters;
        }
        page_markup(page, "</div>\n");
        text_free(&name);
    }
}

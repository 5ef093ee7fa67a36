/* Who is paid for what: a card for each role and plan, in words. */
#include "report/page_clauses.h"

#include "base/memory.h"
#include "report/format.h"

#include <stdlib.h>
#include <string.h>

static const struct role *find_role(const struct parameters *parameters, const char *name) {
    for (size_t r = 0; r < parameters->role_count; r++) {
        if (strcmp(parameters->roles[r].name, name) == 0) {
            return &parameters->roles[r];
        }
    }
    return NULL;
}

static const struct parameters *parameters_of(const struct results *results, size_t variant) {
    return &results->variants[variant].scenario->parameters;
}

/* What a role is told in one variant: no clauses where it has no such role. */
struct told {
    const struct role *role;
    const struct plan *plan;
    struct clauses clauses;
    bool like_first;
};

static void tell(struct told *told, const struct page *page, const struct parameters *parameters,
                 const char *name) {
    told->role = find_role(parameters, name);
    told->plan = told->role == NULL ? NULL : page_plan_of(parameters, told->role);
    if (told->plan != NULL) {
        clauses_of(&told->clauses, page, told->plan);
        clauses_add_career(&told->clauses, page, told->role);
    }
}

static bool same_clauses(const struct clauses *one, const struct clauses *other) {
    bool same = one->count == other->count;
    for (size_t c = 0; same && c < one->count; c++) {
        same = strcmp(text_bytes(&one->text[c]), text_bytes(&other->text[c])) == 0;
    }
    return same;
}

/* Whether no other of the plans has the clause. */
static bool only_here(const struct told told[], size_t count, size_t variant, const char *clause) {
    for (size_t v = 0; v < count; v++) {
        if (v != variant && clauses_have(&told[v].clauses, clause)) {
            return false;
        }
    }
    return true;
}

static void write_clauses(struct page *page, const struct told told[], size_t count, size_t v) {
    page_markup(page, "<ul>\n");
    for (size_t c = 0; c < told[v].clauses.count; c++) {
        const char *clause = text_bytes(&told[v].clauses.text[c]);
        bool marked = count > 1 && only_here(told, count, v, clause);
        page_markup(page, marked ? "<li class=\"other\">" : "<li>");
        page_text(page, clause);
        if (marked) { /* not by colour alone */
            page_markup(page, " <span class=\"tag\">");
            page_word(page, WORD_PLAN_ONLY_HERE);
            page_markup(page, "</span>");
        }
        page_markup(page, "</li>\n");
    }
    page_markup(page, "</ul>\n");
}

static void write_card(struct page *page, const struct results *results, const struct told told[],
                       size_t v, const char *role) {
    size_t count = results->variant_count;
    struct text name = {0};
    struct text first = {0};
    char people[FORMAT_SIZE];
    format_plan(&name, results, v, 60);
    format_plan(&first, results, 0, 60);
    page_markup(page, "<div class=\"plan\">\n<h4>");
    page_text(page, count > 1 ? text_bytes(&name) : role);
    page_markup(page, "</h4>\n<p class=\"who\">");
    if (told[v].role == NULL || told[v].plan == NULL) {
        page_words(page, WORD_PLAN_NOT_THERE, WORDS(text_bytes(&name)));
        page_markup(page, "</p>\n");
    } else {
        (void)snprintf(people, sizeof people, "%ld", told[v].role->headcount);
        page_words(page, WORD_PLAN_OF_ROLE, WORDS(people, told[v].plan->name));
        page_markup(page, "</p>\n");
        if (told[v].like_first) {
            page_markup(page, "<p>");
            page_words(page, WORD_PLAN_LIKE_FIRST, WORDS(text_bytes(&first)));
            page_markup(page, "</p>\n");
        } else {
            write_clauses(page, told, count, v);
        }
    }
    page_markup(page, "</div>\n");
    text_free(&name);
    text_free(&first);
}

static void write_role(struct page *page, const struct results *results, struct told told[],
                       const char *name) {
    size_t count = results->variant_count;
    for (size_t v = 0; v < count; v++) {
        told[v] = (struct told){0};
        tell(&told[v], page, parameters_of(results, v), name);
        told[v].like_first = v > 0 && told[v].plan != NULL && told[0].plan != NULL &&
                             told[v].role->headcount == told[0].role->headcount &&
                             same_clauses(&told[0].clauses, &told[v].clauses);
    }
    if (count > 1) {
        page_markup(page, "<h3>");
        page_text(page, name);
        page_markup(page, "</h3>\n<div class=\"plans\">\n");
    }
    for (size_t v = 0; v < count; v++) {
        if (told[v].role != NULL || count > 1) {
            write_card(page, results, told, v, name);
        }
    }
    if (count > 1) {
        page_markup(page, "</div>\n");
    }
    for (size_t v = 0; v < count; v++) {
        clauses_free(&told[v].clauses);
    }
}

/* Whether an earlier variant has told of the role already. */
static bool told_before(const struct results *results, size_t variant, const char *role) {
    for (size_t v = 0; v < variant; v++) {
        if (find_role(parameters_of(results, v), role) != NULL) {
            return true;
        }
    }
    return false;
}

bool page_plans(struct page *page, const struct results *results, struct error *error) {
    bool several = results->variant_count > 1;
    struct told *told = memory_array(results->variant_count, sizeof *told, "plans in words", error);
    if (told == NULL) {
        return false;
    }
    page_section(page, "plans", WORD_PAGE_PLANS);
    if (several) {
        page_paragraph(page, "note", WORD_PLAN_MARKED, WORDS(""));
    } else {
        page_markup(page, "<div class=\"plans\">\n");
    }
    for (size_t v = 0; v < results->variant_count; v++) {
        const struct parameters *parameters = parameters_of(results, v);
        for (size_t r = 0; r < parameters->role_count; r++) {
            if (!told_before(results, v, parameters->roles[r].name)) {
                write_role(page, results, told, parameters->roles[r].name);
            }
        }
    }
    page_markup(page, several ? "" : "</div>\n");
    page_changes(page, results);
    page_section_end(page);
    free(told);
    return true;
}

#include "engine/payday_compare.h"

#include "base/memory.h"

#include <stdlib.h>

struct place {
    int64_t paid;
    size_t payee;
};

static int compare_places(const void *left, const void *right) {
    const struct place *a = left;
    const struct place *b = right;
    if (a->paid != b->paid) {
        return a->paid < b->paid ? -1 : 1;
    }
    return a->payee < b->payee ? -1 : a->payee > b->payee;
}

/* Tenths of about the same number of people, from the least paid. */
static void find_tenths(struct payday_totals *totals, struct place *places) {
    size_t count = 0;
    for (size_t p = 0; p < totals->people; p++) {
        if (totals->counted[p]) {
            places[count++] = (struct place){payday_sums(totals, 0, p)->paid, p};
        }
    }
    qsort(places, count, sizeof *places, compare_places);
    for (size_t i = 0; i < count; i++) {
        totals->tenth[places[i].payee] = i * TENTHS / count;
    }
}

static void count_people(struct payday_totals *totals, const struct payday_question *question) {
    long first = payday_first_paid(question);
    for (size_t p = 0; p < totals->people; p++) {
        const struct payee *payee = &question->roster->payees[p];
        for (long m = first; m <= question->last_month; m++) {
            totals->counted[p] = totals->counted[p] || payee_employed(payee, m);
        }
    }
}

bool payday_totals(struct payday_totals *totals, const struct payday_question *question,
                   const struct payday_results *results, struct error *error) {
    size_t people = question->roster->names.count;
    struct place *places = memory_array(people, sizeof *places, "people", error);
    totals->people = people;
    totals->schemes = question->scheme_count;
    totals->sums = memory_array(people * totals->schemes, sizeof *totals->sums, "totals", error);
    totals->counted = memory_array(people, sizeof *totals->counted, "people", error);
    totals->tenth = memory_array(people, sizeof *totals->tenth, "people", error);
    bool good =
        places != NULL && totals->sums != NULL && totals->counted != NULL && totals->tenth != NULL;
    if (good) {
        count_people(totals, question);
        for (size_t i = 0; i < results->line_count; i++) {
            const struct pay_line *line = &results->lines[i];
            struct pay_sums *sums = &totals->sums[line->scheme * people + line->payee];
            sums->cents[line->kind] += line->cents;
            sums->paid += pay_kind_is_paid(line->kind) ? line->cents : 0;
            totals->counted[line->payee] = true;
        }
        find_tenths(totals, places);
    }
    free(places);
    return good;
}

void payday_totals_free(struct payday_totals *totals) {
    free(totals->sums);
    free(totals->counted);
    free(totals->tenth);
    *totals = (struct payday_totals){0};
}

const struct pay_sums *payday_sums(const struct payday_totals *totals, size_t scheme,
                                   size_t payee) {
    return &totals->sums[scheme * totals->people + payee];
}

struct pay_comparison payday_compare(const struct payday_totals *totals, size_t scheme,
                                     size_t tenth) {
    struct pay_comparison comparison = {0};
    for (size_t p = 0; p < totals->people; p++) {
        if (!totals->counted[p] || (tenth < TENTHS && totals->tenth[p] != tenth)) {
            continue;
        }
        int64_t first = payday_sums(totals, 0, p)->paid;
        int64_t other = payday_sums(totals, scheme, p)->paid;
        comparison.people++;
        comparison.winners += other > first;
        comparison.losers += other < first;
        comparison.first += first;
        comparison.other += other;
        *(other > first ? &comparison.won : &comparison.lost) += other - first;
    }
    return comparison;
}

#include "engine/dealings.h"

#include "base/memory.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>

/* One credit of a deal as it is kept when deals have to be sorted. */
struct kept {
    int64_t amount;
    int64_t margin;
    int32_t month;
    int32_t cancelled; /* INT32_MAX: never */
    uint32_t line;
    uint32_t payee;
    uint32_t share;
    uint32_t product; /* UINT32_MAX: another */
    uint8_t day;
    uint8_t kind;
    uint8_t credit; /* number within the deal: the order of its people */
};
static_assert(sizeof(struct kept) <= 48, "a million deals are kept in 48 MB");

struct reading {
    struct dealings *dealings; /* survey */
    const struct dealings *played;
    bool (*deal)(void *user, const struct dealing *dealing);
    void *user;
    struct kept *kept;
    size_t count;
    size_t capacity;
    struct error *error;
};

/* Towards 0: (whole * 10^6 + rest) * share / 10^6 within 64 bits. */
static int64_t part_to(int64_t amount, int64_t share) {
    return amount / MILLIONTHS * share + amount % MILLIONTHS * share / MILLIONTHS;
}

int64_t dealing_part(int64_t amount, int64_t before, int64_t share) {
    return part_to(amount, before + share) - part_to(amount, before);
}

static bool note_stranger(struct dealings *dealings, const char *name, long line,
                          struct error *error) {
    size_t number;
    void *strangers = dealings->strangers_of;
    if (!dictionary_add(&dealings->strangers, name, &number, error) ||
        !memory_grow(&strangers, &dealings->stranger_capacity, dealings->strangers.count,
                     sizeof *dealings->strangers_of, "people", error)) {
        return false;
    }
    dealings->strangers_of = strangers;
    struct stranger *stranger = &dealings->strangers_of[number];
    stranger->line = stranger->deals == 0 ? line : stranger->line;
    stranger->deals++;
    return true;
}

static bool survey_deal(void *user, const struct deal *deal) {
    const struct reading *reading = user;
    struct dealings *dealings = reading->dealings;
    long month = date_month(deal->date);
    size_t number;
    if (dealings->rows == 0 || month < dealings->first_month) {
        dealings->first_month = month;
    }
    if (dealings->rows == 0 || month > dealings->last_month) {
        dealings->last_month = month;
    }
    dealings->rows++;
    if (!deal->has_margin && deal->kind != DEAL_RENEWAL) {
        dealings->first_without_margin =
            dealings->without_margin == 0 ? deal->line : dealings->first_without_margin;
        dealings->without_margin++;
    }
    if (dictionary_find(dealings->products, deal->product, &number)) {
        dealings->product_seen[number] = true;
    }
    for (size_t i = 0; i < deal->credit_count; i++) {
        const char *name = deal->credits[i].person;
        if (!roster_person(dealings->roster, name, &number, reading->error) ||
            (number == SIZE_MAX && !note_stranger(dealings, name, deal->line, reading->error))) {
            return false;
        }
    }
    return true;
}

bool dealings_survey(struct dealings *dealings, struct table_report *report, struct error *error) {
    struct reading reading = {.dealings = dealings, .error = error};
    dealings->last_month = -1;
    dealings->product_seen =
        memory_array(dealings->products->count, sizeof *dealings->product_seen, "products", error);
    bool good = dealings->product_seen != NULL &&
                deals_read(dealings->path, dealings->options, survey_deal, &reading, report, error);
    dealings->in_order = report->deals_in_order;
    return good;
}

/* False when the file is not what it was at the first reading. */
static bool take(const struct reading *reading, const struct deal *deal, struct dealing *taken) {
    const struct dealings *dealings = reading->played;
    size_t number;
    *taken = (struct dealing){.line = deal->line,
                              .month = date_month(deal->date),
                              .day = deal->date.day,
                              .kind = deal->kind,
                              .product = SIZE_MAX,
                              .amount = deal->amount,
                              .margin = deal->margin,
                              .cancelled = LONG_MAX,
                              .credit_count = deal->credit_count};
    if (deal->cancelled) {
        taken->cancelled = date_month(deal->cancelled_on);
    }
    if (dictionary_find(dealings->products, deal->product, &number)) {
        taken->product = number;
    }
    for (size_t i = 0; i < deal->credit_count; i++) {
        size_t payee;
        if (!dictionary_find(&dealings->roster->names, deal->credits[i].person, &payee)) {
            if (!dictionary_find(&dealings->strangers, deal->credits[i].person, &payee)) {
                return false;
            }
            payee = UINT32_MAX;
        }
        taken->credits[i] =
            (struct dealing_credit){(uint32_t)payee, (uint32_t)deal->credits[i].share};
    }
    return taken->month >= dealings->first_month && taken->month <= dealings->last_month;
}

static bool changed(const struct reading *reading) {
    return error_add(reading->error, ERROR_FAILURE, "%s: the file changed while it was read",
                     reading->played->path);
}

static bool play_deal(void *user, const struct deal *deal) {
    const struct reading *reading = user;
    struct dealing dealing;
    if (!take(reading, deal, &dealing)) {
        return changed(reading);
    }
    return reading->deal(reading->user, &dealing);
}

static bool keep_deal(void *user, const struct deal *deal) {
    struct reading *reading = user;
    struct dealing dealing;
    void *kept = reading->kept;
    if (!take(reading, deal, &dealing)) {
        return changed(reading);
    }
    if (!memory_grow(&kept, &reading->capacity, reading->count + dealing.credit_count,
                     sizeof *reading->kept, "deals", reading->error)) {
        return false;
    }
    reading->kept = kept;
    for (size_t i = 0; i < dealing.credit_count; i++) {
        reading->kept[reading->count++] = (struct kept){
            .amount = dealing.amount,
            .margin = dealing.margin,
            .month = (int32_t)dealing.month,
            .cancelled = dealing.cancelled == LONG_MAX ? INT32_MAX : (int32_t)dealing.cancelled,
            .line = (uint32_t)dealing.line,
            .payee = dealing.credits[i].payee,
            .share = dealing.credits[i].share,
            .product = dealing.product == SIZE_MAX ? UINT32_MAX : (uint32_t)dealing.product,
            .day = (uint8_t)dealing.day,
            .kind = (uint8_t)dealing.kind,
            .credit = (uint8_t)i};
    }
    return true;
}

/* By date, line and order of the people: all different, so any way of sorting gives the same. */
static int compare_kept(const void *left, const void *right) {
    const struct kept *a = left;
    const struct kept *b = right;
    const long long differences[4] = {(long long)a->month - b->month, a->day - b->day,
                                      (long long)a->line - b->line, a->credit - b->credit};
    for (size_t i = 0; i < 4; i++) {
        if (differences[i] != 0) {
            return differences[i] < 0 ? -1 : 1;
        }
    }
    return 0;
}

static struct dealing unkeep(const struct kept *kept, size_t count) {
    struct dealing dealing = {.line = kept->line,
                              .month = kept->month,
                              .day = kept->day,
                              .kind = (enum deal_kind)kept->kind,
                              .product = kept->product == UINT32_MAX ? SIZE_MAX : kept->product,
                              .amount = kept->amount,
                              .margin = kept->margin,
                              .cancelled =
                                  kept->cancelled == INT32_MAX ? LONG_MAX : kept->cancelled,
                              .credit_count = count};
    for (size_t i = 0; i < count; i++) {
        dealing.credits[i] = (struct dealing_credit){kept[i].payee, kept[i].share};
    }
    return dealing;
}

static bool play_sorted(struct reading *reading) {
    qsort(reading->kept, reading->count, sizeof *reading->kept, compare_kept);
    for (size_t i = 0; i < reading->count;) {
        size_t count = 1;
        while (i + count < reading->count &&
               reading->kept[i + count].line == reading->kept[i].line) {
            count++;
        }
        struct dealing dealing = unkeep(&reading->kept[i], count);
        if (!reading->deal(reading->user, &dealing)) {
            return false;
        }
        i += count;
    }
    return true;
}

bool dealings_play(const struct dealings *dealings,
                   bool (*deal)(void *user, const struct dealing *dealing), void *user,
                   struct error *error) {
    struct reading reading = {.played = dealings, .deal = deal, .user = user, .error = error};
    struct table_report report = {0};
    bool good =
        dealings->in_order
            ? deals_read(dealings->path, dealings->options, play_deal, &reading, &report, error)
            : deals_read(dealings->path, dealings->options, keep_deal, &reading, &report, error) &&
                  play_sorted(&reading);
    if (good && report.rows != dealings->rows) {
        good = changed(&reading);
    }
    free(reading.kept);
    table_report_free(&report);
    return good;
}

void dealings_free(struct dealings *dealings) {
    free(dealings->product_seen);
    free(dealings->strangers_of);
    dictionary_free(&dealings->strangers);
    *dealings = (struct dealings){0};
}

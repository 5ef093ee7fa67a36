#include "report/format.h"
#include "report/verdict.h"
#include "report/words.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

enum { WIDTH = 79 };

/* Columns of the table, 80 in all. */
enum { RANK = 5, NAME = 20, MEAN = 9, RANGE = 21, SHARE = 8, REGRET = 9 };

/* Means of pay that are as close as this part of each other are equal: a plan's pay can hardly be
 * set more exactly (docs/tutorial.md). */
static const double PAY_EQUAL = 0.01;

void verdict_order(const struct decision *decision, size_t order[]) {
    size_t place = 0;
    for (size_t rank = 1; rank <= decision->plan_count; rank++) {
        for (size_t p = 0; p < decision->plan_count; p++) {
            if (decision->plans[p].rank == rank) {
                order[place++] = p;
            }
        }
    }
}

static void add_name(struct text *text, const struct verdict *verdict, size_t plan) {
    format_plan(text, verdict->results, plan, 40);
}

/* Two digits, rounded up: 3,400. */
static const char *round_count(char buffer[FORMAT_SIZE], double count) {
    double unit = 1.0;
    while (count / unit > 100.0) {
        unit *= 10.0;
    }
    return format_count(buffer, (uint64_t)(ceil(count / unit) * unit));
}

double verdict_error(const struct decision_plan *plan) {
    return 0.5 * fmax(plan->high - plan->advantage, plan->advantage - plan->low);
}

/* Who says a sentence: its language, and what the metric is called in it. */
struct wording {
    enum language language;
    const char *metric;
};

/* An amount by which something is ahead or lost: no plus in front. */
static const char *amount(char buffer[WORDS_SIZE], const struct wording *wording, const char *unit,
                          double value, double error) {
    (void)words_difference_near(buffer, wording->language, unit, value, error);
    if (buffer[0] == '+') {
        memmove(buffer, buffer + 1, strlen(buffer));
    }
    return buffer;
}

static void add_more_histories(struct text *text, const struct wording *wording,
                               const struct verdict *verdict) {
    const struct decision *decision = verdict->decision;
    char count[FORMAT_SIZE];
    char shown[WORDS_SIZE];
    if (decision->histories_needed > 1e8 || isnan(decision->histories_needed)) {
        text_add(text, " %s", words_in(wording->language, WORD_VERDICT_EQUAL));
    } else if (decision->histories_needed > (double)decision->histories) {
        text_add(text, " ");
        words_add(text, wording->language, WORD_VERDICT_MORE,
                  WORDS(words_number(shown, wording->language,
                                     round_count(count, decision->histories_needed))));
    }
}

/* "(2.9 M to 3.9 M)": how far the leader is ahead of another; nothing when that may be nothing,
 * which intervals for all pairs say more often than those with the best alone. */
static void add_lead(struct text *text, const struct wording *wording,
                     const struct verdict *verdict, size_t other) {
    const struct decision *decision = verdict->decision;
    const char *unit = verdict->outcome->unit;
    char least[WORDS_SIZE];
    char most[WORDS_SIZE];
    for (size_t p = 0; p < decision->pair_count; p++) {
        const struct decision_pair *pair = &decision->pairs[p];
        bool turned = pair->second == decision->leader && pair->first == other;
        double low = turned ? -pair->high : pair->low;
        if ((turned || (pair->first == decision->leader && pair->second == other)) && low > 0.0) {
            words_add(text, wording->language, WORD_VERDICT_LEAD,
                      WORDS(amount(least, wording, unit, low, pair->standard_error),
                            amount(most, wording, unit, turned ? -pair->low : pair->high,
                                   pair->standard_error)));
        }
    }
}

/* The best of the others by its mean. */
static size_t next_best(const struct decision *decision) {
    size_t next = decision->leader == 0 ? 1 : 0;
    for (size_t p = 0; p < decision->plan_count; p++) {
        bool closer = decision->plans[p].rank < decision->plans[next].rank;
        next = p != decision->leader && closer ? p : next;
    }
    return next;
}

static void add_decided(struct text *text, const struct wording *wording,
                        const struct verdict *verdict) {
    const struct decision *decision = verdict->decision;
    const struct decision_plan *leader = &decision->plans[decision->leader];
    size_t next = next_best(decision);
    char ahead[WORDS_SIZE];
    char chance[FORMAT_SIZE];
    struct text best = {0};
    struct text second = {0};
    struct text lead = {0};
    add_name(&best, verdict, decision->leader);
    add_name(&second, verdict, next);
    if (decision->plan_count > 2) {
        text_add(&second, "%s", words_in(wording->language, WORD_VERDICT_NEXT));
    }
    add_lead(&lead, wording, verdict, next);
    (void)amount(ahead, wording, verdict->outcome->unit, leader->advantage, verdict_error(leader));
    if (leader->rank_high > 1) { /* one sentence must not be surer than the ranks beside it */
        words_add(text, wording->language,
                  decision->lower_is_better ? WORD_VERDICT_PROBABLY_LOW
                                            : WORD_VERDICT_PROBABLY_HIGH,
                  WORDS(text_bytes(&best), wording->metric, ahead, text_bytes(&second),
                        format_percent(chance, leader->probability_best)));
    } else {
        words_add(text, wording->language,
                  decision->lower_is_better ? WORD_VERDICT_BEST_LOW : WORD_VERDICT_BEST_HIGH,
                  WORDS(text_bytes(&best), wording->metric, ahead, text_bytes(&second),
                        text_bytes(&lead)));
    }
    text_free(&best);
    text_free(&second);
    text_free(&lead);
}

/* "a, b or c", or how many when there are more than three. */
static void add_others(struct text *text, const struct wording *wording,
                       const struct verdict *verdict) {
    const struct decision *decision = verdict->decision;
    size_t others = 0;
    size_t named = 0;
    for (size_t p = 0; p < decision->plan_count; p++) {
        others += p != decision->leader && decision->plans[p].perhaps_best;
    }
    if (others > 3) {
        char count[WORDS_SIZE];
        words_add(text, wording->language, WORD_VERDICT_OTHERS,
                  WORDS(words_count(count, wording->language, others)));
        return;
    }
    for (size_t p = 0; p < decision->plan_count; p++) {
        if (p != decision->leader && decision->plans[p].perhaps_best) {
            named++;
            text_add(text, "%s",
                     named == 1        ? ""
                     : named == others ? words_in(wording->language, WORD_PAGE_LIST_OR)
                                       : ", ");
            add_name(text, verdict, p);
        }
    }
}

static void add_undecided(struct text *text, const struct wording *wording,
                          const struct verdict *verdict) {
    const struct decision *decision = verdict->decision;
    const struct decision_plan *leader = &decision->plans[decision->leader];
    char loss[WORDS_SIZE];
    char chance[FORMAT_SIZE];
    struct text best = {0};
    struct text others = {0};
    add_name(&best, verdict, decision->leader);
    add_others(&others, wording, verdict);
    words_add(
        text, wording->language,
        decision->lower_is_better ? WORD_VERDICT_PERHAPS_LOW : WORD_VERDICT_PERHAPS_HIGH,
        WORDS(text_bytes(&best), wording->metric, text_bytes(&others),
              format_percent(chance, leader->probability_best),
              amount(loss, wording, verdict->outcome->unit, leader->loss, verdict_error(leader))));
    add_more_histories(text, wording, verdict);
    text_free(&best);
    text_free(&others);
}

void verdict_sentence(struct text *text, enum language language, const char *metric,
                      const struct verdict *verdict) {
    const struct decision *decision = verdict->decision;
    const struct wording wording = {language, metric};
    char share[FORMAT_SIZE];
    if (decision->histories < 2) {
        words_add(text, language, WORD_VERDICT_FEW, WORDS(metric));
        return;
    }
    if (decision->same) {
        words_add(text, language, WORD_VERDICT_SAME, WORDS(metric));
        return;
    }
    if (decision->decided) {
        add_decided(text, &wording, verdict);
    } else {
        add_undecided(text, &wording, verdict);
    }
    text_add(text, " ");
    words_add(text, language, WORD_VERDICT_SHARE,
              WORDS(format_percent(share, decision->plans[decision->leader].share_best)));
}

/* Mean of the whole horizon; NaN where the plan has no such metric. */
static double mean_of(const struct results *results, size_t plan, const char *metric) {
    const struct variant *variant = &results->variants[plan];
    int series = table_find(&variant->values, &variant->scenario->parameters, metric);
    return series < 0 ? (double)NAN : format_mean(table_horizon(&variant->values, (size_t)series));
}

void verdict_pay(struct text *text, enum language language, const struct verdict *verdict) {
    const struct decision *decision = verdict->decision;
    if (decision->plan_count < 2 || strncmp(verdict->metric, "pay_", 4) == 0) {
        return;
    }
    size_t next = next_best(decision);
    double pay = mean_of(verdict->results, decision->leader, "pay_cost");
    double other = mean_of(verdict->results, next, "pay_cost");
    double part = fabs(pay - other) / other;
    if (!(other > 0.0 && part > PAY_EQUAL)) { /* NaN: nobody knows */
        return;
    }
    char number[FORMAT_SIZE];
    char amount_shown[WORDS_SIZE];
    char part_shown[WORDS_SIZE];
    struct text best = {0};
    struct text second = {0};
    add_name(&best, verdict, decision->leader);
    add_name(&second, verdict, next);
    words_add(text, language, pay > other ? WORD_VERDICT_PAY_MORE : WORD_VERDICT_PAY_LESS,
              WORDS(text_bytes(&best), text_bytes(&second),
                    words_value(amount_shown, language, "currency", fabs(pay - other)),
                    words_number(part_shown, language, format_percent(number, part))));
    text_free(&best);
    text_free(&second);
}

/* Whether a number is parted from its unit at this blank: "3.76 M", "41 %". */
static bool before_unit(const char *words, size_t blank) {
    static const char *const UNITS[] = {"G", "M", "k", "%", "pp"};
    if (blank == 0 || words[blank - 1] < '0' || words[blank - 1] > '9') {
        return false;
    }
    for (size_t u = 0; u < sizeof UNITS / sizeof UNITS[0]; u++) {
        size_t length = strlen(UNITS[u]);
        const char *rest = words + blank + 1;
        if (strncmp(rest, UNITS[u], length) == 0 && isalnum((unsigned char)rest[length]) == 0) {
            return true;
        }
    }
    return false;
}

/* Breaks at blanks, never before a unit; a plan's name may hold blanks, which does no harm. */
static void add_wrapped(struct text *text, const char *words) {
    while (*words != '\0') {
        size_t column = 0;
        size_t bytes = 0;
        size_t end = 0; /* of the line, at a blank */
        while (words[bytes] != '\0' && (column <= WIDTH || end == 0)) {
            if (words[bytes] == ' ' && !before_unit(words, bytes)) {
                end = bytes;
            }
            column += ((unsigned char)words[bytes] & 0xC0U) != 0x80U;
            bytes++;
        }
        end = words[bytes] == '\0' && column <= WIDTH ? bytes : end == 0 ? bytes : end;
        text_add(text, "%.*s\n", (int)end, words);
        words += end;
        words += *words == ' ';
    }
}

static void add_rank(struct text *text, const struct decision_plan *plan) {
    char cell[48];
    if (plan->rank_low == plan->rank_high) {
        (void)snprintf(cell, sizeof cell, "%zu", plan->rank_low);
    } else {
        (void)snprintf(cell, sizeof cell, "%zu-%zu", plan->rank_low, plan->rank_high);
    }
    text_add_cell(text, cell, RANK);
}

static void add_row(struct text *text, const struct verdict *verdict, size_t p) {
    const struct decision_plan *plan = &verdict->decision->plans[p];
    const char *unit = verdict->outcome->unit;
    const double error = verdict_error(plan);
    struct text name = {0};
    char value[FORMAT_SIZE];
    char regret[FORMAT_DIFFERENCE_SIZE];
    char range[6 * FORMAT_SIZE];
    char low[FORMAT_DIFFERENCE_SIZE];
    char high[FORMAT_DIFFERENCE_SIZE];
    add_rank(text, plan);
    format_plan(&name, verdict->results, p, NAME - 1);
    text_add_cell(text, text_bytes(&name), NAME);
    text_free(&name);
    text_add_cell(text, format_value(value, unit, plan->mean), -MEAN);
    (void)format_difference_near(low, unit, plan->low, error, true);
    (void)format_difference_near(high, unit, plan->high, error, true);
    low[strcspn(low, "p")] = '\0'; /* the unit once: "-0.12 .. +0.34 pp" */
    (void)snprintf(range, sizeof range, "%s%s.. %s", low, low[strlen(low) - 1] == ' ' ? "" : " ",
                   high);
    text_add_cell(text, range, -RANGE);
    text_add_cell(text, format_percent(value, plan->probability_best), -SHARE);
    text_add_cell(text, format_percent(value, plan->share_best), -SHARE);
    text_add_cell(
        text,
        format_difference_near(regret, unit, plan->regret, plan->regret_standard_error, false),
        -REGRET);
    text_add(text, "\n");
}

static void add_table(struct text *text, const struct verdict *verdict) {
    const struct decision *decision = verdict->decision;
    size_t count = decision->plan_count;
    text_add_cell(text, "rank", RANK);
    text_add_cell(text, "plan", NAME);
    text_add_cell(text, "mean", -MEAN);
    text_add_cell(text, "better than rest", -RANGE);
    text_add_cell(text, "is best", -SHARE);
    text_add_cell(text, "best in", -SHARE);
    text_add_cell(text, "regret", -REGRET);
    text_add(text, "\n");
    for (size_t rank = 1; rank <= count; rank++) {
        for (size_t p = 0; p < count; p++) {
            if (decision->plans[p].rank == rank) {
                add_row(text, verdict, p);
            }
        }
    }
    text_add(text,
             "rank, better than rest: 95 %% certain, for all at once; is best: by its mean,\n"
             "best in: by history; regret: gain of who knew the best plan of each history.\n");
}

void verdict_text(struct text *text, const struct verdict *verdict) {
    const struct decision *decision = verdict->decision;
    struct text sentence = {0};
    text_add(text, "\nWhich plan is the best? %s, %s is better\n", verdict->metric,
             decision->lower_is_better ? "lower" : "higher");
    verdict_sentence(&sentence, LANGUAGE_ENGLISH, verdict->metric, verdict);
    add_wrapped(text, text_bytes(&sentence));
    text_free(&sentence);
    verdict_pay(&sentence, LANGUAGE_ENGLISH, verdict);
    add_wrapped(text, text_bytes(&sentence));
    text_free(&sentence);
    if (decision->missing > 0) {
        char missing[FORMAT_SIZE];
        text_add(&sentence, "%s histories have no value of %s for some plan and are left out",
                 format_count(missing, decision->missing), verdict->metric);
        add_wrapped(text, text_bytes(&sentence));
        text_free(&sentence);
    }
    text_add(text, "\n");
    add_table(text, verdict);
}

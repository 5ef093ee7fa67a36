#include "report/format.h"
#include "report/verdict.h"

#include <math.h>
#include <string.h>

enum { WIDTH = 79, NAME_WIDTH = 24 };

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

static void add_padded(struct text *text, const char *cell, int width) {
    int characters = 0;
    for (const char *at = cell; *at != '\0'; at++) {
        characters += ((unsigned char)*at & 0xC0U) != 0x80U;
    }
    int blanks = (width < 0 ? -width : width) - characters;
    blanks = blanks > 0 ? blanks : 0;
    text_add(text, "%*s%s%*s", width < 0 ? blanks : 0, "", cell, width < 0 ? 0 : blanks, "");
}

/* "62 %", and never 0 or 100 for what is only close to it. */
static const char *percent(char buffer[FORMAT_SIZE], double share) {
    if (isnan(share)) {
        return "-";
    }
    if (share > 0.995 && share < 1.0) {
        return ">99 %";
    }
    if (share < 0.005 && share > 0.0) {
        return "<1 %";
    }
    (void)snprintf(buffer, FORMAT_SIZE, "%.0f %%", 100.0 * share);
    return buffer;
}

/* A difference: shares become percentage points. */
static const char *difference(char buffer[2 * FORMAT_SIZE], const char *unit, double value,
                              bool sign) {
    char number[FORMAT_SIZE];
    (void)format_value(number, unit, value);
    char *mark = strchr(number, '%');
    if (mark != NULL) {
        (void)strcpy(mark, "pp");
    }
    (void)snprintf(buffer, 2 * FORMAT_SIZE, "%s%s", sign && value > 0.0 ? "+" : "", number);
    return buffer;
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

static void add_more_histories(struct text *text, const struct verdict *verdict) {
    const struct decision *decision = verdict->decision;
    char count[FORMAT_SIZE];
    if (decision->histories_needed > 1e8 || isnan(decision->histories_needed)) {
        text_add(text, " More histories would hardly tell: treat the two as equal.");
    } else if (decision->histories_needed > (double)decision->histories) {
        text_add(text, " About %s histories would tell them apart (--replications).",
                 round_count(count, decision->histories_needed));
    }
}

/* "(2.9 M to 3.9 M)": how far the leader is ahead of another; nothing when that may be nothing,
 * which intervals for all pairs say more often than those with the best alone. */
static void add_lead(struct text *text, const struct verdict *verdict, size_t other) {
    const struct decision *decision = verdict->decision;
    char least[2 * FORMAT_SIZE];
    char most[2 * FORMAT_SIZE];
    for (size_t p = 0; p < decision->pair_count; p++) {
        const struct decision_pair *pair = &decision->pairs[p];
        bool turned = pair->second == decision->leader && pair->first == other;
        double low = turned ? -pair->high : pair->low;
        if ((turned || (pair->first == decision->leader && pair->second == other)) && low > 0.0) {
            text_add(
                text, " (%s to %s)", difference(least, verdict->outcome->unit, low, false),
                difference(most, verdict->outcome->unit, turned ? -pair->low : pair->high, false));
        }
    }
}

static void add_decided(struct text *text, const struct verdict *verdict) {
    const struct decision *decision = verdict->decision;
    const struct decision_plan *leader = &decision->plans[decision->leader];
    size_t next = decision->leader == 0 ? 1 : 0;
    for (size_t p = 0; p < decision->plan_count; p++) {
        bool closer = decision->plans[p].rank < decision->plans[next].rank;
        next = p != decision->leader && closer ? p : next;
    }
    char ahead[2 * FORMAT_SIZE];
    add_name(text, verdict, decision->leader);
    text_add(text, " is the best choice: with 95 %% confidence its mean %s is the %s, %s ",
             verdict->metric, decision->lower_is_better ? "lowest" : "highest",
             difference(ahead, verdict->outcome->unit, leader->advantage, false));
    text_add(text, "%s that of ", decision->lower_is_better ? "below" : "above");
    add_name(text, verdict, next);
    text_add(text, "%s", decision->plan_count > 2 ? ", the next" : "");
    add_lead(text, verdict, next);
    text_add(text, ".");
}

static void add_undecided(struct text *text, const struct verdict *verdict) {
    const struct decision *decision = verdict->decision;
    const struct decision_plan *leader = &decision->plans[decision->leader];
    char loss[2 * FORMAT_SIZE];
    char chance[FORMAT_SIZE];
    size_t others = 0;
    for (size_t p = 0; p < decision->plan_count; p++) {
        others += p != decision->leader && decision->plans[p].perhaps_best;
    }
    add_name(text, verdict, decision->leader);
    text_add(text,
             " has the %s mean %s, but it is not certain that it is the best: with 95 %% "
             "confidence ",
             decision->lower_is_better ? "lowest" : "highest", verdict->metric);
    size_t named = 0;
    for (size_t p = 0; p < decision->plan_count && others <= 3; p++) {
        if (p != decision->leader && decision->plans[p].perhaps_best) {
            named++;
            text_add(text, "%s", named == 1 ? "" : named == others ? " or " : ", ");
            add_name(text, verdict, p);
        }
    }
    if (others > 3) {
        text_add(text, "%zu others", others);
    }
    text_add(text,
             " may be. It is the best with probability %s; choosing it now loses %s on average.",
             percent(chance, leader->probability_best),
             difference(loss, verdict->outcome->unit, leader->loss, false));
    add_more_histories(text, verdict);
}

void verdict_sentence(struct text *text, const struct verdict *verdict) {
    const struct decision *decision = verdict->decision;
    char share[FORMAT_SIZE];
    if (decision->histories < 2) {
        text_add(text, "Too few histories have a value of %s to say which plan is the best.",
                 verdict->metric);
        return;
    }
    if (decision->same) {
        text_add(text, "All plans have the same %s in every history: it does not tell them apart.",
                 verdict->metric);
        return;
    }
    if (decision->decided) {
        add_decided(text, verdict);
    } else {
        add_undecided(text, verdict);
    }
    text_add(text, " In a single history it is the best in %s of the cases.",
             percent(share, decision->plans[decision->leader].share_best));
}

/* Breaks at blanks; a plan's name may hold some, which does no harm. */
static void add_wrapped(struct text *text, const char *words) {
    while (*words != '\0') {
        size_t column = 0;
        size_t bytes = 0;
        size_t end = 0; /* of the line, at a blank */
        while (words[bytes] != '\0' && (column <= WIDTH || end == 0)) {
            if (words[bytes] == ' ') {
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
    add_padded(text, cell, 6);
}

static void add_row(struct text *text, const struct verdict *verdict, size_t p) {
    const struct decision_plan *plan = &verdict->decision->plans[p];
    const char *unit = verdict->outcome->unit;
    struct text name = {0};
    char value[FORMAT_SIZE];
    char ahead[2 * FORMAT_SIZE];
    char range[6 * FORMAT_SIZE];
    char low[2 * FORMAT_SIZE];
    char high[2 * FORMAT_SIZE];
    add_rank(text, plan);
    format_plan(&name, verdict->results, p, NAME_WIDTH - 2);
    add_padded(text, text_bytes(&name), NAME_WIDTH - 1);
    text_free(&name);
    add_padded(text, format_value(value, unit, plan->mean), -8);
    (void)difference(low, unit, plan->low, true);
    (void)difference(high, unit, plan->high, true);
    (void)difference(ahead, unit, plan->advantage, true);
    (void)snprintf(range, sizeof range, "%s .. %s", low, high);
    add_padded(text, range, -20);
    add_padded(text, percent(value, plan->probability_best), -7);
    add_padded(text, percent(value, plan->share_best), -7);
    add_padded(text, difference(ahead, unit, plan->regret, false), -8);
    text_add(text, "\n");
}

void verdict_text(struct text *text, const struct verdict *verdict) {
    const struct decision *decision = verdict->decision;
    struct text sentence = {0};
    text_add(text, "\nWhich plan is the best? %s, %s is better\n", verdict->metric,
             decision->lower_is_better ? "lower" : "higher");
    text_add(text, "rank  plan                       mean   better than rest   is best best in  "
                   "regret\n");
    size_t count = decision->plan_count;
    for (size_t rank = 1; rank <= count; rank++) {
        for (size_t p = 0; p < count; p++) {
            if (decision->plans[p].rank == rank) {
                add_row(text, verdict, p);
            }
        }
    }
    if (decision->missing > 0) {
        char missing[FORMAT_SIZE];
        text_add(text, "%s histories have no value of %s for some plan and are left out\n",
                 format_count(missing, decision->missing), verdict->metric);
    }
    text_add(text, "rank, better than (the best of the) rest: what is certain with 95 %% for all "
                   "plans\nat once; is best: probability for its mean; best in: share of the "
                   "histories;\nregret: mean gain of who knew the best plan of each history.\n\n");
    verdict_sentence(&sentence, verdict);
    add_wrapped(text, text_bytes(&sentence));
    text_free(&sentence);
}

#include "report/payout_trace.h"

#include "plan/measure.h"
#include "report/payout_text.h"

#include <math.h>
#include <string.h>

enum { LABEL = 12, RESULT = 16, COMPUTATION = 78 - LABEL - RESULT - 4 };

struct tracing {
    struct text *text;
    const struct payout *payout;
    const struct scenario *scenario;
    size_t scheme;
    const struct plan *plan;
    const struct traced_month *month;
};

/* "  label       computation              result" */
static void add_line(struct text *text, const char *label, const char *computation,
                     const char *result) {
    text_add(text, "  ");
    payout_column(text, label, LABEL);
    if (text_width(computation) <= COMPUTATION) {
        payout_column(text, computation, COMPUTATION);
    } else {
        text_add(text, "%s\n%*s", computation, 2 + LABEL + COMPUTATION, "");
    }
    text_add(text, "%*s\n", RESULT + 2, result);
}

/* Text in lines of at most 80 columns behind a margin, cut at blanks. */
static void add_wrapped(struct text *text, const char *words, size_t margin) {
    size_t room = 79 - margin;
    while (*words != '\0') {
        size_t length = strlen(words);
        size_t cut = length;
        if (length > room) {
            cut = room;
            while (cut > 0 && words[cut] != ' ') {
                cut--;
            }
            cut = cut == 0 ? room : cut;
        }
        text_add(text, "%*s%.*s\n", (int)margin, "", (int)cut, words);
        words += cut;
        words += strspn(words, " ");
    }
}

static void add_clause(const struct tracing *tracing, size_t component, const char *clause) {
    struct text path = {0};
    struct text value = {0};
    struct error error = {0};
    text_add(&path, "plans.%s", tracing->plan->name);
    if (component < tracing->plan->component_count) {
        text_add(&path, ".components.[%zu]", component);
    }
    text_add(&path, ".%s", clause);
    if (scenario_value(tracing->scenario, text_bytes(&path), &value, &error)) {
        text_add(&path, " = %s", text_bytes(&value));
        add_wrapped(tracing->text, text_bytes(&path), 2 + LABEL);
    }
    text_free(&path);
    text_free(&value);
    error_free(&error);
}

/* Numbers of a metric: money to the cent, counts short, indices to four places. */
static int decimals_of(enum metric metric) {
    return metric_row(metric)->money ? 2 : metric_kind(metric) == METRIC_FLOW ? 2 : 4;
}

/* What a step computes in words, and its result. */
struct words {
    const char *label;
    char computation[160];
    char result[MONEY_SIZE];
};

static void percent(char buffer[MONEY_SIZE], double share) {
    (void)payout_number(buffer, 100.0 * share, 2);
    (void)strncat(buffer, " %", MONEY_SIZE - strlen(buffer) - 1);
}

static void slot_words(struct words *words, const struct component *component,
                       const struct trace_step *step) {
    struct slot slot = slot_of(component, step->item);
    int decimals = decimals_of(slot.metric);
    char value[MONEY_SIZE];
    char by[MONEY_SIZE];
    (void)payout_number(words->result, step->result, decimals);
    if (step->kind == TRACE_MEASURE) {
        words->label = step->item == SLOT_MAIN ? "measure" : "and measure";
        (void)snprintf(words->computation, sizeof words->computation, "%s%s%s%s%s",
                       METRIC_NAMES[slot.metric], *slot.product == '\0' ? "" : " of ", slot.product,
                       slot.scope == SCOPE_PERSON ? "" : ", ",
                       slot.scope == SCOPE_PERSON ? "" : SCOPE_NAMES[slot.scope]);
    } else if (step->kind == TRACE_QUOTA) {
        words->label = "quota";
        (void)snprintf(words->computation, sizeof words->computation, "%s x %s periods",
                       payout_number(value, step->value, decimals), payout_number(by, step->by, 4));
    } else {
        words->label = "attainment";
        (void)snprintf(words->computation, sizeof words->computation, "%s / %s",
                       payout_number(value, step->value, decimals),
                       payout_number(by, step->by, decimals));
        percent(words->result, step->result);
    }
}

enum style { NOTHING, MONEY, PERCENT, FACTOR };

/* Words around the numbers of a step: before VALUE between BY after, and the result. */
struct sentence {
    const char *label;
    const char *before;
    enum style value;
    const char *between;
    enum style by;
    const char *after;
    enum style result;
};

static const struct sentence SENTENCES[] = {
    [TRACE_CREDIT] = {"credit", "deal of ", MONEY, " x ", PERCENT, "", MONEY},
    [TRACE_UNITS] = {"units", "", MONEY, ", at most ", MONEY, "", MONEY},
    [TRACE_THRESHOLD] = {"threshold", "", MONEY, ", threshold ", MONEY, "", MONEY},
    [TRACE_RATE] = {"rate", "", MONEY, " x ", PERCENT, "", MONEY},
    [TRACE_TIERS] = {"tiers", "", MONEY, " at ", PERCENT, " in the mean", MONEY},
    [TRACE_FACTORS] = {"deal factors", "", MONEY, " x ", FACTOR, " in the mean", MONEY},
    [TRACE_CURVE] = {"curve", "attainment ", PERCENT, "", NOTHING, "", PERCENT},
    [TRACE_MATRIX] = {"matrix", "attainment ", PERCENT, ", second measure ", FACTOR, "", PERCENT},
    [TRACE_OBJECTIVE] = {"objective", "level ", PERCENT, " x weight ", PERCENT, "", PERCENT},
    [TRACE_TARGET] = {"target", "", PERCENT, " x ", MONEY, " for the period", MONEY},
    [TRACE_RANK] = {"rank", "", MONEY, ", rank ", FACTOR, "", MONEY},
    [TRACE_SHARED] = {"share", "", MONEY, " of the group x ", PERCENT, "", MONEY},
    [TRACE_GATE] = {"gate", "attainment ", PERCENT, ", at least ", PERCENT, "", MONEY},
    [TRACE_MULTIPLIER] = {"multiplier", "attainment ", PERCENT, ", factor ", FACTOR, "", MONEY},
    [TRACE_CAP] = {"cap", "", MONEY, ", at most ", MONEY, "", MONEY},
    [TRACE_POOL] = {"pool", "", MONEY, ", the pool covers ", PERCENT, "", MONEY},
    [TRACE_TO_DATE] = {"to date", "", MONEY, " this year, ", MONEY, " before", MONEY},
    [TRACE_PLAN_CAP] = {"plan cap", "all claims ", MONEY, " x ", PERCENT, " that is left", MONEY},
    [TRACE_BANK] = {"bank", "", MONEY, " declared, balance ", MONEY, "", MONEY},
    [TRACE_HOLD_BACK] = {"hold-back", "", MONEY, " less ", PERCENT, "", MONEY},
    [TRACE_RELEASE] = {"release", "", MONEY, " was held back", NOTHING, "", MONEY},
    [TRACE_CLAWBACK] = {"clawback", "", MONEY, " for cancelled deals", NOTHING, "", MONEY},
    [TRACE_AWARD] = {"award", "grant of ", MONEY, " x ", PERCENT, "", MONEY},
    [TRACE_ROUNDING] = {"rounding", "to date ", MONEY, " less ", MONEY, " paid", MONEY},
    [TRACE_DRAW] = {"draw", "", MONEY, " earned, ", MONEY, " guaranteed", MONEY},
    [TRACE_RECOVERY] = {"recovery", "", MONEY, " above the draw, ", MONEY, " owed", MONEY},
};

static void write_styled(char buffer[MONEY_SIZE], double value, enum style style) {
    buffer[0] = '\0';
    if (style == PERCENT) {
        percent(buffer, value);
    } else if (style != NOTHING) {
        (void)payout_number(buffer, value, style == MONEY || value == floor(value) ? 2 : 4);
    }
}

static void step_words(struct words *words, const struct component *component,
                       const struct trace_step *step) {
    const struct sentence *sentence = &SENTENCES[step->kind];
    char value[MONEY_SIZE];
    char by[MONEY_SIZE];
    bool units = step->kind == TRACE_RATE && component != NULL &&
                 !metric_row((enum metric)component->metric)->money;
    write_styled(value, step->value, sentence->value);
    write_styled(by, step->by, units ? MONEY : sentence->by);
    write_styled(words->result, step->result, sentence->result);
    words->label = sentence->label;
    (void)snprintf(words->computation, sizeof words->computation, "%s%s%s%s%s", sentence->before,
                   value, sentence->between, by, sentence->after);
}

static void add_step(const struct tracing *tracing, const struct trace_step *step) {
    bool plan_step = step->component >= tracing->plan->component_count;
    const struct component *component =
        plan_step ? NULL : &tracing->plan->components[step->component];
    char clauses[CLAUSES_MOST][CLAUSE_SIZE];
    struct words words = {.label = ""};
    if (step->kind == TRACE_MEASURE || step->kind == TRACE_QUOTA ||
        step->kind == TRACE_ATTAINMENT) {
        slot_words(&words, component, step);
    } else {
        step_words(&words, component, step);
    }
    add_line(tracing->text, words.label, words.computation, words.result);
    size_t count = payout_clauses(component, step, clauses);
    for (size_t i = 0; i < count; i++) {
        add_clause(tracing, step->component, clauses[i]);
    }
    if (step->kind == TRACE_QUOTA && payday_takes_quota(component, step->item)) {
        text_add(tracing->text, "%*speople: column quota, a year\n", 2 + LABEL, "");
    }
    if (step->kind == TRACE_TARGET && tracing->month->scale != 1.0) {
        char scale[MONEY_SIZE];
        text_add(tracing->text, "%*speople: column target, %s of the plan's target\n", 2 + LABEL,
                 "", payout_number(scale, tracing->month->scale, 4));
    }
}

static const struct trace_step *step_of(const struct tracing *tracing, size_t i) {
    return &tracing->payout->results->steps[tracing->month->first_step + i];
}

/* All steps of a component, with the cap of the plan, when it takes something, before its
 * settlement. */
static void add_component(const struct tracing *tracing, size_t c) {
    const struct plan *plan = tracing->plan;
    bool begun = false;
    bool capped = false;
    for (size_t i = 0; i < tracing->month->steps; i++) {
        const struct trace_step *step = step_of(tracing, i);
        bool caps = step->kind == TRACE_PLAN_CAP && begun && !capped && step->by < 1.0;
        bool own = step->component == c && step->kind != TRACE_PLAN_CAP;
        if (!own && !caps) {
            continue;
        }
        if (!begun) {
            text_add(tracing->text, "\n%s\n",
                     c < plan->component_count ? plan->components[c].name : "the whole plan");
        }
        begun = true;
        capped = capped || caps;
        add_step(tracing, step);
    }
}

static void add_deal(const struct tracing *tracing, const struct traced_deal *traced) {
    static const char *const KINDS[] = {
        [DEAL_NEW] = "new", [DEAL_EXPANSION] = "expansion", [DEAL_RENEWAL] = "renewal"};
    const struct dealing *deal = &traced->deal;
    char share[MONEY_SIZE];
    char amount[MONEY_SIZE];
    char part[MONEY_SIZE];
    char computation[160];
    char label[48];
    int64_t credited = dealing_part(deal->amount, traced->before, traced->share);
    percent(share, (double)traced->share / MILLIONTHS);
    (void)snprintf(label, sizeof label, "%04ld-%02ld-%02d", deal->month / 12, deal->month % 12 + 1,
                   deal->day);
    (void)snprintf(computation, sizeof computation, "line %ld, %s: %s%s%s", deal->line,
                   KINDS[deal->kind], payout_number(amount, (double)deal->amount / MILLIONTHS, 2),
                   traced->share == MILLIONTHS ? "" : " x ",
                   traced->share == MILLIONTHS ? "" : share);
    add_line(tracing->text, label, computation,
             payout_number(part, (double)credited / MILLIONTHS, 2));
}

/* Those that were signed in the month, or cancelled in it. */
static void add_deals(const struct tracing *tracing, bool cancelled) {
    const struct payday_results *results = tracing->payout->results;
    bool begun = false;
    for (size_t i = 0; i < results->deal_count; i++) {
        const struct dealing *deal = &results->deals[i].deal;
        if ((cancelled ? deal->cancelled : deal->month) != tracing->month->month) {
            continue;
        }
        if (!begun) {
            text_add(tracing->text, "\ndeals %s, part credited\n",
                     cancelled ? "cancelled" : "signed");
        }
        begun = true;
        add_deal(tracing, &results->deals[i]);
    }
}

/* What came of it: the payments of the month. */
static void add_payments(const struct tracing *tracing) {
    const struct payday_results *results = tracing->payout->results;
    int64_t sum = 0;
    bool begun = false;
    for (size_t i = 0; i < results->line_count; i++) {
        const struct pay_line *line = &results->lines[i];
        char money[MONEY_SIZE];
        if (line->scheme != tracing->scheme || line->month != tracing->month->month ||
            line->payee != tracing->payout->question->traced) {
            continue;
        }
        text_add(tracing->text, "%s", begun ? "" : "\npayments\n");
        begun = true;
        add_line(tracing->text, PAY_KIND_NAMES[line->kind], payout_component(tracing->payout, line),
                 payout_money(money, line->cents));
        sum += pay_kind_is_paid(line->kind) ? line->cents : 0;
    }
    char money[MONEY_SIZE];
    if (begun) {
        add_line(tracing->text, "paid", "", payout_money(money, sum));
    }
}

static void add_month(const struct tracing *tracing) {
    char month[MONTH_SIZE];
    const struct payday_question *question = tracing->payout->question;
    text_add(tracing->text, "%s, %s, %s\n", question->roster->names.names[question->traced],
             tracing->plan->name, payout_month(month, tracing->month->month));
    add_deals(tracing, false);
    add_deals(tracing, true);
    for (size_t c = 0; c <= tracing->plan->component_count; c++) {
        add_component(tracing, c);
    }
    add_payments(tracing);
    if (tracing->month->left_out > 0) {
        text_add(tracing->text, "\n%zu further steps are not shown: most are credits of deals.\n",
                 tracing->month->left_out);
    }
    text_add(tracing->text, "\n");
}

void payout_trace(struct text *text, const struct payout *payout, const struct scenario *scenario) {
    const struct payday_question *question = payout->question;
    for (size_t s = 0; s < question->scheme_count; s++) {
        for (size_t i = 0; i < payout->results->month_count; i++) {
            const struct traced_month *month = &payout->results->months[i];
            if (month->scheme != s) {
                continue;
            }
            const struct tracing tracing = {
                .text = text,
                .payout = payout,
                .scenario = scenario,
                .scheme = s,
                .plan = &question->parameters->plans[question->schemes[s].plans[question->traced]],
                .month = month};
            add_month(&tracing);
        }
    }
}

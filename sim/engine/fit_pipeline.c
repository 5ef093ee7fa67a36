/* The stages of a pipeline: who advances, how long it takes, how many leads come. */
#include "engine/fit.h"

#include "base/memory.h"
#include "engine/fit_leads.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What a scenario takes: stages of a segment, and months in one. */
enum { STAGES_MOST = 16 };
static const double MONTHS_MOST = 60.0;

/* What became of the opportunities of one segment. */
struct pipeline {
    size_t stages[STAGES_MOST]; /* by their order in the pipeline */
    size_t count;
    double advanced[STAGES_MOST];
    double lost[STAGES_MOST];
    double exits[STAGES_MOST]; /* whose time is known: not those who skipped the stage */
    double days[STAGES_MOST];
    double leads;
    long first; /* day of a lead; LONG_MAX: none */
    double opportunities;
    double odd; /* moves that lead back, or on after the end */
};

struct way {
    const struct fit_move *move;
    size_t place; /* in the tables */
};

/* The moves up to the last day that is looked at, by opportunity and day. */
struct ways {
    const struct way *list;
    size_t count;
};

static int compare_moves(const void *left, const void *right) {
    const struct way *a = left;
    const struct way *b = right;
    const struct fit_move *one = a->move;
    const struct fit_move *other = b->move;
    if (one->opportunity != other->opportunity) {
        return one->opportunity < other->opportunity ? -1 : 1;
    }
    if (one->day != other->day) {
        return one->day < other->day ? -1 : 1;
    }
    bool closes = one->state != OPPORTUNITY_OPEN;
    if (closes != (other->state != OPPORTUNITY_OPEN)) {
        return closes ? 1 : -1;
    }
    return a->place < b->place ? -1 : a->place > b->place;
}

static size_t segment_of(const struct fit_data *data, const struct fit_move *move) {
    return ((const size_t *)data->segment_of.items)[move->opportunity];
}

static size_t rank_of(const struct pipeline *pipeline, size_t stage) {
    size_t rank = 0;
    while (rank < pipeline->count && pipeline->stages[rank] != stage) {
        rank++;
    }
    return rank;
}

/* The stages that occur in the segment, in the order of the tables. */
static bool list_stages(struct pipeline *pipeline, const struct fit_data *data,
                        const struct ways *ways, size_t segment, struct error *error) {
    for (size_t i = 0; i < ways->count; i++) {
        const struct fit_move *move = ways->list[i].move;
        if (segment_of(data, move) != segment || move->state != OPPORTUNITY_OPEN ||
            rank_of(pipeline, move->stage) < pipeline->count) {
            continue;
        }
        if (pipeline->count == STAGES_MOST) {
            return error_add(
                error, ERROR_QUESTION,
                "segment %s: more than %d stages; a pipeline of a scenario has at most "
                "so many, and \"won\" or \"lost\" at its end: is the column the stage?",
                data->segments.names[segment], STAGES_MOST);
        }
        pipeline->stages[pipeline->count++] = move->stage;
    }
    return true;
}

/* before[i][j]: opportunities that came to stage i earlier than to stage j. */
struct precedence {
    double before[STAGES_MOST][STAGES_MOST];
};

static void count_precedence(struct precedence *precedence, const struct pipeline *pipeline,
                             const struct fit_data *data, const struct ways *ways, size_t segment) {
    for (size_t i = 0; i < ways->count; i++) {
        const struct fit_move *move = ways->list[i].move;
        if (segment_of(data, move) != segment || move->state != OPPORTUNITY_OPEN) {
            continue;
        }
        size_t later = rank_of(pipeline, move->stage);
        for (size_t k = i; k > 0 && ways->list[k - 1].move->opportunity == move->opportunity; k--) {
            const struct fit_move *earlier = ways->list[k - 1].move;
            if (earlier->state == OPPORTUNITY_OPEN) {
                precedence->before[rank_of(pipeline, earlier->stage)][later] += 1.0;
            }
        }
    }
}

/* A stage stands before another when more opportunities came to it first; the one that stands
 * before most others is the first. */
static void find_order(struct pipeline *pipeline, const struct fit_data *data,
                       const struct ways *ways, size_t segment) {
    struct precedence precedence = {.before = {{0.0}}};
    size_t wins[STAGES_MOST] = {0};
    count_precedence(&precedence, pipeline, data, ways, segment);
    for (size_t i = 0; i < pipeline->count; i++) {
        for (size_t j = 0; j < pipeline->count; j++) {
            wins[i] += precedence.before[i][j] > precedence.before[j][i];
        }
    }
    for (size_t i = 1; i < pipeline->count; i++) { /* insertion keeps equal ones in place */
        for (size_t j = i; j > 0 && wins[j] > wins[j - 1]; j--) {
            size_t stage = pipeline->stages[j];
            size_t win = wins[j];
            pipeline->stages[j] = pipeline->stages[j - 1];
            wins[j] = wins[j - 1];
            pipeline->stages[j - 1] = stage;
            wins[j - 1] = win;
        }
    }
}

/* The stages of --stages that occur in the segment; it names every one of them. */
static bool take_order(struct pipeline *pipeline, const struct fit_question *question,
                       size_t segment, struct error *error) {
    const struct dictionary *names = &question->data->stages;
    size_t stages[STAGES_MOST];
    size_t count = 0;
    for (size_t n = 0; n < question->stage_count; n++) {
        size_t stage = 0;
        if (dictionary_find(names, question->stages[n], &stage) &&
            rank_of(pipeline, stage) < pipeline->count && count < STAGES_MOST) {
            stages[count++] = stage;
        }
    }
    for (size_t k = 0; k < pipeline->count; k++) {
        size_t found = 0;
        while (found < count && stages[found] != pipeline->stages[k]) {
            found++;
        }
        if (found == count) {
            return error_add(
                error, ERROR_QUESTION, "--stages does not name \"%s\", a stage of segment %s",
                names->names[pipeline->stages[k]], question->data->segments.names[segment]);
        }
    }
    memcpy(pipeline->stages, stages, count * sizeof *stages);
    pipeline->count = count;
    return true;
}

/* An opportunity leaves the stage `rank`, in which it was since `entered`. */
static void leave(struct pipeline *pipeline, const struct fit_question *question, size_t rank,
                  long entered, long left, bool advanced) {
    long first = entered > question->from ? entered : question->from;
    long last = left < question->until ? left : question->until;
    pipeline->days[rank] += last > first ? (double)(last - first) : 0.0;
    if (left >= question->from && left <= question->until) {
        pipeline->exits[rank] += 1.0;
        pipeline->advanced[rank] += advanced;
        pipeline->lost[rank] += !advanced;
    }
}

/* Stages that it did not stop in; their time is not known. */
static void skip(struct pipeline *pipeline, const struct fit_question *question, size_t rank,
                 size_t to, long day) {
    for (; rank < to; rank++) {
        pipeline->advanced[rank] += day >= question->from;
    }
}

static void begin(struct pipeline *pipeline, const struct fit_question *question, long day) {
    bool inside = day >= question->from;
    pipeline->opportunities += 1.0;
    pipeline->leads += inside;
    pipeline->first = inside && day < pipeline->first ? day : pipeline->first;
}

/* All moves of one opportunity. */
static void follow(struct pipeline *pipeline, const struct fit_question *question,
                   const struct way *ways, size_t count) {
    bool begun = false;
    bool closed = false;
    size_t rank = 0;
    long entered = 0;
    for (size_t i = 0; i < count; i++) {
        const struct fit_move *move = ways[i].move;
        bool open = move->state == OPPORTUNITY_OPEN;
        size_t to = open ? rank_of(pipeline, move->stage) : pipeline->count;
        if (closed || (!begun && !open) || (begun && open && to <= rank)) {
            pipeline->odd += 1.0;
            continue;
        }
        if (!begun) {
            begun = true;
            begin(pipeline, question, move->day);
        } else {
            bool advanced = move->state != OPPORTUNITY_LOST;
            leave(pipeline, question, rank, entered, move->day, advanced);
            if (advanced) {
                skip(pipeline, question, rank + 1, to, move->day);
            }
        }
        closed = !open;
        rank = to;
        entered = move->day;
    }
    if (begun && !closed) {
        leave(pipeline, question, rank, entered, LONG_MAX, false);
    }
}

static void follow_all(struct pipeline *pipeline, const struct fit_question *question,
                       const struct ways *ways, size_t segment) {
    const struct fit_data *data = question->data;
    for (size_t i = 0; i < ways->count;) {
        size_t end = i + 1;
        while (end < ways->count &&
               ways->list[end].move->opportunity == ways->list[i].move->opportunity) {
            end++;
        }
        if (segment_of(data, ways->list[i].move) == segment) {
            follow(pipeline, question, ways->list + i, end - i);
        }
        i = end;
    }
}

static void add_name(struct text *literal, const char *name) {
    text_add(literal, "{ name = \"");
    for (; *name != '\0'; name++) {
        char letter = (unsigned char)*name < ' ' ? ' ' : *name;
        text_add(literal, letter == '"' || letter == '\\' ? "\\%c" : "%c", letter);
    }
    text_add(literal, "\"; ");
}

/* One stage: two estimates, and its entry in the list. */
static bool add_stage(struct findings *findings, const struct pipeline *pipeline, size_t rank,
                      const char *segment, const char *stage, struct text *literal,
                      struct error *error) {
    double decided = pipeline->advanced[rank] + pipeline->lost[rank];
    struct fit_duration stay =
        fit_duration_of(pipeline->exits[rank], pipeline->days[rank] / FIT_DAYS_OF_MONTH);
    char conversion[32];
    char months[32];
    struct finding *finding = findings_add(
        findings, error, "segments.%s.pipeline.stages.[%zu].conversion", segment, rank);
    if (finding == NULL) {
        return false;
    }
    finding->value = pipeline->advanced[rank] / decided;
    finding->interval = fit_wilson(pipeline->advanced[rank], decided);
    finding->count = decided;
    text_add(&finding->method, "%s: %g of %g that left it advanced; Wilson", stage,
             pipeline->advanced[rank], decided);
    (void)finding_text(conversion, finding);
    finding =
        findings_add(findings, error, "segments.%s.pipeline.stages.[%zu].months", segment, rank);
    if (finding == NULL) {
        return false;
    }
    finding->value = fmin(fmax(1.0, stay.mean), MONTHS_MOST);
    finding->interval = stay.mean_interval;
    finding->count = stay.events;
    text_add(&finding->method, "%s: time of all in it, the open ones too, over %g exits; Poisson%s",
             stage, stay.events,
             stay.mean < 1.0           ? "; a scenario knows no stage of less than a month"
             : stay.mean > MONTHS_MOST ? "; a scenario knows no stage of more than 60 months"
                                       : "");
    (void)finding_text(months, finding);
    add_name(literal, stage);
    text_add(literal, "conversion = %s; months = %s; }", conversion, months);
    return true;
}

static bool add_stages(struct findings *findings, const struct pipeline *pipeline,
                       const struct fit_data *data, size_t segment, struct error *error) {
    const char *name = data->segments.names[segment];
    struct text literal = {0};
    bool good = true;
    text_add(&literal, "( ");
    for (size_t k = 0; good && k < pipeline->count; k++) {
        const char *stage = data->stages.names[pipeline->stages[k]];
        if (strlen(stage) >= NAME_SIZE) {
            good = error_add(error, ERROR_QUESTION,
                             "segment %s: the stage \"%s\" has more than %d letters; call it "
                             "something shorter",
                             name, stage, NAME_SIZE - 1);
        } else if (!(pipeline->advanced[k] > 0.0) || !(pipeline->exits[k] > 0.0) ||
                   !(pipeline->days[k] > 0.0)) {
            text_add(&findings->unknown,
                     "segments.%s.pipeline.stages: nobody was seen to advance from \"%s\"; the "
                     "stages keep their defaults\n",
                     name, stage);
            text_free(&literal);
            return true;
        } else {
            text_add(&literal, "%s", k > 0 ? ", " : "");
            good = add_stage(findings, pipeline, k, name, stage, &literal, error);
        }
    }
    text_add(&literal, " )");
    struct finding *finding =
        good ? findings_add(findings, error, "segments.%s.pipeline.stages", name) : NULL;
    if (finding == NULL) {
        text_free(&literal);
        return false;
    }
    finding->parameter = true;
    finding->literal = literal;
    finding->count = pipeline->opportunities;
    text_add(&finding->method,
             "%g opportunities; stages that were skipped count as passed, %g moves back or after "
             "the end do not count",
             pipeline->opportunities, pipeline->odd);
    return true;
}

static bool fit_pipeline_of(struct findings *findings, const struct fit_question *question,
                            const struct ways *ways, size_t segment, struct error *error) {
    const struct fit_data *data = question->data;
    struct pipeline pipeline = {.first = LONG_MAX};
    if (!list_stages(&pipeline, data, ways, segment, error)) {
        return false;
    }
    if (pipeline.count == 0) {
        return true;
    }
    if (question->stage_count == 0) {
        find_order(&pipeline, data, ways, segment);
    } else if (!take_order(&pipeline, question, segment, error)) {
        return false;
    }
    follow_all(&pipeline, question, ways, segment);
    return add_stages(findings, &pipeline, data, segment, error) &&
           fit_leads(findings, question, &(struct fit_leads){pipeline.leads, pipeline.first},
                     data->segments.names[segment], error);
}

bool fit_pipeline(struct findings *findings, const struct fit_question *question,
                  struct error *error) {
    const struct fit_data *data = question->data;
    struct way *list = memory_array(data->moves.count, sizeof *list, "moves", error);
    struct ways ways = {list, 0};
    bool good = list != NULL;
    for (size_t i = 0; good && i < data->moves.count; i++) {
        const struct fit_move *move = (const struct fit_move *)data->moves.items + i;
        if (move->day <= question->until) {
            list[ways.count++] = (struct way){move, i};
        }
    }
    if (ways.count > 0) {
        qsort(list, ways.count, sizeof *list, compare_moves);
    }
    for (size_t s = 0; good && s < data->segments.count; s++) {
        good = fit_pipeline_of(findings, question, &ways, s, error);
    }
    free(list);
    return good;
}

#include "scenario/scenario.h"

#include "scenario/schema.h"
#include "scenario_fixture.h"
#include "test.h"

#include <math.h>
#include <stdint.h>

static const char FIRM[] = "tests/data/scenario/firm.cfg";
static const char QUESTION[] = "tests/data/scenario/question.cfg";

static const struct schema *const SCHEMAS[] = {
    &PARAMETERS_SCHEMA,      &SEGMENT_SCHEMA, &STAGE_SCHEMA,      &ROLE_SCHEMA,
    &LEVEL_SCHEMA,           &PLAN_SCHEMA,    &COMPONENT_SCHEMA,  &COLUMN_SCHEMA,
    &OBJECTIVE_SCHEMA,       &GATE_SCHEMA,    &MULTIPLIER_SCHEMA, &OPENING_PERSON_SCHEMA,
    &OPENING_ACCOUNT_SCHEMA, &CHANGE_SCHEMA};
enum { SCHEMA_COUNT = sizeof SCHEMAS / sizeof *SCHEMAS };

static void load(struct scenario *scenario, const char *path) {
    struct error error = {0};
    bool good = scenario_load(scenario, path, NULL, 0, &error);
    if (!good) {
        (void)fprintf(stderr, "\n%s", error_text(&error));
    }
    error_free(&error);
    CU_ASSERT_TRUE_FATAL(good);
}

static void cover(unsigned char *covered, size_t offset, size_t size) {
    for (size_t i = offset; i < offset + size; i++) {
        covered[i]++;
    }
}

/* Uncovered bytes are padding only when they end at a multiple of 8 and are fewer than 8. */
static size_t uncovered_fields(const unsigned char *covered, size_t size) {
    size_t fields = 0;
    for (size_t i = 0; i < size;) {
        size_t end = i;
        while (end < size && covered[end] == 0) {
            end++;
        }
        fields += end > i && (end - i >= 8 || end % 8 != 0);
        i = end + 1;
    }
    return fields;
}

static void rows_and_structs_match(void) {
    for (size_t s = 0; s < SCHEMA_COUNT; s++) {
        const struct schema *schema = SCHEMAS[s];
        unsigned char *covered = calloc(1, schema->size);
        CU_ASSERT_PTR_NOT_NULL_FATAL(covered);
        size_t last = 0;
        if (schema->keyed) {
            cover(covered, 0, NAME_SIZE);
        }
        for (size_t i = 0; i < schema->count; i++) {
            const struct row *row = &schema->rows[i];
            cover(covered, row->offset, row->size);
            if (row->elements != NULL) {
                cover(covered, row->count_offset, sizeof(size_t));
            }
            CU_ASSERT(i == 0 || row->offset > last); /* the order of the struct */
            last = row->offset;
        }
        for (size_t i = 0; i < schema->size; i++) {
            CU_ASSERT(covered[i] <= 1);
        }
        CU_ASSERT_EQUAL(uncovered_fields(covered, schema->size), 0);
        free(covered);
    }
    unsigned char hole[16] = {1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0};
    CU_ASSERT_EQUAL(uncovered_fields(hole, 16), 1);
}

static void rows_are_complete(void) {
    for (size_t s = 0; s < SCHEMA_COUNT; s++) {
        for (size_t i = 0; i < SCHEMAS[s]->count; i++) {
            const struct row *row = &SCHEMAS[s]->rows[i];
            size_t meaning = row->meaning == NULL ? 0 : strlen(row->meaning);
            bool is_number = row->type == ROW_NUMBER || (row->type == ROW_WHOLE && !row->choices);
            CU_ASSERT(meaning > 10 && row->meaning[meaning - 1] == '.');
            CU_ASSERT_PTR_NULL(strchr(row->meaning, '|'));
            CU_ASSERT(row->source == NULL || strchr(row->source, '|') == NULL);
            CU_ASSERT(!is_number || row->required || row->source != NULL);
            CU_ASSERT(row->lowest <= row->highest && row->likely_low <= row->likely_high);
            CU_ASSERT(!is_number || row->lowest < row->highest);
            CU_ASSERT(row->likely_low == 0.0 || row->likely_low >= row->lowest);
            CU_ASSERT(row->likely_high == 0.0 || row->likely_high <= row->highest);
            CU_ASSERT(row->required || is_number || row->type == ROW_SEED ||
                      row->fallback_text != NULL);
            if (is_number && !row->required) {
                CU_ASSERT(row->fallback >= row->lowest && row->fallback <= row->highest);
            }
        }
    }
}

static void smallest_scenario_has_the_documented_defaults(void) {
    char *path = fixture_file(SMALLEST, strlen(SMALLEST));
    struct scenario scenario = {0};
    load(&scenario, path);
    const struct parameters *parameters = &scenario.parameters;
    CU_ASSERT_STRING_EQUAL(scenario.path, path);
    CU_ASSERT_STRING_EQUAL(parameters->name, strrchr(path, '/') + 1);
    CU_ASSERT_EQUAL(parameters->simulation.years, 5);
    CU_ASSERT_EQUAL(parameters->simulation.effort, EFFORT_DYNAMIC);
    CU_ASSERT_EQUAL(parameters->segment_count, 1);
    CU_ASSERT_EQUAL(parameters->segments[0].pipeline.stage_count, 3);
    CU_ASSERT_EQUAL(parameters->segments[0].pipeline.stages[1].conversion, 0.4);
    CU_ASSERT_EQUAL(parameters->segments[0].leads.season[11], 1.0);
    CU_ASSERT_EQUAL(parameters->roles[0].turnover.annual, 0.27);
    CU_ASSERT_EQUAL(parameters->roles[0].succession.similar, 1.0 / 3.0);
    CU_ASSERT_EQUAL(parameters->roles[0].career.level_count, 0);
    CU_ASSERT_EQUAL(parameters->plans[0].component_count, 0);
    CU_ASSERT_EQUAL(scenario.note_count, 0);
    scenario_free(&scenario);
    CU_ASSERT_EQUAL(unlink(path), 0);
    free(path);
}

static void every_kind_of_value_is_read(void) {
    struct scenario scenario = {0};
    load(&scenario, FIRM);
    const struct parameters *parameters = &scenario.parameters;
    const struct segment *segment = &parameters->segments[0];
    CU_ASSERT_STRING_EQUAL(parameters->name, "firm");
    CU_ASSERT_STRING_EQUAL(segment->name, "standard");
    CU_ASSERT_EQUAL(segment->accounts, 200);
    CU_ASSERT_EQUAL(segment->coverage.owners.count, 2);
    CU_ASSERT_STRING_EQUAL(segment->coverage.owners.name[1], "kam");
    CU_ASSERT_EQUAL(segment->leads.season[0], 0.8);
    const struct role *kam = &parameters->roles[1];
    CU_ASSERT_STRING_EQUAL(kam->name, "kam");
    CU_ASSERT_EQUAL(kam->headcount_path.count, 2);
    CU_ASSERT_EQUAL(kam->headcount_path.points[1].at, 25.0);
    CU_ASSERT_EQUAL(kam->headcount_path.points[1].value, 6.0);
    CU_ASSERT_STRING_EQUAL(kam->recruiting.internal.name[0], "sales");
    CU_ASSERT_EQUAL(kam->career.level_count, 1);
    CU_ASSERT_EQUAL(kam->career.levels[0].months, 36);
    const struct plan *quarterly = &parameters->plans[0];
    CU_ASSERT_STRING_EQUAL(quarterly->meaning, "Short cycles: \"sell now\".");
    CU_ASSERT_EQUAL(quarterly->component_count, 2);
    CU_ASSERT_STRING_EQUAL(quarterly->components[0].name, "bonus"); /* its type */
    CU_ASSERT_STRING_EQUAL(quarterly->components[1].name, "spot");
    CU_ASSERT_EQUAL(quarterly->components[0].type, COMPONENT_BONUS);
    CU_ASSERT_EQUAL(quarterly->components[0].metric, METRIC_BOOKINGS);
    CU_ASSERT_EQUAL(quarterly->components[0].payout.count, 3);
    CU_ASSERT_EQUAL(quarterly->components[1].tiers.points[1].value, 0.02);
    const struct component *shares = &parameters->plans[1].components[1];
    CU_ASSERT_EQUAL(shares->settlement, SETTLEMENT_PHANTOM);
    CU_ASSERT_EQUAL(shares->leaver, LEAVER_FORFEIT);
    CU_ASSERT_EQUAL(parameters->plans[1].components[0].leaver, LEAVER_PRO_RATA);
    scenario_free(&scenario);
}

static void layers_merge_and_remove(void) {
    struct scenario scenario = {0};
    load(&scenario, QUESTION);
    const struct parameters *parameters = &scenario.parameters;
    CU_ASSERT_STRING_EQUAL(parameters->question, "What does a recession do?");
    CU_ASSERT_EQUAL(parameters->plan_count, 2); /* one was removed */
    CU_ASSERT_EQUAL(parameters->economy.recession.month, 13);
    CU_ASSERT_EQUAL(parameters->economy.recession.months, 12);
    CU_ASSERT_EQUAL(parameters->roles[0].headcount, 10); /* the file over what it extends */
    CU_ASSERT_EQUAL(parameters->roles[0].turnover.annual, 0.3);
    CU_ASSERT_EQUAL(parameters->roles[0].turnover.peers, 0.1);
    CU_ASSERT_EQUAL(parameters->segments[0].coverage.hunters.count, 1);
    CU_ASSERT_EQUAL(parameters->segments[0].coverage.owners.count, 1); /* lists replace */
    CU_ASSERT_STRING_EQUAL(parameters->segments[0].coverage.owners.name[0], "kam");
    scenario_free(&scenario);
}

/* Equal in every byte but the pointers of lists. */
static void compare_objects(const struct schema *schema, const void *a, const void *b) {
    char *left = malloc(schema->size);
    char *right = malloc(schema->size);
    CU_ASSERT_FATAL(left != NULL && right != NULL);
    memcpy(left, a, schema->size);
    memcpy(right, b, schema->size);
    for (size_t i = 0; i < schema->count; i++) {
        const struct row *row = &schema->rows[i];
        if (row->elements == NULL) {
            continue;
        }
        const char *left_elements = row_elements(row, a);
        const char *right_elements = row_elements(row, b);
        CU_ASSERT_EQUAL_FATAL(row_count(row, a), row_count(row, b));
        for (size_t j = 0; j < row_count(row, a); j++) {
            size_t offset = j * row->elements->size;
            compare_objects(row->elements, left_elements + offset, right_elements + offset);
        }
        row_set_elements(row, left, NULL, 0);
        row_set_elements(row, right, NULL, 0);
    }
    CU_ASSERT_EQUAL(memcmp(left, right, schema->size), 0);
    free(left);
    free(right);
}

static void check_round_trip(const char *path, const char *const sets[], size_t count) {
    struct scenario first = {0};
    struct scenario second = {0};
    struct error error = {0};
    CU_ASSERT_TRUE_FATAL(scenario_load(&first, path, sets, count, &error));
    struct text written = fixture_written(&first);
    char *copy = fixture_file(written.bytes, written.length);
    CU_ASSERT_TRUE_FATAL(scenario_load(&second, copy, NULL, 0, &error));
    compare_objects(&PARAMETERS_SCHEMA, &first.parameters, &second.parameters);
    struct text again = fixture_written(&second);
    CU_ASSERT_STRING_EQUAL(text_bytes(&written), text_bytes(&again));
    CU_ASSERT_EQUAL(strncmp(written.bytes, "# one\n#\n# two\n", 14), 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(written.bytes, "succession = {\n"));
    text_free(&written);
    text_free(&again);
    scenario_free(&first);
    scenario_free(&second);
    error_free(&error);
    CU_ASSERT_EQUAL(unlink(copy), 0);
    free(copy);
}

static void written_scenarios_read_back_exactly(void) {
    static const char *const SETS[] = {
        "name=a \"b\" \\ c",
        "question=two\nlines\tand \xC3\xBC",
        "simulation.seed=9223372036854775807L",
        "simulation.replications=1000000000",
        "firm.wacc=0.1234567890123456789",
        "segments.standard.potential.mean=1e11",
        "roles.sales.turnover.pay_elasticity=-1e-20",
        "roles.sales.turnover.gain_median=0.30000000000000004",
    };
    check_round_trip(FIRM, NULL, 0);
    check_round_trip(QUESTION, NULL, 0);
    check_round_trip(FIRM, SETS, sizeof SETS / sizeof *SETS);
}

/* Every double between the allowed bounds survives, also those with 17 digits. */
static void doubles_survive_to_the_last_bit(void) {
    uint64_t state = 1;
    for (int i = 0; i < 200; i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        double value = ldexp((double)(state >> 11U), -53 - i % 5);
        char set[64];
        const char *sets[] = {set};
        struct scenario scenario = {0};
        struct error error = {0};
        struct text text = {0};
        (void)snprintf(set, sizeof set, "firm.wacc=%.17g", value);
        CU_ASSERT_TRUE_FATAL(scenario_load(&scenario, FIRM, sets, 1, &error));
        CU_ASSERT_EQUAL(scenario.parameters.firm.wacc, value);
        CU_ASSERT_TRUE(scenario_value(&scenario, "firm.wacc", &text, &error));
        CU_ASSERT_EQUAL(strtod(text_bytes(&text), NULL), value);
        text_free(&text);
        scenario_free(&scenario);
    }
}

static void the_group_manifest_is_ignored(void) {
    CU_ASSERT_TRUE(
        fixture_gives(SMALLEST "manifest = { version = \"1\"; seed = \"2\"; };\n", NULL, ""));
}

static bool value_is(const struct scenario *scenario, const char *path, const char *wanted) {
    struct text text = {0};
    struct error error = {0};
    bool good =
        scenario_value(scenario, path, &text, &error) && strcmp(text_bytes(&text), wanted) == 0;
    if (!good) {
        (void)fprintf(stderr, "\n%s: %s%s", path, text_bytes(&text), error_text(&error));
    }
    text_free(&text);
    error_free(&error);
    return good;
}

static void values_have_their_text(void) {
    struct scenario scenario = {0};
    load(&scenario, FIRM);
    CU_ASSERT_TRUE(value_is(&scenario, "name", "firm"));
    CU_ASSERT_TRUE(value_is(&scenario, "simulation.seed", "1"));
    CU_ASSERT_TRUE(value_is(&scenario, "simulation.effort", "dynamic"));
    CU_ASSERT_TRUE(value_is(&scenario, "roles.kam.plan", "lti"));
    CU_ASSERT_TRUE(value_is(&scenario, "roles.kam.time.develop", "0.4"));
    CU_ASSERT_TRUE(value_is(&scenario, "roles.kam.market_pay", "83000"));
    CU_ASSERT_TRUE(value_is(&scenario, "segments.standard.leads.season.[2]", "1.2"));
    CU_ASSERT_TRUE(value_is(&scenario, "segments.standard.coverage.owners.[1]", "kam"));
    CU_ASSERT_TRUE(value_is(&scenario, "plans.lti.components.[1].target", "5000"));
    CU_ASSERT_TRUE(value_is(&scenario, "plans.lti.components[1].type", "shares"));
    CU_ASSERT_TRUE(value_is(&scenario, "plans.lti.components.[0].payout.[1].[0]", "1.06"));
    CU_ASSERT_TRUE(
        value_is(&scenario, "plans.lti.components.[0].payout", "([0.8, 0.0], [1.06, 1.0])"));
    static const char *const WRONG[] = {"",
                                        "roles",
                                        "roles.kam",
                                        "roles.kam.time",
                                        "roles.kma.headcount",
                                        "roles.kam.headcout",
                                        "roles.kam.plan.x",
                                        "plans.lti.components.[2].target",
                                        "segments.standard.leads.season.[12]",
                                        "plans.lti.components.[0].payout.[1].[2]",
                                        "roles..kam",
                                        "[0]"};
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        struct text text = {0};
        struct error error = {0};
        CU_ASSERT_FALSE(scenario_value(&scenario, WRONG[i], &text, &error));
        CU_ASSERT_EQUAL(error.kind, ERROR_QUESTION);
        CU_ASSERT_EQUAL(error.count, 1);
        text_free(&text);
        error_free(&error);
    }
    scenario_free(&scenario);
}

static void unusual_values_are_noted(void) {
    static const char *const SETS[] = {"roles.kam.turnover.annual=0.5",
                                       "plans.lti.components.[1].slope_above=3"};
    struct scenario scenario = {0};
    struct error error = {0};
    CU_ASSERT_TRUE_FATAL(scenario_load(&scenario, FIRM, SETS, 2, &error));
    CU_ASSERT_EQUAL(scenario.note_count, 2);
    CU_ASSERT_STRING_EQUAL(text_bytes(&scenario.notes),
                           "--set roles.kam.turnover.annual: 0.5 is outside of the usual "
                           "0.06..0.35\n--set plans.lti.components.[1].slope_above: has no effect "
                           "on a component of type shares\n");
    scenario_free(&scenario);
}

static void the_reference_names_every_parameter(void) {
    for (int markdown = 0; markdown < 2; markdown++) {
        FILE *file = tmpfile();
        CU_ASSERT_PTR_NOT_NULL_FATAL(file);
        CU_ASSERT_TRUE(parameters_print(file, markdown == 1, ""));
        rewind(file);
        struct text text = {0};
        for (int byte = getc(file); byte != EOF; byte = getc(file)) {
            text_add(&text, "%c", byte);
        }
        CU_ASSERT_EQUAL(fclose(file), 0);
        for (size_t s = 0; s < SCHEMA_COUNT; s++) {
            for (size_t i = 0; i < SCHEMAS[s]->count; i++) {
                const struct row *row = &SCHEMAS[s]->rows[i];
                CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&text), row->path));
                CU_ASSERT_PTR_NOT_NULL(strstr(text_bytes(&text), row->meaning));
            }
        }
        text_free(&text);
    }
}

static void a_full_disk_is_a_failure(void) {
    struct scenario scenario = {0};
    struct error error = {0};
    FILE *full = fopen("/dev/full", "w");
    if (full == NULL) {
        return; /* only some systems have it */
    }
    load(&scenario, FIRM);
    CU_ASSERT_EQUAL(setvbuf(full, NULL, _IONBF, 0), 0);
    CU_ASSERT_FALSE(scenario_write(&scenario, NULL, full, &error));
    CU_ASSERT_EQUAL(error.kind, ERROR_FAILURE);
    CU_ASSERT_FALSE(parameters_print(full, true, ""));
    (void)fclose(full);
    scenario_free(&scenario);
    error_free(&error);
}

static const struct test TESTS[] = {
    {"rows cover every byte of their structs once", rows_and_structs_match},
    {"every row has a meaning, a range and a default inside it", rows_are_complete},
    {"the smallest scenario has the documented defaults",
     smallest_scenario_has_the_documented_defaults},
    {"every kind of value is read", every_kind_of_value_is_read},
    {"layers merge, replace and remove", layers_merge_and_remove},
    {"a written scenario reads back to the same bytes", written_scenarios_read_back_exactly},
    {"doubles survive to the last bit", doubles_survive_to_the_last_bit},
    {"the group manifest is ignored", the_group_manifest_is_ignored},
    {"values have their text by path", values_have_their_text},
    {"unusual values and those without effect are noted", unusual_values_are_noted},
    {"the reference names every parameter", the_reference_names_every_parameter},
    {"a full disk is a failure, not a wrong question", a_full_disk_is_a_failure},
};

const struct suite suite_scenario = {"scenario", TESTS, sizeof TESTS / sizeof *TESTS};

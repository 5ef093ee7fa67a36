/* The document of pay plans: every table of facts is executed with the plan above it. */
#include "plan_fixture.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 8 };

/* The cells of a line of a table, without blanks and backticks around them; 0: no table. */
static size_t cells_of(char *line, char *cells[COLUMNS]) {
    size_t count = 0;
    char *at = *line == '|' ? line + 1 : NULL;
    while (at != NULL && count < COLUMNS) {
        char *end = strchr(at, '|');
        if (end == NULL) {
            break;
        }
        cells[count] = at + strspn(at, " `");
        char *last = end;
        while (last > cells[count] && (last[-1] == ' ' || last[-1] == '`')) {
            last--;
        }
        at = end + 1;
        *last = '\0';
        count++;
    }
    return count;
}

struct reading {
    struct text plan;
    bool in_plan;
    bool in_table;
    char heading[1024];
    char *columns[COLUMNS];
    size_t column_count;
    size_t plans;
    size_t unused; /* plans without a table */
    bool used;
    size_t numbers;
};

static void read_row(struct reading *reading, char *line) {
    char *cells[COLUMNS];
    size_t count = cells_of(line, cells);
    if (count == 0 || reading->plans == 0) {
        reading->in_table = false;
        return;
    }
    if (!reading->in_table) {
        reading->in_table = true;
        reading->column_count = 0;
        if (strcmp(cells[0], "facts") == 0) {
            reading->column_count = count;
            (void)memcpy(reading->heading, line, sizeof reading->heading);
            for (size_t c = 0; c < count; c++) {
                reading->columns[c] = reading->heading + (cells[c] - line);
            }
        }
        return;
    }
    if (reading->column_count == 0 || cells[0][0] == '-') {
        return;
    }
    CU_ASSERT_EQUAL(count, reading->column_count);
    for (size_t c = 1; c < count && c < reading->column_count; c++) {
        CU_ASSERT(plan_gives(text_bytes(&reading->plan), cells[0], reading->columns[c], cells[c]));
        reading->numbers++;
        reading->used = true;
    }
}

static void read_line(struct reading *reading, char *line) {
    if (strcmp(line, "```plan") == 0) {
        reading->unused += reading->plans > 0 && !reading->used;
        reading->used = false;
        reading->plans++;
        reading->in_plan = true;
        text_free(&reading->plan);
        reading->plan = (struct text){0};
    } else if (reading->in_plan && strcmp(line, "```") == 0) {
        reading->in_plan = false;
    } else if (reading->in_plan) {
        text_add(&reading->plan, "%s\n", line);
    } else {
        read_row(reading, line);
    }
}

static void every_table_of_facts_is_true(void) {
    static struct reading reading; /* its heading is long */
    char line[1024];
    FILE *file = fopen("docs/plans.md", "r");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    reading = (struct reading){0};
    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        read_line(&reading, line);
    }
    CU_ASSERT_EQUAL(fclose(file), 0);
    CU_ASSERT(reading.used);
    CU_ASSERT_EQUAL(reading.unused, 0);
    CU_ASSERT(reading.plans >= 30);
    CU_ASSERT(reading.numbers >= 50);
    text_free(&reading.plan);
}

static const struct test TESTS[] = {
    {"every table of facts in docs/plans.md is true", every_table_of_facts_is_true},
};

const struct suite suite_plans_document = {"plans_document", TESTS, sizeof TESTS / sizeof TESTS[0]};

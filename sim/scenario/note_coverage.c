/* Notes about coverage and handover: rules that nobody reaches, measures without anything to hand
 * over. */
#include "scenario/finish.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double SUM_TOLERANCE = 1e-9;

/* A rule that asks for no more than a later one leaves it nobody. */
static void note_rules(struct reader *reader, const struct segment *segment,
                       const struct setting *group) {
    const struct coverage_rule *rules = segment->coverage.rules;
    char path[PATH_SIZE];
    (void)snprintf(path, sizeof path, "segments.%s.coverage.rules", segment->name);
    const struct setting *setting = reader_find(group, path);
    for (size_t k = 1; k < segment->coverage.rule_count; k++) {
        for (size_t j = 0; j < k; j++) {
            if (rules[j].potential <= rules[k].potential && rules[j].revenue <= rules[k].revenue &&
                rules[j].age_months <= rules[k].age_months) {
                char full[PATH_SIZE];
                (void)snprintf(full, sizeof full, "%.*s.[%zu]", (int)sizeof full - 32, path, k);
                reader_note(reader, setting == NULL ? group : setting, full,
                            "has no effect: [%zu] comes first and takes everybody whom it would; "
                            "put the rule that asks for more in front",
                            j);
                break;
            }
        }
    }
}

static void note_staff(struct reader *reader, const struct parameters *parameters,
                       const struct segment *segment, const struct setting *group) {
    for (size_t k = 0; k < segment->coverage.rule_count; k++) {
        for (size_t r = 0; r < parameters->role_count; r++) {
            const struct role *role = &parameters->roles[r];
            if (strcmp(role->name, segment->coverage.rules[k].role) == 0 && role->headcount == 0 &&
                role->headcount_path.count == 0) {
                char path[PATH_SIZE];
                (void)snprintf(path, sizeof path, "segments.%s.coverage.rules", segment->name);
                const struct setting *setting = reader_find(group, path);
                reader_note(reader, setting == NULL ? group : setting, path,
                            "nobody works in %s, so that customers wait for it in vain; set "
                            "roles.%s.headcount",
                            role->name, role->name);
            }
        }
    }
}

/* Results that count for two are split between them, or count for both. */
static void note_credit(struct reader *reader, const struct parameters *parameters,
                        const struct setting *group) {
    double former = parameters->handover.credit.former;
    double owner = parameters->handover.credit.owner;
    double sum = former + owner;
    if (fabs(sum - 1.0) <= SUM_TOLERANCE || fabs(sum - 2.0) <= SUM_TOLERANCE) {
        return;
    }
    static const char PATH[] = "handover.credit";
    const struct setting *setting = reader_find(group, PATH);
    reader_note(
        reader, setting == NULL ? group : setting, PATH,
        "former %.6g and owner %.6g sum to %.6g: neither a split (1, as .5 and .5) nor double "
        "credit (2), so a euro that changes hands counts for %s than one that does not",
        former, owner, sum, sum < 1.0 ? "less" : "more");
}

void note_coverage(struct reader *reader, const struct parameters *parameters,
                   const struct setting *group) {
    bool rules = false;
    bool supporters = false;
    for (size_t s = 0; s < parameters->segment_count; s++) {
        const struct segment *segment = &parameters->segments[s];
        rules |= segment->coverage.rule_count > 0;
        supporters |= segment->coverage.supporters.count > 0;
        note_rules(reader, segment, group);
        note_staff(reader, parameters, segment, group);
    }
    for (size_t i = 0; !rules && i < PARAMETERS_SCHEMA.count; i++) {
        const char *path = PARAMETERS_SCHEMA.rows[i].path;
        if (strncmp(path, "handover.", 9) == 0 && strcmp(path, "handover.team.gain") != 0) {
            note_idle(reader, &PARAMETERS_SCHEMA, group, "", path,
                      "without coverage.rules in some segment");
        }
    }
    if (!supporters) {
        note_idle(reader, &PARAMETERS_SCHEMA, group, "", "handover.team.gain",
                  "without coverage.supporters in some segment");
    }
    if (rules && parameters->handover.credit.months == 0) {
        note_idle(reader, &PARAMETERS_SCHEMA, group, "", "handover.credit.former",
                  "without handover.credit.months");
        note_idle(reader, &PARAMETERS_SCHEMA, group, "", "handover.credit.owner",
                  "without handover.credit.months");
    } else if (rules) {
        note_credit(reader, parameters, group);
    }
}

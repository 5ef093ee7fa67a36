#include "cli/command.h"
#include "cli/loading.h"
#include "cli/output.h"
#include "scenario/difference.h"

#include <string.h>

static const struct usage USAGE = {
    .name = "anreiz check",
    .arguments = "SCENARIO",
    .examples = "\n"
                "  anreiz check scenarios/long_term_kam.cfg\n"
                "  anreiz check my.cfg --set roles.kam.headcount=12\n"
                "\n"
                "Reads a scenario and says what is wrong with it, all at once, or gives a short "
                "overview, with notes on values that are allowed but unusual.\n",
    .notes = "Exit code: 0 nothing is wrong, 2 something is.",
    .arguments_least = 1,
    .arguments_most = 1,
};

struct known_people {
    size_t count;
    size_t salaries;
    size_t attainments;
    size_t owners_of_awards;
    double awards;
};

static struct known_people count_people(const struct opening *start, const char *role) {
    struct known_people known = {0};
    for (size_t p = 0; p < start->staff_count; p++) {
        const struct opening_person *person = &start->staff[p];
        if (strcmp(person->role, role) != 0) {
            continue;
        }
        known.count++;
        known.salaries += person->salary > 0.0;
        known.attainments += person->attainment > 0.0;
        known.owners_of_awards += person->awards.count > 0;
        for (size_t a = 0; a < person->awards.count; a++) {
            known.awards += person->awards.points[a].value;
        }
    }
    return known;
}

struct known_accounts {
    size_t count;
    size_t owned;
    size_t revenues;
    double revenue;
};

static struct known_accounts count_accounts(const struct opening *start, const char *segment) {
    struct known_accounts known = {0};
    for (size_t a = 0; a < start->book_count; a++) {
        const struct opening_account *account = &start->book[a];
        if (strcmp(account->segment, segment) == 0) {
            known.count++;
            known.owned += *account->owner != '\0';
            known.revenues += account->revenue > 0.0;
            known.revenue += account->revenue;
        }
    }
    return known;
}

/* What was read of the firm as it is; the rest is drawn. */
static void print_start(FILE *file, const struct scenario *scenario) {
    const struct parameters *parameters = &scenario->parameters;
    const struct opening *start = &parameters->start;
    if (start->staff_count + start->book_count == 0) {
        return;
    }
    char identity[SCENARIO_IDENTITY_SIZE];
    (void)fprintf(file, "start:%s%s  %zu people, %zu accounts, identity %s\n",
                  *start->date == '\0' ? "" : " ", start->date, start->staff_count,
                  start->book_count, scenario_start_identity(scenario, identity));
    for (size_t r = 0; r < parameters->role_count; r++) {
        struct known_people known = count_people(start, parameters->roles[r].name);
        if (known.count > 0) {
            (void)fprintf(file,
                          "  %-16s %4zu people, of %zu the salary, of %zu the attainment; %zu with "
                          "unvested awards of %.2f\n",
                          parameters->roles[r].name, known.count, known.salaries, known.attainments,
                          known.owners_of_awards, known.awards);
        }
    }
    double revenue = 0.0;
    for (size_t s = 0; s < parameters->segment_count; s++) {
        struct known_accounts known = count_accounts(start, parameters->segments[s].name);
        revenue += known.revenue;
        if (known.count > 0) {
            (void)fprintf(file,
                          "  %-16s %4zu accounts, of %zu the owner, of %zu the revenue: %.2f a "
                          "year\n",
                          parameters->segments[s].name, known.count, known.owned, known.revenues,
                          known.revenue);
        }
    }
    (void)fprintf(file, "  revenue read: %.2f a year\n", revenue);
}

static void print_overview(FILE *file, const struct parameters *parameters, const char *named) {
    long people = 0;
    long accounts = 0;
    for (size_t n = 0; n < parameters->role_count; n++) {
        people += parameters->roles[n].headcount;
    }
    for (size_t n = 0; n < parameters->segment_count; n++) {
        accounts += parameters->segments[n].accounts;
    }
    (void)fprintf(file, "ok: %s (%s)\n", named, parameters->name);
    if (parameters->question[0] != 0) {
        (void)fprintf(file, "question: %s\n", parameters->question);
    }
    (void)fprintf(file, "horizon: %ld years, %ld replications, seed %llu\n",
                  parameters->simulation.years, parameters->simulation.replications,
                  (unsigned long long)parameters->simulation.seed);
    (void)fprintf(file, "people: %ld\n", people);
    for (size_t n = 0; n < parameters->role_count; n++) {
        const struct role *role = &parameters->roles[n];
        (void)fprintf(file, "  %-16s %4ld  on plan %s\n", role->name, role->headcount, role->plan);
    }
    (void)fprintf(file, "accounts: %ld\n", accounts);
    for (size_t n = 0; n < parameters->segment_count; n++) {
        const struct segment *segment = &parameters->segments[n];
        (void)fprintf(file, "  %-16s %4ld  and %ld prospects\n", segment->name, segment->accounts,
                      segment->prospects);
    }
}

/* Each change with what it alters. */
static void print_changes(FILE *file, const struct parameters *parameters) {
    const struct parameters *before = parameters;
    if (parameters->change_count > 0) {
        (void)fprintf(file, "changes: %zu\n", parameters->change_count);
    }
    for (size_t k = 0; k < parameters->change_count; k++) {
        const struct change *change = &parameters->changes[k];
        struct text lines = {0};
        scenario_differences(before, change->set.parameters, "    ", &lines);
        (void)fprintf(file, "  month %ld%s%s\n%s", change->month, change->name[0] == 0 ? "" : ": ",
                      change->name,
                      lines.length > 0 ? text_bytes(&lines) : "    nothing is different\n");
        text_free(&lines);
        before = change->set.parameters;
    }
}

bool command_check(struct options *options, int argc, char **argv, struct error *error) {
    struct scenario scenario = {0};
    struct output output;
    if (!options_read(options, &USAGE, NULL, argc, argv, error)) {
        return false;
    }
    bool good = loading_scenario(&scenario, options->arguments[0], options, error) &&
                output_open(&output, error);
    if (good) {
        print_overview(output.stream, &scenario.parameters, options->arguments[0]);
        print_start(output.stream, &scenario);
        print_changes(output.stream, &scenario.parameters);
        if (scenario.note_count > 0) {
            (void)fprintf(output.stream, "notes: %zu\n%s", scenario.note_count,
                          text_bytes(&scenario.notes));
        }
        good = output_print(&output, true, error);
    }
    scenario_free(&scenario);
    return good;
}

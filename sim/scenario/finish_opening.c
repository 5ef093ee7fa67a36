/* What the people and customers of a real start must be together with the rest of the scenario. */
#include "base/dictionary.h"
#include "model/model.h"
#include "scenario/finish.h"
#include "scenario/opening_rows.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Potentials of a book on average over those of its segment: beyond, quotas and what is expected do
 * not fit the book. */
static const double POTENTIAL_LOWEST = 0.75;
static const double POTENTIAL_HIGHEST = 1.33;

struct checking {
    struct reader *reader;
    const struct parameters *parameters;
    const struct setting *group;
    struct dictionary people;
};

static void complain(const struct checking *checking, const char *list, size_t index,
                     const char *key, const char *sentence) {
    char below[96];
    (void)snprintf(below, sizeof below, "start.%s.[%zu].%s", list, index, key);
    reader_complain_below(checking->reader, checking->group, "", below, "%s", sentence);
}

static const char *brief(char buffer[32], double value) {
    (void)snprintf(buffer, 32, "%.6g", value);
    return buffer;
}

/* Complains when the name was there before; false without memory. */
static bool check_name(const struct checking *checking, struct dictionary *names, const char *list,
                       size_t index, const char *name) {
    size_t before = names->count;
    size_t number = 0;
    if (!dictionary_add(names, name, &number, checking->reader->error)) {
        return false;
    }
    if (number < before) {
        char sentence[NAME_SIZE + 64];
        (void)snprintf(sentence, sizeof sentence,
                       "\"%s\" is there already; every name stands for one", name);
        complain(checking, list, index, "name", sentence);
    }
    return true;
}

static const struct role *role_named(const struct parameters *parameters, const char *name) {
    size_t r = 0;
    while (strcmp(parameters->roles[r].name, name) != 0) {
        r++;
    }
    return &parameters->roles[r];
}

static const struct segment *segment_named(const struct parameters *parameters, const char *name) {
    size_t s = 0;
    while (strcmp(parameters->segments[s].name, name) != 0) {
        s++;
    }
    return &parameters->segments[s];
}

/* The plan on which the salary is paid has a salary to compare it with. */
static void check_salary(const struct checking *checking, size_t index) {
    const struct parameters *parameters = checking->parameters;
    const struct opening_person *person = &parameters->start.staff[index];
    const char *name =
        *person->plan == '\0' ? role_named(parameters, person->role)->plan : person->plan;
    size_t p = 0;
    while (p < parameters->plan_count && strcmp(parameters->plans[p].name, name) != 0) {
        p++;
    }
    if (p == parameters->plan_count) {
        struct text sentence = {0};
        text_add(&sentence, "there is no \"%s\" in plans", name);
        reader_suggest_entry(reader_find(checking->group, "plans"), name, &sentence);
        complain(checking, "staff", index, "plan", text_bytes(&sentence));
        text_free(&sentence);
    } else if (person->salary > 0.0 && parameters->plans[p].salary <= 0.0) {
        char sentence[NAME_SIZE + 128];
        (void)snprintf(sentence, sizeof sentence,
                       "the plan %s pays no salary to compare this with; name the plan of today in "
                       "the column plan, or leave the salary out",
                       name);
        complain(checking, "staff", index, "salary", sentence);
    }
}

static void check_person(const struct checking *checking, size_t index) {
    const struct opening_person *person = &checking->parameters->start.staff[index];
    const struct role *role = role_named(checking->parameters, person->role);
    char sentence[256];
    check_salary(checking, index);
    if ((double)person->tenure >= role->turnover.retirement_months) {
        (void)snprintf(sentence, sizeof sentence,
                       "has been here %ld months, but careers of %s end after %g; raise "
                       "roles.%s.turnover.retirement_months",
                       person->tenure, role->name, role->turnover.retirement_months, role->name);
        complain(checking, "staff", index, "tenure", sentence);
    }
    if (person->attainment > 0.0 && (person->attainment < 0.01 || person->tenure == 0)) {
        complain(checking, "staff", index, "attainment",
                 "is from 0.01 on, of people who have been here a month at least; 0: not known");
    }
    for (size_t a = 0; a < person->awards.count; a++) {
        if (person->awards.points[a].at != floor(person->awards.points[a].at)) {
            complain(checking, "staff", index, "awards", "months are whole numbers");
        }
    }
}

static bool may_own(const struct segment *segment, const char *role) {
    for (size_t o = 0; o < segment->coverage.owners.count; o++) {
        if (strcmp(segment->coverage.owners.name[o], role) == 0) {
            return true;
        }
    }
    return false;
}

static void check_owner(const struct checking *checking, size_t index) {
    const struct opening *start = &checking->parameters->start;
    const struct opening_account *account = &start->book[index];
    const struct segment *segment = segment_named(checking->parameters, account->segment);
    struct text sentence = {0};
    size_t number = 0;
    if (*account->owner == '\0') {
        return;
    }
    if (!dictionary_find(&checking->people, account->owner, &number)) {
        filling_unknown_owner(&checking->people, account->owner, &sentence);
    } else if (!may_own(segment, start->staff[number].role)) {
        text_add(&sentence,
                 "%s is %s, a role that owns no customers of %s; add it to "
                 "segments.%s.coverage.owners, or name somebody else",
                 account->owner, start->staff[number].role, segment->name, segment->name);
    }
    if (sentence.length > 0) {
        complain(checking, "book", index, "owner", text_bytes(&sentence));
    }
    text_free(&sentence);
}

static void check_account(const struct checking *checking, size_t index) {
    const struct opening_account *account = &checking->parameters->start.book[index];
    const struct segment *segment = segment_named(checking->parameters, account->segment);
    char sentence[320];
    check_owner(checking, index);
    double share = account->potential > 0.0 ? account->revenue / account->potential : 0.0;
    if (share > 1.0) {
        complain(checking, "book", index, "revenue",
                 "is above the potential; the potential is what the customer spends on such things "
                 "everywhere");
    } else if (share > segment->wallet.ceiling) {
        (void)snprintf(sentence, sizeof sentence,
                       "is %.4g of the potential, but segments.%s.wallet.ceiling lets nobody buy "
                       "more than %g of it here; raise the ceiling or the potential",
                       share, segment->name, segment->wallet.ceiling);
        complain(checking, "book", index, "revenue", sentence);
    }
    if (account->satisfaction < 0.0 && account->satisfaction != -1.0) {
        complain(checking, "book", index, "satisfaction",
                 "is a rating from 0 to 10, or -1: not known");
    }
}

static void check_headcounts(const struct checking *checking) {
    const struct parameters *parameters = checking->parameters;
    for (size_t r = 0; r < parameters->role_count; r++) {
        const struct role *role = &parameters->roles[r];
        size_t people = opening_people(&parameters->start, role->name);
        long headcount = role_headcount(role, 0);
        if (people > 0 && headcount != (long)people) {
            char below[PATH_SIZE];
            (void)snprintf(below, sizeof below, "roles.%s.headcount%s", role->name,
                           headcount == role->headcount ? "" : "_path");
            reader_complain_below(
                checking->reader, checking->group, "", below,
                "is %ld at the start, but that names %zu people of this role; leave the "
                "headcount out and it follows, or correct the people (a position "
                "that is open today: headcount_path = ([2, %ld]))",
                headcount, people, headcount > (long)people ? headcount : (long)people + 1);
        }
    }
}

/* Sum of potentials over what the segment would have on average; 0 without one that is known. */
static double relative_potential(const struct opening *start, const struct segment *segment) {
    double sum = 0.0;
    double count = 0.0;
    for (size_t a = 0; a < start->book_count; a++) {
        if (strcmp(start->book[a].segment, segment->name) == 0 && start->book[a].potential > 0.0) {
            sum += start->book[a].potential;
            count += 1.0;
        }
    }
    return count > 0.0 ? sum / count / segment->potential.mean : 0.0;
}

static void check_segments(const struct checking *checking) {
    const struct parameters *parameters = checking->parameters;
    for (size_t s = 0; s < parameters->segment_count; s++) {
        const struct segment *segment = &parameters->segments[s];
        size_t accounts = opening_accounts(&parameters->start, segment->name);
        char below[PATH_SIZE];
        if (accounts > 0 && segment->accounts != (long)accounts) {
            (void)snprintf(below, sizeof below, "segments.%s.accounts", segment->name);
            reader_complain_below(checking->reader, checking->group, "", below,
                                  "is %ld, but start names %zu accounts of this segment; leave the "
                                  "number out and it follows, or correct the accounts",
                                  segment->accounts, accounts);
        }
        double relative = relative_potential(&parameters->start, segment);
        if (relative > 0.0 && (relative < POTENTIAL_LOWEST || relative > POTENTIAL_HIGHEST)) {
            char mean[32];
            char usual[32];
            (void)snprintf(below, sizeof below, "segments.%s.potential.mean", segment->name);
            const struct setting *setting = reader_find(checking->group, below);
            reader_note(checking->reader, setting == NULL ? checking->group : setting, below,
                        "the accounts of the start have %s on average, this segment %s: quotas and "
                        "new customers follow the segment, so set it to what fits",
                        brief(mean, relative * segment->potential.mean),
                        brief(usual, segment->potential.mean));
        }
    }
}

static void note_date(const struct checking *checking) {
    const struct opening *start = &checking->parameters->start;
    if (*start->date != '\0' && start->staff_count + start->book_count == 0) {
        const struct setting *setting = reader_find(checking->group, "start.date");
        reader_note(checking->reader, setting == NULL ? checking->group : setting, "start.date",
                    "has no effect: there is no table that it could date");
    }
}

void finish_opening(struct reader *reader, const struct parameters *parameters,
                    const struct setting *group) {
    struct checking checking = {.reader = reader, .parameters = parameters, .group = group};
    struct dictionary accounts = {0};
    const struct opening *start = &parameters->start;
    bool good = true;
    for (size_t p = 0; good && p < start->staff_count; p++) {
        good = check_name(&checking, &checking.people, "staff", p, start->staff[p].name);
        check_person(&checking, p);
    }
    /* a name that stands twice has one number, so owners are looked up only when none does */
    for (size_t a = 0; good && checking.people.count == start->staff_count && a < start->book_count;
         a++) {
        good = check_name(&checking, &accounts, "book", a, start->book[a].name);
        check_account(&checking, a);
    }
    reader->bad += !good;
    check_headcounts(&checking);
    check_segments(&checking);
    note_date(&checking);
    dictionary_free(&checking.people);
    dictionary_free(&accounts);
}

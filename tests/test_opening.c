/* A firm that starts with real people and customers: its state, and what of it is drawn. */
#include "base/mathematics.h"
#include "base/random.h"
#include "model/recruiting.h"
#include "model/reference.h"
#include "model/steps.h"
#include "opening_fixture.h"
#include "test.h"

#include <math.h>
#include <string.h>

static const char FIRM[] = OPENING_FIRM OPENING_START;
static const char FIRM_PEOPLE[] = OPENING_FIRM OPENING_START_PEOPLE;
/* the numbers of the fixture's firm are taken out, so that they follow */
static const char *const FOLLOW[] = {"segments.key.accounts=3"};

static const char PEOPLE[] = "person,role,plan,start,salary,attainment,unvested,vests\n"
                             "anna,kam,today,2021-04-15,66000,110 %,12345.678,2026-07-31\n"
                             "ben,kam,,2021-04-01,82500,0.8,2026-01-31:100; 2028-02-01:250.5,\n"
                             "cleo,kam,,2024-01-01,,,,\n";
static const char ACCOUNTS[] =
    "account,segment,owner,potential,revenue,customer since,contract end,satisfaction\n"
    "Alpha,key,ben,300000,150000,2020-01-01,2026-01-31,9.5\n"
    "Beta,key,anna,250000,50000,2025-07-01,2026-12-31,6\n"
    "Gamma,key,ben,100000,70000,2016-01-01,2028-03-31,8\n";

static size_t seat_of(const struct world *world, const char *name) {
    const struct role_law *law = &world->model.roles[1];
    size_t seat = law->first_seat;
    while (strcmp(world->model.start.persons[seat]->name, name) != 0) {
        seat++;
        CU_ASSERT_FATAL(seat < law->first_seat + law->seats);
    }
    return seat;
}

static void people_are_as_their_table_says(void) {
    static const struct {
        const char *name;
        long tenure;
        double salary;
        double scale; /* over the role's plan, 75,000 */
        double attainment;
    } WANTED[] = {{"anna", 56, 82500.0, 1.1, 1.1}, /* 66,000 over 60,000 of the plan of today */
                  {"ben", 57, 82500.0, 1.1, 0.8},
                  {"cleo", 24, 75000.0, 1.0, 1.0}};
    struct world world;
    opening_world(&world, FIRM, PEOPLE, ACCOUNTS, FOLLOW, 1);
    firm_start(&world.firm, 5, 0);
    CU_ASSERT_EQUAL(world.model.roles[1].seats, 3);
    for (size_t i = 0; i < 3; i++) {
        size_t seat = seat_of(&world, WANTED[i].name);
        const struct person *person = &world.firm.seats[seat].person;
        CU_ASSERT_TRUE(world.firm.seats[seat].filled);
        CU_ASSERT_EQUAL(person->tenure, WANTED[i].tenure);
        CU_ASSERT_EQUAL(person->in_role, WANTED[i].tenure);
        CU_ASSERT_DOUBLE_EQUAL(pay_scale(&world.firm, seat, 0), WANTED[i].scale, 1e-12);
        CU_ASSERT_DOUBLE_EQUAL(pay_scale(&world.firm, seat, 0) * 75000.0, WANTED[i].salary, 1e-8);
        CU_ASSERT_DOUBLE_EQUAL(person->attainment_measure / person->attainment_quota,
                               WANTED[i].attainment, 1e-12);
    }
    world_close(&world);
}

static void a_salary_is_that_of_the_person_whatever_level_is_reached(void) {
    static const char *const SETS[] = {
        "segments.key.accounts=3",
        "roles.kam.career.levels=({name=\"senior\";months=36;attainment=0.9;pay_step=0.2;})"};
    struct world world;
    opening_world(&world, FIRM, PEOPLE, ACCOUNTS, SETS, 2);
    firm_start(&world.firm, 5, 0);
    size_t anna = seat_of(&world, "anna");
    size_t cleo = seat_of(&world, "cleo");
    CU_ASSERT_EQUAL(world.firm.seats[anna].person.level, 1);
    CU_ASSERT_DOUBLE_EQUAL(pay_scale(&world.firm, anna, 0), 1.1, 1e-12);
    CU_ASSERT_EQUAL(world.firm.seats[cleo].person.level, 0);
    CU_ASSERT_DOUBLE_EQUAL(pay_scale(&world.firm, cleo, 0), 1.0, 1e-12);
    world_close(&world);
}

/* Care of an account is skill over load: here skill 1 and no misfit of segment and role. */
static double relationship_at(const struct segment *segment, double load, double months) {
    double care = 1.0 / load;
    double gain = segment->relationship.investment * care;
    double steady = gain / (gain + segment->relationship.decay);
    return steady + (segment->relationship.start - steady) *
                        exp(-months * (gain + segment->relationship.decay));
}

static void customers_are_as_their_table_says(void) {
    static const char *const SETS[] = {"segments.key.accounts=3", "roles.kam.skill.spread=0.0"};
    static const struct {
        const char *owner;
        double potential;
        double revenue;
        double months;
        int renewal;
        double rating;
        double load; /* of the owner: 2 or 1 of 2 accounts */
    } WANTED[] = {{"ben", 300000.0, 150000.0, 72.0, 1, 9.5, 1.0},
                  {"anna", 250000.0, 50000.0, 6.0, 12, 6.0, 0.5},
                  {"ben", 100000.0, 70000.0, 120.0, 27, 8.0, 1.0}};
    struct world world;
    opening_world(&world, FIRM, PEOPLE, ACCOUNTS, SETS, 2);
    firm_start(&world.firm, 5, 0);
    const struct accounts *accounts = &world.firm.accounts[1];
    const struct segment *segment = world.model.segments[1].segment;
    CU_ASSERT_EQUAL(accounts->live, 3);
    for (size_t a = 0; a < 3; a++) {
        double revenue = (double)(accounts->potential[a] * accounts->wallet[a]);
        double rating = segment->satisfaction.mean +
                        segment->satisfaction.rating_sd * (double)accounts->satisfaction[a];
        CU_ASSERT_EQUAL((size_t)accounts->owner[a], seat_of(&world, WANTED[a].owner));
        CU_ASSERT_DOUBLE_EQUAL(accounts->potential[a], WANTED[a].potential, 0.0);
        CU_ASSERT_DOUBLE_EQUAL(revenue, WANTED[a].revenue, 1e-6 * WANTED[a].revenue);
        CU_ASSERT_EQUAL(accounts->renewal[a], WANTED[a].renewal);
        CU_ASSERT_DOUBLE_EQUAL(rating, WANTED[a].rating, 1e-6);
        CU_ASSERT_DOUBLE_EQUAL(accounts->relationship[a],
                               relationship_at(segment, WANTED[a].load, WANTED[a].months), 1e-6);
    }
    CU_ASSERT_EQUAL(world.firm.seats[seat_of(&world, "ben")].accounts, 2);
    CU_ASSERT_EQUAL(world.firm.seats[seat_of(&world, "cleo")].accounts, 0);
    world_close(&world);
}

static void accounts_without_owner_go_to_who_has_room(void) {
    struct world world;
    opening_world(&world, FIRM, PEOPLE,
                  "account,segment,owner,revenue\nA,key,,50000\nB,key,ben,\nC,key,anna,1000\n",
                  FOLLOW, 1);
    firm_start(&world.firm, 5, 0);
    const struct accounts *accounts = &world.firm.accounts[1];
    CU_ASSERT_EQUAL((size_t)accounts->owner[0], seat_of(&world, "cleo"));
    CU_ASSERT_DOUBLE_EQUAL((double)(accounts->potential[0] * accounts->wallet[0]), 50000.0, 0.1);
    CU_ASSERT(accounts->potential[1] > 0.0F);
    CU_ASSERT_DOUBLE_EQUAL((double)(accounts->potential[2] * accounts->wallet[2]), 1000.0, 0.01);
    world_close(&world);
}

static void roles_and_segments_without_rows_are_drawn_as_before(void) {
    static const char *const SETS[] = {"segments.key.accounts=3", "roles.kam.headcount=3"};
    struct world actual;
    struct world drawn;
    opening_world(&actual, FIRM, PEOPLE, ACCOUNTS, FOLLOW, 1);
    opening_world(&drawn, OPENING_FIRM, NULL, NULL, SETS, 2);
    for (uint64_t replication = 0; replication < 5; replication++) {
        firm_start(&actual.firm, 5, replication);
        firm_start(&drawn.firm, 5, replication);
        for (size_t seat = 0; seat < 4; seat++) {
            CU_ASSERT_EQUAL(
                memcmp(&actual.firm.seats[seat], &drawn.firm.seats[seat], sizeof(struct seat)), 0);
        }
        for (size_t a = 0; a < 40; a++) {
            CU_ASSERT_EQUAL(actual.firm.accounts[0].wallet[a], drawn.firm.accounts[0].wallet[a]);
            CU_ASSERT_EQUAL(actual.firm.accounts[0].owner[a], drawn.firm.accounts[0].owner[a]);
        }
    }
    world_close(&actual);
    world_close(&drawn);
}

static void the_order_of_rows_changes_nobodys_chances(void) {
    static const char OTHER[] = "person,role,plan,start,salary,attainment,unvested,vests\n"
                                "cleo,kam,,2024-01-01,,,,\n"
                                "ben,kam,,2021-04-01,82500,0.8,2026-01-31:100; 2028-02-01:250.5,\n"
                                "anna,kam,today,2021-04-15,66000,110 %,12345.678,2026-07-31\n";
    static const char *const NAMES[] = {"anna", "ben", "cleo"};
    struct world one;
    struct world other;
    opening_world(&one, FIRM, PEOPLE, ACCOUNTS, FOLLOW, 1);
    opening_world(&other, FIRM, OTHER, ACCOUNTS, FOLLOW, 1);
    firm_start(&one.firm, 5, 3);
    firm_start(&other.firm, 5, 3);
    for (size_t i = 0; i < 3; i++) {
        struct person person = one.firm.seats[seat_of(&one, NAMES[i])].person;
        const struct person *same = &other.firm.seats[seat_of(&other, NAMES[i])].person;
        CU_ASSERT_EQUAL(person.entity, same->entity);
        CU_ASSERT_EQUAL(person.talent, same->talent);
        CU_ASSERT_EQUAL(person.skill[ACQUIRE], same->skill[ACQUIRE]);
        CU_ASSERT_EQUAL(person.match, same->match);
        CU_ASSERT_EQUAL(person.gain, same->gain);
    }
    world_close(&one);
    world_close(&other);
}

/* One candidate a vacancy, so that talent is a standard normal and everything Gaussian: the law of
 * log skill, talent and log quota error given the log attainment is that of a regression. */
static void skill_follows_recent_attainment_by_bayes(void) {
    static const char *const SETS[] = {
        "roles.kam.recruiting.pool=1.0",      "roles.kam.recruiting.pool_elasticity=0.0",
        "roles.kam.skill.spread=0.3",         "roles.kam.quota.error=0.2",
        "roles.kam.quota.skill_exponent=0.4", "simulation.start=new"};
    static const struct {
        const char *name;
        double attainment; /* 0: not known */
        double months;
    } PERSONS[] = {{"high", 1.5, 12}, {"low", 0.6, 12}, {"fresh", 1.5, 3}, {"unknown", 0.0, 12}};
    const double b = 0.3;
    const double shown = 0.6;
    const double error = 0.2 * 0.2;
    struct world world;
    opening_world(&world, FIRM_PEOPLE,
                  "person,role,start,attainment\nhigh,kam,2020-01-01,1.5\n"
                  "low,kam,2020-01-01,0.6\nfresh,kam,2025-10-01,1.5\nunknown,kam,2020-01-01,\n",
                  NULL, SETS, 6);
    struct slot slot = {.metric = METRIC_BOOKINGS, .scope = SCOPE_PERSON, .product = ""};
    struct metric_moments usual = reference_metric(&world.scenario.parameters, 1, &slot);
    struct sample acquire[4] = {{0}};
    struct sample care[4] = {{0}};
    struct sample talent[4] = {{0}};
    struct sample quota[4] = {{0}};
    enum { HISTORIES = 4000 };
    for (uint64_t replication = 0; replication < HISTORIES; replication++) {
        firm_start(&world.firm, 9, replication);
        for (size_t i = 0; i < 4; i++) {
            const struct person *person =
                &world.firm.seats[seat_of(&world, PERSONS[i].name)].person;
            sample_add(&acquire[i], log(person->skill[ACQUIRE]));
            sample_add(&care[i], log(person->skill[CARE]));
            sample_add(&talent[i], person->talent);
            sample_add(&quota[i], log(person->quota_error));
        }
    }
    for (size_t i = 0; i < 4; i++) {
        bool known = PERSONS[i].attainment > 0.0;
        double relative = usual.sd / usual.mean;
        double chance = log(1.0 + relative * relative / PERSONS[i].months);
        double total = shown * shown * b * b + error + chance;
        double mean = -0.5 * b * b; /* so that the mean hire has skill 1 */
        double expected = shown * mean + 0.5 * error - 0.5 * chance;
        double surprise = known ? (log(PERSONS[i].attainment) - expected) / total : 0.0;
        double slope = shown * b * b;
        double left = known ? b * b - slope * slope / total : b * b;
        CU_ASSERT(fabs(sample_z(&acquire[i], mean + slope * surprise)) < 5.0);
        CU_ASSERT(fabs(sample_z(&care[i], mean + 0.36 * slope * surprise)) < 5.0);
        CU_ASSERT(fabs(sample_z(&talent[i], shown * 0.6 * b * surprise)) < 5.0);
        CU_ASSERT(fabs(sample_z(&quota[i], -0.5 * error - error * surprise)) < 5.0);
        /* the standard error of a variance is sqrt(2 / n) of it */
        CU_ASSERT(fabs(sample_variance(&acquire[i]) / left - 1.0) < 5.0 * sqrt(2.0 / HISTORIES));
    }
    world_close(&world);
}

static void match_and_tenure_that_are_not_known_follow_their_law(void) {
    static const char *const SETS[] = {"simulation.start=new", "roles.kam.turnover.annual=0.2"};
    struct world world;
    opening_world(&world, FIRM_PEOPLE, "person,role,start\nold,kam,2011-01-01\nunknown,kam,\n",
                  NULL, SETS, 2);
    const struct tenure_law *law = &world.model.roles[1].tenure;
    struct sample match = {0};
    struct sample tenure = {0};
    double match_mean = 0.0;
    double tenure_mean = 0.0;
    for (uint64_t replication = 0; replication < 4000; replication++) {
        firm_start(&world.firm, 9, replication);
        const struct person *old = &world.firm.seats[seat_of(&world, "old")].person;
        CU_ASSERT_EQUAL(old->tenure, 180);
        sample_add(&match, old->match);
        sample_add(&tenure, (double)world.firm.seats[seat_of(&world, "unknown")].person.tenure);
    }
    for (int i = 0; i < 20000; i++) { /* the middle of every small part of the law */
        match_mean += tenure_law_match(law, 180, (i + 0.5) / 20000.0) / 20000.0;
        tenure_mean += (double)tenure_law_tenure(law, (i + 0.5) / 20000.0) / 20000.0;
    }
    CU_ASSERT(match_mean > 0.1); /* who stays so long fits */
    CU_ASSERT(fabs(sample_z(&match, match_mean)) < 5.0);
    CU_ASSERT(fabs(sample_z(&tenure, tenure_mean)) < 5.0);
    world_close(&world);
}

static void customers_of_unknown_age_and_wallet_are_drawn_as_usual(void) {
    struct world actual;
    struct world drawn;
    struct text table = {0};
    struct sample wallet[2] = {{0}};
    struct sample renewal[2] = {{0}};
    static const char *const SETS[] = {"segments.key.accounts=30", "roles.kam.headcount=1"};
    text_add(&table, "account,segment\n");
    for (int a = 0; a < 30; a++) {
        text_add(&table, "c%d,key\n", a);
    }
    opening_world(&actual, FIRM, "person,role\nanna,kam\n", text_bytes(&table), SETS, 2);
    opening_world(&drawn, OPENING_FIRM, NULL, NULL, SETS, 2);
    for (uint64_t replication = 0; replication < 200; replication++) {
        firm_start(&actual.firm, 9, replication);
        firm_start(&drawn.firm, 10, replication);
        for (size_t a = 0; a < 30; a++) {
            sample_add(&wallet[0], (double)actual.firm.accounts[1].wallet[a]);
            sample_add(&wallet[1], (double)drawn.firm.accounts[1].wallet[a]);
            sample_add(&renewal[0], actual.firm.accounts[1].renewal[a]);
            sample_add(&renewal[1], drawn.firm.accounts[1].renewal[a]);
        }
    }
    double error = sqrt(2.0 * sample_variance(&wallet[1]) / 6000.0) * 3.0; /* they share owners */
    CU_ASSERT(fabs(sample_mean(&wallet[0]) - sample_mean(&wallet[1])) < 5.0 * error);
    CU_ASSERT(fabs(sample_z(&renewal[0], 6.5)) < 5.0); /* uniform on 1 .. 12 */
    world_close(&actual);
    world_close(&drawn);
    text_free(&table);
}

static void awards_are_paid_in_their_month_to_the_cent(void) {
    static const char *const SETS[] = {"segments.key.accounts=3", "roles.kam.turnover.annual=0.001",
                                       "roles.kam.plan=fixed"};
    struct world world;
    opening_world(&world, FIRM, PEOPLE, ACCOUNTS, SETS, 3);
    firm_run(&world.firm, 5, 0);
    double expense = 0.0;
    for (size_t month = 0; month < 36; month++) {
        const struct ledger *ledger = firm_ledger(&world.firm, month, 2);
        double paid = month == 0 ? 100.0 : month == 6 ? 12345.68 : month == 25 ? 250.5 : 0.0;
        double outstanding = (month < 6 ? 12345.68 : 0.0) + (month < 25 ? 250.5 : 0.0);
        CU_ASSERT_DOUBLE_EQUAL(ledger->flows.ltip_paid, paid, 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(ledger->stocks.ltip_outstanding, outstanding, 1e-9);
        expense += ledger->flows.lti_expense;
        double due = 100.0 + 12345.68 * fmin(1.0, (double)(month + 1) / 7.0) +
                     250.5 * fmin(1.0, (double)(month + 1) / 26.0);
        CU_ASSERT_DOUBLE_EQUAL(expense, due, 1e-8);
    }
    world_close(&world);
}

static void who_leaves_before_loses_the_award_and_its_expense(void) {
    static const char *const SETS[] = {"roles.kam.turnover.annual=0.6", "roles.kam.plan=fixed"};
    struct world world;
    size_t leavers = 0;
    opening_world(&world, FIRM_PEOPLE,
                  "person,role,start,unvested,vests\na,kam,2020-01-01,3000,2028-06-30\n", NULL,
                  SETS, 2);
    for (uint64_t replication = 0; replication < 60; replication++) {
        double paid = 0.0;
        double lost = 0.0;
        double expense = 0.0;
        bool left = false;
        firm_run(&world.firm, 5, replication);
        for (size_t month = 0; month < 36; month++) {
            const struct flows *flows = &firm_ledger(&world.firm, month, 2)->flows;
            left = left || (month < 29 && flows->exits_voluntary > 0.0);
            paid += flows->ltip_paid;
            lost += flows->lti_forfeited;
            expense += flows->lti_expense;
        }
        CU_ASSERT_DOUBLE_EQUAL(paid, left ? 0.0 : 3000.0, 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(lost, left ? 3000.0 : 0.0, 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(expense, paid, 1e-8);
        leavers += left;
    }
    CU_ASSERT(leavers > 5 && leavers < 60);
    world_close(&world);
}

static size_t exits_until(struct world *world, size_t months) {
    size_t exits = 0;
    for (uint64_t replication = 0; replication < 60; replication++) {
        firm_run(&world->firm, 5, replication);
        for (size_t month = 0; month < months; month++) {
            exits += (size_t)firm_ledger(&world->firm, month, 2)->flows.exits_voluntary;
        }
    }
    return exits;
}

static void nobody_leaves_a_fortune_behind(void) {
    static const char *const SETS[] = {"roles.kam.turnover.annual=0.4", "roles.kam.plan=fixed"};
    struct world rich;
    struct world poor;
    opening_world(&rich, FIRM_PEOPLE,
                  "person,role,start,unvested,vests\na,kam,2020-01-01,5000000,2028-01-31\n", NULL,
                  SETS, 2);
    opening_world(&poor, FIRM_PEOPLE, "person,role,start\na,kam,2020-01-01\n", NULL, SETS, 2);
    CU_ASSERT_EQUAL(exits_until(&rich, 24), 0); /* it is paid at the end of month 25 */
    CU_ASSERT(exits_until(&poor, 24) > 10);
    CU_ASSERT(exits_until(&rich, 36) > 10);
    world_close(&rich);
    world_close(&poor);
}

static void who_retires_is_paid_at_once(void) {
    static const char *const SETS[] = {"roles.kam.turnover.annual=0.001", "roles.kam.plan=fixed",
                                       "roles.kam.turnover.retirement_months=80"};
    struct world world;
    opening_world(&world, FIRM_PEOPLE,
                  "person,role,start,unvested,vests\na,kam,2020-01-01,3000,2028-06-30\n", NULL,
                  SETS, 3);
    firm_run(&world.firm, 5, 0);
    /* 72 months are completed at the start: the 80th at the end of month 8 */
    CU_ASSERT_EQUAL(firm_ledger(&world.firm, 7, 2)->flows.retirements, 1.0);
    CU_ASSERT_EQUAL(firm_ledger(&world.firm, 7, 2)->flows.ltip_paid, 3000.0);
    CU_ASSERT_EQUAL(firm_ledger(&world.firm, 29, 2)->flows.ltip_paid, 0.0);
    world_close(&world);
}

/* Expected values of all awards of the plan that the person on a seat holds. */
static double awards_outstanding(const struct firm *firm, size_t seat) {
    const struct role_law *law = &firm->model->roles[firm->seats[seat].role];
    double sum = 0.0;
    for (size_t c = 0; c < law->plan->component_count; c++) {
        sum += law->components[c].award_count > 0 ? award_outstanding(firm, seat, c) : 0.0;
    }
    return sum;
}

static void people_of_the_table_hold_its_awards_and_no_others(void) {
    struct world actual;
    struct world drawn;
    static const char *const SETS[] = {"roles.kam.headcount=3"};
    double held = 0.0;
    opening_world(&actual, FIRM, PEOPLE, ACCOUNTS, FOLLOW, 1);
    opening_world(&drawn, OPENING_FIRM, NULL, NULL, SETS, 1);
    firm_start(&actual.firm, 5, 0);
    firm_start(&drawn.firm, 5, 0);
    for (size_t seat = 4; seat < 7; seat++) {
        CU_ASSERT_EQUAL(awards_outstanding(&actual.firm, seat), 0.0); /* of the plan */
        held += awards_outstanding(&drawn.firm, seat);
    }
    CU_ASSERT(held > 0.0);
    world_close(&actual);
    world_close(&drawn);
}

static const struct test TESTS[] = {
    {"people are as their table says", people_are_as_their_table_says},
    {"a salary is that of the person, whatever level is reached",
     a_salary_is_that_of_the_person_whatever_level_is_reached},
    {"customers are as their table says", customers_are_as_their_table_says},
    {"accounts without owner go to who has room", accounts_without_owner_go_to_who_has_room},
    {"roles and segments without rows are drawn as before",
     roles_and_segments_without_rows_are_drawn_as_before},
    {"the order of rows changes nobody's chances", the_order_of_rows_changes_nobodys_chances},
    {"skill follows recent attainment by Bayes", skill_follows_recent_attainment_by_bayes},
    {"match and tenure that are not known follow their law",
     match_and_tenure_that_are_not_known_follow_their_law},
    {"customers of unknown age and wallet are drawn as usual",
     customers_of_unknown_age_and_wallet_are_drawn_as_usual},
    {"awards are paid in their month, to the cent", awards_are_paid_in_their_month_to_the_cent},
    {"who leaves before loses the award, and the firm its expense",
     who_leaves_before_loses_the_award_and_its_expense},
    {"nobody leaves a fortune behind", nobody_leaves_a_fortune_behind},
    {"who retires is paid at once", who_retires_is_paid_at_once},
    {"people of the table hold its awards and no others",
     people_of_the_table_hold_its_awards_and_no_others},
};

const struct suite suite_opening = {"opening", TESTS, sizeof TESTS / sizeof *TESTS};

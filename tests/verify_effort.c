#include "evidence_fixture.h"
#include "test.h"

/* Effects on effort and its timing (docs/evidence_effort.md). What is measured is printed. */
enum { SEEDS = 40 };

static void without_quota_ceiling_and_ratchet_more_is_sold_for_the_same_pay(void) {
    static struct effect old[SEEDS];
    static struct effect line[SEEDS];
    static struct effect open[SEEDS];
    static struct effect still[SEEDS];
    run_plan("misra_nair_quota", NULL, 0, WARM_UP, SEEDS, old);
    run_plan("misra_nair_linear", NULL, 0, WARM_UP, SEEDS, line);
    run_plan("misra_nair_no_ceiling", NULL, 0, WARM_UP, SEEDS, open);
    run_plan("misra_nair_no_ratchet", NULL, 0, WARM_UP, SEEDS, still);
    struct sample gains = gain(line, old, SEEDS);
    struct sample ceiling = gain(open, old, SEEDS);
    struct sample ratchet = gain(still, old, SEEDS);
    say("Misra & Nair: linear", &gains);
    say("Misra & Nair: no ceiling", &ceiling);
    say("Misra & Nair: no ratchet", &ratchet);
    CU_ASSERT_DOUBLE_EQUAL(mean_pay(line, SEEDS) / mean_pay(old, SEEDS), 1, .01);
    CU_ASSERT(inside(&gains, 6, 12));
    CU_ASSERT(share_above(line, old, SEEDS) >= .95);
    CU_ASSERT(sample_mean(&ceiling) >= 0);
    CU_ASSERT(share_above(open, old, SEEDS) >= .95);
    CU_ASSERT(sample_mean(&ratchet) >= 0);
    CU_ASSERT(share_above(still, old, SEEDS) >= .95);
}

static void bonuses_and_pay_for_over_achievement_earn_their_cost(void) {
    static struct effect full[SEEDS];
    static struct effect line[SEEDS];
    static struct effect no_over[SEEDS];
    static struct effect no_quarter[SEEDS];
    run_plan("chung_full", NULL, 0, 0, SEEDS, full);
    run_plan("chung_linear", NULL, 0, 0, SEEDS, line);
    run_plan("chung_no_over_achievement", NULL, 0, 0, SEEDS, no_over);
    run_plan("chung_no_quarterly", NULL, 0, 0, SEEDS, no_quarter);
    struct sample linear = gain(full, line, SEEDS);
    struct sample over = gain(no_over, full, SEEDS);
    struct sample quarter = gain(no_quarter, full, SEEDS);
    say("Chung et al.: full against linear", &linear);
    say("Chung et al.: without over-achievement", &over);
    say("Chung et al.: without quarterly", &quarter);
    CU_ASSERT_DOUBLE_EQUAL(mean_pay(line, SEEDS) / mean_pay(full, SEEDS), 1, .01);
    CU_ASSERT(share_above(full, line, SEEDS) >= .95);
    CU_ASSERT(share_above(full, no_over, SEEDS) >= .95);
    CU_ASSERT(share_above(no_over, no_quarter, SEEDS) >= .95);
    CU_ASSERT(inside(&linear, 2.3, 6.9));
    CU_ASSERT(inside(&over, -9, -3));
    CU_ASSERT(inside(&quarter, -20.4, -6.8));
}

/* Rolling output of everybody with two years on the seat, by seat of all histories; else 0. */
enum { PEOPLE = 100 * 60 };
static void run_people(const char *name, size_t headcount, size_t histories, double *output,
                       double *skill) {
    char path[128];
    struct world world;
    (void)snprintf(path, sizeof path, "scenarios/evidence/%s.cfg", name);
    world_load(&world, path, NULL);
    CU_ASSERT_EQUAL_FATAL(world.model.seat_count, headcount);
    for (size_t h = 0; h < histories; h++) {
        firm_run(&world.firm, 7, h);
        for (size_t seat = 0; seat < headcount; seat++) {
            const struct seat *place = &world.firm.seats[seat];
            bool settled = place->filled && place->person.in_role >= 24;
            output[h * headcount + seat] = settled ? place->person.attainment_measure : 0;
            skill[h * headcount + seat] = place->person.skill[ACQUIRE];
        }
    }
    world_close(&world);
}

static int by_number(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Log change of the output of the worst or best third by skill, over people settled in both. */
static double change_of_third(const double *plan, const double *baseline, const double *skill,
                              bool best) {
    static double sorted[PEOPLE];
    double sums[2] = {0, 0};
    memcpy(sorted, skill, sizeof sorted);
    qsort(sorted, PEOPLE, sizeof *sorted, by_number);
    for (size_t i = 0; i < PEOPLE; i++) {
        bool chosen = best ? skill[i] > sorted[PEOPLE * 2 / 3] : skill[i] < sorted[PEOPLE / 3];
        if (chosen && plan[i] > 0 && baseline[i] > 0) {
            sums[0] += baseline[i];
            sums[1] += plan[i];
        }
    }
    return log(sums[1] / sums[0]);
}

static void the_best_and_the_weak_lose_most_without_what_is_made_for_them(void) {
    static double full[PEOPLE];
    static double no_over[PEOPLE];
    static double no_quarter[PEOPLE];
    static double skill[PEOPLE];
    run_people("chung_no_over_achievement", 100, 60, no_over, skill);
    run_people("chung_no_quarterly", 100, 60, no_quarter, skill);
    run_people("chung_full", 100, 60, full, skill);
    double best_over = change_of_third(no_over, full, skill, true);
    double weak_over = change_of_third(no_over, full, skill, false);
    double best_quarter = change_of_third(no_quarter, full, skill, true);
    double weak_quarter = change_of_third(no_quarter, full, skill, false);
    (void)fprintf(stderr, "  thirds, without over-achievement: best %+.4f weak %+.4f\n", best_over,
                  weak_over);
    (void)fprintf(stderr, "  thirds, without quarterly: best %+.4f weak %+.4f\n", best_quarter,
                  weak_quarter);
    CU_ASSERT(best_over < 0 && weak_over < 0);
    CU_ASSERT(best_quarter < 0 && weak_quarter < 0);
    CU_ASSERT(best_over < weak_over);       /* over-achievement sustains the best */
    CU_ASSERT(weak_quarter < best_quarter); /* quarterly bonuses pace the weak */
}

static void the_lift_is_effort_where_deals_are_hard_to_move(void) {
    enum { FEW = 10 };
    static const char *const COSTS[4][2] = {
        {"roles.rep.timing.hassle=0.2", "roles.rep.timing.loss=0.1"},
        {"roles.rep.timing.hassle=0.4", "roles.rep.timing.loss=0.3"},
        {"roles.rep.timing.hassle=0.7", "roles.rep.timing.loss=0.6"},
        {"roles.rep.timing.hassle=1.0", "roles.rep.timing.loss=1.0"}};
    static const char *const IDLE[1] = {"simulation.effort=\"none\""};
    static struct effect idle[FEW];
    double share[4];
    run_plan("chung_full", IDLE, 1, 0, FEW, idle);
    for (int i = 0; i < 4; i++) {
        static struct effect full[FEW];
        struct sample part = {0};
        run_plan("chung_full", COSTS[i], 2, 0, FEW, full);
        for (int s = 0; s < FEW; s++) {
            sample_add(&part, full[s].moved * full[s].output / (full[s].output - idle[s].output));
        }
        share[i] = sample_mean(&part);
        say("Steenburgh: timing in the lift", &part);
    }
    CU_ASSERT(share[0] > share[1] && share[1] > share[2] && share[2] >= share[3]);
    CU_ASSERT(share[0] < .2);
    CU_ASSERT_EQUAL(share[3], 0);
}

/* Dip of the first and peak of the last fiscal month against the same months under linear pay. */
static void check_year(const struct effect *plan, const struct effect *line, bool printed) {
    struct sample first = {0};
    struct sample last = {0};
    double dips = 0;
    double peaks = 0;
    for (size_t s = 0; s < SEEDS; s++) {
        sample_add(&first, plan[s].month[0] - line[s].month[0]);
        sample_add(&last, plan[s].month[11] - line[s].month[11]);
        dips += plan[s].month[0] < line[s].month[0];
        peaks += plan[s].month[11] > line[s].month[11];
    }
    CU_ASSERT(dips >= .95 * SEEDS);
    CU_ASSERT(peaks >= .95 * SEEDS);
    if (printed) {
        say("Oyer: first month", &first);
        say("Oyer: last month", &last);
    }
    struct sample flat[12] = {0};
    struct sample bent[12] = {0};
    int lowest = 0;
    int highest = 0;
    for (int m = 0; m < 12; m++) {
        for (size_t s = 0; s < SEEDS; s++) {
            sample_add(&flat[m], line[s].month[m]);
            sample_add(&bent[m], plan[s].month[m] - line[s].month[m]);
        }
        CU_ASSERT(fabs(sample_z(&flat[m], 1)) < 5);
        lowest = sample_mean(&bent[m]) < sample_mean(&bent[lowest]) ? m : lowest;
        highest = sample_mean(&bent[m]) > sample_mean(&bent[highest]) ? m : highest;
    }
    CU_ASSERT_EQUAL(lowest, 0);
    CU_ASSERT_EQUAL(highest, 11);
}

static void the_fiscal_year_makes_the_seasons_of_sales(void) {
    static const char *const STARTS[3] = {"simulation.fiscal_year_start=1",
                                          "simulation.fiscal_year_start=4",
                                          "simulation.fiscal_year_start=10"};
    for (int i = 0; i < 3; i++) {
        static struct effect plan[SEEDS];
        static struct effect line[SEEDS];
        run_plan("oyer_accelerator", &STARTS[i], 1, WARM_UP, SEEDS, plan);
        run_plan("oyer_linear", &STARTS[i], 1, WARM_UP, SEEDS, line);
        check_year(plan, line, i == 0);
    }
}

static void accelerating_commission_costs_discounts(void) {
    static const char *const STAGES[3] = {"segments.market.pipeline.stages.[2].months=3.0",
                                          "segments.market.pipeline.stages.[2].months=4.0",
                                          "segments.market.pipeline.stages.[2].months=5.0"};
    enum { FEW = 10 };
    for (int i = 0; i < 3; i++) {
        static struct effect plan[FEW];
        static struct effect line[FEW];
        struct sample cost = {0};
        run_plan("larkin_accelerating", &STAGES[i], 1, 24, FEW, plan);
        run_plan("larkin_linear", &STAGES[i], 1, 24, FEW, line);
        for (int s = 0; s < FEW; s++) {
            sample_add(&cost, plan[s].discounts);
            CU_ASSERT_EQUAL(line[s].moved, 0);
            CU_ASSERT_EQUAL(line[s].discounts, 0);
            CU_ASSERT(plan[s].discounts > 0);
        }
        say("Larkin: discounts over revenue", &cost);
        CU_ASSERT(sample_mean(&cost) > .04 && sample_mean(&cost) < .10);
    }
}

/* One person a firm: the discount of a quarter end and the rate that the next euro would earn. */
static void discounts_follow_the_marginal_commission(void) {
    static const double FROM[7] = {0, 82500, 165000, 330000, 495000, 660000, 990000};
    static const double RATE[7] = {.02, .05, .08, .12, .16, .20, .25};
    struct world world;
    double n = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    world_load(&world, "scenarios/evidence/larkin_accelerating.cfg", "roles.rep.headcount=1");
    for (uint64_t history = 0; history < 400; history++) {
        firm_run(&world.firm, 5, history);
        for (size_t month = 2; month < world.model.months; month += 3) {
            const struct flows *f = &firm_ledger(&world.firm, month, 0)->flows;
            double quarter = firm_ledger(&world.firm, month - 2, 0)->flows.new_revenue +
                             firm_ledger(&world.firm, month - 1, 0)->flows.new_revenue +
                             f->new_revenue - f->pulled_revenue;
            if (f->deals_pulled == 0) {
                continue;
            }
            double discount = f->discounts / (f->pulled_revenue + f->discounts);
            double rate = RATE[0];
            for (int t = 1; t < 7 && quarter > FROM[t]; t++) {
                rate = RATE[t];
            }
            n += 1;
            x += rate;
            y += discount;
            xx += rate * rate;
            yy += discount * discount;
            xy += rate * discount;
        }
    }
    double r = (xy / n - x / n * y / n) / sqrt((xx / n - x / n * x / n) * (yy / n - y / n * y / n));
    (void)fprintf(stderr, "  Larkin: correlation %.3f of %g quarters\n", r, n);
    CU_ASSERT(n > 500);
    CU_ASSERT(r * sqrt(n) > 5);
    world_close(&world);
}

static void piece_rates_make_the_same_people_do_more(void) {
    static double fixed[PEOPLE];
    static double piece[PEOPLE];
    static double skill[PEOPLE];
    static struct effect pay[SEEDS];
    static struct effect salary[SEEDS];
    struct sample more = {0};
    struct sample before = {0};
    struct sample after = {0};
    run_people("lazear_fixed", 30, 100, fixed, skill);
    run_people("lazear_piece_rate", 30, 100, piece, skill);
    for (size_t i = 0; i < 3000; i++) {
        if (fixed[i] > 0 && piece[i] > 0) {
            sample_add(&more, log(piece[i] / fixed[i]));
            sample_add(&before, log(fixed[i]));
            sample_add(&after, log(piece[i]));
        }
    }
    say("Lazear: log output of the same person", &more);
    (void)fprintf(stderr, "  Lazear: people %g, spread %.4f -> %.4f\n", more.count,
                  sqrt(sample_variance(&before)), sqrt(sample_variance(&after)));
    CU_ASSERT(more.count > 300);
    CU_ASSERT(sample_mean(&more) > .15 && sample_mean(&more) < .25);
    CU_ASSERT(sample_variance(&after) > sample_variance(&before));
    run_plan("lazear_fixed", NULL, 0, 0, 20, salary);
    run_plan("lazear_piece_rate", NULL, 0, 0, 20, pay);
    CU_ASSERT_DOUBLE_EQUAL(mean_pay(pay, 20) / mean_pay(salary, 20), 1.1, .02);
}

static void commission_in_place_of_a_ratcheting_bonus_shifts_effort_and_ends_games(void) {
    static struct effect bonus[SEEDS];
    static struct effect commission[SEEDS];
    run_plan("kishore_bonus", NULL, 0, WARM_UP, SEEDS, bonus);
    run_plan("kishore_commission", NULL, 0, WARM_UP, SEEDS, commission);
    struct sample gains = gain(commission, bonus, SEEDS);
    struct sample other = {0};
    struct sample games = {0};
    double neglected = 0;
    double honest = 0;
    for (size_t s = 0; s < SEEDS; s++) {
        sample_add(&other, commission[s].other_effort - bonus[s].other_effort);
        sample_add(&games, commission[s].moved - bonus[s].moved);
        neglected += commission[s].other_effort < bonus[s].other_effort;
        honest += commission[s].moved < bonus[s].moved;
    }
    say("Kishore et al.: paid task", &gains);
    say("Kishore et al.: unpaid effort", &other);
    say("Kishore et al.: deals moved", &games);
    CU_ASSERT_DOUBLE_EQUAL(mean_pay(commission, SEEDS) / mean_pay(bonus, SEEDS), 1, .01);
    CU_ASSERT(share_above(commission, bonus, SEEDS) >= .95);
    CU_ASSERT(neglected >= .95 * SEEDS);
    CU_ASSERT(honest >= .95 * SEEDS);
}

static const struct test TESTS[] = {
    {"without quota, ceiling and ratchet more is sold for the same pay (Misra and Nair 2011)",
     without_quota_ceiling_and_ratchet_more_is_sold_for_the_same_pay},
    {"bonuses and pay for over-achievement earn their cost (Chung et al. 2014)",
     bonuses_and_pay_for_over_achievement_earn_their_cost},
    {"the best and the weak lose most without what is made for them (Chung et al. 2014)",
     the_best_and_the_weak_lose_most_without_what_is_made_for_them},
    {"the lift is effort where deals are hard to move (Steenburgh 2008)",
     the_lift_is_effort_where_deals_are_hard_to_move},
    {"the fiscal year makes the seasons of sales (Oyer 1998)",
     the_fiscal_year_makes_the_seasons_of_sales},
    {"accelerating commission costs discounts (Larkin 2014)",
     accelerating_commission_costs_discounts},
    {"discounts follow the marginal commission (Larkin 2014)",
     discounts_follow_the_marginal_commission},
    {"piece rates make the same people do more (Lazear 2000)",
     piece_rates_make_the_same_people_do_more},
    {"commission in place of a ratcheting bonus shifts effort and ends games (Kishore et al. 2013)",
     commission_in_place_of_a_ratcheting_bonus_shifts_effort_and_ends_games},
};
const struct suite suite_effort_evidence = {"effort_evidence", TESTS,
                                            sizeof TESTS / sizeof TESTS[0]};

#include "pay_fixture.h"
#include "plan/payout.h"
#include "test.h"

#include <math.h>

/* Ten sellers of a market in which customers may leave every month, one plan of one component. */
#define SELLERS                                                                                    \
    "roles.sales.headcount=10", "simulation.years=3", "segments.standard.contract.term_months=1",  \
        "segments.standard.churn={annual=0.7;satisfaction=0.0;relationship=0.0}",                  \
        "segments.standard.leads.per_hunter=8.0", "roles.sales.recruiting.days=20.0"
enum { SELLERS_COUNT = 6, SEATS = 10 };

/* What a person has done and got, by the readings and the log. */
struct book {
    uint64_t entity;
    long months;    /* of the running period */
    double measure; /* in it */
    double quota;
    double earned; /* by the formula, since joining */
    double paid;   /* by the log */
    double stock;  /* by the formula: held back, in the bank, owed */
};

struct sellers {
    struct pay_world pay;
    const struct component *component;
    struct book books[SEATS];
    bool present[SEATS]; /* when the month is paid */
    bool there[SEATS];   /* and after it */
    long tenure[SEATS];
    double month_measure[SEATS];
    double month_quota[SEATS];
    size_t joined;
    size_t left;
};

static void sellers_open(struct sellers *sellers, const char *plan, double turnover) {
    char components[1024];
    char annual[80];
    const char *const sets[] = {SELLERS, components, annual};
    (void)snprintf(components, sizeof components, "plans.fixed=%s", plan);
    (void)snprintf(annual, sizeof annual, "roles.sales.turnover.annual=%g", turnover);
    *sellers = (struct sellers){.joined = 0};
    char *path = fixture_file(QUIET, strlen(QUIET));
    pay_world_open(&sellers->pay, path, sets, SELLERS_COUNT + 2);
    CU_ASSERT_EQUAL(unlink(path), 0);
    free(path);
    sellers->component = &sellers->pay.world.model.roles[0].plan->components[0];
    firm_start(&sellers->pay.world.firm, 53, 1);
    for (size_t seat = 0; seat < SEATS; seat++) {
        sellers->books[seat].entity = sellers->pay.world.firm.seats[seat].person.entity;
    }
}

/* One month of the firm; the books then know the month's measure and quota. */
static void sellers_month(struct sellers *sellers, size_t month) {
    struct firm *firm = &sellers->pay.world.firm;
    const struct slot_law *slot = &firm->model->roles[0].slots[0];
    for (size_t seat = 0; seat < SEATS; seat++) {
        const struct seat *place = &firm->seats[seat];
        sellers->present[seat] = place->filled;
        sellers->there[seat] = place->filled;
        sellers->tenure[seat] = place->person.tenure;
        if (place->filled && place->person.entity != sellers->books[seat].entity) {
            sellers->books[seat] = (struct book){.entity = place->person.entity};
            sellers->joined++;
        }
        sellers->month_quota[seat] =
            slot->slot.quota > 0
                ? slot->quota_year / 12
                : slot->quota_year / 12 * firm_quota(firm, seat, slot->slot.metric, (long)month);
    }
    firm_step(firm, month);
    for (size_t seat = 0; seat < SEATS; seat++) {
        const struct seat *place = &firm->seats[seat];
        const struct payment *log = &sellers->pay.log[month * firm->model->seat_count + seat];
        if (!sellers->there[seat]) {
            continue;
        }
        sellers->month_measure[seat] = measure_read(firm, seat, slot, month).value;
        sellers->books[seat].months++;
        sellers->books[seat].measure += sellers->month_measure[seat];
        sellers->books[seat].quota += sellers->month_quota[seat];
        sellers->books[seat].paid += log->line[0];
        if (!place->filled || place->person.entity != sellers->books[seat].entity) {
            sellers->left++;
            sellers->there[seat] = false; /* already gone again */
        }
    }
}

static const struct component_account *account_of(const struct sellers *sellers, size_t seat) {
    return &sellers->pay.world.firm.accounts_of_pay[seat * sellers->pay.world.model.component_most];
}

static struct book *close_book(struct sellers *sellers, size_t seat) {
    struct book *book = &sellers->books[seat];
    book->months = 0;
    book->measure = 0;
    book->quota = 0;
    return book;
}

/* ---- what customers who leave take along */

/* Pay for contracts that this seat's person won and lost this month, times a share by their age. */
static double lost_pay(const struct sellers *sellers, size_t seat, size_t month, double rate,
                       double (*share)(long age)) {
    const struct firm *firm = &sellers->pay.world.firm;
    double sum = 0;
    for (size_t i = 0; i < firm->accounts[0].lost_count; i++) {
        const struct lost_account *lost = &firm->accounts[0].lost[i];
        if (lost->winner == (int32_t)seat && lost->winner_number == firm->seats[seat].occupants) {
            sum += rate * (double)lost->won * share((long)month - lost->won_month);
        }
    }
    return sum;
}

static double all_of_ten_months(long age) { return age < 10 ? 1 : 0; }
static double rest_of_ten_months(long age) { return age < 10 ? (10 - (double)age) / 10 : 0; }

/* Every month: commission of the month less what the losses of the month take back. */
static void clawback_takes_back_the_pay_of_lost_customers(void) {
    static const struct {
        const char *plan;
        double (*share)(long);
    } CASES[] = {
        {"{salary=40000;components=({type=\"commission\";metric=\"new_revenue\";period=\"month\";"
         "rate=0.1;negative=\"recover\";clawback={months=10;rule=\"full\"}})}",
         all_of_ten_months},
        {"{salary=40000;components=({type=\"commission\";metric=\"new_revenue\";period=\"month\";"
         "rate=0.1;negative=\"recover\";clawback={months=10;rule=\"pro_rata\"}})}",
         rest_of_ten_months},
    };
    for (size_t i = 0; i < 2; i++) {
        struct sellers sellers;
        double taken = 0;
        sellers_open(&sellers, CASES[i].plan, 0.2);
        for (size_t month = 0; month < 36; month++) {
            sellers_month(&sellers, month);
            for (size_t seat = 0; seat < SEATS; seat++) {
                double lost = lost_pay(&sellers, seat, month, 0.1, CASES[i].share);
                struct book *book = &sellers.books[seat];
                if (sellers.there[seat]) {
                    book->earned += 0.1 * sellers.month_measure[seat] - lost;
                    taken += lost;
                    CU_ASSERT_DOUBLE_EQUAL(book->paid, book->earned, 0.011);
                }
            }
        }
        CU_ASSERT(taken > 10000 && sellers.joined > 1);
        pay_world_close(&sellers.pay);
    }
}

/* The same with nothing below 0: pay waits until what was taken back is earned again. */
static void what_is_taken_back_is_carried_when_nothing_is_due(void) {
    struct sellers sellers;
    size_t waited = 0;
    sellers_open(&sellers,
                 "{salary=40000;components=({type=\"commission\";metric=\"new_revenue\";"
                 "period=\"month\";rate=0.1;clawback={months=10;rule=\"full\"}})}",
                 0.2);
    double most[SEATS] = {0}; /* that was ever due */
    for (size_t month = 0; month < 36; month++) {
        size_t joined = sellers.joined;
        sellers_month(&sellers, month);
        for (size_t seat = 0; seat < SEATS; seat++) {
            struct book *book = &sellers.books[seat];
            if (joined < sellers.joined && book->earned == 0) {
                most[seat] = 0;
            }
            if (!sellers.there[seat]) {
                continue;
            }
            book->earned += 0.1 * sellers.month_measure[seat] -
                            lost_pay(&sellers, seat, month, 0.1, all_of_ten_months);
            most[seat] = book->earned > most[seat] ? book->earned : most[seat];
            CU_ASSERT_DOUBLE_EQUAL(book->paid, most[seat], 0.04); /* a cent a fiscal year */
            waited += book->earned < most[seat] - 1;
        }
    }
    CU_ASSERT(waited > 20);
    pay_world_close(&sellers.pay);
}

/* .6 at once; .4 after five months, less the part for customers that are lost until then. */
static void hold_backs_are_released_for_customers_that_stay(void) {
    struct sellers sellers;
    double held[SEATS][64] = {{0}}; /* by month of the sale */
    double lost = 0;
    sellers_open(&sellers,
                 "{salary=40000;components=({type=\"commission\";metric=\"new_revenue\";"
                 "period=\"month\";rate=0.1;hold_back={share=0.4;months=5}})}",
                 0.2);
    const struct firm *firm = &sellers.pay.world.firm;
    for (size_t month = 0; month < 36; month++) {
        size_t joined = sellers.joined;
        double stock = 0;
        sellers_month(&sellers, month);
        for (size_t seat = 0; seat < SEATS; seat++) {
            struct book *book = &sellers.books[seat];
            if (joined < sellers.joined && book->earned == 0) {
                memset(held[seat], 0, sizeof held[seat]);
            }
            if (!sellers.there[seat]) {
                continue;
            }
            for (size_t i = 0; i < firm->accounts[0].lost_count; i++) {
                const struct lost_account *gone = &firm->accounts[0].lost[i];
                if (gone->winner == (int32_t)seat && gone->won_month >= 0 &&
                    gone->winner_number == firm->seats[seat].occupants &&
                    (long)month - gone->won_month <= 5) {
                    held[seat][gone->won_month] -= 0.4 * 0.1 * (double)gone->won;
                    lost += 0.4 * 0.1 * (double)gone->won;
                }
            }
            held[seat][month] = 0.4 * 0.1 * sellers.month_measure[seat];
            book->earned += 0.6 * 0.1 * sellers.month_measure[seat];
            book->earned += month >= 5 ? held[seat][month - 5] : 0;
            CU_ASSERT_DOUBLE_EQUAL(book->paid, book->earned, 0.011);
            for (size_t sold = month >= 4 ? month - 4 : 0; sold <= month; sold++) {
                stock += held[seat][sold];
            }
        }
        bool quiet = sellers.left == sellers.joined; /* nobody's is lost this month */
        double booked = firm_ledger(firm, month, 1)->stocks.held_back;
        CU_ASSERT(!quiet || fabs(booked - stock) < 0.01);
        CU_ASSERT(booked >= stock - 0.01); /* leavers of the month lose theirs after it */
    }
    CU_ASSERT(lost > 1000 && sellers.joined > 1);
    pay_world_close(&sellers.pay);
}

/* ---- draws */

static void draws_are_advanced_and_recovered_to_the_cent(void) {
    struct sellers sellers;
    double forgiven = 0;
    double draws = 0;
    double recovered = 0;
    double owed[SEATS] = {0};
    sellers_open(&sellers,
                 "{salary=40000;draw={amount=2500.0;rule=\"recoverable\";months=9};"
                 "components=({type=\"commission\";metric=\"new_revenue\";period=\"month\";"
                 "rate=0.1;})}",
                 0.5);
    const struct firm *firm = &sellers.pay.world.firm;
    for (size_t month = 0; month < 36; month++) {
        for (size_t seat = 0; seat < SEATS; seat++) {
            owed[seat] = firm->draw_owed[seat];
        }
        sellers_month(&sellers, month);
        for (size_t seat = 0; seat < SEATS; seat++) {
            const struct payment *log = &sellers.pay.log[month * SEATS + seat];
            struct book *book = &sellers.books[seat];
            double lines = log->line[0];
            draws += log->draw;
            recovered -= log->draw < 0 ? log->draw : 0;
            book->stock += log->draw;
            if (!sellers.there[seat]) {
                forgiven += book->stock; /* gone, or nobody there */
                book->stock = 0;
                continue;
            }
            double least = sellers.tenure[seat] < 9 ? 2500 : 0;
            double back = lines - least < owed[seat] ? lines - least : owed[seat];
            CU_ASSERT_DOUBLE_EQUAL(log->draw, lines < least ? least - lines : -back, 1e-6);
            CU_ASSERT_DOUBLE_EQUAL(firm->draw_owed[seat], book->stock, 1e-6);
        }
    }
    double open = 0;
    for (size_t seat = 0; seat < SEATS; seat++) {
        open += firm->draw_owed[seat];
    }
    CU_ASSERT_DOUBLE_EQUAL(draws, open + forgiven, 1e-5);
    CU_ASSERT(recovered > 10000 && forgiven > 1000 && sellers.joined > 3);
    pay_world_close(&sellers.pay);
}

/* ---- rankings */

static void prizes_go_to_the_best_of_those_employed(void) {
    struct sellers sellers;
    sellers_open(&sellers,
                 "{salary=40000;components=({type=\"ranking\";metric=\"new_revenue\";"
                 "period=\"quarter\";prizes=([1,3000],[2,2000],[4,1000])})}",
                 0.4);
    double paid_out = 0;
    for (size_t month = 0; month < 36; month++) {
        sellers_month(&sellers, month);
        double paid = 0;
        size_t count = 0;
        for (size_t seat = 0; seat < SEATS; seat++) {
            if (!sellers.present[seat]) { /* left before this month */
                (void)close_book(&sellers, seat);
            }
            paid += sellers.pay.log[month * SEATS + seat].line[0];
            count += sellers.books[seat].months > 0 && sellers.books[seat].measure > 0;
        }
        if (month % 3 != 2) {
            CU_ASSERT_EQUAL(paid, 0);
            continue;
        }
        double expected = (count > 0 ? 3000 : 0) + (count > 1 ? 2000 : 0) + (count > 3 ? 1000 : 0);
        CU_ASSERT_DOUBLE_EQUAL(paid, expected, 1e-9);
        paid_out += paid;
        for (size_t seat = 0; seat < SEATS; seat++) {
            const struct book *book = &sellers.books[seat];
            if (sellers.there[seat] && book->months > 0) {
                size_t rank = 1;
                for (size_t other = 0; other < SEATS; other++) {
                    rank += sellers.books[other].months > 0 &&
                            sellers.books[other].measure > book->measure;
                }
                double prize = book->measure <= 0 ? 0
                               : rank == 1        ? 3000
                               : rank == 2        ? 2000
                               : rank == 4        ? 1000
                                                  : 0;
                CU_ASSERT_DOUBLE_EQUAL(sellers.pay.log[month * SEATS + seat].line[0], prize, 1e-9);
            }
        }
        for (size_t seat = 0; seat < SEATS; seat++) {
            (void)close_book(&sellers, seat);
        }
    }
    CU_ASSERT(paid_out > 12 * 5000 && sellers.joined > 2);
    pay_world_close(&sellers.pay);
}

/* ---- quotas that move */

static void ratchets_move_quotas_by_the_results(void) {
    struct sellers sellers;
    double growth[SEATS];
    size_t up = 0;
    size_t down = 0;
    sellers_open(&sellers,
                 "{salary=40000;components=({type=\"bonus\";metric=\"new_revenue\";"
                 "period=\"quarter\";target=20000;payout=([0,0],[1,1]);"
                 "ratchet={up=0.7;down=0.5}})}",
                 0.2);
    for (size_t month = 0; month < 36; month++) {
        sellers_month(&sellers, month);
        for (size_t seat = 0; seat < SEATS; seat++) {
            struct book *book = &sellers.books[seat];
            if (book->stock == 0) { /* new */
                growth[seat] = 1;
                book->stock = 1;
            }
            if (month % 3 != 2 || book->months == 0) {
                continue;
            }
            double attainment = book->measure / (book->quota * growth[seat]);
            double pay = 20000. / 4 * (double)book->months / 3 * (attainment < 1 ? attainment : 1);
            if (sellers.there[seat]) {
                CU_ASSERT_DOUBLE_EQUAL(sellers.pay.log[month * SEATS + seat].line[0], pay, 0.011);
                double factor = 1 + (attainment > 1 ? .7 : .5) * (attainment - 1);
                growth[seat] *= factor > .1 ? factor : .1;
                CU_ASSERT_DOUBLE_EQUAL(account_of(&sellers, seat)->growth, growth[seat],
                                       1e-9 * growth[seat]);
                up += attainment > 1;
                down += attainment < 1;
            }
            (void)close_book(&sellers, seat);
        }
    }
    CU_ASSERT(up > 20 && down > 20);
    pay_world_close(&sellers.pay);
}

/* Month k of somebody new: quota 0, .25, .5, .75 and then all of it; joiners are there for a part
 * of their first quarter, quota and target follow. */
static void quotas_of_new_hires_grow_with_their_months(void) {
    struct sellers sellers;
    size_t novices = 0;
    sellers_open(&sellers,
                 "{salary=40000;components=({type=\"bonus\";metric=\"new_revenue\";"
                 "period=\"quarter\";target=24000;payout=([0,0],[1,1]);slope_above=2;"
                 "quota_ramp=([1,0],[5,1])})}",
                 0.5);
    for (size_t month = 0; month < 36; month++) {
        sellers_month(&sellers, month);
        for (size_t seat = 0; seat < SEATS; seat++) {
            struct book *book = &sellers.books[seat];
            double part = fmin(1, (double)sellers.tenure[seat] / 4);
            book->quota -= (1 - part) * sellers.month_quota[seat];
            if (month % 3 != 2 || book->months == 0) {
                continue;
            }
            double attainment = book->quota > 1e-9 ? book->measure / book->quota : 1;
            double share = attainment < 1 ? attainment : 1 + 2 * (attainment - 1);
            if (sellers.there[seat]) {
                CU_ASSERT_DOUBLE_EQUAL(sellers.pay.log[month * SEATS + seat].line[0],
                                       2000. * (double)book->months * share, 0.011);
                novices += sellers.tenure[seat] < 5;
            }
            (void)close_book(&sellers, seat);
        }
    }
    CU_ASSERT(novices > 5);
    pay_world_close(&sellers.pay);
}

/* ---- banks */

/* Declared = paid + balance; leavers lose what is left of a positive balance. */
static void banks_keep_what_they_do_not_pay(void) {
    struct sellers sellers;
    size_t negative = 0;
    sellers_open(&sellers,
                 "{salary=40000;components=({type=\"bonus\";metric=\"new_revenue\";"
                 "period=\"quarter\";target=20000;payout=([0,-1],[1,1],[2,3]);"
                 "bank={pays=0.3}})}",
                 0.3);
    for (size_t month = 0; month < 36; month++) {
        sellers_month(&sellers, month);
        for (size_t seat = 0; seat < SEATS; seat++) {
            struct book *book = &sellers.books[seat];
            if (month % 3 != 2 || book->months == 0) {
                continue;
            }
            double attainment = book->measure / book->quota;
            double share = attainment < 2 ? 2 * attainment - 1 : 3;
            double declared = 5000. * (double)book->months / 3 * share;
            negative += declared < 0;
            book->earned += declared;
            book->stock += declared;
            book->stock -= book->stock > 0 ? .3 * book->stock : 0;
            if (sellers.there[seat]) {
                CU_ASSERT_DOUBLE_EQUAL(account_of(&sellers, seat)->bank, book->stock, 1e-6);
                CU_ASSERT_DOUBLE_EQUAL(book->earned, book->paid + book->stock, 0.011);
            }
            (void)close_book(&sellers, seat);
        }
    }
    CU_ASSERT(negative > 10 && sellers.joined > 1);
    pay_world_close(&sellers.pay);
}

/* ---- leavers */

static void leavers_are_paid_by_the_rule_of_the_component(void) {
    static const struct {
        const char *rule;
        double part;
    } RULES[] = {{"forfeit", 0}, {"forfeit_all", 0}, {"pro_rata", 1}, {"accelerate", 1}};
    for (size_t i = 0; i < sizeof RULES / sizeof RULES[0]; i++) {
        char plan[400];
        struct sellers sellers;
        size_t checked = 0;
        (void)snprintf(plan, sizeof plan,
                       "{salary=40000;components=({type=\"bonus\";metric=\"new_revenue\";"
                       "period=\"quarter\";target=20000;payout=([0,0],[1,1]);leaver=\"%s\"})}",
                       RULES[i].rule);
        sellers_open(&sellers, plan, 0.5);
        for (size_t month = 0; month < 36; month++) {
            sellers_month(&sellers, month);
            for (size_t seat = 0; seat < SEATS; seat++) {
                struct book *book = &sellers.books[seat];
                if (sellers.present[seat] && !sellers.there[seat] && month % 3 != 2) {
                    double due =
                        20000. / 12 * (double)book->months * fmin(1, book->measure / book->quota);
                    CU_ASSERT_DOUBLE_EQUAL(sellers.pay.log[month * SEATS + seat].line[0],
                                           RULES[i].part * due, 0.011);
                    checked += due > 0;
                }
                if (month % 3 == 2) {
                    (void)close_book(&sellers, seat);
                }
            }
        }
        CU_ASSERT(checked > 1);
        pay_world_close(&sellers.pay);
    }
}

static const struct test TESTS[] = {
    {"clawback takes back the pay of lost customers",
     clawback_takes_back_the_pay_of_lost_customers},
    {"what is taken back is carried when nothing is due",
     what_is_taken_back_is_carried_when_nothing_is_due},
    {"hold-backs are released for customers that stay",
     hold_backs_are_released_for_customers_that_stay},
    {"draws are advanced and recovered to the cent", draws_are_advanced_and_recovered_to_the_cent},
    {"prizes go to the best of those employed", prizes_go_to_the_best_of_those_employed},
    {"ratchets move quotas by the results", ratchets_move_quotas_by_the_results},
    {"quotas of new hires grow with their months", quotas_of_new_hires_grow_with_their_months},
    {"banks keep what they do not pay", banks_keep_what_they_do_not_pay},
    {"leavers are paid by the rule of the component",
     leavers_are_paid_by_the_rule_of_the_component},
};

const struct suite suite_pay_late = {"pay late", TESTS, sizeof TESTS / sizeof TESTS[0]};

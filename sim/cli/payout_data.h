/* The tables that a payout is asked on: read, with everything that is wrong with them said at once,
 * and who is on which plan.
 * Ownership: the caller owns the struct (zeroed is empty), calls payout_data_free, and keeps the
 * scenario for as long. */
#ifndef CLI_PAYOUT_DATA_H
#define CLI_PAYOUT_DATA_H

#include "cli/talk.h"
#include "engine/payday.h"

struct payout_files {
    const char *deals;
    const char *people;   /* NULL: not given */
    const char *measures; /* likewise */
    bool skip_bad_rows;
};

struct payout_data {
    struct table_options options;
    struct dictionary products; /* that plans name */
    struct roster roster;
    struct dealings dealings;
    struct gauges gauges;
    struct pay_scheme *schemes;
    size_t scheme_count;
    long first_month;
    long last_month;
    long paid_from; /* 0: all months */
};

bool payout_data_read(struct payout_data *data, const struct payout_files *files,
                      const struct parameters *parameters, struct talk *talk, struct error *error)
    __attribute__((warn_unused_result));

/* Sets the months that are looked at and paid: of all tables, or `from` and `to` where they are not
 * NULL (cli/payout_words.h). Earlier deals stay, for what runs on from them. */
bool payout_data_bound(struct payout_data *data, const char *from, const char *to,
                       long fiscal_year_start, struct error *error)
    __attribute__((warn_unused_result));

/* A scheme for each named plan; without names one in which everybody is on the plan of the own row
 * or role. */
bool payout_data_schemes(struct payout_data *data, const struct parameters *parameters,
                         const size_t *plans, size_t plan_count, struct error *error)
    __attribute__((warn_unused_result));

/* Says what the data leave out or leave open. */
void payout_data_notes(const struct payout_data *data, const struct payday_question *question,
                       const struct payday_results *results, struct talk *talk);

void payout_data_free(struct payout_data *data);

#endif

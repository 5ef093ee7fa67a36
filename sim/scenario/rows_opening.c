/* The people and customers of a real start, one entry each (docs/model.md, "The real firm"). */
#include "scenario/schema.h"

static const struct row PERSON_ROWS[] = {
    {FIELD(opening_person, name), .required = true,
     .meaning = "Name of the person, for the owners of accounts and for anreiz trace."},
    {FIELD(opening_person, role), .refers = "roles", .required = true,
     .meaning = "Role of the person."},
    {FIELD(opening_person, plan), .fallback_text = "",
     .meaning = "Plan on which the salary is paid today; the plan of the role when empty. Salary "
                "over the salary of this plan scales salary and targets of the plan that is "
                "simulated, so that a comparison of plans keeps everybody's place in pay."},
    {FIELD(opening_person, tenure), .unit = "months", .fallback = -1, RANGE(-1, 1200),
     .meaning = "Completed months with the firm and in the role; -1: not known, drawn.",
     .source = "the firm itself"},
    {FIELD(opening_person, salary), .unit = "currency a year", .fallback = 0, RANGE(0, 1e8),
     .meaning = "Salary today; 0: as the plan pays it at the level reached.",
     .source = "the firm itself"},
    {FIELD(opening_person, attainment), .unit = "share", .fallback = 0, RANGE(0, 10), LIKELY(0, 3),
     .meaning = "Attainment of the quota in the last twelve months, 1 is 100 %; 0: not known.",
     .source = "the firm itself"},
    {FIELD(opening_person, awards), .unit = "[month, currency]", .fallback_text = "()",
     POINTS(1, 360), RANGE(0, 1e9),
     .meaning = "Awards that have not vested: the month of the simulation at whose end they vest, "
                "and what is paid then.",
     .source = "the firm itself"},
};

const struct schema OPENING_PERSON_SCHEMA = {.title = "person of the start",
                                             .size = sizeof(struct opening_person),
                                             .rows = PERSON_ROWS,
                                             .count = sizeof PERSON_ROWS / sizeof *PERSON_ROWS};

static const struct row ACCOUNT_ROWS[] = {
    {FIELD(opening_account, name), .required = true, .meaning = "Name of the customer."},
    {FIELD(opening_account, segment), .refers = "segments", .required = true,
     .meaning = "Segment of the customer."},
    {FIELD(opening_account, owner), .fallback_text = "",
     .meaning = "Person of the start who owns the customer; when empty the owner with the least "
                "load."},
    {FIELD(opening_account, potential), .unit = "currency a year", .fallback = 0, RANGE(0, 1e12),
     .meaning = "What the customer could spend; 0: not known, then revenue over a drawn wallet "
                "share, or drawn.",
     .source = "the firm itself"},
    {FIELD(opening_account, revenue), .unit = "currency a year", .fallback = 0, RANGE(0, 1e12),
     .meaning = "What the customer spends here: the wallet share is revenue over potential; 0: not "
                "known, drawn.",
     .source = "the firm itself"},
    {FIELD(opening_account, age), .unit = "months", .fallback = -1, RANGE(-1, 1200),
     .meaning = "Completed months as a customer; -1: not known, drawn.",
     .source = "the firm itself"},
    {FIELD(opening_account, renewal), .unit = "month", .fallback = 0, RANGE(0, 600),
     .meaning = "Month of the simulation in which the contract is renewed or lost; 0: not known, "
                "drawn.",
     .source = "the firm itself"},
    {FIELD(opening_account, satisfaction), .unit = "rating", .fallback = -1, RANGE(-1, 10),
     .meaning = "Satisfaction as a rating from 0 to 10; -1: not known, drawn.",
     .source = "the firm itself"},
};

const struct schema OPENING_ACCOUNT_SCHEMA = {.title = "account of the start",
                                              .size = sizeof(struct opening_account),
                                              .rows = ACCOUNT_ROWS,
                                              .count = sizeof ACCOUNT_ROWS / sizeof *ACCOUNT_ROWS};

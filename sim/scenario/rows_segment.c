/* The parameters of a market segment (docs/model.md, sections 1 and 2). */
#include "scenario/finish.h"
#include "scenario/schema.h"

static const struct row STAGE_ROWS[] = {
    {FIELD(stage, name), .required = true, .meaning = "Name of the stage in tables."},
    {FIELD(stage, conversion), .unit = "probability", .required = true, RANGE(0, 1),
     LIKELY(0.05, 0.8),
     .meaning = "Probability that an opportunity that leaves the stage advances instead of being "
                "lost; behind the last stage it is won.",
     .source = "lead to qualified .2, to offer .4, to won .25"},
    {FIELD(stage, months), .unit = "months", .required = true, RANGE(1, 60), LIKELY(1, 9),
     .meaning = "Mean time that an opportunity stays in the stage.",
     .source = "three stages of a month standard, 9 to 18 months in all for key accounts"},
};

const struct schema STAGE_SCHEMA = {.title = "stage",
                                    .size = sizeof(struct stage),
                                    .rows = STAGE_ROWS,
                                    .count = sizeof STAGE_ROWS / sizeof *STAGE_ROWS};

static const struct row RULE_ROWS[] = {
    {FIELD(coverage_rule, role), .refers = "roles", .required = true,
     .meaning = "The role that customers belong to who meet every condition of the rule."},
    {FIELD(coverage_rule, potential), .unit = "currency a year", .fallback = 0, RANGE(0, 1e12),
     LIKELY(0, 1e7), .meaning = "Potential of at least so much; 0: any.", .source = "judgement"},
    {FIELD(coverage_rule, revenue), .unit = "currency a year", .fallback = 0, RANGE(0, 1e12),
     LIKELY(0, 1e7), .meaning = "Annual revenue of at least so much; 0: any.",
     .source = "judgement"},
    {FIELD(coverage_rule, age_months), .unit = "months", .fallback = 0, RANGE(0, 600),
     LIKELY(0, 36), .meaning = "Customers for at least so long; 0: from the first day.",
     .source = "judgement"},
};

const struct schema COVERAGE_RULE_SCHEMA = {.title = "coverage rule",
                                            .size = sizeof(struct coverage_rule),
                                            .rows = RULE_ROWS,
                                            .count = sizeof RULE_ROWS / sizeof *RULE_ROWS};

static const struct row ROWS[] = {
    {FIELD(segment, accounts), .settled = true, LASTING("they are the customers of the start"),
     .unit = "customers", .fallback = 900, RANGE(0, 1e8), LIKELY(10, 100000),
     .meaning = "Customers of the firm in the segment at the start.", .source = "judgement"},
    {FIELD(segment, prospects), .unit = "firms", .fallback = 20000, RANGE(0, 1e8), LIKELY(10, 1e6),
     .meaning = "Possible customers that nobody serves yet at the start; leads dry up as they are "
                "won.",
     .source = "judgement"},
    {FIELD(segment, complexity), .unit = "0..1", .fallback = 0.2, RANGE(0, 1), LIKELY(0, 0.9),
     .meaning = "How much the analytical skill of a role decides what it achieves here: 0 for a "
                "standardised product, near 1 for advice-heavy business.",
     .source = "judgement"},
    {FIELD(segment, coverage.hunters), .refers = "roles", .fallback_text = "()",
     RANGE(0, NAMES_MOST), .meaning = "Roles that win new customers here."},
    {FIELD(segment, coverage.owners), .refers = "roles", .required = true, RANGE(1, NAMES_MOST),
     .meaning = "Roles that own the customers here, shared out by their normal load."},
    {FIELD(segment, coverage.hunting_weight), .fallback = 1, RANGE(0, 1e6), LIKELY(0, 100),
     .meaning = "Weight of the segment when a role that hunts in several divides its time.",
     .source = "judgement"},
    {FIELD(segment, coverage.supporters), .refers = "roles", .fallback_text = "()",
     RANGE(0, NAMES_MOST),
     .meaning =
         "Roles that develop customers here beside their owners (account development "
         "teams), up to load_limit, longest customers first; what these buy counts for both."},
    {LIST_FIELD(segment, coverage.rules, coverage.rule_count, COVERAGE_RULE_SCHEMA),
     .settled = true, .fallback_text = "()", RANGE(0, RULES_MOST),
     .meaning = "Whose customers are whose, in order: the first rule that a customer meets names "
                "its role, to which its owner hands it over as soon as somebody there has room; "
                "who meets none stays with the owner."},
    {FIELD(segment, potential.mean), .unit = "currency a year", .fallback = 150000,
     RANGE(0.01, 1e12), LIKELY(1000, 1e8),
     .meaning = "Mean of what a customer here spends with all suppliers together (lognormal).",
     .source = "judgement"},
    {FIELD(segment, potential.cv), .unit = "share of the mean", .fallback = 1.2, RANGE(0, 10),
     LIKELY(0.3, 2), .meaning = "Standard deviation of the potential over its mean.",
     .source = "deals are lognormal with a cv of 1 to 1.5"},
    {FIELD(segment, potential.growth), .unit = "a year", .fallback = 0.02, RANGE(-0.9, 2),
     LIKELY(-0.05, 0.1), .meaning = "Growth of the market: of the potential of every customer.",
     .source = ".025 for key accounts; judgement for others"},
    {FIELD(segment, potential.innovation), .unit = "a year", .fallback = 0, RANGE(0, 2),
     LIKELY(0, 0.1),
     .meaning = "Extra growth of the potential from joint innovation with a relationship at its "
                "reference strength.",
     .source = ".04 for key accounts; what retention comes of it: see wallet.growth"},
    {FIELD(segment, leads.per_hunter), .unit = "leads a month", .fallback = 50, RANGE(0, 1e6),
     LIKELY(0, 500),
     .meaning = "Leads that a ramped hunter of normal skill and effort would find by hunting full "
                "time in an unserved market.",
     .source = "judgement"},
    {FIELD(segment, leads.season), .unit = "weights of January to December",
     .fallback_text = "(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)", RANGE(0, 12),
     LIKELY(0.3, 2.5),
     .meaning = "Seasonality of leads and of customers' spending by calendar month; mean 1.",
     .source = "judgement"},
    {FIELD(segment, leads.referrals), .unit = "leads a year", .fallback = 0.1, RANGE(0, 1000),
     LIKELY(0, 2), .meaning = "Leads that a promoter (rating 9 or 10) brings by referral.",
     .source = "judgement"},
    {FIELD(segment, leads.partner), .unit = "leads a month", .fallback = 0, RANGE(0, 1e6),
     LIKELY(0, 1000), .meaning = "Leads from marketing and partners that need no hunter.",
     .source = "judgement"},
    {FIELD(segment, pipeline.lead_share), .unit = "share", .fallback = 0.5, RANGE(0, 1),
     LIKELY(0.3, 0.7),
     .meaning = "Part of effort and skill that acts on new leads; the rest acts on the advance of "
                "open opportunities.",
     .source = "judgement"},
    {LIST_FIELD(segment, pipeline.stages, pipeline.stage_count, STAGE_SCHEMA), RANGE(1, 16),
     .fallback_text = "({ name = \"qualification\"; conversion = 0.2; months = 1.0; }, "
                      "{ name = \"offer\"; conversion = 0.4; months = 1.0; }, "
                      "{ name = \"negotiation\"; conversion = 0.25; months = 1.0; })",
     .meaning = "The stages of an opportunity in order; one that leaves the last one is won or "
                "lost.",
     .source = "lead to qualified .2, to offer .4, to won .25; three stages of a month"},
    {FIELD(segment, contract.term_months), .unit = "months", .fallback = 12, RANGE(1, 240),
     LIKELY(1, 60),
     .meaning = "Term of a contract, after which the customer may leave; 1 may be cancelled every "
                "month.",
     .source = "judgement"},
    {FIELD(segment, contract.margin), .unit = "share of revenue", .fallback = 0.4, RANGE(0, 1),
     LIKELY(0.1, 0.9), .meaning = "Gross margin at list price, before the cost of selling.",
     .source = "judgement"},
    {FIELD(segment, churn.annual), .unit = "probability a year", .fallback = 0.22, RANGE(0, 0.99),
     LIKELY(0.03, 0.3),
     .meaning = "Customers who leave in a year at mean satisfaction, reference relationship and "
                "with their owner staying; how many do leave follows from care and from owners "
                "who go.",
     .source = "standard .22 (.15 .. .30), key .05 (.03 .. .10); .27 and .06 come of them in the "
               "shipped firm"},
    {FIELD(segment, churn.beta_a), LASTING("customers keep the propensity that they came with"),
     .fallback = 0, RANGE(0, 1e6), LIKELY(0, 10),
     .meaning = "With beta_b: the yearly churn propensity differs between customers as Beta(a, b) "
                "and replaces churn.annual; 0 for no spread.",
     .source = "Fader & Hardie 2007: .668 and 3.806 for high-end customers"},
    {FIELD(segment, churn.beta_b), LASTING("customers keep the propensity that they came with"),
     .fallback = 0, RANGE(0, 1e6), LIKELY(0, 100),
     .meaning = "See beta_a; both are above 0 or both are 0.", .source = "Fader & Hardie 2007"},
    {FIELD(segment, churn.satisfaction), .unit = "log odds", .fallback = 0.5, RANGE(0, 10),
     LIKELY(0, 1.5), .meaning = "How far a point of satisfaction lowers the odds of leaving.",
     .source = "judgement"},
    {FIELD(segment, churn.relationship), .unit = "log odds", .fallback = 2, RANGE(0, 20),
     LIKELY(0, 4),
     .meaning = "How far a full point of relationship (0..1) lowers the odds of leaving.",
     .source = "judgement"},
    {FIELD(segment, churn.owner_change), .unit = "log odds", .fallback = 0.4, RANGE(0, 10),
     LIKELY(0, 1),
     .meaning = "How far a change of owner in the last twelve months raises the odds of leaving.",
     .source = "set so that an owner's leaving costs what Shi et al. 2017 find"},
    {FIELD(segment, wallet.start), .unit = "share of potential", .fallback = 0.3, RANGE(0, 1),
     LIKELY(0.2, 0.6), .meaning = "Wallet share of a new customer.",
     .source = "standard .2 to .4, key .3 to .6"},
    {FIELD(segment, wallet.start_sd), .unit = "share of potential", .fallback = 0.1, RANGE(0, 1),
     LIKELY(0, 0.2), .meaning = "Standard deviation of the wallet share of new customers.",
     .source = "judgement"},
    {FIELD(segment, wallet.ceiling), .unit = "share of potential", .fallback = 0.9, RANGE(0.01, 1),
     LIKELY(0.8, 0.95), .meaning = "Largest wallet share: customers keep a second supplier.",
     .source = ".8 to .95"},
    {FIELD(segment, wallet.growth), .unit = "a month", .fallback = 0.035, RANGE(0, 1),
     LIKELY(0.01, 0.08),
     .meaning = "Part of the open wallet that normal account development wins in a month with a "
                "full relationship.",
     .source = "judgement; aimed at the published median of net revenue retention, 1.02: the key "
               "segment of the shipped firm comes to 1.04 in year 1 and .99 in year 5"},
    {FIELD(segment, wallet.leak), .unit = "a month", .fallback = 0.035, RANGE(0, 1),
     LIKELY(0.01, 0.08),
     .meaning = "Part of the wallet that competitors take in a month where there is no "
                "relationship.",
     .source = "judgement; without it every customer would end at the ceiling"},
    {FIELD(segment, wallet.noise), .unit = "share of potential", .fallback = 0.01, RANGE(0, 1),
     LIKELY(0, 0.05), .meaning = "Standard deviation of the chance change of wallet in a month.",
     .source = "judgement"},
    {FIELD(segment, wallet.independence), .unit = "share", .fallback = 0, RANGE(0, 1), LIKELY(0, 1),
     .meaning =
         "Part of wallet growth, leak and innovation that does not hang on the customer's own "
         "relationship but goes on as at the reference; 1: what if relationships did not "
         "matter for growth.",
     .source = "0 by definition of the model; for sensitivity"},
    {FIELD(segment, satisfaction.mean), .unit = "rating 0..10", .fallback = 8.2, RANGE(0, 10),
     LIKELY(7, 9), .meaning = "Mean rating of a customer with normal care.",
     .source = "B2B net promoter score 24 (15 .. 43); in the shipped firm 22 falls to 17 for key, "
               "standard has 12 to 13"},
    {FIELD(segment, satisfaction.sd), .unit = "share of rating_sd", .fallback = 0.7, RANGE(0, 1),
     LIKELY(0.4, 0.9),
     .meaning = "Long-run standard deviation of a customer's satisfaction, as a share of the "
                "spread of ratings; the rest is chance in the answer.",
     .source = "judgement"},
    {FIELD(segment, satisfaction.persistence), .unit = "a month", .fallback = 0.9, RANGE(0, 0.999),
     LIKELY(0.8, 0.97),
     .meaning = "Share of a customer's satisfaction above or below the mean that lasts a month.",
     .source = "judgement"},
    {FIELD(segment, satisfaction.care), .fallback = 0.08, RANGE(0, 5), LIKELY(0.02, 0.2),
     .meaning = "Gain of satisfaction in a month for a unit of log care.", .source = "judgement"},
    {FIELD(segment, satisfaction.owner_shock), .fallback = 0.3, RANGE(0, 10), LIKELY(0, 1),
     .meaning = "Satisfaction lost when the owner leaves, less with a better successor.",
     .source = "Shi et al. 2017"},
    {FIELD(segment, satisfaction.rating_sd), .unit = "rating", .fallback = 1.8, RANGE(0, 5),
     LIKELY(1, 2.5), .meaning = "Standard deviation of ratings in a survey.",
     .source = "B2B ratings: mean 8.2, sd 1.8"},
    {FIELD(segment, relationship.start), .fallback = 0.3, RANGE(0, 1), LIKELY(0.1, 0.6),
     .meaning = "Strength of the relationship with a new customer.", .source = "judgement"},
    {FIELD(segment, relationship.investment), .unit = "a month", .fallback = 0.075, RANGE(0, 1),
     LIKELY(0.03, 0.15),
     .meaning = "Part of the missing relationship that a month of normal care builds.",
     .source = "judgement: time constant of 8 months"},
    {FIELD(segment, relationship.decay), .unit = "a month", .fallback = 0.05, RANGE(0, 1),
     LIKELY(0.02, 0.1), .meaning = "Part of the relationship that fades in a month.",
     .source = "judgement: reference level .60"},
    {FIELD(segment, relationship.owner_share), .unit = "share", .fallback = 0.5, RANGE(0, 1),
     LIKELY(0.2, 0.8),
     .meaning = "Share of the relationship that belongs to the person and leaves with them.",
     .source = "set so that an owner's leaving costs what Shi et al. 2017 find"},
    {FIELD(segment, relationship.wallet_share), .unit = "share", .fallback = 0.15, RANGE(0, 1),
     LIKELY(0, 0.4), .meaning = "Wallet that goes with the lost part of the relationship.",
     .source = "Shi et al. 2017: 13.2 to 17.6 % of annual sales lost"},
};

const struct schema SEGMENT_SCHEMA = {.title = "segment",
                                      .size = sizeof(struct segment),
                                      .keyed = true,
                                      .rows = ROWS,
                                      .count = sizeof ROWS / sizeof *ROWS,
                                      .finish = finish_segment};

/* The book of accounts of a reference person: of all ages, as the customers of a firm are, not in
 * the steady state that an account comes to when it is old.
 * Ownership: values only. */
#ifndef MODEL_REFERENCE_BOOK_H
#define MODEL_REFERENCE_BOOK_H

#include "model/reference.h"

/* Sums over accounts, revenue is annual. */
struct book {
    double accounts;
    double potential;
    double revenue;
    double expansion; /* booked a month, annual value */
    double expansion_variance;
    double expansion_third; /* central moment */
    double margin;          /* of it */
    double growth;          /* expansion and market, share of revenue a month */
    double contraction;     /* share of revenue a month */
    double churn;           /* share of revenue a month */
    double variance;        /* of the monthly ratio */
    double due;             /* renewals a month */
    double kept;
    double rating; /* sum over accounts */
    double rating_variance;
    double nps;
    double nps_slope;     /* of the sum of NPS per point of rating */
    double worth;         /* customer lifetime value */
    double share_of_firm; /* own worth over that of all */
};

/* The accounts that a slot looks at; with `supported` the customers of others count too whom the
 * role develops beside them. */
struct book reference_book(const struct parameters *parameters, size_t role,
                           const struct slot *slot, bool supported);

/* Customers of others whom the role supports: all sizes alike. */
struct role_share supported_part(struct role_share share);

/* Means over accounts whose ages are those of a firm's customers: exponential with the mean 1 /
 * churn (at most 50 years), on their way from what they were won with to the steady state. */
struct aged_account {
    double wallet;
    double expansion;   /* booked a month, annual value per unit of potential */
    double contraction; /* lost a month from wallets, the same */
    double churn;       /* annual value lost with customers a month, the same */
    double kept;        /* share of due contracts renewed */
};
struct aged_account aged_account(const struct segment *segment, double care, double develop);

/* Whether a slot looks at a segment: a product that names another one does not. */
bool slot_counts(const struct parameters *parameters, const struct slot *slot, size_t segment);

#endif

/* The firm as it really is on the day the simulation starts: its people and its customers, one
 * entry each, in the place of a drawn beginning (docs/model.md, "The real firm").
 * Ownership: a struct opening owns its lists; the scenario that read it frees them. What links it
 * to seats is allocated by opening_init and freed by opening_free. */
#ifndef MODEL_OPENING_H
#define MODEL_OPENING_H

#include "base/error.h"
#include "base/text.h"
#include "plan/curve.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct opening_person {
    char name[NAME_SIZE];
    char role[NAME_SIZE];
    char plan[NAME_SIZE]; /* on which the salary is paid; "": that of the role */
    long tenure;          /* completed months with the firm and in the role */
    double salary;        /* a year; 0: that of the plan */
    double attainment;    /* of the last twelve months, 1 is the quota; 0: not known */
    struct curve awards;  /* unvested: [months until they vest, currency] */
};

struct opening_account {
    char name[NAME_SIZE];
    char segment[NAME_SIZE];
    char owner[NAME_SIZE]; /* name of a person; "": the owner with the least load */
    double potential;      /* a year; 0: not known */
    double revenue;        /* a year; 0: not known */
    long age;              /* completed months as a customer; -1: not known */
    long renewal;          /* months until the contract ends, 1: at the end of the first; 0: not
                              known */
    double satisfaction;   /* rating 0..10; -1: not known */
};

struct opening {
    char people[256]; /* file of the staff */
    char accounts[256];
    char date[16]; /* first day of the simulation, in tables */
    struct opening_person *staff;
    size_t staff_count;
    struct opening_account *book;
    size_t book_count;
};

/* An account and the seat of its owner. */
struct opening_entry {
    const struct opening_account *account;
    size_t owner; /* the seat count: not said */
};

/* Where people and customers belong. */
struct opening_places {
    const struct opening_person **persons; /* by seat; NULL: drawn */
    struct opening_entry *entries;         /* by segment, each in the order of the book */
    size_t *first;                         /* by segment: of its entries; one more for the end */
};

struct model;

/* Seats and segments of a model whose roles and segments are prepared. */
bool opening_init(struct opening_places *places, const struct model *model, struct error *error)
    __attribute__((warn_unused_result));
void opening_free(struct opening_places *places);

/* People of a role, and accounts of a segment. */
size_t opening_people(const struct opening *opening, const char *role);
size_t opening_accounts(const struct opening *opening, const char *segment);

/* Rating on the centred scale of an account. */
struct segment;
double opening_satisfaction(const struct segment *segment, double rating);

#endif

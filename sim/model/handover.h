/* Handing customers over from one role to another: what it costs the relationship, what takes the
 * edge off, and who is credited afterwards (docs/model.md, section 8).
 * Ownership: values only. */
#ifndef MODEL_HANDOVER_H
#define MODEL_HANDOVER_H

#include <stdbool.h>

struct handover {
    double loss; /* of the relationship, and points of satisfaction, without any measure */
    struct {
        double use;    /* 0..1: how far it is in use */
        double effect; /* part of the loss that full use spares */
        double cost;   /* currency a year and head of the roles that take part */
    } shared_crm, meetings;
    struct {
        long months;   /* both look after the customer */
        double effect; /* part of the loss that each of the first three spares */
    } overlap;
    struct {
        double gain;   /* develop input that a person of a supporting role adds to a customer */
        double effect; /* part of the loss spared where the team works */
    } team;
    struct {
        long months;   /* from the first month in which the handover is possible */
        double former; /* of the customer's results, to who handed it over */
        double owner;  /* to the owner in these months */
    } credit;
    double pressure; /* of a month's market pay, for every month that an owner holds back */
};

/* The part of a relationship that a handover costs: loss x (1 - what the measures spare), not
 * below 0. `team`: an account development team works for the customer. */
double handover_loss(const struct handover *handover, bool team);

/* Whether an owner who gains so much a month by keeping a customer still holds it back in the month
 * after `offered` months of doing so; `pay`: market pay a month. */
bool handover_withheld(const struct handover *handover, double gain, int offered, double pay);

#endif

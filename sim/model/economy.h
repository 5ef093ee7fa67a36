/* The economy around the firm: demand, recessions, market pay, share price (docs/model.md,
 * section 9). Ownership: values only. */
#ifndef MODEL_ECONOMY_H
#define MODEL_ECONOMY_H

struct economy {
    struct {
        double persistence; /* of the log demand shock, a month */
        double sd;          /* stationary */
    } demand;
    struct {
        long month;         /* starts in this month of the simulation; 0: only by chance */
        double probability; /* a year */
        double depth;       /* share of demand lost */
        long months;
    } recession;
    double market_pay_growth; /* a year */
    struct {
        double price;      /* at the start, currency */
        double growth;     /* a year */
        double volatility; /* a year */
        double rate;       /* risk-free, a year, to value options at grant */
        double loading;    /* of the firm's own profit surprise */
    } share;
};

#endif

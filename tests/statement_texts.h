/* Beginnings of the plans that the tests of statements write. */
#ifndef TESTS_STATEMENT_TEXTS_H
#define TESTS_STATEMENT_TEXTS_H

#define COMMISSION "components = ( { type = \"commission\"; metric = \"new_revenue\"; "
#define BONUS "components = ( { type = \"bonus\"; metric = \"new_revenue\"; "
#define JOINER "target = 12000; quota = 30000; payout = ( [0, 0], [1, 1] ); slope_above = 2; "
#define LATE                                                                                       \
    COMMISSION "rate = 0.1; negative = \"recover\"; clawback = { months = 12; rule = \"full\"; "   \
               "}; "

#endif

/* What a payout says of periods that its months cut: of which component, how much of the period
 * counts, and what to write so that all of it counts.
 * Ownership: nothing is kept. */
#ifndef CLI_PAYOUT_CUTS_H
#define CLI_PAYOUT_CUTS_H

#include "cli/talk.h"
#include "engine/payday.h"

/* Says what `question` cuts where it changes what is paid or leaves it open. */
void payout_cuts_say(const struct payday_question *question, const struct payday_results *results,
                     struct talk *talk);

#endif

#include "model/handover.h"

enum { OVERLAP_MOST = 3 }; /* further months spare nothing more */

double handover_loss(const struct handover *handover, bool team) {
    long months = handover->overlap.months < OVERLAP_MOST ? handover->overlap.months : OVERLAP_MOST;
    double spared = handover->shared_crm.effect * handover->shared_crm.use +
                    handover->meetings.effect * handover->meetings.use +
                    handover->overlap.effect * (double)months +
                    (team ? handover->team.effect : 0.0);
    return spared < 1.0 ? handover->loss * (1.0 - spared) : 0.0;
}

bool handover_withheld(const struct handover *handover, double gain, int offered, double pay) {
    return gain > handover->pressure * pay * (double)(offered + 1);
}

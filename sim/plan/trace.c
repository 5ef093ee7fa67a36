#include "plan/trace.h"

void trace_add(struct trace *trace, enum trace_kind kind, size_t component, size_t item,
               double value, double by, double result) {
    if (trace == NULL) {
        return;
    }
    if (trace->count < TRACE_STEPS) {
        trace->steps[trace->count] = (struct trace_step){kind, component, item, value, by, result};
    }
    trace->count++;
}

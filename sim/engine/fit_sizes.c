/* The size of deals with new customers, and what follows from it for their potential. */
#include "engine/fit.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Wallet share of a new customer, as the scenario or the program has it. */
struct wallet {
    double start;
    double cv;
};

static struct wallet wallet_of(const struct parameters *parameters, const char *segment) {
    double start = 0.3; /* the defaults of a segment: parameters segments.*.wallet */
    double sd = 0.1;
    for (size_t s = 0; parameters != NULL && s < parameters->segment_count; s++) {
        if (strcmp(parameters->segments[s].name, segment) == 0) {
            start = parameters->segments[s].wallet.start;
            sd = parameters->segments[s].wallet.start_sd;
        }
    }
    return (struct wallet){start, start > 0.0 ? sd / start : 0.0};
}

static double without_wallet(double cv, double wallet_cv) {
    return sqrt(fmax(0.0, (1.0 + cv * cv) / (1.0 + wallet_cv * wallet_cv) - 1.0));
}

static bool add_potential(struct findings *findings, const struct fit_lognormal *size,
                          struct wallet wallet, const char *segment, struct error *error) {
    struct finding *finding = findings_add(findings, error, "segments.%s.potential.mean", segment);
    if (finding == NULL) {
        return false;
    }
    finding->parameter = true;
    finding->value = size->mean / wallet.start;
    finding->interval = (struct interval){size->mean_interval.low / wallet.start,
                                          size->mean_interval.high / wallet.start};
    finding->count = (double)size->count;
    text_add(&finding->method,
             "mean deal over wallet.start, %g: the data tell their product; Cox's interval",
             wallet.start);
    finding = findings_add(findings, error, "segments.%s.potential.cv", segment);
    if (finding == NULL) {
        return false;
    }
    finding->parameter = true;
    finding->value = without_wallet(size->cv, wallet.cv);
    finding->interval = (struct interval){without_wallet(size->cv_interval.low, wallet.cv),
                                          without_wallet(size->cv_interval.high, wallet.cv)};
    finding->count = (double)size->count;
    text_add(&finding->method, "spread of deals less that of the wallet share (cv %.3f)",
             wallet.cv);
    return true;
}

static bool add_sizes(struct findings *findings, const struct fit_lognormal *size,
                      const char *segment, struct error *error) {
    struct finding *finding = findings_add(findings, error, "average_deal.%s", segment);
    if (finding == NULL) {
        return false;
    }
    finding->value = size->mean;
    finding->interval = size->mean_interval;
    finding->count = (double)size->count;
    text_add(&finding->method, "%zu deals with new customers, lognormal", size->count);
    finding = findings_add(findings, error, "average_deal.%s.cv", segment);
    if (finding == NULL) {
        return false;
    }
    finding->value = size->cv;
    finding->interval = size->cv_interval;
    finding->count = (double)size->count;
    text_add(&finding->method, "standard deviation over mean, from the variance of logarithms");
    return true;
}

bool fit_sizes(struct findings *findings, const struct fit_question *question,
               struct error *error) {
    const struct fit_data *data = question->data;
    const struct fit_list *list = &data->sizes;
    double *amounts = memory_array(list->count, sizeof *amounts, "deals", error);
    bool good = amounts != NULL;
    for (size_t s = 0; good && s < data->segments.count; s++) {
        const char *segment = data->segments.names[s];
        struct wallet wallet = wallet_of(question->parameters, segment);
        struct fit_lognormal size;
        size_t count = 0;
        for (size_t i = 0; i < list->count; i++) {
            const struct fit_size *item = (const struct fit_size *)list->items + i;
            if (item->segment == s && item->day >= question->from && item->day <= question->until) {
                amounts[count++] = item->amount;
            }
        }
        if (count == 0) {
            continue;
        }
        if (!fit_lognormal_of(&size, amounts, count)) {
            text_add(&findings->unknown,
                     "segments.%s.potential: at least three deals of different size are needed; it "
                     "keeps its default\n",
                     segment);
            continue;
        }
        good = add_sizes(findings, &size, segment, error) &&
               (!(wallet.start > 0.0) || add_potential(findings, &size, wallet, segment, error));
    }
    free(amounts);
    return good;
}

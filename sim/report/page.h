/* report.html: one page that holds a whole result, for people who use no shell. It needs no network
 * and no file beside it, and its bytes depend on the results and the language of the folder alone.
 * Ownership: only reads; writes into the folder. */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "engine/results.h"
#include "engine/sweep.h"
#include "report/folder.h"
#include "report/verdict.h"

struct page_origin {
    const char *version;
    const char *commit;
};

/* Question, answer, plans in words, places for the pictures whose scripts are in the folder,
 * tables, assumptions, limits. `results` has one variant. */
bool page_write_run(const struct folder *folder, const struct page_origin *origin,
                    const struct results *results, struct error *error)
    __attribute__((warn_unused_result));

/* The same of a comparison: which plan is the best, and what the plans say otherwise. */
bool page_write_comparison(const struct folder *folder, const struct page_origin *origin,
                           const struct verdict *verdict, struct error *error)
    __attribute__((warn_unused_result));

bool page_write_sweep(const struct folder *folder, const struct page_origin *origin,
                      const struct sweep *sweep, const struct sweep_results *results,
                      struct error *error) __attribute__((warn_unused_result));

/* Puts the pictures that are drawn (NAME.svg) into the report.html of the folder, in place of those
 * that are in it; without a report nothing is done. Places without a picture stay hidden. */
bool page_embed(const struct folder *folder, struct error *error)
    __attribute__((warn_unused_result));

#endif

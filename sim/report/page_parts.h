/* What the pages of runs, comparisons and sweeps share: the frame, text that is always escaped,
 * numbers, tables, and the parts that say plans, assumptions and limits.
 * Ownership: a struct page is a value that lives from page_begin to page_finish or page_discard. */
#ifndef REPORT_PAGE_PARTS_H
#define REPORT_PAGE_PARTS_H

#include "report/page.h"
#include "report/words.h"

struct page {
    struct folder_file file;
    const struct folder *folder;
    enum language language;
};

/* Everything up to the first section. `names`: the scenarios, may be NULL. */
struct page_head {
    enum word kind;
    const char *question;
    const char *names;
    bool plans; /* whether there are sections about plans and assumptions */
};
bool page_begin(struct page *page, const struct folder *folder, const struct page_head *head,
                struct error *error) __attribute__((warn_unused_result));
/* The foot; `origin` is a whole sentence. */
bool page_finish(struct page *page, const char *origin, struct error *error)
    __attribute__((warn_unused_result));
void page_discard(struct page *page);

/* Markup, as it is; `format` and its values never hold what a user wrote. */
void page_markup(struct page *page, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Text, cleaned and escaped: what a user wrote, or a sentence of words.inc. */
void page_text(struct page *page, const char *raw);
void page_word(struct page *page, enum word word);
void page_words(struct page *page, enum word word, const char *const values[]);

/* A section with its heading, closed by page_section_end; a paragraph of one sentence. */
void page_section(struct page *page, const char *identity, enum word heading);
void page_section_end(struct page *page);
void page_paragraph(struct page *page, const char *look, enum word word,
                    const char *const values[]);

/* Numbers with a real minus and blanks that do not break; difference: with its sign, percentage
 * points for shares, as exact as its standard error (NaN: unknown). */
enum { PAGE_SIZE = 2 * WORDS_SIZE };
const char *page_value(char buffer[PAGE_SIZE], const struct page *page, const char *unit,
                       double value);
const char *page_difference(char buffer[PAGE_SIZE], const struct page *page, const char *unit,
                            double value, double error);
/* "62 %", and never 0 or 100 for what is only close to it. */
const char *page_percent(char buffer[PAGE_SIZE], const struct page *page, double share);
const char *page_years(char buffer[FORMAT_SIZE], size_t years);
/* Half the 95 % confidence interval of a mean over so many histories, by Student's t; NaN for fewer
 * than two. */
double page_half(double standard_error, uint64_t histories);
/* "95 % confidence: 1.2 M to 1.4 M", in differences with signs. */
void page_interval(struct text *text, const struct page *page, const char *unit,
                   const struct cell_summary *summary, uint64_t histories, bool difference);

/* A table that sorts by a click on a head. Columns that hold words stand left. */
struct page_column {
    enum word head;
    const char *name; /* in place of `head` */
    bool words;
};
void page_table(struct page *page, const char *caption, const struct page_column columns[],
                size_t count);
void page_table_end(struct page *page);
void page_row(struct page *page, bool best);
void page_row_end(struct page *page);
/* Cells: the head of a row, words, code, a number with what it is sorted by. */
void page_cell_head(struct page *page, const char *raw);
void page_cell_code(struct page *page, const char *raw);
void page_cell_number(struct page *page, double value, const char *shown);
void page_cell_value(struct page *page, const char *unit, double value);
void page_cell_difference(struct page *page, const char *unit, double value, double error);

/* The name of an outcome in words of the trade, or its own name; "turnover.kam": "staff turnover,
 * kam". */
void page_label(struct text *text, enum language language, const char *metric);

/* The section of the pictures, filled by page_embed. */
void page_pictures(struct page *page);

/* "1,000 histories, seed 1." */
void page_histories(struct text *text, const struct page *page, const struct results *results);

/* Says that a run was interrupted, where it was. */
void page_interrupted(struct page *page, const struct results *results);

/* A card with a key figure and up to two lines below. */
void page_card(struct page *page, const char *label, const char *value, const char *first,
               const char *second);

/* Tables of one variant: the firm, roles, segments, years. */
bool page_tables(struct page *page, const struct results *results, struct error *error)
    __attribute__((warn_unused_result));
/* The metrics with which tables begin. */
extern const char *const PAGE_METRICS[];
extern const size_t PAGE_METRIC_COUNT;

/* Plans of all roles in words; with more than one set of parameters, what the others say that the
 * first does not, and the reverse, is marked. */
bool page_plans(struct page *page, const struct results *results, struct error *error)
    __attribute__((warn_unused_result));

/* What changes at a date, in each variant; nothing when nothing does. */
void page_changes(struct page *page, const struct results *results);
/* An entry of a list for each parameter that differs, but for plans, careers and names; returns how
 * many. */
size_t page_differences(struct page *page, const struct parameters *before,
                        const struct parameters *after);
/* The plan of a role; NULL when there is none of its name. */
const struct plan *page_plan_of(const struct parameters *parameters, const struct role *role);

/* Judgement that matters, and what is not at its default. */
bool page_assumptions(struct page *page, const struct scenario *scenario, struct error *error)
    __attribute__((warn_unused_result));

/* Limits that hold for the plans in these scenarios. `histories`: of each plan. */
void page_limits(struct page *page, const struct scenario *const scenarios[], size_t count,
                 uint64_t histories);

#endif

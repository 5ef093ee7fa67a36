#include "report/page_parts.h"

#include "base/student.h"
#include "report/format.h"
#include "report/layout.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

static const char *const STYLE[] = {
#include "report/page_style.inc"
};

static const char *const SCRIPT[] = {
#include "report/page_script.inc"
};

void page_markup(struct page *page, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    (void)vfprintf(page->file.stream, format, arguments);
    va_end(arguments);
}

void page_text(struct page *page, const char *raw) {
    FILE *stream = page->file.stream;
    struct text clean = {0};
    format_clean(&clean, raw, 0);
    for (const char *at = text_bytes(&clean); *at != '\0'; at++) {
        switch (*at) {
        case '&':
            (void)fputs("&amp;", stream);
            break;
        case '<':
            (void)fputs("&lt;", stream);
            break;
        case '>':
            (void)fputs("&gt;", stream);
            break;
        case '"':
            (void)fputs("&quot;", stream);
            break;
        case '\'':
            (void)fputs("&#39;", stream);
            break;
        default:
            (void)fputc(*at, stream);
        }
    }
    text_free(&clean);
}

void page_word(struct page *page, enum word word) {
    page_text(page, words_in(page->language, word));
}

void page_words(struct page *page, enum word word, const char *const values[]) {
    struct text text = {0};
    words_add(&text, page->language, word, values);
    page_text(page, text_bytes(&text));
    text_free(&text);
}

/* ---- the frame */

static void write_lines(struct page *page, const char *const lines[], size_t count) {
    for (size_t l = 0; l < count; l++) {
        (void)fputs(lines[l], page->file.stream);
    }
}

static void write_entry(struct page *page, const char *identity, enum word heading) {
    page_markup(page, "<li%s><a href=\"#%s\">",
                strcmp(identity, "pictures") == 0 ? " id=\"to-pictures\" hidden" : "", identity);
    page_word(page, heading);
    page_markup(page, "</a></li>\n");
}

static void write_contents(struct page *page, bool plans) {
    page_markup(page, "<nav aria-label=\"");
    page_word(page, WORD_PAGE_CONTENTS);
    page_markup(page, "\"><ul>\n");
    write_entry(page, "answer", WORD_PAGE_ANSWER);
    if (plans) {
        write_entry(page, "plans", WORD_PAGE_PLANS);
    }
    write_entry(page, "pictures", WORD_PAGE_PICTURES);
    write_entry(page, "numbers", WORD_PAGE_NUMBERS);
    write_entry(page, "assumptions", WORD_PAGE_ASSUMPTIONS);
    write_entry(page, "limits", WORD_PAGE_LIMITS);
    page_markup(page, "</ul></nav>\n");
}

bool page_begin(struct page *page, const struct folder *folder, const struct page_head *head,
                struct error *error) {
    *page = (struct page){.folder = folder, .language = folder->language};
    if (!folder_begin(folder, "report.html", &page->file, error)) {
        return false;
    }
    page_markup(page,
                "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n<title>",
                LANGUAGE_NAMES[page->language]);
    page_text(page, head->question);
    page_markup(page, "</title>\n<style>\n");
    write_lines(page, STYLE, sizeof STYLE / sizeof STYLE[0]);
    page_markup(page, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#answer\">");
    page_word(page, WORD_PAGE_SKIP);
    page_markup(page, "</a>\n<header>\n<p class=\"kind\">anreiz · ");
    page_word(page, head->kind);
    page_markup(page, "</p>\n<h1>");
    page_text(page, head->question);
    page_markup(page, "</h1>\n");
    if (head->names != NULL) {
        page_markup(page, "<p class=\"names\">");
        page_text(page, head->names);
        page_markup(page, "</p>\n");
    }
    write_contents(page, head->plans);
    page_markup(page, "</header>\n<main>\n");
    return true;
}

bool page_finish(struct page *page, const char *origin, struct error *error) {
    page_markup(page, "</main>\n<footer>\n<p><strong>");
    page_word(page, WORD_PAGE_ORIGIN);
    page_markup(page, ".</strong> ");
    page_text(page, origin);
    page_markup(page, "</p>\n</footer>\n<script>\n");
    write_lines(page, SCRIPT, sizeof SCRIPT / sizeof SCRIPT[0]);
    page_markup(page, "</script>\n</body>\n</html>\n");
    return folder_commit(&page->file, error);
}

void page_discard(struct page *page) { folder_discard(&page->file); }

void page_section(struct page *page, const char *identity, enum word heading) {
    page_markup(page, "<section id=\"%s\"%s>\n<h2>", identity,
                strcmp(identity, "pictures") == 0 ? " hidden" : "");
    page_word(page, heading);
    page_markup(page, "</h2>\n");
}

void page_section_end(struct page *page) { page_markup(page, "</section>\n"); }

void page_paragraph(struct page *page, const char *look, enum word word,
                    const char *const values[]) {
    page_markup(page, "<p class=\"%s\">", look);
    page_words(page, word, values);
    page_markup(page, "</p>\n");
}

/* ---- numbers */

static const char *typeset(char buffer[PAGE_SIZE], const char *number) {
    size_t length = 0;
    for (const char *at = number; *at != '\0' && length + 4 < PAGE_SIZE; at++) {
        const char *sign = at[0] == '-' && at[1] == '\0' ? "–"
                           : *at == '-'                  ? "−"
                           : *at == ' '                  ? "\u00A0"
                                                         : NULL;
        if (sign == NULL) {
            buffer[length++] = *at;
        } else {
            size_t bytes = strlen(sign);
            memcpy(buffer + length, sign, bytes);
            length += bytes;
        }
    }
    buffer[length] = '\0';
    return buffer;
}

const char *page_value(char buffer[PAGE_SIZE], const struct page *page, const char *unit,
                       double value) {
    char number[WORDS_SIZE];
    return typeset(buffer, words_value(number, page->language, unit, value));
}

const char *page_difference(char buffer[PAGE_SIZE], const struct page *page, const char *unit,
                            double value, double error) {
    char number[WORDS_SIZE];
    return typeset(buffer, words_difference_near(number, page->language, unit, value, error));
}

const char *page_percent(char buffer[PAGE_SIZE], const struct page *page, double share) {
    char number[FORMAT_SIZE];
    (void)page;
    return typeset(buffer, format_percent(number, share));
}

const char *page_years(char buffer[FORMAT_SIZE], size_t years) {
    (void)snprintf(buffer, FORMAT_SIZE, "%zu", years);
    return buffer;
}

double page_half(double standard_error, uint64_t histories) {
    return histories < 2 ? (double)NAN
                         : student_quantile(0.025, (double)histories - 1.0) * standard_error;
}

void page_interval(struct text *text, const struct page *page, const char *unit,
                   const struct cell_summary *summary, uint64_t histories, bool difference) {
    char low[PAGE_SIZE];
    char high[PAGE_SIZE];
    double half = page_half(summary->standard_error, histories);
    if (!isfinite(summary->mean) || !isfinite(half)) {
        text_add(text, "%s", words_in(page->language, WORD_ANSWER_NO_INTERVAL));
        return;
    }
    double error = summary->standard_error;
    double first = summary->mean - half;
    double last = summary->mean + half;
    words_add(text, page->language, WORD_ANSWER_INTERVAL,
              WORDS(difference ? page_difference(low, page, unit, first, error)
                               : page_value(low, page, unit, first),
                    difference ? page_difference(high, page, unit, last, error)
                               : page_value(high, page, unit, last)));
}

void page_histories(struct text *text, const struct page *page, const struct results *results) {
    layout_histories(text, page->language, results);
}

void page_interrupted(struct page *page, const struct results *results) {
    char done[WORDS_SIZE];
    char asked[WORDS_SIZE];
    if (results->interrupted) {
        page_paragraph(page, "alarm", WORD_LIMIT_CUT,
                       WORDS(words_count(done, page->language, results->replications),
                             words_count(asked, page->language, results->replications_asked)));
    }
}

void page_card(struct page *page, const char *label, const char *value, const char *first,
               const char *second) {
    page_markup(page, "<div class=\"card\"><dt>");
    page_text(page, label);
    page_markup(page, "</dt><dd class=\"value\">");
    page_text(page, value);
    page_markup(page, "</dd><dd>");
    page_text(page, first);
    page_markup(page, "</dd><dd>");
    page_text(page, second);
    page_markup(page, "</dd></div>\n");
}

/* ---- pictures */

/* How to read a picture, of a run or sweep and of a comparison. */
static const struct {
    const char *name;
    enum word of_run;
    enum word of_plans;
} READINGS[] = {
    {"turnover", WORD_READ_TURNOVER, WORD_READ_OVERLAY},
    {"revenue", WORD_READ_FAN, WORD_READ_OVERLAY},
    {"retention", WORD_READ_FAN, WORD_READ_OVERLAY},
    {"difference_turnover", WORD_READ_DIFFERENCE, WORD_READ_DIFFERENCE},
    {"difference_revenue", WORD_READ_DIFFERENCE, WORD_READ_DIFFERENCE},
    {"difference_retention", WORD_READ_DIFFERENCE, WORD_READ_DIFFERENCE},
    {"difference_profit", WORD_READ_DIFFERENCE, WORD_READ_DIFFERENCE},
    {"difference_equity", WORD_READ_DIFFERENCE, WORD_READ_DIFFERENCE},
    {"waterfall", WORD_READ_WATERFALL, WORD_READ_WATERFALL_PLANS},
    {"activity", WORD_READ_ACTIVITY, WORD_READ_ACTIVITY},
    {"pay", WORD_READ_PAY, WORD_READ_PAY},
    {"difference_pay", WORD_READ_DIFFERENCE_PAY, WORD_READ_DIFFERENCE_PAY},
    {"vesting", WORD_READ_VESTING, WORD_READ_VESTING},
    {"survival_staff", WORD_READ_SURVIVAL_STAFF, WORD_READ_SURVIVAL_STAFF},
    {"survival_customers", WORD_READ_SURVIVAL_CUSTOMERS, WORD_READ_SURVIVAL_CUSTOMERS},
    {"quarter", WORD_READ_QUARTER, WORD_READ_QUARTER},
    {"decision", WORD_READ_DECISION, WORD_READ_DECISION},
    {"sweep", WORD_READ_SWEEP, WORD_READ_SWEEP},
    {"sweep_difference", WORD_READ_SWEEP, WORD_READ_SWEEP},
    {"sweep_map", WORD_READ_MAP, WORD_READ_MAP},
    {"sweep_map_difference", WORD_READ_MAP_DIFFERENCE, WORD_READ_MAP_DIFFERENCE},
    {"sweep_scatter", WORD_READ_SWEEP, WORD_READ_SWEEP},
    {"sweep_scatter_difference", WORD_READ_SWEEP, WORD_READ_SWEEP},
};

static enum word reading_of(const struct page *page, const char *name) {
    const bool plans = folder_has(page->folder, "decision.gp");
    for (size_t r = 0; r < sizeof READINGS / sizeof READINGS[0]; r++) {
        if (strcmp(name, READINGS[r].name) == 0) {
            return plans ? READINGS[r].of_plans : READINGS[r].of_run;
        }
    }
    return WORD_READ_OTHER; /* of a command that writes no report into this folder */
}

/* One tag a line: page_embed finds them. */
static void write_place(struct page *page, const char *name) {
    page_markup(page,
                "<figure id=\"picture-%s\" hidden>\n"
                "<figcaption id=\"reading-%s\">",
                name, name);
    page_word(page, reading_of(page, name));
    page_markup(page, "</figcaption>\n</figure>\n");
}

void page_pictures(struct page *page) {
    page_section(page, "pictures", WORD_PAGE_PICTURES);
    for (int first = 1; first >= 0; first--) { /* what decides comes first */
        for (size_t p = 0; p < FOLDER_PICTURE_COUNT; p++) {
            char script[64];
            bool decides = strcmp(FOLDER_PICTURES[p], "decision") == 0;
            (void)snprintf(script, sizeof script, "%s.gp", FOLDER_PICTURES[p]);
            if (decides == (first == 1) && folder_has(page->folder, script)) {
                write_place(page, FOLDER_PICTURES[p]);
            }
        }
    }
    page_section_end(page);
}

/* Tables of a page, and the cells in them. */
#include "report/page_parts.h"

#include <math.h>

void page_table(struct page *page, const char *caption, const struct page_column columns[],
                size_t count) {
    page_markup(page, "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"");
    page_text(page, caption);
    page_markup(page, "\"><table class=\"sort\">\n<caption>");
    page_text(page, caption);
    page_markup(page, "</caption>\n<thead><tr>");
    for (size_t c = 0; c < count; c++) {
        page_markup(page, "<th scope=\"col\"%s>", columns[c].words ? " class=\"words\"" : "");
        if (columns[c].name != NULL) {
            page_text(page, columns[c].name);
        } else {
            page_word(page, columns[c].head);
        }
        page_markup(page, "</th>");
    }
    page_markup(page, "</tr></thead>\n<tbody>\n");
}

void page_table_end(struct page *page) { page_markup(page, "</tbody>\n</table></div>\n"); }

void page_row(struct page *page, bool best) {
    page_markup(page, "<tr%s>", best ? " class=\"best\"" : "");
}

void page_row_end(struct page *page) { page_markup(page, "</tr>\n"); }

void page_cell_head(struct page *page, const char *raw) {
    page_markup(page, "<th scope=\"row\" class=\"words\">");
    page_text(page, raw);
    page_markup(page, "</th>");
}

void page_cell_code(struct page *page, const char *raw) {
    page_markup(page, "<td class=\"words\"><code>");
    page_text(page, raw);
    page_markup(page, "</code></td>");
}

/* What is not known has no number to sort by and stays below. */
void page_cell_number(struct page *page, double value, const char *shown) {
    char number[32];
    page_markup(page, "<td data-v=\"%s\">",
                isfinite(value) ? text_number(number, value, true) : "");
    page_text(page, shown);
    page_markup(page, "</td>");
}

void page_cell_value(struct page *page, const char *unit, double value) {
    char shown[PAGE_SIZE];
    page_cell_number(page, value, page_value(shown, page, unit, value));
}

void page_cell_difference(struct page *page, const char *unit, double value, double error) {
    char shown[PAGE_SIZE];
    page_cell_number(page, value, page_difference(shown, page, unit, value, error));
}

#include "data/table.h"

#include "base/memory.h"
#include "data/heading.h"
#include "data/record.h"
#include "data/stream.h"

#include <csv.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
    FIELDS_MOST = 4096,      /* in a heading */
    FIELD_LONGEST = 1 << 23, /* bytes, also of a column that is not used */
    STRICT = CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL,
    LENIENT = CSV_REPALL_NL /* all line ends are reported, also of empty lines: they count */
};

struct table {
    const char *path;
    const struct table_form *form;
    const struct table_options *options;
    bool (*row)(void *user, struct table_row *row);
    void *user;
    struct table_report *report;
    struct error *error;

    struct csv_parser parser;
    char separator;
    struct number_style style;
    long line;         /* where the parser stands */
    bool after_return; /* a row ended with CR: LF at once belongs to it */
    bool skipping;     /* to the end of the line, behind quotes that do not fit */
    bool stopped;      /* failed, or the callback wants no more */

    int *columns; /* of the fields of the heading: a declared column or -1; NULL: before it */
    size_t field_count;
    char *names[TABLE_COLUMNS_MOST]; /* of the declared columns in this file; NULL: not there */

    long first_line;      /* of the row */
    size_t fields;        /* of the row so far */
    size_t filled;        /* one more than the last field that is not empty */
    bool broken;          /* its quotes do not fit */
    struct record record; /* by field in the heading, by declared column behind it */
};

void table_report_free(struct table_report *report) {
    text_free(&report->bad);
    text_free(&report->notes);
    *report = (struct table_report){0};
}

const char *table_show(const char *text, char shown[TABLE_SHOWN_SIZE]) {
    size_t length = 0;
    shown[length++] = '"';
    for (; *text != '\0' && length < TABLE_SHOWN_SIZE - 8; text++) {
        shown[length++] = (unsigned char)*text < ' ' || *text == 0x7F ? ' ' : *text;
    }
    bool cut = *text != '\0';
    while (cut && length > 1 && ((unsigned char)*text & 0xC0U) == 0x80) { /* not in a character */
        text--;
        length--;
    }
    (void)strcpy(shown + length, cut ? "...\"" : "\"");
    return shown;
}

static void fail(struct table *table, const char *sentence) {
    if (!table->stopped) {
        error_add(table->error, ERROR_QUESTION, "%s:%ld: %s", table->path,
                  table->fields > 0 ? table->first_line : table->line, sentence);
    }
    table->stopped = true;
}

static void mark_bad(struct table_row *row) {
    struct table_report *report = row->table->report;
    report->bad_rows += row->bad ? 0 : 1;
    row->bad = true;
}

void table_complain(struct table_row *row, size_t column, const char *format, ...) {
    struct table *table = row->table;
    mark_bad(row);
    if (table->report->bad_rows > TABLE_BAD_ROWS_LISTED) {
        return;
    }
    char sentence[1024];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    const char *name =
        table->names[column] != NULL ? table->names[column] : table->form->columns[column].name;
    text_add(&table->report->bad, "%s:%ld: %s: %s\n", table->path, row->line, name, sentence);
}

/* A complaint about the row itself. */
static void complain_row(struct table_row *row, const char *sentence) {
    struct table_report *report = row->table->report;
    mark_bad(row);
    if (report->bad_rows <= TABLE_BAD_ROWS_LISTED) {
        text_add(&report->bad, "%s:%ld: %s\n", row->table->path, row->line, sentence);
    }
}

/* A name of the heading on one line; spreadsheets break long ones. */
static char *copy_name(const char *name) {
    char *copy = strdup(name);
    for (char *at = copy; at != NULL && *at != '\0'; at++) {
        *at = (unsigned char)*at < ' ' || *at == 0x7F ? ' ' : *at;
    }
    return copy;
}

static bool read_heading(struct table *table) {
    size_t count = table->filled; /* separators behind the last name make no column */
    const char **names = memory_array(count, sizeof *names, "names of columns", table->error);
    table->columns = memory_array(count, sizeof *table->columns, "columns", table->error);
    table->field_count = count;
    bool good = names != NULL && table->columns != NULL;
    for (size_t i = 0; good && i < count; i++) {
        names[i] = record_text(&table->record, i);
    }
    good = good && heading_match(table->path, table->form, names, count, table->columns,
                                 &table->report->notes, table->error);
    for (size_t i = 0; good && i < count; i++) {
        int column = table->columns[i];
        if (column >= 0) {
            table->names[column] = copy_name(names[i]);
            good = table->names[column] != NULL ||
                   error_add(table->error, ERROR_FAILURE, "not enough memory for a heading");
        }
    }
    free(names);
    return good;
}

/* Whether the row has the fields of the heading; their cells. */
static void find_cells(struct table *table, struct table_row *row) {
    char sentence[160];
    if (table->broken) {
        char span[48] = "";
        if (table->line > table->first_line) {
            (void)snprintf(span, sizeof span, " (from here to line %ld)", table->line);
        }
        (void)snprintf(sentence, sizeof sentence,
                       "the quotes do not fit%s: a quote inside a quoted field is doubled", span);
        complain_row(row, sentence);
        return;
    }
    if (table->filled > table->field_count || table->fields < table->field_count) {
        bool more = table->filled > table->field_count;
        (void)snprintf(sentence, sizeof sentence, "the row has %zu fields, the heading %zu%s",
                       more ? table->filled : table->fields, table->field_count,
                       more ? " (a field with a separator inside stands in quotes)" : "");
        complain_row(row, sentence);
        return;
    }
    for (size_t c = 0; c < table->form->column_count; c++) {
        if (table->names[c] == NULL) {
            continue;
        }
        row->cells[c] = record_text(&table->record, c);
        size_t length = table->record.fields[c].length;
        if (length > TABLE_CELL_LONGEST) {
            table_complain(row, c, "the cell has %zu bytes, at most %d are allowed", length,
                           TABLE_CELL_LONGEST);
        }
    }
}

static void finish_row(struct table *table) {
    if (table->filled == 0 && !table->broken) {
        return; /* separators only, as spreadsheets leave them at the end */
    }
    if (table->columns == NULL) {
        if (table->broken) {
            fail(table, "the quotes of the heading do not fit: a quote inside a quoted field is "
                        "doubled");
        } else if (!read_heading(table)) {
            table->stopped = true;
        }
        return;
    }
    struct table_row row = {
        .line = table->first_line, .form = table->form, .style = &table->style, .table = table};
    find_cells(table, &row);
    if (!row.bad && !table->row(table->user, &row)) {
        table->stopped = true;
    }
    table->report->rows += row.bad ? 0 : 1;
}

/* Line ends inside of a field: LF, CR and CRLF. */
static long count_lines(const char *bytes, size_t length) {
    long lines = 0;
    for (const char *at = bytes; (at = memchr(at, '\n', (size_t)(bytes + length - at))) != NULL;
         at++) {
        lines++;
    }
    for (const char *at = bytes; (at = memchr(at, '\r', (size_t)(bytes + length - at))) != NULL;
         at++) {
        lines += at + 1 == bytes + length || at[1] != '\n';
    }
    return lines;
}

static void on_field(void *data, size_t length, void *user) {
    struct table *table = user;
    const char *bytes = data;
    if (table->stopped) {
        return;
    }
    if (table->fields == 0) {
        table->first_line = table->line;
    }
    table->line += count_lines(bytes, length);
    record_trim(&bytes, &length);
    if (length > 0) {
        table->filled = table->fields + 1;
    }
    int index = -1; /* nowhere */
    if (table->columns == NULL) {
        index = table->fields < FIELDS_MOST ? (int)table->fields : -1;
    } else if (table->fields < table->field_count) {
        index = table->columns[table->fields];
    }
    if (table->columns == NULL && index < 0) {
        fail(table, "the heading has more than 4096 fields; this is no table");
    } else if (index >= 0 && !record_keep(&table->record, (size_t)index, bytes, length,
                                          TABLE_CELL_LONGEST, table->error)) {
        table->stopped = true;
    }
    table->fields++;
}

/* `end` is the byte that ended a row or an empty line, -1 for none. */
static void on_row(int end, void *user) {
    struct table *table = user;
    if (end == '\n' && table->after_return && table->fields == 0) {
        table->after_return = false;
        return;
    }
    if (table->fields > 0 && !table->stopped) {
        finish_row(table);
    }
    table->fields = 0;
    table->filled = 0;
    table->broken = false;
    table->record.used = 0;
    table->line += end >= 0;
    table->after_return = end == '\r';
}

/* Behind a byte that does not fit: a quote inside of a field without quotes is taken as it is;
 * behind wrong quotes the row is given up and the parser begins anew at the next line. */
static size_t recover(struct table *table, const char *bytes) {
    size_t taken = 0;
    (void)csv_set_opts(&table->parser, LENIENT);
    if (table->parser.quoted == 0) {
        taken = csv_parse(&table->parser, bytes, 1, on_field, on_row, table);
        if (taken == 0) {
            fail(table, "not enough memory for a field");
        }
    } else {
        table->broken = true;
        table->skipping = true;
        (void)csv_fini(&table->parser, on_field, on_row, table);
    }
    (void)csv_set_opts(&table->parser, STRICT);
    return taken;
}

static void parse(struct table *table, const char *bytes, size_t length) {
    for (size_t at = 0; at < length && !table->stopped;) {
        if (table->skipping) {
            while (at < length && bytes[at] != '\n' && bytes[at] != '\r') {
                at++;
            }
            table->skipping = at == length;
            continue;
        }
        at += csv_parse(&table->parser, bytes + at, length - at, on_field, on_row, table);
        if (at < length && csv_error(&table->parser) != CSV_EPARSE) {
            fail(table, "not enough memory for a field");
        } else if (at < length && !table->stopped) {
            at += recover(table, bytes + at);
        }
    }
    if (csv_get_buffer_size(&table->parser) > FIELD_LONGEST) {
        fail(table, "a field of the rows from here has more than 8 million bytes; is there a quote "
                    "that is not closed?");
    }
}

static void read_pieces(struct table *table, struct stream *stream) {
    const char *bytes;
    size_t length;
    while (!table->stopped && stream_next(stream, &bytes, &length)) {
        if (table->separator == '\0') {
            size_t skipped = 0;
            table->separator = heading_separator(bytes, length, &skipped);
            csv_set_delim(&table->parser, (unsigned char)table->separator);
            table->line += skipped > 0;
            bytes += skipped;
            length -= skipped;
            table->style.decimal = table->options->decimal != '\0' ? table->options->decimal
                                   : table->separator == ','       ? '.'
                                   : table->separator == ';'       ? ','
                                                                   : '\0';
        }
        parse(table, bytes, length);
    }
    if (stream->flaw != NULL) {
        fail(table, stream->flaw);
    } else if (!table->stopped && csv_fini(&table->parser, on_field, on_row, table) != 0) {
        fail(table, "a quote that is opened in this row is never closed");
    }
}

static void note_assumptions(const struct table *table) {
    struct text *notes = &table->report->notes;
    char decimal = table->style.decimal;
    if (table->separator != ',' || decimal != '.') {
        text_add(notes, "%s: %s between fields%s, read as such\n", table->path,
                 table->separator == ';'    ? "semicolons"
                 : table->separator == '\t' ? "tabs"
                                            : "commas",
                 decimal == ','   ? " and decimal commas"
                 : decimal == '.' ? " and decimal points"
                                  : "");
    }
    if (table->style.currency != NULL) {
        text_add(notes, "%s: amounts are in %s; nothing is converted\n", table->path,
                 table->style.currency);
    }
    if (table->style.either && !table->style.told) {
        text_add(notes,
                 "%s: three digits behind a decimal %s, as in 45%c300, are read as decimals "
                 "wherever they stand; when they are thousands, leave their marks out\n",
                 table->path, decimal == ',' ? "comma" : "point", decimal);
    }
    if (table->style.rounded) {
        text_add(notes, "%s: numbers with more than six decimals are rounded to six\n",
                 table->path);
    }
}

static bool conclude(struct table *table) {
    struct table_report *report = table->report;
    if (!table->stopped && table->columns == NULL) {
        table->stopped = true;
        error_add(table->error, ERROR_QUESTION,
                  "%s: the file is empty; a heading such as %s,%s and a row for each are wanted",
                  table->path, table->form->columns[0].name, table->form->columns[1].name);
    }
    if (report->bad_rows > TABLE_BAD_ROWS_LISTED) {
        text_add(&report->bad, "%s: ... and %ld more bad rows\n", table->path,
                 report->bad_rows - TABLE_BAD_ROWS_LISTED);
    }
    if (table->stopped) {
        return false;
    }
    note_assumptions(table);
    if (report->bad.failed || report->notes.failed) {
        return error_add(table->error, ERROR_FAILURE, "not enough memory for the report on %s",
                         table->path);
    }
    if (report->bad_rows > 0 && !table->options->skip_bad_rows) {
        return error_add(
            table->error, ERROR_QUESTION, "%s: %ld of %ld rows are bad; correct them%s",
            table->path, report->bad_rows, report->bad_rows + report->rows,
            table->options->complete ? "" : ", or take only the others with --skip-bad-rows");
    }
    return true;
}

static void table_free(struct table *table) {
    csv_free(&table->parser);
    free(table->columns);
    record_free(&table->record);
    for (size_t c = 0; c < TABLE_COLUMNS_MOST; c++) {
        free(table->names[c]);
    }
}

bool table_read(const char *path, const struct table_form *form,
                const struct table_options *options, bool (*row)(void *user, struct table_row *row),
                void *user, struct table_report *report, struct error *error) {
    struct stream stream;
    struct table table = {.path = path,
                          .form = form,
                          .options = options,
                          .row = row,
                          .user = user,
                          .report = report,
                          .error = error,
                          .line = 1};
    table_report_free(report);
    if (!stream_open(&stream, path, error)) {
        return false;
    }
    (void)csv_init(&table.parser, STRICT);    /* fails for no parser only */
    csv_set_blk_size(&table.parser, 1 << 16); /* grows by this much; 128 bytes otherwise */
    read_pieces(&table, &stream);
    bool good = conclude(&table);
    table_free(&table);
    stream_close(&stream);
    return good;
}

#include "data/rows.h"

#include "base/memory.h"
#include "data/record.h"
#include "data/stream.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

struct reading {
    struct rows *rows;
    const char *path;
    struct error *error;
    size_t row_begin; /* cell */
    bool filled;      /* a field of the row holds something */
    bool failed;
    bool after_return; /* the row before ended with CR: LF at once belongs to it */
    long line;
};

static void fail(struct reading *reading) { reading->failed = true; }

static void on_field(void *bytes, size_t length, void *user) {
    struct reading *reading = user;
    struct rows *rows = reading->rows;
    const char *text = bytes == NULL ? "" : bytes;
    void *cells = rows->cells;
    if (reading->failed) {
        return;
    }
    bool good = memory_grow(&cells, &rows->cell_capacity, rows->held + 1, sizeof *rows->cells,
                            "cells of a table", reading->error);
    rows->cells = cells;
    record_trim(&text, &length);
    char *copy = good ? strndup(text, length) : NULL;
    if (copy == NULL) {
        (void)error_add(reading->error, ERROR_FAILURE, "not enough memory to read %s",
                        reading->path);
        fail(reading);
        return;
    }
    reading->filled = reading->filled || *copy != '\0';
    rows->cells[rows->held++] = copy;
}

static void drop_row(struct reading *reading) {
    struct rows *rows = reading->rows;
    while (rows->held > reading->row_begin) {
        free(rows->cells[--rows->held]);
    }
}

static bool keep_line(struct reading *reading) {
    struct rows *rows = reading->rows;
    void *lines = rows->lines;
    bool good = memory_grow(&lines, &rows->line_capacity, rows->count + 1, sizeof *rows->lines,
                            "lines of a table", reading->error);
    rows->lines = lines;
    if (good) {
        rows->lines[rows->count++] = reading->line;
    }
    return good;
}

static void on_row(int terminator, void *user) {
    struct reading *reading = user;
    struct rows *rows = reading->rows;
    size_t fields = rows->held - reading->row_begin;
    bool same_line = reading->after_return && terminator == '\n' && fields == 0;
    reading->after_return = terminator == '\r';
    if (reading->failed || same_line) {
        return;
    }
    reading->line++;
    if (!reading->filled) {
        drop_row(reading);
    } else if (rows->columns == 0) {
        rows->columns = fields;
    } else if (fields != rows->columns) {
        (void)error_add(reading->error, ERROR_QUESTION,
                        "%s:%ld: %zu fields, but the heading has %zu", reading->path, reading->line,
                        fields, rows->columns);
        fail(reading);
    } else if (!keep_line(reading)) {
        fail(reading);
    }
    reading->row_begin = rows->held;
    reading->filled = false;
}

static bool parse(struct reading *reading, struct stream *stream, struct csv_parser *parser) {
    const char *bytes = NULL;
    size_t length = 0;
    while (!reading->failed && stream_next(stream, &bytes, &length)) {
        if (csv_parse(parser, bytes, length, on_field, on_row, reading) != length) {
            return error_add(reading->error, ERROR_QUESTION,
                             "%s:%ld: the quotes of this row do not fit", reading->path,
                             reading->line + 1);
        }
    }
    if (reading->failed) {
        return false;
    }
    if (stream->flaw != NULL) {
        return error_add(reading->error, ERROR_QUESTION, "%s: %s", reading->path, stream->flaw);
    }
    if (csv_fini(parser, on_field, on_row, reading) != 0) {
        return error_add(reading->error, ERROR_QUESTION, "%s: it ends inside of quotes",
                         reading->path);
    }
    return !reading->failed;
}

bool rows_read(struct rows *rows, const char *path, struct error *error) {
    struct reading reading = {.rows = rows, .path = path, .error = error};
    struct stream stream;
    struct csv_parser parser;
    *rows = (struct rows){0};
    if (!stream_open(&stream, path, error)) {
        return false;
    }
    /* empty lines are reported, so that lines are counted right */
    (void)csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
    bool good = parse(&reading, &stream, &parser);
    if (good && rows->columns == 0) {
        good = error_add(error, ERROR_QUESTION, "%s: the file is empty", path);
    }
    csv_free(&parser);
    stream_close(&stream);
    if (!good) {
        rows_free(rows);
    }
    return good;
}

const char *rows_name(const struct rows *rows, size_t column) { return rows->cells[column]; }

const char *rows_cell(const struct rows *rows, size_t row, size_t column) {
    return rows->cells[(row + 1) * rows->columns + column];
}

void rows_free(struct rows *rows) {
    for (size_t c = 0; c < rows->held; c++) {
        free(rows->cells[c]);
    }
    free(rows->cells);
    free(rows->lines);
    *rows = (struct rows){0};
}

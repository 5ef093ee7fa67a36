#include "data/record.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static const char NO_BREAK_SPACE[] = "\xC2\xA0";

static bool is_blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

void record_trim(const char **bytes, size_t *length) {
    const char *from = *bytes;
    const char *to = from + *length;
    for (size_t size = 1; size > 0; from += size) {
        bool wide = to - from >= 2 && memcmp(from, NO_BREAK_SPACE, 2) == 0;
        size = wide ? 2 : from < to && is_blank(*from) ? 1 : 0;
    }
    for (size_t size = 1; size > 0; to -= size) {
        bool wide = to - from >= 2 && memcmp(to - 2, NO_BREAK_SPACE, 2) == 0;
        size = wide ? 2 : from < to && is_blank(to[-1]) ? 1 : 0;
    }
    *bytes = from;
    *length = (size_t)(to - from);
}

bool record_keep(struct record *record, size_t index, const char *bytes, size_t length,
                 size_t longest, struct error *error) {
    size_t kept = length > longest ? longest + 1 : length;
    void *texts = record->bytes;
    void *fields = record->fields;
    bool good =
        memory_grow(&texts, &record->capacity, record->used + kept + 1, 1, "bytes of a row", error);
    record->bytes = texts;
    good = good && memory_grow(&fields, &record->field_capacity, index + 1, sizeof *record->fields,
                               "fields of a row", error);
    record->fields = fields;
    if (good) {
        memcpy(record->bytes + record->used, bytes, kept);
        record->bytes[record->used + kept] = '\0';
        record->fields[index] = (struct field){record->used, length};
        record->used += kept + 1;
    }
    return good;
}

const char *record_text(const struct record *record, size_t index) {
    return record->bytes + record->fields[index].from;
}

void record_free(struct record *record) {
    free(record->bytes);
    free(record->fields);
    *record = (struct record){0};
}

#include "data/stream.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PIECE = 1 << 18, CHARACTER_MOST = 4 };

static bool complain(const char *path, const char *what, struct error *error) {
    return error_add(error, ERROR_QUESTION, "%s: %s", path, what);
}

bool stream_open(struct stream *stream, const char *path, struct error *error) {
    struct stat status;
    *stream = (struct stream){0};
    if (strcmp(path, "-") == 0) {
        return complain(path, "tables are read twice, first to check them; write a file", error);
    }
    if (stat(path, &status) != 0) { /* before it is opened: a pipe would wait for its writer */
        return complain(path, strerror(errno), error);
    }
    if (S_ISDIR(status.st_mode)) {
        return complain(path, "is a directory; a file with a table is wanted", error);
    }
    if (!S_ISREG(status.st_mode)) {
        return complain(path,
                        "is no plain file; tables are read twice, first to check them; write "
                        "a file",
                        error);
    }
    stream->file = fopen(path, "rb");
    if (stream->file == NULL) {
        return complain(path, strerror(errno), error);
    }
    stream->buffer = malloc(PIECE + CHARACTER_MOST);
    if (stream->buffer == NULL) {
        stream_close(stream);
        return error_add(error, ERROR_FAILURE, "not enough memory to read %s", path);
    }
    return true;
}

/* Bytes of the character that begins with `first`, and the range of its second byte, which keeps
 * out longer forms than needed, surrogates and what is above U+10FFFF (Unicode 15, table 3-7);
 * 0: none begins so. */
static size_t character_size(unsigned char first, unsigned char *low, unsigned char *high) {
    *low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    *high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (first < 0x80) {
        return first == 0 ? 0 : 1;
    }
    return first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
}

/* Whether eight bytes are all of ASCII and none is 0. */
static bool is_plain(const char *bytes) {
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    uint64_t zeros = (word - UINT64_C(0x0101010101010101)) & ~word;
    return ((word | zeros) & UINT64_C(0x8080808080808080)) == 0;
}

/* The length of the whole, valid characters at the beginning; `cut` when the rest is the beginning
 * of a character. */
static size_t valid_length(const char *bytes, size_t length, bool *cut) {
    size_t at = 0;
    *cut = false;
    while (at < length) {
        if (length - at >= sizeof(uint64_t) && is_plain(bytes + at)) {
            at += sizeof(uint64_t);
            continue;
        }
        unsigned char low;
        unsigned char high;
        size_t size = character_size((unsigned char)bytes[at], &low, &high);
        size_t good = size > 0 ? 1 : 0;
        for (; good > 0 && good < size && at + good < length; good++) {
            unsigned char byte = (unsigned char)bytes[at + good];
            if (byte < low || byte > high) {
                return at;
            }
            low = 0x80;
            high = 0xBF;
        }
        if (size == 0 || good < size) {
            *cut = size > 0;
            return at;
        }
        at += size;
    }
    return at;
}

static const char *flaw_of(const char *bytes, size_t length, bool first) {
    if (first && length >= 2 &&
        (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0)) {
        return "is UTF-16; convert it with iconv -f utf16 -t utf8, or save it as CSV UTF-8";
    }
    if (bytes[0] == '\0') {
        return "holds a NUL byte; this is no text (a table in UTF-16 is converted with iconv -f "
               "utf16le -t utf8, a spreadsheet saved as CSV)";
    }
    return "is not UTF-8; convert it with iconv -f latin1 -t utf8";
}

bool stream_next(struct stream *stream, const char **bytes, size_t *length) {
    bool first = stream->given == 0 && stream->held == 0;
    if (stream->flaw != NULL) {
        return false;
    }
    memmove(stream->buffer, stream->buffer + stream->given, stream->held);
    size_t read = fread(stream->buffer + stream->held, 1, PIECE, stream->file);
    size_t available = stream->held + read;
    bool cut = false;
    size_t good = valid_length(stream->buffer, available, &cut);
    if (ferror(stream->file)) {
        stream->flaw = "cannot be read to its end";
    } else if (good < available && (!cut || feof(stream->file))) {
        stream->flaw = flaw_of(stream->buffer + good, available - good, first && good == 0);
    }
    stream->given = good;
    stream->held = available - good;
    *bytes = stream->buffer;
    *length = good;
    if (first && good >= 3 && memcmp(stream->buffer, "\xEF\xBB\xBF", 3) == 0) {
        *bytes += 3;
        *length -= 3;
    }
    return good > 0;
}

void stream_close(struct stream *stream) {
    if (stream->file != NULL) {
        (void)fclose(stream->file); /* only read */
    }
    free(stream->buffer);
    *stream = (struct stream){0};
}

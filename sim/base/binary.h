/* Binary files: numbers in little-endian order, doubles and floats bit for bit, and at the end a
 * checksum of everything before it.
 * Ownership: the caller owns the stream and the structs; nothing is allocated. */
#ifndef BASE_BINARY_H
#define BASE_BINARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { BINARY_BUFFER = 1 << 16 }; /* bytes, a multiple of 8 */

/* A running checksum: 64 bits, word by word through random_mix. */
struct checksum {
    uint64_t value;
    uint64_t bytes;
    unsigned char word[8]; /* the bytes beyond the last whole word */
};
void checksum_add(struct checksum *checksum, const void *bytes, size_t count);
uint64_t checksum_read(const struct checksum *checksum);

struct binary_writer {
    FILE *stream;
    struct checksum checksum;
    size_t used;
    unsigned char buffer[BINARY_BUFFER];
};

/* Errors of the stream stay in it (ferror). */
void binary_put(struct binary_writer *writer, const void *bytes, size_t count);
void binary_put_number(struct binary_writer *writer, uint64_t number);
void binary_put_double(struct binary_writer *writer, double number);
void binary_put_floats(struct binary_writer *writer, const float numbers[], size_t count);
void binary_put_shorts(struct binary_writer *writer, const uint16_t numbers[], size_t count);
void binary_put_text(struct binary_writer *writer, const char *text);
/* Writes the checksum and hands everything to the stream. */
void binary_finish(struct binary_writer *writer);

/* Whether the rest of the stream ends with the checksum of itself; leaves the stream where it was.
 */
bool binary_is_whole(FILE *stream);

struct binary_reader {
    FILE *stream;
    bool failed; /* something could not be read: all numbers are 0 from there on */
};

void binary_get(struct binary_reader *reader, void *bytes, size_t count);
uint64_t binary_get_number(struct binary_reader *reader);
double binary_get_double(struct binary_reader *reader);
void binary_get_floats(struct binary_reader *reader, float numbers[], size_t count);
void binary_get_shorts(struct binary_reader *reader, uint16_t numbers[], size_t count);
/* A text of at most `most` bytes, to be freed by the caller; NULL and `failed` otherwise. */
char *binary_get_text(struct binary_reader *reader, size_t most);

#endif

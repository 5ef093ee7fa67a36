#include "base/binary.h"

#include "base/random.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

static uint64_t word_at(const unsigned char *bytes) {
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return le64toh(word);
}

void checksum_add(struct checksum *checksum, const void *bytes, size_t count) {
    const unsigned char *from = bytes;
    while (count > 0) {
        size_t held = (size_t)(checksum->bytes % 8);
        if (held == 0 && count >= 8) {
            checksum->value = random_mix(checksum->value, word_at(from));
            checksum->bytes += 8;
            from += 8;
            count -= 8;
            continue;
        }
        checksum->word[held] = *from++;
        checksum->bytes++;
        count--;
        if (held == 7) {
            checksum->value = random_mix(checksum->value, word_at(checksum->word));
        }
    }
}

uint64_t checksum_read(const struct checksum *checksum) {
    unsigned char rest[8] = {0};
    memcpy(rest, checksum->word, (size_t)(checksum->bytes % 8));
    return random_mix(random_mix(checksum->value, word_at(rest)), checksum->bytes);
}

static void hand_over(struct binary_writer *writer) {
    checksum_add(&writer->checksum, writer->buffer, writer->used);
    (void)fwrite(writer->buffer, 1, writer->used, writer->stream);
    writer->used = 0;
}

void binary_put(struct binary_writer *writer, const void *bytes, size_t count) {
    const unsigned char *from = bytes;
    while (count > 0) {
        size_t room = sizeof writer->buffer - writer->used;
        size_t part = count < room ? count : room;
        memcpy(writer->buffer + writer->used, from, part);
        writer->used += part;
        from += part;
        count -= part;
        if (writer->used == sizeof writer->buffer) {
            hand_over(writer);
        }
    }
}

void binary_put_number(struct binary_writer *writer, uint64_t number) {
    uint64_t little = htole64(number);
    binary_put(writer, &little, sizeof little);
}

void binary_put_double(struct binary_writer *writer, double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    binary_put_number(writer, bits);
}

void binary_put_floats(struct binary_writer *writer, const float numbers[], size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, &numbers[i], sizeof bits);
        bits = htole32(bits);
        binary_put(writer, &bits, sizeof bits);
    }
}

void binary_put_shorts(struct binary_writer *writer, const uint16_t numbers[], size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint16_t little = htole16(numbers[i]);
        binary_put(writer, &little, sizeof little);
    }
}

void binary_put_text(struct binary_writer *writer, const char *text) {
    size_t length = strlen(text);
    binary_put_number(writer, length);
    binary_put(writer, text, length);
}

void binary_finish(struct binary_writer *writer) {
    hand_over(writer);
    uint64_t sum = htole64(checksum_read(&writer->checksum));
    (void)fwrite(&sum, 1, sizeof sum, writer->stream);
}

bool binary_is_whole(FILE *stream) {
    long begin = ftell(stream);
    if (begin < 0 || fseek(stream, 0, SEEK_END) != 0) {
        return false;
    }
    long left = ftell(stream) - begin - 8;
    struct checksum checksum = {0};
    unsigned char part[4096];
    bool good = left >= 0 && fseek(stream, begin, SEEK_SET) == 0;
    while (good && left > 0) {
        size_t wanted = left < (long)sizeof part ? (size_t)left : sizeof part;
        good = fread(part, 1, wanted, stream) == wanted;
        checksum_add(&checksum, part, wanted);
        left -= (long)wanted;
    }
    good = good && fread(part, 1, 8, stream) == 8 && word_at(part) == checksum_read(&checksum);
    return fseek(stream, begin, SEEK_SET) == 0 && good;
}

void binary_get(struct binary_reader *reader, void *bytes, size_t count) {
    if (reader->failed || fread(bytes, 1, count, reader->stream) != count) {
        reader->failed = true;
        memset(bytes, 0, count);
    }
}

uint64_t binary_get_number(struct binary_reader *reader) {
    uint64_t little;
    binary_get(reader, &little, sizeof little);
    return le64toh(little);
}

double binary_get_double(struct binary_reader *reader) {
    uint64_t bits = binary_get_number(reader);
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

void binary_get_floats(struct binary_reader *reader, float numbers[], size_t count) {
    binary_get(reader, numbers, count * sizeof *numbers);
    for (size_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, &numbers[i], sizeof bits);
        bits = le32toh(bits);
        memcpy(&numbers[i], &bits, sizeof bits);
    }
}

void binary_get_shorts(struct binary_reader *reader, uint16_t numbers[], size_t count) {
    binary_get(reader, numbers, count * sizeof *numbers);
    for (size_t i = 0; i < count; i++) {
        numbers[i] = le16toh(numbers[i]);
    }
}

char *binary_get_text(struct binary_reader *reader, size_t most) {
    uint64_t length = binary_get_number(reader);
    char *text = length <= most ? malloc((size_t)length + 1) : NULL;
    if (text == NULL) {
        reader->failed = true;
        return NULL;
    }
    binary_get(reader, text, (size_t)length);
    text[length] = '\0';
    return text;
}

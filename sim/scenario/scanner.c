#include "scenario/scanner.h"

#include "base/memory.h"
#include "scenario/literal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

void scanner_complain(struct scanner *scanner, unsigned line, const char *format, ...) {
    char sentence[1024];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    struct scan *scan = scanner->scan;
    struct text place = {0};
    setting_place(&(struct setting){.source = scanner->source, .line = line}, &place);
    error_add(scanner->error, ERROR_QUESTION, "%s%s", text_bytes(&place), sentence);
    scanner->complaints++;
    if (scanner->complaints == COMPLAINTS_MOST) {
        error_add(scanner->error, ERROR_QUESTION, "%sand more; is this a scenario file?",
                  text_bytes(&place));
        scanner->hopeless = true;
    }
    text_free(&place);
    void *spoiled = scan->spoiled;
    if (!memory_grow(&spoiled, &scan->capacity, scan->spoiled_count + 1, sizeof *scan->spoiled,
                     "lines", scanner->error)) {
        scanner->hopeless = true;
        return;
    }
    scan->spoiled = spoiled;
    scan->spoiled[scan->spoiled_count++] = line;
}

bool scanner_is_space(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\f';
}

/* Names, numbers and everything that somebody might take for one. */
bool scanner_is_word(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || (byte != '\0' && strchr("_.+-*%'$", byte) != NULL) ||
           (unsigned char)byte >= 0x80;
}

static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

bool scanner_in_list(const struct scanner *scanner) {
    return scanner->scopes[scanner->depth].closing == ')';
}

void scanner_overwrite(struct scanner *scanner, size_t from, size_t to, char first) {
    memset(scanner->text + from, ' ', to - from);
    scanner->text[from] = first;
}

static size_t word_end(const struct scanner *scanner, size_t at) {
    while (at < scanner->length && scanner_is_word(scanner->text[at])) {
        at++;
    }
    return at;
}

static size_t behind_spaces(const struct scanner *scanner, size_t at) {
    return at + strspn(scanner->text + at, " \t\r\f\n");
}

/* A value without quotes, up to where it must end. */
static void scan_bare_text(struct scanner *scanner) {
    size_t from = scanner->at;
    size_t end = word_end(scanner, from);
    for (size_t next = end; next < scanner->length && scanner_is_space(scanner->text[next]);) {
        next += strspn(scanner->text + next, " \t");
        size_t next_end = word_end(scanner, next);
        size_t behind = behind_spaces(scanner, next_end);
        if (next_end == next || strchr("=:", scanner->text[behind]) != NULL) {
            break;
        }
        next = end = next_end;
    }
    int shown = end - from > 60 ? 60 : (int)(end - from);
    const char *word = scanner->text + from;
    if (scanner_in_list(scanner) && scanner->text[behind_spaces(scanner, end)] == '=') {
        scanner_complain(scanner, scanner->line,
                         "the settings of an entry of a list stand in braces: ( { %.*s = ... } )",
                         shown, word);
        scanner->hopeless = true;
    } else if ((unsigned char)*word >= 0x80) {
        scanner_complain(scanner, scanner->line,
                         "%.*s is not understood; a text stands in plain quotes: \"text\"", shown,
                         word);
    } else if ((shown == 3 && strncasecmp(word, "nan", 3) == 0) ||
               (shown == 3 && strncasecmp(word, "inf", 3) == 0)) {
        scanner_complain(scanner, scanner->line, "%.*s is no value; numbers are finite", shown,
                         word);
    } else if (*word == '%') {
        scanner_complain(scanner, scanner->line, "%.*s is not understood; write 10 percent as 0.10",
                         shown, word);
    } else {
        scanner_complain(scanner, scanner->line, "a text stands in quotes: write \"%.*s\"", shown,
                         word);
    }
    scanner_overwrite(scanner, from, end, '0');
    scanner->at = end;
    scanner->last = LAST_VALUE;
    scanner->wants_value = false;
}

static bool is_boolean(const char *word, size_t length) {
    return (length == 4 && strncasecmp(word, "true", 4) == 0) ||
           (length == 5 && strncasecmp(word, "false", 5) == 0);
}

static void scan_number(struct scanner *scanner) {
    size_t from = scanner->at;
    size_t end = word_end(scanner, from);
    struct text complaint = {0};
    bool good = true;
    const char *text = scanner->text;
    if (!scanner_in_list(scanner) && text[end] == ',' && is_digit(text[end + 1])) {
        size_t comma = end;
        do {
            end = word_end(scanner, end + 1);
        } while (text[end] == ',' && is_digit(text[end + 1]));
        literal_comma(text + from, comma - from, text + comma + 1, end - comma - 1, &complaint);
        good = false;
    } else {
        size_t percent = end + strspn(text + end, " \t");
        if (percent > end && text[percent] == '%' && end - from < 40) { /* "10 %" */
            char joined[48];
            (void)snprintf(joined, sizeof joined, "%.*s%%", (int)(end - from), text + from);
            good = literal_check(joined, strlen(joined), &complaint);
            end = percent + 1;
        } else {
            good = literal_check(text + from, end - from, &complaint);
        }
    }
    if (!good) {
        scanner_complain(scanner, scanner->line, "%s", text_bytes(&complaint));
        scanner_overwrite(scanner, from, end, '0');
    }
    text_free(&complaint);
    scanner->at = end;
    scanner->last = LAST_NUMBER;
    scanner->wants_value = false;
}

static bool remember_name(struct scanner *scanner, const char *name, size_t length) {
    void *names = scanner->names;
    if (!memory_grow(&names, &scanner->name_capacity, scanner->name_count + 1,
                     sizeof *scanner->names, "names", scanner->error)) {
        scanner->hopeless = true;
        return false;
    }
    scanner->names = names;
    scanner->names[scanner->name_count++] =
        (struct written_name){.bytes = name, .length = length, .line = scanner->line};
    return true;
}

static void scan_name(struct scanner *scanner) {
    size_t from = scanner->at;
    size_t end = word_end(scanner, from);
    const char *name = scanner->text + from;
    size_t length = end - from;
    int shown = length > 60 ? 60 : (int)length;
    size_t behind = behind_spaces(scanner, end);
    char next = scanner->text[behind];
    scanner->at = end;
    if (scanner->last == LAST_NUMBER && is_digit(*name)) {
        scanner_complain(scanner, scanner->line,
                         "%.*s follows a number; write a number without spaces", shown, name);
        scanner_overwrite(scanner, from, end, ' ');
        return;
    }
    scanner->last = LAST_NAME;
    if (strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") < length ||
        strchr("0123456789_-", *name) != NULL || length >= NAME_SIZE) {
        scanner_complain(
            scanner, scanner->line,
            "\"%.*s\" is no name: names begin with a letter and have at most %d letters, "
            "digits, _ and -",
            shown, name, NAME_SIZE - 1);
        scanner->hopeless = scanner->hopeless || (next != '=' && next != ':');
        scanner_overwrite(scanner, from, end, '*');
        return;
    }
    if (next != '=' && next != ':' && next != '#' && next != '/') {
        const char *hint = next == '{' ? "{ ... }" : "value";
        scanner_complain(scanner, scanner->line, "a setting is written %.*s = %s;", shown, name,
                         hint);
        scanner->hopeless = true;
        return;
    }
    size_t first = scanner->scopes[scanner->depth].first_name;
    if (scanner->name_count - first >= NAMES_IN_GROUP_MOST) {
        scanner_complain(scanner, scanner->line, "more than %d settings in one group",
                         NAMES_IN_GROUP_MOST);
        scanner->hopeless = true;
        return;
    }
    for (size_t i = first; i < scanner->name_count; i++) {
        const struct written_name *other = &scanner->names[i];
        if (other->length == length && memcmp(other->bytes, name, length) == 0) {
            scanner_complain(scanner, scanner->line,
                             "%.*s is set a second time in this group (first in line %u); keep one",
                             shown, name, other->line);
            scanner->text[from] = '*'; /* another name, that nobody reads */
            return;
        }
    }
    (void)remember_name(scanner, name, length);
}

void scanner_word(struct scanner *scanner) {
    const char *word = scanner->text + scanner->at;
    size_t length = word_end(scanner, scanner->at) - scanner->at;
    bool is_number = strchr("+-.0123456789", *word) != NULL;
    if (!scanner->wants_value && !scanner_in_list(scanner)) {
        scan_name(scanner);
    } else if (is_number) {
        scan_number(scanner);
    } else if (is_boolean(word, length)) {
        scanner->at += length;
        scanner->last = LAST_VALUE;
        scanner->wants_value = false;
    } else {
        scan_bare_text(scanner);
    }
}

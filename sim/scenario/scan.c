#include "scenario/scan.h"

#include "scenario/scanner.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bool scan_is_spoiled(const struct scan *scan, unsigned line) {
    for (size_t i = 0; i < scan->spoiled_count; i++) {
        if (scan->spoiled[i] == line) {
            return true;
        }
    }
    return false;
}

void scan_free(struct scan *scan) {
    free(scan->spoiled);
    *scan = (struct scan){0};
}

static size_t line_end(const struct scanner *scanner, size_t at) {
    return at + strcspn(scanner->text + at, "\n");
}

static void scan_string(struct scanner *scanner) {
    size_t from = scanner->at;
    for (size_t at = from + 1; at < scanner->length; at++) {
        char byte = scanner->text[at];
        if (byte == '\n') {
            break;
        }
        if (byte == '\\') {
            at++;
        } else if (byte == '"') {
            scanner->at = at + 1;
            if (!scanner->wants_value && !scanner_in_list(scanner) && scanner->last != LAST_TEXT) {
                scanner_complain(scanner, scanner->line,
                                 "a text stands alone; a setting is written "
                                 "name = \"text\";");
                scanner_overwrite(scanner, from, at + 1, ' ');
            }
            scanner->last = LAST_TEXT;
            scanner->wants_value = false;
            return;
        }
    }
    scanner_complain(scanner, scanner->line,
                     "the text that begins here has no closing quote on its line");
    scanner->hopeless = true;
}

/* Comments are blanked: libconfig 1.5 refuses one that ends the file without a line end. */
static void scan_comment(struct scanner *scanner) {
    char *from = scanner->text + scanner->at;
    char *end = scanner->text + line_end(scanner, scanner->at);
    if (from[0] == '/' && from[1] == '*') {
        end = strstr(from + 2, "*/");
        if (end == NULL) {
            scanner_complain(scanner, scanner->line,
                             "the comment that begins here with /* has no */");
            scanner->hopeless = true;
            return;
        }
        end += 2;
    }
    for (char *at = from; at < end; at++) {
        scanner->line += *at == '\n';
        *at = *at == '\n' ? '\n' : ' ';
    }
    scanner->at = (size_t)(end - scanner->text);
}

static void scan_opening(struct scanner *scanner, char byte) {
    if (!scanner->wants_value && !scanner_in_list(scanner)) {
        scanner_complain(scanner, scanner->line,
                         "%c stands alone; a group or list is written name = %s;", byte,
                         byte == '{' ? "{ ... }" : "( ... )");
        scanner->hopeless = true;
    } else if (scanner->depth + 1 == SCOPES_MOST) {
        scanner_complain(scanner, scanner->line, "brackets are nested more than %d deep",
                         SCOPES_MOST - 1);
        scanner->hopeless = true;
    } else {
        scanner->scopes[++scanner->depth] = (struct scope){.closing = byte == '{' ? '}' : ')',
                                                           .line = scanner->line,
                                                           .first_name = scanner->name_count};
        if (byte == '[') {
            scanner->text[scanner->at] = '('; /* arrays refuse [1, 0.5]; lists do not */
        }
    }
    scanner->wants_value = false;
    scanner->last = LAST_OPENING;
    scanner->at++;
}

static void scan_closing(struct scanner *scanner, char byte) {
    const struct scope *scope = &scanner->scopes[scanner->depth];
    char closing = byte == ']' ? ')' : byte;
    if (scanner->depth == 0) {
        scanner_complain(scanner, scanner->line, "%c closes nothing", byte);
        scanner->hopeless = true;
        return;
    }
    if (scope->closing != closing) {
        scanner_complain(scanner, scanner->line, "%c does not close the bracket of line %u", byte,
                         scope->line);
        scanner->hopeless = true;
        return;
    }
    if (scanner->last == LAST_SEPARATOR) {
        scanner->text[scanner->separator] = ' ';
    }
    scanner->text[scanner->at++] = closing;
    scanner->name_count = scope->first_name;
    scanner->depth--;
    scanner->last = LAST_VALUE;
}

static void scan_include(struct scanner *scanner) {
    size_t end = line_end(scanner, scanner->at);
    scanner_complain(
        scanner, scanner->line,
        "what @include reads could not be overridden; use extends = [ \"file.cfg\" ]; at the "
        "top of the file");
    scanner_overwrite(scanner, scanner->at, end, ' ');
    scanner->at = end;
}

static bool is_value(enum last_token token) {
    return token == LAST_NUMBER || token == LAST_TEXT || token == LAST_VALUE;
}

static void scan_separator(struct scanner *scanner, char byte) {
    if (!is_value(scanner->last)) {
        scanner_complain(scanner, scanner->line, "there is nothing before %c", byte);
        scanner_overwrite(scanner, scanner->at, scanner->at + 1, ' ');
    } else {
        if (byte == ';' && scanner_in_list(scanner)) {
            scanner_complain(scanner, scanner->line,
                             "the entries of a list are separated by commas, not by ;");
            scanner->text[scanner->at] = ',';
        }
        scanner->last = LAST_SEPARATOR;
        scanner->separator = scanner->at;
    }
    scanner->at++;
}

static void scan_punctuation(struct scanner *scanner, char byte) {
    bool ends = byte == ';' || byte == ',' || byte == '}' || byte == ')' || byte == ']';
    if (scanner->wants_value && ends) {
        scanner_complain(scanner, scanner->line, "there is no value before %c", byte);
        scanner->hopeless = true;
    } else if (byte == '{' || byte == '(' || byte == '[') {
        scan_opening(scanner, byte);
    } else if (byte == '}' || byte == ')' || byte == ']') {
        scan_closing(scanner, byte);
    } else if ((byte == '=' || byte == ':') && scanner->last != LAST_NAME) {
        scanner_complain(scanner, scanner->line, "there is no name before %c", byte);
        scanner->hopeless = true;
    } else if (byte == '=' || byte == ':') {
        scanner->wants_value = true;
        scanner->last = LAST_OPENING;
        scanner->at++;
    } else if (byte == ',' || byte == ';') {
        scan_separator(scanner, byte);
    } else {
        scanner_complain(scanner, scanner->line, "%c is not understood here", byte);
        scanner_overwrite(scanner, scanner->at, scanner->at + 1, ' ');
        scanner->at++;
    }
}

/* What libconfig would call a syntax error, without saying which. */
static void check_order(struct scanner *scanner, char byte) {
    bool begins_value =
        byte == '"' || byte == '{' || byte == '(' || byte == '[' || scanner_is_word(byte);
    if (scanner->last == LAST_NAME && byte != '=' && byte != ':') {
        scanner_complain(scanner, scanner->line, "a setting is written name = value;");
        scanner->hopeless = true;
    } else if (scanner_in_list(scanner) && begins_value && is_value(scanner->last)) {
        scanner_complain(scanner, scanner->line,
                         "a comma is missing between two entries of a list");
        scanner->hopeless = true;
    }
}

static void scan_token(struct scanner *scanner) {
    size_t from = scanner->at;
    char byte = scanner->text[from];
    char next = scanner->text[from + 1];
    if (byte == '\n') {
        scanner->line++;
        scanner->at++;
        return;
    }
    if (scanner_is_space(byte)) {
        scanner->at++;
        return;
    }
    if (byte == '#' || (byte == '/' && (next == '/' || next == '*'))) {
        scan_comment(scanner);
        return;
    }
    check_order(scanner, byte);
    if (scanner->hopeless) {
        return;
    }
    if (byte == '"') {
        scan_string(scanner);
    } else if (byte == '@') {
        scan_include(scanner);
    } else if (scanner_is_word(byte)) {
        scanner_word(scanner);
    } else {
        scan_punctuation(scanner, byte);
    }
}

/* Bytes that no text has; a byte order mark is forgiven. */
static void scan_bytes(struct scanner *scanner) {
    if (scanner->length >= 3 && memcmp(scanner->text, "\xEF\xBB\xBF", 3) == 0) {
        memset(scanner->text, ' ', 3);
    }
    unsigned line = 1;
    for (size_t i = 0; i < scanner->length; i++) {
        unsigned char byte = (unsigned char)scanner->text[i];
        line += byte == '\n';
        if ((byte < 0x20 && strchr("\t\n\r\f", byte) == NULL) || byte == 0 || byte == 0x7F) {
            scanner_complain(scanner, line, "byte 0x%02x is no text; this is not a scenario file",
                             byte);
            scanner->hopeless = true;
            return;
        }
    }
}

bool scan_text(char *text, size_t length, const struct source *source, struct scan *scan,
               struct error *error) {
    struct scanner scanner = {
        .text = text, .length = length, .line = 1, .source = source, .scan = scan, .error = error};
    text[length] = '\0'; /* every look ahead ends there */
    scan_bytes(&scanner);
    while (!scanner.hopeless && scanner.at < length) {
        scan_token(&scanner);
    }
    if (!scanner.hopeless && scanner.depth > 0) {
        char closing = scanner.scopes[scanner.depth].closing;
        scanner_complain(&scanner, scanner.scopes[scanner.depth].line,
                         "the bracket that opens here is never closed; a %s is missing",
                         closing == '}' ? "}" : ") or ]");
        scanner.hopeless = true;
    }
    if (!scanner.hopeless && (scanner.wants_value || scanner.last == LAST_NAME)) {
        scanner_complain(&scanner, scanner.line, "the last setting has no value");
        scanner.hopeless = true;
    }
    free(scanner.names);
    return !scanner.hopeless;
}

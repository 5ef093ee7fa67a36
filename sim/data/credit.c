#include "data/credit.h"

#include "data/number.h"
#include "data/record.h"

#include <string.h>

/* Cuts blanks off both ends of a text. */
static char *trimmed(char *text) {
    const char *from = text;
    size_t length = strlen(text);
    record_trim(&from, &length);
    text += from - text;
    text[length] = '\0';
    return text;
}

/* One person and her part; a comma in the part is a decimal sign. */
static bool read_party(char *party, struct credit *credit, struct text *complaint) {
    char *mark = strrchr(party, ':');
    mark = mark == NULL ? strrchr(party, '=') : mark;
    if (mark == NULL) {
        text_add(complaint, "is no split (write anna:60;ben:40)");
        return false;
    }
    *mark = '\0';
    const char *part = trimmed(mark + 1);
    struct number_style style = {.decimal = strchr(part, ',') != NULL ? ',' : '.'};
    credit->person = trimmed(party);
    struct text ignored = {0};
    bool good = *credit->person != '\0' && *part != '\0' &&
                number_read(part, NUMBER_PLAIN, &style, &credit->share, &ignored);
    text_free(&ignored);
    if (!good) {
        text_add(complaint, "is no split (write anna:60;ben:40)");
    } else if (style.rounded) {
        text_add(complaint, "has parts with more than four decimals of a percent");
    } else if (credit->share <= 0) {
        text_add(complaint, "has a part that is not above 0");
    } else if (credit->share > INT64_C(100) * MILLIONTHS) {
        text_add(complaint, "has a part above 100 %%");
    } else {
        return true;
    }
    return false;
}

/* Turns parts that sum to 100 into shares that sum to 1. */
static bool settle(struct credit credits[], size_t count, struct text *complaint) {
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += credits[i].share;
        for (size_t before = 0; before < i; before++) {
            if (strcmp(credits[i].person, credits[before].person) == 0) {
                text_add(complaint, "names somebody twice");
                return false;
            }
        }
    }
    if (sum == MILLIONTHS) {
        return true;
    }
    if (sum != INT64_C(100) * MILLIONTHS) {
        char number[32];
        text_add(complaint, "sums to %s, not to 100 (percent) or 1 (shares)",
                 text_number(number, (double)sum / MILLIONTHS, true));
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (credits[i].share % 100 != 0) {
            text_add(complaint, "has parts with more than four decimals of a percent");
            return false;
        }
        credits[i].share /= 100;
    }
    return true;
}

bool credits_read(char *text, struct credit credits[CREDITS_MOST], size_t *count,
                  struct text *complaint) {
    char between = strchr(text, ';') != NULL   ? ';'
                   : strchr(text, '|') != NULL ? '|'
                   : strchr(text, '/') != NULL ? '/'
                                               : ',';
    *count = 0;
    for (char *party = text; party != NULL;) {
        char *next = strchr(party, between);
        if (next != NULL) {
            *next++ = '\0';
        }
        if (next == NULL && *count > 0 && *trimmed(party) == '\0') {
            break; /* a mark behind the last */
        }
        if (*count == CREDITS_MOST) {
            text_add(complaint, "is for more than %d people", CREDITS_MOST);
            return false;
        }
        if (!read_party(party, &credits[*count], complaint)) {
            return false;
        }
        *count += 1;
        party = next;
    }
    return settle(credits, *count, complaint);
}

#include "cli/terminal.h"

#include "cli/interrupt.h"
#include "cli/output.h"
#include "report/plots_terminal.h"
#include "report/sparkline.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const DRAWINGS[] = {[TERMINAL_NONE] = "none",
                                       [TERMINAL_AUTO] = "auto",
                                       [TERMINAL_DUMB] = "dumb",
                                       [TERMINAL_SIXEL] = "sixel"};

bool terminal_read(const char *value, enum terminal_drawing *drawing, struct error *error) {
    for (size_t d = 0; d < sizeof DRAWINGS / sizeof DRAWINGS[0]; d++) {
        if (strcmp(value, DRAWINGS[d]) == 0) {
            *drawing = (enum terminal_drawing)d;
            return true;
        }
    }
    return error_add(error, ERROR_QUESTION,
                     "--terminal %s: write dumb (characters), auto (characters when it is a "
                     "terminal), sixel or none",
                     value);
}

/* As the C library decides which locale holds for characters. */
static bool is_unicode(void) {
    static const char *const NAMES[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t n = 0; n < sizeof NAMES / sizeof NAMES[0]; n++) {
        const char *value = getenv(NAMES[n]);
        if (value != NULL && *value != '\0') {
            return strcasestr(value, "utf-8") != NULL || strcasestr(value, "utf8") != NULL;
        }
    }
    return false;
}

void terminal_print(FILE *stream, const char *text) {
    struct text plain = {0};
    if (is_unicode()) {
        (void)fputs(text, stream);
        return;
    }
    sparkline_plain(&plain, text);
    (void)fputs(plain.failed ? text : text_bytes(&plain), stream);
    text_free(&plain);
}

/* Whether a terminal answers to sixel cannot be known without asking it, so auto never means that.
 */
static enum terminal_drawing decide(enum terminal_drawing drawing) {
    const char *kind = getenv("TERM");
    if (drawing != TERMINAL_AUTO) {
        return drawing;
    }
    bool able = isatty(STDOUT_FILENO) == 1 && kind != NULL && strcmp(kind, "dumb") != 0;
    return able ? TERMINAL_DUMB : TERMINAL_NONE;
}

bool terminal_draw(enum terminal_drawing drawing, const struct folder *folder,
                   const struct results *results, struct talk *talk, struct error *error) {
    struct text drawn = {0};
    struct text said = {0};
    struct output output;
    drawing = decide(drawing);
    if (drawing == TERMINAL_NONE || *interrupt_flag()) {
        return true;
    }
    bool good = plots_show(folder, results, drawing == TERMINAL_SIXEL, &drawn, &said, error) &&
                output_open(&output, error);
    if (good) {
        terminal_print(output.stream, text_bytes(&drawn));
        good = output_print(&output, true, error);
    }
    if (said.length > 0) {
        talk_say(talk, "%.*s", (int)said.length - 1, said.bytes);
    }
    text_free(&drawn);
    text_free(&said);
    return good;
}

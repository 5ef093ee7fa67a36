/* Pictures that are drawn go into the page. */
#include "report/page.h"

#include "base/text.h"

#include <string.h>

static const char FIGURE[] = "<figure id=\"picture-";

/* A whole file; false with a sentence when it cannot be read. */
static bool read_all(const struct folder *folder, const char *name, struct text *text,
                     struct error *error) {
    char chunk[4096];
    size_t got = 0;
    FILE *file = folder_read(folder, name, error);
    if (file == NULL) {
        return false;
    }
    while ((got = fread(chunk, 1, sizeof chunk - 1, file)) > 0) {
        chunk[got] = '\0';
        text_add(text, "%s", chunk);
    }
    bool fine = ferror(file) == 0 && !text->failed;
    (void)fclose(file);
    return fine || error_add(error, ERROR_FAILURE, "%s/%s could not be read", folder->path, name);
}

/* gnuplot gives every series a title that repeats the name of its part, `<g id="a_1" ><title>a_1`,
 * which browsers show as a tooltip: its length with both tags, or 0 at anything else. A title of
 * other words is one that somebody wants to be read. */
static size_t inner_title(const char *line, size_t at) {
    static const char OPEN[] = "<title>";
    static const char CLOSE[] = "</title>";
    if (strncmp(line + at, OPEN, sizeof OPEN - 1) != 0) {
        return 0;
    }
    const char *words = line + at + sizeof OPEN - 1;
    size_t length = strcspn(words, "<\n");
    size_t from = at;
    while (from > 0 && line[from - 1] != '<') {
        from--;
    }
    const char *name = strstr(line + from, "id=\"");
    bool repeats = name != NULL && name < line + at &&
                   strncmp(name + strlen("id=\""), words, length) == 0 &&
                   name[strlen("id=\"") + length] == '"' &&
                   strncmp(words + length, CLOSE, sizeof CLOSE - 1) == 0;
    return repeats ? sizeof OPEN - 1 + length + sizeof CLOSE - 1 : 0;
}

/* Names of parts (id) and references to them are of the whole page, so they get the picture's name
 * in front. */
static void write_line(FILE *stream, const char *line, size_t length, const char *picture) {
    static const char *const MARKS[] = {" id='", " id=\"", "href='#", "href=\"#", "url(#"};
    size_t at = 0;
    while (at < length) {
        size_t mark = 0;
        size_t title = inner_title(line, at);
        if (title > 0) {
            at += title;
            continue;
        }
        size_t count = sizeof MARKS / sizeof MARKS[0];
        while (mark < count && strncmp(line + at, MARKS[mark], strlen(MARKS[mark])) != 0) {
            mark++;
        }
        if (mark < count) {
            (void)fprintf(stream, "%s%s-", MARKS[mark], picture);
            at += strlen(MARKS[mark]);
        } else {
            (void)fputc(line[at++], stream);
        }
    }
}

/* Without what only a file of its own needs: prolog, title and description (its name here is the
 * caption), and without gnuplot's names of the series. */
static void write_svg(FILE *stream, const char *svg, const char *picture) {
    static const char *const DROPPED[] = {"<title>", "<desc>"};
    const char *at = svg + strlen("<svg");
    (void)fprintf(stream, "<svg role=\"img\" aria-labelledby=\"reading-%s\"", picture);
    while (*at != '\0') {
        size_t length = strcspn(at, "\n");
        length += at[length] == '\n';
        bool dropped = length <= 1;
        for (size_t d = 0; d < sizeof DROPPED / sizeof DROPPED[0]; d++) {
            dropped = dropped || strncmp(at, DROPPED[d], strlen(DROPPED[d])) == 0;
        }
        if (!dropped) {
            write_line(stream, at, length, picture);
        }
        at += length;
    }
}

/* The figure up to its caption, hidden without a picture or with one that has a script of its own.
 */
static bool write_picture(const struct folder *folder, FILE *stream, const char *picture,
                          struct error *error) {
    char name[80];
    struct text svg = {0};
    (void)snprintf(name, sizeof name, "%s.svg", picture);
    if (folder_has(folder, name) && !read_all(folder, name, &svg, error)) {
        text_free(&svg);
        return false;
    }
    const char *begin = strstr(text_bytes(&svg), "<svg");
    bool drawn = begin != NULL && strstr(begin, "<script") == NULL;
    (void)fprintf(stream, "%s%s\"%s>\n", FIGURE, picture, drawn ? "" : " hidden");
    if (drawn) {
        (void)fprintf(stream,
                      "<div class=\"canvas\" tabindex=\"0\" role=\"group\" "
                      "aria-labelledby=\"reading-%s\">\n",
                      picture);
        write_svg(stream, begin, picture);
        (void)fputs("</div>\n", stream);
    }
    text_free(&svg);
    return true;
}

/* What is shown only with a picture: the section and the way to it. */
static void write_switch(FILE *stream, const char *line, size_t length, bool any) {
    static const char *const SWITCHES[] = {"<section id=\"pictures\"", "<li id=\"to-pictures\""};
    for (size_t s = 0; s < sizeof SWITCHES / sizeof SWITCHES[0]; s++) {
        size_t head = strlen(SWITCHES[s]);
        if (strncmp(line, SWITCHES[s], head) == 0) {
            const char *end = memchr(line, '>', length);
            size_t tag = end == NULL ? length : (size_t)(end - line);
            (void)fprintf(stream, "%s%s%.*s", SWITCHES[s], any ? "" : " hidden",
                          (int)(length - tag), line + tag);
            return;
        }
    }
    (void)fwrite(line, 1, length, stream);
}

static bool any_drawn(const struct folder *folder, const char *page) {
    for (const char *at = strstr(page, FIGURE); at != NULL; at = strstr(at + 1, FIGURE)) {
        char name[80];
        const char *picture = at + sizeof FIGURE - 1;
        (void)snprintf(name, sizeof name, "%.*s.svg", (int)strcspn(picture, "\""), picture);
        if (folder_has(folder, name)) {
            return true;
        }
    }
    return false;
}

static bool write_page(const struct folder *folder, const char *page, FILE *stream,
                       struct error *error) {
    bool any = any_drawn(folder, page);
    for (const char *at = page; *at != '\0';) {
        size_t length = strcspn(at, "\n");
        length += at[length] == '\n';
        if (strncmp(at, FIGURE, sizeof FIGURE - 1) != 0) {
            write_switch(stream, at, length, any);
            at += length;
            continue;
        }
        char picture[64];
        const char *name = at + sizeof FIGURE - 1;
        const char *caption = strstr(at, "<figcaption");
        (void)snprintf(picture, sizeof picture, "%.*s", (int)strcspn(name, "\""), name);
        if (!write_picture(folder, stream, picture, error)) {
            return false;
        }
        at = caption == NULL ? at + length : caption;
    }
    return true;
}

bool page_embed(const struct folder *folder, struct error *error) {
    struct text page = {0};
    struct folder_file file = {0};
    if (!folder_has(folder, "report.html")) {
        return true;
    }
    bool good = read_all(folder, "report.html", &page, error) &&
                folder_begin(folder, "report.html", &file, error);
    if (good && !write_page(folder, text_bytes(&page), file.stream, error)) {
        folder_discard(&file);
        good = false;
    }
    good = good && folder_commit(&file, error);
    text_free(&page);
    return good;
}

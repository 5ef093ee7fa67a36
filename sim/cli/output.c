#include "cli/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool output_open(struct output *output, struct error *error) {
    *output = (struct output){0};
    output->stream = open_memstream(&output->bytes, &output->length);
    return output->stream != NULL ||
           error_add(error, ERROR_FAILURE, "not enough memory for the results to print");
}

static bool cannot_print(struct error *error) {
    return error_add(error, ERROR_FAILURE, "the results cannot be printed: %s", strerror(errno));
}

/* One write(2) for everything: appending writes of several processes then keep their order. */
static bool print(const char *bytes, size_t length, struct error *error) {
    while (length > 0) {
        ssize_t written = write(STDOUT_FILENO, bytes, length);
        if (written < 0 && errno != EINTR) {
            return cannot_print(error);
        }
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
        }
    }
    return true;
}

bool output_print(struct output *output, bool good, struct error *error) {
    bool complete = ferror(output->stream) == 0;
    complete = fclose(output->stream) == 0 && complete;
    if (good && !complete) {
        good = error_add(error, ERROR_FAILURE, "not enough memory for the results to print");
    }
    good = good && output_flush(error) && print(output->bytes, output->length, error);
    free(output->bytes);
    *output = (struct output){0};
    return good;
}

bool output_text(const struct text *text, struct error *error) {
    if (text->failed) {
        return error_add(error, ERROR_FAILURE, "not enough memory for the results to print");
    }
    return output_flush(error) && print(text_bytes(text), text->length, error);
}

bool output_flush(struct error *error) {
    if (fflush(stdout) != 0) {
        clearerr(stdout);
        return cannot_print(error);
    }
    return true;
}

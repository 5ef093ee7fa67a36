#include "cli/saving_finished.h"

#include "base/memory.h"
#include "cli/version.h"

#include <stdlib.h>
#include <string.h>

static void read_file(struct text *content, const struct folder *folder, const char *name) {
    struct error none = {0};
    char line[4096];
    FILE *file = folder_read(folder, name, &none);
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        text_add(content, "%s", line);
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    error_free(&none);
}

/* Was it ended by this --precision within the most histories that are asked for now? Where it was
 * not reached, these must be the same. */
static bool stopped_so(const struct saving *saving, const struct folder *folder, long needed) {
    struct text log = {0};
    struct text line = {0};
    long most = saving->scenarios[0]->parameters.simulation.replications;
    read_file(&log, folder, "run.log");
    text_add(&line, "\n%s%s\n", WRITING_STOPS, saving->state.stops);
    bool reached = strstr(text_bytes(&log), WRITING_NOT_REACHED "\n") == NULL;
    bool so = strstr(text_bytes(&log), text_bytes(&line)) != NULL &&
              (reached ? needed <= most : needed == most);
    text_free(&log);
    text_free(&line);
    return so;
}

/* The scenario as the manifest of the finished run has it, to be freed; NULL: not this run. */
static char *finished_scenario(const struct saving *saving, const struct folder *folder,
                               const char *manifest) {
    static const char begin[] = "\n  replications = ";
    const char *at = strstr(manifest, begin);
    long needed = at == NULL ? 0 : strtol(at + strlen(begin), NULL, 10);
    struct error none = {0};
    char *text = NULL;
    struct scenario *own = memory_array(1, sizeof *own, "scenario", &none);
    if (own != NULL && needed > 0 && stopped_so(saving, folder, needed)) {
        *own = *saving->scenarios[0]; /* it only borrows what that points to */
        own->parameters.simulation.replications = needed;
        text = saving_scenario(own, &none);
    }
    free(own);
    error_free(&none);
    return text;
}

bool saving_is_finished(const struct saving *saving, const struct folder *folder) {
    struct text manifest = {0};
    struct text commit = {0};
    bool finished = false;
    read_file(&manifest, folder, "manifest.cfg");
    text_add(&commit, "\n  commit = \"%s\";\n", version_commit());
    char *scenario = saving->asked.precision == NULL
                         ? strdup(saving->state.plans[0].scenario)
                         : finished_scenario(saving, folder, text_bytes(&manifest));
    if (saving->asked.shards == 0 && scenario != NULL) {
        const char *origin = strstr(text_bytes(&manifest), scenario);
        finished = origin != NULL && strstr(origin, text_bytes(&commit)) != NULL;
    }
    free(scenario);
    text_free(&commit);
    text_free(&manifest);
    return finished;
}

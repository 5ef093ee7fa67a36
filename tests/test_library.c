#include "base/roff.h"
#include "scenario/library.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* Both names lead to one file. */
static bool are_same(const char *one, const char *other) {
    struct stat first;
    struct stat second;
    return stat(one, &first) == 0 && stat(other, &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

/* The tests run in the checkout that they were built in. */
static void files_are_found_by_the_names_that_scenarios_use(void) {
    static const char *const NAMES[][2] = {
        {"scenarios/hybrid.cfg", "scenarios/hybrid.cfg"},
        {"hybrid.cfg", "scenarios/hybrid.cfg"},
        {"../configs/firm.cfg", "configs/firm.cfg"},
        {"configs/firm.cfg", "configs/firm.cfg"},
        {"evidence/leaving.cfg", "scenarios/evidence/leaving.cfg"},
    };
    char folder[LAYERS_PATH_SIZE];
    char path[LAYERS_PATH_SIZE];
    CU_ASSERT_FATAL(library_folder(folder));
    for (size_t n = 0; n < sizeof NAMES / sizeof *NAMES; n++) {
        char wanted[LAYERS_PATH_SIZE + 64];
        (void)snprintf(wanted, sizeof wanted, "%s/%s", folder, NAMES[n][1]);
        CU_ASSERT_TRUE(library_find(NAMES[n][0], path));
        CU_ASSERT_TRUE(are_same(path, wanted));
        CU_ASSERT_PTR_NULL(strstr(path, "/../"));
    }
}

static void places_folders_and_strangers_are_not_found(void) {
    static const char *const NAMES[] = {"./scenarios/hybrid.cfg", "/configs/firm.cfg", "scenarios",
                                        "scenarios/hybird.cfg", ""};
    char path[LAYERS_PATH_SIZE];
    for (size_t n = 0; n < sizeof NAMES / sizeof *NAMES; n++) {
        CU_ASSERT_FALSE(library_find(NAMES[n], path));
    }
}

static bool becomes(const char *plain, const char *wanted) {
    struct text text = {0};
    roff_add(&text, plain, strlen(plain));
    bool good = strcmp(text_bytes(&text), wanted) == 0;
    text_free(&text);
    return good;
}

/* groff(7) and groff_char(7): what has a meaning of its own, or is shown as another sign. */
static void what_roff_would_take_for_its_own_is_escaped(void) {
    CU_ASSERT_TRUE(becomes("--set a=b", "\\-\\-set a=b"));
    CU_ASSERT_TRUE(becomes(".so file\n.x 1.5", "\\&.so file\n\\&.x 1.5"));
    CU_ASSERT_TRUE(becomes("'x' \"y\"", "\\(aqx\\(aq \\(dqy\\(dq"));
    CU_ASSERT_TRUE(becomes("a\\nb ~ ^ `", "a\\enb \\(ti \\(ha \\(ga"));
}

static const struct test TESTS[] = {
    {"files that come with the program are found by the names that scenarios use",
     files_are_found_by_the_names_that_scenarios_use},
    {"places, folders and strangers are not found among them",
     places_folders_and_strangers_are_not_found},
    {"what roff would take for its own is escaped", what_roff_would_take_for_its_own_is_escaped},
};

const struct suite suite_library = {"library", TESTS, sizeof TESTS / sizeof TESTS[0]};

#include "report/folder.h"
#include "report_fixture.h"
#include "test.h"

#include <CUnit/CUnit.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

static void write_file(const struct folder *folder, const char *name, const char *content,
                       bool commit) {
    struct folder_file file;
    struct error error = {0};
    CU_ASSERT_TRUE_FATAL(folder_begin(folder, name, &file, &error));
    (void)fputs(content, file.stream);
    if (commit) {
        CU_ASSERT_TRUE(folder_commit(&file, &error));
    } else {
        folder_discard(&file);
    }
}

static void files_appear_when_committed(void) {
    char path[64];
    struct folder folder;
    struct folder_file file;
    struct error error = {0};
    fixture_folder(path);
    CU_ASSERT_TRUE_FATAL(folder_create(&folder, path, false, &error)); /* it is empty */
    CU_ASSERT_TRUE_FATAL(folder_begin(&folder, "annual.csv", &file, &error));
    (void)fputs("content\n", file.stream);
    CU_ASSERT_FALSE(fixture_exists(path, "annual.csv"));
    CU_ASSERT_TRUE(folder_commit(&file, &error));
    CU_ASSERT_FALSE(fixture_exists(path, "annual.csv.tmp"));
    char *content = fixture_read(path, "annual.csv");
    CU_ASSERT_STRING_EQUAL(content, "content\n");
    free(content);
    write_file(&folder, "monthly.csv", "content\n", false);
    CU_ASSERT_FALSE(fixture_exists(path, "monthly.csv"));
    CU_ASSERT_FALSE(fixture_exists(path, "monthly.csv.tmp"));
    folder_close(&folder);
    fixture_clear(path);
}

static void only_force_replaces_and_only_our_files(void) {
    char path[64];
    char notes[128];
    struct folder folder;
    struct error error = {0};
    fixture_folder(path);
    CU_ASSERT_TRUE_FATAL(folder_create(&folder, path, false, &error));
    write_file(&folder, "annual.csv", "old\n", true);
    write_file(&folder, "monthly-12.csv", "old\n", true);
    write_file(&folder, "turnover.png", "old\n", true);
    folder_close(&folder);
    (void)snprintf(notes, sizeof notes, "%s/revenue-notes.gp", path);
    FILE *file = fopen(notes, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    (void)fclose(file);
    CU_ASSERT_FALSE(folder_create(&folder, path, false, &error));
    CU_ASSERT_EQUAL(error.kind, ERROR_FAILURE);
    CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&error), "--force"));
    error_free(&error);
    CU_ASSERT_TRUE(fixture_exists(path, "annual.csv"));
    CU_ASSERT_TRUE_FATAL(folder_create(&folder, path, true, &error));
    CU_ASSERT_FALSE(fixture_exists(path, "annual.csv"));
    CU_ASSERT_FALSE(fixture_exists(path, "monthly-12.csv"));
    CU_ASSERT_FALSE(fixture_exists(path, "turnover.png"));
    CU_ASSERT_TRUE(fixture_exists(path, "revenue-notes.gp"));
    folder_close(&folder);
    fixture_clear(path);
}

static void impossible_folders_are_sentences(void) {
    struct folder folder;
    struct error error = {0};
    CU_ASSERT_FALSE(folder_create(&folder, "/dev/null/below", false, &error));
    CU_ASSERT_EQUAL(error.kind, ERROR_FAILURE);
    CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&error), "/dev/null"));
    error_free(&error);
    CU_ASSERT_FALSE(folder_create(&folder, "", false, &error));
    CU_ASSERT_EQUAL(error.kind, ERROR_QUESTION);
    error_free(&error);
    CU_ASSERT_FALSE(folder_open(&folder, "/no such folder", &error));
    CU_ASSERT_PTR_NOT_NULL(strstr(error_text(&error), "/no such folder"));
    error_free(&error);
}

/* In a process of its own: 0 when everything is as it should be. */
static int full_disk(const char *path) {
    struct rlimit limit = {20000, 20000};
    struct folder folder;
    struct folder_file file;
    struct error error = {0};
    (void)signal(SIGXFSZ, SIG_IGN);
    if (!folder_open(&folder, path, &error) || setrlimit(RLIMIT_FSIZE, &limit) != 0 ||
        !folder_begin(&folder, "annual.csv", &file, &error)) {
        return 1;
    }
    for (int i = 0; i < 20000; i++) {
        (void)fputs("a line of the table\n", file.stream);
    }
    bool refused = !folder_commit(&file, &error) && error.kind == ERROR_FAILURE &&
                   strstr(error_text(&error), "annual.csv") != NULL;
    bool clean = !folder_has(&folder, "annual.csv.tmp");
    error_free(&error);
    folder_close(&folder);
    return refused && clean ? 0 : 2;
}

static void full_disks_leave_the_old_file(void) {
    char path[64];
    struct folder folder;
    struct error error = {0};
    fixture_folder(path);
    CU_ASSERT_TRUE_FATAL(folder_open(&folder, path, &error));
    write_file(&folder, "annual.csv", "old\n", true);
    folder_close(&folder);
    pid_t child = fork();
    if (child == 0) {
        _exit(full_disk(path));
    }
    int status = -1;
    CU_ASSERT_EQUAL(waitpid(child, &status, 0), child);
    CU_ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    char *content = fixture_read(path, "annual.csv");
    CU_ASSERT_STRING_EQUAL(content, "old\n");
    free(content);
    fixture_clear(path);
}

static const struct test TESTS[] = {
    {"files appear under their name only when they are whole", files_appear_when_committed},
    {"an existing folder is replaced only by force, and only our files",
     only_force_replaces_and_only_our_files},
    {"impossible folders give a sentence", impossible_folders_are_sentences},
    {"a full disk leaves the old file and no half one", full_disks_leave_the_old_file},
};

const struct suite suite_report_folder = {"report_folder", TESTS, sizeof TESTS / sizeof TESTS[0]};

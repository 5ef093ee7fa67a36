#include "report/store.h"

#include "base/binary.h"
#include "report/store_parts.h"
#include "report/store_schema.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How long a process waits for others; each holds the store for milliseconds. */
enum { PATIENCE_MILLISECONDS = 120000, PAUSE_MILLISECONDS = 20 };

bool store_complain(const struct store *store, const char *doing, struct error *error) {
    return error_add(error, ERROR_FAILURE, "%s: the store cannot be %s: %s", store->path, doing,
                     sqlite3_errmsg(store->database));
}

bool store_execute(struct store *store, const char *words, const char *doing, struct error *error) {
    return sqlite3_exec(store->database, words, NULL, NULL, NULL) == SQLITE_OK ||
           store_complain(store, doing, error);
}

/* One whole number. */
static int ask(struct store *store, const char *words, long long *number) {
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(store->database, words, -1, &statement, NULL);
    if (code == SQLITE_OK) {
        code = sqlite3_step(statement);
        *number = sqlite3_column_int64(statement, 0);
    }
    (void)sqlite3_finalize(statement);
    return code == SQLITE_ROW ? SQLITE_OK : code;
}

/* The switch to the write-ahead log needs the file for itself and, where two try it at once, does
 * not wait as everything else does. */
static bool begin_log(struct store *store, struct error *error) {
    int code = SQLITE_BUSY;
    for (int waited = 0; waited < PATIENCE_MILLISECONDS; waited += PAUSE_MILLISECONDS) {
        code = sqlite3_exec(store->database, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
        if ((code & 0xFF) != SQLITE_BUSY && (code & 0xFF) != SQLITE_LOCKED) {
            break;
        }
        (void)sqlite3_sleep(PAUSE_MILLISECONDS);
    }
    return code == SQLITE_OK || store_complain(store, "opened", error);
}

/* What tells a store from another database; one transaction sees all three of the same moment. */
struct marks {
    long long application;
    long long version;
    long long tables;
};

static int read_marks(struct store *store, struct marks *marks) {
    *marks = (struct marks){0};
    int code = ask(store, "PRAGMA application_id", &marks->application);
    code = code == SQLITE_OK ? ask(store, "PRAGMA user_version", &marks->version) : code;
    return code == SQLITE_OK ? ask(store, "SELECT count(*) FROM sqlite_master", &marks->tables)
                             : code;
}

/* Is it a store of this version (or an empty file, that becomes one)? To be called within a
 * transaction: otherwise another process may make the store between two of the questions. */
static bool check(struct store *store, bool *empty, struct error *error) {
    struct marks marks;
    int code = read_marks(store, &marks);
    if (code == SQLITE_NOTADB || (code == SQLITE_OK && marks.application != STORE_APPLICATION &&
                                  (marks.tables > 0 || marks.application != 0))) {
        return error_add(error, ERROR_QUESTION,
                         "%s: is not a store of anreiz; name one, or a file that does not exist "
                         "yet",
                         store->path);
    }
    if (code != SQLITE_OK) {
        return store_complain(store, "read", error);
    }
    *empty = marks.tables == 0;
    if (!*empty && marks.version != STORE_VERSION) {
        return error_add(error, ERROR_QUESTION,
                         "%s: is a store of version %lld, this program knows version %d: use the "
                         "anreiz that made it, or another file",
                         store->path, marks.version, STORE_VERSION);
    }
    return true;
}

/* The first look, before anything is written to a file that may not be ours. */
static bool look(struct store *store, bool *empty, struct error *error) {
    bool good = store_execute(store, "BEGIN", "read", error) && check(store, empty, error);
    (void)sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);
    return good;
}

static bool make_schema(struct store *store, struct error *error) {
    bool empty = false;
    char mark[96];
    (void)snprintf(mark, sizeof mark, "PRAGMA application_id = %d; PRAGMA user_version = %d",
                   STORE_APPLICATION, STORE_VERSION);
    if (!store_execute(store, "BEGIN IMMEDIATE", "written", error)) {
        return false;
    }
    if (check(store, &empty, error) && /* another process may have been faster */
        (!empty || (store_execute(store, STORE_SCHEMA, "written", error) &&
                    store_execute(store, mark, "written", error))) &&
        store_execute(store, "COMMIT", "written", error)) {
        return true;
    }
    (void)sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);
    return false;
}

static bool begin(struct store *store, const char *path, int flags, struct error *error) {
    sqlite3 *database = NULL;
    *store = (struct store){.path = strdup(path)};
    if (store->path == NULL) {
        return error_add(error, ERROR_FAILURE, "not enough memory for the store");
    }
    int code = sqlite3_open_v2(path, &database, flags, NULL);
    store->database = database;
    if (code != SQLITE_OK) {
        return store_complain(store, "opened", error);
    }
    (void)sqlite3_busy_timeout(database, PATIENCE_MILLISECONDS);
    return true;
}

bool store_open(struct store *store, const char *path, struct error *error) {
    bool empty = false;
    if (!begin(store, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error)) {
        return false;
    }
    if (sqlite3_db_readonly(store->database, "main") == 1) {
        return error_add(error, ERROR_FAILURE,
                         "%s: the store may not be written: change its permissions or name another "
                         "file",
                         path);
    }
    return look(store, &empty, error) && begin_log(store, error) &&
           (!empty || make_schema(store, error)) &&
           store_execute(store, "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL", "opened",
                         error);
}

bool store_open_reading(struct store *store, const char *path, struct error *error) {
    bool empty = false;
    if (access(path, F_OK) != 0) {
        return error_add(error, ERROR_QUESTION,
                         "%s: there is no such store; anreiz run and anreiz sweep make one with "
                         "--store",
                         path);
    }
    if (!begin(store, path, SQLITE_OPEN_READWRITE, error) || !look(store, &empty, error)) {
        if (access(path, W_OK) != 0 && error->kind != ERROR_QUESTION) {
            (void)error_add(error, ERROR_FAILURE,
                            "%s: it may not be written, and SQLite keeps a file beside it also "
                            "while it is read: copy the store to a folder of your own",
                            path);
        }
        return false;
    }
    if (empty) {
        return error_add(error, ERROR_QUESTION,
                         "%s: the store is empty; anreiz run and anreiz sweep put runs into it "
                         "with --store",
                         path);
    }
    return store_execute(store, "PRAGMA query_only = ON", "opened", error);
}

void store_close(struct store *store) {
    (void)sqlite3_close(store->database);
    free(store->path);
    *store = (struct store){0};
}

struct store_key store_key_of(const char *identity) {
    struct store_key key = {.identity = identity};
    struct checksum checksum = {0};
    checksum_add(&checksum, identity, strlen(identity));
    (void)snprintf(key.hash, sizeof key.hash, "%016" PRIx64, checksum_read(&checksum));
    return key;
}

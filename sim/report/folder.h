/* A run folder: where the results of one command go, never with half a file under a final name.
 * Ownership: the caller owns a struct folder and calls folder_close; a struct folder_file is
 * ended by folder_commit or folder_discard, whichever comes first. */
#ifndef REPORT_FOLDER_H
#define REPORT_FOLDER_H

#include "base/binary.h"
#include "base/error.h"
#include "report/language.h"

#include <stdbool.h>
#include <stdio.h>

struct folder {
    char *path;             /* as the user named it, for messages */
    int directory;          /* open while path is not NULL */
    enum language language; /* of the pictures and the report in it; English unless set */
};

/* A file that is being written as NAME.tmp. */
struct folder_file {
    FILE *stream; /* NULL: not open */
    const struct folder *folder;
    char name[64];
};

/* The folders below that a comparison made, one name a line. */
#define FOLDER_LIST "folders.txt"

/* The pictures a folder may hold: NAME.gp, NAME.dat, NAME.png, NAME.svg, NAME.pdf. */
extern const char *const FOLDER_PICTURES[];
extern const size_t FOLDER_PICTURE_COUNT;

/* Makes the folder and those above it, and takes it. One that exists is an error (ERROR_FAILURE)
 * unless it is empty or `force`; with `force` the files that this program writes (and no others)
 * are removed from it first, those in the folders that it lists in FOLDER_LIST too, so that two
 * runs are never mixed. */
bool folder_create(struct folder *folder, const char *path, bool force, struct error *error)
    __attribute__((warn_unused_result));

/* Opens a folder that is there. */
bool folder_open(struct folder *folder, const char *path, struct error *error)
    __attribute__((warn_unused_result));

/* Takes an open folder for writing until it is closed: one that another process has taken is an
 * error (ERROR_FAILURE). Where the file system knows no locks nothing is checked. */
bool folder_take(const struct folder *folder, struct error *error)
    __attribute__((warn_unused_result));

/* Is there a file of that name? */
bool folder_has(const struct folder *folder, const char *name);

void folder_close(struct folder *folder);

/* Starts a file. Its name must be one that a run folder may hold (the list stands in folder.c),
 * which is asserted. */
bool folder_begin(const struct folder *folder, const char *name, struct folder_file *file,
                  struct error *error) __attribute__((warn_unused_result));

/* Takes up a file that an earlier process left as NAME.tmp or as NAME: what is written goes behind
 * its first `length` bytes, the rest of it is cut off. A file that is shorter, or whose first bytes
 * do not have the checksum `sum`, is an error. */
bool folder_continue(const struct folder *folder, const char *name, uint64_t length, uint64_t sum,
                     struct folder_file *file, struct error *error)
    __attribute__((warn_unused_result));

/* Brings what was written so far to the disk, and adds what came since the last call to the
 * checksum. */
bool folder_save(struct folder_file *file, struct checksum *checksum, struct error *error)
    __attribute__((warn_unused_result));

/* Closes a file that is being written and leaves NAME.tmp for folder_continue. */
void folder_leave(struct folder_file *file);

/* Opens a file to be read; NULL and a sentence when that cannot be. */
FILE *folder_read(const struct folder *folder, const char *name, struct error *error);

/* Removes a file, when it is there. */
bool folder_remove(const struct folder *folder, const char *name, struct error *error)
    __attribute__((warn_unused_result));

/* Flushes, checks and renames NAME.tmp to NAME. When anything failed since folder_begin (a full
 * disk, say), NAME.tmp is removed, NAME stays as it was and false is returned. */
bool folder_commit(struct folder_file *file, struct error *error)
    __attribute__((warn_unused_result));

/* Removes NAME.tmp; does nothing when the file is not open (zeroed or already ended). */
void folder_discard(struct folder_file *file);

/* The same checks for a picture that another program wrote as NAME.tmp. */
bool folder_adopt(const struct folder *folder, const char *name, struct error *error)
    __attribute__((warn_unused_result));

#endif

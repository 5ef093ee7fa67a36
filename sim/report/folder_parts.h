/* What the parts of report/folder.h share: names of files, and what is said when one fails.
 * Ownership: plain values. */
#ifndef REPORT_FOLDER_PARTS_H
#define REPORT_FOLDER_PARTS_H

#include "report/folder.h"

enum { FOLDER_TEMPORARY_SIZE = 72 };

/* NAME.tmp, under which a file is written. */
void folder_temporary(const char *name, char temporary[FOLDER_TEMPORARY_SIZE]);

/* NAME.gp, NAME.dat, ... of a picture that a folder may hold. */
bool folder_picture_name(const char *name);

/* What the system says (errno) of a file that cannot be written, read, ...; always false. */
bool folder_failed(const struct folder *folder, const char *verb, const char *name,
                   struct error *error);

#endif

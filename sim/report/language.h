/* The languages of pictures and reports; data files, commands and messages are in English.
 * Ownership: constants. */
#ifndef REPORT_LANGUAGE_H
#define REPORT_LANGUAGE_H

enum language { LANGUAGE_ENGLISH, LANGUAGE_GERMAN, LANGUAGE_COUNT };

/* "en", "de": what --language takes and what HTML calls the language; ended by NULL. */
extern const char *const LANGUAGE_NAMES[LANGUAGE_COUNT + 1];

#endif

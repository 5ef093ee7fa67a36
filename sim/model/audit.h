/* The auditor: counts the firm again at every month end, from people, accounts, opportunities and
 * payments themselves, and stops the program with a sentence when the books say something else. It
 * is compiled into the tests and the variants debug, sanitize, tsan and coverage (ANREIZ_AUDIT),
 * not into what users run. Ownership: audit_init hangs its memory on the firm, audit_free frees it.
 */
#ifndef MODEL_AUDIT_H
#define MODEL_AUDIT_H

#include "model/firm.h"

bool audit_init(struct firm *firm, struct error *error) __attribute__((warn_unused_result));
void audit_free(struct firm *firm);

/* After firm_start, and after every month. */
void audit_start(struct firm *firm);
void audit_month(struct firm *firm, size_t month);

/* After the customers' month, while all of them are with whom they were in it. */
void audit_credit(struct firm *firm, size_t month);

/* After a dated change of the scenario: everything that is owed has been taken along. */
void audit_change(struct firm *firm, size_t month);

#endif

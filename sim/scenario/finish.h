/* What the values of a scenario must be together, each rule a sentence, and what follows from
 * them. One function per schema, called when every single value of the object is good.
 * Ownership: nothing is kept. */
#ifndef SCENARIO_FINISH_H
#define SCENARIO_FINISH_H

#include "scenario/reader.h"

void finish_parameters(struct reader *reader, void *object, const struct setting *group,
                       const char *path);
void finish_segment(struct reader *reader, void *object, const struct setting *group,
                    const char *path);
void finish_role(struct reader *reader, void *object, const struct setting *group,
                 const char *path);
void finish_plan(struct reader *reader, void *object, const struct setting *group,
                 const char *path);
void finish_multiplier(struct reader *reader, void *object, const struct setting *group,
                       const char *path);
void finish_component(struct reader *reader, void *object, const struct setting *group,
                      const char *path);

/* The people and customers of a real start. */
void finish_opening(struct reader *reader, const struct parameters *parameters,
                    const struct setting *group);

/* Notes about what is written and has no effect. */
void note_component(struct reader *reader, const struct component *component,
                    const struct setting *group, const char *path);
void note_weights(struct reader *reader, const struct plan *plan, const struct setting *group,
                  const char *path);
void note_products(struct reader *reader, const struct parameters *parameters,
                   const struct setting *group);

#endif

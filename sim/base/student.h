/* Student's t: tail and quantile, for intervals of means from few values.
 * Ownership: pure functions. */
#ifndef BASE_STUDENT_H
#define BASE_STUDENT_H

/* P(T > t) with so many degrees of freedom (> 0; normal from a million on), relative error 1e-11;
 * nan when t is. */
double student_tail(double t, double degrees);

/* The t >= 0 that is exceeded with this probability, 0 < probability <= 1/2. */
double student_quantile(double probability, double degrees);

#endif

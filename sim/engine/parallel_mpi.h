/* Several processes on one or more machines, started by mpirun: who this one is, and what all agree
 * on. In a program that was built without MPI there is always just one.
 * Ownership: nothing is allocated; parallel_begin and parallel_end are called once in a process. */
#ifndef ENGINE_PARALLEL_MPI_H
#define ENGINE_PARALLEL_MPI_H

#include <stdbool.h>

struct processes {
    int rank; /* from 0 */
    int count;
    bool connected; /* MPI has been started */
};

/* Starts MPI when mpirun (or srun) has started this process, and only then: it takes a third of a
 * second. */
struct processes parallel_begin(void);

/* Waits for all; the largest of the numbers that they name. */
int parallel_most(const struct processes *processes, int number);

/* Whether it is well with all; waits for all. */
bool parallel_agree(const struct processes *processes, bool good);

void parallel_end(struct processes *processes);

#endif

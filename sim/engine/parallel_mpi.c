#include "engine/parallel_mpi.h"

#ifdef ANREIZ_MPI

#include <mpi.h>
#include <stddef.h>
#include <stdlib.h>

/* What Open MPI, MPICH and Slurm tell the processes that they start. */
static bool started_by_mpirun(void) {
    static const char *const NAMES[] = {"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK", "PMI_SIZE",
                                        "PMI_ID"};
    for (size_t n = 0; n < sizeof NAMES / sizeof NAMES[0]; n++) {
        if (getenv(NAMES[n]) != NULL) {
            return true;
        }
    }
    return false;
}

/* An error inside MPI ends all processes with MPI's own message: its default. */
struct processes parallel_begin(void) {
    struct processes processes = {.count = 1, .connected = started_by_mpirun()};
    int provided;
    if (processes.connected) {
        (void)MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided);
        (void)MPI_Comm_rank(MPI_COMM_WORLD, &processes.rank);
        (void)MPI_Comm_size(MPI_COMM_WORLD, &processes.count);
    }
    return processes;
}

int parallel_most(const struct processes *processes, int number) {
    int most = number;
    if (processes->connected) {
        (void)MPI_Allreduce(&number, &most, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
    }
    return most;
}

void parallel_end(struct processes *processes) {
    if (processes->connected) {
        (void)MPI_Finalize();
    }
    processes->connected = false;
}

#else

struct processes parallel_begin(void) {
    return (struct processes){.count = 1};
}

int parallel_most(const struct processes *processes, int number) {
    (void)processes;
    return number;
}

void parallel_end(struct processes *processes) { processes->connected = false; }

#endif

bool parallel_agree(const struct processes *processes, bool good) {
    return parallel_most(processes, good ? 0 : 1) == 0;
}

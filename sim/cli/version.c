#include "cli/version.h"

#include <gnu/libc-version.h>
#include <libconfig.h> /* its version only */

#ifndef ANREIZ_VERSION
#define ANREIZ_VERSION "0.0.0"
#endif
#ifndef ANREIZ_COMMIT
#define ANREIZ_COMMIT "unknown"
#endif

const char *version_number(void) { return ANREIZ_VERSION; }

const char *version_commit(void) { return ANREIZ_COMMIT; }

/* The widest level that the loops compiled for several processors can use here. The results are
 * the same bytes on each. */
static const char *instruction_set(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
        return "x86-64-v4";
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        return "x86-64-v3";
    }
    return __builtin_cpu_supports("sse4.2") ? "x86-64-v2" : "x86-64";
#elif defined(__aarch64__)
    return "aarch64";
#else
    return "generic";
#endif
}

void version_print(FILE *file) {
    (void)fprintf(file, "anreiz %s (commit %s)\n", ANREIZ_VERSION, ANREIZ_COMMIT);
    (void)fprintf(file, "compiler: %s\n", __VERSION__);
    (void)fprintf(file, "libraries: libconfig %d.%d.%d, glibc %s\n", LIBCONFIG_VER_MAJOR,
                  LIBCONFIG_VER_MINOR, LIBCONFIG_VER_REVISION, gnu_get_libc_version());
    (void)fprintf(file, "instruction set: %s\n", instruction_set());
}

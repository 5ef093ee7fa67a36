/* CLONES before a function: compiled for several instruction sets, the best one is taken at load
 * time. The bits are the same from each, as no contraction of products and sums is allowed.
 * Ownership: none. */
#ifndef BASE_CLONES_H
#define BASE_CLONES_H

/* Sanitizers and coverage cannot instrument it, and it needs a C library that resolves functions
 * at load time (ifunc), which musl has not. */
#if defined(__x86_64__) && defined(__GLIBC__) && !defined(ANREIZ_NO_CLONES)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif

#endif

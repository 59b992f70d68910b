// Counts the allocations of a thread.
//
// Linked into an executable, these definitions of malloc and its kin take precedence over glibc's,
// also for the shared libraries of Swift. Each counts the call and forwards it. Without glibc nothing
// is interposed and nothing is counted.

#ifndef C_ALLOCATION_COUNTER_H
#define C_ALLOCATION_COUNTER_H

#include <stdbool.h>
#include <stdint.h>

// True where allocations are counted.
bool allocation_counter_works(void);

// The number of calls of malloc, calloc, realloc, posix_memalign, aligned_alloc and memalign by this
// thread.
uint64_t allocation_count(void);

// The CPU time of this thread in nanoseconds.
uint64_t thread_cpu_nanoseconds(void);

// Identifies this thread, so that a measurement which moved to another one can be detected.
uint64_t thread_name(void);

#endif

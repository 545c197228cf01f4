#ifndef CALLOCATIONCOUNT_H
#define CALLOCATIONCOUNT_H

#include <stdint.h>

/// Allocations that the calling thread has made since the program began, freed ones included.
///
/// Linking this library puts counting functions in front of the C library's malloc and its kin.
uint64_t allocation_count(void);

#endif

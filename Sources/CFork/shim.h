#ifndef CFORK_SHIM_H
#define CFORK_SHIM_H

#include <unistd.h>

// Swift's overlay hides fork(2), which is unsafe in a process with threads. The processes that call
// this have none.
static inline pid_t cfork_fork(void) { return fork(); }

#endif

#ifndef CFORK_SHIM_H
#define CFORK_SHIM_H

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

// Swift's overlay hides fork(2), which is unsafe in a process with threads. The processes that call
// this have none.
static inline pid_t cfork_fork(void) { return fork(); }

// Has the kernel end this process when its parent ends, however it does; prctl(2) is variadic, which
// Swift does not import. A parent that is gone already must be found out otherwise.
static inline void cfork_end_with_parent(void) { prctl(PR_SET_PDEATHSIG, SIGKILL); }

#endif

#ifndef POLICYC_DESCENDANTS_H
#define POLICYC_DESCENDANTS_H

#include <stddef.h>
#include <sys/types.h>

/// Sends SIGKILL to all descendants of a process that /proc shows. `self` is this process.
void cstarter_kill_descendants(pid_t self);

/// Closes every descriptor above 2 but these.
void cstarter_close_all_but(const int *kept, size_t count);

#endif

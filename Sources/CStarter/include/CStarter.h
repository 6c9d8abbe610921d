#ifndef POLICYC_CSTARTER_H
#define POLICYC_CSTARTER_H

#include <stdint.h>
#include <sys/types.h>

/// What a supervisor says of its program, each in one write of this size.
struct cstarter_message {
  /// One of the kinds below.
  int32_t kind;
  int32_t value;
};

enum {
  /// The program has the process id `value`, and leads a process group of that number.
  cstarter_started = 1,
  /// None of the paths can be run; `value` is the error number.
  cstarter_cannot_start = 2,
  /// The program has ended with the wait status `value`, and whatever it had started is gone.
  cstarter_ended = 3,
};

/// The ends of four pipes. All are above 2 and close on exec.
struct cstarter_pipes {
  /// Where the program's standard output goes: an end to write to.
  int output;
  /// Where its standard error goes: an end to write to.
  int errors;
  /// An end to read from. When it hangs up, everything that was started is killed.
  int control;
  /// Where messages go: an end to write to.
  int report;
};

/// Starts a program under a supervisor, which kills and reaps all of its descendants when it ends, when the control
/// pipe hangs up, and so also when this process is killed.
///
/// `paths` are tried in turn, as execvp would try them. All three lists end with a null pointer. The program gets these arguments
/// and this environment, /dev/null as its standard input, no other descriptor, no terminal, and signals as they are by default.
///
/// Gives the process id of the supervisor, or -1 and errno.
pid_t cstarter_start(
  const char *const *paths, char *const *arguments, char *const *environment, const struct cstarter_pipes *pipes);

#endif

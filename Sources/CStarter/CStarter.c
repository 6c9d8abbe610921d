#define _GNU_SOURCE
#include "CStarter.h"

#include "Descendants.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// Everything below runs between fork and exec, or in a process that never calls exec, and other threads may have held
// any lock when it was forked: only calls that are safe in a signal handler, and no memory from the heap.

/// How long the supervisor tries to kill what does not die, such as a program of another account.
static const int64_t patience_ms = 3000;

static int64_t now_ms(void) {
  struct timespec now = {0};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void send_message(int report, int32_t kind, int32_t value) {
  struct cstarter_message message = {kind, value};
  while (write(report, &message, sizeof message) == -1 && errno == EINTR) {}
}

/// Becomes a program, or gives the error number. One that is open for writing is tried again for a moment: a process that was just
/// forked may still hold the descriptor by which it was written.
static int execute(const char *path, char *const *arguments, char *const *environment) {
  for (int attempt = 0; attempt < 10; attempt++) {
    execve(path, arguments, environment);
    if (errno != ETXTBSY) return errno;
    struct timespec pause = {0, 20000000};
    nanosleep(&pause, NULL);
  }
  return ETXTBSY;
}

static _Noreturn void run_program(
  pid_t supervisor, const char *const *paths, char *const *arguments, char *const *environment,
  const struct cstarter_pipes *pipes) {
  setpgid(0, 0);
  // A supervisor that somebody kills takes the program with it; it may have been killed before this call.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != supervisor) _exit(127);
  int number = EBADF;
  if (dup2(pipes->output, 1) == 1 && dup2(pipes->errors, 2) == 2) {
    struct sigaction standard = {0};
    standard.sa_handler = SIG_DFL;
    for (int signal = 1; signal < NSIG; signal++) sigaction(signal, &standard, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    bool is_denied = false;
    number = ENOENT;
    for (; *paths != NULL; paths++) {
      number = execute(*paths, arguments, environment);
      if (number == EACCES) is_denied = true;
      if (number != EACCES && number != ENOENT && number != ENOTDIR) break;
    }
    if (is_denied && (number == ENOENT || number == ENOTDIR)) number = EACCES;
  }
  send_message(pipes->report, cstarter_cannot_start, number);
  _exit(127);
}

/// Reaps what has ended. False when there is no child left.
static bool reap(pid_t program, bool *has_ended, int *status) {
  for (;;) {
    int one = 0;
    pid_t id = waitpid(-1, &one, WNOHANG);
    if (id == 0) return true;
    if (id == -1) {
      if (errno == EINTR) continue;
      return false;
    }
    if (id == program) {
      *has_ended = true;
      *status = one;
    }
  }
}

static void forget(int events) {
  struct signalfd_siginfo information;
  while (read(events, &information, sizeof information) == (ssize_t)sizeof information) {}
}

/// Standard streams that lead nowhere: those of the caller would stay open as long as this process lives.
static void leave_streams(void) {
  int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
  for (int stream = 0; stream <= 2; stream++) {
    if (nowhere < 0 || (nowhere != stream && dup2(nowhere, stream) != stream)) close(stream);
  }
  if (nowhere >= 0 && nowhere <= 2) fcntl(nowhere, F_SETFD, 0);
  if (nowhere > 2) close(nowhere);
}

static _Noreturn void supervise(
  const char *const *paths, char *const *arguments, char *const *environment,
  const struct cstarter_pipes *pipes) {
  // A session of its own: an interruption typed at the terminal must not end this process before it has cleaned up, and
  // the program must not write to the terminal.
  setsid();
  prctl(PR_SET_NAME, "policyc-starter");
  const int kept[4] = {pipes->output, pipes->errors, pipes->control, pipes->report};
  cstarter_close_all_but(kept, 4);
  leave_streams();
  // What the program's children leave behind becomes a child of this process, where it can be found.
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  struct sigaction standard = {0};
  standard.sa_handler = SIG_DFL;
  sigaction(SIGCHLD, &standard, NULL);
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGCHLD);
  int events = signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK);
  pid_t self = getpid();

  pid_t program = events < 0 ? -1 : fork();
  if (program == -1) {
    send_message(pipes->report, cstarter_cannot_start, errno);
    _exit(1);
  }
  if (program == 0) run_program(self, paths, arguments, environment, pipes);
  close(pipes->output);
  close(pipes->errors);
  send_message(pipes->report, cstarter_started, program);

  bool has_ended = false;
  int status = 0;
  bool has_children = true;
  while (has_children && !has_ended) {
    struct pollfd requests[2] = {{events, POLLIN, 0}, {pipes->control, POLLIN, 0}};
    if (poll(requests, 2, -1) == -1 && errno != EINTR) break;
    forget(events);
    has_children = reap(program, &has_ended, &status);
    if (requests[1].revents != 0) break;
  }
  int64_t end = now_ms() + patience_ms;
  while ((has_children = reap(program, &has_ended, &status)) && now_ms() < end) {
    cstarter_kill_descendants(self);
    struct pollfd request = {events, POLLIN, 0};
    poll(&request, 1, 10);
    forget(events);
  }
  if (has_ended) send_message(pipes->report, cstarter_ended, status);
  _exit(0);
}

pid_t cstarter_start(
  const char *const *paths, char *const *arguments, char *const *environment,
  const struct cstarter_pipes *pipes) {
  // No handler of this process may run in the other one.
  sigset_t every;
  sigset_t previous;
  sigfillset(&every);
  int number = pthread_sigmask(SIG_SETMASK, &every, &previous);
  if (number != 0) {
    errno = number;
    return -1;
  }
  pid_t supervisor = fork();
  if (supervisor == 0) supervise(paths, arguments, environment, pipes);
  number = errno;
  pthread_sigmask(SIG_SETMASK, &previous, NULL);
  errno = number;
  return supervisor;
}

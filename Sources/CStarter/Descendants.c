#define _GNU_SOURCE
#include "Descendants.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

// The numbers are the same on every architecture since Linux 5.1; older headers lack them.
#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_close_range
#define SYS_close_range 436
#endif

/// Calls a function with the names of a folder that are numbers, and with the descriptor by which it is read, until it gives
/// false.
static void each_number(const char *folder, bool (*body)(int, int, void *), void *context) {
  int directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return;
  // struct linux_dirent64: inode, offset, length of the record, type, name.
  enum { length_offset = 16, name_offset = 19 };
  _Alignas(8) char records[8192];
  bool goes_on = true;
  long count;
  while (goes_on && (count = syscall(SYS_getdents64, directory, records, sizeof records)) > 0) {
    for (long start = 0; goes_on && start < count;) {
      uint16_t length;
      memcpy(&length, records + start + length_offset, sizeof length);
      const char *name = records + start + name_offset;
      start += length;
      int number = 0;
      const char *digit = name;
      for (; *digit >= '0' && *digit <= '9' && number < 100000000; digit++) number = number * 10 + (*digit - '0');
      if (digit != name && *digit == 0) goes_on = body(number, directory, context);
    }
  }
  close(directory);
}

struct process {
  pid_t id;
  pid_t parent;
  /// Clock ticks from the start of the system: with the id it names a process for good.
  uint64_t start;
};

static void path_of_stat(char *path, pid_t id) {
  memcpy(path, "/proc/", 6);
  char digits[12];
  int count = 0;
  for (; id > 0; id /= 10) digits[count++] = (char)('0' + id % 10);
  char *end = path + 6;
  while (count > 0) *end++ = digits[--count];
  memcpy(end, "/stat", 6);
}

/// Reads /proc/ID/stat (proc(5)): the name in parentheses may hold anything, also parentheses.
static bool read_process(pid_t id, struct process *process) {
  char path[32];
  path_of_stat(path, id);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  char text[1024];
  ssize_t count = read(file, text, sizeof text - 1);
  close(file);
  if (count <= 0) return false;
  text[count] = 0;
  const char *next = strrchr(text, ')');
  if (next == NULL) return false;
  enum { parent_field = 4, start_field = 22 };
  uint64_t values[start_field + 1] = {0};
  int field = 2;
  while (field < start_field) {
    while (*next != 0 && *next != ' ') next++;
    if (*next == 0) return false;
    next++;
    field++;
    for (const char *digit = next; *digit >= '0' && *digit <= '9'; digit++) {
      values[field] = values[field] * 10 + (uint64_t)(*digit - '0');
    }
  }
  process->id = id;
  process->parent = (pid_t)values[parent_field];
  process->start = values[start_field];
  return true;
}

enum {
  /// The highest process id of Linux (PID_MAX_LIMIT) and one more.
  id_limit = 1 << 22,
  /// How many processes one look takes in.
  table_limit = 1 << 17,
};

static struct process table[table_limit];
static size_t table_count;
static uint8_t descends[id_limit / 8];

static bool is_descendant(pid_t id) { return id > 0 && id < id_limit && (descends[id / 8] >> (id % 8) & 1) != 0; }

static bool add_to_table(int id, int directory, void *context) {
  (void)directory;
  (void)context;
  if (id < id_limit && read_process(id, &table[table_count])) table_count++;
  return table_count < table_limit;
}

static void kill_process(const struct process *process, pid_t self) {
  // A child stays ours until it is reaped here, so its number is nobody else's.
  if (process->parent == self) {
    kill(process->id, SIGKILL);
    return;
  }
  // Without descriptors of processes (before Linux 5.3) a descendant is killed when it has become a child.
  long descriptor = syscall(SYS_pidfd_open, process->id, 0);
  if (descriptor < 0) return;
  struct process again;
  if (read_process(process->id, &again) && again.start == process->start) {
    syscall(SYS_pidfd_send_signal, descriptor, SIGKILL, NULL, 0);
  }
  close((int)descriptor);
}

void cstarter_kill_descendants(pid_t self) {
  table_count = 0;
  each_number("/proc", add_to_table, NULL);
  // The list is not in the order of descent where numbers have wrapped around, so until nothing is found any more.
  bool finds = true;
  while (finds) {
    finds = false;
    for (size_t i = 0; i < table_count; i++) {
      pid_t id = table[i].id;
      if (is_descendant(id) || id == self) continue;
      if (table[i].parent == self || is_descendant(table[i].parent)) {
        descends[id / 8] |= (uint8_t)(1 << (id % 8));
        finds = true;
      }
    }
  }
  for (size_t i = 0; i < table_count; i++) {
    if (is_descendant(table[i].id)) kill_process(&table[i], self);
  }
  for (size_t i = 0; i < table_count; i++) descends[table[i].id / 8] = 0;
}

// MARK: Descriptors

struct kept {
  const int *descriptors;
  size_t count;
};

static bool close_unless_kept(int descriptor, int directory, void *context) {
  if (descriptor <= 2 || descriptor == directory) return true;
  const struct kept *kept = context;
  for (size_t i = 0; i < kept->count; i++) {
    if (kept->descriptors[i] == descriptor) return true;
  }
  close(descriptor);
  return true;
}

void cstarter_close_all_but(const int *kept, size_t count) {
  unsigned first = 3;
  for (;;) {
    // The lowest of the descriptors that are kept from here on.
    unsigned next = ~0U;
    for (size_t i = 0; i < count; i++) {
      unsigned descriptor = (unsigned)kept[i];
      if (descriptor >= first && descriptor < next) next = descriptor;
    }
    if (next > first && syscall(SYS_close_range, first, next == ~0U ? next : next - 1, 0) == -1) break;
    if (next == ~0U) return;
    first = next + 1;
  }
  // Linux before 5.9. Whatever is closed meanwhile may be listed or not, so once more.
  struct kept those = {kept, count};
  each_number("/proc/self/fd", close_unless_kept, &those);
  each_number("/proc/self/fd", close_unless_kept, &those);
}

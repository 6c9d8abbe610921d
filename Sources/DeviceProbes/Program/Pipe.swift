#if canImport(Glibc)
  import Glibc
#endif

/// A pipe whose ends no program that is started later inherits.
struct Pipe {
  let reading: Int32
  let writing: Int32

  /// A new pipe, or nil when the system gives none; `errno` says why.
  init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    // Copies above 2, since whoever started us may have closed a standard stream, whose number a pipe would get.
    let copies = ends.map { fcntl($0, F_DUPFD_CLOEXEC, 3) }
    let number = errno
    for end in ends { Glibc.close(end) }
    guard copies[0] >= 0, copies[1] >= 0 else {
      for copy in copies where copy >= 0 { Glibc.close(copy) }
      errno = number
      return nil
    }
    reading = copies[0]
    writing = copies[1]
  }

  /// Closes both ends.
  func close() {
    _ = Glibc.close(reading)
    _ = Glibc.close(writing)
  }
}

/// Milliseconds of a clock that nobody sets.
func monotonicMilliseconds() -> Int64 {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
}

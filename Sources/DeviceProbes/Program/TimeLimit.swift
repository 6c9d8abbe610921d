import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Work that another party can hold up for ever, such as a read from a socket inside a library without time-outs.
enum TimeLimit {
  private final class Job: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private final class Box<Output: Sendable>: Sendable {
    let output = Mutex<Output?>(nil)
  }

  /// Does the work on a thread of its own; nil when it is not done in time.
  ///
  /// The thread cannot be ended then. It is left behind, with what it holds, until the program ends.
  static func run<Output: Sendable>(seconds: Int, _ body: @escaping @Sendable () -> Output) -> Output? {
    guard let pipe = Pipe() else { return body() }
    defer { close(pipe.reading) }
    let done = pipe.writing
    let box = Box<Output>()
    let job = Unmanaged.passRetained(
      Job {
        let result = body()
        box.output.withLock { $0 = result }
        close(done)
      })
    var thread = pthread_t()
    let started = pthread_create(
      &thread, nil,
      { job in
        if let job { Unmanaged<Job>.fromOpaque(job).takeRetainedValue().run() }
        return nil
      }, job.toOpaque())
    guard started == 0 else {
      job.release()
      close(done)
      return body()
    }
    pthread_detach(thread)
    var request = pollfd(fd: pipe.reading, events: Int16(POLLIN), revents: 0)
    let deadline = monotonicMilliseconds() + Int64(seconds) * 1000
    while true {
      let left = deadline - monotonicMilliseconds()
      guard left > 0 else { return nil }
      if poll(&request, 1, Int32(clamping: left)) > 0 { break }
    }
    return box.output.withLock { $0 }
  }
}

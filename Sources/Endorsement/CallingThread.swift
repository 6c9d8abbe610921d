import Synchronization

/// Runs the asynchronous functions of swift-certificates to their end on the thread that calls.
///
/// They are asynchronous for stores and policies that ask a server; ours answer at once. So there is nothing to wait for: no other thread
/// is started, and no lock is held that another one could want.
final class CallingThread: TaskExecutor {
  private let jobs = Mutex<[UnownedJob]>([])

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
  }

  private func runJobs() {
    while let job = jobs.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
      job.runSynchronously(on: asUnownedTaskExecutor())
    }
  }

  /// What the work gives; nil when it waits for something of another thread, which it must not.
  static func value<Value: Sendable>(of work: @escaping @Sendable () async -> Value) -> Value? {
    let executor = CallingThread()
    let result = Place<Value>()
    Task(executorPreference: executor) {
      let value = await work()
      result.value.withLock { $0 = value }
    }
    executor.runJobs()
    return result.value.withLock { $0 }
  }

  private final class Place<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
  }
}

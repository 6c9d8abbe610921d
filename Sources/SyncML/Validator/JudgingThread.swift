import XMLInput

#if canImport(Glibc)
  import Glibc
#endif

/// Judges batches on a thread of its own, in order, while the caller reads the XML of the next ones.
///
/// The two halves of a validation take about the same time, so that a large payload is done in half of it.
final class JudgingThread {
  /// How many batches may wait; a caller that is faster waits in turn, so that memory stays bounded.
  private static let capacity = 8

  /// What the two threads share, under the lock.
  private final class Exchange: @unchecked Sendable {
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var waiting: [XMLBatch] = []
    private var isClosed = false
    /// Of the thread alone until it has ended.
    var parser: PayloadParser<Judge>

    init(_ parser: PayloadParser<Judge>) {
      self.parser = parser
      pthread_mutex_init(lock, nil)
      pthread_cond_init(changed, nil)
    }

    deinit {
      pthread_cond_destroy(changed)
      pthread_mutex_destroy(lock)
      changed.deallocate()
      lock.deallocate()
    }

    func put(_ batch: XMLBatch) {
      pthread_mutex_lock(lock)
      while waiting.count >= JudgingThread.capacity { pthread_cond_wait(changed, lock) }
      waiting.append(batch)
      if waiting.count == 1 { pthread_cond_signal(changed) }
      pthread_mutex_unlock(lock)
    }

    func close() {
      pthread_mutex_lock(lock)
      isClosed = true
      pthread_cond_signal(changed)
      pthread_mutex_unlock(lock)
    }

    /// All batches that wait, once there are some; none once the exchange is closed.
    private func takeAll() -> [XMLBatch] {
      pthread_mutex_lock(lock)
      while waiting.isEmpty, !isClosed { pthread_cond_wait(changed, lock) }
      var taken: [XMLBatch] = []
      swap(&taken, &waiting)
      if taken.count >= JudgingThread.capacity { pthread_cond_signal(changed) }
      pthread_mutex_unlock(lock)
      return taken
    }

    func judge() {
      while true {
        let batches = takeAll()
        if batches.isEmpty { return }
        for batch in batches { parser.accept(batch) }
      }
    }
  }

  private let exchange: Exchange
  private var thread: pthread_t?

  /// Starts a thread that goes on with a parser; nil where the system gives none, or has only one processor for it.
  init?(_ parser: PayloadParser<Judge>) {
    guard sysconf(Int32(_SC_NPROCESSORS_ONLN)) > 1 else { return nil }
    exchange = Exchange(parser)
    let shared = Unmanaged.passRetained(exchange)
    var started = pthread_t()
    let error = pthread_create(
      &started, nil,
      { context in
        if let context { Unmanaged<Exchange>.fromOpaque(context).takeRetainedValue().judge() }
        return nil
      }, shared.toOpaque())
    guard error == 0 else {
      shared.release()
      return nil
    }
    thread = started
  }

  deinit { end() }

  /// Judges a batch later. Waits while many have not been judged yet.
  func accept(_ batch: XMLBatch) { exchange.put(batch) }

  /// The parser, once every batch is judged. Nothing may be accepted afterwards.
  func finish() -> PayloadParser<Judge> {
    end()
    return exchange.parser
  }

  private func end() {
    guard let thread else { return }
    self.thread = nil
    exchange.close()
    pthread_join(thread, nil)
  }
}

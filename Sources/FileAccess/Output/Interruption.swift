import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Puts off SIGINT, SIGTERM and SIGHUP while output is half written.
///
/// Between ``begin()`` and ``end()`` these signals are only noted; whoever writes looks at ``isRequested``
/// between steps and gives up cleanly. The last ``end()`` restores what was there before and sends itself the
/// signal that came, so that the program ends by it as everybody expects (a shell reports 130 for SIGINT).
/// Outside, nothing is changed: a signal ends the program at once, and there is nothing to clean up. A signal
/// that was ignored stays ignored.
package enum Interruption {
  private static let signals = [SIGINT, SIGTERM, SIGHUP]
  private static let received = Atomic<Int32>(0)
  private static let outer = Mutex<(depth: Int, actions: [Int32: sigaction])>((0, [:]))

  /// Whether one of the signals has come since ``begin()``.
  package static var isRequested: Bool { received.load(ordering: .relaxed) != 0 }

  /// Begins to note signals. May be nested.
  package static func begin() {
    outer.withLock { outer in
      outer.depth += 1
      guard outer.depth == 1 else { return }
      received.store(0, ordering: .relaxed)
      for signal in signals {
        var previous = sigaction()
        guard sigaction(signal, nil, &previous) == 0, !isIgnored(previous) else { continue }
        var action = sigaction()
        // Storing to an atomic is all that may be done in a handler. Without SA_RESTART a blocked call
        // returns.
        action.__sigaction_handler.sa_handler = { Interruption.received.store($0, ordering: .relaxed) }
        if sigaction(signal, &action, nil) == 0 { outer.actions[signal] = previous }
      }
    }
  }

  /// Ends noting signals, and passes on one that came.
  package static func end() {
    let signal = outer.withLock { outer -> Int32 in
      outer.depth -= 1
      guard outer.depth == 0 else { return 0 }
      for (signal, action) in outer.actions {
        var action = action
        sigaction(signal, &action, nil)
      }
      outer.actions = [:]
      return received.exchange(0, ordering: .relaxed)
    }
    if signal != 0 { deliver(signal) }
  }

  /// Sends a signal to this thread, even if it is one that takes none, and returns after it has had its
  /// effect.
  private static func deliver(_ signal: Int32) {
    var one = sigset_t()
    var previous = sigset_t()
    sigemptyset(&one)
    sigaddset(&one, signal)
    pthread_sigmask(SIG_UNBLOCK, &one, &previous)
    raise(signal)
    pthread_sigmask(SIG_SETMASK, &previous, nil)
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    // SIG_IGN is the address 1, which Swift cannot compare as a function.
    unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }
}

import Foundation

/// Signals belong to the whole process, and tests run side by side in one: those that send a signal, and those that a
/// signal would interrupt, take turns.
package enum SignalTurn {
  private static let turn = NSLock()

  /// Runs a part of a test while no other has the turn. It must not take the turn again.
  package static func take<Result>(_ body: () throws -> Result) rethrows -> Result {
    turn.lock()
    defer { turn.unlock() }
    return try body()
  }
}

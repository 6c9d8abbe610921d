/// A node, or a CSP with all below it, that an earlier release described and this one does not.
package struct RetiredNode: Hashable, Sendable {
  /// Why it is not there any more.
  package enum Reason: Hashable, Sendable {
    /// Another node took its place.
    case moved(to: String)
    /// Only Windows phones had it.
    case phoneOnly
    /// It is gone; `lastSeen` is the last known release that has it, such as `2022-12`.
    case removed(lastSeen: String)
  }

  /// The outermost path that is gone for this reason, in the catalogue's spelling: the one asked for, or one above it.
  package var path: String
  /// Why it is not there any more.
  package var reason: Reason

  /// A path that is gone.
  package init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }
}

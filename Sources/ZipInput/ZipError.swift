/// Why an archive was refused.
package struct ZipError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The entry that is meant; nil for the archive as a whole.
  package let entry: String?
  /// One plain sentence without a place.
  package let message: String

  init(_ message: String, in entry: String? = nil) {
    self.message = message
    self.entry = entry
  }

  /// `ENTRY: MESSAGE`, or the message alone.
  package var description: String { entry.map { "\($0): \(message)" } ?? message }
}

import Diagnostics
import XMLInput

/// What a payload begins with.
package enum PayloadShape: String, Hashable, Sendable {
  /// `<SyncML>`: what a device gets.
  case message
  /// `<SyncBody>`
  case body
  /// Commands without anything around them; the server adds the rest.
  case commands
  /// No element of SyncML at all.
  case none

  /// Whether a server completes it (header, CmdIDs) before a device gets it.
  package var isFragment: Bool { self != .message }
}

/// Receives what a ``PayloadParser`` meets, in document order.
protocol PayloadVisitor {
  /// A batch is about to be gone through. What lies before the offset is of no command any more.
  mutating func read(_ batch: XMLBatch, keepingFrom offset: Int)
  /// `position` is that of the first element.
  mutating func shape(_ shape: PayloadShape, at position: SourcePosition)
  mutating func header(_ header: PayloadHeader)
  /// An Atomic or a Sequence begins; its CmdID is not known yet.
  mutating func groupBegan(_ verb: SyncMLVerb, at position: SourcePosition, in groups: [SyncMLVerb])
  /// A command is complete. For a group, `commands` is the number of commands directly in it.
  mutating func command(_ command: PayloadCommand, commands: Int)
  mutating func final(at position: SourcePosition)
  mutating func fault(_ fault: PayloadFault, at position: SourcePosition)
}

extension PayloadVisitor {
  mutating func read(_ batch: XMLBatch, keepingFrom offset: Int) {}
}

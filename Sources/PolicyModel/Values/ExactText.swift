/// Whether two texts have the same code points.
///
/// `==` of the standard library takes canonically equivalent texts for equal: é and e with U+0301, K and U+212A. What a policy compares is
/// compared by code points, as other evaluators of compiled policies do.
package func isSame(_ left: String, _ right: String) -> Bool {
  left.utf8.count == right.utf8.count && left.utf8.elementsEqual(right.utf8)
}

extension Sequence<String> {
  /// Whether a text of the same code points is among these.
  package func containsSame(_ text: String) -> Bool { contains { isSame($0, text) } }
}

/// A text as a key that only a text of the same code points equals.
package struct ExactText: Hashable, Sendable {
  /// The text.
  package let text: String

  /// A key.
  package init(_ text: String) { self.text = text }

  package static func == (left: ExactText, right: ExactText) -> Bool { isSame(left.text, right.text) }

  package func hash(into hasher: inout Hasher) { hasher.combine(exactly: text) }
}

extension Hasher {
  /// Takes in the code points of a text: its hash by the standard library is that of every equivalent text, of which there can be very many.
  package mutating func combine(exactly text: String) {
    var text = text
    text.withUTF8 { combine(bytes: UnsafeRawBufferPointer($0)) }
    combine(0xFF as UInt8)
  }
}

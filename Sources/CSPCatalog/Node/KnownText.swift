import Diagnostics

/// One of the texts that a fact has in practice, and what people call it.
package struct KnownText: Hashable, Sendable {
  /// The text as the fact has it, such as `IFX`.
  package let text: String
  /// Names by which people mean it, the first for messages, such as `Infineon`.
  package let names: [String]

  /// A text with its names, of which there is one at least.
  package init(text: String, names: [String]) {
    self.text = text
    self.names = names
  }
}

extension FactEntry {
  /// Whether a text is one that the fact has, as far as that is known.
  package func isKnown(_ text: String) -> Bool { known.isEmpty || known.contains { $0.text == text } }

  /// The known text that another one means, or nil where none is near.
  ///
  /// It is meant by its name or its letters in any case, by the blanks that fill its four bytes, by the same bytes as a number (`0x49465800`, or in decimal
  /// as Windows shows it), or by a spelling near to one of these.
  package func meant(by text: String) -> KnownText? {
    guard text.utf8.count <= 256 else { return nil }
    let folded = KnownText.folded(text)
    func named(_ wanted: String) -> KnownText? {
      known.first { one in ([one.text] + one.names).contains { KnownText.folded($0) == wanted } }
    }
    if let exact = named(folded) ?? KnownText.spelled(text).flatMap({ named(KnownText.folded($0)) }) {
      return exact
    }
    // The name of a company with more words behind it: Infineon Technologies AG.
    if let first = known.first(where: { one in
      one.names.contains { $0.utf8.count > 3 && folded.hasPrefix(KnownText.folded($0) + " ") }
    }) {
      return first
    }
    // No name is longer, and a policy may have very many texts.
    guard folded.utf8.count <= 40 else { return nil }
    let spellings = known.flatMap { one in ([one.text] + one.names).map { (KnownText.folded($0), one) } }
    guard let near = closest(to: folded, in: spellings.map(\.0)) else { return nil }
    return spellings.first { $0.0 == near }?.1
  }
}

extension KnownText {
  /// A text without case, and without the blanks and NULs around it.
  fileprivate static func folded(_ text: String) -> String {
    let scalars = text.lowercased().unicodeScalars
    func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace || scalar == "\0" }
    let start = scalars.drop(while: isBlank)
    guard let last = start.lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(String.UnicodeScalarView(start[...last]))
  }

  /// The four characters of ASCII that a number stands for, or nil.
  fileprivate static func spelled(_ text: String) -> String? {
    let isHexadecimal = text.hasPrefix("0x")
    let digits = isHexadecimal ? text.dropFirst(2) : text[...]
    guard digits.utf8.first.map({ $0 != 0x2B && $0 != 0x2D }) == true,
      let number = UInt32(digits, radix: isHexadecimal ? 16 : 10), number > 0xFF_FFFF
    else { return nil }
    let bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    guard bytes.allSatisfy({ $0 == 0 || 0x20...0x7E ~= $0 }) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}

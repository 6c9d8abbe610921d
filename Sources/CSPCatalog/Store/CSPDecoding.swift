import PolicyModel

extension FactEntry {
  /// How a decoding table says that a raw text tells nothing about the fact.
  package static let unknownSpelling = "unknown"

  /// The fact's value in the text that its CSP node reported, or nil when the text tells none.
  package func decodeCSP(_ raw: String) -> Value? {
    guard cspNode != nil, cspReading != .opaque else { return nil }
    var text = raw[...]
    if cspReading == .beforeComma, let comma = text.firstIndex(of: ",") { text = text[..<comma] }
    while let last = text.unicodeScalars.last, Self.isBlank(last) { text.unicodeScalars.removeLast() }
    while let first = text.unicodeScalars.first, Self.isBlank(first) { text.unicodeScalars.removeFirst() }
    let spelling = cspValues[String(text)] ?? cspOtherwise ?? String(text)
    guard spelling != Self.unknownSpelling, let value = type.value(spelled: spelling) else { return nil }
    guard case .int(let number) = value else { return value }
    let (scaled, overflow) = number.multipliedReportingOverflow(by: cspScale)
    return overflow ? nil : .int(scaled)
  }

  /// Manufacturer texts end in blanks or NUL on some devices.
  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\0" || scalar == "\t" || scalar == "\r" || scalar == "\n"
  }
}

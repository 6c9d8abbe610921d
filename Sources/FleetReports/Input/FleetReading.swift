import CSPCatalog
import PolicyModel

/// How the text of a column becomes a fact's value.
enum FleetReading: String, CaseIterable, Sendable {
  /// All of the text, by the fact's type.
  case whole
  /// The text before the first comma: `2.0` of `2.0, 0, 1.59`.
  case beforeComma = "before_comma"
  /// The third of three parts between commas: `1.59` of `2.0, 0, 1.59`.
  case thirdPart = "third_part"
  /// True where the text begins with a digit other than 0 or is the id of a TPM's manufacturer: what has a version or a maker is there.
  case presence
  /// The registered id of a TPM's manufacturer: up to four capital letters or digits.
  case tpmVendor = "tpm_vendor"

  /// The value of a type that a text spells, or nil; never a guess.
  ///
  /// A build has all four numbers: without a revision it would seem to be older than it is.
  func value(of text: String, as type: ValueType) -> Value? {
    guard let part = part(of: text) else { return nil }
    switch type {
    case .bool:
      switch part.lowercased() {
      case "true", "yes", "1", "on": return .bool(true)
      case "false", "no", "0", "off": return .bool(false)
      default: return nil
      }
    case .build:
      guard let version = Version(part), version.written == 4, version.patch > 0 else { return nil }
      return OSBuild(version).map(Value.build)
    case .symbol(let symbols):
      let folded = part.lowercased()
      return symbols.first { $0 == folded }.map(Value.symbol)
    case .int, .version, .string: return type.value(spelled: part)
    }
  }

  private func part(of text: String) -> String? {
    switch self {
    case .whole: return text
    case .presence:
      let hasVersion = text.utf8.first.map { 0x31...0x39 ~= $0 } == true
      return hasVersion || Self.isVendor(text) ? "true" : nil
    case .beforeComma:
      return text.split(separator: ",", omittingEmptySubsequences: false).first.map {
        withoutBlanks(String($0))
      }
    case .thirdPart:
      let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      return parts.count == 3 ? withoutBlanks(String(parts[2])) : nil
    case .tpmVendor: return Self.isVendor(text) ? text : nil
    }
  }

  private static func isVendor(_ text: String) -> Bool {
    (2...4).contains(text.utf8.count)
      && text.utf8.allSatisfy { 0x41...0x5A ~= $0 || 0x30...0x39 ~= $0 }
      && text.utf8.contains { 0x41...0x5A ~= $0 }
  }
}

/// A text without the blanks around it.
func withoutBlanks(_ text: String) -> String {
  let bytes = text.utf8
  guard let first = bytes.first, let last = bytes.last else { return "" }
  // Most texts have no blank at their ends, and none that is not ASCII.
  if first > 0x20, first < 0x80, last > 0x20, last < 0x80 { return text }
  guard let start = text.firstIndex(where: { !$0.isWhitespace }),
    let end = text.lastIndex(where: { !$0.isWhitespace })
  else { return "" }
  return String(text[start...end])
}

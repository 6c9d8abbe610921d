import DeviceReports
import Diagnostics
import PolicyModel

/// JSON that can stand in a `script` element: whatever its texts hold, none ends the element or opens a comment, and a reader of
/// JavaScript sees no line end in them.
enum ScriptJSON {
  /// A text. `<`, `>`, `&`, control characters and the line ends U+2028 and U+2029 are escaped.
  static func text(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    append(text, to: &bytes)
    return bytes
  }

  /// Texts in an array.
  static func texts(_ texts: some Sequence<String>) -> [UInt8] { list(texts) { append($0, to: &$1) } }

  /// Numbers in an array.
  static func numbers(_ numbers: some Sequence<Int>) -> [UInt8] { list(numbers) { $1 += String($0).utf8 } }

  /// A number.
  static func number(_ number: Int) -> [UInt8] { Array(String(number).utf8) }

  /// Values in an array.
  static func array(_ values: some Sequence<[UInt8]>) -> [UInt8] { list(values) { $1 += $0 } }

  /// A text in both languages, by their tags.
  static func localized(_ text: LocalizedText) -> [UInt8] {
    object(ReportLanguage.allCases.map { ($0.rawValue, self.text(text[$0])) })
  }

  /// An object with its members in the order given.
  static func object(_ members: [(name: String, value: [UInt8])]) -> [UInt8] {
    var bytes = [UInt8(ascii: "{")]
    for (index, member) in members.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(member.name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      bytes += member.value
    }
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }

  private static func list<S: Sequence>(_ elements: S, _ write: (S.Element, inout [UInt8]) -> Void) -> [UInt8]
  {
    var bytes = [UInt8(ascii: "[")]
    for element in elements {
      if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
      write(element, &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
    return bytes
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    appendJSON(text, escaping: .script, to: &bytes)
  }
}

import Diagnostics
import SyncML
import TPMEvidence

/// A value that a device gave for a node, as the text that the node's format makes of it.
enum AnsweredValue {
  /// Why an answer gives no value: one plain sentence without a full stop.
  struct Doubt: Error, Hashable { let reason: String }

  /// The text of an answer.
  ///
  /// The formats are those of SyncML Meta-Information 1.2, 5.1: a text for `chr` and `xml`, digits for `int`, `true` or `false` for `bool`,
  /// base64 for `b64` and `bin`. `node` stands for an interior node, `null` for no value at all.
  static func text(of answer: GetAnswers.Answer) throws(Doubt) -> String {
    let format = answer.format ?? "chr"
    guard format != "node" else {
      throw Doubt(reason: "the device answered \(name(answer)) as an interior node (Format node)")
    }
    guard format != "null" else {
      throw Doubt(reason: "the device answered \(name(answer)) without a value (Format null)")
    }
    guard !answer.hasMarkup else {
      throw Doubt(reason: "the value of \(name(answer)) has elements in it where only text belongs")
    }
    guard !answer.hasMoreData else {
      throw Doubt(
        reason: "the value of \(name(answer)) comes in parts (MoreData), of which this is not the last")
    }
    guard let data = answer.data else {
      throw Doubt(reason: "the device answered \(name(answer)) without Data")
    }
    switch format {
    case "chr", "xml": return data
    case "int":
      let digits = trimmedBlanks(data)
      guard digits.isEmpty || Int64(digits) != nil else { throw disagreement(answer, format, data) }
      return String(digits)
    case "bool":
      switch trimmedBlanks(data).lowercased() {
      case "": return ""
      case "true", "1": return "true"
      case "false", "0": return "false"
      default: throw disagreement(answer, format, data)
      }
    case "b64", "bin":
      guard let bytes = Base64.decode(data.utf8.filter { !isBlank($0) }) else {
        throw disagreement(answer, format, data)
      }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw Doubt(reason: "the value of \(name(answer)) is base64 of bytes that are no text in UTF-8")
      }
      return text
    default:
      throw Doubt(
        reason:
          "the device answered \(name(answer)) in the format '\(shortened(format, limit: 40))', which is not understood"
      )
    }
  }

  /// A path for a reason.
  static func name(_ answer: GetAnswers.Answer) -> String { shortened(answer.path, limit: 200) }

  private static func disagreement(_ answer: GetAnswers.Answer, _ format: String, _ data: String) -> Doubt {
    Doubt(
      reason:
        "the device answered \(name(answer)) with '\(shortened(data, limit: 80))', which is not of its format \(format)"
    )
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}

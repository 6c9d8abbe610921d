import Diagnostics
import PolicyModel

/// Traps when a text of lines has a character that acts on a terminal or a log, hides or reorders others, or cannot be shown.
func requirePrintable(
  _ text: String, in repertoire: TextRepertoire = .unicode, _ subject: @autoclosure () -> String
) {
  for scalar in text.unicodeScalars where scalar != "\n" {
    guard scalar.value < 0x20 || scalar.value >= 0x7F else { continue }
    require(
      scalar.properties.generalCategory != .control && !HiddenScalars.contains(scalar),
      "\(subject()) has the character \(scalar.value)")
    require(
      repertoire == .unicode || scalar.isASCII, "\(subject()) has \(scalar.value), which cannot be shown")
  }
}

/// Traps when a text is not one line, or is not fit for a terminal.
func requireLine(_ text: String, _ subject: @autoclosure () -> String) {
  require(!text.utf8.contains(0x0A), "\(subject()) is more than a line")
  requirePrintable(text, subject())
}

/// Traps when JSON is none, or is not fit for a terminal.
func requirePrintable(json bytes: [UInt8], _ subject: @autoclosure () -> String) {
  let limits = JSONLimits(bytes: 1 << 26, depth: 64)
  let text = String(decoding: bytes, as: UTF8.self)
  guard (try? JSONValue(parsing: bytes, limits: limits)) != nil else {
    fatalError("\(subject()) is not JSON: \(text)")
  }
  requirePrintable(text, subject())
}

/// Traps when a property of a reader does not hold; unlike `precondition`, it says which in release builds too.
func require(_ condition: Bool, _ property: @autoclosure () -> String) {
  if !condition { fatalError(property()) }
}

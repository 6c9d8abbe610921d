import Diagnostics

/// What a tool printed, as lines of text: whatever encoding Windows wrote it in, whatever ends its lines.
///
/// Reading never fails. Bytes that are no text become `U+FFFD`, which no parser takes for anything, and ASCII is never lost.
struct ToolText: Hashable, Sendable {
  /// How many bytes are read of an output; no tool prints as much.
  static let byteLimit = 4 << 20
  /// How many lines are kept.
  static let lineLimit = 1 << 16

  /// The lines without their ends. Control characters other than tabs are `U+FFFD`; NULs, invisible format characters and
  /// the escape sequences of terminals are gone.
  let lines: [String]
  /// The encoding that it was taken to be in.
  let encoding: ToolEncoding
  /// Whether there was more than the limits allow.
  let isCut: Bool
  /// Whether the last line has no end, so that more of it may be missing.
  let endsWithinLine: Bool

  /// The text of an output, standard output and standard error as one or either alone.
  init(_ bytes: [UInt8]) {
    let (text, encoding) = ToolEncoding.decode(bytes.prefix(Self.byteLimit))
    self.init(text, encoding, isCut: bytes.count > Self.byteLimit)
  }

  /// The text of a string, whose encoding is in no doubt.
  init(_ text: String) {
    self.init(Array(text.utf8.prefix(Self.byteLimit)), .utf8, isCut: text.utf8.count > Self.byteLimit)
  }

  private init(_ text: [UInt8], _ encoding: ToolEncoding, isCut: Bool) {
    self.encoding = encoding
    var lines: [String] = []
    var isCut = isCut
    var place = 0
    while place < text.count {
      guard lines.count < Self.lineLimit else {
        isCut = true
        break
      }
      let start = place
      while place < text.count, text[place] != 0x0A, text[place] != 0x0D { place += 1 }
      lines.append(Self.clean(text[start..<place]))
      // `wmic` and some transcripts end lines with several CRs.
      while place < text.count, text[place] == 0x0D { place += 1 }
      if place < text.count, text[place] == 0x0A { place += 1 }
    }
    self.lines = lines
    self.isCut = isCut
    endsWithinLine = isCut || text.last.map { $0 != 0x0A && $0 != 0x0D } ?? false
  }

  /// The first line that is not blank, for messages; nil when there is none.
  var firstLine: String? { lines.first { !$0.allSatisfy(\.isWhitespace) } }

  /// A line as a reason quotes it: its blanks squeezed, shortened, in quotation marks. Secrets are left out.
  static func quote(_ line: some StringProtocol) -> String {
    // No more than this is looked at of a line that may be megabytes long.
    let start = line.unicodeScalars.lazy.drop(while: \.properties.isWhitespace).prefix(400)
    let words = String(String.UnicodeScalarView(start)).split(whereSeparator: \.isWhitespace)
    if words.contains(where: isSecret) { return "'…', which may hold a secret" }
    return "'\(shortened(words.joined(separator: " "), limit: 79))'"
  }

  /// Whether a word is the name of the TPM's owner secret, or looks like a recovery password of BitLocker: groups of six digits.
  private static func isSecret(_ word: Substring) -> Bool {
    if word.lowercased().contains("ownerauth") { return true }
    let groups = word.split(separator: "-")
    return groups.count > 2
      && groups.allSatisfy { $0.utf8.count == 6 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
  }

  private static func clean(_ line: ArraySlice<UInt8>) -> String {
    if line.allSatisfy({ (0x20...0x7E).contains($0) || $0 == 0x09 }) {
      return String(decoding: line, as: UTF8.self)
    }
    var result = String.UnicodeScalarView()
    var scalars = String(decoding: line, as: UTF8.self).unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\u{1B}": skipEscapeSequence(&scalars)
      case "\t": result.append(scalar)
      case "\0": break
      default:
        switch scalar.properties.generalCategory {
        case .format: break
        case .control: result.append("\u{FFFD}")
        default: result.append(scalar)
        }
      }
    }
    return String(result)
  }

  /// Drops the rest of a control sequence (ECMA-48, 5.4), such as PowerShell 7 colours its lists with.
  private static func skipEscapeSequence(_ scalars: inout Substring.UnicodeScalarView) {
    guard scalars.first == "[" else { return }
    scalars.removeFirst()
    while let scalar = scalars.first, ("\u{20}"..."\u{3F}").contains(scalar) { scalars.removeFirst() }
    if let final = scalars.first, ("\u{40}"..."\u{7E}").contains(final) { scalars.removeFirst() }
  }
}

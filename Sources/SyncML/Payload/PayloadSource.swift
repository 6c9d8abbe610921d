import Diagnostics
import XMLInput

/// The bytes of a payload while it is read, from where the command that is open begins.
struct PayloadSource: Sendable {
  private struct Part {
    let start: Int
    let bytes: [UInt8]

    var end: Int { start + bytes.count }
  }

  /// In the order of the payload, by where they begin and by where they end.
  private var parts: [Part] = []

  /// Takes the bytes of a batch, and forgets those before an offset.
  mutating func append(_ batch: XMLBatch, keepingFrom offset: Int) {
    // Nothing is looked at while one command stays open: a stranger's payload may come in millions of pieces.
    parts.removeFirst(parts.firstIndex { $0.end > offset } ?? parts.count)
    parts.append(Part(start: batch.sourceStart, bytes: batch.source))
  }

  /// The place of a byte of a text, or of the text where its bytes are not there.
  func place(of text: PayloadText, byte wanted: Int) -> SourcePosition {
    guard text.start != text.element, text.start <= text.end,
      let bytes = bytes(text.start.offset..<text.end.offset)
    else { return text.position }
    let count = text.value.utf8.count
    var walk = TextWalk(bytes)
    while wanted < count || walk.resolved < wanted, let step = walk.next() {
      if walk.resolved + step.resolved > wanted { break }
      walk.take(step)
    }
    return text.start.advanced(to: walk.index, of: bytes)
  }

  private func bytes(_ range: Range<Int>) -> [UInt8]? {
    var found: [UInt8] = []
    for part in parts {
      let next = range.lowerBound + found.count
      guard part.start <= next, part.end > next else { continue }
      found += part.bytes[(next - part.start)..<min(part.bytes.count, range.upperBound - part.start)]
    }
    return found.count == range.count ? found : nil
  }
}

/// Goes over the content of an element, and counts the bytes of the text that a reader makes of it.
private struct TextWalk {
  /// What comes next: so many bytes, which become so many of the text.
  struct Step {
    let bytes: Int
    let resolved: Int
    var isInSection: Bool
  }

  private static let longestReference = 128

  private let bytes: [UInt8]
  private(set) var index = 0
  private(set) var resolved = 0
  private var isInSection = false

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func take(_ step: Step) {
    index += step.bytes
    resolved += step.resolved
    isInSection = step.isInSection
  }

  func next() -> Step? {
    guard index < bytes.count else { return nil }
    let rest = bytes[index...]
    switch bytes[index] {
    case UInt8(ascii: "]") where isInSection && rest.starts(with: "]]>".utf8):
      return Step(bytes: 3, resolved: 0, isInSection: false)
    case UInt8(ascii: "<") where !isInSection: return markup(rest)
    case UInt8(ascii: "&") where !isInSection:
      let end = rest.prefix(Self.longestReference).firstIndex(of: UInt8(ascii: ";")) ?? index
      let name = String(decoding: bytes[(index + 1)..<max(index + 1, end)], as: UTF8.self)
      return Step(bytes: end - index + 1, resolved: Self.size(ofReference: name), isInSection: false)
    // libxml2 leaves line ends in sections as they are.
    case 0x0D where !isInSection && rest.dropFirst().first == 0x0A:
      return Step(bytes: 2, resolved: 1, isInSection: false)
    default: return Step(bytes: 1, resolved: 1, isInSection: isInSection)
    }
  }

  private func markup(_ rest: ArraySlice<UInt8>) -> Step {
    if rest.starts(with: "<![CDATA[".utf8) { return Step(bytes: 9, resolved: 0, isInSection: true) }
    return Step(
      bytes: MarkupToken.first(in: rest)?.bytes.count ?? rest.count, resolved: 0, isInSection: false)
  }

  /// The bytes of the character that `lt`, `#60` or `#x3C` stands for.
  private static func size(ofReference name: String) -> Int {
    guard name.hasPrefix("#") else { return 1 }
    let number = name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst())
    return number.flatMap(Unicode.Scalar.init).map { UTF8.width($0) } ?? 1
  }
}

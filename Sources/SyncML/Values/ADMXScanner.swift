import Diagnostics

/// Reads the value of an ADMX policy: `<enabled/>` or `<disabled/>`, then `<data id="…" value="…"/>` for each of its
/// elements.
///
/// Which ids a policy has is written in its ADMX file, which the catalogue does not have.
struct ADMXScanner {
  /// A finding at a byte of the value.
  struct Remark {
    let code: DiagnosticCode
    let message: String
    let label: String
    let help: [String]
    let offset: Int

    init(_ code: DiagnosticCode, _ message: String, _ label: String, help: [String] = [], at offset: Int) {
      self.code = code
      self.message = message
      self.label = label
      self.help = help
      self.offset = offset
    }
  }

  private enum State { case enabled, disabled }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0
  private var state: State?
  private var ids: [Range<Int>] = []
  private var remarks: [Remark] = []
  private var hasDataOfDisabled = false
  private var hasWrongCase = false
  private var hasTwice = false
  private var hasMisspelling = false

  /// What there is to say about a value, in its order, each thing once; the last is an error when the value could not
  /// be read on.
  static func remarks(on bytes: UnsafeBufferPointer<UInt8>) -> [Remark] {
    var scanner = ADMXScanner(bytes)
    if let failure = scanner.scan() { scanner.remarks.append(failure) }
    return scanner.remarks
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func scan() -> Remark? {
    while true {
      blanks()
      if has("<!--") {
        if let failure = comment() { return failure }
        continue
      }
      guard let byte = next else { return state == nil ? neither(at: 0) : nil }
      guard byte == UInt8(ascii: "<") else { return state == nil ? neither(at: index) : text() }
      if let failure = element() { return failure }
    }
  }

  private mutating func element() -> Remark? {
    let start = index
    index += 1
    let name = name()
    guard !name.isEmpty else {
      return malformed("'<' begins no element", at: start)
    }
    if means(name, "enabled", start) || means(name, "disabled", start) {
      let isEnabled = name.count == 7
      guard state == nil else {
        return Remark(
          "SM1714", "it has a second <\(string(name))>", "a second one",
          help: ["keep one of <enabled/> and <disabled/>"], at: start)
      }
      state = isEnabled ? .enabled : .disabled
      return endOfTag(name, start)
    }
    guard means(name, "data", start) else {
      return Remark(
        "SM1714", "it has the element <\(clipped(string(name), limit: 40))>", "unknown element",
        help: ["write only <enabled/> or <disabled/> and <data id=\"…\" value=\"…\"/>"], at: start)
    }
    guard state != nil else { return neither(at: start) }
    if state == .disabled, !hasDataOfDisabled {
      hasDataOfDisabled = true
      remarks.append(
        Remark(
          "SM1715", "data stands behind <disabled/>, where a device has no use for it", "not used",
          help: ["remove the data, or write <enabled/>"], at: start))
    }
    return data(name, start)
  }

  /// `id="…" value="…"` and the end of the tag.
  private mutating func data(_ name: Range<Int>, _ start: Int) -> Remark? {
    var id: Range<Int>?
    var value: Range<Int>?
    while true {
      let hasBlank = blanks()
      guard let byte = next, byte != UInt8(ascii: "/"), byte != UInt8(ascii: ">") else { break }
      let at = index
      let attribute = self.name()
      guard !attribute.isEmpty, hasBlank else {
        return malformed("the tag <data> has '\(glimpse(at))'", at: at)
      }
      blanks()
      guard next == UInt8(ascii: "=") else {
        return malformed("the attribute \(string(attribute)) has no '='", at: at)
      }
      index += 1
      blanks()
      guard let quote = next, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
        return malformed("the value of the attribute \(string(attribute)) is not in quotes", at: index)
      }
      index += 1
      let content = index
      while let byte = next, byte != quote {
        if byte == UInt8(ascii: "<") { return malformed("'<' stands in an attribute's value", at: index) }
        if byte == UInt8(ascii: "&"), !skipReference() {
          return malformed("'&' begins no reference", at: index)
        }
        index += 1
      }
      guard next == quote else { return malformed("an attribute's value is not closed", at: content - 1) }
      if means(attribute, "id", at) {
        guard id == nil else { return malformed("<data> has two attributes id", at: at) }
        id = content..<index
      } else if means(attribute, "value", at) {
        guard value == nil else { return malformed("<data> has two attributes value", at: at) }
        value = content..<index
      } else if string(attribute) != "xmlns" {
        return Remark(
          "SM1714", "<data> has the attribute \(clipped(string(attribute), limit: 40))", "unknown attribute",
          help: ["write only id and value"], at: at)
      }
      index += 1
    }
    guard let id, !id.isEmpty else {
      return Remark(
        "SM1714", "<data> has no id", "no id", help: ["name the element of the policy: id=\"…\""], at: start)
    }
    guard let value else {
      return Remark("SM1714", "<data> has no value", "no value", help: ["add value=\"…\""], at: start)
    }
    if !hasTwice, ids.contains(where: { same($0, id) }) {
      hasTwice = true
      remarks.append(
        Remark(
          "SM1716", "the id \(clipped(string(id), limit: 60)) stands twice; a device takes one of the values",
          "twice", help: ["keep one data element for each id"], at: id.lowerBound))
    } else if ids.count < 64 {
      ids.append(id)
    }
    if !hasMisspelling, find("F000", in: value) != nil,
      let spelling = ListSyntax.misspellings.first(where: { find($0, in: value) != nil }),
      let offset = find(spelling, in: value)
    {
      hasMisspelling = true
      remarks.append(
        Remark(
          "SM1710", "'\(spelling)' stands where the separator U+F000 is meant", "not the separator",
          help: ["write &#xF000;"], at: offset))
    }
    return endOfTag(name, start)
  }

  /// `/>`, or `>` and the end tag.
  private mutating func endOfTag(_ name: Range<Int>, _ start: Int) -> Remark? {
    blanks()
    if has("/>") {
      index += 2
      return nil
    }
    guard next == UInt8(ascii: ">") else {
      guard let byte = next else { return malformed("the tag <\(string(name))> is not closed", at: start) }
      if byte == UInt8(ascii: "/") {
        return malformed("'/' stands inside the tag <\(string(name))>", at: index)
      }
      return Remark(
        "SM1714", "the tag <\(string(name))> has '\(glimpse(index))' behind its name", "not expected here",
        help: ["write <\(string(name))/>"], at: index)
    }
    index += 1
    blanks()
    guard has("</"), same(index + 2..<min(index + 2 + name.count, bytes.count), name) else {
      return malformed(
        "<\(string(name))> is opened and not closed: expected <\(string(name))/>", at: start)
    }
    index += 2 + name.count
    blanks()
    guard next == UInt8(ascii: ">") else { return malformed("an end tag is not closed", at: index) }
    index += 1
    return nil
  }

  // MARK: Remarks

  /// The value begins with neither of the two elements.
  private func neither(at offset: Int) -> Remark {
    var help = ["write &lt;enabled/&gt; or &lt;disabled/&gt;, escaped or in CDATA"]
    switch string(0..<min(bytes.count, 40)).lowercased().filter({ !$0.isWhitespace && !"\"'".contains($0) }) {
    case "1", "true", "enabled", "enable", "on", "<enabled>": help.insert("did you mean <enabled/>?", at: 0)
    case "0", "false", "disabled", "disable", "off", "<disabled>":
      help.insert("did you mean <disabled/>?", at: 0)
    default: break
    }
    return Remark(
      "SM1712", "it begins with neither <enabled/> nor <disabled/>", "expected <enabled/> or <disabled/>",
      help: help, at: offset)
  }

  private func text() -> Remark {
    Remark(
      "SM1714", "text stands between its elements: '\(glimpse(index))'", "text",
      help: ["write every value as <data id=\"…\" value=\"…\"/>"], at: index)
  }

  private func malformed(_ message: String, at offset: Int) -> Remark {
    Remark("SM1713", message, "not well-formed", at: offset)
  }

  // MARK: Bytes

  private mutating func comment() -> Remark? {
    let start = index
    index += 4
    while index < bytes.count, !has("-->") { index += 1 }
    guard next != nil else { return malformed("a comment is not closed", at: start) }
    index += 3
    return nil
  }

  @discardableResult private mutating func blanks() -> Bool {
    let start = index
    while let byte = next, isXMLSpace(byte) { index += 1 }
    return index > start
  }

  private mutating func name() -> Range<Int> {
    let start = index
    while let byte = next {
      let isName =
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || (0x30...0x39).contains(byte)
        || byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
        || byte == UInt8(ascii: ":")
      guard isName else { break }
      index += 1
    }
    return start..<index
  }

  /// Moves to the `;` of a reference that XML knows; false when it is none.
  private mutating func skipReference() -> Bool {
    var end = index + 1
    while end < bytes.count, end - index < 12, bytes[end] != UInt8(ascii: ";") { end += 1 }
    guard end < bytes.count, bytes[end] == UInt8(ascii: ";") else { return false }
    let name = string((index + 1)..<end)
    let isKnown: Bool
    if name.hasPrefix("#x") {
      isKnown =
        UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init).map(\.isXML) ?? false
    } else if name.hasPrefix("#") {
      isKnown = UInt32(name.dropFirst(1)).flatMap(Unicode.Scalar.init).map(\.isXML) ?? false
    } else {
      isKnown = ["amp", "lt", "gt", "quot", "apos"].contains(name)
    }
    if isKnown { index = end }
    return isKnown
  }

  /// Whether a name is the one that is meant, which another case of its letters does not hide.
  private mutating func means(_ name: Range<Int>, _ expected: StaticString, _ start: Int) -> Bool {
    guard name.count == expected.utf8CodeUnitCount else { return false }
    var isExact = true
    for offset in 0..<name.count {
      let byte = bytes[name.lowerBound + offset]
      let wanted = expected.utf8Start[offset]
      if byte == wanted { continue }
      guard byte | 0x20 == wanted else { return false }
      isExact = false
    }
    if !isExact, !hasWrongCase {
      hasWrongCase = true
      remarks.append(
        Remark(
          "SM1717", "'\(string(name))' is written '\(expected)'", "write \(expected)",
          help: ["write the names enabled, disabled, data, id and value in lower case"], at: start))
    }
    return true
  }

  private func has(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard bytes.count - index >= count else { return false }
    for offset in 0..<count where bytes[index + offset] != text.utf8Start[offset] { return false }
    return true
  }

  private func same(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    left.count == right.count && bytes[left].elementsEqual(bytes[right])
  }

  private func find(_ text: String, in range: Range<Int>) -> Int? {
    guard let first = text.utf8.first else { return nil }
    return range.first { bytes[$0] == first && bytes[$0..<range.upperBound].starts(with: text.utf8) }
  }

  private func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
  private func glimpse(_ offset: Int) -> String {
    clipped(string(offset..<min(offset + 40, bytes.count)), limit: 20)
  }
}

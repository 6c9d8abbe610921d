import Diagnostics

/// A growing XML text in UTF-8: indented lines, and character data that reads back as what was given.
struct XMLText {
  private(set) var bytes: [UInt8] = []

  mutating func line(_ depth: Int, _ markup: String) {
    open(depth, markup)
    bytes.append(UInt8(ascii: "\n"))
  }

  mutating func open(_ depth: Int, _ markup: String) {
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    bytes.append(contentsOf: markup.utf8)
  }

  mutating func close(_ markup: String) {
    bytes.append(contentsOf: markup.utf8)
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Character data with references where the text could be misread or not be seen; the first forbidden character, if any.
  ///
  /// `>` is always escaped, so that `]]>` cannot arise.
  mutating func escaped(_ text: String) -> UInt32? {
    for scalar in text.unicodeScalars {
      guard scalar.isXML else { return scalar.value }
      if scalar != "\n", scalar != "\t", scalar != "\"", let reference = scalar.xmlReference {
        bytes += reference.utf8
      } else {
        bytes.append(contentsOf: scalar.utf8)
      }
    }
    return nil
  }

  /// A CDATA section, cut in two where the text holds its end mark or what needs a reference; the first forbidden character, if any.
  mutating func cdata(_ text: String) -> UInt32? {
    append("<![CDATA[")
    var brackets = 0
    for scalar in text.unicodeScalars {
      guard scalar.isXML else { return scalar.value }
      if scalar == ">", brackets >= 2 { append("]]><![CDATA[") }
      brackets = scalar == "]" ? brackets + 1 : 0
      if scalar != "\n", scalar != "\t", HiddenScalars.act(scalar), let reference = scalar.xmlReference {
        bytes += "]]>\(reference)<![CDATA[".utf8
      } else {
        bytes.append(contentsOf: scalar.utf8)
      }
    }
    append("]]>")
    return nil
  }

  private mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }
}

import Diagnostics

/// A change to a payload that mends a finding. Which bytes it is about is found when the payload is there to look at.
package struct PayloadFix: Hashable, Sendable {
  /// What is written anew.
  package enum Change: Hashable, Sendable {
    /// The text between two places; `text` is not escaped yet.
    case text(from: SourcePosition, to: SourcePosition, text: String)
    /// The name in the start tag at the finding, and in the end tag that belongs to it.
    case name(String)
    /// The XML from the finding to the end tag of the element of this name around it, as text.
    case escape(within: String)
    /// The default namespace in the start tag at the finding.
    case namespace(String)
  }

  /// What it does, as an instruction.
  package let title: String
  /// What is written anew.
  package let change: Change

  /// A change with its title.
  package init(_ title: String, _ change: Change) {
    self.title = title
    self.change = change
  }

  /// Writes the whole text of an element anew; nil when more than text stands in it.
  init?(_ title: String, replacing text: PayloadText, with replacement: String) {
    guard !text.hasElements, text.start != text.element else { return nil }
    self.init(title, .text(from: text.start, to: text.end, text: replacement))
  }

  /// The fix-it for a finding at a place, or nil when the bytes there are not what was read.
  func fixIt(at position: SourcePosition, in file: FileID, _ lines: LineIndex) -> FixIt? {
    let source = FixSource(lines)
    let edit: (range: Range<Int>, text: [UInt8])?
    switch change {
    case .text(let from, let to, let text): edit = source.text(from: from, to: to, text)
    case .name(let name): edit = source.renaming(at: position, to: name)
    case .escape(let name): edit = source.escaping(from: position, within: name)
    case .namespace(let namespace): edit = source.namespace(at: position, to: namespace)
    }
    guard let edit else { return nil }
    return FixIt(
      title: title,
      span: Span(
        file: file, start: UInt32(clamping: edit.range.lowerBound),
        end: UInt32(clamping: edit.range.upperBound)),
      replacement: String(decoding: edit.text, as: UTF8.self))
  }
}

/// One piece of markup as it stands in the bytes of a document.
struct MarkupToken {
  enum Kind {
    case start, empty, end, comment, cdata, instruction, declaration, doctype
  }

  var kind: Kind
  /// Offsets from the first byte after a byte order mark.
  var bytes: Range<Int>
  /// The place of the `<`.
  var at: XMLPosition
  /// The place right behind the `>`.
  var endsAt: XMLPosition
}

import XMLInput

/// An element that is open while a payload is read.
struct Frame {
  let element: PayloadElement
  let position: XMLPosition
  let model: ContentModel
  var text: PayloadText
  var hasElements = false
  var hasStrayText = false
  private var slot = 0
  private var seen = ElementSet()
  private var lastPlaced: PayloadElement?

  init(_ element: PayloadElement, at position: XMLPosition) {
    self.element = element
    self.position = position
    model = ContentModel.of(element)
    text = PayloadText(
      value: "", element: position, position: position, start: position, end: position, isCDATA: false,
      hasElements: false)
  }

  var isElementContent: Bool {
    if case .elements = model { true } else { false }
  }

  enum Placement {
    case fits, misplaced, repeated
    case outOfOrder(after: PayloadElement)
  }

  /// Takes a child into the order of children.
  mutating func place(_ child: PayloadElement) -> Placement {
    guard case .elements(let slots) = model,
      let index = slots.firstIndex(where: { $0.elements.contains(child) })
    else { return .misplaced }
    let isNew = seen.insert(child)
    if !isNew, !slots[index].repeats { return .repeated }
    defer { if index >= slot { lastPlaced = child } }
    if index < slot { return .outOfOrder(after: lastPlaced ?? child) }
    slot = index
    return .fits
  }

  /// The required children that never came. In a fragment the server adds CmdIDs.
  func missing(inFragment: Bool) -> [PayloadElement] {
    guard case .elements(let slots) = model else { return [] }
    return slots.compactMap { slot in
      guard slot.isRequired, seen.isDisjoint(with: slot.elements) else { return nil }
      return slot.first == .cmdID && inFragment ? nil : slot.first
    }
  }

  mutating func append(_ more: String, cdata: Bool, at position: XMLPosition) {
    if cdata { text.isCDATA = true }
    if text.start == text.element { text.start = position }
    if text.position == text.element, more.utf8.contains(where: { !isXMLSpace($0) }) {
      text.position = cdata ? position : firstInk(of: more, from: position)
    }
    text.value += more
  }
}

/// Where the first character that is not white space stands, in text that begins at a position.
func firstInk(of text: String, from position: XMLPosition) -> XMLPosition {
  var line = position.line
  var column = position.column
  for byte in text.utf8 {
    guard isXMLSpace(byte) else { break }
    if byte == 0x0A {
      line += 1
      column = 1
    } else {
      column += 1
    }
  }
  return XMLPosition(line: line, column: column)
}

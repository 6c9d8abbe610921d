import Diagnostics

/// An element that is open while a payload is read. It owns nothing, so that opening and closing one costs little.
struct Frame {
  let element: PayloadElement
  let kind: ContentTable.Kind
  let position: SourcePosition
  var hasElements = false
  var hasStrayText = false
  private var slot: UInt8 = 0
  private var lastPlaced: PayloadElement?
  private(set) var seen = ElementSet()

  init(_ element: PayloadElement, _ kind: ContentTable.Kind, at position: SourcePosition) {
    self.element = element
    self.kind = kind
    self.position = position
  }

  enum Placement {
    case fits, misplaced, repeated
    case outOfOrder(after: PayloadElement)
  }

  /// Takes a child into the order of children.
  mutating func place(_ child: PayloadElement, by table: ContentTable) -> Placement {
    guard let index = table.slot(of: child, in: element) else { return .misplaced }
    let isNew = seen.insert(child)
    if !isNew, !table.repeats(child, in: element) { return .repeated }
    defer { if index >= slot { lastPlaced = child } }
    if index < slot { return .outOfOrder(after: lastPlaced ?? child) }
    slot = index
    return .fits
  }

  /// The required children that never came. In a fragment the server adds CmdIDs.
  func missing(by table: ContentTable, inFragment: Bool) -> [PayloadElement] {
    let required = table.required(in: element)
    guard !required.isSubset(of: seen) else { return [] }
    return PayloadElement.allCases
      .filter { required.contains($0) && !seen.contains($0) && !($0 == .cmdID && inFragment) }
      .sorted { (table.slot(of: $0, in: element) ?? 0) < (table.slot(of: $1, in: element) ?? 0) }
  }
}

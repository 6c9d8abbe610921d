/// What ``ContentModel`` says of every pair of elements, in flat storage: a payload asks for it at every element.
struct ContentTable: Sendable {
  /// What an element holds, without the order of it.
  enum Kind: UInt8, Sendable {
    case elements, text, value, empty, opaque
  }

  /// The same for every payload.
  static let syncML = ContentTable()

  private static let count = PayloadElement.allCases.count
  private static let nowhere = UInt8.max
  private let kinds: [Kind]
  private let slots: [UInt8]
  private let repeating: [ElementSet]
  private let required: [ElementSet]

  private init() {
    var slots = [UInt8](repeating: Self.nowhere, count: Self.count * Self.count)
    var repeating: [ElementSet] = []
    var required: [ElementSet] = []
    kinds = PayloadElement.allCases.map { parent in
      let (kind, model) = Self.kind(of: ContentModel.of(parent))
      var repeats = ElementSet()
      var needs = ElementSet()
      for child in PayloadElement.allCases {
        guard let index = model.firstIndex(where: { $0.elements.contains(child) }) else { continue }
        slots[Int(parent.rawValue) * Self.count + Int(child.rawValue)] = UInt8(truncatingIfNeeded: index)
        if model[index].repeats { repeats.insert(child) }
        if model[index].isRequired, model[index].first == child { needs.insert(child) }
      }
      repeating.append(repeats)
      required.append(needs)
      return kind
    }
    self.slots = slots
    self.repeating = repeating
    self.required = required
  }

  private static func kind(of model: ContentModel) -> (Kind, [ContentModel.Slot]) {
    switch model {
    case .elements(let slots): (.elements, slots)
    case .text: (.text, [])
    case .value: (.value, [])
    case .empty: (.empty, [])
    case .opaque: (.opaque, [])
    }
  }

  /// What an element holds.
  func kind(of element: PayloadElement) -> Kind { kinds[Int(element.rawValue)] }

  /// The place of a child in the order of its parent's children, or nil when it does not belong there.
  func slot(of child: PayloadElement, in parent: PayloadElement) -> UInt8? {
    let slot = slots[Int(parent.rawValue) * Self.count + Int(child.rawValue)]
    return slot == Self.nowhere ? nil : slot
  }

  /// Whether a parent takes a child any number of times.
  func repeats(_ child: PayloadElement, in parent: PayloadElement) -> Bool {
    repeating[Int(parent.rawValue)].contains(child)
  }

  /// The children that an element must have.
  func required(in parent: PayloadElement) -> ElementSet { required[Int(parent.rawValue)] }
}

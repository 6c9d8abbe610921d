import XMLInput

/// What the names of a document's elements are in SyncML, by the numbers that the reader gives them.
struct ElementNames {
  /// A name in SyncML.
  struct Entry {
    /// The element, in whatever case its name is spelled; nil for a name that SyncML does not have.
    var element: PayloadElement?
    /// Whether the name is spelled as SyncML does.
    var isExact = false
    /// Whether it is in the namespace that it belongs into.
    var isInPlace = false
  }

  private var entries: [Entry?] = []
  private var rootNamespace = ""

  /// Takes a root's namespace for that of the elements in it.
  mutating func enter(rootNamespace: String) {
    guard rootNamespace != self.rootNamespace else { return }
    self.rootNamespace = rootNamespace
    entries.removeAll(keepingCapacity: true)
  }

  /// The namespace that an element belongs into.
  func namespace(of element: PayloadElement) -> String {
    element.isMetInf ? SyncMLMessage.metaNamespace : rootNamespace
  }

  /// What a name of a batch is.
  mutating func entry(_ id: Int, in batch: XMLBatch) -> Entry {
    if id < entries.count, let known = entries[id] { return known }
    let entry = make(batch.name(id))
    guard id < XMLBatch.lastingNames else { return entry }
    while entries.count <= id { entries.append(nil) }
    entries[id] = entry
    return entry
  }

  private func make(_ name: XMLName) -> Entry {
    if let element = PayloadElement.named(name.local) {
      return Entry(element: element, isExact: true, isInPlace: name.namespace == namespace(of: element))
    }
    guard let element = PayloadElement.named(ignoringCase: name.local) else { return Entry() }
    return Entry(element: element, isExact: false, isInPlace: name.namespace == namespace(of: element))
  }
}

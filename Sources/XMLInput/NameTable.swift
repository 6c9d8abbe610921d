import CLibXML2

/// Numbers for the names that libxml2 reports.
///
/// libxml2 keeps names in a dictionary of the parser, so that equal names have equal addresses, as long as the parser.
struct NameTable {
  private struct Slot {
    var local: UnsafePointer<xmlChar>?
    var namespace: UnsafePointer<xmlChar>?
    var id: UInt32 = 0
  }

  /// Twice as many as there are names to keep, so that a search is short.
  private static let size = 2 * XMLBatch.lastingNames
  private var slots = [Slot](repeating: Slot(), count: size)

  /// The id of a name; it is added to the batch when it is new.
  mutating func id(
    _ local: UnsafePointer<xmlChar>, _ namespace: UnsafePointer<xmlChar>?, in batch: inout XMLBatch
  ) -> Int {
    let hash = (UInt(bitPattern: local) ^ (UInt(bitPattern: namespace) << 7)) &* 0x9E37_79B9_7F4A_7C15
    var index = Int(truncatingIfNeeded: hash >> 40) & (Self.size - 1)
    while let known = slots[index].local {
      if known == local, slots[index].namespace == namespace { return Int(slots[index].id) }
      index = (index + 1) & (Self.size - 1)
    }
    let name = XMLName(namespace: namespace.map { string($0) } ?? "", local: string(local))
    guard batch.names.count < XMLBatch.lastingNames else {
      batch.passingNames.append(name)
      return XMLBatch.lastingNames + batch.passingNames.count - 1
    }
    slots[index] = Slot(local: local, namespace: namespace, id: UInt32(batch.names.count))
    batch.names.append(name)
    return batch.names.count - 1
  }
}

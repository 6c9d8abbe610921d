/// Reference values that several golden devices of one model lead to: what any of them measured, the same whatever their order.
package struct ReferenceLearning {
  /// What was learnt.
  package let values: ReferenceValues
  /// What not all devices have, each a line without a full stop: one device of the lot may be odd.
  package let notes: [String]

  /// Learns from devices, of which there is at least one.
  package init(_ devices: [GoldenDevice], requiring required: Set<ReferenceValues.Section>) {
    let all = devices.map { (name: $0.name, values: $0.values) }
    var notes: [String] = []
    func note(_ what: String, in places: [Int]) {
      guard places.count < all.count else { return }
      notes.append(
        "only in \(places.count) of \(all.count), \(places.map { all[$0].name }.joined(separator: ", ")): \(what)"
      )
    }
    let banks = all.first?.values.banks ?? []
    var values = ReferenceValues(banks: banks, required: required)
    let measured = Self.merged(all.map { $0.values.measurements }, by: Measured.init)
    values.measurements = measured.map { .init($0.key.slot, digests: $0.key.digests, comment: $0.comment) }
    // Other firmware has many other measurements: a line for the devices that have it, by the first.
    var groups: [(first: (key: Measured, comment: String?, places: [Int]), count: Int)] = []
    for entry in measured where entry.places.count < all.count {
      let known = groups.firstIndex {
        $0.first.key.slot == entry.key.slot && $0.first.places == entry.places
      }
      if let known { groups[known].count += 1 } else { groups.append((entry, 1)) }
    }
    for ((key, comment, places), count) in groups {
      let digests = zip(banks, key.digests).map { "\($0.name) \(hexadecimal($1))" }
      let name = comment.map { "'\($0)' " } ?? ""
      let others = count > 1 ? ", and \(count - 1) more" : ""
      note("\(name)in \(key.slot.shown), \(digests.joined(separator: ", "))\(others)", in: places)
    }
    let authorities = Self.merged(all.map { $0.values.authorities }, by: Known.init)
    for (key, comment, places) in authorities {
      values.authorities.append(.init(key.identity, comment: comment))
      note("the authority \(key.shown(comment))", in: places)
    }
    for list in ReferenceValues.KeyList.allCases {
      let known = all.compactMap { $0.values.keys[list] }
      guard known.count == all.count else {
        notes.append("not measured by all of them, and not learnt: \(list.rawValue)")
        continue
      }
      let entries = Self.merged(known, by: Known.init)
      // What every device forbids can be asked of each; what one alone forbids cannot.
      let isForbidden = list == .forbidden
      values.keys[list] = entries.filter { !isForbidden || $0.places.count == all.count }.map {
        .init($0.key.identity, comment: $0.comment)
      }
      let odd = entries.filter { $0.places.count < all.count }
      if isForbidden, let first = odd.first {
        notes.append(
          "not in all of them, and not learnt: \(odd.count == 1 ? "an entry" : "\(odd.count) entries") of dbx, such as "
            + first.key.shown(first.comment))
      } else {
        for entry in odd {
          note("\(entry.key.shown(entry.comment)) in \(list.rawValue)", in: entry.places)
        }
      }
    }
    self.values = values
    self.notes = notes
  }

  /// What measurements are the same by.
  private struct Measured: Hashable, Comparable {
    let slot: ReferenceValues.Slot
    let digests: [[UInt8]]

    init(_ entry: ReferenceValues.Measurement) { (slot, digests) = (entry.slot, entry.digests) }

    static func < (left: Self, right: Self) -> Bool {
      if left.slot != right.slot { return left.slot.rank < right.slot.rank }
      return left.digests.lexicographicallyPrecedes(right.digests) { $0.lexicographicallyPrecedes($1) }
    }
  }

  /// What entries are the same by.
  private struct Known: Hashable, Comparable {
    let identity: ReferenceValues.Identity

    init(_ entry: ReferenceValues.Entry) { identity = entry.identity }

    func shown(_ comment: String?) -> String {
      comment.map { "'\($0)' (SHA-256 \(hexadecimal(identity.digest)))" } ?? identity.shown
    }

    static func < (left: Self, right: Self) -> Bool {
      if left.identity.kind != right.identity.kind {
        return left.identity.kind.rawValue < right.identity.kind.rawValue
      }
      return left.identity.digest.lexicographicallyPrecedes(right.identity.digest)
    }
  }

  /// Every entry once, in their order, with the first of the comments and the devices that have it.
  private static func merged<Entry: Commented, Key: Hashable & Comparable>(
    _ lists: [[Entry]], by key: (Entry) -> Key
  ) -> [(key: Key, comment: String?, places: [Int])] {
    var found: [Key: (comment: String?, places: [Int])] = [:]
    for (place, list) in lists.enumerated() {
      for entry in list {
        var known = found[key(entry)] ?? (nil, [])
        if known.places.last != place { known.places.append(place) }
        if let comment = entry.comment,
          known.comment.map({ comment.utf8.lexicographicallyPrecedes($0.utf8) }) ?? true
        {
          known.comment = comment
        }
        found[key(entry)] = known
      }
    }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value.comment, $0.value.places) }
  }
}

/// What has a comment for people.
private protocol Commented {
  var comment: String? { get }
}

extension ReferenceValues.Measurement: Commented {}
extension ReferenceValues.Entry: Commented {}

extension ReferenceValues.Slot {
  /// `PCR 0`, `PCR 4 (boot_manager)`
  fileprivate var shown: String {
    switch self {
    case .firmware(let register): "PCR \(register)"
    case .image(let place): "PCR 4 (\(place.rawValue))"
    }
  }

  /// Where it comes in a file.
  fileprivate var rank: Int {
    switch self {
    case .firmware(let register): register
    case .image(.beforeSeparator): 100
    case .image(.beforeBootManager): 101
    case .image(.bootManager): 102
    }
  }
}

/// Something in which a device is not as reference values have it.
struct ReferenceDifference: Hashable {
  /// The part that it is of.
  let section: ReferenceValues.Section
  /// The PCR.
  let register: Int
  /// Whether it is an image behind everything else that PCR 4 has, as Windows' boot manager is.
  var isBootManager = false
  /// What it is: a part of an enumeration behind a colon.
  let text: String
}

extension ReferenceValues {
  /// In what a device differs: whatever it measured that they do not list, in the order of the sections and of the log.
  func differences(of boot: MeasuredBoot) -> [ReferenceDifference] {
    measured(by: boot) + authorities(of: boot) + keys(of: boot)
  }

  private struct Listed: Hashable {
    let slot: Slot
    let digests: [[UInt8]]
  }

  private func measured(by boot: MeasuredBoot) -> [ReferenceDifference] {
    var found: [ReferenceDifference] = []
    let places = boot.banks.map { banks.firstIndex(of: $0) }
    if let missing = places.firstIndex(of: nil) {
      let text = "'\(name)' has no digests of \(boot.banks[missing].name)"
      return [
        ReferenceDifference(section: .firmware, register: 2, text: text),
        ReferenceDifference(section: .images, register: 4, text: text),
      ]
    }
    let listed = Set(
      measurements.map { entry in
        Listed(slot: entry.slot, digests: places.compactMap { $0 }.map { entry.digests[$0] })
      })
    for section in [Section.firmware, .images] {
      for doubt in boot.doubts where (doubt.register == 4) == (section == .images) {
        found.append(
          ReferenceDifference(section: section, register: doubt.register, text: doubt.reason))
      }
      for event in boot.events
      where event.slot.section == section
        && !listed.contains(Listed(slot: event.slot, digests: event.digests))
      {
        found.append(
          ReferenceDifference(
            section: section, register: event.slot.register,
            isBootManager: event.slot == .image(.bootManager), text: boot.name(of: event)))
      }
    }
    return found
  }

  private func authorities(of boot: MeasuredBoot) -> [ReferenceDifference] {
    let listed = Set(authorities.map(\.identity))
    return boot.secureBoot.authorities.filter { authority in
      authority.entry.map { !authority.isFirmware || !listed.contains($0.identity) } ?? true
    }.map {
      ReferenceDifference(
        section: .authorities, register: 7,
        text:
          "event \($0.event) in PCR 7 (\($0.entry?.shownAuthority ?? "an authority that is not understood"))")
    }
  }

  /// Keys that the device has too many of, and revocations that it has too few of: a newer list of those is none.
  private func keys(of boot: MeasuredBoot) -> [ReferenceDifference] {
    var found: [ReferenceDifference] = []
    for list in KeyList.allCases {
      guard let listed = keys[list] else { continue }
      switch boot.keys(list) {
      case .unknown(let reason):
        found.append(ReferenceDifference(section: .keys, register: 7, text: reason))
      case .known(let entries) where list == .forbidden:
        let present = Set(entries.map(\.identity))
        let missing = listed.filter { !present.contains($0.identity) }
        guard let first = missing.first else { continue }
        let others = missing.count > 1 ? " and \(missing.count - 1) more" : ""
        found.append(
          ReferenceDifference(
            section: .keys, register: 7,
            text: "\(list.rawValue) lacks \(first.identity.shown)\(others)"))
      case .known(let entries):
        let known = Set(listed.map(\.identity))
        for entry in entries where !known.contains(entry.identity) {
          found.append(
            ReferenceDifference(
              section: .keys, register: 7, text: "\(entry.shownAuthority) in \(list.rawValue)"))
        }
      }
    }
    return found
  }
}

extension ReferenceValues.Identity {
  /// `the certificate with SHA-256 …`
  var shown: String {
    switch kind {
    case .certificate: "the certificate with SHA-256 \(hexadecimal(digest))"
    case .image: "the digest \(hexadecimal(digest)) of an image"
    case .other: "the entry with SHA-256 \(hexadecimal(digest))"
    }
  }
}

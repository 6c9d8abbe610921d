/// Something in which a device is not as reference values have it.
struct ReferenceDifference: Hashable {
  /// What it is. A log can have very many: a text is made only of those that are shown.
  enum Subject: Hashable {
    /// An event of the PCRs 0, 2 and 4.
    case event(MeasuredBoot.Event)
    /// An event of PCR 7.
    case authority(SecureBootEvidence.Authority)
    /// A part of an enumeration behind a colon.
    case text(String)
  }

  /// The part that it is of.
  let section: ReferenceValues.Section
  /// The PCR.
  let register: Int
  /// What it is.
  let subject: Subject

  /// Whether it is an image behind everything else that PCR 4 has, as Windows' boot manager is.
  var isBootManager: Bool {
    if case .event(let event) = subject { event.slot == .image(.bootManager) } else { false }
  }
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
    let places = boot.banks.map { banks.firstIndex(of: $0) }
    if let missing = places.firstIndex(of: nil) {
      let subject = ReferenceDifference.Subject.text(
        "'\(name)' has no digests of \(boot.banks[missing].name)")
      return [
        ReferenceDifference(section: .firmware, register: 2, subject: subject),
        ReferenceDifference(section: .images, register: 4, subject: subject),
      ]
    }
    let listed = Set(
      measurements.map { entry in
        Listed(slot: entry.slot, digests: places.compactMap { $0 }.map { entry.digests[$0] })
      })
    var found: [ReferenceDifference] = []
    for section in [Section.firmware, .images] {
      for doubt in boot.doubts where (doubt.register == 4) == (section == .images) {
        found.append(
          ReferenceDifference(section: section, register: doubt.register, subject: .text(doubt.reason)))
      }
      for event in boot.events
      where event.slot.section == section
        && !listed.contains(Listed(slot: event.slot, digests: event.digests))
      {
        found.append(
          ReferenceDifference(section: section, register: event.slot.register, subject: .event(event)))
      }
    }
    return found
  }

  private func authorities(of boot: MeasuredBoot) -> [ReferenceDifference] {
    let listed = Set(authorities.map(\.identity))
    return boot.secureBoot.authorities.filter { authority in
      authority.entry.map { !authority.isFirmware || !listed.contains($0.identity) } ?? true
    }.map { ReferenceDifference(section: .authorities, register: 7, subject: .authority($0)) }
  }

  /// Keys that the device has too many of, and revocations that it has too few of: a newer list of those is none.
  private func keys(of boot: MeasuredBoot) -> [ReferenceDifference] {
    var found: [ReferenceDifference] = []
    for list in KeyList.allCases {
      guard let listed = keys[list] else { continue }
      let text: String?
      switch boot.keys(list) {
      case .unknown(let reason): text = reason
      case .known(let entries) where list == .forbidden:
        let present = Set(entries.map(\.identity))
        let missing = listed.filter { !present.contains($0.identity) }
        text = missing.first.map {
          "\(list.rawValue) lacks \($0.identity.shown)\(Self.others(than: missing.count))"
        }
      case .known(let entries):
        let known = Set(listed.map(\.identity))
        let foreign = entries.filter { !known.contains($0.identity) }
        text = foreign.first.map {
          "\(list.rawValue) has \($0.shownAuthority)\(Self.others(than: foreign.count))"
        }
      }
      if let text {
        found.append(ReferenceDifference(section: .keys, register: 7, subject: .text(text)))
      }
    }
    return found
  }

  private static func others(than count: Int) -> String { count > 1 ? " and \(count - 1) more" : "" }
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

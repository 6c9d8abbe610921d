/// Whether it was Windows' boot manager that measured into the PCRs 11 to 14.
///
/// Any program that was started in its place could extend them with whatever Windows would, separators included, and write a log to
/// match. One good sign proves nothing, since whoever runs after boot can add it. The rule: Secure Boot was on, nothing verified an image
/// but a certificate that signs nothing but Windows, and the firmware started one image alone. See docs/boot-evidence.md for what remains.
package struct WindowsLoaderEvidence: Hashable, Sendable {
  private let secureBoot: SecureBootEvidence
  /// Why something may have been started besides one image; nil when nothing was.
  private let imageDoubt: String?

  /// The certificates by which Microsoft signs Windows' boot manager and nothing of others', by their SHA-1 thumbprints: Microsoft
  /// Windows Production PCA 2011, and Windows UEFI CA 2023.
  static let signers: Set<[UInt8]> = [
    [
      0x58, 0x0A, 0x6F, 0x4C, 0xC4, 0xE4, 0xB6, 0x69, 0xB9, 0xEB, 0xDC, 0x1B, 0x2B, 0x3E, 0x08, 0x7B, 0x80,
      0xD0, 0x67, 0x8D,
    ],
    [
      0x45, 0xA0, 0xFA, 0x32, 0x60, 0x47, 0x73, 0xC8, 0x24, 0x33, 0xC3, 0xB7, 0xD5, 0x9E, 0x74, 0x66, 0xB3,
      0xAC, 0x0C, 0x67,
    ],
  ]

  /// Reads the PCRs 4 and 7.
  package init(_ log: EventLog, _ secureBoot: SecureBootEvidence) {
    self.secureBoot = secureBoot
    imageDoubt = Self.doubt(log)
  }

  /// The certificate that verified the boot manager, or why the log does not tell that it was Windows'.
  package var signer: BootFinding<Certificate> { signer(accepting: []) }

  /// The same for whoever judges by more than Windows' own certificates.
  ///
  /// - Parameter accepted: The SHA-1 or SHA-256 digests of certificates, and the SHA-256 digests of images, that may have verified an
  ///   image beside Windows' boot manager.
  package func signer(accepting accepted: Set<[UInt8]>) -> BootFinding<Certificate> {
    signer(accepting: accepted, windows: Self.signers)
  }

  /// The same for another set of certificates of Windows.
  func signer(accepting accepted: Set<[UInt8]>, windows: Set<[UInt8]>) -> BootFinding<Certificate> {
    signer(accepting: accepted, windows: windows, images: imageDoubt)
  }

  /// The same for whoever knows better what was started.
  ///
  /// - Parameter images: Why something may have been started that is not known; nil when nothing was.
  func signer(
    accepting accepted: Set<[UInt8]>, windows: Set<[UInt8]> = signers, images: String?
  ) -> BootFinding<Certificate> {
    secureBoot.isOn.flatMap { isOn in
      guard isOn else {
        return .unknown("Secure Boot is off, so that any program could have measured in Windows' place")
      }
      if let contradiction = secureBoot.contradiction { return .unknown(contradiction) }
      if let event = secureBoot.unreadable {
        return .unknown(
          "it is not known what event \(event) in PCR 7 measured, which may be the word of another loader")
      }
      if let event = secureBoot.unexplained {
        return .unknown(
          "event \(event) in PCR 7 is nothing that firmware or Windows is known to measure there")
      }
      if let reason = secureBoot.allowed.reason {
        return .unknown("it is not known what the firmware's database allowed: \(reason)")
      }
      return signer(
        accepting: accepted, windows: windows, images: images, among: secureBoot.authorities)
    }
  }

  private func signer(
    accepting accepted: Set<[UInt8]>, windows: Set<[UInt8]>, images: String?,
    among authorities: [SecureBootEvidence.Authority]
  ) -> BootFinding<Certificate> {
    var signer: Certificate?
    var doubt: String?
    for authority in authorities {
      guard authority.isFirmware else {
        return .unknown(
          "event \(authority.event) in PCR 7 is of a loader that is not Windows': '\(authority.variable)' verified an image"
        )
      }
      switch authority.entry {
      case .certificate(let certificate)? where windows.contains(certificate.thumbprint):
        signer = signer ?? certificate
      case .certificate(let certificate)?
      where accepted.contains(certificate.thumbprint) || accepted.contains(certificate.sha256):
        continue
      case .sha256(let digest)? where accepted.contains(digest): continue
      default: doubt = doubt ?? Self.doubt(authority)
      }
    }
    guard let signer else {
      let text = "no certificate of Windows verified an image, as far as PCR 7 tells"
      return .unknown(doubt.map { "\(text): \($0)" } ?? text)
    }
    if let doubt = doubt ?? images { return .unknown(doubt) }
    return .known(signer)
  }

  /// Why an authority that is neither Windows' nor accepted may have verified what measured in Windows' place.
  private static func doubt(_ authority: SecureBootEvidence.Authority) -> String {
    guard let entry = authority.entry else {
      return "event \(authority.event) in PCR 7 names an authority that is not understood"
    }
    let text =
      "event \(authority.event) in PCR 7 says that \(entry.shownAuthority) verified an image, and it "
    if case .certificate(let certificate) = entry, thirdParties.contains(certificate.thumbprint) {
      return text
        + "also signs loaders and drivers of other makers: accept it with --accept-authority if your devices need it"
    }
    return text + "is not Windows' own"
  }

  /// The certificates by which Microsoft signs what others make: Microsoft Corporation UEFI CA 2011, Microsoft UEFI CA 2023, Microsoft
  /// Option ROM UEFI CA 2023.
  private static let thirdParties: Set<[UInt8]> = [
    [
      0x46, 0xDE, 0xF6, 0x3B, 0x5C, 0xE6, 0x1C, 0xF8, 0xBA, 0x0D, 0xE2, 0xE6, 0x63, 0x9C, 0x10, 0x19, 0xD0,
      0xED, 0x14, 0xF3,
    ],
    [
      0xB5, 0xEE, 0xB4, 0xA6, 0x70, 0x60, 0x48, 0x07, 0x3F, 0x0E, 0xD2, 0x96, 0xE7, 0xF5, 0x80, 0xA7, 0x90,
      0xB5, 0x9E, 0xAA,
    ],
    [
      0x3F, 0xB3, 0x9E, 0x2B, 0x8B, 0xD1, 0x83, 0xBF, 0x9E, 0x45, 0x94, 0xE7, 0x21, 0x83, 0xCA, 0x60, 0xAF,
      0xCD, 0x42, 0x77,
    ],
  ]

  /// Why something may have been started besides one image behind the separator; nil when nothing was. What was started before the separator ran
  /// before the boot manager, whatever it was.
  private static func doubt(_ log: EventLog) -> String? {
    let register = MeasuredRegister(4, of: log, closedBy: MeasuredRegister.firmwareClosings)
    if register.separators.count > 1 || register.hasError { return register.doubt }
    let call = KnownContent("Calling EFI Application from Boot Option", in: log)
    func name(_ event: Int) -> String {
      guard let path = BootImage.path(log.data(of: event)), !path.isEmpty else { return "event \(event)" }
      return "event \(event) ('\(path)' by the log)"
    }
    let early = register.early.filter { !call.isMeasured(by: $0, in: log) }
    let late = register.late.filter { !call.isMeasured(by: $0, in: log) }
    if !register.separators.isEmpty, let event = early.first {
      return "PCR 4 has \(name(event)) before its separator: more was started than Windows' boot manager"
    }
    let images = early + late
    switch images.count {
    case 0: return "PCR 4 has no measurement of an image that was started"
    case 1: return nil
    default:
      return
        "PCR 4 has \(name(images[0])) and \(name(images[1])): more was started than Windows' boot manager"
    }
  }
}

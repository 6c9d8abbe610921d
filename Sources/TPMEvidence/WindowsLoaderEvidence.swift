/// Whether it was Windows' boot manager that measured into the PCRs 11 to 14.
///
/// Any program that was started in its place could extend them with whatever Windows would, separators included, and write a log to
/// match. The rule: Secure Boot was on, a certificate that signs nothing but Windows verified an image, and the firmware started one
/// image alone. See docs/boot-evidence.md for what remains.
public struct WindowsLoaderEvidence: Hashable, Sendable {
  /// The certificate that verified the boot manager, or why the log does not tell that it was Windows'.
  public let signer: BootFinding<Certificate>

  /// The certificates by which Microsoft signs Windows' boot manager and nothing of others', by their SHA-1 thumbprints: Microsoft
  /// Windows Production PCA 2011, and Windows UEFI CA 2023.
  static let signers: Set<[UInt8]> = [
    [
      0x58, 0x0A, 0x6F, 0x4C, 0xC4, 0xE4, 0xB6, 0x69, 0xB9, 0xEB, 0xDC, 0x1B, 0x2B, 0x3E, 0x08, 0x7B, 0x80,
      0xD0,
      0x67, 0x8D,
    ],
    [
      0x45, 0xA0, 0xFA, 0x32, 0x60, 0x47, 0x73, 0xC8, 0x24, 0x33, 0xC3, 0xB7, 0xD5, 0x9E, 0x74, 0x66, 0xB3,
      0xAC,
      0x0C, 0x67,
    ],
  ]

  /// Reads the PCRs 4 and 7.
  public init(_ log: EventLog, _ secureBoot: SecureBootEvidence) {
    signer = secureBoot.isOn.flatMap { isOn in
      guard isOn else {
        return .unknown("Secure Boot is off, so that any program could have measured in Windows' place")
      }
      if let event = secureBoot.unreadable {
        return .unknown(
          "it is not known what event \(event) in PCR 7 measured, which may be the word of another loader")
      }
      if let other = secureBoot.authorities.first(where: { !$0.isFirmware }) {
        return .unknown(
          "event \(other.event) in PCR 7 is of a loader that is not Windows': '\(other.variable)' verified an image"
        )
      }
      let certificates = secureBoot.authorities.compactMap { authority in
        if case .certificate(let certificate)? = authority.entry { certificate } else { nil }
      }
      guard let certificate = certificates.first(where: { Self.signers.contains($0.thumbprint) }) else {
        return .unknown("no certificate of Windows verified an image, as far as PCR 7 tells")
      }
      return Self.doubt(log).map { .unknown($0) } ?? .known(certificate)
    }
  }

  /// Why more than one image may have been started; nil when it was one.
  private static func doubt(_ log: EventLog) -> String? {
    let register = MeasuredRegister(4, of: log, closedBy: MeasuredRegister.firmwareClosings)
    if register.separators.count > 1 || register.hasError { return register.doubt }
    let actions = ["Calling EFI Application from Boot Option"].map { KnownContent($0, in: log) }
    let images = (register.separators.isEmpty ? register.early : register.late).filter { event in
      !actions.contains { $0.isMeasured(by: event, in: log) }
    }
    switch images.count {
    case 0: return "PCR 4 has no measurement of an image that was started"
    case 1: return nil
    default:
      return "PCR 4 has the events \(images[0]) and \(images[1]): more was started than Windows' boot manager"
    }
  }
}

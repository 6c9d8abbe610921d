/// What devices of one model measure while they start, as golden devices showed it: the content of a file of `policyc reference make`.
///
/// Each part is a closed set: what it lists is accepted, what it does not list is named. docs/boot-evidence.md has what follows.
package struct ReferenceValues: Hashable, Sendable {
  /// A part of the values.
  package enum Section: String, Hashable, Sendable, CaseIterable {
    /// What the PCRs 0 and 2 measured: the firmware, and the drivers of cards.
    case firmware
    /// What PCR 4 measured: the programs that the firmware started.
    case images
    /// What verified them, by PCR 7.
    case authorities
    /// The keys and databases of Secure Boot.
    case keys
  }

  /// Where an image was measured.
  package enum Place: String, Hashable, Sendable, CaseIterable {
    /// Before the separator of PCR 4.
    case beforeSeparator = "before_separator"
    /// Behind the separator, with another image after it.
    case beforeBootManager = "before_boot_manager"
    /// The last of all.
    case bootManager = "boot_manager"
  }

  /// Where something was measured, as far as it matters.
  package enum Slot: Hashable, Sendable {
    /// PCR 0 or 2. What stands there is closed as a whole, so that the order does not matter.
    case firmware(Int)
    /// PCR 4.
    case image(Place)
  }

  /// Something that was measured.
  package struct Measurement: Hashable, Sendable {
    /// Where.
    package var slot: Slot
    /// Its digest in each of ``ReferenceValues/banks``, in their order.
    package var digests: [[UInt8]]
    /// What the log called it, for people alone.
    package var comment: String?

    /// A measurement.
    package init(_ slot: Slot, digests: [[UInt8]], comment: String? = nil) {
      self.slot = slot
      self.digests = digests
      self.comment = comment
    }
  }

  /// What an entry of a signature database is known by.
  package struct Identity: Hashable, Sendable {
    /// What the digest is of.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
      /// A certificate in DER.
      case certificate
      /// An image, as `db` and `dbx` list it.
      case image
      /// An entry of another type: its type and its data.
      case other
    }

    /// What the digest is of.
    package var kind: Kind
    /// A digest of SHA-256.
    package var digest: [UInt8]

    /// An identity.
    package init(_ kind: Kind, _ digest: [UInt8]) {
      self.kind = kind
      self.digest = digest
    }
  }

  /// An entry of a signature database.
  package struct Entry: Hashable, Sendable {
    /// What it is known by.
    package var identity: Identity
    /// The subject of the certificate, for people alone.
    package var comment: String?

    /// An entry.
    package init(_ identity: Identity, comment: String? = nil) {
      self.identity = identity
      self.comment = comment
    }
  }

  /// A variable with keys of Secure Boot.
  package enum KeyList: String, Hashable, Sendable, CaseIterable {
    case platformKey = "PK"
    case keyExchangeKeys = "KEK"
    case allowed = "db"
    case forbidden = "dbx"
  }

  /// The banks that digests are in, each once.
  package var banks: [HashAlgorithm]
  /// Of the sections ``Section/firmware`` and ``Section/images``.
  package var measurements: [Measurement]
  /// What verified images.
  package var authorities: [Entry]
  /// What the variables may have at most and, for `dbx`, has to have at least. A variable that is not here may be anything.
  package var keys: [KeyList: [Entry]]
  /// The sections that a device must not differ in.
  package var required: Set<Section>

  /// The name by which reports call the file that they were read from; empty where there was none.
  package var name = ""
  /// The SHA-256 digest of that file.
  package var digest: [UInt8] = []

  /// Values of this content.
  package init(
    banks: [HashAlgorithm], measurements: [Measurement] = [], authorities: [Entry] = [],
    keys: [KeyList: [Entry]] = [:], required: Set<Section> = []
  ) {
    self.banks = banks
    self.measurements = measurements
    self.authorities = authorities
    self.keys = keys
    self.required = required
  }
}

extension ReferenceValues.Slot {
  /// The part that lists it.
  package var section: ReferenceValues.Section {
    if case .firmware = self { .firmware } else { .images }
  }

  /// The PCR.
  package var register: Int {
    if case .firmware(let register) = self { register } else { 4 }
  }
}

extension SignatureEntry {
  /// What reference values know it by.
  var identity: ReferenceValues.Identity {
    switch self {
    case .certificate(let certificate): .init(.certificate, certificate.sha256)
    case .sha256(let digest): .init(.image, digest)
    case .other(_, let digest): .init(.other, digest)
    }
  }

  /// What people know it by, or nil.
  var comment: String? {
    switch self {
    case .certificate(let certificate): certificate.subject
    case .sha256: nil
    case .other(let type, _): "type \(type)"
    }
  }
}

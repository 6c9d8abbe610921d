import PolicyModel
import TPMEvidence

/// The facts about keys in the attested TPM, by docs/decisions/0030-keys-in-the-attested-tpm.md.
///
/// A certification says that a key is in the TPM, and not whose key it is: the device chooses which one it has certified. So a fact is attested
/// only of a key that whoever judges knows.
struct DeviceKeyFacts {
  /// A fact, whose key it is about, and the option that names the key.
  private struct Row {
    let fact: String
    let role: DeviceKeyRole
    let option: String
    let known: KeyPath<KnownDeviceKeys, KnownKey?> & Sendable
  }

  private static let rows = [
    Row(fact: "attestation.mdm_key_in_tpm", role: .mdm, option: "--mdm-key", known: \.mdm),
    Row(fact: "entra.key_in_tpm", role: .entra, option: "--entra-key", known: \.entra),
  ]
  static let names = rows.map(\.fact)

  let verification: EvidenceVerification
  let known: KnownDeviceKeys
  /// Whether a weak key may be trusted like any other.
  let acceptsWeakKeys: Bool
  let source: String

  /// What the certified keys say of a fact; nil for one that is about no key.
  func finding(_ name: String) -> EvidenceFacts.Finding? {
    guard let row = Self.rows.first(where: { $0.fact == name }) else { return nil }
    let claimed = verification.certifiedKeys.first { $0.role == row.role }
    guard let known = known[keyPath: row.known] else {
      return claimed.map { finding(of: $0, row) }
        ?? silent(
          "no \(row.role.keyName) is certified in the evidence; policyc attest --certify \(row.role.rawValue)=HANDLE adds it"
        )
    }
    let matching = verification.certifiedKeys.filter { known.isKey(of: $0.area) }
    if let key = matching.first(where: { $0.area.residenceDefect != nil }) ?? matching.first {
      return finding(ofKnown: key, row)
    }
    guard let claimed else {
      return silent(
        "the key of \(row.option) is not certified in the evidence; policyc attest --certify \(row.role.rawValue)=HANDLE adds it"
      )
    }
    return EvidenceFacts.Finding(
      observation: Observation(
        refusedBecause:
          "the device had the key \(hexadecimal(claimed.area.name)) certified as its \(row.role.keyName), but "
          + "\(row.option) names another",
        source: source))
  }

  /// The facts about keys that are others than those that whoever judges knows.
  var refusedNames: [String] { Self.names.filter { finding($0)?.observation.isRefused == true } }

  private func silent(_ reason: String) -> EvidenceFacts.Finding {
    EvidenceFacts.Finding(observation: Observation(.unknown(reason: reason), source: source), isSilent: true)
  }

  /// A key of which the device says that it is the one.
  private func finding(of key: DeviceKey, _ row: Row) -> EvidenceFacts.Finding {
    EvidenceFacts.Finding(
      observation: Observation(
        .value(.bool(key.area.residenceDefect == nil)), source: source,
        note:
          "\(statement(about: key)), but only the device says that it is its \(row.role.keyName): give the certificate "
          + "or the public key that the service knows with \(row.option)"))
  }

  /// The key that is known to be the one.
  private func finding(ofKnown key: DeviceKey, _ row: Row) -> EvidenceFacts.Finding {
    let isInTPM = key.area.residenceDefect == nil
    var note = "\(statement(about: key)); it is the key of \(row.option)"
    if let role = key.role, role != row.role { note += ", though the device calls it its \(role.keyName)" }
    var level = EvidenceLevel.attested
    switch verification.trust {
    case .trusted(let how):
      note += "; the attestation key is trusted: \(how)"
      if let weakness = verification.weakness { note += "; \(weakness)" }
    case .unproven(let why):
      level = .reported
      note += ", but the attestation key is not trusted: \(why)"
    }
    // Where a key can be computed, it is no matter where it is kept.
    if isInTPM, let weakness = key.weakness {
      if !acceptsWeakKeys { level = .reported }
      note += "; the key itself is weak: \(weakness)"
    }
    return EvidenceFacts.Finding(
      observation: Observation(.value(.bool(isInTPM)), level: level, source: source, note: note))
  }

  /// What the TPM says of a key.
  private func statement(about key: DeviceKey) -> String {
    let signer = hexadecimal(verification.attestationKey?.name ?? [])
    let place = "the key \(signer) certified that its TPM holds the key \(hexadecimal(key.area.name))"
    return key.area.residenceDefect.map { "\(place), which is not bound to that TPM: \($0)" }
      ?? "\(place), which cannot leave it"
  }
}

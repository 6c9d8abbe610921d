import CTSS2
import TPMEvidence

extension AttestingTPM {
  /// A key that is to be certified, found in the TPM.
  struct OpenedKey {
    let wanted: KeyToCertify
    let key: Key
  }

  /// Finds keys by their handles. It is done before any other key is made, which could get the handle of one that is not there.
  func open(_ keys: [KeyToCertify]) throws(TPMFailure) -> [OpenedKey] {
    var opened: [OpenedKey] = []
    for key in keys { opened.append(OpenedKey(wanted: key, key: try open(key))) }
    return opened
  }

  /// Has the attestation key certify other keys that are in the TPM (TPM2_Certify), and says what of them may surprise.
  func certify(
    _ keys: [OpenedKey], nonce: [UInt8], by attestationKey: Key
  ) throws(TPMFailure) -> (certifications: [KeyCertification], warnings: [String]) {
    var certifications: [KeyCertification] = []
    var warnings: [String] = []
    for key in keys {
      let area = key.key.area
      if let defect = area.residenceDefect {
        warnings.append("\(key.wanted.name) does not count as kept in the TPM: \(defect)")
      }
      let (statement, signature) = try certify(key, nonce: nonce, by: attestationKey)
      certifications.append(
        KeyCertification(
          role: key.wanted.role, key: area.bytes, statement: statement, signature: signature))
    }
    return (certifications, warnings)
  }

  /// Whoever loaded the key flushes it.
  private func open(_ key: KeyToCertify) throws(TPMFailure) -> Key {
    var object = Self.none
    var code = connection.library.fromTPMPublic(
      context, key.handle, Self.none, Self.none, Self.none, &object)
    var area: UnsafeMutablePointer<TPM2B_PUBLIC>?
    if code == Self.success {
      code = functions.readPublic(context, object, Self.none, Self.none, Self.none, &area, nil, nil)
    }
    defer { connection.library.free(area) }
    guard code == Self.success, let area else {
      // TPM_RC_HANDLE of the first handle, and TPM_RC_REFERENCE_H0: there is no such object.
      if [0x18B, 0x910].contains(code & 0xFFF) {
        let list = key.handle >> 24 == 0x81 ? "handles-persistent" : "handles-transient"
        throw TPMFailure(
          reason:
            "the TPM has no key at \(KeyToCertify.text(of: key.handle)); tpm2_getcap \(list) lists what it has",
          concern: .certification)
      }
      throw refusal(of: key, nil, code)
    }
    do throws(TPMFailure) {
      return Key(handle: object, area: try publicArea(area))
    } catch {
      throw TPMFailure(
        reason: "\(key.name) cannot be certified for evidence: \(error.reason)", concern: .certification)
    }
  }

  private func certify(
    _ key: OpenedKey, nonce: [UInt8], by attestationKey: Key
  ) throws(TPMFailure) -> (statement: [UInt8], signature: [UInt8]) {
    var data = try qualifyingData(nonce)
    // The attestation key brings its scheme.
    var scheme = TPMT_SIG_SCHEME()
    scheme.scheme = 0x0010
    var statement: UnsafeMutablePointer<TPM2B_ATTEST>?
    var signature: UnsafeMutablePointer<TPMT_SIGNATURE>?
    let code = functions.certify(
      context, key.key.handle, attestationKey.handle, Self.password, Self.password, Self.none, &data, &scheme,
      &statement, &signature)
    defer {
      connection.library.free(statement)
      connection.library.free(signature)
    }
    guard code == Self.success, let statement, let signature else {
      throw refusal(of: key.wanted, key.key.area, code)
    }
    return try marshalled(statement, signature)
  }

  /// Why the TPM does not certify a key. It takes whoever may administrate the key (TPM 2.0 Library, part 3, TPM2_Certify), which here is whoever
  /// has its empty password.
  private func refusal(of key: KeyToCertify, _ area: TPMPublic?, _ code: TSS2_RC) -> TPMFailure {
    let cause =
      switch code & 0xFFF {
      case 0x98E, 0x9A2:
        "; it has a password, and only keys without one are certified (a wrong password counts towards the TPM's lockout)"
      case 0x124, 0x12F:
        area?.attributes.contains(.adminWithPolicy) == true
          ? "; it asks for its policy, and only keys for which an empty password is enough are certified"
          : "; no TPM certifies a key of which it holds only the public part"
      default:
        switch TPMAdvice(code) {
        case .fullMemory?, .lockout?: "; \(TPMAdvice(code)?.text ?? "")"
        default: ""
        }
      }
    return TPMFailure(
      reason: "the TPM refused to certify \(key.name): \(connection.library.explain(code))\(cause)",
      concern: .certification)
  }
}

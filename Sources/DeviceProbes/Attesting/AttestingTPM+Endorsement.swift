import TPMEvidence

extension AttestingTPM {
  /// What is known of the TPM's endorsement key beside the key.
  struct Endorsement {
    /// The key's certificate in DER, or nil.
    var certificate: [UInt8]?
    /// Certificates in DER that may stand between it and a root.
    var intermediates: [[UInt8]] = []
    /// What somebody may want to know: one plain sentence each.
    var warnings: [String] = []
  }

  /// Where the manufacturer keeps certificates of its authorities (EK Credential Profile, 2.2.1.5.2).
  private static let chainIndices: ClosedRange<UInt32> = 0x01C0_0100...0x01C0_01FF
  /// Where the TCG has endorsement keys kept (TPM 2.0 Provisioning Guidance, 7.8).
  private static let persistentHandles: ClosedRange<UInt32> = 0x8101_0000...0x8101_00FF
  private static let chainByteLimit = 1 << 17

  /// Finds the endorsement key that the TPM has a certificate for, for as long as the body runs; without any certificate the key of the
  /// profile's first template.
  ///
  /// A certificate counts only if it is for the key that the TPM really has.
  func withEndorsementKey<Output>(
    _ body: (Key, Endorsement) throws(TPMFailure) -> Output
  ) throws(TPMFailure) -> Output {
    var found = Endorsement()
    let low = EndorsementTemplate.all.map(\.certificate).min() ?? Self.chainIndices.lowerBound
    let indices = Set(try connection.handles(in: low...Self.chainIndices.upperBound))
    found.intermediates = chain(indices.filter { Self.chainIndices.contains($0) }.sorted(), &found)
    for template in EndorsementTemplate.all where indices.contains(template.certificate) {
      let place = "the certificate at NV index 0x\(String(template.certificate, radix: 16))"
      guard let stored = contents(of: template.certificate, &found) else { continue }
      guard let certificate = derSequences(in: stored, limit: 1).first,
        let certified = CertifiedKey(certificate: certificate)
      else {
        found.warnings.append("\(place) is not one in X.509")
        continue
      }
      if let kept = try keptKey(certified) {
        found.certificate = certificate
        return try body(kept, found)
      }
      let (made, refused) = try primaryKey(bytes(of: template, indices, &found))
      guard let made else {
        found.warnings.append("\(place) is of no use: \(refusal("its key", refused).reason)")
        continue
      }
      defer { flush(made.handle) }
      if CertifiedKey(made.area.key) == certified {
        found.certificate = certificate
        return try body(made, found)
      }
      found.warnings.append("\(place) is for another key than the TPM makes by the template \(template.name)")
    }
    found.warnings.append("the TPM has no certificate of its endorsement key that would say whose TPM it is")
    let (made, refused) = try standardKey()
    guard let made else { throw refusal("its endorsement key", refused) }
    defer { flush(made.handle) }
    return try body(made, found)
  }

  /// The key of L-1, or of L-2 on a TPM without RSA.
  private func standardKey() throws(TPMFailure) -> (Key?, UInt32) {
    var refused: UInt32 = 0
    for template in EndorsementTemplate.all.prefix(2) {
      let (made, code) = try primaryKey(template.standard)
      if let made { return (made, code) }
      if refused == 0 { refused = code }
    }
    return (nil, refused)
  }

  /// A certified key that the TPM keeps, which saves the time to make it.
  private func keptKey(_ certified: CertifiedKey) throws(TPMFailure) -> Key? {
    for handle in try connection.handles(in: Self.persistentHandles).prefix(8) {
      if let key = persistentKey(handle), CertifiedKey(key.area.key) == certified { return key }
    }
    return nil
  }

  /// The template that the manufacturer keeps, or the profile's with the manufacturer's nonce.
  private func bytes(
    of template: EndorsementTemplate, _ indices: Set<UInt32>, _ found: inout Endorsement
  ) -> [UInt8] {
    if indices.contains(template.template), let own = contents(of: template.template, &found) { return own }
    if let nonce = template.nonce, indices.contains(nonce), let own = contents(of: nonce, &found),
      let bytes = template.standard(with: own)
    {
      return bytes
    }
    return template.standard
  }

  private func chain(_ indices: [UInt32], _ found: inout Endorsement) -> [[UInt8]] {
    var bytes: [UInt8] = []
    for index in indices where bytes.count < Self.chainByteLimit {
      bytes += contents(of: index, &found) ?? []
    }
    return derSequences(in: bytes)
  }

  private func contents(of index: UInt32, _ found: inout Endorsement) -> [UInt8]? {
    do throws(TPMFailure) {
      return try contents(ofNV: index)
    } catch {
      found.warnings.append(error.reason)
      return nil
    }
  }
}

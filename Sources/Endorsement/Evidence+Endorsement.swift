import TPMEvidence

extension Evidence {
  /// What the certificate of the endorsement key in the evidence says of it.
  ///
  /// - Parameters:
  ///   - roots: Whom to trust.
  ///   - time: The time of the check in seconds since 1970.
  package func endorsement(under roots: EndorsementRoots, at time: Int64) -> EndorsementFinding {
    guard let endorsementCertificate else { return .noCertificate }
    guard let endorsementKey else {
      return .refused("the evidence has no endorsement key that the certificate could be of")
    }
    let key: TPMPublic
    do throws(TPMStructureError) {
      key = try TPMPublic(endorsementKey)
    } catch {
      return .refused("the endorsement key cannot be read: \(error)")
    }
    let verdict = EndorsementCertificate.verify(
      endorsementCertificate, intermediates: intermediateCertificates, roots: roots, endorsementKey: key,
      at: time)
    return switch verdict {
    case .trusted(let root, _): .verified(root)
    case .refused(let refusal) where refusal.isForWantOfReading: .unread("\(refusal)")
    case .refused(let refusal): .refused("\(refusal)")
    }
  }
}

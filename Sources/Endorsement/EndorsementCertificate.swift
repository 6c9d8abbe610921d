import SwiftASN1
import TPMEvidence
@_spi(FixedExpiryValidationTime) @preconcurrency import X509

/// The certificate by which a manufacturer says that an endorsement key is in one of its TPMs (TCG EK Credential Profile 2.5).
public enum EndorsementCertificate {
  /// The most certificates that a device may send along, and the most bytes of each certificate.
  public enum Limit {
    /// Certificates between the endorsement key's and a root; more are not looked at.
    public static let intermediates = 32
    /// The size of one in bytes; larger ones are not looked at.
    public static let bytes = 64 << 10
  }

  /// Says whether a certificate leads to a root that is trusted.
  ///
  /// Nothing is fetched: what lies between must be among the intermediates or beside the roots. Certificates of the device that cannot be read
  /// are left out, and named when it is one of them that is missing. An NV index that is filled up behind the certificate with zeros or ones is understood.
  ///
  /// - Parameters:
  ///   - der: The certificate in DER.
  ///   - intermediates: Certificates in DER that the device sent along; they are never roots.
  ///   - roots: Whom to trust.
  ///   - endorsementKey: The key that the certificate must certify; nil where none is known.
  ///   - time: The time of the check in seconds since 1970.
  public static func verify(
    _ der: [UInt8], intermediates: [[UInt8]] = [], roots: EndorsementRoots, endorsementKey: TPMPublic?,
    at time: Int64
  ) -> EndorsementVerdict {
    do throws(EndorsementRefusal) {
      let leaf = try read(der)
      try check(leaf, endorsementKey: endorsementKey)
      var given: [X509.Certificate] = []
      var unread = roots.unread
      for der in intermediates.prefix(Limit.intermediates) where der.count <= Limit.bytes {
        do { given.append(try CertificateFile.read(der)) } catch {
          unread.append(UnreadCertificate(der, in: "the evidence", because: error.text))
        }
      }
      return try chain(
        from: leaf, over: roots.intermediates + given, to: roots.roots, besides: unread, at: time)
    } catch { return .refused(error) }
  }

  private static func read(_ der: [UInt8]) throws(EndorsementRefusal) -> X509.Certificate {
    guard der.count <= Limit.bytes else { throw .unreadable("it has \(der.count) bytes") }
    do { return try CertificateFile.read(CertificateFile.withoutPadding(der)) } catch {
      throw .unreadable(error.text)
    }
  }

  /// tcg-kp-EKCertificate.
  private static let usage = ExtendedKeyUsage.Usage(oid: [2, 23, 133, 8, 1])

  /// What the certificate itself must be, whoever issued it.
  private static func check(
    _ leaf: X509.Certificate, endorsementKey: TPMPublic?
  ) throws(EndorsementRefusal) {
    let usages: ExtendedKeyUsage?
    let constraints: BasicConstraints?
    let keyUsage: KeyUsage?
    do {
      usages = try leaf.extensions.extendedKeyUsage
      constraints = try leaf.extensions.basicConstraints
      keyUsage = try leaf.extensions.keyUsage
    } catch { throw .unreadable("an extension in it is not written as X.509 asks for") }
    // The profile asks for the usage; some early certificates have none at all.
    if let usages, !usages.contains(usage) { throw .notEndorsement("its key is for other uses") }
    if case .isCertificateAuthority = constraints { throw .notEndorsement("it is one of an authority") }
    if keyUsage?.keyCertSign == true { throw .notEndorsement("its key signs certificates") }
    if let extra = strangeExtension(of: leaf) {
      throw .notEndorsement("its critical extension \(extra) is not understood")
    }
    if let endorsementKey, subjectKey(of: endorsementKey) != Array(leaf.publicKey.subjectPublicKeyInfoBytes) {
      throw .otherKey
    }
  }

  /// A critical extension of a certificate that the policies do not handle.
  private static func strangeExtension(of certificate: X509.Certificate) -> String? {
    let understood =
      EndorsementPolicy().verifyingCriticalExtensions + RFC5280Policy().verifyingCriticalExtensions
    return certificate.extensions.first { $0.critical && !understood.contains($0.oid) }.map { "\($0.oid)" }
  }

  /// A key as the bit string of a certificate holds it: RSAPublicKey (RFC 8017, A.1.1), or a point that is not compressed (SEC 1, 2.3.3).
  private static func subjectKey(of key: TPMPublic) -> [UInt8]? {
    switch key.key {
    case .ecc(_, let x, let y): return [4] + x + y
    case .rsa(let modulus, let exponent):
      var serializer = DER.Serializer()
      let written: Void? = try? serializer.appendConstructedNode(identifier: .sequence) { inner in
        try inner.serialize(([0] + modulus)[...])
        try inner.serialize(Int64(exponent))
      }
      return written.map { serializer.serializedBytes }
    }
  }

  private static func chain(
    from leaf: X509.Certificate, over intermediates: [X509.Certificate], to roots: [X509.Certificate],
    besides unread: [UnreadCertificate], at time: Int64
  ) throws(EndorsementRefusal) -> EndorsementVerdict {
    if let validity = leaf.validity {
      guard validity.lowerBound <= time else {
        throw .notYetValid(leaf.shownName, from: validity.lowerBound)
      }
      guard time <= validity.upperBound else { throw .expired(leaf.shownName, until: validity.upperBound) }
    }
    let budget = LookupBudget()
    let store = BoundedStore(intermediates, budget: budget)
    let result = CallingThread.value { () async -> CertificateValidationResult in
      var verifier = Verifier(rootCertificates: CertificateStore(roots)) {
        EndorsementPolicy()
        RFC5280Policy(fixedExpiryValidationTime: .init(timeIntervalSince1970: Double(time)))
      }
      return await verifier.validate(leaf: leaf, intermediates: CertificateStore(custom: store))
    }
    switch result {
    case .validCertificate(let chain):
      return .trusted(root: chain.root.shownName, chain: chain.map(\.shownName))
    case .couldNotValidate(let failures):
      if let failure = failures.first { throw refusal(of: failure, at: time) }
      if budget.isExceeded { throw .tooManyWays }
      throw gap(from: leaf, over: intermediates, roots: roots, unread)
    case nil: throw .broken("the verification did not end")
    }
  }

  /// Why a chain that does lead to a root is refused.
  private static func refusal(
    of failure: CertificateValidationResult.PolicyFailure, at time: Int64
  ) -> EndorsementRefusal {
    for certificate in failure.chain {
      guard let validity = certificate.validity else { continue }
      if time < validity.lowerBound { return .notYetValid(certificate.shownName, from: validity.lowerBound) }
      if time > validity.upperBound { return .expired(certificate.shownName, until: validity.upperBound) }
    }
    // The reasons of swift-certificates show whole certificates.
    var reason = failure.policyFailureReason.description
    for certificate in failure.chain {
      reason = reason.replacing(String(describing: certificate), with: certificate.shownName)
    }
    return .broken(printable(reason, limit: 400))
  }

  /// Where the way from a certificate to a root ends when there is none.
  private static func gap(
    from leaf: X509.Certificate, over intermediates: [X509.Certificate], roots: [X509.Certificate],
    _ unread: [UnreadCertificate]
  ) -> EndorsementRefusal {
    var tip = leaf
    for _ in 0..<EndorsementPolicy.greatestLength {
      if tip.issuer == tip.subject, tip != leaf { return .unknownRoot(tip.shownName) }
      let named = (intermediates + roots).lazy.filter { $0.subject == tip.issuer }.prefix(
        BoundedStore.namesakes)
      guard let first = named.first else {
        return unreadIssuer(of: tip, unread)
          ?? .missingIssuer(tip.shownIssuer, of: tip.shownName, address: tip.issuerAddress)
      }
      guard let signer = named.first(where: { $0.publicKey.isValidSignature(tip.signature, for: tip) }) else {
        return unreadIssuer(of: tip, unread) ?? .notSigned(tip.shownName, by: first.shownName)
      }
      if let extra = strangeExtension(of: signer) {
        return .broken("a critical extension of \(signer.shownName), \(extra), is not understood")
      }
      tip = signer
    }
    return .broken("it has more than \(EndorsementPolicy.greatestLength) certificates")
  }

  private static func unreadIssuer(
    of certificate: X509.Certificate, _ unread: [UnreadCertificate]
  ) -> EndorsementRefusal? {
    guard !unread.isEmpty, let name = UnreadCertificate.content(of: certificate.issuer),
      let issuer = unread.first(where: { $0.subject == name })
    else { return nil }
    return .unreadableIssuer(
      certificate.shownIssuer, of: certificate.shownName, file: issuer.place, issuer.reason)
  }
}

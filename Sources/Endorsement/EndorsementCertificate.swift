import TPMEvidence

/// The certificate by which a manufacturer says that an endorsement key is in one of its TPMs (TCG EK Credential Profile 2.5).
package enum EndorsementCertificate {
  /// The most certificates that a device may send along, and the most bytes of each certificate.
  package enum Limit {
    /// Certificates between the endorsement key's and a root; more are not looked at.
    package static let intermediates = 32
    /// The size of one in bytes; larger ones are not looked at.
    package static let bytes = 64 << 10
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
  package static func verify(
    _ der: [UInt8], intermediates: [[UInt8]] = [], roots: EndorsementRoots, endorsementKey: TPMPublic?,
    at time: Int64
  ) -> EndorsementVerdict {
    do throws(EndorsementRefusal) {
      let leaf = try read(der)
      try check(leaf, endorsementKey: endorsementKey)
      var given: [X509Certificate] = []
      var unread = roots.unread
      for der in intermediates.prefix(Limit.intermediates) where der.count <= Limit.bytes {
        do { given.append(try X509Certificate(der)) } catch {
          unread.append(UnreadCertificate(der, in: "the evidence", because: error.text))
        }
      }
      return try chain(
        from: leaf, over: roots.intermediates + given, to: roots.roots, besides: unread, at: time)
    } catch { return .refused(error) }
  }

  private static func read(_ der: [UInt8]) throws(EndorsementRefusal) -> X509Certificate {
    guard der.count <= Limit.bytes else { throw .unreadable("it has \(der.count) bytes") }
    do { return try X509Certificate(CertificateFile.withoutPadding(der)) } catch {
      throw .unreadable(error.text)
    }
  }

  /// tcg-kp-EKCertificate.
  private static let usage = "2.23.133.8.1"

  /// What the certificate itself must be, whoever issued it.
  private static func check(
    _ leaf: X509Certificate, endorsementKey: TPMPublic?
  ) throws(EndorsementRefusal) {
    // The profile asks for the usage; some early certificates have none at all.
    if let usages = leaf.extendedKeyUsages, !usages.contains(usage) {
      throw .notEndorsement("its key is for other uses")
    }
    if leaf.isAuthority == true { throw .notEndorsement("it is one of an authority") }
    if leaf.maySignCertificates == true { throw .notEndorsement("its key signs certificates") }
    if let extra = leaf.strangeExtension {
      throw .notEndorsement("its critical extension \(extra) is not understood")
    }
    if let endorsementKey, subjectKey(of: endorsementKey) != leaf.publicKeyBits { throw .otherKey }
  }

  /// A key as the bit string of a certificate holds it: RSAPublicKey (RFC 8017, A.1.1), or a point that is not compressed (SEC 1, 2.3.3).
  private static func subjectKey(of key: TPMPublic) -> [UInt8] {
    switch key.key {
    case .ecc(_, let x, let y): return [4] + x + y
    case .rsa(let modulus, let exponent):
      let number = withUnsafeBytes(of: exponent.bigEndian) { Array($0.drop { $0 == 0 }) }
      return element(0x30, integer(modulus) + integer(number))
    }
  }

  /// A positive INTEGER in DER, of its bytes without zeros before them.
  private static func integer(_ bytes: [UInt8]) -> [UInt8] {
    element(0x02, bytes.first.map { $0 >= 0x80 } ?? true ? [0] + bytes : bytes)
  }

  private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    if content.count < 0x80 { return [tag, UInt8(content.count)] + content }
    let size = withUnsafeBytes(of: UInt32(content.count).bigEndian) { Array($0.drop { $0 == 0 }) }
    return [tag, 0x80 | UInt8(size.count)] + size + content
  }

  private static func chain(
    from leaf: X509Certificate, over intermediates: [X509Certificate], to roots: [X509Certificate],
    besides unread: [UnreadCertificate], at time: Int64
  ) throws(EndorsementRefusal) -> EndorsementVerdict {
    guard leaf.validFrom <= time else { throw .notYetValid(leaf.shownName, from: leaf.validFrom) }
    guard time <= leaf.validUntil else { throw .expired(leaf.shownName, until: leaf.validUntil) }
    var search = ChainSearch(roots: roots, intermediates: intermediates, at: time)
    if let chain = search.chain(from: leaf), let root = chain.last {
      return .trusted(root: root.shownName, chain: chain.map(\.shownName))
    }
    if let refusal = search.refusal { throw refusal }
    if search.isExceeded { throw .tooManyWays }
    throw gap(from: leaf, over: intermediates, roots: roots, unread)
  }

  /// Where the way from a certificate to a root ends when there is none.
  private static func gap(
    from leaf: X509Certificate, over intermediates: [X509Certificate], roots: [X509Certificate],
    _ unread: [UnreadCertificate]
  ) -> EndorsementRefusal {
    var tip = leaf
    for _ in 0..<ChainSearch.greatestLength {
      if tip.isSelfIssued, tip != leaf { return .unknownRoot(tip.shownName) }
      let named = (intermediates + roots).lazy.filter { $0.isNamedIssuer(of: tip) }.prefix(
        ChainSearch.namesakes)
      guard let first = named.first else {
        return unreadIssuer(of: tip, unread)
          ?? .missingIssuer(tip.shownIssuer, of: tip.shownName, address: tip.issuerAddress)
      }
      guard let signer = named.first(where: { $0.signed(tip) }) else {
        return unreadIssuer(of: tip, unread) ?? .notSigned(tip.shownName, by: first.shownName)
      }
      if let extra = signer.strangeExtension {
        return .broken("a critical extension of \(signer.shownName), \(extra), is not understood")
      }
      tip = signer
    }
    return .broken("it has more than \(ChainSearch.greatestLength) certificates")
  }

  private static func unreadIssuer(
    of certificate: X509Certificate, _ unread: [UnreadCertificate]
  ) -> EndorsementRefusal? {
    guard !unread.isEmpty, let name = UnreadCertificate.issuer(of: certificate.der),
      let issuer = unread.first(where: { $0.subject == name })
    else { return nil }
    return .unreadableIssuer(
      certificate.shownIssuer, of: certificate.shownName, file: issuer.place, issuer.reason)
  }
}

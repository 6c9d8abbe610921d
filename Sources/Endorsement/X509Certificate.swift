import COpenSSL
import Cryptography
import TPMEvidence

#if canImport(Glibc)
  import Glibc
#endif

/// A certificate in X.509 as libcrypto reads it, which does not change.
///
/// Its algorithms and its key are ones that can be relied on; see ``init(_:)``.
final class X509Certificate: @unchecked Sendable, Equatable {
  /// The certificate in DER.
  let der: [UInt8]
  let library: LibCrypto
  /// X509. Only to be used while the object lives: see ``ask(_:)``.
  private let handle: OpaquePointer
  /// The key that it is for (EVP_PKEY), which belongs to ``handle``.
  private let key: OpaquePointer
  /// Seconds since 1970 from which on it is valid.
  let validFrom: Int64
  /// Seconds since 1970 until which it is valid.
  let validUntil: Int64
  /// Whether it is signed over SHA-1.
  let isSignedOverSHA1: Bool
  /// Whether its issuer has its own name.
  let isSelfIssued: Bool
  /// Names that are the same have the same hashes, others hardly ever, so that most are told apart at once.
  private let subjectHash: UInt
  private let issuerHash: UInt

  /// Why a certificate is not read: a plain sentence without a full stop.
  struct Problem: Error, Hashable {
    let text: String
  }

  /// The sizes of keys of RSA, in bits, by which something counts as signed. Larger ones only cost time.
  static let rsaBits = 2048...8192

  /// Reads a certificate in DER. What libcrypto would let pass is refused: two names of the algorithm of the signature (RFC 5280, 4.1.1.2), a
  /// signature that is not whole bytes, an extension twice, and algorithms and keys that are weak or of unknown kinds.
  ///
  /// libcrypto reads names whose parts are out of the order that DER asks for, and ECDSA with NULL for parameters, as makers of TPMs write
  /// them; what is signed is compared as it was written.
  init(_ der: [UInt8]) throws(Problem) {
    guard let library = LibCrypto.installed else { throw Problem(text: LibCrypto.advice) }
    try Self.checkForm(der)
    guard let handle = Self.parsed(der, library) else {
      throw Problem(text: "it is not written as X.509 and DER ask for")
    }
    // Until all is initialized, what is found is thrown from here, so that the handle is freed.
    let found = Result { () throws(Problem) in try Self.facts(of: handle, library) }
    guard case .success(let facts) = found else {
      library.functions.pointee.X509_free(handle)
      guard case .failure(let problem) = found else { throw Problem(text: "it cannot be read") }
      throw problem
    }
    self.der = der
    self.library = library
    self.handle = handle
    key = facts.key
    validFrom = facts.validFrom
    validUntil = facts.validUntil
    isSignedOverSHA1 = facts.isSignedOverSHA1
    isSelfIssued = facts.isSelfIssued
    subjectHash = facts.subjectHash
    issuerHash = facts.issuerHash
  }

  deinit { library.functions.pointee.X509_free(handle) }

  static func == (one: X509Certificate, other: X509Certificate) -> Bool {
    one === other || one.der == other.der
  }

  /// Asks libcrypto something of the certificate (X509), which lives until it has answered.
  func ask<Value>(_ question: (copenssl, OpaquePointer) -> Value) -> Value {
    withExtendedLifetime(self) { library.quietly { question($0, handle) } }
  }

  /// Whether the certificate's key made the signature of another one.
  func signed(_ other: X509Certificate) -> Bool {
    ask { openssl, _ in other.ask { _, certificate in openssl.X509_verify(certificate, key) == 1 } }
  }

  /// Whether the certificate has the name that another one gives as its issuer's, letters of either case and blanks as X.509 compares them
  /// (RFC 5280, 7.1).
  func isNamedIssuer(of other: X509Certificate) -> Bool {
    subjectHash == other.issuerHash
      && ask { openssl, certificate in
        other.ask { _, issued in
          openssl.X509_NAME_cmp(
            openssl.X509_get_subject_name(certificate), openssl.X509_get_issuer_name(issued)) == 0
        }
      }
  }

  // MARK: - Reading

  /// What DER says of both places of the algorithm and of the signature.
  private static func checkForm(_ der: [UInt8]) throws(Problem) {
    var outer = DERReader(der[...])
    guard let certificate = outer.next(DERElement.sequence), outer.isAtEnd else {
      throw Problem(text: "it is not written as X.509 and DER ask for")
    }
    var parts = DERReader(certificate.content)
    var signed = DERReader(parts.next(DERElement.sequence)?.content ?? [])
    var field = signed.next()
    // The version is optional: an element of its own kind before the serial number.
    if field?.tag == 0xA0 { field = signed.next() }
    guard field != nil, let inner = signed.next(DERElement.sequence)?.content else {
      throw Problem(text: "it is not written as X.509 and DER ask for")
    }
    guard inner == parts.next(DERElement.sequence)?.content else {
      throw Problem(text: "it names two algorithms of its signature")
    }
    guard let signature = parts.next(0x03), parts.isAtEnd, signature.content.first == 0 else {
      throw Problem(text: "its signature is not whole bytes")
    }
  }

  private static func parsed(_ der: [UInt8], _ library: LibCrypto) -> OpaquePointer? {
    library.quietly { openssl in
      var certificate = openssl.X509_new_ex(library.context, nil)
      guard certificate != nil else { return nil }
      return der.withUnsafeBufferPointer { bytes in
        var place = bytes.baseAddress
        // On an error it frees what it was given.
        guard openssl.d2i_X509(&certificate, &place, bytes.count) != nil else { return nil }
        guard place == bytes.baseAddress.map({ $0 + bytes.count }) else {
          openssl.X509_free(certificate)
          return nil
        }
        return certificate
      }
    }
  }

  private struct Facts {
    let key: OpaquePointer
    let validFrom: Int64
    let validUntil: Int64
    let isSignedOverSHA1: Bool
    let isSelfIssued: Bool
    let subjectHash: UInt
    let issuerHash: UInt
  }

  private static func facts(of certificate: OpaquePointer, _ library: LibCrypto) throws(Problem) -> Facts {
    let result = library.quietly { openssl in
      Result { () throws(Problem) in
        let isSignedOverSHA1 = try isSignedOverSHA1(certificate, openssl)
        let key = try key(of: certificate, openssl)
        guard let from = seconds(openssl.X509_get0_notBefore(certificate), openssl),
          let until = seconds(openssl.X509_get0_notAfter(certificate), openssl)
        else { throw Problem(text: "its validity is not written as X.509 asks for") }
        guard openssl.X509_get_extension_flags(certificate) & UInt32(EXFLAG_INVALID) == 0 else {
          throw Problem(text: "an extension in it is not written as X.509 asks for")
        }
        try checkExtensions(of: certificate, openssl)
        let subject = openssl.X509_get_subject_name(certificate)
        let issuer = openssl.X509_get_issuer_name(certificate)
        return Facts(
          key: key, validFrom: from, validUntil: until, isSignedOverSHA1: isSignedOverSHA1,
          isSelfIssued: openssl.X509_NAME_cmp(subject, issuer) == 0,
          subjectHash: openssl.X509_NAME_hash_ex(subject, library.context, nil, nil),
          issuerHash: openssl.X509_NAME_hash_ex(issuer, library.context, nil, nil))
      }
    }
    return try result.get()
  }

  private static func isSignedOverSHA1(
    _ certificate: OpaquePointer, _ openssl: copenssl
  ) throws(Problem) -> Bool {
    var hash: Int32 = 0
    var kind: Int32 = 0
    _ = openssl.X509_get_signature_info(certificate, &hash, &kind, nil, nil)
    switch (kind, hash) {
    case (NID_ED25519, _): return false
    case (NID_rsaEncryption, NID_sha1), (NID_X9_62_id_ecPublicKey, NID_sha1): return true
    case (NID_rsaEncryption, NID_sha256), (NID_rsaEncryption, NID_sha384), (NID_rsaEncryption, NID_sha512),
      (NID_rsassaPss, NID_sha256), (NID_rsassaPss, NID_sha384), (NID_rsassaPss, NID_sha512),
      (NID_X9_62_id_ecPublicKey, NID_sha256), (NID_X9_62_id_ecPublicKey, NID_sha384),
      (NID_X9_62_id_ecPublicKey, NID_sha512):
      return false
    default: throw Problem(text: "its signature is made by an algorithm that policyc does not know")
    }
  }

  private static func key(
    of certificate: OpaquePointer, _ openssl: copenssl
  ) throws(Problem) -> OpaquePointer {
    guard let key = openssl.X509_get0_pubkey(certificate) else {
      throw Problem(text: "its key is damaged, or of a kind that policyc does not know")
    }
    switch openssl.EVP_PKEY_get_base_id(key) {
    case NID_rsaEncryption, NID_rsassaPss:
      let bits = Int(openssl.EVP_PKEY_get_bits(key))
      guard bits >= rsaBits.lowerBound else {
        throw Problem(text: "its key is one of RSA with \(bits) bits, below \(rsaBits.lowerBound) bits")
      }
      guard bits <= rsaBits.upperBound else {
        throw Problem(text: "its key is one of RSA with \(bits) bits, above \(rsaBits.upperBound) bits")
      }
    case NID_X9_62_id_ecPublicKey:
      var name = [CChar](repeating: 0, count: 32)
      var count = 0
      guard openssl.EVP_PKEY_get_group_name(key, &name, name.count, &count) == 1, count < name.count,
        ["prime256v1", "secp384r1", "secp521r1"].contains(
          String(decoding: name.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self))
      else { throw Problem(text: "its key is on a curve that policyc does not know") }
    case NID_ED25519: break
    default: throw Problem(text: "its key is of a kind that policyc does not know")
    }
    return key
  }

  private static func seconds(_ time: UnsafePointer<ASN1_TIME>?, _ openssl: copenssl) -> Int64? {
    var parts = tm()
    guard let time, openssl.ASN1_TIME_to_tm(time, &parts) == 1 else { return nil }
    return Int64(timegm(&parts))
  }

  private static func checkExtensions(of certificate: OpaquePointer, _ openssl: copenssl) throws(Problem) {
    var seen: Set<String> = []
    for index in 0..<max(openssl.X509_get_ext_count(certificate), 0) {
      let identifier = openssl.X509_EXTENSION_get_object(openssl.X509_get_ext(certificate, index))
      guard seen.insert(identifierText(identifier, openssl)).inserted else {
        throw Problem(text: "an extension is in it twice")
      }
    }
  }

  /// An object identifier as numbers with dots; of one that is longer than any that is known, its beginning and its length.
  static func identifierText(_ identifier: OpaquePointer?, _ openssl: copenssl) -> String {
    guard let identifier else { return "" }
    var text = [CChar](repeating: 0, count: 256)
    let count = Int(openssl.OBJ_obj2txt(&text, Int32(text.count), identifier, 1))
    let shown = String(
      decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return count < text.count ? shown : "\(shown)… (\(count) characters)"
  }
}

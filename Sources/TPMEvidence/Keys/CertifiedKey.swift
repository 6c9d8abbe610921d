/// The public key that a certificate in X.509 is for. The certificate is not verified: this only tells to which key it belongs.
///
/// Numbers have their most significant byte first, and no zeros before it.
package enum CertifiedKey: Hashable, Sendable {
  /// The modulus.
  case rsa(modulus: [UInt8])
  /// A point of an elliptic curve.
  case ecc(x: [UInt8], y: [UInt8])

  /// The numbers of a key in a TPM.
  package init(_ key: TPMPublic.Key) {
    switch key {
    case .rsa(let modulus, _): self.init(modulus: modulus)
    case .ecc(_, let x, let y): self.init(x: x, y: y)
    }
  }

  private init(modulus: [UInt8]) { self = .rsa(modulus: Self.significant(modulus)) }

  private init(x: [UInt8], y: [UInt8]) { self = .ecc(x: Self.significant(x), y: Self.significant(y)) }

  /// The key of a certificate in DER (RFC 5280, 4.1); nil when it cannot be read. Of the key's algorithm only the kind counts:
  /// some manufacturers mark keys of RSA as keys for OAEP.
  package init?(certificate der: [UInt8]) {
    guard let information = Self.subjectPublicKeyInfo(of: der[...]) else { return nil }
    self.init(information: information)
  }

  /// The key of a SubjectPublicKeyInfo (RFC 5280, 4.1) or an RSAPublicKey (RFC 8017, A.1.1) in DER; nil when it cannot be read.
  package init?(publicKey der: [UInt8]) {
    var outer = DERReader(der[...])
    guard let element = outer.next(DERElement.sequence) else { return nil }
    if let key = CertifiedKey(information: element.content) {
      self = key
      return
    }
    // A private key begins like this too, and goes on.
    var numbers = DERReader(element.content)
    guard numbers.next() != nil, numbers.next() != nil, numbers.isAtEnd else { return nil }
    self.init(rsaNumbers: element.content)
  }

  /// The key of what is in a SubjectPublicKeyInfo.
  private init?(information: ArraySlice<UInt8>) {
    var parts = DERReader(information)
    guard parts.next(DERElement.sequence) != nil, let bits = parts.next(0x03)?.content, bits.first == 0 else {
      return nil
    }
    let key = bits.dropFirst()
    if key.first == 0x04, key.count % 2 == 1, key.count > 1 {
      let middle = key.startIndex + 1 + key.count / 2
      self.init(x: Array(key[(key.startIndex + 1)..<middle]), y: Array(key[middle...]))
      return
    }
    var outer = DERReader(key)
    guard let numbers = outer.next(DERElement.sequence) else { return nil }
    self.init(rsaNumbers: numbers.content)
  }

  /// The key of what is in an RSAPublicKey.
  private init?(rsaNumbers: ArraySlice<UInt8>) {
    var reader = DERReader(rsaNumbers)
    guard let modulus = reader.next(0x02), reader.next(0x02) != nil else { return nil }
    self.init(modulus: Array(modulus.content))
  }

  private static func significant(_ number: [UInt8]) -> [UInt8] { Array(number.drop { $0 == 0 }) }

  private static func subjectPublicKeyInfo(of der: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var outer = DERReader(der)
    guard let certificate = outer.next(DERElement.sequence) else { return nil }
    var parts = DERReader(certificate.content)
    guard let signed = parts.next(DERElement.sequence) else { return nil }
    var fields = DERReader(signed.content)
    // The version is optional: an element of its own kind before the serial number.
    guard let first = fields.next(), first.tag != 0xA0 || fields.next() != nil else { return nil }
    // The algorithm, the issuer, the validity and the subject.
    for _ in 0..<4 where fields.next(DERElement.sequence) == nil { return nil }
    return fields.next(DERElement.sequence)?.content
  }
}

/// The elements of DER that stand one behind the other at the beginning of some bytes, such as certificates in the NV memory of a TPM; what
/// follows them, often padding, is left out.
///
/// - Parameter limit: How many are read.
package func derSequences(in bytes: [UInt8], limit: Int = 16) -> [[UInt8]] {
  var reader = DERReader(bytes[...])
  var found: [[UInt8]] = []
  var start = bytes.startIndex
  while found.count < limit, let element = reader.next(DERElement.sequence) {
    found.append(Array(bytes[start..<element.content.endIndex]))
    start = element.content.endIndex
  }
  return found
}

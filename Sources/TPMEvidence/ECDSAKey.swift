import Crypto

/// A key of swift-crypto for one curve, so that one function serves all of them.
private protocol ECDSAKey {
  /// The key of a point; nil when it does not lie on the curve.
  init?(point: [UInt8])
  /// Whether a signature, both of its numbers in full length, holds.
  func holds(_ signature: [UInt8], over digest: some Digest) -> Bool
}

extension P256.Signing.PublicKey: ECDSAKey {
  fileprivate init?(point: [UInt8]) {
    guard let key = try? Self(rawRepresentation: point) else { return nil }
    self = key
  }

  fileprivate func holds(_ signature: [UInt8], over digest: some Digest) -> Bool {
    guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature) else { return false }
    return isValidSignature(signature, for: digest)
  }
}

extension P384.Signing.PublicKey: ECDSAKey {
  fileprivate init?(point: [UInt8]) {
    guard let key = try? Self(rawRepresentation: point) else { return nil }
    self = key
  }

  fileprivate func holds(_ signature: [UInt8], over digest: some Digest) -> Bool {
    guard let signature = try? P384.Signing.ECDSASignature(rawRepresentation: signature) else { return false }
    return isValidSignature(signature, for: digest)
  }
}

extension P521.Signing.PublicKey: ECDSAKey {
  fileprivate init?(point: [UInt8]) {
    guard let key = try? Self(rawRepresentation: point) else { return nil }
    self = key
  }

  fileprivate func holds(_ signature: [UInt8], over digest: some Digest) -> Bool {
    guard let signature = try? P521.Signing.ECDSASignature(rawRepresentation: signature) else { return false }
    return isValidSignature(signature, for: digest)
  }
}

extension TPMCurve {
  /// Whether a signature of ECDSA over a message holds; nil when the point is none of the curve, or the hash has no ECDSA here.
  ///
  /// - Parameter signature: Both numbers, each as long as the curve has them.
  public func isValid(
    _ signature: [UInt8], over message: [UInt8], _ hash: HashAlgorithm, byPoint point: [UInt8]
  ) -> Bool? {
    switch self {
    case .p256: Self.isValid(P256.Signing.PublicKey.self, signature, message, hash, point)
    case .p384: Self.isValid(P384.Signing.PublicKey.self, signature, message, hash, point)
    case .p521: Self.isValid(P521.Signing.PublicKey.self, signature, message, hash, point)
    }
  }

  private static func isValid<Key: ECDSAKey>(
    _: Key.Type, _ signature: [UInt8], _ message: [UInt8], _ hash: HashAlgorithm, _ point: [UInt8]
  ) -> Bool? {
    guard let key = Key(point: point) else { return nil }
    return switch hash {
    case .sha1: key.holds(signature, over: Insecure.SHA1.hash(data: message))
    case .sha256: key.holds(signature, over: SHA256.hash(data: message))
    case .sha384: key.holds(signature, over: SHA384.hash(data: message))
    case .sha512: key.holds(signature, over: SHA512.hash(data: message))
    default: nil
    }
  }
}

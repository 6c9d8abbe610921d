import TPMEvidence

/// The algorithms by which a token may be signed (RFC 7518, 3.1). `none`, and those with a secret that both sides have, are not among them.
enum JSONWebAlgorithm: String, CaseIterable {
  case rs256 = "RS256"
  case rs384 = "RS384"
  case rs512 = "RS512"
  case ps256 = "PS256"
  case es256 = "ES256"
  case es384 = "ES384"

  private var hash: HashAlgorithm {
    switch self {
    case .rs256, .ps256, .es256: .sha256
    case .rs384, .es384: .sha384
    case .rs512: .sha512
    }
  }

  /// Whether a signature over these bytes is valid. A key of another kind has no valid signature, whatever the token says.
  func isValid(_ signature: [UInt8], over bytes: [UInt8], by key: JSONWebKey.Value) -> Bool {
    switch (self, key) {
    case (.rs256, .rsa(let key)), (.rs384, .rsa(let key)), (.rs512, .rsa(let key)):
      hash.digest(of: bytes).map { key.isValidPKCS1(signature, digest: $0, algorithm: hash) } ?? false
    case (.ps256, .rsa(let key)):
      hash.digest(of: bytes).map { key.isValidPSS(signature, digest: $0, algorithm: hash) } ?? false
    case (.es256, .elliptic(.p256, let x, let y)): isValid(signature, over: bytes, .p256, x + y)
    case (.es384, .elliptic(.p384, let x, let y)): isValid(signature, over: bytes, .p384, x + y)
    default: false
    }
  }

  private func isValid(
    _ signature: [UInt8], over bytes: [UInt8], _ curve: TPMCurve, _ point: [UInt8]
  ) -> Bool {
    guard signature.count == 2 * curve.byteCount else { return false }
    return curve.isValid(signature, over: bytes, hash, byPoint: point) ?? false
  }
}

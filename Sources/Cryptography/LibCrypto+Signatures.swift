import COpenSSL

extension LibCrypto {
  /// How a digest is padded before it is signed by RSA.
  package enum Padding: Sendable {
    /// RSASSA-PKCS1-v1_5 (RFC 8017, 8.2).
    case pkcs1
    /// RSASSA-PSS (RFC 8017, 8.1) with the digest's function in the mask too, and a salt of any length.
    case pss
  }

  /// Whether a signature of RSA over a digest holds.
  package func isValid(
    _ signature: [UInt8], digest: [UInt8], _ hash: LibraryHash, padding: Padding, modulus: [UInt8],
    exponent: UInt64
  ) -> Bool {
    guard let method = hash.method else { return false }
    return withRSAKey(modulus: modulus, exponent: exponent) { openssl, key in
      verify(signature, digest: digest, method, by: key, openssl) { check in
        switch padding {
        case .pkcs1: openssl.EVP_PKEY_CTX_set_rsa_padding(check, RSA_PKCS1_PADDING) == 1
        case .pss:
          openssl.EVP_PKEY_CTX_set_rsa_padding(check, RSA_PKCS1_PSS_PADDING) == 1
            && openssl.EVP_PKEY_CTX_set_rsa_mgf1_md(check, method.pointer) == 1
            && openssl.EVP_PKEY_CTX_set_rsa_pss_saltlen(check, RSA_PSS_SALTLEN_AUTO) == 1
        }
      }
    } ?? false
  }

  /// Whether a signature of ECDSA over a digest holds; nil when the point is not on the curve.
  ///
  /// - Parameters:
  ///   - r, s: The numbers of the signature, the most significant byte first.
  ///   - point: The key's, not compressed (SEC 1, 2.3.3).
  package func isValid(
    r: some Collection<UInt8>, s: some Collection<UInt8>, digest: [UInt8], _ hash: LibraryHash,
    by point: [UInt8], on curve: LibraryCurve
  ) -> Bool? {
    withKey(on: curve, point: point) { openssl, key in
      guard let method = hash.method, let signature = encoded(Array(r), Array(s), openssl) else {
        return false
      }
      return verify(signature, digest: digest, method, by: key, openssl) { _ in true }
    }
  }

  private func verify(
    _ signature: [UInt8], digest: [UInt8], _ method: LibraryHash.Method, by key: OpaquePointer,
    _ openssl: copenssl, prepare: (OpaquePointer) -> Bool
  ) -> Bool {
    guard let check = openssl.EVP_PKEY_CTX_new_from_pkey(context, key, nil) else { return false }
    defer { openssl.EVP_PKEY_CTX_free(check) }
    // Anything but 1 is no valid signature, errors among it.
    return openssl.EVP_PKEY_verify_init(check) == 1 && prepare(check)
      && openssl.EVP_PKEY_CTX_set_signature_md(check, method.pointer) == 1
      && openssl.EVP_PKEY_verify(check, signature, signature.count, digest, digest.count) == 1
  }

  /// ECDSA-Sig-Value in DER (RFC 3279, 2.2.3).
  private func encoded(_ r: [UInt8], _ s: [UInt8], _ openssl: copenssl) -> [UInt8]? {
    guard let signature = openssl.ECDSA_SIG_new() else { return nil }
    defer { openssl.ECDSA_SIG_free(signature) }
    let first = openssl.BN_bin2bn(r, Int32(r.count), nil)
    let second = openssl.BN_bin2bn(s, Int32(s.count), nil)
    guard first != nil, second != nil, openssl.ECDSA_SIG_set0(signature, first, second) == 1 else {
      openssl.BN_free(first)
      openssl.BN_free(second)
      return nil
    }
    var buffer: UnsafeMutablePointer<UInt8>?
    let count = Int(openssl.i2d_ECDSA_SIG(signature, &buffer))
    guard count > 0, let buffer else { return nil }
    defer { openssl.CRYPTO_free(buffer, #fileID, #line) }
    return Array(UnsafeBufferPointer(start: buffer, count: count))
  }
}

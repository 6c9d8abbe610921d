import COpenSSL

extension LibCrypto {
  /// Does something with a public key of RSA; nil when it is none, or what is done gives nil.
  func withRSAKey<Value>(
    modulus: [UInt8], exponent: UInt64, _ work: (copenssl, OpaquePointer) -> Value?
  ) -> Value? {
    quietly { openssl in
      let exponent = withUnsafeBytes(of: exponent.bigEndian) { Array($0) }
      guard let builder = openssl.OSSL_PARAM_BLD_new() else { return nil }
      defer { openssl.OSSL_PARAM_BLD_free(builder) }
      guard let n = openssl.BN_bin2bn(modulus, Int32(modulus.count), nil) else { return nil }
      defer { openssl.BN_free(n) }
      guard let e = openssl.BN_bin2bn(exponent, Int32(exponent.count), nil) else { return nil }
      defer { openssl.BN_free(e) }
      guard openssl.OSSL_PARAM_BLD_push_BN(builder, copenssl_modulus(), n) == 1,
        openssl.OSSL_PARAM_BLD_push_BN(builder, copenssl_exponent(), e) == 1,
        let key = key("RSA", from: builder, openssl)
      else { return nil }
      defer { openssl.EVP_PKEY_free(key) }
      return work(openssl, key)
    }
  }

  /// Does something with a public key of an elliptic curve; nil when its point is not on the curve, or what is done gives nil.
  ///
  /// - Parameter point: Not compressed (SEC 1, 2.3.3).
  func withKey<Value>(
    on curve: LibraryCurve, point: [UInt8], _ work: (copenssl, OpaquePointer) -> Value?
  ) -> Value? {
    quietly { openssl in
      guard let builder = openssl.OSSL_PARAM_BLD_new() else { return nil }
      defer { openssl.OSSL_PARAM_BLD_free(builder) }
      // The builder keeps where the text and the point are until the parameters are made of them.
      let key = curve.rawValue.withCString { name in
        point.withUnsafeBytes { point -> OpaquePointer? in
          guard openssl.OSSL_PARAM_BLD_push_utf8_string(builder, copenssl_group(), name, 0) == 1,
            openssl.OSSL_PARAM_BLD_push_octet_string(
              builder, copenssl_point(), point.baseAddress, point.count) == 1
          else { return nil }
          return self.key("EC", from: builder, openssl)
        }
      }
      guard let key else { return nil }
      defer { openssl.EVP_PKEY_free(key) }
      return work(openssl, key)
    }
  }

  private func key(_ kind: String, from builder: OpaquePointer, _ openssl: copenssl) -> OpaquePointer? {
    guard let parameters = openssl.OSSL_PARAM_BLD_to_param(builder) else { return nil }
    defer { openssl.OSSL_PARAM_free(parameters) }
    guard let maker = openssl.EVP_PKEY_CTX_new_from_name(context, kind, nil) else { return nil }
    defer { openssl.EVP_PKEY_CTX_free(maker) }
    var key: OpaquePointer?
    guard openssl.EVP_PKEY_fromdata_init(maker) == 1,
      openssl.EVP_PKEY_fromdata(maker, &key, copenssl_public_key, parameters) == 1
    else {
      openssl.EVP_PKEY_free(key)
      return nil
    }
    return key
  }
}

/// An elliptic curve, by the name that libcrypto has for it.
package enum LibraryCurve: String, Sendable {
  case p256 = "prime256v1"
  case p384 = "secp384r1"
  case p521 = "secp521r1"

  /// The size of a coordinate in bytes.
  var byteCount: Int {
    switch self {
    case .p256: 32
    case .p384: 48
    case .p521: 66
    }
  }
}

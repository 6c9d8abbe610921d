import COpenSSL

extension LibCrypto {
  /// HMAC (FIPS 198-1); nil where the hash is not available.
  package func hmac(_ hash: LibraryHash, key: [UInt8], _ message: [UInt8]) -> [UInt8]? {
    // Without an address an empty key would be none.
    let held = key.isEmpty ? [0] : key
    var code = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count = 0
    let isMade = quietly { openssl in
      openssl.EVP_Q_mac(
        context, "HMAC", nil, hash.rawValue, nil, held, key.count, message, message.count, &code, code.count,
        &count) != nil
    }
    return isMade && count <= code.count ? Array(code.prefix(count)) : nil
  }

  /// Encrypts by AES in cipher feedback mode with whole blocks fed back (SP 800-38A, 6.3 with s = 128) and an initialization vector of zeros;
  /// nil unless the key has 16, 24 or 32 bytes.
  package func encryptAESCFB(_ bytes: [UInt8], key: [UInt8]) -> [UInt8]? {
    guard [16, 24, 32].contains(key.count), let size = Int32(exactly: bytes.count) else { return nil }
    return quietly { openssl in
      guard let cipher = openssl.EVP_CIPHER_fetch(context, "AES-\(key.count * 8)-CFB", nil) else {
        return nil
      }
      defer { openssl.EVP_CIPHER_free(cipher) }
      guard let run = openssl.EVP_CIPHER_CTX_new() else { return nil }
      defer { openssl.EVP_CIPHER_CTX_free(run) }
      let vector = [UInt8](repeating: 0, count: 16)
      // A block more than needed: the mode gives as many bytes as it gets, and no other one could write beyond.
      var encrypted = [UInt8](repeating: 0, count: bytes.count + 16)
      var count: Int32 = 0
      guard openssl.EVP_EncryptInit_ex2(run, cipher, key, vector, nil) == 1,
        openssl.EVP_EncryptUpdate(run, &encrypted, &count, bytes, size) == 1, count == size
      else { return nil }
      return Array(encrypted.prefix(bytes.count))
    }
  }

  /// Encrypts by RSAES-OAEP (RFC 8017, 7.1) with a label, and with the hash in the mask too; nil when the message is too long or the hash not
  /// available.
  package func encryptOAEP(
    _ message: [UInt8], label: [UInt8], _ hash: LibraryHash, modulus: [UInt8], exponent: UInt64
  ) -> [UInt8]? {
    guard let method = hash.method else { return nil }
    return withRSAKey(modulus: modulus, exponent: exponent) { openssl, key in
      guard let run = openssl.EVP_PKEY_CTX_new_from_pkey(context, key, nil) else { return nil }
      defer { openssl.EVP_PKEY_CTX_free(run) }
      guard openssl.EVP_PKEY_encrypt_init(run) == 1,
        openssl.EVP_PKEY_CTX_set_rsa_padding(run, RSA_PKCS1_OAEP_PADDING) == 1,
        openssl.EVP_PKEY_CTX_set_rsa_oaep_md(run, method.pointer) == 1,
        openssl.EVP_PKEY_CTX_set_rsa_mgf1_md(run, method.pointer) == 1,
        setLabel(label, of: run, openssl)
      else { return nil }
      var count = 0
      guard openssl.EVP_PKEY_encrypt(run, nil, &count, message, message.count) == 1 else { return nil }
      var encrypted = [UInt8](repeating: 0, count: count)
      guard openssl.EVP_PKEY_encrypt(run, &encrypted, &count, message, message.count) == 1 else { return nil }
      return Array(encrypted.prefix(count))
    }
  }

  private func setLabel(_ label: [UInt8], of run: OpaquePointer, _ openssl: copenssl) -> Bool {
    guard !label.isEmpty else { return true }
    guard let size = Int32(exactly: label.count),
      let copy = openssl.CRYPTO_memdup(label, label.count, #fileID, #line)
    else { return false }
    // The copy belongs to the operation once it is set.
    guard openssl.EVP_PKEY_CTX_set0_rsa_oaep_label(run, copy, size) == 1 else {
      openssl.CRYPTO_free(copy, #fileID, #line)
      return false
    }
    return true
  }

  /// A fresh key's public point, not compressed, and the x coordinate of the point that it shares with another key (SP 800-56A, 5.7.1.2); nil
  /// when the other point is not on the curve.
  package func exchange(
    on curve: LibraryCurve, with point: [UInt8]
  ) -> (ephemeral: [UInt8], shared: [UInt8])? {
    withKey(on: curve, point: point) { openssl, other in
      guard let own = freshKey(on: curve, openssl) else { return nil }
      defer { openssl.EVP_PKEY_free(own) }
      guard let run = openssl.EVP_PKEY_CTX_new_from_pkey(context, own, nil) else { return nil }
      defer { openssl.EVP_PKEY_CTX_free(run) }
      var shared = [UInt8](repeating: 0, count: curve.byteCount)
      var sharedCount = shared.count
      var ephemeral = [UInt8](repeating: 0, count: 1 + 2 * curve.byteCount)
      var ephemeralCount = 0
      guard openssl.EVP_PKEY_derive_init(run) == 1, openssl.EVP_PKEY_derive_set_peer(run, other) == 1,
        openssl.EVP_PKEY_derive(run, &shared, &sharedCount) == 1, sharedCount == shared.count,
        openssl.EVP_PKEY_get_octet_string_param(
          own, copenssl_point(), &ephemeral, ephemeral.count, &ephemeralCount) == 1,
        ephemeralCount == ephemeral.count, ephemeral.first == 4
      else { return nil }
      return (ephemeral, shared)
    }
  }

  private func freshKey(on curve: LibraryCurve, _ openssl: copenssl) -> OpaquePointer? {
    guard let maker = openssl.EVP_PKEY_CTX_new_from_name(context, "EC", nil) else { return nil }
    defer { openssl.EVP_PKEY_CTX_free(maker) }
    var key: OpaquePointer?
    guard openssl.EVP_PKEY_keygen_init(maker) == 1,
      openssl.EVP_PKEY_CTX_set_group_name(maker, curve.rawValue) == 1,
      openssl.EVP_PKEY_generate(maker, &key) == 1
    else {
      openssl.EVP_PKEY_free(key)
      return nil
    }
    return key
  }
}

import COpenSSL
import Diagnostics
import TPMEvidence

extension X509Certificate {
  /// What the basic constraints say (RFC 5280, 4.2.1.9): whether it is one of an authority; nil where there are none.
  var isAuthority: Bool? {
    let flags = flags
    return flags & UInt32(EXFLAG_BCONS) == 0 ? nil : flags & UInt32(EXFLAG_CA) != 0
  }

  /// Whether its key may sign certificates (RFC 5280, 4.2.1.3); nil where no usage of the key is given.
  var maySignCertificates: Bool? {
    flags & UInt32(EXFLAG_KUSAGE) == 0
      ? nil : ask { $0.X509_get_key_usage($1) & UInt32(KU_KEY_CERT_SIGN) != 0 }
  }

  /// Whether it is of version 1, which has no extensions.
  var isVersion1: Bool { ask { $0.X509_get_version($1) == 0 } }

  private var flags: UInt32 { ask { $0.X509_get_extension_flags($1) } }

  /// What the key is for (RFC 5280, 4.2.1.12), as object identifiers; nil where nothing is given.
  var extendedKeyUsages: [String]? {
    ask { openssl, certificate in
      guard let usages = openssl.X509_get_ext_d2i(certificate, NID_ext_key_usage, nil, nil) else {
        return nil
      }
      let stack = OpaquePointer(usages)
      defer { openssl.EXTENDED_KEY_USAGE_free(stack) }
      return (0..<max(openssl.OPENSSL_sk_num(stack), 0)).map {
        Self.identifierText(openssl.OPENSSL_sk_value(stack, $0).map { OpaquePointer($0) }, openssl)
      }
    }
  }

  /// Extensions that may be critical, since they are understood or cannot mislead here: subject alternative name, extended key usage,
  /// certificate policies, basic constraints, name constraints, key usage.
  ///
  /// The alternative name of an endorsement key's certificate names the TPM and is critical when the subject is empty, its extended key usage
  /// is checked (TCG EK Credential Profile 2.5, 3.2). Policies of certificates are information as long as nobody asks for one of them
  /// (RFC 5280, 6.1.1: the user's initial policy set is any policy).
  private static let understood: Set<String> = [
    "2.5.29.17", "2.5.29.37", "2.5.29.32", "2.5.29.19", "2.5.29.30", "2.5.29.15",
  ]

  /// A critical extension that is not understood, as an object identifier.
  var strangeExtension: String? {
    ask { openssl, certificate in
      for index in 0..<max(openssl.X509_get_ext_count(certificate), 0) {
        let found = openssl.X509_get_ext(certificate, index)
        guard openssl.X509_EXTENSION_get_critical(found) != 0 else { continue }
        let identifier = Self.identifierText(openssl.X509_EXTENSION_get_object(found), openssl)
        if !Self.understood.contains(identifier) { return identifier }
      }
      return nil
    }
  }

  /// The key as the bit string of SubjectPublicKeyInfo holds it (RFC 5280, 4.1.2.7).
  var publicKeyBits: [UInt8] {
    ask { openssl, certificate in Self.bytes(openssl.X509_get0_pubkey_bitstr(certificate), openssl) }
  }

  /// Whether it names an issuer of its own name and another key than its own, as a certificate for a renewed key does.
  var isIssuedByNamesake: Bool {
    isSelfIssued
      && ask { openssl, certificate in
        guard let authority = openssl.X509_get0_authority_key_id(certificate),
          let own = openssl.X509_get0_subject_key_id(certificate)
        else { return false }
        return Self.bytes(authority, openssl) != Self.bytes(own, openssl)
      }
  }

  /// Where the certificate says that its issuer's is to be had (RFC 5280, 4.2.2.1); only shown, never opened.
  var issuerAddress: String? {
    ask { openssl, certificate in
      guard let access = openssl.X509_get_ext_d2i(certificate, NID_info_access, nil, nil) else { return nil }
      let stack = OpaquePointer(access)
      defer { openssl.AUTHORITY_INFO_ACCESS_free(stack) }
      for index in 0..<max(openssl.OPENSSL_sk_num(stack), 0) {
        guard
          let description = openssl.OPENSSL_sk_value(stack, index)?.assumingMemoryBound(
            to: ACCESS_DESCRIPTION.self), openssl.OBJ_obj2nid(description.pointee.method) == NID_ad_ca_issuers
        else { continue }
        var kind: Int32 = -1
        let value = openssl.GENERAL_NAME_get0_value(description.pointee.location, &kind)
        guard kind == GEN_URI, let value else { continue }
        let address = Self.bytes(UnsafePointer(value.assumingMemoryBound(to: ASN1_STRING.self)), openssl)
        return shortened(String(decoding: address, as: UTF8.self), limit: 200)
      }
      return nil
    }
  }

  /// The content of an ASN1_STRING.
  static func bytes(_ string: UnsafePointer<ASN1_STRING>?, _ openssl: copenssl) -> [UInt8] {
    guard let string, let start = openssl.ASN1_STRING_get0_data(string) else { return [] }
    return Array(UnsafeBufferPointer(start: start, count: Int(max(openssl.ASN1_STRING_length(string), 0))))
  }
}

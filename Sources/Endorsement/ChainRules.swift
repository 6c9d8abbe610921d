import COpenSSL

/// The rules that a chain from an endorsement key's certificate to a root has to keep: first those that a report can explain, then all that
/// libcrypto checks after RFC 5280, 6.1, name constraints among them. libcrypto alone would let pass: signatures over SHA-1, and issuers of
/// version 3 that are not said to be authorities where they are roots.
enum ChainRules {
  /// Why a chain, in which each signature holds, is refused; nil when it is not.
  static func refusal(of chain: [X509Certificate], at time: Int64) -> EndorsementRefusal? {
    for certificate in chain {
      if time < certificate.validFrom {
        return .notYetValid(certificate.shownName, from: certificate.validFrom)
      }
      if time > certificate.validUntil {
        return .expired(certificate.shownName, until: certificate.validUntil)
      }
    }
    guard chain.count <= ChainSearch.greatestLength else {
      return .broken(
        "it has \(chain.count) certificates, where at most \(ChainSearch.greatestLength) are followed")
    }
    // A root is trusted for being in the folder, whatever it signs itself with.
    if let weak = chain.dropLast().first(where: \.isSignedOverSHA1) {
      return .broken("the certificate of \(weak.shownName) is signed over SHA-1, which can be forged")
    }
    for issuer in chain.dropFirst() {
      if issuer.maySignCertificates == false {
        return .broken("the key of \(issuer.shownName) is not one to sign certificates with")
      }
      // A root of version 1 has no way to say so.
      if issuer.isAuthority != true, !(issuer.isVersion1 && issuer == chain.last) {
        return .broken("the certificate of \(issuer.shownName) is not one of an authority")
      }
    }
    return verification(of: chain).map { .broken($0) }
  }

  /// What libcrypto says against a chain; nil when it finds it valid.
  private static func verification(of chain: [X509Certificate]) -> String? {
    guard let leaf = chain.first, let root = chain.last else { return "it is empty" }
    return withExtendedLifetime(chain) {
      leaf.ask { openssl, certificate in
        guard let trusted = openssl.X509_STORE_new() else { return "there is no memory to verify it" }
        defer { openssl.X509_STORE_free(trusted) }
        guard let others = openssl.OPENSSL_sk_new_null() else { return "there is no memory to verify it" }
        // The certificates in it belong to the chain.
        defer { openssl.OPENSSL_sk_free(others) }
        guard let check = openssl.X509_STORE_CTX_new_ex(leaf.library.context, nil) else {
          return "there is no memory to verify it"
        }
        defer { openssl.X509_STORE_CTX_free(check) }
        guard root.ask({ $0.X509_STORE_add_cert(trusted, $1) == 1 }),
          chain.dropFirst().dropLast().allSatisfy({ issuer in
            issuer.ask { $0.OPENSSL_sk_push(others, UnsafeMutableRawPointer($1)) > 0 }
          }), openssl.X509_STORE_CTX_init(check, trusted, certificate, others) == 1,
          let options = openssl.X509_STORE_CTX_get0_param(check),
          // Validity is judged above; libcrypto would call a certificate expired in its last second already.
          openssl.X509_VERIFY_PARAM_set_flags(options, UInt(X509_V_FLAG_NO_CHECK_TIME)) == 1
        else { return "there is no memory to verify it" }
        openssl.X509_VERIFY_PARAM_set_depth(options, Int32(ChainSearch.greatestLength))
        guard openssl.X509_verify_cert(check) != 1 else { return nil }
        let depth = Int(openssl.X509_STORE_CTX_get_error_depth(check))
        let name = chain.indices.contains(depth) ? chain[depth].shownName : leaf.shownName
        return text(of: openssl.X509_STORE_CTX_get_error(check), at: name, openssl)
      }
    }
  }

  private static func text(of error: Int32, at name: String, _ openssl: copenssl) -> String {
    switch error {
    case X509_V_ERR_PATH_LENGTH_EXCEEDED:
      return "the certificate of \(name) allows fewer authorities below it than there are"
    case X509_V_ERR_PERMITTED_VIOLATION, X509_V_ERR_EXCLUDED_VIOLATION:
      return "an authority above it may not certify a name in the certificate of \(name)"
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
      X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return "the certificate of \(name) names another key of its issuer than the one that signed it"
    default:
      let reason = openssl.X509_verify_cert_error_string(Int(error)).map { String(cString: $0) } ?? "\(error)"
      return "libcrypto refuses the certificate of \(name): \(reason)"
    }
  }
}

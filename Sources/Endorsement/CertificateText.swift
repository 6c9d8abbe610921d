import COpenSSL
import Diagnostics
import TPMEvidence

extension X509Certificate {
  /// The subject as a report names it; its serial number where it has none, as endorsement keys often have.
  var shownName: String {
    text(of: { $0.X509_get_subject_name($1) })
      ?? ask { openssl, certificate in
        let serial = Self.bytes(openssl.X509_get0_serialNumber(certificate), openssl)
        return "an unnamed subject (serial number \(hexadecimal(serial.prefix(32))))"
      }
  }

  /// The issuer as a report names it.
  var shownIssuer: String { text(of: { $0.X509_get_issuer_name($1) }) ?? "an issuer without a name" }

  /// A name as RFC 2253 writes it, the last part first; nil for one without parts.
  private func text(of name: (copenssl, OpaquePointer) -> OpaquePointer?) -> String? {
    ask { openssl, certificate in
      guard let name = name(openssl, certificate), openssl.X509_NAME_entry_count(name) > 0,
        let memory = openssl.BIO_new(openssl.BIO_s_mem())
      else { return nil }
      defer { _ = openssl.BIO_free(memory) }
      guard openssl.X509_NAME_print_ex(memory, name, 0, copenssl_name_flags) >= 0 else {
        return "a name that cannot be written"
      }
      var start: UnsafePointer<UInt8>?
      let count = withUnsafeMutablePointer(to: &start) { openssl.BIO_ctrl(memory, BIO_CTRL_INFO, 0, $0) }
      guard let start, count > 0 else { return "a name that cannot be written" }
      let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
      return shortened(text, limit: 200)
    }
  }
}

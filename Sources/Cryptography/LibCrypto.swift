import COpenSSL

/// libcrypto of OpenSSL 3, opened when something is first asked of it. Linked, it would cost every start of the program a millisecond, and
/// most starts have no use for it.
///
/// It works in a context of its own, with OpenSSL's default provider: neither `OPENSSL_CONF` and its file, nor what another library in the
/// process set up, changes what is found valid. Nothing of it opens a file or a connection.
package struct LibCrypto: @unchecked Sendable {
  /// The functions, for those who read what only libcrypto reads.
  package let functions: UnsafePointer<copenssl>
  /// Where algorithms are looked up (OSSL_LIB_CTX).
  package let context: OpaquePointer

  /// The library whose interface this is written for.
  package static let name = "libcrypto.so.3"

  /// What is missing on a machine without it, and what helps; without a full stop.
  package static let advice =
    "\(name) (OpenSSL 3) is not installed; on Debian and Ubuntu it comes with libssl3 or libssl3t64"

  /// The library of this machine; nil when it is not installed.
  package static let installed = LibCrypto(name)

  private init?(_ name: String) {
    guard let functions = copenssl_load(name) else { return nil }
    let options = UInt64(
      OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS | OPENSSL_INIT_NO_ATEXIT)
    guard functions.pointee.OPENSSL_init_crypto(options, nil) == 1,
      let context = functions.pointee.OSSL_LIB_CTX_new(),
      functions.pointee.OSSL_PROVIDER_load(context, "default") != nil
    else { return nil }
    self.functions = functions
    self.context = context
  }

  /// Does something that may fail, and leaves no trace of it: what stays in OpenSSL's queue of errors is read as the failure of whatever
  /// asks next.
  package func quietly<Value>(_ work: (copenssl) -> Value) -> Value {
    _ = functions.pointee.ERR_set_mark()
    defer { _ = functions.pointee.ERR_pop_to_mark() }
    return work(functions.pointee)
  }
}

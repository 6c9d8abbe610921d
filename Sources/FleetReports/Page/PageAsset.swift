import CCatalogData
import TPMEvidence

/// The style sheet or the script of the page, part of the program and of every page as it is.
struct PageAsset: Sendable {
  /// The text, in UTF-8.
  let bytes: [UInt8]
  /// What a Content-Security-Policy calls it: `'sha256-…'` (CSP Level 3, section 2.3.1).
  let source: String

  /// Sources/CCatalogData/include/fleet-page-style.css.
  static let style = PageAsset(
    UnsafeBufferPointer(start: fleet_page_style_bytes(), count: fleet_page_style_size()))
  /// The scripts Sources/CCatalogData/include/fleet-page-*.js, one after another.
  static let script = PageAsset(
    UnsafeBufferPointer(start: fleet_page_script_bytes(), count: fleet_page_script_size()))

  private init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = Array(bytes)
    let digest = HashAlgorithm.sha256.digest(of: UnsafeRawBufferPointer(bytes)) ?? []
    source = "'sha256-\(Self.base64(digest))'"
  }

  /// Base64 as RFC 4648 section 4 has it, with padding.
  static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let number = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        text.append(place <= group.count ? alphabet[number >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

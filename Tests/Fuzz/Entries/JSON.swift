import PolicyModel

/// The canonical form of what was read is read as the same value, and is its own canonical form.
func fuzzJSON(_ bytes: [UInt8]) {
  guard let value = try? JSONValue(parsing: bytes) else { return }
  let canonical = value.canonicalBytes()
  guard let again = try? JSONValue(parsing: canonical) else {
    fatalError("the canonical form cannot be read: \(String(decoding: canonical, as: UTF8.self))")
  }
  require(again.canonicalBytes() == canonical, "the canonical form has another canonical form")
}

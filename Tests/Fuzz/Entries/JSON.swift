import PolicyModel
import PolicyTargets
import SyncML

/// The canonical form of what was read is read as the same value, and is its own canonical form.
///
/// As the map of a payload, whatever it is, it waives nothing that cannot be waived.
func fuzzJSON(_ bytes: [UInt8]) {
  if let mapped = try? MappedPayload(ofPayload: "p.syncml.xml", in: bytes) {
    require(
      mapped.waivers.allSatisfy { PayloadWaiver.isWaivable($0.code) && $0.cmdID > 0 },
      "a map waives what cannot be waived")
  }
  guard let value = try? JSONValue(parsing: bytes) else { return }
  let canonical = value.canonicalBytes()
  guard let again = try? JSONValue(parsing: canonical) else {
    fatalError("the canonical form cannot be read: \(String(decoding: canonical, as: UTF8.self))")
  }
  require(again.canonicalBytes() == canonical, "the canonical form has another canonical form")
}

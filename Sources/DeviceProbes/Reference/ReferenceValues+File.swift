import PolicyModel
import TPMEvidence

extension ReferenceValues {
  /// What a file of reference values says in its member `format`.
  package static let format = "policyc-reference"
  /// The version of the format that is read and written.
  package static let version: Int64 = 1
  /// The longest file that is read, in bytes: some 30,000 entries.
  package static let byteLimit = 4 << 20

  /// Reads a file (docs/reference.schema.json).
  ///
  /// - Parameter name: What reports call it.
  package static func decode(_ bytes: [UInt8], name: String) throws(EvidenceFormatError) -> ReferenceValues {
    var values = try ReferenceFileReader(bytes).values()
    values.name = name
    values.digest = HashAlgorithm.sha256.digest(of: bytes) ?? []
    return values
  }

  /// The file: canonical JSON (RFC 8785) with a line feed at the end, the same for the same values.
  package func encode() -> [UInt8] {
    func measurements(_ section: Section) -> JSONValue {
      .array(self.measurements.filter { $0.slot.section == section }.map(json))
    }
    let keys = KeyList.allCases.compactMap { list in
      self.keys[list].map { JSONMember(list.rawValue, .array($0.map(\.json))) }
    }
    let document = JSONValue.object([
      JSONMember("format", .string(Self.format)), JSONMember("version", .integer(Self.version)),
      JSONMember("banks", .array(banks.map { .string($0.name) })),
      JSONMember("firmware", measurements(.firmware)), JSONMember("images", measurements(.images)),
      JSONMember("authorities", .array(authorities.map(\.json))), JSONMember("keys", .object(keys)),
      JSONMember(
        "required", .array(Section.allCases.filter(required.contains).map { .string($0.rawValue) })),
    ])
    return document.line
  }

  private func json(_ measurement: Measurement) -> JSONValue {
    let digests = zip(banks, measurement.digests).map { JSONMember($0.name, .string(hexadecimal($1))) }
    let place =
      switch measurement.slot {
      case .firmware(let register): JSONMember("pcr", .integer(Int64(register)))
      case .image(let place): JSONMember("place", .string(place.rawValue))
      }
    return .object([place, JSONMember("digests", .object(digests))] + comment(measurement.comment))
  }
}

extension ReferenceValues.Entry {
  fileprivate var json: JSONValue {
    .object(
      [JSONMember(identity.kind.rawValue, .string(hexadecimal(identity.digest)))]
        + DeviceProbes.comment(comment))
  }
}

private func comment(_ text: String?) -> [JSONMember] {
  text.map { [JSONMember("comment", .string($0))] } ?? []
}

import Diagnostics
import PolicyModel
import TPMEvidence

/// Reads the members of a file of reference values; a name that is none of them is an error.
struct ReferenceFileReader {
  private let root: FormatReader
  /// How many entries all lists together may have.
  private static let entryLimit = 32_768
  /// How many scalars of a comment are kept.
  private static let commentLimit = 512

  /// Reads what of the document does not depend on its members.
  init(_ bytes: [UInt8]) throws(EvidenceFormatError) {
    root = try FormatReader(
      bytes, format: ReferenceValues.format, version: ReferenceValues.version,
      limit: ReferenceValues.byteLimit,
      required: ["banks", "firmware", "images", "authorities", "keys"], optional: ["required"])
  }

  /// The values.
  func values() throws(EvidenceFormatError) -> ReferenceValues {
    var left = Self.entryLimit
    func count(_ elements: [JSONValue], at path: String) throws(EvidenceFormatError) {
      left -= elements.count
      guard left >= 0 else {
        throw .content(
          path: path, problem: "the file has more than \(Self.entryLimit) entries, and no more are read")
      }
    }
    let banks = try banks()
    var values = ReferenceValues(banks: banks)
    for section in [ReferenceValues.Section.firmware, .images] {
      let elements = try root.elements(section.rawValue)
      try count(elements, at: "$.\(section.rawValue)")
      for (index, element) in elements.enumerated() {
        let path = "$.\(section.rawValue)[\(index)]"
        values.measurements.append(try measurement(element, of: section, banks, at: path))
      }
    }
    func entries(_ elements: [JSONValue], at path: String) throws(EvidenceFormatError)
      -> [ReferenceValues.Entry]
    {
      try count(elements, at: path)
      var entries: [ReferenceValues.Entry] = []
      for (index, element) in elements.enumerated() {
        entries.append(try entry(element, at: "\(path)[\(index)]"))
      }
      return entries
    }
    values.authorities = try entries(try root.elements("authorities"), at: "$.authorities")
    let lists = ReferenceValues.KeyList.allCases
    let keys = try FormatReader(
      root["keys"] ?? .null, at: "$.keys", required: [], optional: lists.map(\.rawValue))
    for list in lists where keys[list.rawValue] != nil {
      values.keys[list] = try entries(
        try keys.elements(list.rawValue), at: "$.keys.\(list.rawValue)")
    }
    values.required = try required()
    return values
  }

  private func banks() throws(EvidenceFormatError) -> [HashAlgorithm] {
    let elements = try root.elements("banks")
    var banks: [HashAlgorithm] = []
    for (index, element) in elements.enumerated() {
      guard case .string(let name) = element, let bank = HashAlgorithm(name: name), !banks.contains(bank)
      else {
        let names = HashAlgorithm.computable.map(\.name).joined(separator: ", ")
        throw .content(path: "$.banks[\(index)]", problem: "expected one of \(names), each once")
      }
      banks.append(bank)
    }
    guard !banks.isEmpty else { throw .content(path: "$.banks", problem: "expected at least one bank") }
    return banks
  }

  private func required() throws(EvidenceFormatError) -> Set<ReferenceValues.Section> {
    guard root["required"] != nil else { return [] }
    var required: Set<ReferenceValues.Section> = []
    for (index, element) in try root.elements("required").enumerated() {
      guard case .string(let name) = element, let section = ReferenceValues.Section(rawValue: name),
        required.insert(section).inserted
      else {
        let names = ReferenceValues.Section.allCases.map(\.rawValue).joined(separator: ", ")
        throw .content(path: "$.required[\(index)]", problem: "expected one of \(names), each once")
      }
    }
    return required
  }

  private func measurement(
    _ element: JSONValue, of section: ReferenceValues.Section, _ banks: [HashAlgorithm], at path: String
  ) throws(EvidenceFormatError) -> ReferenceValues.Measurement {
    let reader = try FormatReader(
      element, at: path, required: [section == .images ? "place" : "pcr", "digests"],
      optional: ["comment"])
    let slot: ReferenceValues.Slot
    if section == .images {
      guard let place = ReferenceValues.Place(rawValue: try reader.text("place")) else {
        let names = ReferenceValues.Place.allCases.map(\.rawValue).joined(separator: ", ")
        throw .content(path: "\(path).place", problem: "expected one of \(names)")
      }
      slot = .image(place)
    } else {
      guard case .integer(let register)? = reader["pcr"], register == 0 || register == 2 else {
        throw .content(path: "\(path).pcr", problem: "expected 0 or 2")
      }
      slot = .firmware(Int(register))
    }
    let listed = try FormatReader(
      reader["digests"] ?? .null, at: "\(path).digests", required: banks.map(\.name))
    var digests: [[UInt8]] = []
    for bank in banks { digests.append(try listed.digest(bank.name, of: bank)) }
    return ReferenceValues.Measurement(slot, digests: digests, comment: try comment(in: reader))
  }

  private func entry(
    _ element: JSONValue, at path: String
  ) throws(EvidenceFormatError) -> ReferenceValues.Entry {
    let kinds = ReferenceValues.Identity.Kind.allCases
    let reader = try FormatReader(
      element, at: path, required: [], optional: kinds.map(\.rawValue) + ["comment"])
    let given = kinds.filter { reader[$0.rawValue] != nil }
    guard let kind = given.first, given.count == 1 else {
      let names = kinds.map(\.rawValue).joined(separator: ", ")
      throw .content(path: path, problem: "expected exactly one of the members \(names)")
    }
    return ReferenceValues.Entry(
      .init(kind, try reader.digest(kind.rawValue, of: .sha256)), comment: try comment(in: reader))
  }

  private func comment(in reader: FormatReader) throws(EvidenceFormatError) -> String? {
    guard reader["comment"] != nil else { return nil }
    return shortened(try reader.text("comment"), limit: Self.commentLimit)
  }
}

extension FormatReader {
  /// The elements of an array.
  fileprivate func elements(_ name: String) throws(EvidenceFormatError) -> [JSONValue] {
    guard case .array(let elements)? = self[name] else {
      throw .content(
        path: "\(path).\(name)", problem: "expected an array, found \(self[name]?.kind ?? "nothing")")
    }
    return elements
  }

  /// A digest in hexadecimal.
  fileprivate func digest(_ name: String, of bank: HashAlgorithm) throws(EvidenceFormatError) -> [UInt8] {
    guard let digest = TPMEvidence.bytes(hexadecimal: try text(name).utf8), digest.count == bank.byteCount
    else {
      throw .content(
        path: "\(path).\(name)",
        problem: "expected a digest of \(bank.name) in hexadecimal, \((bank.byteCount ?? 0) * 2) digits")
    }
    return digest
  }
}

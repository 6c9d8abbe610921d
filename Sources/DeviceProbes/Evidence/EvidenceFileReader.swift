import Diagnostics
import PolicyModel
import TPMEvidence

/// Reads the members of an evidence file; a name that is none of them is an error.
struct EvidenceFileReader {
  private let root: JSONValue
  private static let certificateCount = 16

  init(_ root: JSONValue) { self.root = root }

  func file() throws(EvidenceFormatError) -> EvidenceFile {
    guard case .object(let members) = root, root["format"] == .string(EvidenceFile.format) else {
      throw .otherFormat(expected: EvidenceFile.format)
    }
    guard case .integer(let version)? = root["version"] else {
      throw .content(path: "$.version", problem: "expected the version of the format, an integer")
    }
    guard version == EvidenceFile.version else {
      throw .otherVersion(found: version, known: EvidenceFile.version)
    }
    try refuseOthers(in: members, than: EvidenceMember.allCases.map(\.rawValue), at: "$")
    for member in EvidenceMember.allCases where member.isRequired && root[member.rawValue] == nil {
      throw .content(path: "$", problem: "the member \"\(member.rawValue)\" is missing")
    }
    let nonce = try binary(.nonce) ?? []
    guard nonce.count >= Evidence.nonceByteCounts.lowerBound else {
      throw .content(
        path: "$.nonce",
        problem: "it has \(nonce.count) bytes; a nonce has at least \(Evidence.nonceByteCounts.lowerBound)")
    }
    var evidence = Evidence(
      nonce: nonce, attestationKey: try binary(.attestationKey) ?? [],
      quote: try binary(.quote) ?? [], signature: try binary(.signature) ?? [], pcrs: try pcrs(),
      endorsementKey: try binary(.endorsementKey),
      endorsementCertificate: try binary(.endorsementCertificate),
      intermediateCertificates: try certificates(), bootLog: try binary(.bootLog),
      activation: try binary(.activation))
    evidence.certifiedKeys = try certifiedKeys()
    evidence.earlierLogs = try earlierLogs(beside: evidence.bootLog)
    if let facts = root[EvidenceMember.facts.rawValue] {
      guard case .object = facts else {
        throw .content(path: "$.facts", problem: "expected an object of facts, found \(facts.kind)")
      }
      return EvidenceFile(evidence, facts: facts)
    }
    return EvidenceFile(evidence)
  }

  private func refuseOthers(
    in members: [JSONMember], than names: [String], at path: String
  ) throws(EvidenceFormatError) {
    for member in members where !names.contains(member.name) {
      let guess = closest(to: member.name, in: names).map { "; did you mean \"\($0)\"?" } ?? ""
      throw .content(
        path: path, problem: "there is no member \(quoted(member.name))\(guess)")
    }
  }

  private func certifiedKeys() throws(EvidenceFormatError) -> [KeyCertification] {
    guard let list = root[EvidenceMember.certifiedKeys.rawValue] else { return [] }
    let path = "$.\(EvidenceMember.certifiedKeys.rawValue)"
    guard case .array(let values) = list else {
      throw .content(path: path, problem: "expected an array of certified keys, found \(list.kind)")
    }
    guard values.count <= KeyCertification.countLimit else {
      throw .content(
        path: path,
        problem: "it has \(values.count) keys, and at most \(KeyCertification.countLimit) are read")
    }
    var keys: [KeyCertification] = []
    for (index, value) in values.enumerated() {
      let key = try certifiedKey(value, at: "\(path)[\(index)]")
      if let role = key.role, keys.contains(where: { $0.role == role }) {
        throw .content(path: "\(path)[\(index)].role", problem: "another key has the role '\(role.rawValue)'")
      }
      keys.append(key)
    }
    return keys
  }

  private func certifiedKey(
    _ value: JSONValue, at path: String
  ) throws(EvidenceFormatError) -> KeyCertification {
    let members = try members(value, "a key and its certification", at: path)
    try refuseOthers(in: members, than: CertifiedKeyMember.allCases.map(\.rawValue), at: path)
    func part(_ member: CertifiedKeyMember) throws(EvidenceFormatError) -> [UInt8] {
      guard let part = value[member.rawValue] else {
        throw .content(path: path, problem: "the member \"\(member.rawValue)\" is missing")
      }
      return try binary(part, limit: EvidenceMember.certifiedKeys.byteLimit, at: "\(path).\(member.rawValue)")
    }
    var role: DeviceKeyRole?
    if let given = value[CertifiedKeyMember.role.rawValue] {
      guard case .string(let text) = given, let known = DeviceKeyRole(rawValue: text) else {
        let names = DeviceKeyRole.allCases.map(\.rawValue).joined(separator: ", ")
        throw .content(path: "\(path).role", problem: "expected one of \(names)")
      }
      role = known
    }
    return KeyCertification(
      role: role, key: try part(.key), statement: try part(.statement), signature: try part(.signature))
  }

  private func binary(_ member: EvidenceMember) throws(EvidenceFormatError) -> [UInt8]? {
    guard let value = root[member.rawValue] else { return nil }
    return try binary(value, limit: member.byteLimit, at: "$.\(member.rawValue)")
  }

  private func binary(
    _ value: JSONValue, limit: Int, at path: String
  ) throws(EvidenceFormatError) -> [UInt8] {
    guard case .string(let text) = value else {
      throw .content(path: path, problem: "expected bytes in Base64, found \(value.kind)")
    }
    guard let bytes = Base64.decode(text.utf8) else {
      throw .content(path: path, problem: "expected bytes in Base64 (RFC 4648), found other text")
    }
    guard bytes.count <= limit else {
      throw .content(path: path, problem: "it has \(bytes.count) bytes, and at most \(limit) are read")
    }
    return bytes
  }

  private func certificates() throws(EvidenceFormatError) -> [[UInt8]] {
    try list(.intermediateCertificates, of: "certificates", limit: Self.certificateCount)
  }

  private func earlierLogs(beside bootLog: [UInt8]?) throws(EvidenceFormatError) -> [[UInt8]] {
    let logs = try list(.earlierLogs, of: "boot logs", limit: EvidenceFile.earlierLogLimit)
    let count = logs.reduce(bootLog?.count ?? 0) { $0 + $1.count }
    guard count <= EvidenceMember.earlierLogs.byteLimit else {
      throw .content(
        path: "$.\(EvidenceMember.earlierLogs.rawValue)",
        problem:
          "all boot logs together have \(count) bytes, and at most \(EvidenceMember.earlierLogs.byteLimit) are read"
      )
    }
    return logs
  }

  private func list(
    _ member: EvidenceMember, of what: String, limit: Int
  ) throws(EvidenceFormatError) -> [[UInt8]] {
    guard let list = root[member.rawValue] else { return [] }
    let path = "$.\(member.rawValue)"
    guard case .array(let values) = list else {
      throw .content(path: path, problem: "expected an array of \(what), found \(list.kind)")
    }
    guard values.count <= limit else {
      throw .content(path: path, problem: "it has \(values.count) \(what), and at most \(limit) are read")
    }
    var items: [[UInt8]] = []
    for (index, value) in values.enumerated() {
      items.append(try binary(value, limit: member.byteLimit, at: "\(path)[\(index)]"))
    }
    return items
  }

  private func pcrs() throws(EvidenceFormatError) -> PCRValues {
    var values = PCRValues()
    guard let json = root[EvidenceMember.pcrs.rawValue] else { return values }
    for bank in try members(json, "banks", at: "$.pcrs") {
      let path = "$.pcrs.\(shortened(bank.name, limit: 40))"
      guard let algorithm = HashAlgorithm(name: bank.name) else {
        let names = HashAlgorithm.computable.map(\.name).joined(separator: ", ")
        throw .content(path: path, problem: "there is no such bank; those that are known: \(names)")
      }
      var registers: [Int: [UInt8]] = [:]
      for member in try members(bank.value, "PCRs", at: path) {
        let path = "\(path).\(shortened(member.name, limit: 40))"
        guard let register = Int(member.name), 0..<pcrCount ~= register, "\(register)" == member.name else {
          throw .content(path: path, problem: "there is no such PCR; they are 0 to \(pcrCount - 1)")
        }
        guard case .string(let text) = member.value, let value = bytes(hexadecimal: text.utf8),
          value.count == algorithm.byteCount
        else {
          throw .content(path: path, problem: "expected a value of \(algorithm.name) in hexadecimal")
        }
        registers[register] = value
      }
      values.banks[algorithm] = registers
    }
    return values
  }

  private func members(
    _ value: JSONValue, _ what: String, at path: String
  ) throws(EvidenceFormatError) -> [JSONMember] {
    guard case .object(let members) = value else {
      throw .content(path: path, problem: "expected an object of \(what), found \(value.kind)")
    }
    return members
  }
}

import PolicyModel
import TPMEvidence

extension BootLogReport {
  /// The report for machines: canonical, one line. docs/report-json.md describes it.
  package func json() -> [UInt8] {
    var members: [JSONMember] = [
      JSONMember("schema", .integer(1)), JSONMember("file", .string(name)),
      JSONMember("form", .string(log.form == .cryptoAgile ? "crypto_agile" : "sha1_only")),
      JSONMember("registers", .string(log.registers == .pcrs ? "pcrs" : "confidential")),
      JSONMember("banks", .array(log.banks.map { .string($0.algorithm.name) })),
      JSONMember("startup_locality", .integer(Int64(log.startupLocality))),
      JSONMember("event_count", .integer(Int64(log.events.count))),
      JSONMember("values", values),
      JSONMember(
        "facts",
        .object(facts.map { JSONMember($0.name, BootLogFinding.json($0.finding.map(\.json))) })),
      JSONMember("secure_boot", .object(evidence.keyFindings.map(\.json))),
      JSONMember("authorities", .array(evidence.secureBoot.authorities.map(Self.json))),
      JSONMember("images", .array(evidence.images.map(json))),
      JSONMember("windows", .object(evidence.windowsFindings.map(\.json))),
    ]
    if !evidence.contradictions.isEmpty {
      let reasons = evidence.contradictions.map { JSONValue.string($0.reason) }
      members.append(JSONMember("contradictions", .array(reasons)))
    }
    if let starts { members += starts.json }
    if let comparison { members.append(JSONMember("comparison", json(comparison))) }
    if listsEvents { members.append(JSONMember("events", .array(log.events.indices.map(json)))) }
    return JSONValue.object(members).line
  }

  /// By bank and register, for the registers that events extended.
  private var values: JSONValue {
    let counts = eventCounts
    var banks: [JSONMember] = []
    for (bank, replay) in zip(log.banks, replays) {
      guard let replay else { continue }
      var members: [JSONMember] = []
      for (register, count) in counts.enumerated() where count > 0 {
        members.append(
          JSONMember("\(register)", replay[register].map { .string(hexadecimal($0)) } ?? .null))
      }
      banks.append(JSONMember(bank.algorithm.name, .object(members)))
    }
    return .object(banks)
  }

  private static func json(_ authority: SecureBootEvidence.Authority) -> JSONValue {
    .object([
      JSONMember("event", .integer(Int64(authority.event))),
      JSONMember("variable", .string(authority.variable)),
      JSONMember("entry", authority.entry?.json ?? .null),
      JSONMember("firmware", .bool(authority.isFirmware)),
    ])
  }

  private func json(_ image: BootImage) -> JSONValue {
    .object([
      JSONMember("event", .integer(Int64(image.event))),
      JSONMember("register", .integer(Int64(image.register))),
      JSONMember("path", image.path.map(JSONValue.string) ?? .null),
      JSONMember("authority", image.authority.map { .integer(Int64($0)) } ?? .null),
    ])
  }

  private func json(_ comparison: Comparison) -> JSONValue {
    func registers(_ list: [PCRComparison.Registers]) -> JSONValue {
      .object(list.map { JSONMember($0.algorithm.name, .array($0.numbers.map { .integer(Int64($0)) })) })
    }
    return .object([
      JSONMember("source", .string(comparison.source)),
      JSONMember("verdict", verdict.map(JSONValue.string) ?? .null),
      JSONMember("agreeing", registers(comparison.result.agreeing)),
      JSONMember("untold", registers(comparison.result.untold)),
      JSONMember("divergences", .array(comparison.result.divergences.map(Self.json))),
    ])
  }

  private static func json(_ divergence: PCRDivergence) -> JSONValue {
    .object([
      JSONMember("bank", .string(divergence.algorithm.name)),
      JSONMember("register", .integer(Int64(divergence.register))),
      JSONMember("given", .string(hexadecimal(divergence.given))),
      JSONMember("replayed", divergence.replayed.map { .string(hexadecimal($0)) } ?? .null),
      JSONMember("events", .array(divergence.events.map { .integer(Int64($0)) })),
      JSONMember("agrees_up_to", divergence.agreesUpTo.map { .integer(Int64($0)) } ?? .null),
    ])
  }

  private func json(_ event: Int) -> JSONValue {
    let entry = log.events[event]
    var digests: [JSONMember] = []
    for (index, bank) in log.banks.enumerated() {
      if let digest = log.digest(of: event, bank: index) {
        digests.append(JSONMember(bank.algorithm.name, .string(hexadecimal(digest))))
      }
    }
    return .object([
      JSONMember("event", .integer(Int64(event))), JSONMember("offset", .integer(Int64(entry.offset))),
      JSONMember("register", .integer(Int64(entry.register))),
      JSONMember("type", .string(entry.type.name)), JSONMember("extends", .bool(entry.isExtended)),
      JSONMember("digests", .object(digests)),
      JSONMember("data_size", .integer(Int64(entry.dataRange.count))),
      JSONMember("data_is_measured", .bool(entry.isExtended && log.isMeasured(event))),
      JSONMember("summary", .string(log.summary(of: event))),
    ])
  }
}

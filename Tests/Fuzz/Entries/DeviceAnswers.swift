import CSPCatalog
import DeviceProbes
import PolicyModel

/// A fact that is read is of its type and within its bounds, and one that is not has a reason fit for a report.
private func check(_ content: Observation.Content, of entry: FactEntry) {
  switch content {
  case .value(let value):
    require(value.isOf(entry.type), "\(entry.name) is \(value)")
    if case .int(let number) = value, let bounds = entry.bounds {
      require(bounds.contains(number), "\(entry.name) is \(number)")
    }
  case .unknown(let reason):
    require(!reason.isEmpty && reason.utf8.count < 4096, "the reason has \(reason.utf8.count) bytes")
    require(
      reason.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control },
      "the reason has control characters: \(reason.debugDescription)")
  }
}

/// What a device answered to Gets: the facts are of their types, and the same answers give the same facts.
func fuzzSyncMLAnswers(_ bytes: [UInt8]) {
  let entries = AnsweredFacts.entries(of: .embedded)
  guard let answers = try? AnsweredFacts(bytes, about: entries) else { return }
  for entry in entries {
    let finding = answers.finding(of: entry)
    check(finding, of: entry)
    require(
      answers.isSyncML || { if case .unknown = finding { true } else { false } }(), "a value without SyncML")
  }
}

/// Reports of Device Health Attestation.
func fuzzHealthReport(_ bytes: [UInt8]) {
  guard let report = try? HealthReport(bytes) else { return }
  for (name, content) in report.facts {
    guard let entry = FactCatalog.embedded[name] else { fatalError("there is no fact \(name)") }
    check(content, of: entry)
    require(
      report.errorCode != nil || { if case .unknown = content { true } else { false } }(),
      "a value without ErrorCode")
  }
}

/// Tokens, and key sets in the same text behind a line feed: nothing that is not signed counts.
func fuzzToken(_ bytes: [UInt8]) {
  let parts = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
  guard let first = parts.first, let token = try? JSONWebToken(Array(first)) else { return }
  let keys = parts.count == 2 ? try? JSONWebKeys(Array(parts[1])) : nil
  let verified = AttestationToken(token, .init(keys: keys, nonce: [1, 2, 3]), now: 1_900_000_000)
  require(keys != nil || verified.doubt != nil, "a token counts without keys")
  require(verified.level == .reported, "a token is attested without an issuer that is trusted")
  for (name, content) in verified.facts {
    guard let entry = FactCatalog.embedded[name] else { fatalError("there is no fact \(name)") }
    check(content, of: entry)
  }
}

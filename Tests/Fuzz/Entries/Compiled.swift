import DeviceReports
import Diagnostics
import PolicyModel

/// A compiled policy that was read is written as a file that holds the same policy; it can be evaluated, and its
/// report printed without a character that would act on a terminal.
func fuzzCompiled(_ bytes: [UInt8]) {
  guard let file = readSigned(bytes) else { return }
  let written = CompiledPolicyFile.encode(file.policy, catalogs: file.catalogs)
  guard let again = try? CompiledPolicyFile.decode(written) else {
    fatalError("what was written cannot be read: \(String(decoding: written, as: UTF8.self))")
  }
  require(again.policy == file.policy, "the policy that was written is another")
  guard let evaluator = try? PolicyEvaluator(file.policy) else {
    fatalError("a policy that was read has a defect")
  }
  for snapshot in [FactSnapshot(), someDevice(for: file.policy)] {
    let report = evaluator.report(on: snapshot)
    require(
      evaluator.verdict(on: snapshot) == report.verdict, "the verdict alone is another than the report's")
    for language in ReportLanguage.allCases {
      let shown = TextReport(report, language: language).render()
      requirePrintable(shown, "the report")
      requirePrintable(json: JSONReport(report, language: language).render(), "the JSON report")
    }
  }
}

/// Reads a file; one whose digest alone is wrong is signed anew first, so that what lies behind is read too.
private func readSigned(_ bytes: [UInt8]) -> CompiledPolicyFile? {
  do {
    return try CompiledPolicyFile.decode(bytes)
  } catch CompiledPolicyError.damaged(_, let computed) {
    let limits = JSONLimits(depth: 4096)
    guard case .object(let members)? = try? JSONValue(parsing: bytes, limits: limits) else { return nil }
    let signed = members.filter { $0.name != "sha256" } + [JSONMember("sha256", .string(computed))]
    return try? CompiledPolicyFile.decode(JSONValue.object(signed).canonicalBytes())
  } catch {
    return nil
  }
}

/// A device for which every fact has some value of its type, every other one attested.
private func someDevice(for policy: CompiledPolicy) -> FactSnapshot {
  var snapshot = FactSnapshot()
  for (index, fact) in policy.facts.enumerated() {
    let value: Value =
      switch fact.type {
      case .bool: .bool(index % 3 == 0)
      case .int: .int(Int64(index))
      case .version: .version(Version(2, 0, written: 2))
      case .build: .build(OSBuild(branch: 22621, revision: 2000))
      case .string: .string("\u{1B}[2J")
      case .symbol(let symbols): .symbol(symbols.last ?? "none")
      }
    snapshot[fact.name] = Observation(
      .value(value), level: index % 2 == 0 ? .attested : .reported, source: "\u{9B}2J")
  }
  return snapshot
}

import Diagnostics
import FleetReports
import PolicyModel
import Testing

@Suite struct FleetFilterTests {
  /// Lines 1 complies, 2 is not ready, 3 has no TPM 2.0 and is not ready, 4 cannot be told, 5 is warned.
  private func report() throws -> FleetReport {
    var devices: [FleetDevice] = [
      .laptop(1), .laptop(2, ["tpm.ready": .bool(false)]),
      .laptop(3, ["tpm.ready": .bool(false), "tpm.version": .version(Version(1, 2))]),
      .laptop(4, ["tpm.ready": nil]), .laptop(5, ["boot.secure_boot": .symbol("off")]),
    ]
    devices[0].texts[.ownership] = "Corporate"
    devices[1].texts[.ownership] = "company"
    devices[2].texts[.ownership] = "Personal"
    return try Fleet.report(devices)
  }

  private func lines(_ build: (inout FleetFilter) throws(FleetChoiceError) -> Void) throws -> [Int] {
    var filter = FleetFilter()
    try build(&filter)
    return try report().filtered(by: filter).rows.map(\.line)
  }

  @Test func `without a choice every device is listed`() throws {
    #expect(try lines { _ in } == [1, 2, 3, 4, 5])
  }

  @Test func `a status is an attestation status or the first status detail`() throws {
    let all = try report().rows.map(\.statuses)
    #expect(all[2] == [.tpmNotAvailable, .tpmNotReady])
    #expect(try lines { f throws(FleetChoiceError) in try f.choose(status: "failed") } == [2, 3])
    #expect(try lines { f throws(FleetChoiceError) in try f.choose(status: "tpm_not_ready") } == [2])
    #expect(try lines { f throws(FleetChoiceError) in try f.choose(status: "none") } == [1, 4, 5])
    let both = try lines { f throws(FleetChoiceError) in
      try f.choose(status: "unknown")
      try f.choose(status: "tpm_not_ready")
    }
    #expect(both == [2, 4])
  }

  @Test func `an ownership is compared without case, and unknown is one`() throws {
    #expect(try lines { $0.choose(ownership: "corporate") } == [1, 2])
    #expect(try lines { $0.choose(ownership: "PERSONAL") } == [3])
    #expect(try lines { $0.choose(ownership: "unknown") } == [4, 5])
  }

  @Test func `a rule lists who fails it, is warned by it, or leaves it open`() throws {
    #expect(
      try lines { f throws(FleetChoiceError) in try f.choose(rule: "tpm_ready", of: Fleet.policy) } == [
        2, 3, 4,
      ])
    #expect(
      try lines { f throws(FleetChoiceError) in try f.choose(rule: "secure_boot", of: Fleet.policy) } == [5])
  }

  @Test func `choices of several kinds must all be met, and may leave nothing`() throws {
    let narrow = try lines { f throws(FleetChoiceError) in
      try f.choose(verdict: "fail")
      f.choose(ownership: "personal")
    }
    #expect(narrow == [3])
    let none = try lines { f throws(FleetChoiceError) in
      try f.choose(verdict: "not_applicable")
      try f.choose(status: "completed")
    }
    #expect(none.isEmpty)
  }

  @Test func `filters change neither counts nor problems`() throws {
    var filter = FleetFilter()
    try filter.choose(verdict: "not_applicable")
    let whole = try report()
    #expect(whole.filtered(by: filter).counts == whole.counts)
  }

  @Test func `a name that is none is refused with the nearest, or with all`() throws {
    var filter = FleetFilter()
    #expect(throws: FleetChoiceError.self) { try filter.choose(status: "tpm_notready") }
    do {
      try filter.choose(rule: "tpm-ready", of: Fleet.policy)
      Issue.record("accepted")
    } catch {
      #expect(error.description == "the policy has no rule 'tpm-ready'; did you mean tpm_ready?")
    }
    do {
      try filter.choose(verdict: "\u{1B}[2Jnonsense")
      Issue.record("accepted")
    } catch {
      #expect(
        error.description
          == "there is no verdict '\u{1B}[2Jnonsense'; there are pass, fail, indeterminate, not_applicable")
    }
  }
}

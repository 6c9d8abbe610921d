import Diagnostics
import PolicyModel
import Testing

@testable import DeviceReports

@Suite("BuildNeed")
struct BuildNeedTests {
  private func report(_ build: OSBuild?, _ that: [ConditionStep]? = nil) throws -> PolicyReport {
    var policy = SampleReport.policy
    if let that { policy.rules[0].that = Condition(steps: that) }
    var snapshot = SampleReport.good
    snapshot["os.build"] = build.map { SampleReport.observation(.build($0)) }
    return try SampleReport.report(snapshot, policy: policy)
  }

  private func plan(_ report: PolicyReport) throws -> RunbookPlan {
    RunbookPlan(KnownRemedy.updateWindows.runbook, for: RemedyFacts(report))
  }

  @Test("a build below the minimum of its branch needs that minimum, whatever else the runbook knows")
  func below() throws {
    let report = try report(OSBuild(branch: 22621, revision: 7))
    #expect(report.buildNeed == .sameBranch(minimum: OSBuild(branch: 22621, revision: 2792)))
    let list = BuildList(
      name: "strict", minimums: [OSBuild(branch: 22621, revision: 9999)], allowsNewerBranches: false)
    var policy = SampleReport.policy
    policy.buildLists = [list]
    var snapshot = SampleReport.good
    snapshot["os.build"] = SampleReport.observation(.build(OSBuild(branch: 22621, revision: 2792)))
    let plan = try plan(try SampleReport.report(snapshot, policy: policy))
    #expect(plan.headline(in: .english) == "Update Windows: build 22621.9999 or later")
    #expect(plan.headline(in: .japanese) == "Windows を更新する: ビルド 22621.9999 以降")
    for language in ReportLanguage.allCases {
      let text = RunbookRenderer(plan, language: language).text()
      #expect(text.contains("22621.9999") && !text.contains("22621.2792"))
    }
  }

  @Test("a branch that the policy does not take needs another, and all that it takes are named")
  func unlisted() throws {
    let report = try report(OSBuild(branch: 19044, revision: 6000))
    let plan = try plan(report)
    #expect(plan.headline(in: .english) == "Update Windows: a later version of Windows")
    let text = unwrapped(RunbookRenderer(plan, language: .english).text())
    #expect(text.contains(unwrapped("build 19045.3996, 22621.2792, or a branch after them; then")))
  }

  @Test("a least build that stands alone is needed too, on the same branch or on another")
  func compared() throws {
    let wanted = OSBuild(branch: 22631, revision: 100)
    let that = [ConditionStep.compare(SampleReport.fact("os.build"), .greaterOrEqual, .build(wanted))]
    #expect(try report(OSBuild(branch: 22631, revision: 1), that).buildNeed == .sameBranch(minimum: wanted))
    #expect(
      try report(OSBuild(branch: 19045, revision: 1), that).buildNeed
        == .otherBranch(minimums: [wanted], newer: true))
  }

  @Test("a build that does needs the latest update at most, and no minimum that it has long passed")
  func met() throws {
    let report = try report(OSBuild(branch: 22621, revision: 2792))
    #expect(report.buildNeed == .met)
    let plan = try plan(report)
    #expect(plan.headline(in: .english) == "Update Windows: the latest update")
    #expect(!RunbookRenderer(plan, language: .english).text().contains("2792"))
  }

  @Test("nothing is said where the build is not known, or may not be so high")
  func none() throws {
    #expect(try report(nil).buildNeed == nil)
    let fact = SampleReport.fact("os.build")
    let tooHigh = [ConditionStep.compare(fact, .greaterOrEqual, .build(OSBuild(branch: 22000))), .not]
    #expect(try report(OSBuild(branch: 22621), tooHigh).buildNeed == nil)
  }

  @Test("of two rules the higher minimum counts, and another branch more than either")
  func joined() throws {
    var policy = SampleReport.policy
    let fact = SampleReport.fact("os.build")
    policy.rules = [(22621, 5), (22621, 9), (22621, 7)].map { branch, revision in
      Rule(
        name: "r\(revision)", kind: .require,
        that: Condition(steps: [
          .compare(fact, .greaterOrEqual, .build(OSBuild(branch: branch, revision: revision)))
        ]))
    }
    var snapshot = SampleReport.good
    snapshot["os.build"] = SampleReport.observation(.build(OSBuild(branch: 22621, revision: 1)))
    let highest = OSBuild(branch: 22621, revision: 9)
    #expect(
      try SampleReport.report(snapshot, policy: policy).buildNeed == .sameBranch(minimum: highest))
    snapshot["os.build"] = SampleReport.observation(.build(OSBuild(branch: 22000, revision: 1)))
    guard case .otherBranch = try SampleReport.report(snapshot, policy: policy).buildNeed else {
      Issue.record("another branch is needed")
      return
    }
  }
}

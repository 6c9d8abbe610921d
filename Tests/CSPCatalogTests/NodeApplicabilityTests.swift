import PolicyModel
import Testing

@testable import CSPCatalog

@Suite("NodeApplicability") struct NodeApplicabilityTests {
  private func applicability(_ text: String) throws -> NodeApplicability {
    try #require(NodeApplicability(text))
  }

  private func supports(_ text: String, _ build: String) throws -> Bool {
    try applicability(text).supports(try #require(OSBuild(build)))
  }

  @Test(
    "a base supports its branch and every later one",
    arguments: [
      ("10.0.17134.9999", false), ("10.0.17763.0", true), ("10.0.19045.1", true), ("10.0.28000.0", true),
    ])
  func base(build: String, expected: Bool) throws {
    #expect(try supports("10.0.17763", build) == expected)
  }

  @Test(
    "a backport supports its branch from a revision on, in whatever order the list stands",
    arguments: [
      ("10.0.22000.1164", false), ("10.0.22000.1165", true), ("10.0.22621.0", true),
      ("10.0.19045.9999", false),
      ("10.0.20348.9999", false), ("10.0.26100.0", true),
    ])
  func serviced(build: String, expected: Bool) throws {
    #expect(try supports("10.0.22621, 10.0.22000.1165", build) == expected)
    #expect(try supports("10.0.22000.1165, 10.0.22621", build) == expected)
  }

  @Test(
    "a family's later branches follow its nearest listed one",
    arguments: [
      ("10.0.19041.1202", true), ("10.0.19041.1201", false), ("10.0.19044.1202", true),
      ("10.0.19045.1201", false),
      ("10.0.19045.3996", true), ("10.0.18363.9999", false), ("10.0.22000.0", true),
    ])
  func family(build: String, expected: Bool) throws {
    #expect(
      try supports("10.0.22000, 10.0.19043.1202, 10.0.19042.1202, 10.0.19041.1202", build) == expected)
  }

  @Test("every family is one", arguments: [(18362, 18363), (19041, 19045), (22621, 22631), (26100, 26200)])
  func families(listed: Int, later: Int) throws {
    let list = "10.0.28000, 10.0.\(listed).500"
    #expect(try supports(list, "10.0.\(later).500"))
    #expect(try !supports(list, "10.0.\(later).499"))
  }

  @Test("what is listed for the later branch of a family alone does not hold for the earlier")
  func notDownwards() throws {
    #expect(try !supports("10.0.22631.2506", "10.0.22621.9999"))
    #expect(try !supports("10.0.19044.3757", "10.0.19043.9999"))
    #expect(try supports("10.0.19044.3757", "10.0.19045.3757"))
  }

  @Test("what only a future Windows has is on no branch")
  func future() throws {
    for text in ["99.9.99999", "88.8.88888", "99.9.9999"] {
      let applicability = try applicability(text)
      for branch in WindowsBranch.all {
        #expect(applicability.minimum(onBranch: branch.build) == .never(.future))
      }
      #expect(applicability.thresholds.isEmpty)
      #expect(applicability.description == "no released Windows")
    }
  }

  @Test(
    "a future base with backports supports the backports and their families alone",
    arguments: [
      "99.9.99999, 10.0.26100.2314, 10.0.22621.4541", "10.0.22621.4541, 10.0.26100.2314, 99.9.99999",
    ])
  func futureAndServiced(text: String) throws {
    let list = try applicability(text)
    #expect(list.minimum(onBranch: 22621) == .from(OSBuild(branch: 22621, revision: 4541)))
    #expect(list.minimum(onBranch: 22631) == .from(OSBuild(branch: 22631, revision: 4541)))
    #expect(list.minimum(onBranch: 26200) == .from(OSBuild(branch: 26200, revision: 2314)))
    #expect(list.minimum(onBranch: 28000) == .never(.future))
    #expect(list.minimum(onBranch: 25398) == .never(.notListed))
    #expect(list.minimum(onBranch: 22000) == .never(.olderThan(OSBuild(branch: 22621, revision: 4541))))
  }

  @Test("what was only serviced into branches is in every branch above the highest")
  func servicedOnly() throws {
    let list = try applicability("10.0.19045.2913, 10.0.22621.1635, 10.0.22000.1880")
    #expect(list.minimum(onBranch: 22631) == .from(OSBuild(branch: 22631, revision: 1635)))
    #expect(list.minimum(onBranch: 26100) == .from(OSBuild(branch: 26100)))
    #expect(list.minimum(onBranch: 20348) == .never(.notListed))
    #expect(list.minimum(onBranch: 19044) == .never(.olderThan(OSBuild(branch: 19045, revision: 2913))))
    #expect(
      list.description
        == "Windows 10 22H2 with revision 2913, Windows 11 21H2 with revision 1880, 22H2 with revision 1635, later branches"
    )
  }

  @Test("two bases hold each from its own branch on")
  func twoBases() throws {
    let list = try applicability(
      "10.0.22000, 10.0.20348.320, 10.0.19044, 10.0.19043.1320, 10.0.19042.1320, 10.0.19041.1320")
    #expect(list.minimum(onBranch: 19043) == .from(OSBuild(branch: 19043, revision: 1320)))
    #expect(list.minimum(onBranch: 19044) == .from(OSBuild(branch: 19044)))
    #expect(list.minimum(onBranch: 19045) == .from(OSBuild(branch: 19045)))
    #expect(list.minimum(onBranch: 20348) == .from(OSBuild(branch: 20348, revision: 320)))
    #expect(list.minimum(onBranch: 22000) == .from(OSBuild(branch: 22000)))
  }

  @Test("a build without its 10.0 is one all the same")
  func withoutPrefix() throws {
    #expect(try supports("22631.2050", "10.0.22631.2050"))
    #expect(try !supports("22631.2050", "10.0.22631.2049"))
    #expect(try !supports("22631.2050", "10.0.22000.2050"))
  }

  @Test("a node of which nothing is said is on every build")
  func unstated() {
    let nothing = NodeApplicability(builds: [])
    #expect(nothing.supports(OSBuild(branch: 10240)))
    #expect(nothing.minimum(onBranch: 1) == .from(OSBuild(branch: 1)))
    #expect(nothing.thresholds == [OSBuild(branch: 0)])
    #expect(nothing.description == "every Windows")
  }

  @Test(
    "the text is one that an administrator reads",
    arguments: [
      ("10.0.22621, 10.0.22000.1165", "Windows 11 21H2 with revision 1165, 22H2 and later"),
      ("10.0.10240", "Windows 10 1507 and later"),
      ("10.0.20348", "Windows Server 2022 and later"),
      ("10.0.25000", "build 25000 and later"),
      (
        "10.0.22000, 10.0.19043.1202, 10.0.19041.1202",
        "Windows 10 2004 with revision 1202, 21H1 with revision 1202, Windows 11 21H2 and later"
      ),
      (
        "99.9.99999, 10.0.22621.2361",
        "Windows 11 22H2 with revision 2361, then not before a future Windows"
      ),
    ])
  func description(text: String, expected: String) throws {
    #expect(try applicability(text).description == expected)
  }

  @Test(
    "text that is no list of builds is none",
    arguments: ["10.0.x", "10.0.22000;10.0.22621", " ", "1.2.3.4.5"])
  func notAList(text: String) {
    #expect(NodeApplicability(text) == nil || NodeApplicability(text)?.builds.isEmpty == true)
  }

  @Test("numbers of any size do not trap")
  func extremes() throws {
    let list = try applicability("10.0.4294967295.4294967295, 10.0.0, 4294967295.1")
    #expect(list.supports(OSBuild(branch: .max, revision: .max)))
    #expect(!list.thresholds.isEmpty)
  }

  /// Builds at, below and above every number of a list, on the branches of the list and on all that shipped.
  private static func builds(around list: NodeApplicability) -> [OSBuild] {
    let named = list.entries.compactMap(\.branch) + WindowsBranch.all.map(\.build)
    let branches = Set(named.flatMap { [$0 - 1, $0, $0 + 1] })
    let revisions = Set(
      list.builds.flatMap { version in [version.build, version.build + 1, max(version.build, 1) - 1] })
    return branches.flatMap { branch in revisions.map { OSBuild(branch: branch, revision: $0) } }
  }

  static let released = Set(EmbeddedCatalogTests.nodes.map(\.applicability)).filter { !$0.builds.isEmpty }

  @Test("all 72 lists of the release hold what each entry says, and change only at their thresholds")
  func everyList() throws {
    #expect(Self.released.count == 72)
    for list in Self.released {
      for entry in list.entries {
        switch entry {
        case .base(let branch):
          #expect(list.supports(OSBuild(branch: branch)), "\(list.builds)")
          #expect(list.supports(OSBuild(branch: 30000)), "\(list.builds)")
        case .serviced(let build):
          #expect(list.supports(build), "\(list.builds)")
          #expect(
            !list.supports(OSBuild(branch: build.branch, revision: build.revision - 1)), "\(list.builds)")
        case .future: break
        }
      }
      let thresholds = list.thresholds
      #expect(thresholds == thresholds.sorted() && Set(thresholds).count == thresholds.count)
      for build in Self.builds(around: list) {
        let changes = thresholds.count { $0 <= build }
        #expect(list.supports(build) == (changes % 2 == 1), "\(list.builds) on \(build)")
      }
      #expect(!list.description.isEmpty)
    }
  }
}

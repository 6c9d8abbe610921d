import PolicyModel
import Testing

@Suite("BuildList")
struct BuildListTests {
  private let documented = BuildList(
    name: "supported",
    minimums: [
      OSBuild(branch: 22631, revision: 2792), OSBuild(branch: 19045, revision: 3996),
      OSBuild(branch: 22000, revision: 2713), OSBuild(branch: 22621, revision: 2792),
    ], allowsNewerBranches: true)

  @Test("each minimum meets the list and one revision below it does not")
  func boundaries() {
    for minimum in documented.minimums {
      #expect(documented.judge(minimum) == .meets(minimum: minimum))
      let below = OSBuild(branch: minimum.branch, revision: minimum.revision - 1)
      #expect(documented.judge(below) == .below(minimum: minimum))
    }
  }

  @Test("a revision below the minimum of its branch fails though it is above another branch's minimum")
  func branchWise() {
    #expect(!documented.judge(OSBuild(branch: 22621, revision: 2000)).isMet)
  }

  @Test("an unlisted branch passes only if it is newer than the newest listed and newer branches are allowed")
  func unlisted() {
    let strict = BuildList(name: "strict", minimums: documented.minimums, allowsNewerBranches: false)
    #expect(documented.judge(OSBuild(branch: 26100)) == .newerBranch)
    #expect(documented.judge(OSBuild(branch: 22622, revision: 9999)) == .unlistedBranch)
    #expect(documented.judge(OSBuild(branch: 19041, revision: 9999)) == .unlistedBranch)
    #expect(strict.judge(OSBuild(branch: 26100)) == .unlistedBranch)
  }

  @Test("a list without branches is met by nothing, even when newer branches are allowed")
  func empty() {
    let list = BuildList(name: "none", minimums: [], allowsNewerBranches: true)
    #expect(list.judge(OSBuild(branch: 26100)) == .unlistedBranch)
  }

  @Test(
    "versions and builds are read strictly",
    arguments: ["", ".", "1.", ".1", "1..2", "1.2.3.4.5", "4294967296", "1.a"])
  func malformedVersions(text: String) {
    #expect(Version(text) == nil)
    #expect(OSBuild(text) == nil)
  }

  @Test("a build needs the leading 10.0 and a branch")
  func builds() {
    #expect(OSBuild("10.0.22631.2792") == OSBuild(branch: 22631, revision: 2792))
    #expect(OSBuild("10.0.22631") == OSBuild(branch: 22631))
    #expect(OSBuild("10.0") == nil)
    #expect(OSBuild("6.3.9600.0") == nil)
  }

  @Test("missing components of a version count as zero and are not printed")
  func versions() throws {
    let short = try #require(Version("2.0"))
    let long = try #require(Version("2.0.0.0"))
    #expect(short == long)
    #expect(short.description == "2.0")
    #expect(try #require(Version("4.33.4")) < #require(Version("4.34")))
  }
}

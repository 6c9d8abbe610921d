import Diagnostics
import TestSupport
import Testing

@Suite struct EditDistanceTests {
  @Test(
    "the distance counts insertions, deletions, replacements and swaps",
    arguments: [
      ("", "", 0), ("abc", "abc", 0), ("abc", "ab", 1), ("ab", "abc", 1), ("abc", "axc", 1),
      ("abc", "acb", 1),
      ("kitten", "sitting", 3), ("ca", "abc", 3), ("日本語", "日木語", 1), ("", "xyz", 3),
    ])
  func distance(name: String, other: String, distance: Int) {
    #expect(editDistance(from: name, to: other, limit: 9) == distance)
    #expect(editDistance(from: other, to: name, limit: distance) == distance)
    #expect(editDistance(from: name, to: other, limit: distance - 1) == nil)
  }

  @Test("the banded distance is that of the whole table")
  func againstWholeTable() {
    var generator = SeededGenerator(seed: 3)
    let letters = Array("abc")
    for _ in 0..<3_000 {
      let name = String(
        (0..<Int.random(in: 0..<8, using: &generator)).map { _ in letters.randomElement(using: &generator)! })
      let other = String(
        (0..<Int.random(in: 0..<8, using: &generator)).map { _ in letters.randomElement(using: &generator)! })
      let whole = wholeTableDistance(Array(name), Array(other))
      for limit in 0...8 {
        #expect(editDistance(from: name, to: other, limit: limit) == (whole <= limit ? whole : nil))
      }
    }
  }

  private func wholeTableDistance(_ name: [Character], _ other: [Character]) -> Int {
    var table = (0...name.count).map { row in (0...other.count).map { row == 0 ? $0 : $0 == 0 ? row : 0 } }
    for row in 0..<name.count {
      for column in 0..<other.count {
        var cost = min(
          table[row][column] + (name[row] == other[column] ? 0 : 1), table[row][column + 1] + 1,
          table[row + 1][column] + 1)
        if row > 0, column > 0, name[row] == other[column - 1], name[row - 1] == other[column] {
          cost = min(cost, table[row - 1][column - 1] + 1)
        }
        table[row + 1][column + 1] = cost
      }
    }
    return table[name.count][other.count]
  }

  @Test("the nearest candidate is given")
  func nearest() {
    #expect(closest(to: "widnows", in: ["linux", "windows", "window"]) == "windows")
    #expect(closest(to: "tpm.verison", in: ["tpm.version", "tpm.versions"]) == "tpm.version")
  }

  @Test("nothing is given when all are far off")
  func farOff() {
    #expect(closest(to: "macos", in: ["windows", "linux"]) == nil)
    #expect(closest(to: "os", in: ["is", "as"]) == nil)
    #expect(closest(to: "abcdefghijkl", in: ["abcdefgh"]) == nil)
    #expect(closest(to: "x", in: [] as [String]) == nil)
  }

  @Test("a difference of case alone is near")
  func caseAlone() {
    #expect(closest(to: "OS", in: ["ab", "os"]) == "os")
    #expect(closest(to: "SECUREBOOT", in: ["SecureBoot", "SECUREBOOK"]) == "SECUREBOOK")
  }

  @Test("of equally near candidates the first in byte order is given, in whatever order they come")
  func ties() {
    #expect(closest(to: "tpm_x", in: ["tpm_b", "tpm_a"]) == "tpm_a")
    #expect(closest(to: "tpm_x", in: ["tpm_a", "tpm_b"]) == "tpm_a")
  }

  @Test("very long names are not compared")
  func longNames() {
    let long = String(repeating: "a", count: 100_000)
    #expect(closest(to: long, in: [long + "b"]) == nil)
    #expect(closest(to: "abc", in: [long]) == nil)
  }
}

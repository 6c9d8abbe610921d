import PolicyTargets
import Testing

@Suite("Manifests of strangers")
struct ManifestListingTests {
  private static let digest = String(repeating: "0a", count: 32)

  private func files(_ entries: String) throws(ManifestError) -> [String] {
    try ManifestListing(Array(#"{"policies":[{"files":[\#(entries)]}],"schema":1}"#.utf8)).files.map(\.name)
  }

  private func entry(_ name: String, bytes: String = "1", digest: String = digest) -> String {
    #"{"name":"\#(name)","bytes":\#(bytes),"sha256":"\#(digest)"}"#
  }

  @Test("files are listed by name")
  func good() throws {
    #expect(try files("") == [])
    #expect(
      try files(entry("b.map.json") + "," + entry("a.1.syncml.xml")) == ["a.1.syncml.xml", "b.map.json"])
  }

  @Test(
    "a name that no build gives is refused",
    arguments: [
      "../a.map.json", "/a.map.json", "a/b.map.json", ".a.map.json", ".map.json", "a.txt", "manifest.json",
      "",
      "a b.map.json", "\\u001b.map.json", "\u{E4}.map.json", "a\\u0000.map.json",
      String(repeating: "a", count: 250) + ".map.json",
    ])
  func names(name: String) {
    #expect(throws: ManifestError.self) { try files(entry(name)) }
  }

  @Test("numbers, digests and shapes that no build gives are refused")
  func shapes() {
    let broken = [
      entry("a.map.json", bytes: "-1"), entry("a.map.json", bytes: "99999999999999"),
      entry("a.map.json", digest: "0A"), entry("a.map.json", digest: String(repeating: "0G", count: 32)),
      entry("a.map.json") + "," + entry("a.map.json"), "1", "{}", "null",
    ]
    for text in broken { #expect(throws: ManifestError.self, "\(text)") { try files(text) } }
    for text in ["", "{", "[]", "{}", #"{"policies":[],"schema":2}"#, #"{"policies":[1],"schema":1}"#] {
      #expect(throws: ManifestError.self, "\(text)") { try ManifestListing(Array(text.utf8)) }
    }
  }
}

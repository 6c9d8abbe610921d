import CSPCatalog
import Foundation
import PolicyModel
import Testing

@testable import DeviceProbes

/// The declarations of facts of the catalogue, as a compiled policy that reads them has them.
func declarations(_ names: String...) -> [FactDeclaration] {
  names.map { name in
    FactCatalog.embedded[name]?.declaration ?? FactDeclaration(name: name, type: .string)
  }
}

/// A folder that is removed when the test is done with it.
final class TemporaryFolder {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent("policyc-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file and gives its path.
  func file(_ name: String, _ text: String, executable: Bool = false) throws -> String {
    let path = url.appendingPathComponent(name).path
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    if executable { chmod(path, 0o755) }
    return path
  }
}

@Suite("FileProbe")
struct FileProbeTests {
  static let facts = declarations(
    "os.build", "tpm.version", "tpm.present", "boot.secure_boot", "device.model", "cpu.cores", "tpm.ready")

  /// The observations in a text as `name=value`, or the error.
  private func reading(_ text: String, isJSON: Bool = false) -> String {
    do throws(SnapshotError) {
      let found = try FileProbe.observations(
        in: Array(text.utf8), Self.facts, source: "file:x", isJSON: isJSON)
      return found.sorted { $0.key < $1.key }.map { name, observation in
        switch observation.content {
        case .value(let value): "\(name)=\(value)"
        case .unknown(let reason): "\(name)?\(reason)"
        }
      }.joined(separator: " ")
    } catch {
      return error.description
    }
  }

  @Test(
    "a snapshot is read by the types of the facts, dotted or nested, in YAML or JSON",
    arguments: [
      (
        "os.build: 10.0.22631.2792\ntpm:\n  version: 2.0\n  present: true\nboot.secure_boot: on\n",
        "boot.secure_boot=on os.build=10.0.22631.2792 tpm.present=true tpm.version=2.0"
      ),
      (
        "{\"os\": {\"build\": \"10.0.22631.2792\"}, \"tpm.present\": false, \"cpu.cores\": 4}",
        "cpu.cores=4 os.build=10.0.22631.2792 tpm.present=false"
      ),
      ("{\n\t\"tpm.version\"\t:\t\"2.0\"\n}\n", "tpm.version=2.0"),
      ("\t{ \"tpm.version\": 2 }", "tpm.version=2"),
      ("{\"tpm.version\": 2.0}", "tpm.version=2.0"),
      ("{\"device.model\": \"\\ud83d\\ude00\\/\"}", "device.model=😀/"),
      ("{os.build: 10.0.22631.2792}", "os.build=10.0.22631.2792"),
      ("device.model: 7040", "device.model=7040"),
      ("device.model: 'true'", "device.model=true"),
      ("boot.secure_boot: \"off\"", "boot.secure_boot=off"),
      (
        "tpm.ready: null\ntpm.version:\n  unknown: no rights\n",
        "tpm.ready?given as null tpm.version?no rights"
      ),
      (
        "{\"tpm\": {\"ready\": {\"unknown\": \"no rights\"}, \"version\": null}}",
        "tpm.ready?no rights tpm.version?given as null"
      ),
      ("bitlocker.os_volume: on", ""),
      ("{}", ""),
    ])
  func reads(text: String, expected: String) {
    #expect(reading(text) == expected)
  }

  @Test(
    "what a snapshot cannot mean is refused at its place, saying what was wanted",
    arguments: [
      ("tpm.verison: 2.0", "1:1: there is no fact 'tpm.verison'; did you mean tpm.version?"),
      ("{\n \"tpm.verison\": \"2.0\"}", "2:2: there is no fact 'tpm.verison'; did you mean tpm.version?"),
      ("tpm:\n  verison: 2.0", "2:3: there is no fact 'tpm.verison'; did you mean tpm.version?"),
      ("weather: fine", "1:1: there is no fact 'weather'"),
      ("boot.secure_boot: yes", "1:19: boot.secure_boot is 'yes'; it is one of on, off, unsupported"),
      ("tpm.present: 'true'", "1:14: tpm.present is the text 'true'; it is true or false"),
      ("tpm.present: 1", "1:14: tpm.present is '1'; it is true or false"),
      ("{\"tpm.present\": \"true\"}", "1:17: tpm.present is the text 'true'; it is true or false"),
      ("cpu.cores: '4'", "1:12: cpu.cores is the text '4'; it is a whole number"),
      ("cpu.cores: 4.5", "1:12: cpu.cores is '4.5'; it is a whole number"),
      ("os.build: 22631.2792", "1:11: os.build is '22631.2792'; it is a build such as 10.0.22631.2792"),
      ("tpm.version: [2.0]", "1:14: tpm.version is a list; it is a version such as 2.0"),
      (
        "tpm.version: {is: 2.0}",
        "1:15: tpm.version is a mapping with 'is'; it is a version such as 2.0, null, {unknown: reason}, or {value: …, source: …, level: …}"
      ),
      (
        "tpm.version: {source: me}",
        "1:14: tpm.version is a mapping; it is a version such as 2.0, null, or {unknown: reason}"
      ),
      ("tpm.version: {value: [2.0]}", "1:22: tpm.version is a list; it is a version such as 2.0"),
      ("tpm.version: {value: 2.0, unknown: why}", "1:27: tpm.version is a mapping with 'unknown'"),
      ("tpm.version: {value: 2.0, level: sworn}", "1:27: tpm.version is a mapping with 'level'"),
      ("tpm.version: 2.0\ntpm: {version: 2.0}", "2:7: the fact tpm.version is given twice"),
      ("[tpm.version]", "1:1: the snapshot is a list; it is a mapping of facts to values"),
      ("tpm.version", "1:1: the snapshot is 'tpm.version'; it is a mapping of facts to values"),
    ])
  func refuses(text: String, expected: String) {
    #expect(reading(text).hasPrefix(expected), "\(reading(text))")
  }

  @Test(
    "a file whose name says JSON is read as JSON and nothing else",
    arguments: [
      ("{\"tpm.version\": \"2.0\"}", "tpm.version=2.0"),
      ("{\"tpm.version\": }", "1:17: expected a value, found '}'"),
      ("{tpm.version: 2.0}", "1:2: expected a member name in quotation marks, found 't'"),
      ("tpm.version: 2.0", "1:1: expected a value, found 't'"),
      (
        "{\"tpm.version\": 2.0}",
        "1:17: expected a whole number, found one with a fraction or an exponent; versions and builds stand in quotation marks"
      ),
      ("{\n\t\"tpm.present\": \"yes\"}", "2:17: tpm.present is the text 'yes'; it is true or false"),
      ("{\"tpm.present\": \"\\ud83d\\ude00\"}", " tpm.present is the text '😀'; it is true or false"),
    ])
  func strictJSON(text: String, expected: String) {
    #expect(reading(text, isJSON: true) == expected)
  }

  @Test("the build is read even when only what derives from it is wanted")
  func buildForDerivedFacts() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("snapshot.yaml", "os.build: 10.0.22631.2792")
    let facts = declarations("os.branch", "os.product")
    let snapshot = try ProbeSet([FileProbe(path: path)]).observe(facts)
    #expect(facts.map { FactReading($0, in: snapshot).value } == [.int(22631), .symbol("windows_11")])
    #expect(snapshot["os.build"]?.level == .reported)
    #expect(snapshot["os.build"]?.source == "file:\(path)")
  }

  @Test("a file that is not there is an error of the probe, with its name")
  func missingFile() {
    #expect(throws: ProbeError.self) { try FileProbe(path: "/nowhere/snapshot.yaml").observe(Self.facts) }
  }

  @Test("a refused snapshot names its file and its place")
  func errorText() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("snapshot.yaml", "tpm.present: maybe")
    do throws(ProbeError) {
      _ = try FileProbe(path: path).observe(Self.facts)
      Issue.record("accepted")
    } catch {
      #expect(error.description == "\(path):1:14: tpm.present is 'maybe'; it is true or false")
    }
  }

  @Test("every prefix of a snapshot is read or refused, never a trap")
  func prefixes() {
    for text in [
      "os.build: 10.0.22631.2792\ntpm: {version: 2.0, present: true}\n",
      "{\"os\": {\"build\": \"10.0.22631.2792\"}, \"tpm.ready\": {\"unknown\": \"x\"}}",
    ] {
      for length in 0...text.utf8.count { _ = reading(String(text.prefix(length))) }
    }
    #expect(reading("").hasPrefix("1:1: the document is empty"))
  }

  @Test(
    "a small snapshot is read in less than a millisecond",
    .enabled(if: !_isDebugAssertConfiguration(), "measured in release builds"))
  func speed() {
    let yaml = "os.build: 10.0.22631.2792\ntpm:\n  version: 2.0\n  present: true\nboot.secure_boot: on\n"
    _ = reading(yaml)
    let elapsed = ContinuousClock().measure { for _ in 0..<100 { _ = reading(yaml) } }
    #expect(elapsed < .milliseconds(100))
  }
}

@Suite("FactCatalog names")
struct FactNamesTests {
  @Test("the names picked from the catalogue's text are those of its entries")
  func namesAgree() {
    #expect(FactCatalog.embeddedNames == Set(FactCatalog.embedded.entries.map(\.name)))
  }

  @Test("no fact's name ends in 'unknown', which a snapshot uses for a fact without a value")
  func noUnknown() {
    #expect(!FactCatalog.embeddedNames.contains { $0.hasSuffix(".unknown") })
  }
}

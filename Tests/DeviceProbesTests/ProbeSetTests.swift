import DeviceProbes
import PolicyModel
import Testing

/// A probe that says what it is told to.
private struct StubProbe: DeviceProbe {
  let name: String
  let answers: [String: Observation.Content]
  var level = EvidenceLevel.reported

  var coverage: ProbeCoverage { .everyFact(level) }

  func observe(_ facts: [FactDeclaration]) throws(ProbeError) -> [String: Observation] {
    let wanted = Set(facts.map(\.name))
    return answers.filter { wanted.contains($0.key) }.mapValues {
      Observation($0, level: level, source: name)
    }
  }
}

@Suite("ProbeSet")
struct ProbeSetTests {
  static let facts = declarations("os.build", "tpm.present", "tpm.ready")
  static let old = Observation.Content.value(.build(OSBuild(branch: 19045, revision: 1)))
  static let new = Observation.Content.value(.build(OSBuild(branch: 22631, revision: 1)))

  @Test("the first probe that knows a fact has the word, and a second that differs is a contradiction")
  func firstWins() throws {
    let set = ProbeSet([
      StubProbe(name: "a", answers: ["tpm.present": .unknown(reason: "no rights")]),
      StubProbe(name: "b", answers: ["os.build": Self.new, "tpm.present": .value(.bool(true))]),
      StubProbe(name: "c", answers: ["os.build": Self.old, "tpm.present": .value(.bool(true))]),
    ])
    let snapshot = try set.observe(Self.facts)
    #expect(snapshot["os.build"]?.content == Self.new)
    #expect(snapshot["tpm.present"]?.source == "b")
    #expect(snapshot["tpm.ready"] == nil)
    #expect(snapshot.contradictions.map(\.fact) == ["os.build"])
    #expect(snapshot.contradictions.first?.kept.source == "b")
    #expect(snapshot.contradictions.first?.setAside.source == "c")
  }

  @Test("attested evidence goes before reported, whatever the order")
  func attestedWins() throws {
    let set = ProbeSet([
      StubProbe(name: "a", answers: ["os.build": Self.new]),
      StubProbe(name: "b", answers: ["os.build": Self.old], level: .attested),
    ])
    let snapshot = try set.observe(Self.facts)
    #expect(snapshot["os.build"]?.content == Self.old)
    #expect(snapshot.contradictions.first?.kept.source == "b")
  }

  @Test("a fact that no probe could read gives the reasons of all")
  func allReasons() throws {
    let set = ProbeSet([
      StubProbe(name: "a", answers: ["tpm.ready": .unknown(reason: "no rights")]),
      StubProbe(name: "b", answers: ["tpm.ready": .unknown(reason: "no TPM")]),
    ])
    let observation = try set.observe(Self.facts)["tpm.ready"]
    #expect(observation?.content == .unknown(reason: "a: no rights; b: no TPM"))
    #expect(observation?.source == "a, b")
  }

  @Test("the build is asked for when only its branch is wanted")
  func asksForSource() throws {
    let set = ProbeSet([StubProbe(name: "a", answers: ["os.build": Self.new])])
    let branch = declarations("os.branch")
    let snapshot = try set.observe(branch)
    #expect(FactReading(branch[0], in: snapshot).value == .int(22631))
    #expect(try set.observe(declarations("tpm.present"))["os.build"] == nil)
  }

  @Test("other facts that exclude the platform contradict it, and are asked for")
  func platformClues() throws {
    let set = ProbeSet([
      StubProbe(name: "file:a", answers: ["device.platform": .value(.symbol("physical"))]),
      StubProbe(name: "tpm:b", answers: ["tpm.manufacturer": .value(.string("IBM"))]),
    ])
    let snapshot = try set.observe(declarations("device.platform"))
    #expect(snapshot["device.platform"]?.value == .symbol("physical"))
    #expect(snapshot["tpm.manufacturer"] == nil)
    #expect(snapshot.contradictions.map(\.fact) == ["device.platform"])
    #expect(snapshot.contradictions.first?.kept.source == "file:a")
    #expect(snapshot.contradictions.first?.setAside.value == .symbol("other_vm"))
    #expect(snapshot.contradictions.first?.setAside.source == "tpm:b, the TPM's manufacturer 'IBM'")
    #expect(try set.observe(declarations("tpm.manufacturer")).contradictions.isEmpty)
  }

  @Test(
    "what excludes the platform is any fact that tells of it",
    arguments: [
      (["device.virtual_machine": Value.bool(true)], 1), (["device.virtual_machine": .bool(false)], 0),
      (["device.manufacturer": .string("QEMU"), "device.model": .string("Standard PC (Q35)")], 1),
      (["device.manufacturer": .string("Dell Inc."), "device.model": .string("XPS 13")], 0),
      (["tpm.manufacturer": .string("MSFT")], 0), (["tpm.manufacturer": .string("STM")], 0),
      (["device.platform": .symbol("hyper_v"), "tpm.manufacturer": .string("IBM")], 1),
    ])
  func clues(other: [String: Value], count: Int) throws {
    let set = ProbeSet([
      StubProbe(name: "a", answers: ["device.platform": .value(.symbol("physical"))]),
      StubProbe(name: "b", answers: other.mapValues { .value($0) }),
    ])
    #expect(try set.observe(declarations("device.platform")).contradictions.count == count)
  }

  @Test("the verdict of Microsoft Defender is held against the TPM's maker")
  func defenderAgainstTPM() throws {
    let set = ProbeSet([
      StubProbe(name: "a", answers: ["device.virtual_machine": .value(.bool(false))]),
      StubProbe(name: "b", answers: ["tpm.manufacturer": .value(.string("VMW"))]),
    ])
    let found = try set.observe(declarations("device.virtual_machine")).contradictions
    #expect(found.first?.setAside.value == .bool(true))
  }

  @Test("no probe gives an empty snapshot")
  func empty() throws {
    #expect(try ProbeSet([]).observe(Self.facts) == FactSnapshot())
  }

  @Test("one firmware version in two notations is no contradiction, and whose firmware it is is asked too")
  func infineonNotations() throws {
    let facts = declarations("tpm.firmware")
    let set = ProbeSet([
      StubProbe(
        name: "a",
        answers: [
          "tpm.manufacturer": .value(.string("IFX")),
          "tpm.firmware": .value(.version(Version(5, 63, 3353, 0))),
        ]),
      StubProbe(name: "b", answers: ["tpm.firmware": .value(.version(Version(5, 63, 13, 6400)))]),
      StubProbe(name: "c", answers: ["tpm.firmware": .value(.version(Version(5, 63, 3353, 0)))]),
    ])
    let snapshot = try set.observe(facts)
    #expect(snapshot["tpm.firmware"]?.value == .version(Version(5, 63, 13, 6400)))
    #expect(snapshot["tpm.firmware"]?.source == "a, shown as 5.63.3353.0")
    #expect(snapshot.contradictions == [])
    let other = ProbeSet([
      StubProbe(
        name: "a",
        answers: [
          "tpm.manufacturer": .value(.string("GOOG")),
          "tpm.firmware": .value(.version(Version(5, 63, 3353, 0))),
        ])
    ])
    #expect(try other.observe(facts)["tpm.firmware"]?.value == .version(Version(5, 63, 3353, 0)))
  }

  @Test("the table of vulnerable firmware judges what probes find, though only its verdict is asked for")
  func vulnerableFirmware() throws {
    func judged(_ answers: [String: Observation.Content]) throws -> Observation? {
      try ProbeSet([StubProbe(name: "a", answers: answers)]).observe(declarations("tpm.vulnerable_firmware"))[
        "tpm.vulnerable_firmware"]
    }
    var answers: [String: Observation.Content] = [
      "tpm.manufacturer": .value(.string("IFX")), "tpm.version": .value(.version(Version(2, 0, written: 2))),
      "tpm.firmware": .value(.version(Version(7, 61, 2785, 0))),
      "tpm.vulnerable_firmware": .value(.bool(false)),
    ]
    let found = try #require(try judged(answers))
    #expect(found.value == .bool(true))
    #expect(found.source.hasPrefix("CVE-2017-15361 (https://www.infineon.com/TPM-update)"))
    answers["tpm.firmware"] = .value(.version(Version(7, 63, 3353, 0)))
    #expect(try judged(answers) == Observation(.value(.bool(false)), source: "a"))
    answers["tpm.vulnerable_firmware"] = nil
    #expect(try judged(answers) == nil)
  }
}

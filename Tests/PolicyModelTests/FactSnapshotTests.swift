import PolicyModel
import Testing

@Suite("FactSnapshot")
struct FactSnapshotTests {
  private let file = Observation(.value(.bool(true)), source: "file:a.yaml")
  private let exec = Observation(.value(.bool(false)), source: "exec:probe")
  private let silent = Observation(.unknown(reason: "access denied"), source: "tpm:/dev/tpmrm0")

  @Test("the first of two probes wins and a different value is kept as a contradiction")
  func firstWins() {
    var snapshot = FactSnapshot(["tpm.ready": file])
    snapshot.merge(FactSnapshot(["tpm.ready": exec]))
    #expect(snapshot["tpm.ready"] == file)
    #expect(snapshot.contradictions == [Contradiction(fact: "tpm.ready", kept: file, setAside: exec)])
  }

  @Test("a value takes the place of a reason, and a reason never that of a value")
  func valuesBeatReasons() {
    var snapshot = FactSnapshot(["tpm.ready": silent])
    snapshot.add(exec, for: "tpm.ready")
    #expect(snapshot["tpm.ready"] == exec)
    snapshot.add(silent, for: "tpm.ready")
    #expect(snapshot["tpm.ready"] == exec)
    #expect(snapshot.contradictions.isEmpty)
  }

  @Test("attested evidence takes the place of reported, whichever came first")
  func attestedWins() {
    let attested = Observation(.value(.bool(false)), level: .attested, source: "log")
    for order in [[file, attested], [attested, file]] {
      var snapshot = FactSnapshot()
      for observation in order { snapshot.add(observation, for: "boot.secure_boot") }
      #expect(snapshot["boot.secure_boot"] == attested)
      #expect(
        snapshot.contradictions == [Contradiction(fact: "boot.secure_boot", kept: attested, setAside: file)])
    }
  }

  @Test("equal values are no contradiction")
  func agreement() {
    var snapshot = FactSnapshot(["tpm.ready": file])
    snapshot.add(Observation(.value(.bool(true)), source: "exec:probe"), for: "tpm.ready")
    #expect(snapshot.contradictions.isEmpty)
  }

  @Test("what was refused goes before every value, attested or not, whichever came first, and is kept once")
  func refusals() {
    let refused = Observation(refusedBecause: "it cannot be true", source: "evidence:x.json")
    let attested = Observation(.value(.bool(true)), level: .attested, source: "log")
    for order in [
      [file, refused, attested], [refused, file], [silent, refused, silent], [attested, refused],
    ] {
      var snapshot = FactSnapshot()
      for observation in order { snapshot.add(observation, for: "tpm.ready") }
      snapshot.add(refused, for: "boot.uefi")
      #expect(snapshot["tpm.ready"] == refused)
      #expect(snapshot.refusals == [refused])
    }
    #expect(FactSnapshot(["tpm.ready": refused, "boot.uefi": file]).refusals == [refused])
    #expect(FactSnapshot(["tpm.ready": file]).refusals.isEmpty)
    var set = FactSnapshot()
    set["tpm.ready"] = refused
    #expect(set.refusals == [refused])
    var merged = FactSnapshot(["tpm.ready": file])
    merged.merge(set)
    #expect(merged["tpm.ready"] == refused && merged.refusals == [refused])
  }
}

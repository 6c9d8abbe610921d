import Foundation
import TestSupport
import Testing

/// A line of shell that brings about a code of the table in docs/exit-codes.md.
struct ExitCase: CustomTestStringConvertible {
  let command: String
  let code: Int32
  let line: String
  var testDescription: String { "\(command), \(code)" }

  init(_ command: String, _ code: Int32, _ line: String) {
    self.command = command
    self.code = code
    self.line = line
  }

  private static let corpus = "\(Checkout.root.path)/Tests/Corpus"
  private static let withTPM = "\(Checkout.root.path)/scripts/with-swtpm"
  private static let nonce = "00112233445566778899aabbccddeeff"
  private static let check = "policyc check out/hello.compiled.json --probe"
  private static let report = "policyc report out/hello.compiled.json --input"

  static let all = [
    ExitCase("build", 0, "policyc build hello.attpolicy -o o"),
    ExitCase("build", 1, "policyc build broken.attpolicy -o o"),
    ExitCase("build", 4, "policyc build missing.attpolicy -o o"),
    ExitCase("build --verify", 0, "policyc build --verify out"),
    ExitCase("build --verify", 1, "echo >> out/hello.compiled.json; policyc build --verify out"),
    ExitCase("build --verify", 4, "policyc build --verify missing"),
    ExitCase("validate", 0, "policyc validate out/sets.syncml.xml"),
    ExitCase("validate", 1, "policyc validate bad.xml"),
    ExitCase("validate", 4, "policyc validate missing.xml"),
    ExitCase("test", 0, "policyc test hello.attpolicy"),
    ExitCase("test", 1, "policyc test broken.attpolicy"),
    ExitCase("test", 4, "policyc test missing.attpolicy"),
    ExitCase("check", 0, "\(check) file:good.yaml"),
    ExitCase("check", 0, "\(check) file:old.yaml --allow-not-applicable"),
    ExitCase("check", 1, "\(check) file:bad.yaml"),
    ExitCase("check", 3, "\(check) file:silent.yaml"),
    ExitCase("check", 4, "\(check) file:missing.yaml"),
    ExitCase("check", 5, "\(check) file:old.yaml"),
    ExitCase("check", 5, "policyc check out/sets.compiled.json --probe file:good.yaml"),
    ExitCase("report", 0, "\(report) devices.csv"),
    ExitCase("report", 1, "\(report) torn.csv"),
    ExitCase("report", 4, "\(report) missing.csv"),
    ExitCase("probe", 0, "policyc probe file:good.yaml"),
    ExitCase("probe", 4, "policyc probe file:missing.yaml"),
    ExitCase(
      "attest", 0,
      "\(withTPM) sh -c '\"$POLICYC\" attest -o e.json --nonce \(nonce) --probe tpm:$POLICYC_TCTI'"),
    ExitCase(
      "attest", 1,
      """
      \(withTPM) sh -c '"$POLICYC" attest -o e.json --nonce \(nonce) --probe tpm:$POLICYC_TCTI && "$POLICYC" challenge e.json -o c.json --secret s.json' &&
      \(withTPM) sh -c '"$POLICYC" attest -o f.json --nonce \(nonce) --challenge c.json --probe tpm:$POLICYC_TCTI'
      """),
    ExitCase("attest", 4, "policyc attest -o e.json --nonce \(nonce) --probe tpm:device:/dev/missing"),
    ExitCase(
      "challenge", 0,
      "\(withTPM) sh -c '\"$POLICYC\" attest -o e.json --nonce \(nonce) --probe tpm:$POLICYC_TCTI' && policyc challenge e.json -o c.json --secret s.json"
    ),
    ExitCase(
      "challenge", 1,
      "\(withTPM) sh -c '\"$POLICYC\" attest -o e.json --nonce \(nonce) --probe tpm:$POLICYC_TCTI' && mkdir roots && cp other.pem roots/ && policyc challenge e.json -o c.json --secret s.json --ek-roots roots"
    ),
    ExitCase("challenge", 4, "policyc challenge missing.json -o c.json --secret s.json"),
    ExitCase(
      "reference make", 0, "policyc reference make \(corpus)/reference/notebooks/golden-1.json -o m.json"),
    ExitCase(
      "reference make", 1, "policyc reference make \(corpus)/reference/nothing-is-learnt/off.json -o m.json"),
    ExitCase("reference make", 4, "policyc reference make missing.json -o m.json"),
    ExitCase("eventlog", 0, "policyc eventlog \(corpus)/bootlogs/windows.log"),
    ExitCase(
      "eventlog", 1,
      "policyc eventlog \(corpus)/input/eventlog-diverges/windows.log --pcrs \(corpus)/input/eventlog-diverges/pcrs.txt"
    ),
    ExitCase(
      "eventlog", 3,
      "policyc eventlog \(corpus)/input/eventlog-incomparable/windows.log --pcrs \(corpus)/input/eventlog-incomparable/pcrs.txt"
    ),
    ExitCase("eventlog", 4, "policyc eventlog missing.log"),
    ExitCase("remedy", 0, "policyc remedy update_windows"),
    ExitCase("remedy", 4, "policyc remedy update_windows --probe file:missing.yaml"),
    ExitCase("explain", 0, "policyc explain AP2104"),
    ExitCase("catalog", 0, "policyc catalog search initiate recovery"),
    ExitCase("catalog", 1, "policyc catalog show ./Vendor/MSFT/NoSuchNode"),
    ExitCase("catalog", 4, "policyc catalog search x --catalog missing.txt"),
    ExitCase("build", 2, "policyc build --nope"),
    ExitCase("check", 2, "policyc check"),
    ExitCase("check", 2, "\(check) nope:x"),
    ExitCase("explain", 1, "policyc explain NO-SUCH-CODE"),
    ExitCase("report", 2, "\(report) devices.csv --sort nope"),
  ]
}

@Suite("Exit codes, by the table in docs/exit-codes.md")
struct ExitCodeTests {
  static func folder() throws -> Folder {
    let folder = try Folder()
    try folder.write(Samples.policy, to: "hello.attpolicy")
    try folder.write(
      "policy sets version 1.0 {\n  applies to windows 11\n"
        + "  set ./Device/Vendor/MSFT/Policy/Config/DmaGuard/DeviceEnumerationPolicy = 0\n}\n",
      to: "sets.attpolicy")
    try folder.write("policy broken version 1.0 { require }", to: "broken.attpolicy")
    try folder.write(Samples.snapshot, to: "good.yaml")
    try folder.write("os.build: 10.0.19045.3996\n", to: "old.yaml")
    try folder.write("os.build: 10.0.22631.2792\ntpm.present: false\n", to: "bad.yaml")
    try folder.write("os.build: 10.0.22631.2792\n", to: "silent.yaml")
    try folder.write(Samples.payload, to: "good.xml")
    try folder.write("<SyncML>", to: "bad.xml")
    try folder.write("os.build,tpm.present,tpm.version\n10.0.22631.2792,true,2.0\n", to: "devices.csv")
    try folder.write("os.build,tpm.present,tpm.version\n10.0.22631.2792\n", to: "torn.csv")
    try folder.write(Self.otherRoot, to: "other.pem")
    let run = try Tool.run(["build", "hello.attpolicy", "sets.attpolicy", "-o", "out"], in: folder)
    guard run.ending == .exit(0) else { throw SampleFailure(run: run) }
    return folder
  }

  /// A root that vouches for no TPM: a key of P-256, signed by itself.
  private static let otherRoot = """
    -----BEGIN CERTIFICATE-----
    MIIBlzCCAT2gAwIBAgIUR9X/8iIpbhvNDtTVxKAUqrSjPxwwCgYIKoZIzj0EAwIw
    GDEWMBQGA1UEAwwNTm9ib2R5J3Mgcm9vdDAgFw0yNjEyMDEwMDUyMDdaGA8yMTI2
    MTEwNzAwNTIwN1owGDEWMBQGA1UEAwwNTm9ib2R5J3Mgcm9vdDBZMBMGByqGSM49
    AgEGCCqGSM49AwEHA0IABKmZ7E9eCTyoZ1BEQBZBYjhqO8ZvdXkWExFIn1xuL/SQ
    +xM0V46OUEPRmYdD7cdCfLBX2LIg/jH8j9WCbz4Nr/ijYzBhMB0GA1UdDgQWBBTM
    6yc776GkV4nk7XftWngDBLssJDAfBgNVHSMEGDAWgBTM6yc776GkV4nk7XftWngD
    BLssJDAOBgNVHQ8BAf8EBAMCAQYwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQD
    AgNIADBFAiEAtZf+urn4tuUYmsh6CpcFMsM914dQJdIS24+hv92rRs0CIEGYIV9F
    1ytSmzI612CrRT41Gosus0M17T2ATQ7npD69
    -----END CERTIFICATE-----

    """

  @Test("each command ends with the code of its row", arguments: ExitCase.all)
  func row(_ row: ExitCase) throws {
    let run = try Tool.shell(row.line, in: Self.folder(), environment: ["LC_ALL": ""])
    #expect(run.status == row.code, "\(run)")
  }

  @Test("the table has a test for every code of every command, and no test is of a code that it lacks")
  func table() throws {
    let text = try String(
      contentsOf: Checkout.root.appendingPathComponent("docs/exit-codes.md"), encoding: .utf8)
    let rows = try #require(text.components(separatedBy: "## By command").last).split(separator: "\n")
      .filter { $0.hasPrefix("| ") && !$0.hasPrefix("| ---") }
      .map { line in
        line.components(separatedBy: "|").map { $0.trimmingCharacters(in: .whitespaces) }.dropFirst()
          .dropLast()
      }.map(Array.init)
    let codes = try #require(rows.first).dropFirst().map { Int32($0) }
    var documented: Set<String> = []
    for row in rows.dropFirst() {
      for (code, meaning) in zip(codes, row.dropFirst()) where !meaning.isEmpty {
        documented.insert("\(row[0].replacingOccurrences(of: "`", with: "")) \(try #require(code))")
      }
    }
    let tested = Set(ExitCase.all.filter { $0.code != 2 }.map { "\($0.command) \($0.code)" })
    #expect(documented == tested)
    #expect(documented.count > 30)
  }
}

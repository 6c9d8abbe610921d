import Foundation
import TestSupport
import Testing

/// Whatever strangers wrote, in whatever file or argument: nothing of it acts on a terminal or begins a line of a log.
@Suite("Strangers' text on standard streams")
struct HostileTextTests {
  /// An escape sequence that names the window, one that clears the screen, C1 controls, characters that reorder or break lines,
  /// and a command to the log of a CI job on a line of its own.
  static let hostile =
    "a\u{1B}]0;owned\u{7}\u{1B}[2J\r\n::stop-commands::x\n\u{2028}::stop-commands::y\u{9B}31m\u{85}\u{202E}d"
    + "\u{2066}e\u{200E}f\u{61C}g\u{2029}h\t\u{7F}z"
  /// The same without what XML does not allow.
  static let inXML = String(hostile.unicodeScalars.filter { $0.value >= 0x20 || $0 == "\n" || $0 == "\t" })

  /// The text between the quotation marks of JSON, YAML and the language, all of it escaped or, where it may be, as it is.
  private static func json(_ text: String) -> String {
    let data = try? JSONSerialization.data(withJSONObject: [text], options: [.withoutEscapingSlashes])
    return String(String(decoding: data ?? Data(), as: UTF8.self).dropFirst(2).dropLast(2))
  }

  /// What is wrong with what a command printed.
  static func problem(in text: String) -> String? {
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A: break
      case 0..<0x20, 0x7F...0x9F, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069:
        return "U+\(String(scalar.value, radix: 16))"
      default: break
      }
    }
    // Some readers of logs skip blanks at the beginning of a line.
    let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
    return lines.contains { $0.hasPrefix("::stop-commands::") } ? "a line of a stranger" : nil
  }

  private func check(
    _ arguments: [String], in folder: Folder, input: String = "", colored: Bool = false,
    place: SourceLocation = #_sourceLocation
  ) throws {
    for locale in ["C.UTF-8", "C"] {
      var run = try Tool.run(
        arguments, in: folder, environment: ["LC_ALL": locale, "COLUMNS": "100"], input: Array(input.utf8))
      if arguments.contains("csv") {
        // Lines end with CR LF there (RFC 4180).
        let lines = run.output.replacing("\r\n", with: "\n")
        run = Run(ending: run.ending, output: lines, errors: run.errors, seconds: run.seconds)
      }
      if colored {
        // Colours of our own, and nothing else.
        let plain = (run.output + run.errors).replacing(/\u{1B}\[[0-9;]*m/, with: "")
        run = Run(ending: run.ending, output: plain, errors: "", seconds: run.seconds)
      }
      let found = Self.problem(in: run.output) ?? Self.problem(in: run.errors)
      #expect(
        found == nil, "\(arguments.map(Self.json)): \(found ?? ""): \(Self.json("\(run)"))",
        sourceLocation: place)
      #expect(
        (0...5).contains(run.status ?? -1), "\(arguments.map(Self.json)): \(run.ending)",
        sourceLocation: place)
    }
  }

  /// A folder with a compiled policy.
  private func compiled(_ source: String = Samples.policy) throws -> Folder {
    let folder = try Folder()
    try folder.write(source, to: "p.attpolicy")
    let run = try Tool.run(["build", "p.attpolicy", "-o", "out"], in: folder)
    try #require(run.status == 0, "\(run)")
    return folder
  }

  @Test("the check of this suite finds what it looks for")
  func selfCheck() {
    #expect(Self.problem(in: Self.hostile) != nil)
    #expect(Self.problem(in: "a\n::stop-commands::x") != nil)
    #expect(Self.problem(in: "a ::stop-commands::x\n") == nil)
  }

  @Test("arguments")
  func arguments() throws {
    let folder = try compiled()
    let text = Self.hostile
    try folder.write(Samples.payload, to: "x.xml")
    let out = "out/hello.compiled.json"
    let lines: [[String]] = [
      [text], ["--" + text], ["build", text], ["build", "--" + text],
      ["build", "p.attpolicy", "--set", text],
      ["build", "p.attpolicy", "--set", "a=\(text)"], ["build", "p.attpolicy", "--set", "\(text)=1"],
      ["build", "p.attpolicy", "--format", text], ["build", "p.attpolicy", "--root", text],
      ["build", "p.attpolicy", "-o", text], ["build", "p.attpolicy", "--catalog", text],
      ["build", "p.attpolicy", "--config", text], ["build", "p.attpolicy", "--device", text, "-o", "o2"],
      ["test", text], ["validate", text], ["validate", "x.xml", "--targets", text],
      ["validate", "x.xml", "--build", text], ["validate", "x.xml", "--build", "1" + text],
      ["validate", "x.xml", "--edition", text], ["validate", "x.xml", "--as-of", text],
      ["check", text], ["check", out, "--probe", text], ["check", out, "--probe", "file:" + text],
      ["check", out, "--probe", "fle:" + text], ["check", out, "--probe", "exec:" + text],
      ["check", out, "--probe", "exec:[" + text], ["check", out, "--probe", "tpm:" + text],
      ["check", out, "--probe", "maa:" + text], ["check", out, "--evidence", "x", "--nonce", text],
      ["check", out, "--evidence", text, "--nonce", "0102030405060708"],
      ["check", out, "--evidence", "x", "--nonce", "0102030405060708", "--ak", text],
      ["check", out, "--evidence", "x", "--nonce", "0102030405060708", "--secret", text],
      ["check", out, "--evidence", "x", "--nonce", "0102030405060708", "--ek-roots", text],
      ["check", out, "--lang", text], ["check", out, "--timeout", text], ["check", out, "--maa-nonce", text],
      ["check", out, "--maa-keys", text], ["probe", text], ["probe", "exec:" + text, "--format", "yaml"],
      ["probe", "osquery:" + text], ["probe", "recording:" + text],
      ["report", text], ["report", out, "--input", text], ["report", out, "--input", "-", "--mapping", text],
      ["report", out, "--input", "-", "--mapping", "./" + text],
      ["report", out, "--input", "-", "--rule", text],
      ["report", out, "--input", "-", "--status", text], ["report", out, "--input", "-", "--sort", text],
      ["report", out, "--input", "-", "--verdict", text], ["report", out, "--input", "-", "--format", text],
      ["attest", "--nonce", text, "-o", "e"],
      ["attest", "--nonce", "0102030405060708", "-o", "e", "--challenge", text],
      ["attest", "--nonce", "0102030405060708", "-o", "e", "--probe", text],
      ["challenge", text, "-o", "a", "--secret", "b"], ["eventlog", text],
      ["eventlog", "x.xml", "--pcrs", text],
      ["remedy", text], ["remedy", "clear_tpm", "--probe", text], ["explain", text],
      ["explain", "AP" + text],
      ["explain", "AP1001", "--lang", text], ["catalog", "show", text],
      ["catalog", "show", "./Device/" + text],
      ["catalog", "list", text], ["catalog", "list", "./Device/" + text], ["catalog", "search", text],
      ["catalog", "list", "--accepts", text], ["catalog", "diff", text, "builtin"],
      ["catalog", "import", text, "-o", "c"], ["catalog", "import", "x.xml", "-o", text],
      ["catalog", "import", "x.xml", "-o", "c", "--older", text], ["catalog", text], ["help", text],
    ]
    for line in lines { try check(line, in: folder) }
  }

  @Test("snapshots, in YAML and JSON, and what programs print")
  func snapshots() throws {
    let folder = try compiled()
    let text = Self.json(Self.hostile)
    var files: [String: String] = [:]
    for (index, fact) in [
      "tpm.version", "device.model", "os.build", "tpm.manufacturer", "boot.secure_boot", text,
    ].enumerated() {
      files["\(index).json"] = "{\"\(fact)\": \"\(text)\", \"os.build\": \"10.0.22631.1\"}"
      files["\(index).yaml"] = "\"\(fact)\": {value: \"\(text)\", source: \"\(text)\", level: \"\(text)\"}\n"
      files["u\(index).yaml"] = "\"\(fact)\": {unknown: \"\(text)\", source: \"\(text)\"}\n"
    }
    files["key.yaml"] = "? \"\(text)\"\n: {\"\(text)\": 1}\n"
    files["twice.yaml"] = "\"\(text)\": 1\n\"\(text)\": 2\n"
    files["raw.yaml"] = Self.hostile
    files["raw.json"] = "{\"\(Self.hostile)\": 1}"
    for (name, content) in files {
      try folder.write(content, to: name)
      for format in ["text", "json"] {
        try check(
          ["check", "out/hello.compiled.json", "--probe", "file:\(name)", "--format", format], in: folder)
      }
      for format in ["text", "json", "yaml"] {
        try check(["probe", "file:\(name)", "file:0.json", "--format", format], in: folder)
      }
    }
    try check(
      ["check", "out/hello.compiled.json", "--probe", "file:1.json", "--color", "always"], in: folder,
      colored: true)
    try folder.write("#!/bin/sh\ncat '\(folder.path("raw.yaml"))' >&2\nexit 1\n", to: "fails")
    try folder.write("#!/bin/sh\ncat '\(folder.path("1.json"))'\n", to: "prints")
    try folder.write("#!/bin/sh\ncat '\(folder.path("raw.json"))'\n", to: "raw")
    for name in ["fails", "prints", "raw"] {
      chmod(folder.path(name), 0o755)
      for format in ["text", "json", "yaml"] {
        try check(["probe", "exec:./\(name)", "--format", format], in: folder)
      }
    }
  }

  @Test("other evidence of a device")
  func evidence() throws {
    let folder = try compiled()
    let (text, xml) = (Self.json(Self.hostile), Self.inXML)
    let seed = Checkout.root.appendingPathComponent("Tests/Fuzz/seeds/evidence/p256.json")
    let evidence = try String(contentsOf: seed, encoding: .utf8)
    let facts = evidence.replacing(
      #"{"os.build":"10.0.26100.1"}"#, with: #"{"device.model":"\#(text)","tpm.version":"\#(text)"}"#)
    try folder.write(facts, to: "evidence.json")
    try folder.write(evidence.replacing("\"format\"", with: "\"\(text)\""), to: "evidence2.json")
    try folder.write(
      "<?xml version=\"1.0\"?><HealthCertificateValidationResponse \(xml.replacing("\n", with: " "))='1'/>",
      to: "dha.xml")
    try folder.write(
      "<HealthCertificateValidationResponse xmlns=\"http://schemas.microsoft.com/windows/security/healthcertificate/validation/response/v4\" ErrorCode=\"1\" ErrorMessage=\"\(xml)\"><HealthCertificateProperties><Issued>\(xml)</Issued><SecureBootEnabled>\(xml)</SecureBootEnabled></HealthCertificateProperties></HealthCertificateValidationResponse>",
      to: "dha2.xml")
    try folder.write(
      "{\"tpm_info\": [{\"\(text)\": \"\(text)\", \"manufacturer_name\": \"\(text)\"}], \"\(text)\": []}",
      to: "osquery.json")
    try folder.write(
      "<SyncML><SyncBody><Results><Item><Source><LocURI>./DevDetail/SwV\(xml)</LocURI></Source><Data>\(xml)</Data></Item></Results></SyncBody></SyncML>",
      to: "syncml.xml")
    func part(_ json: String) -> String {
      Data(json.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
        "=", with: "")
    }
    try folder.write(
      "\(part(#"{"alg":"RS256","kid":"\#(text)"}"#)).\(part(#"{"iss":"\#(text)","exp":9999999999,"\#(text)":1,"x-ms-attestation-type":"\#(text)"}"#)).AA",
      to: "token.jwt")
    try folder.write("{\"keys\":[{\"kty\":\"\(text)\",\"kid\":\"\(text)\"}]}", to: "keys.json")
    try folder.write(Self.hostile, to: "recording/\(Self.hostile)")
    try folder.write("x", to: "recording/dsregcmd\(Self.hostile).txt")
    try folder.write(
      "TpmPresent : \(Self.hostile)\nManufacturerIdTxt : \(Self.hostile)\n", to: "recording/get-tpm.txt")
    try folder.write("AzureAdJoined : \(Self.hostile)\n", to: "recording/dsregcmd.txt")
    try folder.write(Self.hostile, to: "roots/\(Self.hostile).pem")
    try folder.write(
      "-----BEGIN CERTIFICATE-----\n\(Self.hostile)\n-----END CERTIFICATE-----\n", to: "roots/b.pem")
    let nonce = ["--nonce", "0102030405060708"]
    let key = "000b" + String(repeating: "00", count: 32)
    let commands: [[String]] = [
      ["evidence:evidence.json"] + nonce, ["evidence:evidence.json", "--ak", key] + nonce,
      ["evidence:evidence2.json"] + nonce,
      ["evidence:evidence.json", "--ek-roots", "roots"] + nonce, ["dha:dha.xml"], ["dha:dha2.xml"],
      ["osquery:osquery.json"], ["syncml:syncml.xml"], ["maa:token.jwt"],
      ["maa:token.jwt", "--maa-issuer", Self.hostile, "--maa-keys", "keys.json"], ["recording:recording"],
      ["eventlog:syncml.xml"],
    ]
    for command in commands {
      for format in ["text", "json", "yaml"] {
        try check(["probe"] + command + ["--format", format], in: folder)
      }
      for format in ["text", "json"] {
        try check(["check", "out/hello.compiled.json", "--format", format, "--probe"] + command, in: folder)
      }
      for format in ["text", "markdown", "html", "json"] {
        try check(["remedy", "suspend_bitlocker", "--format", format, "--probe"] + command, in: folder)
      }
    }
    try check(["challenge", "evidence2.json", "-o", "a", "--secret", "b"], in: folder)
    try check(["challenge", "evidence.json", "-o", "a", "--secret", "b", "--ek-roots", "roots"], in: folder)
    for log in Self.logs {
      try check(["eventlog", log, "--events"], in: folder)
      try check(["eventlog", log, "--events", "--format", "json"], in: folder)
    }
  }

  private static let logs = ["linux", "sm3"].map {
    Checkout.root.appendingPathComponent("Tests/Fuzz/seeds/eventlog/\($0).bin").path
  }

  @Test("compiled policies, and the report over a fleet")
  func fleets() throws {
    let folder = try compiled(
      Samples.policy.replacing(
        "policy hello version 1.0.0 {", with: "policy hello version 1.0.0 {\n  title \"QQQ\""
      )
      .replacing("A TPM 2.0 is needed.", with: "QQQ").replacing("tpm_2_0", with: "qqq"))
    let original = folder.text("out/hello.compiled.json")
    let sealed = try #require(original.firstMatch(of: /,"sha256":"([0-9a-f]{64})"/))
    // Canonical JSON escapes no more than it must.
    let inJSON = Self.hostile.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\n": "\\n"
      case "\r": "\\r"
      case "\t": "\\t"
      case _ where scalar.value < 0x20:
        "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }.joined()
    let changed = original.replacing("QQQ", with: inJSON).replacing("\"qqq\"", with: "\"\(inJSON)\"")
    try folder.write(changed.replacing(sealed.output.0, with: ""), to: "bare")
    let digest = try Tool.shell("sha256sum < bare", in: folder).output.prefix(64)
    try folder.write(changed.replacing(sealed.output.1, with: digest), to: "c.json")
    try folder.write(Samples.snapshot.replacing("present: true", with: "present: false"), to: "s.yaml")
    for format in ["text", "json"] {
      try check(["check", "c.json", "--probe", "file:s.yaml", "--format", format], in: folder)
      try check(["check", "c.json", "--probe", "file:s.yaml", "--format", format, "--runbooks"], in: folder)
    }
    let cell = "\"" + Self.hostile + "\""
    try folder.write(
      "device_id,device_name,user,os.build,tpm.present,\(cell)\n\(cell),\(cell),\(cell),10.0.22631.1,true,\(cell)\n\(cell),x,y,\(cell),\(cell),1\n\(cell)\n",
      to: "d.csv")
    let text = Self.json(Self.hostile)
    try folder.write(
      "{\"device_id\":\"\(text)\",\"device_name\":\"\(text)\",\"os.build\":\"\(text)\",\"\(text)\":1}\n{\"device_id\":\(text)}\n{}\n",
      to: "d.ndjson")
    for policy in ["c.json", "out/hello.compiled.json"] {
      for input in ["d.csv", "d.ndjson"] {
        for format in ["text", "csv", "ndjson", "json", "html"] {
          try check(["report", policy, "--input", input, "--format", format], in: folder)
        }
        for format in ["text", "json"] {
          try check(["report", policy, "--input", input, "--format", format, "--plan-attest"], in: folder)
        }
        try check(["report", policy, "--input", input, "--mapping", "intune"], in: folder)
        try check(["report", policy, "--input", input, "--mapping", "osquery"], in: folder)
      }
    }
    try check(["report", "c.json", "--input", "d.csv", "--rule", "x"], in: folder)
    try folder.write(
      "version: 1\n\"\(text)\": 1\ncolumns:\n  - column: \"\(text)\"\n    gives: \"\(text)\"\n", to: "m.yaml")
    try folder.write("version: 1\ncolumns:\n  - column: \"\(text)\"\n    gives: \"\(text)\"\n", to: "m2.yaml")
    for mapping in ["m.yaml", "m2.yaml"] {
      try check(["report", "c.json", "--input", "d.csv", "--mapping", mapping], in: folder)
    }
    for broken in [original.replacing("\"hello\"", with: "\"\(text)\""), "{\"\(text)\":1}", Self.hostile] {
      try folder.write(broken, to: "broken.json")
      try check(["check", "broken.json", "--probe", "file:s.yaml"], in: folder)
    }
  }

  @Test("policies, payloads and settings, in every format")
  func sources() throws {
    let folder = try Folder()
    let text = Self.hostile
    let escaped = text.unicodeScalars.map { "\\u{\(String($0.value, radix: 16))}" }.joined()
    try folder.write(
      Samples.policy.replacing("policy hello", with: "policy \"\(escaped)\"").replacing(
        "a TPM 2.0", with: escaped
      )
      .replacing("A TPM 2.0 is needed.", with: escaped), to: "names.attpolicy")
    try folder.write(
      Samples.policy.replacing("a TPM 2.0", with: escaped).replacing("expect pass", with: "expect fail")
        .replacing("A TPM 2.0 is needed.", with: escaped), to: "fails.attpolicy")
    try folder.write(Samples.policy.replacing("tpm.present", with: text), to: "raw.attpolicy")
    try folder.write(Samples.policy, to: "\(text).attpolicy")
    try folder.write(Samples.policy(condition: "device.model == \"\(text)\""), to: "\(text)2.attpolicy")
    try folder.write("import \"\(escaped)\"\n" + Samples.policy, to: "import.attpolicy")
    try folder.write(Samples.payload.replacing("DeviceStatus", with: Self.inXML), to: "a.xml")
    try folder.write(
      Samples.payload.replacing("<Get>", with: "<Get \(Self.inXML.replacing("\n", with: " "))='1'>"),
      to: "b.xml")
    try folder.write(text, to: "c.xml")
    try folder.write(Samples.payload.replacing("Get>", with: "x\u{202E}\u{9B}>"), to: "\(text).xml")
    for format in ["text", "json", "sarif", "junit", "github"] {
      for command in ["build", "test"] {
        for file in ["names", "fails", "raw", "import", text, text + "2"] {
          try check([command, "\(file).attpolicy", "--format", format], in: folder)
        }
        try check([command, ".", "--format", format], in: folder)
      }
      try check(
        ["validate", "a.xml", "b.xml", "c.xml", "\(text).xml", "none\(text).xml", "--format", format],
        in: folder)
    }
    try check(["build", "raw.attpolicy", "--color", "always"], in: folder, colored: true)
    let quoted = "\"" + Self.json(text) + "\""
    for settings in [
      "\(quoted): 1\n", "catalog: \(quoted)\n", "validate:\n  targets: [\(quoted)]\n",
      "validate: {as-of: \(quoted)}\n",
      "validate: {edition: \(quoted)}\n", "validate: {strict: \(quoted)}\n", text,
    ] {
      try folder.write(settings, to: "policyc.yaml")
      try check(["validate", "a.xml"], in: folder)
      try check(["catalog", "list"], in: folder)
    }
  }

  @Test("catalogues made from anybody's DDF files")
  func catalogues() throws {
    let folder = try Folder()
    let name = Self.inXML.replacing("\n", with: " ")
    try folder.write(
      """
      <?xml version="1.0"?>
      <MgmtTree><Node><NodeName>Sample</NodeName><Path>./Vendor/MSFT</Path><DFProperties>
      <AccessType><Get/></AccessType><Description>\(Self.inXML)</Description><DFFormat><node/></DFFormat></DFProperties>
      <Node><NodeName>x\(name)</NodeName><DFProperties><AccessType><Get/><Replace/></AccessType><DefaultValue>\(Self.inXML)</DefaultValue>
      <DFFormat><int/></DFFormat><DFTitle>\(Self.inXML)</DFTitle></DFProperties></Node></Node></MgmtTree>
      """, to: "a.xml")
    try folder.write("policyc \(Self.hostile)\n", to: "b.txt")
    for format in ["text", "json"] {
      for command in [
        ["list", "./Vendor/MSFT/Sample", "--all"], ["search", "sample"], ["show", "./Vendor/MSFT/Sample"],
        ["list"],
      ] {
        try check(["catalog"] + command + ["--catalog", "a.xml", "--format", format], in: folder)
      }
      try check(["catalog", "diff", "a.xml", "builtin", "--format", format], in: folder)
    }
    try check(["catalog", "import", "a.xml", "-o", "c.txt"], in: folder)
    for catalogue in ["b.txt", "c.txt"] {
      try check(["catalog", "list", "--catalog", catalogue], in: folder)
      try check(["catalog", "show", "./Vendor/MSFT/Sample", "--catalog", catalogue], in: folder)
    }
    try folder.write("PK\u{3}\u{4}", to: "\(Self.hostile).zip")
    try check(["catalog", "import", "\(Self.hostile).zip", "-o", "c"], in: folder)
  }
}

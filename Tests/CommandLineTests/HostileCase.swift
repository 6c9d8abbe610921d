import Foundation
import TestSupport
import Testing

/// What a stranger may write.
enum HostileText {
  /// An escape sequence that names the window, one that clears the screen, C1 controls, characters that reorder or break lines, a tag, and a
  /// command to the log of a CI job on a line of its own.
  static let text =
    "a\u{1B}]0;owned\u{7}\u{1B}[2J\r\n::stop-commands::x\n\u{2028}::stop-commands::y\u{9B}31m\u{85}\u{202E}d"
    + "\u{2066}e\u{200E}f\u{61C}g\u{2029}h\t\u{7F}z\u{E0041}"
  /// The same without what XML does not allow.
  static let xml = String(text.unicodeScalars.filter { $0.value >= 0x20 || $0 == "\n" || $0 == "\t" })
  /// The text between the quotation marks of JSON and YAML, all of it escaped or, where it may be, as it is.
  static let inJSON = json(text)
  /// The text between the quotation marks of the language.
  static let inPolicy = text.unicodeScalars.map { "\\u{\(String($0.value, radix: 16))}" }.joined()

  static func json(_ text: String) -> String {
    let data = try? JSONSerialization.data(withJSONObject: [text], options: [.withoutEscapingSlashes])
    return String(String(decoding: data ?? Data(), as: UTF8.self).dropFirst(2).dropLast(2))
  }
}

/// Files of strangers, and the commands that are to read them.
struct HostileCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let commands: [[String]]
  let prepare: @Sendable (Folder) throws -> Void

  /// - Parameter lines: Command lines, their words between blanks. `{a,b}` makes a line for each, `HOSTILE` is ``HostileText/text``, `COMPILED` a
  ///   compiled policy, and `NONCE` a nonce.
  private init(_ name: String, _ lines: String, prepare: @escaping @Sendable (Folder) throws -> Void) {
    let names = [
      "COMPILED": "out/hello.compiled.json", "NONCE": "0102030405060708", "HOSTILE": HostileText.text,
    ]
    testDescription = name
    self.prepare = prepare
    commands = lines.split(separator: "\n").flatMap { Self.alternatives(of: String($0)) }.map { line in
      line.split(separator: " ").map { word in
        names.reduce(String(word)) { $0.replacing($1.key, with: $1.value) }
      }
    }
  }

  private static func alternatives(of line: String) -> [String] {
    guard let open = line.firstIndex(of: "{"), let close = line[open...].firstIndex(of: "}") else {
      return [line]
    }
    let (head, tail) = (String(line[..<open]), String(line[close...].dropFirst()))
    let choices = line[open..<close].dropFirst().split(separator: ",", omittingEmptySubsequences: false)
    return choices.flatMap { alternatives(of: head + $0 + tail) }
  }

  /// Puts a compiled policy into a folder.
  private static func compile(_ source: String = Samples.policy, in folder: Folder) throws {
    try folder.write(source, to: "p.attpolicy")
    let run = try Tool.run(["build", "p.attpolicy", "-o", "out"], in: folder)
    try #require(run.status == 0, "\(run)")
  }

  static let all = [
    arguments, snapshots, evidence, policies, fleets, sources, payloads, settings, catalogues, pages,
  ]

  private static let arguments = HostileCase(
    "arguments",
    """
    {,--}HOSTILE
    {build,test,validate,check,report,eventlog,remedy,explain,probe,catalog,help} {,--}HOSTILE
    build p.attpolicy {--set,--format,--root,-o,--catalog,--config,--verify} HOSTILE
    build p.attpolicy --set {a=HOSTILE,HOSTILE=1}
    build p.attpolicy --device HOSTILE -o o2
    validate x.xml {--targets,--build,--edition,--as-of,--config} HOSTILE
    validate x.xml --build 1HOSTILE
    check COMPILED {--lang,--timeout,--maa-nonce,--maa-keys,--maa-issuer,--reference} HOSTILE
    check COMPILED --probe {,file:,fle:,exec:,exec:[,tpm:,maa:,osquery:,recording:,eventlog:,syncml:,dha:}HOSTILE
    check COMPILED --evidence x --nonce HOSTILE
    check COMPILED --evidence HOSTILE --nonce NONCE
    check COMPILED --evidence x --nonce NONCE {--ak,--secret,--ek-roots} HOSTILE
    probe exec:HOSTILE --format yaml
    report COMPILED --input HOSTILE
    report COMPILED --input - {--mapping,--rule,--status,--sort,--verdict,--format} HOSTILE
    attest --nonce HOSTILE -o e
    attest --nonce NONCE -o e {--challenge,--probe,--log,--key,--certify} HOSTILE
    challenge HOSTILE -o a --secret b
    eventlog x.xml --pcrs HOSTILE
    remedy clear_tpm --probe HOSTILE
    explain {APHOSTILE,AP1001 --lang HOSTILE}
    catalog {show,list,search,list --accepts} HOSTILE
    catalog {show,list} ./Device/HOSTILE
    catalog diff HOSTILE builtin
    catalog import HOSTILE -o c
    catalog import x.xml -o {HOSTILE,c --older HOSTILE}
    reference make {HOSTILE -o r,x.xml -o HOSTILE}
    """
  ) { folder in
    try compile(in: folder)
    try folder.write(Samples.payload, to: "x.xml")
  }

  private static let snapshotFacts = [
    "tpm.version", "device.model", "os.build", "tpm.manufacturer", "boot.secure_boot", HostileText.inJSON,
  ]

  private static let snapshots = HostileCase(
    "snapshots, in YAML and JSON, and what programs print",
    """
    check COMPILED --probe file:{,u}{0,1,2,3,4,5}.yaml --format {text,json}
    check COMPILED --probe file:{0,1,2,3,4,5,raw}.json --format {text,json}
    check COMPILED --probe file:{key,twice,raw}.yaml --format {text,json}
    probe file:{,u}{0,1,2,3,4,5}.yaml file:0.json --format {text,json,yaml}
    probe file:{0,1,2,3,4,5,raw}.json file:0.yaml --format {text,json,yaml}
    probe file:{key,twice,raw}.yaml --format {text,json,yaml}
    probe exec:./{fails,prints,raw} --format {text,json,yaml}
    check COMPILED --probe file:1.json --color always
    """
  ) { folder in
    try compile(in: folder)
    let text = HostileText.inJSON
    for (index, fact) in snapshotFacts.enumerated() {
      try folder.write("{\"\(fact)\": \"\(text)\", \"os.build\": \"10.0.22631.1\"}", to: "\(index).json")
      try folder.write(
        "\"\(fact)\": {value: \"\(text)\", source: \"\(text)\", level: \"\(text)\"}\n", to: "\(index).yaml")
      try folder.write("\"\(fact)\": {unknown: \"\(text)\", source: \"\(text)\"}\n", to: "u\(index).yaml")
    }
    try folder.write("? \"\(text)\"\n: {\"\(text)\": 1}\n", to: "key.yaml")
    try folder.write("\"\(text)\": 1\n\"\(text)\": 2\n", to: "twice.yaml")
    try folder.write(HostileText.text, to: "raw.yaml")
    try folder.write("{\"\(HostileText.text)\": 1}", to: "raw.json")
    try folder.writeProgram("#!/bin/sh\ncat '\(folder.path("raw.yaml"))' >&2\nexit 1\n", to: "fails")
    try folder.writeProgram("#!/bin/sh\ncat '\(folder.path("1.json"))'\n", to: "prints")
    try folder.writeProgram("#!/bin/sh\ncat '\(folder.path("raw.json"))'\n", to: "raw")
  }

  private static let probes =
    "{evidence:evidence.json --nonce NONCE,evidence:evidence.json --nonce NONCE --ak "
    + "000b\(String(repeating: "00", count: 32)),evidence:evidence2.json --nonce NONCE,"
    + "evidence:evidence.json --ek-roots roots --nonce NONCE,dha:dha.xml,dha:dha2.xml,osquery:osquery.json,"
    + "syncml:syncml.xml,maa:token.jwt,maa:token.jwt --maa-issuer HOSTILE --maa-keys keys.json,"
    + "recording:recording,eventlog:syncml.xml}"
  private static let logs = "\(Checkout.root.path)/Tests/Fuzz/seeds/eventlog/{linux,sm3}.bin"

  private static let evidence = HostileCase(
    "other evidence of a device",
    """
    probe \(probes) --format {text,json,yaml}
    check COMPILED --probe \(probes) --format {text,json}
    remedy suspend_bitlocker --probe \(probes) --format {text,markdown,html,json}
    eventlog \(logs) --events --format {text,json}
    challenge evidence2.json -o a --secret b
    challenge evidence.json -o a --secret b --ek-roots roots
    reference make evidence.json evidence2.json -o r.json
    attest --nonce NONCE -o e --probe file:evidence.json
    """
  ) { folder in
    try compile(in: folder)
    let (text, xml) = (HostileText.inJSON, HostileText.xml)
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
    try folder.write(HostileText.text, to: "recording/\(HostileText.text)")
    try folder.write("x", to: "recording/dsregcmd\(HostileText.text).txt")
    try folder.write(
      "TpmPresent : \(HostileText.text)\nManufacturerIdTxt : \(HostileText.text)\n",
      to: "recording/get-tpm.txt")
    try folder.write("AzureAdJoined : \(HostileText.text)\n", to: "recording/dsregcmd.txt")
    try folder.write(HostileText.text, to: "roots/\(HostileText.text).pem")
    try folder.write(
      "-----BEGIN CERTIFICATE-----\n\(HostileText.text)\n-----END CERTIFICATE-----\n", to: "roots/b.pem")
  }

  /// A compiled policy whose texts and name of a rule are hostile: `c.json`.
  private static func compileHostile(in folder: Folder) throws {
    try compile(
      Samples.policy.replacing(
        "policy hello version 1.0.0 {", with: "policy hello version 1.0.0 {\n  title \"QQQ\""
      ).replacing("A TPM 2.0 is needed.", with: "QQQ").replacing("tpm_2_0", with: "qqq"), in: folder)
    let original = folder.text("out/hello.compiled.json")
    let sealed = try #require(original.firstMatch(of: /,"sha256":"([0-9a-f]{64})"/))
    // Canonical JSON escapes no more than it must.
    let inJSON = HostileText.text.unicodeScalars.map { scalar -> String in
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
  }
  private static let policies = HostileCase(
    "compiled policies",
    """
    check c.json --probe file:s.yaml {,--runbooks} --format {text,json}
    check broken{0,1,2}.json --probe file:s.yaml
    """
  ) { folder in
    try compileHostile(in: folder)
    let original = folder.text("out/hello.compiled.json")
    let text = HostileText.inJSON
    for (index, broken) in [
      original.replacing("\"hello\"", with: "\"\(text)\""), "{\"\(text)\":1}", HostileText.text,
    ].enumerated() { try folder.write(broken, to: "broken\(index).json") }
  }

  private static let fleets = HostileCase(
    "the report over a fleet",
    """
    report {c.json,COMPILED} --input d.{csv,ndjson} --format {text,csv,ndjson,json,html}
    report {c.json,COMPILED} --input d.{csv,ndjson} --format {text,json} --plan-attest
    report {c.json,COMPILED} --input d.{csv,ndjson} --mapping {intune,osquery}
    report c.json --input d.{csv,ndjson} --format {text,csv,ndjson,json,html} -o report
    report c.json --input d.csv {--rule x,--mapping m.yaml,--mapping m2.yaml}
    """
  ) { folder in
    try compileHostile(in: folder)
    let text = HostileText.inJSON
    let cell = "\"\(HostileText.text)\""
    try folder.write(
      "device_id,device_name,user,os.build,tpm.present,\(cell)\n\(cell),\(cell),\(cell),10.0.22631.1,true,\(cell)\n\(cell),x,y,\(cell),\(cell),1\n\(cell)\n",
      to: "d.csv")
    try folder.write(
      "{\"device_id\":\"\(text)\",\"device_name\":\"\(text)\",\"os.build\":\"\(text)\",\"\(text)\":1}\n{\"device_id\":\(text)}\n{}\n",
      to: "d.ndjson")
    let columns = "columns:\n  - column: \"\(text)\"\n    gives: \"\(text)\"\n"
    try folder.write("version: 1\n\"\(text)\": 1\n\(columns)", to: "m.yaml")
    try folder.write("version: 1\n\(columns)", to: "m2.yaml")
  }

  private static let sources = HostileCase(
    "policies, and what is built of them",
    """
    {build -o built,test} {names,texts,fails,raw,import,value,HOSTILE,HOSTILE2}.attpolicy --format {text,json,sarif,junit,github}
    {build,test} . --format {text,json,sarif,junit,github}
    build --verify altered --format {text,json,sarif,junit,github}
    build raw.attpolicy --color always
    build value.attpolicy --cdata -o cdata
    """
  ) { folder in
    let (text, escaped) = (HostileText.text, HostileText.inPolicy)
    let texts = Samples.policy.replacing("a TPM 2.0", with: escaped).replacing(
      "A TPM 2.0 is needed.", with: escaped)
    try folder.write(texts, to: "texts.attpolicy")
    try folder.write(texts.replacing("policy hello", with: "policy \"\(escaped)\""), to: "names.attpolicy")
    try folder.write(texts.replacing("expect pass", with: "expect fail"), to: "fails.attpolicy")
    try folder.write(Samples.policy.replacing("tpm.present", with: text), to: "raw.attpolicy")
    try folder.write(Samples.policy, to: "\(text).attpolicy")
    try folder.write(Samples.policy(condition: "device.model == \"\(text)\""), to: "\(text)2.attpolicy")
    try folder.write("import \"\(escaped)\"\n" + Samples.policy, to: "import.attpolicy")
    let value = HostileText.xml.unicodeScalars.map { "\\u{\(String($0.value, radix: 16))}" }.joined()
    try folder.write(
      Samples.policy.replacing(
        "require tpm_2_0",
        with: "set ./Device/Vendor/MSFT/Policy/Config/Browser/HomePages = \"\(value)\"\n  require tpm_2_0"),
      to: "value.attpolicy")
    let built = try Tool.run(["build", "texts.attpolicy", "-o", "altered"], in: folder)
    try #require(built.status == 0, "\(built)")
    try folder.write("x", to: "altered/\(text).syncml.xml")
  }

  private static let payloads = HostileCase(
    "payloads",
    "validate a.xml b.xml c.xml HOSTILE.xml noneHOSTILE.xml --format {text,json,sarif,junit,github}"
  ) { folder in
    let (text, xml) = (HostileText.text, HostileText.xml)
    try folder.write(Samples.payload.replacing("DeviceStatus", with: xml), to: "a.xml")
    try folder.write(
      Samples.payload.replacing("<Get>", with: "<Get \(xml.replacing("\n", with: " "))='1'>"), to: "b.xml")
    try folder.write(text, to: "c.xml")
    try folder.write(Samples.payload.replacing("Get>", with: "x\u{202E}\u{9B}>"), to: "\(text).xml")
  }

  private static let badSettings: [String] = {
    let quoted = "\"\(HostileText.inJSON)\""
    return [
      "\(quoted): 1\n", "catalog: \(quoted)\n", "validate:\n  targets: [\(quoted)]\n",
      "validate: {as-of: \(quoted)}\n", "validate: {edition: \(quoted)}\n",
      "validate: {as-message: \(quoted)}\n", "validate: {strict: \(quoted)}\n",
      HostileText.text,
    ]
  }()

  private static let settings = HostileCase(
    "policyc.yaml", "{validate a.xml,catalog list} --config {0,1,2,3,4,5,6,7}.yaml"
  ) { folder in
    try folder.write(Samples.payload, to: "a.xml")
    for (index, settings) in badSettings.enumerated() { try folder.write(settings, to: "\(index).yaml") }
  }

  private static let catalogues = HostileCase(
    "catalogues made from anybody's DDF files",
    """
    catalog {list ./Vendor/MSFT/Sample --all,search sample,show ./Vendor/MSFT/Sample,list} --catalog a.xml --format {text,json}
    catalog diff a.xml builtin --format {text,json}
    catalog import a.xml -o c.txt
    catalog {list,show ./Vendor/MSFT/Sample} --catalog {b,c}.txt
    catalog import HOSTILE.zip -o c
    """
  ) { folder in
    let name = HostileText.xml.replacing("\n", with: " ")
    try folder.write(
      """
      <?xml version="1.0"?>
      <MgmtTree><Node><NodeName>Sample</NodeName><Path>./Vendor/MSFT</Path><DFProperties>
      <AccessType><Get/></AccessType><Description>\(HostileText.xml)</Description><DFFormat><node/></DFFormat></DFProperties>
      <Node><NodeName>x\(name)</NodeName><DFProperties><AccessType><Get/><Replace/></AccessType><DefaultValue>\(HostileText.xml)</DefaultValue>
      <DFFormat><int/></DFFormat><DFTitle>\(HostileText.xml)</DFTitle></DFProperties></Node></Node></MgmtTree>
      """, to: "a.xml")
    try folder.write("policyc \(HostileText.text)\n", to: "b.txt")
    try folder.write("PK\u{3}\u{4}", to: "\(HostileText.text).zip")
  }

  private static let pages = HostileCase(
    "pages of codes, statuses, errors and remedies",
    """
    explain {AP2104,404,0x80090016,tpm_not_ready} --lang ja --format {text,json}
    explain {--list --format text,--list --format json,AP2104 --color always}
    remedy clear_tpm --lang ja --format {text,markdown,html,json}
    remedy --list
    """
  ) { _ in }
}

import Foundation
import PolicyModel
import PolicyTargets
import Testing

/// Holds `docs/compiled-policy.schema.json` and the encoder to each other with python3-jsonschema.
@Suite("Compiled policy schema")
struct CompiledPolicySchemaTests {
  private static let python = "/usr/bin/python3"

  private static let schema = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "docs/compiled-policy.schema.json").path

  /// Prints one word a line of its input: `valid`, or the message of the first error.
  private static let script = """
    import json, sys, jsonschema
    schema = json.load(open(sys.argv[1], encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for line in sys.stdin.buffer:
        error = next(validator.iter_errors(json.loads(line)), None)
        print("valid" if error is None else "not valid: " + error.message[:200].replace("\\n", " "))
    """

  /// The validator's answers, or nil with a printed reason where it is not installed.
  private func answers(for documents: [[UInt8]]) throws -> [String]? {
    guard FileManager.default.isExecutableFile(atPath: Self.python),
      try run(["-c", "import jsonschema; jsonschema.Draft202012Validator"], input: []) != nil
    else {
      print("skipped: \(Self.python) with jsonschema (Debian: python3-jsonschema) is not installed")
      return nil
    }
    let output = try run(
      ["-c", Self.script, Self.schema], input: Array(documents.joined(separator: [UInt8(ascii: "\n")])))
    return try #require(output).split(separator: "\n").map(String.init)
  }

  /// The standard output of python, or nil when it ends with another status than 0.
  private func run(_ arguments: [String], input: [UInt8]) throws -> String? {
    let folder = FileManager.default.temporaryDirectory.appending(path: "schema-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let inputFile = folder.appending(path: "input")
    let outputFile = folder.appending(path: "output")
    try Data(input).write(to: inputFile)
    try Data().write(to: outputFile)
    let process = Process()
    process.executableURL = URL(filePath: Self.python)
    process.arguments = arguments
    process.environment = ["PYTHONIOENCODING": "utf-8", "PYTHONWARNINGS": "ignore"]
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return String(decoding: try Data(contentsOf: outputFile), as: UTF8.self)
  }

  @Test("generated policies are valid by the schema")
  func generated() throws {
    var generator = PolicyGenerator(seed: 21)
    let catalogs = CompiledPolicyFile.CatalogVersions(csp: "2025-02", facts: "1")
    let policies = (0..<100).map { _ in generator.policy() } + [CompiledPolicyFileTests.example]
    let documents = policies.map { CompiledPolicyFile.encode($0, catalogs: catalogs) }
    guard let answers = try answers(for: documents) else { return }
    #expect(answers.count == documents.count)
    for answer in answers { #expect(answer == "valid") }
  }

  @Test("the schema refuses what the reader refuses")
  func refused() throws {
    let catalogs = CompiledPolicyFile.CatalogVersions(csp: "2025-02", facts: "1")
    let text = String(
      decoding: CompiledPolicyFile.encode(CompiledPolicyFileTests.example, catalogs: catalogs), as: UTF8.self)
    let edits = [
      (#""schema":1"#, #""schema":2"#), (#""language":"1.0","#, ""), (#""kind":"warn""#, #""kind":"forbid""#),
      (#""kind":"warn""#, #""kind":"warn","x":1"#), (#""op":"and""#, #""op":"xor""#),
      (#""op":"and""#, #""op":"not""#),
      (#""10.0.22621.2792""#, #""22621.2792""#), (#""attested":true"#, #""attested":false"#),
      (#""type":"bool""#, #""type":"enum""#), (#""compare":">=""#, #""compare":"=>""#),
      (#"{"version":"2.0"}"#, #"{"float":"2.0"}"#), (#"{"version":"2.0"}"#, #"{"version":"2.0.x"}"#),
      (#"{"version":"2.0"}"#, #"{"version":"2.0","bool":true}"#),
    ]
    let documents = edits.map { from, to in
      Array(text.replacingOccurrences(of: from, with: to).utf8)
    }
    guard let answers = try answers(for: documents) else { return }
    for (edit, answer) in zip(edits, answers) { #expect(answer.hasPrefix("not valid"), "\(edit)") }
    for document in documents {
      #expect(throws: CompiledPolicyError.self) { try CompiledPolicyFile.decode(document) }
    }
  }
}

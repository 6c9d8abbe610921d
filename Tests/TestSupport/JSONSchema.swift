import Foundation

/// A JSON Schema of `docs`, checked with python3-jsonschema.
package struct JSONSchema {
  private static let python = "/usr/bin/python3"
  private let path: String

  /// The schema `docs/NAME.schema.json` of the checkout.
  package init(_ name: String) {
    path =
      URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/\(name).schema.json").path
  }

  /// Prints one line a line of its input: `valid`, or the message of the first error.
  private static let script = """
    import json, sys, jsonschema
    schema = json.load(open(sys.argv[1], encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for line in sys.stdin.buffer:
        error = next(validator.iter_errors(json.loads(line)), None)
        print("valid" if error is None else "not valid: " + error.message[:200].replace("\\n", " "))
    """

  /// The validator's answers, `valid` or `not valid: …` for each document, which is one line; nil with a printed reason where it is not
  /// installed.
  package func answers(for documents: [[UInt8]]) throws -> [String]? {
    guard FileManager.default.isExecutableFile(atPath: Self.python),
      try run(["-c", "import jsonschema; jsonschema.Draft202012Validator"], input: []) != nil
    else {
      print("skipped: \(Self.python) with jsonschema (Debian: python3-jsonschema) is not installed")
      return nil
    }
    let input = documents.map { $0.last == UInt8(ascii: "\n") ? $0.dropLast() : $0[...] }
    let output = try run(
      ["-c", Self.script, path], input: Array(input.joined(separator: [UInt8(ascii: "\n")])))
    guard let output else { throw ValidatorFailure(schema: path) }
    return output.split(separator: "\n").map(String.init)
  }

  /// The validator ended with an error of its own: the schema is none.
  package struct ValidatorFailure: Error {
    /// The schema's path.
    package let schema: String
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
}

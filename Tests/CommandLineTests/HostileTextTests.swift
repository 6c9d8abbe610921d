import Foundation
import TestSupport
import Testing

/// Whatever strangers wrote, in whatever file or argument: nothing of it acts on a terminal or begins a line of a log, and no document holds it
/// as it is.
@Suite("Strangers' text on every way out")
struct HostileTextTests {
  /// What is wrong with what a command printed: a control or bidirectional character, or a line that a stranger begins.
  static func problem(in text: String) -> String? {
    if let scalar = text.unicodeScalars.first(where: { $0 != "\n" && acts($0) }) {
      return "U+\(String(scalar.value, radix: 16))"
    }
    // Some readers of logs skip blanks at the beginning of a line.
    let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
    return lines.contains { $0.hasPrefix("::stop-commands::") } ? "a line of a stranger" : nil
  }

  private static func acts(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xE0000..<0xE0080:
      true
    default: false
    }
  }

  @Test("the check of this suite finds what it looks for")
  func selfCheck() {
    for scalar in HostileText.text.unicodeScalars where Self.acts(scalar) && scalar != "\n" {
      #expect(Self.problem(in: "a\(scalar)") != nil)
    }
    #expect(Self.problem(in: "a\n::stop-commands::x") != nil)
    #expect(Self.problem(in: "a ::stop-commands::x\n") == nil)
  }

  @Test("no stream and no written file has a control or bidirectional character", arguments: HostileCase.all)
  func streams(hostile: HostileCase) throws {
    let folder = try Folder()
    try hostile.prepare(folder)
    let given = folder.contents(below: ".")
    for locale in ["C.UTF-8", "C"] {
      for command in hostile.commands { try check(command, in: folder, locale) }
    }
    try checkFiles(of: folder, beside: given)
    // The same with what is not UTF-8: a lone C1 control, an overlong form, half of a surrogate pair, half of U+202E.
    let damage: [UInt8] = [0x9B, 0xFF, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0xF4, 0x90, 0x80, 0x80, 0xE2, 0x80]
    for (name, bytes) in given where !name.hasSuffix("/") {
      let damaged = bytes.replacing(Array("owned".utf8), with: damage)
      if damaged != bytes { try folder.write(damaged, to: name) }
    }
    let damaged = folder.contents(below: ".")
    for command in hostile.commands { try check(command, in: folder, "C.UTF-8") }
    try checkFiles(of: folder, beside: damaged)
  }

  private func check(_ arguments: [String], in folder: Folder, _ locale: String) throws {
    let run = try Tool.run(arguments, in: folder, environment: ["LC_ALL": locale, "COLUMNS": "100"])
    var text = run.output + run.errors
    // Lines of CSV end with CR LF (RFC 4180).
    if arguments.contains("csv") { text = text.replacing("\r\n", with: "\n") }
    // Colours of our own, and nothing else.
    if arguments.contains("always") { text = text.replacing(/\u{1B}\[[0-9;]*m/, with: "") }
    let found = run.isText ? Self.problem(in: text) : "bytes that are not UTF-8"
    let command = arguments.map(HostileText.json)
    #expect(found == nil, "\(command): \(found ?? ""): \(HostileText.json("\(run)"))")
    #expect((0...5).contains(run.status ?? -1), "\(command): \(run.ending)")
  }

  /// What the commands wrote, other than what they were given. A tab and a line end of a stranger may be in a document's text.
  private func checkFiles(of folder: Folder, beside given: [String: [UInt8]]) throws {
    for (name, bytes) in folder.contents(below: ".") where given[name] != bytes {
      let text = String(validating: bytes, as: UTF8.self)
      let found = text?.replacing("\r\n", with: "\n").unicodeScalars.first {
        Self.acts($0) && $0 != "\n" && $0 != "\t"
      }
      #expect(
        text != nil && found == nil, "\(HostileText.json(name)): \(HostileText.json(text ?? "not UTF-8"))")
    }
  }

  @Test("every command is in the table, in each of its formats")
  func coverage() throws {
    let tried = Set(HostileCase.all.flatMap { $0.commands.map(Self.form) })
    let help = try Tool.run(["--experimental-dump-help"], in: Folder()).output
    let root = try JSONDecoder().decode(CommandHelp.self, from: Data(help.utf8)).command
    let forms = root.forms(below: "")
    #expect(forms.count > 30)
    #expect(Set(forms).subtracting(tried).sorted() == [])
  }

  /// `catalog list json`: the words of a command, and the format that it is asked for.
  private static func form(_ arguments: [String]) -> String {
    let words = arguments.prefix(["catalog", "reference"].contains(arguments[0]) ? 2 : 1)
    let place = arguments.firstIndex(of: "--format").map { $0 + 1 }
    let format = place.flatMap { arguments.indices.contains($0) ? arguments[$0] : nil } ?? "text"
    return (words + [format]).joined(separator: " ")
  }
}

/// What ArgumentParser tells of the commands that there are.
private struct CommandHelp: Decodable {
  let command: Command

  struct Command: Decodable {
    let commandName: String
    let subcommands: [Command]?
    let arguments: [Argument]?

    func forms(below path: String) -> [String] {
      guard subcommands?.isEmpty ?? true else {
        return subcommands?.filter { $0.commandName != "help" }.flatMap { child in
          child.forms(below: path + (path.isEmpty && commandName == "policyc" ? "" : "\(commandName) "))
        } ?? []
      }
      let formats = arguments?.first { $0.names?.contains { $0.name == "format" } ?? false }?.allValues
      return (formats ?? ["text"]).map { "\(path)\(commandName) \($0)" }
    }
  }

  struct Argument: Decodable {
    let names: [Name]?
    let allValues: [String]?
  }

  struct Name: Decodable { let name: String }
}

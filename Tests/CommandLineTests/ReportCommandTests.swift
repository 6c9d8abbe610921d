import Foundation
import TestSupport
import Testing

@Suite("policyc report")
struct ReportCommandTests {
  private static let source = Checkout.root.appendingPathComponent("Tests/Corpus/fleet/walk-through")

  /// A folder with the walk-through's devices and its compiled policy.
  private func folder() throws -> Folder {
    let folder = try Folder()
    for name in ["laptops.attpolicy", "devices.csv"] {
      try folder.write(Array(try Data(contentsOf: Self.source.appendingPathComponent(name))), to: name)
    }
    #expect(try Tool.run(["build", "laptops.attpolicy", "-o", "out"], in: folder).status == 0)
    return folder
  }

  private static func report(_ options: String...) -> [String] {
    ["report", "out/laptops.compiled.json", "--lang", "en"] + options
  }

  @Test("what docs/fleet.md shows is what is printed")
  func document() throws {
    let folder = try folder()
    let fences = try CodeFence.all(in: "docs/fleet.md", language: "console")
    #expect(fences.count == 2)
    for fence in fences {
      let commands = fence.text.split(separator: "\n").filter { $0.hasPrefix("$ ") }.map { $0.dropFirst(2) }
      let shown = fence.text.split(separator: "\n", omittingEmptySubsequences: false)
        .filter { !$0.hasPrefix("$ ") }.joined(separator: "\n")
      var printed = ""
      for command in commands {
        printed += try Tool.shell("{ \(command); } 2>&1", in: folder, environment: ["NO_COLOR": "1"]).output
      }
      #expect(printed.replacingOccurrences(of: "\r\n", with: "\n") == shown, "\(fence)\n\(printed)")
    }
  }

  @Test(
    "a file gets what standard output would, and is whole or not there",
    arguments: ["csv", "html", "ndjson", "json", "text"])
  func output(format: String) throws {
    let folder = try folder()
    let options = Self.report("--input", "devices.csv", "--format", format)
    let printed = try Tool.run(options, in: folder)
    #expect(printed.status == 1)
    let written = try Tool.run(options + ["-o", "report"], in: folder)
    #expect(written.status == 1 && written.output.isEmpty)
    #expect(folder.text("report") == printed.output)
    #expect(written.errors.contains("error: 1 of 10 rows could not be read\n  line 10: "))
    let nowhere = try Tool.run(options + ["-o", "none/report"], in: folder)
    #expect(nowhere.status == 4 && nowhere.output.isEmpty)
  }

  @Test("standard input, the file and every form of it say the same")
  func inputs() throws {
    let folder = try folder()
    let lines = folder.text("devices.csv").split(separator: "\n")
    let names = lines[0].split(separator: ",").map(String.init)
    let whole = lines.dropFirst().filter { $0.filter { $0 == "," }.count == names.count - 1 }
    let objects = whole.map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      return "{" + zip(names, fields).map { "\"\($0)\":\"\($1)\"" }.joined(separator: ",") + "}"
    }
    try folder.write(objects.joined(separator: "\n") + "\n", to: "devices.ndjson")
    try folder.write("[" + objects.joined(separator: ",\n") + "]", to: "devices.json")
    try folder.write(([lines[0]] + whole).joined(separator: "\n") + "\n", to: "whole.csv")
    func devices(_ run: Run) throws -> [NSDictionary] {
      #expect(run.status == 0, "\(run)")
      let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
      let rows = (object as? [String: Any])?["devices"] as? [[String: Any]] ?? []
      #expect(rows.count == whole.count)
      return rows.map { $0.filter { $0.key != "line" } as NSDictionary }
    }
    func run(_ input: String) throws -> Run {
      try Tool.run(Self.report("--input", input, "--format", "json"), in: folder)
    }
    let expected = try devices(run("whole.csv"))
    #expect(try devices(run("devices.ndjson")) == expected)
    #expect(try devices(run("devices.json")) == expected)
    for name in ["whole.csv", "devices.ndjson"] {
      let streamed = try Tool.run(
        Self.report("--input", "-", "--format", "json"), in: folder, input: folder.bytes(name) ?? [])
      #expect(try devices(streamed) == expected)
    }
  }

  @Test("the report's own table can be read again, whatever its language", arguments: ["en", "ja"])
  func again(language: String) throws {
    let folder = try folder()
    func report(_ input: String, _ output: String) throws -> String {
      let run = try Tool.shell(
        "policyc report out/laptops.compiled.json --input \(input) --lang \(language) --format csv --bom -o \(output)",
        in: folder)
      #expect(run.errors.contains(input == "devices.csv" ? "1 of 10 rows" : "does not know"), "\(run.errors)")
      return folder.text(output)
    }
    let told = { (text: String) in
      text.split(separator: "\r\n").dropFirst().map { line in
        let fields = line.split(separator: ",", omittingEmptySubsequences: false)
        return Array(fields[..<3] + fields[5..<13])
      }
    }
    let first = try told(report("devices.csv", "first.csv"))
    #expect(first.count == 9)
    #expect(try told(report("first.csv", "second.csv")) == first)
  }

  @Test("names that are none are refused with the nearest")
  func names() throws {
    let folder = try folder()
    for (options, message) in [
      (["--rule", "tpm_redy"], "the policy has no rule 'tpm_redy'; did you mean tpm_ready?"),
      (["--status", "tpm_not_redy"], "there is no status 'tpm_not_redy'; did you mean tpm_not_ready?"),
      (["--verdict", "failed"], "there is no verdict 'failed'"),
      (["--sort", "osversion"], "there is no column 'osversion'; did you mean os_version?"),
      (["--sort", "line:down"], "there is no direction 'down'"),
      (["--mapping", "intun"], "there is no mapping 'intun'; did you mean intune?"),
      (["--bom"], "--bom goes with --format csv"), (["--lang", "fr"], "--lang takes en or ja"),
      (["--input-format", "xml"], "csv"),
    ] {
      let run = try Tool.run(
        ["report", "out/laptops.compiled.json", "--input", "devices.csv"] + options, in: folder)
      #expect(run.status == 2 && run.output.isEmpty && run.errors.contains(message), "\(run)")
    }
  }

  @Test("what cannot be read ends with 4, and says which")
  func unreadable() throws {
    let folder = try folder()
    try folder.write("{}", to: "other.json")
    try folder.write("columns: 3\n", to: "mine.yaml")
    try folder.write("shoe,size\nred,42\n", to: "shoes.csv")
    try folder.write("Device name,OS version,JoinType\nA,10.0.22631.1,\n", to: "export.csv")
    for (command, message) in [
      ("report other.json --input devices.csv", "other.json"),
      ("report none.json --input devices.csv", "none.json"),
      ("report out/laptops.compiled.json --input none.csv", "none.csv"),
      ("report out/laptops.compiled.json --input .", "."),
      ("report out/laptops.compiled.json --input devices.csv --mapping none.yaml", "none.yaml"),
      ("report out/laptops.compiled.json --input devices.csv --mapping mine.yaml", "mine.yaml"),
      ("report out/laptops.compiled.json --input shoes.csv", "'shoe'"),
      ("report out/laptops.compiled.json --input export.csv --mapping osquery", "intune"),
    ] {
      let run = try Tool.shell("policyc \(command)", in: folder)
      #expect(run.status == 4 && run.output.isEmpty && run.errors.contains(message), "\(command) \(run)")
    }
  }

  @Test("a reader that has read enough is no error")
  func pipe() throws {
    let folder = try folder()
    let run = try Tool.shell(
      "{ head -1 devices.csv; for i in {1..20000}; do echo PC-$i,,,,,,,,,,,,,; done; } > many.csv; "
        + "policyc report out/laptops.compiled.json --input many.csv --format ndjson | head -1; exit ${PIPESTATUS[0]}",
      in: folder)
    #expect(run.status == 0 && run.output.split(separator: "\n").count == 1, "\(run.ending) \(run.errors)")
    #expect(!run.errors.contains("error"), "\(run.errors)")
  }

  @Test("hostile names reach neither the terminal nor a formula")
  func hostile() throws {
    let folder = try folder()
    let names = ["\u{1B}[2Jx", "a\nb", "\u{202E}fdp", "=1+1", "\"", String(repeating: "x", count: 900_000)]
    let lines = try names.map { name in
      String(decoding: try JSONEncoder().encode(["device_name": name]), as: UTF8.self)
    }
    try folder.write(lines.joined(separator: "\n"), to: "devices.ndjson")
    for format in ["text", "csv"] {
      let run = try Tool.run(Self.report("--input", "devices.ndjson", "--format", format), in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let scalars = (run.output + run.errors).unicodeScalars
      #expect(
        !scalars.contains { $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\r" })
      #expect(!scalars.contains("\u{202E}"))
      #expect(run.output.utf8.count < 100_000)
      #expect(!run.output.contains("\n=1+1"))
    }
  }
}

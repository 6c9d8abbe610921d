import CSPCatalog
import Diagnostics
import PolicyCompiler
import PolicyModel
import Testing

@Suite("A workspace")
struct WorkspaceTests {
  private static func workspace(_ files: [String: String], settings: [ParameterSetting] = [])
    -> Workspace
  {
    var workspace = Workspace(
      CompilerOptions(catalog: .embedded, facts: .embedded, settings: settings))
    for path in files.keys.sorted() where !path.hasPrefix("shared") {
      workspace.compile(path, root: "") { files[$0].map { .bytes(Array($0.utf8)) } ?? .missing }
    }
    return workspace
  }

  private static func policy(_ name: String, _ body: String = "") -> String {
    "import \"shared.attpolicy\"\npolicy \(name) version 1 { include base \(body) }\n"
  }

  private static let shared = """
    param least: int = 1
    rules base { require fresh { that os.revision >= least } }
    builds none { windows 11 23H2 10.0.19045.1 }

    """

  private static func codes(_ workspace: Workspace) -> [DiagnosticCode] {
    workspace.report { ["\($0.compiled.name).xml"] }.diagnostics.map(\.code)
  }

  @Test("a file that two policies import, and what is wrong with it, appear once")
  func sharedFile() {
    let workspace = Self.workspace([
      "a.attpolicy": Self.policy("a"), "b.attpolicy": Self.policy("b"),
      "shared.attpolicy": Self.shared,
    ])
    let report = workspace.report { [$0.compiled.name] }
    #expect(report.sources.files.map(\.name) == ["a.attpolicy", "shared.attpolicy", "b.attpolicy"])
    #expect(report.diagnostics.count { $0.code == "AP2102" } == 1)
  }

  @Test("two policies whose outputs Windows takes for the same file are an error")
  func collision() {
    let shared = Self.shared.replacing("10.0.19045.1", with: "10.0.22631.1")
    let workspace = Self.workspace([
      "a.attpolicy": Self.policy("One"), "b.attpolicy": Self.policy("one"),
      "shared.attpolicy": shared,
    ])
    #expect(Self.codes(workspace) == ["AP2027"])
  }

  @Test("a setting is unknown only where no policy of all files has the param")
  func settings() {
    let files = [
      "a.attpolicy": Self.policy("a"),
      "b.attpolicy": "policy b version 1 { require x { that tpm.present } }",
      "shared.attpolicy": Self.shared.replacing("10.0.19045.1", with: "10.0.22631.1"),
    ]
    let known = Self.workspace(files, settings: [ParameterSetting(name: "least", text: "2")])
    #expect(Self.codes(known) == [])
    let unknown = Self.workspace(files, settings: [ParameterSetting(name: "last", text: "2")])
    #expect(Self.codes(unknown) == ["AP2011"])
  }

  @Test("a policy is compiled again with other params from what was read before")
  func again() throws {
    let workspace = Self.workspace([
      "a.attpolicy": Self.policy("a"),
      "shared.attpolicy": Self.shared.replacing("10.0.19045.1", with: "10.0.22631.1"),
    ])
    let unit = try #require(workspace.units.first)
    let again = try #require(
      workspace.recompile(unit, policy: "a", settings: [ParameterSetting(name: "least", text: "7")])
    )
    #expect(again.diagnostics.map(\.message) == [])
    #expect(again.policies.first?.compiled.parameters.map(\.value) == [.int(7)])
  }
}

import Foundation
import Testing

@Suite struct ValidateOptionsTests {
  private static let payload = """
    <Replace><Item><Target><LocURI>./Vendor/Contoso/Agent/Level</LocURI></Target>
    <Meta><Format xmlns="syncml:metinf">int</Format></Meta><Data>3</Data></Item></Replace>

    """
  /// A CSP of another maker.
  private static let ddf = """
    <MgmtTree><Node><NodeName>Agent</NodeName><Path>./Vendor/Contoso</Path><DFProperties>
    <AccessType><Get/></AccessType><DFFormat><node/></DFFormat></DFProperties>
    <Node><NodeName>Level</NodeName><DFProperties><AccessType><Get/><Replace/></AccessType>
    <DFFormat><int/></DFFormat>
    <MSFT:AllowedValues xmlns:MSFT="http://schemas.microsoft.com/MobileDevice/DM" ValueType="Range"><MSFT:Value>[0-2]</MSFT:Value>
    </MSFT:AllowedValues></DFProperties></Node></Node></MgmtTree>
    """

  private func folder(_ files: [String: String] = [:]) throws -> Folder {
    let folder = try Folder()
    try folder.write(Self.payload, to: "a.xml")
    try folder.write(Self.ddf, to: "own/Agent.xml")
    for (name, text) in files { try folder.write(text, to: name) }
    return folder
  }

  private func validate(_ options: String, in folder: Folder) throws -> Run {
    try Tool.shell("policyc validate \(options) a.xml", in: folder)
  }

  @Test("nodes of a catalogue that is added are judged")
  func catalog() throws {
    let folder = try folder()
    let without = try validate("", in: folder)
    #expect(without.status == 0 && !without.errors.contains("SM1703"))
    let imported = try Tool.shell(
      "policyc catalog import own -o own.txt --source contoso-1 --date 2026-01-01", in: folder)
    #expect(imported.status == 0)
    for file in ["own.txt", "own/Agent.xml"] {
      let run = try validate("--catalog \(file)", in: folder)
      #expect(run.status == 1 && run.errors.contains("error[SM1703]"), "\(run)")
    }
  }

  @Test("a misspelt node of a maker whose CSP was added is unknown")
  func misspelt() throws {
    let folder = try folder(["a.xml": Self.payload.replacing("Level", with: "Levle")])
    let run = try validate("--catalog own/Agent.xml", in: folder)
    #expect(run.status == 1 && run.errors.contains("did you mean ./Device/Vendor/Contoso/Agent/Level?"))
  }

  @Test("policyc.yaml names catalogues beside itself, and --config another file")
  func config() throws {
    let folder = try folder([
      "policyc.yaml": "catalog: [own/Agent.xml]\n", "own/other.yaml": "# none\ncatalog: Agent.xml\n",
      "empty.yaml": "# nothing\n",
    ])
    #expect(try validate("", in: folder).errors.contains("SM1703"))
    #expect(try validate("--config own/other.yaml", in: folder).errors.contains("SM1703"))
    #expect(try validate("--config empty.yaml", in: folder).status == 0)
    #expect(try validate("--config none.yaml", in: folder).status == 4)
    let shown = try Tool.shell("policyc catalog show ./Vendor/Contoso/Agent/Level", in: folder)
    #expect(shown.output.contains("values    0 to 2\n"))
  }

  @Test("build checks policies against the catalogue that is added")
  func build() throws {
    let policy = """
      policy p version 1.0.0 {
        require a { that tpm.present }
        set ./Device/Vendor/Contoso/Agent/Level = 3
      }

      """
    let folder = try folder(["p.attpolicy": policy])
    let without = try Tool.shell("policyc build p.attpolicy -o out", in: folder)
    #expect(without.status == 1 && without.errors.contains("AP3001"))
    let with = try Tool.shell("policyc build p.attpolicy -o out --catalog own/Agent.xml", in: folder)
    #expect(with.status == 1 && with.errors.contains("AP3007"))
    try folder.write(policy.replacing("= 3", with: "= 2"), to: "p.attpolicy")
    let built = try Tool.shell("policyc build p.attpolicy -o out --catalog own/Agent.xml", in: folder)
    #expect(built.status == 0)
    #expect(folder.text("out/p.compiled.json").contains(#""csp":"2025-02 + Agent.xml""#))
  }

  @Test(
    "a mistake in policyc.yaml is said with its place",
    arguments: [
      (
        "catalogs: []\n", "policyc.yaml:1:1: the configuration has no key 'catalogs'; did you mean 'catalog'?"
      ),
      ("catalog: {a: b}\n", "policyc.yaml:1:10: catalog is a mapping; it is a list"),
      (
        "validate:\n  strict: maybe\n",
        "policyc.yaml:2:11: strict of validate is 'maybe'; it is true or false"
      ),
      ("validate:\n  as-of: soon\n", "policyc.yaml: as-of: 'soon' is no day"),
      (
        "validate:\n  edition: prp\n", "policyc.yaml: edition: there is no edition 'prp'\n  did you mean pro?"
      ),
      ("validate:\n  targets: [windows 12]\n", "policyc.yaml: targets: 'windows 12' is no target"),
      ("evidence: [sha256]\n", "policyc.yaml:1:11: evidence is a list; it is a mapping"),
      (
        "evidence:\n  banks: [sha256, md5]\n",
        "policyc.yaml:2:19: there is no PCR bank 'md5'; it is one of sha1, sha256, sha384, sha512, sm3_256"
      ),
      ("a: [\n", "policyc.yaml:"),
    ])
  func mistakes(text: String, message: String) throws {
    let run = try validate("", in: folder(["policyc.yaml": text]))
    #expect(run.status == 2 && run.output == "")
    #expect(run.errors.hasPrefix("error: \(message)"), "\(run.errors)")
  }

  @Test(
    "a mistake in an option ends with 2 and says what may be meant",
    arguments: [
      (
        "--targets 'windows 10 23H2'",
        "--targets: there is no Windows 10 23H2\n  did you mean windows 11 23H2?"
      ),
      ("--edition proo", "--edition: there is no edition 'proo'\n  did you mean pro?"),
      ("--edition pro,hom", "--edition: there is no edition 'hom'\n  did you mean home?"),
      ("--build 10.0.22622", "--build: no Windows shipped with build 22622"),
      ("--build 'windows 11'", "--build: 'windows 11' is no build"),
      ("--as-of 2025-02-30", "--as-of: '2025-02-30' is no day: expected one such as 2025-06-01"),
    ])
  func wrongOptions(options: String, message: String) throws {
    let run = try validate(options, in: folder())
    #expect(run.status == 2 && run.output == "")
    #expect(run.errors.hasPrefix("error: \(message)"), "\(run.errors)")
  }

  @Test("a damaged catalogue ends with 4, so that 1 always means an error in a payload")
  func damaged() throws {
    let folder = try folder(["own.txt": "nothing", "cut.xml": String(Self.ddf.prefix(100))])
    let text = try validate("--catalog own.txt", in: folder)
    #expect(text.status == 4 && text.errors.hasPrefix("error: own.txt:1: not a CSP catalogue"))
    let cut = try validate("--catalog cut.xml", in: folder)
    #expect(cut.status == 4 && cut.errors.hasPrefix("error: cut.xml:"))
    #expect(try validate("--catalog none.txt", in: folder).status == 4)
  }

  @Test("the devices that are named decide whether they have a node")
  func devices() throws {
    let payload = Self.payload
      .replacing(
        "Contoso/Agent/Level", with: "MSFT/Policy/Config/LocalSecurityAuthority/ConfigureLsaProtectedProcess"
      )
      .replacing(">3<", with: ">1<")
    let folder = try folder(["a.xml": payload])
    let new = try validate("--build 10.0.22621.3000", in: folder)
    #expect(new.status == 0 && !new.errors.contains("SM19"), "\(new)")
    let old = try validate("--targets 'windows 10 22H2, windows 11 22H2'", in: folder)
    #expect(old.errors.contains("SM19"), "\(old)")
  }

  @Test("--as-message leaves nothing for a server to add, and --no-as-message undoes the project's")
  func asMessage() throws {
    let folder = try folder([
      "new.yaml": "validate: {as-message: true}\n", "old.yaml": "validate: {strict: true}\n",
    ])
    #expect(try validate("", in: folder).status == 0)
    let whole = try validate("--as-message", in: folder)
    #expect(whole.status == 1 && whole.errors.contains("error["), "\(whole)")
    for name in ["new", "old"] {
      #expect(try validate("--config \(name).yaml", in: folder).errors == whole.errors)
      #expect(try validate("--config \(name).yaml --no-as-message", in: folder).status == 0)
    }
  }

  @Test("the old spelling --strict does what it did, and says what it is called now")
  func strict() throws {
    let folder = try folder(["new.yaml": "validate: {as-message: true}\n"])
    let whole = try validate("--as-message", in: folder)
    let old = try validate("--strict", in: folder)
    let note =
      "note: validate --strict is --as-message now; in a later version --strict makes warnings errors\n"
    #expect(old.status == whole.status && old.errors == note + whole.errors)
    #expect(try validate("--config new.yaml --no-strict", in: folder).status == 0)
  }
}

import PolicyModel

/// One source of facts about a Windows: a program that prints them, a file that a technician saves, or both.
struct WindowsSource: Sendable {
  /// The file in a recording, without its suffix; also what a live observation names.
  let name: String
  /// Other names that the file is known by.
  let aliases: [String]
  /// The facts that it tells.
  let facts: [String]
  /// How a live probe gets it.
  let live: Live
  /// Whether an output has signs of a virtual machine.
  private(set) var tellsSigns = false
  private let read: @Sendable (ToolText) -> [WindowsReading]

  /// How a live probe gets what a source says.
  enum Live: Hashable, Sendable {
    /// A program below `System32` and its arguments.
    case program(String, [String])
    /// PowerShell, with those rows of the script whose facts are wanted.
    case script
    /// Not by itself: the script asks it along with the rest, or it is no tool of Windows.
    case notByItself
    /// Not at all; the text says why.
    case never(String)
  }

  init(
    _ name: String, aliases: [String] = [], facts: [String], live: Live,
    read: @escaping @Sendable (ToolText) -> [WindowsReading]
  ) {
    self.name = name
    self.aliases = aliases
    self.facts = facts
    self.live = live
    self.read = read
  }

  init(_ name: String, aliases: [String] = [], live: Live, parser: any ToolParser.Type) {
    self.init(name, aliases: aliases, facts: parser.names, live: live) { text in
      [WindowsReading(findings: parser.findings(in: text))]
    }
  }

  /// The name of its file in a recording.
  var fileName: String { live == .script ? "\(name).json" : "\(name).txt" }

  /// What an output says, a reading for each thing that it answers. Of one that is longer than is read nothing counts, since its end could say something else.
  func readings(of output: [UInt8]) -> [WindowsReading] {
    let text = ToolText(output)
    return text.isCut ? [.nothing(of: facts, "the output has more lines or bytes than are read")] : read(text)
  }

  /// The facts that follow from the signs of all sources together.
  static let signFacts: Set<String> = ["device.platform"]

  private static var script: WindowsSource {
    var source = WindowsSource(
      "windows", facts: WindowsScript.facts, live: .script, read: WindowsScript.readings)
    source.tellsSigns = true
    return source
  }

  /// Every source, the ones with the first word first: what runs before what is configured, JSON before text.
  static let all: [WindowsSource] =
    [script] + tools
    + [
      WindowsSource(
        "bcdedit", aliases: ["bcdedit-enum-all", "bcdedit-enum"],
        live: .program("bcdedit.exe", ["/enum", "all"]), parser: BootConfiguration.self),
      WindowsSource(
        "msinfo32", aliases: ["systeminformation"],
        live: .never(
          "msinfo32 takes a minute and writes to a file; save its report as msinfo32.txt and use recording:DIR"
        ),
        parser: SystemInformationReport.self),
      WindowsSource(
        "dxdiag",
        live: .never(
          "dxdiag takes a minute and writes to a file; save its report as dxdiag.txt and use recording:DIR"),
        parser: DirectXReport.self),
      WindowsSource(
        "certreq-enrollaik", aliases: ["certreq-enrollaik-output"],
        live: .never(
          "certreq -enrollaik makes a key and asks a server for its certificate; save its output as certreq-enrollaik.txt and use recording:DIR"
        ),
        parser: AttestationKeyEnrollment.self),
    ] + WindowsScript.questions.map(single)

  private static let tools: [WindowsSource] = [
    WindowsSource(
      "dsregcmd", aliases: ["dsregcmd-status"], live: .program("dsregcmd.exe", ["/status"]),
      parser: DsregcmdStatus.self),
    WindowsSource(
      "tpmtool", aliases: ["tpmtool-getdeviceinformation"],
      live: .program("tpmtool.exe", ["getdeviceinformation"]),
      parser: TpmtoolInformation.self),
    WindowsSource(
      "manage-bde", aliases: ["manage-bde-status"], live: .program("manage-bde.exe", ["-status"]),
      parser: ManageBdeStatus.self),
    WindowsSource(
      "tpm2_getcap", aliases: ["tpm2-getcap-properties-fixed"], live: .notByItself,
      parser: TPM2Capabilities.self),
  ]

  /// A question whose answer a technician saved in a file of its own.
  private static func single(_ question: WindowsQuestion) -> WindowsSource {
    var source = WindowsSource(question.name, facts: question.facts, live: .notByItself) { text in
      [question.reading(of: text)]
    }
    source.tellsSigns = question.recognize != nil
    return source
  }

  /// Every fact that some source tells, with those that follow from the signs.
  static let facts = signFacts.union(all.flatMap(\.facts))
}

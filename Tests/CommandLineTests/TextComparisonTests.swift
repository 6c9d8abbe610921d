import Testing

/// What the command line makes of texts that look the same and have other code points.
@Suite("Texts that look the same")
struct TextComparisonTests {
  private static let composed = "caf\u{E9}"
  private static let decomposed = "cafe\u{301}"

  private func folder() throws -> Folder {
    let folder = try Folder()
    try folder.write(
      """
      policy texts version 1.0.0 {
        applies to windows 11
        require same { that device.model == "\(Self.composed)" }
        require listed { that device.model in ["x", "\(Self.composed)"] }
      }

      """, to: "p.attpolicy")
    let run = try Tool.run(["build", "p.attpolicy", "-o", "out"], in: folder)
    try #require(run.status == 0, "\(run)")
    return folder
  }

  @Test("check tells them apart in a comparison and in a list")
  func check() throws {
    let folder = try folder()
    for (model, status) in [(Self.composed, 0), (Self.decomposed, 1)] as [(String, Int32)] {
      try folder.write("os.build: 10.0.22631.1\ndevice.model: \"\(model)\"\n", to: "s.yaml")
      let run = try Tool.run(["check", "out/texts.compiled.json", "--probe", "file:s.yaml"], in: folder)
      #expect(run.status == status, "\(run)")
    }
  }

  @Test("report tells models and devices apart, and finds what a mapping says of one")
  func report() throws {
    let folder = try folder()
    try folder.write(
      """
      version: 1
      columns:
        - column: id
          shows: device_id
        - column: model
          gives: device.model
          values:
            "\(Self.decomposed)": {device.model: mapped}
        - column: build
          gives: os.build

      """, to: "m.yaml")
    let rows = [Self.composed, Self.decomposed].map { "\($0),\($0),10.0.22631.1\n" }.joined()
    for (mapping, heading) in [
      ("./m.yaml", "id,model,build"), ("policyc", "device_id,device.model,os.build"),
    ] {
      try folder.write("\(heading)\n\(rows)", to: "d.csv")
      let run = try Tool.run(
        [
          "report", "out/texts.compiled.json", "--input", "d.csv", "--mapping", mapping, "--format", "ndjson",
        ], in: folder)
      let devices = run.output.split(separator: "\n").filter { $0.contains("\"type\":\"device\"") }
      #expect(devices.count == 2 && devices[0].contains("\"verdict\":\"pass\""), "\(run)")
      #expect(devices.last?.contains("\"verdict\":\"fail\"") == true, "\(run)")
      #expect(run.output.contains("\"repeated\":{\"count\":0"), "\(run)")
    }
  }
}

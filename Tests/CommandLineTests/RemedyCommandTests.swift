import TestSupport
import Testing

@Suite("policyc remedy")
struct RemedyCommandTests {
  @Test(
    "a runbook is printed in every format and both languages",
    arguments: ["text", "markdown", "html", "json"])
  func formats(format: String) throws {
    for (language, word) in [("en", "recovery key"), ("ja", "回復キー")] {
      let run = try policyc(
        "remedy", "clear_tpm", "--format", format, "--lang", language, environment: ["LC_ALL": "C.UTF-8"])
      #expect(run.status == 0 && run.errors.isEmpty && run.output.contains(word), "\(run)")
    }
  }

  @Test("facts of a device decide what is shown")
  func facts() throws {
    let folder = try Folder()
    try folder.write("bitlocker.os_volume: on\nbitlocker.recovery_key_escrowed: false\n", to: "s.yaml")
    let run = try Tool.run(["remedy", "clear_tpm", "--probe", "file:s.yaml", "--lang", "en"], in: folder)
    #expect(run.status == 0 && run.output.contains("!!  Stop here"), "\(run)")
    let update = try Tool.run(["remedy", "update_windows", "--probe", "file:b.yaml"], in: folder)
    #expect(update.status == 4 && update.output.isEmpty)
    try folder.write("os.build: 10.0.22631.2000\n", to: "b.yaml")
    let branch = try Tool.run(
      ["remedy", "update_windows", "--probe", "file:b.yaml", "--lang", "en"], in: folder)
    #expect(branch.output.contains("22631.2792") && !branch.output.contains("19045.3996"))
  }

  @Test("remedies are listed, and a name that is none is refused with the nearest")
  func list() throws {
    #expect(try policyc("remedy", "--list").output.contains("clear_tpm                Clear the TPM\n"))
    let wrong = try policyc("remedy", "clear-tpm")
    #expect(wrong.status == 2 && wrong.errors.contains("did you mean clear_tpm?"))
    #expect(try policyc("remedy").status == 2)
    #expect(try policyc("remedy", "clear_tpm", "--list").status == 2)
  }
}

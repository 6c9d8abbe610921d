import DeviceProbes
import Testing

@Suite("ProbeSpec")
struct ProbeSpecTests {
  private func reading(_ text: String) -> String {
    do throws(ProbeSpecError) {
      let spec = try ProbeSpec(text)
      return "\(spec.kind.rawValue) \(spec.kind == .exec ? "\(spec.words)" : spec.words.joined())"
    } catch {
      return error.description
    }
  }

  @Test(
    "a probe is named by its kind and what it reads",
    arguments: [
      ("file:laptop.yaml", "file laptop.yaml"),
      ("file:a:b.yaml", "file a:b.yaml"),
      ("file:-", "file -"),
      ("exec:./probe.sh", #"exec ["./probe.sh"]"#),
      ("exec:my probe", #"exec ["my probe"]"#),
      (#"exec:["probe", "--fast", ""]"#, #"exec ["probe", "--fast", ""]"#),
      ("tpm", "tpm device:/dev/tpmrm0"),
      ("tpm:swtpm:host=127.0.0.1,port=2321", "tpm swtpm:host=127.0.0.1,port=2321"),
      ("eventlog:boot.log", "eventlog boot.log"),
      ("windows", "windows "),
      ("recording:laptop", "recording laptop"),
      ("syncml:answer.xml", "syncml answer.xml"),
      ("dha:report.xml", "dha report.xml"),
      ("maa:token.jwt", "maa token.jwt"),
      ("evidence:e.json", "evidence e.json"),
    ])
  func reads(text: String, expected: String) {
    #expect(reading(text) == expected)
  }

  @Test(
    "a text that names no probe is refused with what to write",
    arguments: [
      ("flie:x.yaml", "there is no probe 'flie' (in 'flie:x.yaml'); did you mean 'file:x.yaml'?"),
      ("TPM", "there is no probe 'TPM' (in 'TPM'); did you mean 'tpm'?"),
      ("laptop.yaml", "there is no probe 'laptop.yaml' (in 'laptop.yaml'); did you mean 'file:laptop.yaml'?"),
      ("swtpm:port=1", "there is no probe 'swtpm' (in 'swtpm:port=1'); did you mean 'tpm:swtpm:port=1'?"),
      (
        "satellite",
        "there is no probe 'satellite' (in 'satellite'); the probes are file:PATH, exec:PATH, tpm[:TCTI], eventlog:FILE, windows, recording:DIR, linux, osquery:FILE, syncml:FILE, dha:FILE, maa:FILE, evidence:FILE"
      ),
      ("", "there is no probe '' (in ''); the probes are"),
      ("file", "the probe 'file' needs a path; write --probe file:snapshot.yaml"),
      ("file:", "the probe 'file' needs a path"),
      ("exec:", "the probe 'exec' needs a program"),
      ("tpm:", "the probe 'tpm:' has no TCTI behind its colon"),
      ("eventlog:", "the probe 'eventlog' needs a path; write --probe eventlog:boot.log"),
      (
        "windows:C",
        "the probe 'windows' reads this machine and takes no name behind a colon; write --probe windows"
      ),
      ("recording", "the probe 'recording' needs a path; write --probe recording:laptop"),
      ("0001-1.log", "there is no probe '0001-1.log' (in '0001-1.log'); did you mean 'eventlog:0001-1.log'?"),
      ("exec:[\"a\"", "the probe 'exec' has arguments that are not JSON: 1:5: expected"),
      ("exec:[]", "the probe 'exec' needs a program in its list of arguments"),
      ("exec:[\"a\", 1]", "the probe 'exec' has an integer among its arguments; all are strings"),
      ("exec:[\"\"]", "the probe 'exec' has an empty program name"),
      ("exec:a\u{0}b", "a probe's name holds the character NUL"),
    ])
  func refuses(text: String, expected: String) {
    #expect(reading(text).hasPrefix(expected), "\(reading(text))")
  }
}

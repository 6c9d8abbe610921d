import DeviceProbes
import TPMEvidence
import TestSupport
import Testing

private let keyName = [0, 0x0B] + [UInt8](repeating: 7, count: 32)

@Suite("Challenge files")
struct ChallengeFileTests {
  private let challenge = Challenge(
    attestationKeyName: keyName, endorsementKeyName: keyName,
    credential: [UInt8](repeating: 1, count: 60), encryptedSecret: [UInt8](repeating: 2, count: 256))
  private let secret = ChallengeSecret(
    secret: [UInt8](0..<32), attestationKeyName: keyName, endorsementKeyName: keyName)

  @Test("what is written is read again")
  func roundTrip() throws {
    #expect(try Challenge.decode(challenge.encode()) == challenge)
    #expect(try ChallengeSecret.decode(secret.encode()) == secret)
  }

  @Test(
    "a file that is not as it should be is refused with the place",
    arguments: [
      (#""version":1"#, #""version":2"#, "is of version 2 of its format; this policyc reads version 1"),
      (#""version":1"#, #""version":"1""#, "$.version: expected the integer 1"),
      ("policyc-challenge", "policyc-evidence", #"expected an object with "format": "policyc-challenge""#),
      (#""credential""#, #""kredential""#, #"found "kredential""#),
      (#""credential":"AQ"#, #""credential":"A Q"#, "$.credential: expected Base64, found other text"),
      (#""encrypted_secret":""#, #""encrypted_secret":1,"x":""#, "expected only the members"),
      (#""attestation_key_name":"AAs"#, #""attestation_key_name":"AAw"#, "expected the name of a key"),
    ])
  func refusals(old: String, new: String, problem: String) throws {
    let text = String(decoding: challenge.encode(), as: UTF8.self)
    let changed = text.replacing(old, with: new, maxReplacements: 1)
    #expect(changed != text)
    let error = #expect(throws: EvidenceFormatError.self) { try Challenge.decode(Array(changed.utf8)) }
    #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
  }

  @Test("a secret that could be guessed is refused")
  func shortSecret() throws {
    var short = secret
    short.secret = [1, 2, 3]
    #expect(
      throws: EvidenceFormatError.content(path: "$.secret", problem: "expected 16 to 64 bytes, found 3")
    ) { try ChallengeSecret.decode(short.encode()) }
  }

  @Test("only the secret itself answers a challenge")
  func answers() {
    #expect(secret.isAnswered(by: [UInt8](0..<32)))
    #expect(!secret.isAnswered(by: [UInt8](0..<31)))
    #expect(!secret.isAnswered(by: [UInt8](0..<31) + [0]))
    #expect(!secret.isAnswered(by: []))
  }

  @Test("no file of a secret or a challenge is cut off anywhere and still read")
  func truncation() {
    let bytes = challenge.encode()
    for count in 0..<bytes.count - 1 {
      #expect(throws: EvidenceFormatError.self) { try Challenge.decode(Array(bytes.prefix(count))) }
    }
  }

  @Test("the schemas accept what is written, and refuse it with a member of another name")
  func schemas() throws {
    for (name, bytes) in [("challenge", challenge.encode()), ("challenge-secret", secret.encode())] {
      let text = String(decoding: bytes, as: UTF8.self)
      let other = text.replacing(#""version""#, with: #""edition""#)
      let short = text.replacing(#""attestation_key_name":"AAs"#, with: #""attestation_key_name":"A?"#)
      guard let answers = try JSONSchema(name).answers(for: [bytes, Array(other.utf8), Array(short.utf8)])
      else { return }
      #expect(answers.map { $0.hasPrefix("valid") } == [true, false, false], "\(answers)")
    }
  }
}

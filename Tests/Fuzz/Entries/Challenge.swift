import DeviceProbes
import TPMEvidence

/// Files of challenges that were read are written and read again; and a public area that was read takes a challenge or says why not.
func fuzzChallenge(_ bytes: [UInt8]) {
  do throws(EvidenceFormatError) {
    let challenge = try Challenge.decode(bytes)
    let again = try Challenge.decode(challenge.encode())
    require(again == challenge, "a challenge changes when it is written")
  } catch { require(!error.description.isEmpty, "the error says nothing") }
  do throws(EvidenceFormatError) {
    let secret = try ChallengeSecret.decode(bytes)
    let again = try ChallengeSecret.decode(secret.encode())
    require(again == secret, "a secret changes when it is written")
  } catch { require(!error.description.isEmpty, "the error says nothing") }

  guard let key = try? TPMPublic(bytes) else { return }
  var random = CountingGenerator()
  do throws(Credential.Defect) {
    let challenge = try Credential.make(
      secret: [UInt8](1...16), for: key.name, to: key, random: &random)
    let again = try? Challenge.decode(challenge.encode())
    require(again == challenge, "a challenge that was made cannot be read")
  } catch { require(!error.description.isEmpty, "the defect says nothing") }
}

/// A generator whose numbers only count up, so that the same input does the same.
private struct CountingGenerator: RandomNumberGenerator {
  private var number: UInt64 = 1

  mutating func next() -> UInt64 {
    number &+= 0x0123_4567_89AB_CDEF
    return number
  }
}

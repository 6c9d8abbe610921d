import Foundation
import TPMEvidence
import TestSupport
import Testing

/// Holds the verification of quotes against tpm2_checkquote, and against openssl for RSAPSS, which the former does not know.
@Suite("Quotes of a simulator")
struct QuoteDifferentialTests {
  private static let isPossible =
    Simulator.isInstalled
    && ["tpm2_createek", "tpm2_createak", "tpm2_quote", "tpm2_checkquote", "openssl"].allSatisfy { program in
      let isThere = findProgram(program) != nil
      if !isThere { print("skipped: \(program) is not installed") }
      return isThere
    }

  private static let nonce: [UInt8] = Array(0x10..<0x20)
  private static let selection: [(bank: HashAlgorithm, registers: [Int])] = [
    (.sha1, [0, 1, 2, 3]), (.sha256, [0, 7, 12]),
  ]

  private static let script = """
    set -e
    tpm2_createek -c ek.ctx -G rsa
    tpm2_flushcontext -t
    tpm2_pcrextend 7:sha256=$(printf '%064d' 7) 2:sha1=$(printf '%040d' 2)
    for case in rsa:rsassa:sha256 rsa:rsassa:sha1 rsa:rsassa:sha384 rsa:rsapss:sha256 rsa:rsapss:sha384 ecc:ecdsa:sha256 ecc384:ecdsa:sha384; do
      IFS=: read -r kind scheme hash <<<"$case"
      mkdir $case
      tpm2_createak -C ek.ctx -c ak.ctx -G $kind -g $hash -s $scheme -u $case/key.pem -f pem -n $case/name
      tpm2_flushcontext -t
      tpm2_readpublic -c ak.ctx -f tss -o $case/key
      tpm2_flushcontext -t
      tpm2_quote -c ak.ctx -l sha1:0,1,2,3+sha256:0,7,12 -g $hash --scheme=$scheme -q $NONCE \
        -m $case/quote -s $case/signature -o $case/pcrs
      tpm2_flushcontext -t
    done
    """

  /// One attestation key's quote, in a folder of its own.
  private struct Case {
    let folder: URL
    let scheme: String
    let hash: String
    let tcti: String
    var evidence: Evidence

    /// Whether the reference tools accept the evidence with a nonce.
    func isAccepted(_ evidence: Evidence, nonce: [UInt8]) throws -> Bool {
      let (quote, signature) = (folder.appending(path: "q").path, folder.appending(path: "s").path)
      try Data(evidence.quote).write(to: URL(filePath: quote))
      let key = folder.appending(path: "key.pem").path
      if scheme == "rsapss" {
        try Data(evidence.signature.dropFirst(6)).write(to: URL(filePath: signature))
        let arguments = [
          "dgst", "-\(hash)", "-verify", key, "-sigopt", "rsa_padding_mode:pss", "-sigopt",
          "rsa_pss_saltlen:auto",
          "-signature", signature, quote,
        ]
        return try output(of: "openssl", arguments, tcti: tcti) != nil
      }
      try Data(evidence.signature).write(to: URL(filePath: signature))
      let arguments = [
        "-u", key, "-m", quote, "-s", signature, "-f", folder.appending(path: "pcrs").path, "-g", hash, "-q",
        hexadecimal(nonce),
      ]
      return try output(of: "tpm2_checkquote", arguments, tcti: tcti) != nil
    }
  }

  private func verify(_ evidence: Evidence, nonce: [UInt8] = nonce) -> EvidenceVerification {
    EvidenceVerification(evidence, nonce: nonce, trust: EvidenceTrust())
  }

  private func cases(_ simulator: Simulator, in root: URL) throws -> [Case] {
    let script = root.appending(path: "script")
    try Self.script.write(to: script, atomically: true, encoding: .utf8)
    let command = "cd '\(root.path)' && NONCE=\(hexadecimal(Self.nonce)) bash script"
    try #require(try output(of: "bash", ["-c", command], tcti: simulator.tcti) != nil)
    var values = PCRValues()
    let zeros = [
      HashAlgorithm.sha1: [UInt8](repeating: 0, count: 20), .sha256: [UInt8](repeating: 0, count: 32),
    ]
    for (bank, registers) in Self.selection {
      for register in registers { values.banks[bank, default: [:]][register] = zeros[bank] }
    }
    for (bank, register) in [(HashAlgorithm.sha256, 7), (.sha1, 2)] {
      let digest = Array("\(register)".utf8).map { $0 - 0x30 }
      let zero = try #require(zeros[bank])
      values.banks[bank]?[register] = bank.digest(of: zero + zero.dropLast() + digest)
    }
    let folders = try FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)
      .filter { $0.lastPathComponent.contains(":") }
    return try folders.map { folder in
      func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: name)))
      }
      let parts = folder.lastPathComponent.split(separator: ":").map(String.init)
      let evidence = Evidence(
        nonce: Self.nonce, attestationKey: try bytes("key"), quote: try bytes("quote"),
        signature: try bytes("signature"), pcrs: values)
      #expect(try TPMPublic(evidence.attestationKey).name == (try bytes("name")))
      return Case(
        folder: folder, scheme: parts[1], hash: parts[2], tcti: simulator.tcti, evidence: evidence)
    }
  }

  @Test(
    "what the reference tools accept is accepted, and what they refuse is refused", .enabled(if: isPossible))
  func differential() throws {
    let simulator = try Simulator()
    let root = FileManager.default.temporaryDirectory.appending(path: "quotes-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: root) }
    let cases = try cases(simulator, in: root)
    #expect(cases.count == 7)
    for quoted in cases {
      let name = Comment(rawValue: quoted.folder.lastPathComponent)
      let verification = verify(quoted.evidence)
      for check in verification.checks.prefix(6) {
        guard case .holds = check.outcome else {
          Issue.record("\(name): \(check)")
          continue
        }
      }
      #expect(try quoted.isAccepted(quoted.evidence, nonce: Self.nonce), name)

      for member in [\Evidence.quote, \.signature] {
        let count = quoted.evidence[keyPath: member].count
        // Every part of both; the scheme and hash before a signature are no matter of openssl's.
        for place in stride(from: member == \.signature ? 6 : 0, to: count, by: max(count / 9, 1)) {
          var damaged = quoted.evidence
          damaged[keyPath: member][place] ^= 0x10
          #expect(verify(damaged).quoteDefect != nil, "\(name), byte \(place)")
          #expect(try !quoted.isAccepted(damaged, nonce: Self.nonce), "\(name), byte \(place)")
        }
      }
      guard quoted.scheme != "rsapss" else { continue }
      let other = Self.nonce.reversed() as [UInt8]
      #expect(verify(quoted.evidence, nonce: other).quoteDefect != nil, name)
      #expect(try !quoted.isAccepted(quoted.evidence, nonce: other), name)
    }
  }
}

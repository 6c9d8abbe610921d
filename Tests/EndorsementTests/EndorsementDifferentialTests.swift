import Endorsement
import EvidenceSupport
import Foundation
import TPMEvidence
import Testing

/// Other programs, and the folders in which they and we look at the same certificates.
private struct Workplace {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "policyc-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: name))) }

  /// Runs a line of shell in the folder; the status and what it prints.
  func run(_ line: String) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-ec", line]
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  static func isInstalled(_ names: String...) -> Bool {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let missing = names.filter { name in
      !folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
    }
    if !missing.isEmpty { print("skipped: \(missing.joined(separator: ", ")) is not installed") }
    return missing.isEmpty
  }

  static let hasOpenSSL = isInstalled("openssl")
  static let hasSimulator = isInstalled(
    "openssl", "swtpm", "swtpm_setup", "swtpm_localca", "tpm2_nvread", "tpm2_createek")
}

@Suite("Chains as openssl judges them", .enabled(if: Workplace.hasOpenSSL))
struct EndorsementDifferentialTests {
  private static let now: Int64 = 1_800_000_000

  /// Chains of the certificates of an endorsement key, an issuer and a root.
  private static let cases: [(name: String, leaf: CertificateOptions, issuer: CertificateOptions)] = {
    func leaf(_ change: (inout CertificateOptions) -> Void) -> CertificateOptions {
      .endorsement.with(change)
    }
    func issuer(_ change: (inout CertificateOptions) -> Void) -> CertificateOptions {
      .authority.with(change)
    }
    return [
      ("sound", leaf { _ in }, issuer { _ in }),
      ("expired", leaf { $0.until = now - 1 }, issuer { _ in }),
      ("not yet valid", leaf { $0.from = now + 1 }, issuer { _ in }),
      ("an expired issuer", leaf { _ in }, issuer { $0.until = now - 1 }),
      ("an issuer not yet valid", leaf { _ in }, issuer { $0.from = now + 1 }),
      ("an issuer that is none", leaf { _ in }, issuer { $0.constraints = .notCertificateAuthority }),
      ("an issuer without constraints", leaf { _ in }, issuer { $0.constraints = nil }),
      ("an issuer that may not sign", leaf { _ in }, issuer { $0.keyUsage = .cRLSign }),
      ("an issuer without key usage", leaf { _ in }, issuer { $0.keyUsage = nil }),
      (
        "an issuer for one level", leaf { _ in },
        issuer { $0.constraints = .isCertificateAuthority(maxPathLength: 0) }
      ),
      ("no names of a TPM", leaf { $0.namesTPM = false }, issuer { _ in }),
    ]
  }()

  /// How a manufacturer writes certificates.
  enum Style: CaseIterable {
    case usual, nuvoton, intel

    fileprivate func authority(
      _ name: String, under issuer: MadeUpAuthority? = nil, options: CertificateOptions = .authority
    ) throws -> MadeUpAuthority {
      switch self {
      case .usual: try MadeUpAuthority(name, under: issuer, options: options)
      case .nuvoton: try MadeUpAuthority(MadeUpName.unsorted(name), under: issuer, options: options)
      case .intel:
        try MadeUpAuthority(
          MadeUpName.authority(name), under: issuer, key: SigningKey(.p384), signature: .ecdsaSHA384WithNull,
          options: options)
      }
    }
  }

  @Test(
    "openssl trusts the same chains, however their maker writes them", arguments: cases.indices,
    Style.allCases)
  func agrees(index: Int, style: Style) throws {
    let (name, leafOptions, issuerOptions) = Self.cases[index]
    let place = try Workplace()
    defer { place.remove() }
    let root = try style.authority("Root")
    let stranger = try style.authority("Root")
    let issuer = try style.authority("Issuer", under: root, options: issuerOptions)
    let leaf = try issuer.endorse(SigningKey(), leafOptions)
    let files = [
      "leaf": leaf, "issuer": issuer.certificate, "root": root.certificate,
      "stranger": stranger.certificate,
    ]
    for (name, bytes) in files {
      try Data(bytes).write(to: place.folder.appending(path: "\(name).der"))
      let (status, output) = try place.run("openssl x509 -inform der -in \(name).der -out \(name).pem")
      try #require(status == 0, "\(output)")
    }
    for (trusted, helps) in [("root", true), ("root", false), ("stranger", true)] {
      let help = helps ? "-untrusted issuer.pem" : ""
      let theirs = try place.run(
        "openssl verify -ignore_critical -attime \(Self.now) -CAfile \(trusted).pem \(help) leaf.pem")
      let ours = EndorsementCertificate.verify(
        leaf, intermediates: helps ? [issuer.certificate] : [],
        roots: try EndorsementRoots(files: [("root.der", files[trusted] ?? [])]), endorsementKey: nil,
        at: Self.now)
      #expect(
        ours.isTrusted == (theirs.status == 0), "\(name), \(style), \(trusted), \(ours): \(theirs.output)")
      #expect(ours.isTrusted ? trusted == "root" && helps : true)
    }
  }

  @Test(
    "the certificates of a simulator lead to its authority, and to no other",
    .enabled(if: Workplace.hasSimulator))
  func simulator() throws {
    let place = try Workplace()
    defer { place.remove() }
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "scripts/with-swtpm").path
    let made = try place.run(
      """
      '\(script)' bash -ec '
        tpm2_nvread 0x01c00002 -o rsa.der >/dev/null; tpm2_nvread 0x01c00016 -o ecc.der >/dev/null
        tpm2_createek -c ek.ctx -G rsa -u rsa.pub; cp -r "$POLICYC_EK_ROOTS" roots'
      cat roots/*.pem > all.pem
      for kind in rsa ecc; do openssl verify -ignore_critical -CAfile all.pem <(openssl x509 -inform der -in $kind.der); done
      """)
    try #require(made.status == 0, "\(made.output)")
    let folder = try EndorsementRoots(folder: place.folder.appending(path: "roots").path)
    #expect(folder.rootCount == 1)
    #expect(folder.intermediateCount == 1)
    let now = Int64(Date().timeIntervalSince1970)
    let key = try TPMPublic(try place.bytes("rsa.pub"))
    let certificate = try place.bytes("rsa.der")
    func verdict(_ roots: EndorsementRoots, _ key: TPMPublic? = nil, _ der: [UInt8]) -> EndorsementVerdict {
      EndorsementCertificate.verify(der, roots: roots, endorsementKey: key, at: now)
    }
    #expect(verdict(folder, key, certificate).isTrusted, "\(verdict(folder, key, certificate))")
    #expect(verdict(folder, nil, try place.bytes("ecc.der")).isTrusted)
    #expect(verdict(folder, key, try place.bytes("ecc.der")) == .refused(.otherKey))
    let other = try EndorsementRoots(files: [("other.der", try MadeUpAuthority("Other").certificate)])
    guard case .refused(.missingIssuer) = verdict(other, key, certificate) else {
      Issue.record("\(verdict(other, key, certificate))")
      return
    }
    for index in certificate.indices {
      var damaged = certificate
      damaged[index] ^= 0x10
      #expect(!verdict(folder, key, damaged).isTrusted, "byte \(index)")
    }
  }
}

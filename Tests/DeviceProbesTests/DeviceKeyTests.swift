import CSPCatalog
import EvidenceSupport
import Foundation
import PolicyModel
import TPMEvidence
import Testing

@testable import DeviceProbes

/// What is concluded from certified keys; that a TPM certifies them so is shown by ``DeviceKeySimulatorTests``.
@Suite("Keys in the attested TPM")
struct DeviceKeyTests {
  private static let attesting = SoftwareKey(.p256)
  private static let (mine, other) = (SoftwareKey(.p256), SoftwareKey(.p384))
  private static let bound = mine.area(Marshal.boundKey)
  private static let nonce = Array("made-up nonce".utf8)
  private static let facts = FactCatalog.embedded.entries.map(\.declaration)
  private static let mdm = "attestation.mdm_key_in_tpm"
  private static let entra = "entra.key_in_tpm"

  private static func known(_ area: [UInt8]) throws -> KnownKey { .name(try TPMPublic(area).name) }

  private static func certified(
    _ area: [UInt8] = bound, as role: DeviceKeyRole? = .mdm
  ) throws -> KeyCertification {
    try attesting.certification(of: area, as: role, nonce: nonce)
  }

  private func observe(
    _ certifications: [KeyCertification], knowing keys: KnownDeviceKeys = KnownDeviceKeys(),
    trusted: Bool = true, weakToo: Bool = false, snapshot: JSONValue? = nil,
    facts: [FactDeclaration] = Self.facts
  ) throws -> [String: Observation] {
    let log = Array(try Data(contentsOf: URL(filePath: EventLogProbeTests.path("windows.log"))))
    var evidence = try Self.attesting.evidence(of: log, nonce: Self.nonce)
    evidence.certifiedKeys = certifications
    var options = EvidenceOptions(
      nonce: Self.nonce, attestationKeyName: trusted ? Self.attesting.name : nil)
    options.deviceKeys = keys
    options.terms.acceptsWeakSignatures = weakToo
    return try EvidenceProbe.observations(
      of: EvidenceFile(evidence, facts: snapshot), facts, options, source: "evidence:x.json")
  }

  private func reason(_ observation: Observation?) -> String {
    guard case .unknown(let reason)? = observation?.content else { return "" }
    return reason
  }

  @Test("a key is attested only where whoever judges knows it")
  func attested() throws {
    let certifications = [
      try Self.certified(), try Self.certified(Self.other.area(Marshal.boundKey), as: .entra),
    ]
    let found = try observe(certifications, knowing: KnownDeviceKeys(mdm: try Self.known(Self.bound)))
    #expect(found[Self.mdm]?.value == .bool(true) && found[Self.mdm]?.level == .attested)
    let name = hexadecimal(try TPMPublic(Self.bound).name)
    #expect(
      found[Self.mdm]?.note
        == "the key \(hexadecimal(Self.attesting.name)) certified that its TPM holds the key \(name), "
        + "which cannot leave it; it is the key of --mdm-key; the attestation key is trusted: it is the key that was known before"
    )
    #expect(found[Self.entra]?.value == .bool(true) && found[Self.entra]?.level == .reported)
    #expect(
      found[Self.entra]?.note?.hasSuffix(
        "but only the device says that it is its Entra key: give the certificate or the public key that the service knows "
          + "with --entra-key") == true)
    // The rest of the evidence says what it says without them.
    #expect(found["boot.secure_boot"]?.level == .attested)
  }

  @Test("what the device calls a key does not matter where whoever judges knows it")
  func roles() throws {
    let known = KnownDeviceKeys(mdm: try Self.known(Self.bound))
    for role in [nil, .entra, .hello] as [DeviceKeyRole?] {
      let found = try observe([try Self.certified(as: role)], knowing: known)[Self.mdm]
      #expect(found?.value == .bool(true) && found?.level == .attested)
      if let role { #expect(found?.note?.contains("though the device calls it its \(role.keyName)") == true) }
    }
    let swapped = try observe(
      [try Self.certified(as: .entra), try Self.certified(Self.other.area(Marshal.boundKey), as: .mdm)],
      knowing: known)
    #expect(swapped[Self.mdm]?.value == .bool(true) && swapped[Self.mdm]?.isRefused == false)
  }

  @Test("without a key that is trusted, it is reported with what is missing")
  func untrusted() throws {
    let found = try observe(
      [try Self.certified()], knowing: KnownDeviceKeys(mdm: try Self.known(Self.bound)), trusted: false)
    #expect(found[Self.mdm]?.value == .bool(true) && found[Self.mdm]?.level == .reported)
    #expect(
      found[Self.mdm]?.note?.contains("but the attestation key is not trusted: the evidence has no") == true)
  }

  @Test(
    "a key that can leave the TPM, or was not made in it, is not in it for good: false, and attested to be",
    arguments: [
      (TPMObjectAttributes.fixedTPM, "it can be copied out of its TPM"),
      (.fixedParent, "it can be moved to another parent"),
      (.sensitiveDataOrigin, "its secret part was made outside of the TPM"),
    ])
  func loose(missing: TPMObjectAttributes, reason: String) throws {
    let area = Self.mine.area(Marshal.boundKey.subtracting(missing))
    let known = KnownDeviceKeys(mdm: .numbers(CertifiedKey(Self.mine.key)))
    let found = try observe([try Self.certified(area)], knowing: known)[Self.mdm]
    #expect(found?.value == .bool(false) && found?.level == .attested)
    #expect(
      found?.note?.contains("which is not bound to that TPM: \(reason); it is the key of --mdm-key") == true)
    // That the same key is certified with other attributes too makes it no better.
    for pair in [[area, Self.bound], [Self.bound, area]] {
      let found = try observe(try pair.map { try Self.certified($0, as: nil) }, knowing: known)[Self.mdm]
      #expect(found?.value == .bool(false))
    }
    let claimed = try observe([try Self.certified(area)])[Self.mdm]
    #expect(claimed?.value == .bool(false) && claimed?.level == .reported)
  }

  @Test(
    "a key that is not the one which whoever judges knows is refused, whoever says otherwise and whoever asks"
  )
  func anotherKey() throws {
    let known = KnownDeviceKeys(mdm: try Self.known(Self.other.area(Marshal.boundKey)))
    let snapshot = JSONValue.object([JSONMember(Self.mdm, .bool(true))])
    for facts in [Self.facts, Self.facts.filter { $0.name != Self.mdm }] {
      let found = try observe(
        [try Self.certified()], knowing: known, snapshot: facts == Self.facts ? snapshot : nil, facts: facts)
      #expect(found[Self.mdm]?.isRefused == true)
      let name = hexadecimal(try TPMPublic(Self.bound).name)
      #expect(
        reason(found[Self.mdm])
          == "the device had the key \(name) certified as its MDM key, but --mdm-key names another")
      #expect(found["boot.secure_boot"]?.level == .attested)
      #expect(found[Self.entra]?.isRefused == false)
    }
  }

  @Test("where nothing of the key is certified, others may speak")
  func absent() throws {
    let snapshot = JSONValue.object([JSONMember(Self.mdm, .bool(true)), JSONMember(Self.entra, .bool(true))])
    let known = KnownDeviceKeys(mdm: try Self.known(Self.bound))
    let stranger = try Self.certified(Self.other.area(Marshal.boundKey), as: nil)
    for certifications in [[], [stranger]] {
      let found = try observe(certifications, knowing: known, snapshot: snapshot)
      for name in [Self.mdm, Self.entra] {
        #expect(found[name]?.value == .bool(true) && found[name]?.level == .reported, "\(name)")
        #expect(found[name]?.note == nil, "\(name)")
      }
      let alone = try observe(certifications, knowing: known)
      #expect(
        reason(alone[Self.mdm])
          == "the key of --mdm-key is not certified in the evidence; policyc attest --certify mdm=HANDLE adds it"
      )
      #expect(
        reason(alone[Self.entra])
          == "no Entra key is certified in the evidence; policyc attest --certify entra=HANDLE adds it")
      #expect(alone[Self.mdm]?.isRefused == false)
    }
  }

  @Test("what is certified goes before what the system says of itself")
  func snapshot() throws {
    let snapshot = JSONValue.object([JSONMember(Self.mdm, .bool(true))])
    let loose = try Self.certified(Self.mine.area([.sign]))
    #expect(try observe([loose], snapshot: snapshot)[Self.mdm]?.value == .bool(false))
  }

  @Test("a key that is weak is reported, unless weak ones are taken")
  func weak() throws {
    let short = try SoftwareKey(rsa: .rsassa, bits: 1024).area(Marshal.boundKey)
    let named = Marshal.publicArea(
      Self.mine.key, .null, nameAlgorithm: .sha1, attributes: Marshal.boundKey)
    for (area, text) in [(short, "RSA with 1024 bits"), (named, "its name is a digest by SHA-1")] {
      let known = KnownDeviceKeys(mdm: try Self.known(area))
      let found = try observe([try Self.certified(area)], knowing: known)[Self.mdm]
      #expect(found?.value == .bool(true) && found?.level == .reported)
      #expect(
        found?.note?.contains("the key itself is weak: ") == true && found?.note?.contains(text) == true)
      let taken = try observe([try Self.certified(area)], knowing: known, weakToo: true)[Self.mdm]
      #expect(taken?.level == .attested && taken?.note?.contains(text) == true)
    }
  }

  @Test("a certification that does not hold refuses the whole evidence, the facts of keys among it")
  func refused() throws {
    let foreign = try SoftwareKey(.p256).certification(of: Self.bound, as: .mdm, nonce: Self.nonce)
    let found = try observe(
      [foreign], knowing: KnownDeviceKeys(mdm: try Self.known(Self.bound)),
      snapshot: .object([JSONMember(Self.mdm, .bool(true))]))
    #expect(Set(found.keys) == EvidenceFacts.names)
    for observation in found.values {
      #expect(observation.isRefused)
      #expect(
        reason(observation).hasPrefix(
          "the evidence does not hold: the certification of the MDM key does not hold: the attestation key did not sign it"
        ))
    }
  }

  @Test(
    "a handle is read with what the key is for",
    arguments: [
      ("0x81010020", nil, 0x8101_0020), ("mdm=0x81000000", .mdm, 0x8100_0000),
      ("entra=0X81FFFFFF", .entra, 0x81FF_FFFF), ("hello=0x80000001", .hello, 0x8000_0001),
    ] as [(String, DeviceKeyRole?, UInt32)])
  func handles(text: String, role: DeviceKeyRole?, handle: UInt32) throws {
    let key = try KeyToCertify(text)
    #expect(key.role == role && key.handle == handle)
  }

  @Test(
    "what is not the handle of a key is refused by what it is",
    arguments: [
      (
        "0x1c00002",
        "0x1c00002 is the handle of an NV index; a key that the TPM keeps has a handle from 0x81000000"
      ),
      ("mdm=0x7", "0x7 is the handle of a PCR"), ("0x02000000", "0x2000000 is the handle of a session"),
      ("0x4000000b", "0x4000000b is the handle of a hierarchy, or another permanent one"),
      ("0x90000000", "0x90000000 is not the handle of a key"),
      ("0xffffffff", "0xffffffff is not the handle of a key"),
      ("81010020", "'81010020' has no handle in hexadecimal, such as 0x81010010"),
      ("0x", "'0x' has no handle"), ("0x+81010020", "has no handle"), ("0x8101002000", "has no handle"),
      ("", "'' has no handle"), ("mdm=", "'mdm=' has no handle"), ("mdm=mdm=0x81010020", "has no handle"),
      ("tpm=0x81010020", "'tpm' in 'tpm=0x81010020' is not a role of a key; the roles are mdm, entra, hello"),
    ])
  func otherHandles(text: String, message: String) {
    let problem = #expect(throws: KeyToCertify.Problem.self) { try KeyToCertify(text) }
    #expect(problem?.text.contains(message) == true, "\(String(describing: problem))")
  }
}

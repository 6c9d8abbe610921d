import CTSS2
import PolicyModel

/// The facts that a TPM itself answers, each with the question that it is answered by.
enum TPMFacts {
  static let names: [String] = [
    "tpm.present", "tpm.version", "tpm.spec_revision", "tpm.manufacturer", "tpm.firmware", "tpm.pcr_sha1",
    "tpm.pcr_sha256", "tpm.pcr_sha384", "tpm.lockout_counter", "tpm.locked_out", "tpm.ek_certificate",
  ]

  /// NV indices of endorsement key certificates: RSA 2048 and ECC P-256 in the low range, then the high range by
  /// key type (TCG EK Credential Profile).
  static let certificateIndices: Set<UInt32> = [
    0x01C0_0002, 0x01C0_000A, 0x01C0_0012, 0x01C0_0014, 0x01C0_0016, 0x01C0_0018, 0x01C0_001A, 0x01C0_001C,
    0x01C0_001E,
  ]

  /// Numbers of properties (TPM 2.0 Library, part 2, TPM_PT); the header has them as casts, which Swift does not see.
  enum Property {
    static let familyIndicator: UInt32 = 0x100
    static let revision: UInt32 = 0x102
    static let manufacturer: UInt32 = 0x105
    static let firmwareVersion1: UInt32 = 0x10B
    static let firmwareVersion2: UInt32 = 0x10C
    static let nvBufferSize: UInt32 = 0x12C
    static let permanent: UInt32 = 0x200
    static let lockoutCounter: UInt32 = 0x20E
  }

  /// Asks a TPM for the wanted facts; one refused question leaves the other facts readable.
  static func read(_ wanted: Set<String>, from tpm: TPMConnection) -> [String: Answer] {
    var answers: [String: Answer] = [:]
    func answer(_ names: [String], _ read: () throws(TPMFailure) -> [String: Answer]) {
      guard names.contains(where: wanted.contains) else { return }
      do throws(TPMFailure) {
        answers.merge(try read()) { _, new in new }
      } catch {
        for name in names { answers[name] = .failure(error) }
      }
    }
    // That a TPM is there is known only once it has answered.
    answer(["tpm.present", "tpm.version", "tpm.spec_revision", "tpm.manufacturer", "tpm.firmware"]) {
      () throws(TPMFailure) in identity(try tpm.properties(from: Property.familyIndicator))
    }
    answer(["tpm.lockout_counter", "tpm.locked_out"]) { () throws(TPMFailure) in
      lockout(try tpm.properties(from: Property.permanent))
    }
    answer(["tpm.pcr_sha1", "tpm.pcr_sha256", "tpm.pcr_sha384"]) { () throws(TPMFailure) in
      let banks = try tpm.activeBanks()
      return [
        "tpm.pcr_sha1": .success(.bool(banks.contains(0x0004))),
        "tpm.pcr_sha256": .success(.bool(banks.contains(0x000B))),
        "tpm.pcr_sha384": .success(.bool(banks.contains(0x000C))),
      ]
    }
    answer(["tpm.ek_certificate"]) { () throws(TPMFailure) in
      for index in try tpm.handles(in: 0x01C0_0000...0x01C0_00FF) where certificateIndices.contains(index) {
        if try tpm.isWritten(index) { return ["tpm.ek_certificate": .success(.bool(true))] }
      }
      return ["tpm.ek_certificate": .success(.bool(false))]
    }
    return answers.filter { wanted.contains($0.key) }
  }

  typealias Answer = Result<Value, TPMFailure>

  static func identity(_ properties: [UInt32: UInt32]) -> [String: Answer] {
    [
      "tpm.present": .success(.bool(true)),
      "tpm.version": properties[Property.familyIndicator].flatMap(text).flatMap { Version($0) }.map {
        .success(.version($0))
      }
        ?? missing("its family"),
      "tpm.spec_revision": properties[Property.revision].map {
        .success(.version(Version($0 / 100, $0 % 100, written: 2)))
      }
        ?? missing("the revision of its specification"),
      "tpm.manufacturer": properties[Property.manufacturer].flatMap(text).map { .success(.string($0)) }
        ?? missing("its manufacturer"),
      "tpm.firmware": firmware(properties[Property.firmwareVersion1], properties[Property.firmwareVersion2]),
    ]
  }

  static func lockout(_ properties: [UInt32: UInt32]) -> [String: Answer] {
    let inLockout: UInt32 = 1 << 9
    return [
      "tpm.locked_out": properties[Property.permanent].map { .success(.bool($0 & inLockout != 0)) }
        ?? missing("its permanent attributes"),
      "tpm.lockout_counter": properties[Property.lockoutCounter].map { .success(.int(Int64($0))) }
        ?? missing("its lockout counter"),
    ]
  }

  /// Two numbers of 32 bits that hold four words, as Windows prints them.
  private static func firmware(_ first: UInt32?, _ second: UInt32?) -> Answer {
    guard let first, let second else { return missing("its firmware version") }
    return .success(.version(Version(first >> 16, first & 0xFFFF, second >> 16, second & 0xFFFF)))
  }

  /// Four characters of ASCII without the blanks and NULs at their end; nil for anything else.
  static func text(_ number: UInt32) -> String? {
    var bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    while let last = bytes.last, last == 0 || last == 0x20 { bytes.removeLast() }
    guard !bytes.isEmpty, bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func missing(_ what: String) -> Answer {
    .failure(TPMFailure(reason: "the TPM does not say \(what)"))
  }
}

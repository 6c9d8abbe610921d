/// A quote: what a TPM says of its PCRs and signs (TPMS_ATTEST with TPMS_QUOTE_INFO; TPM 2.0 Library, part 2, 10.12).
package struct TPMAttest: Hashable, Sendable {
  /// TPMS_ATTEST as it came; this is what is signed.
  package let bytes: [UInt8]
  /// The name of the key that signed, with its parents. Anybody's key can write anything here, so it decides nothing.
  package let qualifiedSigner: [UInt8]
  /// What the TPM was asked to sign along: the nonce.
  package let extraData: [UInt8]
  /// The TPM's clock and its starts.
  package let clock: Clock
  /// The TPM's firmware, as its manufacturer numbers it.
  package let firmwareVersion: UInt64
  /// The PCRs, in the order in which their values were hashed.
  package let selections: [PCRSelection]
  /// The digest of their values, one after the other, by the hash of the signature's scheme.
  package let pcrDigest: [UInt8]

  /// TPMS_CLOCK_INFO.
  package struct Clock: Hashable, Sendable {
    /// Milliseconds for which the TPM has been on power.
    package let milliseconds: UInt64
    /// How often it was reset.
    package let resets: UInt32
    /// How often it was restarted or resumed since.
    package let restarts: UInt32
    /// Whether no later time was ever given out.
    package let isSafe: Bool
  }

  /// Some PCRs of a bank (TPMS_PCR_SELECTION).
  package struct PCRSelection: Hashable, Sendable {
    /// The bank.
    package let bank: HashAlgorithm
    /// The numbers of the PCRs, ascending.
    package let registers: [Int]
  }

  /// The longest nonce that a TPM takes (TPM2B_DATA).
  package static let extraDataLimit = 66
  /// The most bytes that are read; a quote of four banks has less than 300.
  package static let byteLimit = 1024
  private static let bankLimit = 16

  /// Reads TPMS_ATTEST. Nothing may follow, and it has to be a quote.
  package init(_ bytes: [UInt8]) throws(TPMStructureError) {
    var reader = TPMReader(bytes[...], of: "the quote")
    guard bytes.count <= Self.byteLimit else {
      throw reader.problem("it has \(bytes.count) bytes, more than the \(Self.byteLimit) that any quote has")
    }
    let head = try Head(&reader, .quote)
    qualifiedSigner = head.qualifiedSigner
    extraData = head.extraData
    clock = head.clock
    firmwareVersion = head.firmwareVersion
    selections = try Self.selections(&reader)
    pcrDigest = Array(try reader.sized("the digest of the PCRs", limit: 64))
    try reader.finish()
    self.bytes = bytes
  }

  /// TPML_PCR_SELECTION.
  private static func selections(_ reader: inout TPMReader) throws(TPMStructureError) -> [PCRSelection] {
    let count = try reader.uint32("the count of banks")
    guard count <= bankLimit else { throw reader.problem("it selects \(count) banks, more than any TPM has") }
    var selections: [PCRSelection] = []
    for _ in 0..<count {
      let bank = HashAlgorithm(rawValue: try reader.uint16("the algorithm of a bank"))
      let size = try reader.uint8("the size of a selection")
      guard size <= 4 else {
        throw reader.problem("a selection of PCRs has \(size) bytes, more than any TPM's")
      }
      let bits = try reader.take(Int(size), "the selection of PCRs")
      let registers = bits.enumerated().flatMap { place, byte in
        (0..<8).filter { byte >> $0 & 1 == 1 }.map { place * 8 + $0 }
      }
      selections.append(PCRSelection(bank: bank, registers: registers))
    }
    return selections
  }
}

extension TPMAttest {
  /// What is stated (TPM_ST).
  enum Kind: UInt16 {
    case certification = 0x8017
    case quote = 0x8018

    var name: String {
      switch self {
      case .certification: "the certification of a key"
      case .quote: "a quote"
      }
    }
  }

  /// What every statement of a TPM begins with.
  struct Head {
    let qualifiedSigner: [UInt8]
    let extraData: [UInt8]
    let clock: Clock
    let firmwareVersion: UInt64

    /// Reads TPMS_ATTEST up to what is stated, which has to be of this kind.
    init(_ reader: inout TPMReader, _ kind: Kind) throws(TPMStructureError) {
      let start = try reader.take(4, "the TPM's mark")
      guard start.elementsEqual([0xFF, 0x54, 0x43, 0x47]) else {
        throw reader.problem("it does not begin with the mark of what a TPM makes itself, ff544347")
      }
      let type = try reader.uint16("the type")
      guard type == kind.rawValue else {
        let number = String(type, radix: 16)
        throw reader.problem(
          "it is a statement of type 0x\(number), where \(kind.name) has 0x\(String(kind.rawValue, radix: 16))"
        )
      }
      qualifiedSigner = Array(try reader.sized("the name of the signer", limit: 66))
      extraData = Array(try reader.sized("the nonce", limit: TPMAttest.extraDataLimit))
      let milliseconds = try reader.uint64("the clock")
      let resets = try reader.uint32("the count of resets")
      let restarts = try reader.uint32("the count of restarts")
      let isSafe = try reader.uint8("whether the clock is safe")
      guard isSafe <= 1 else {
        throw reader.problem("whether the clock is safe is \(isSafe), and neither 0 nor 1")
      }
      clock = Clock(milliseconds: milliseconds, resets: resets, restarts: restarts, isSafe: isSafe == 1)
      firmwareVersion = try reader.uint64("the version of the firmware")
    }
  }
}

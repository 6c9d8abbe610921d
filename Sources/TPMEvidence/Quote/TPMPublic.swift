/// The public area of a key in a TPM (TPMT_PUBLIC; TPM 2.0 Library, part 2, 12.2.4).
package struct TPMPublic: Hashable, Sendable {
  /// TPMT_PUBLIC as it came, without a size before it.
  package let bytes: [UInt8]
  /// The hash of ``name`` and ``authPolicy``.
  package let nameAlgorithm: HashAlgorithm
  /// What may be done with the key.
  package let attributes: TPMObjectAttributes
  /// The digest of the policy that allows its use; empty for none.
  package let authPolicy: [UInt8]
  /// How a parent protects its children, or nil.
  package let symmetric: Symmetric?
  /// The scheme that the key is bound to, or nil when each use chooses one.
  package let scheme: Scheme?
  /// The public key.
  package let key: Key

  /// A symmetric cipher (TPMT_SYM_DEF_OBJECT).
  package struct Symmetric: Hashable, Sendable {
    /// The cipher, such as AES.
    package let algorithm: TPMAlgorithm
    /// The size of its keys in bits.
    package let keyBits: UInt16
    /// Its mode, such as CFB.
    package let mode: TPMAlgorithm
  }

  /// A scheme of signing or of encryption, or a way to derive keys.
  package struct Scheme: Hashable, Sendable {
    /// The scheme.
    package let algorithm: TPMAlgorithm
    /// Its hash; nil for RSAES, which has none.
    package let hash: HashAlgorithm?
  }

  /// A public key.
  package enum Key: Hashable, Sendable {
    /// The modulus, the most significant byte first, and the exponent.
    case rsa(modulus: [UInt8], exponent: UInt32)
    /// A point, each coordinate as long as the curve has it. It need not lie on the curve.
    case ecc(TPMCurve, x: [UInt8], y: [UInt8])
  }

  /// The most bytes that are read; a key of RSA with 4096 bits has less than 700.
  package static let byteLimit = 4096

  /// Reads TPMT_PUBLIC, or TPM2B_PUBLIC: the same behind its size. Nothing may follow.
  package init(_ bytes: [UInt8]) throws(TPMStructureError) {
    // No public area of a key has a size that reads as its own type.
    let isSized = bytes.count > 2 && Int(bytes[0]) << 8 | Int(bytes[1]) == bytes.count - 2
    let area = isSized ? bytes[2...] : bytes[...]
    var reader = TPMReader(area, of: "the public area")
    guard area.count <= Self.byteLimit else {
      throw reader.problem("it has \(area.count) bytes, more than the \(Self.byteLimit) that any key has")
    }
    let type = TPMAlgorithm(rawValue: try reader.uint16("the type"))
    guard type == .rsa || type == .ecc else {
      throw reader.problem(
        "it is of type \(type.name), and neither a key of RSA nor one of an elliptic curve")
    }
    let nameAlgorithm = HashAlgorithm(rawValue: try reader.uint16("the hash of its name"))
    guard HashAlgorithm.computable.contains(nameAlgorithm) else {
      throw reader.problem("its name is made by \(nameAlgorithm.name), which is not known here")
    }
    attributes = TPMObjectAttributes(rawValue: try reader.uint32("its attributes"))
    authPolicy = Array(try reader.sized("its policy", limit: 64))
    symmetric = try Self.symmetric(&reader)
    scheme = try Self.scheme(&reader)
    key = type == .rsa ? try Self.rsa(&reader) : try Self.ecc(&reader)
    try reader.finish()
    self.bytes = Array(area)
    self.nameAlgorithm = nameAlgorithm
  }

  /// The name by which a TPM knows the key (TPM2B_NAME without its size): the number of the hash, then the digest of the public area.
  package var name: [UInt8] {
    let number = nameAlgorithm.rawValue
    return [UInt8(number >> 8), UInt8(number & 0xFF)] + (nameAlgorithm.digest(of: bytes) ?? [])
  }

  private static func symmetric(_ reader: inout TPMReader) throws(TPMStructureError) -> Symmetric? {
    let algorithm = TPMAlgorithm(rawValue: try reader.uint16("its symmetric cipher"))
    guard algorithm != .null else { return nil }
    return Symmetric(
      algorithm: algorithm, keyBits: try reader.uint16("the size of its symmetric key"),
      mode: TPMAlgorithm(rawValue: try reader.uint16("the mode of its symmetric cipher")))
  }

  private static func scheme(_ reader: inout TPMReader) throws(TPMStructureError) -> Scheme? {
    let algorithm = TPMAlgorithm(rawValue: try reader.uint16("its scheme"))
    switch algorithm {
    case .null: return nil
    case .rsaes: return Scheme(algorithm: algorithm, hash: nil)
    case .rsassa, .rsapss, .oaep, .ecdsa, .ecdh, .sm2, .ecschnorr, .ecmqv, .ecdaa:
      let hash = HashAlgorithm(rawValue: try reader.uint16("the hash of its scheme"))
      if algorithm == .ecdaa { _ = try reader.uint16("the count of its scheme") }
      return Scheme(algorithm: algorithm, hash: hash)
    default: throw reader.problem("its scheme is \(algorithm.name), which is not known here")
    }
  }

  /// TPMS_RSA_PARMS behind the scheme, and TPM2B_PUBLIC_KEY_RSA.
  private static func rsa(_ reader: inout TPMReader) throws(TPMStructureError) -> Key {
    let bits = Int(try reader.uint16("the size of its modulus"))
    guard (1024...16384).contains(bits), bits % 8 == 0 else {
      throw reader.problem("its modulus has \(bits) bits, where a TPM has 1024 to 16384")
    }
    let given = try reader.uint32("its exponent")
    let exponent = given == 0 ? 65537 : given
    guard exponent % 2 == 1, exponent > 2 else {
      throw reader.problem("its exponent is \(exponent), which no key of RSA has")
    }
    let modulus = try reader.sized("its modulus", limit: 2048)
    guard modulus.count == bits / 8, let first = modulus.first, let last = modulus.last, first & 0x80 != 0,
      last % 2 == 1
    else { throw reader.problem("its modulus is no odd number of \(bits) bits") }
    return .rsa(modulus: Array(modulus), exponent: exponent)
  }

  /// TPMS_ECC_PARMS behind the scheme, and TPMS_ECC_POINT.
  private static func ecc(_ reader: inout TPMReader) throws(TPMStructureError) -> Key {
    let number = try reader.uint16("its curve")
    guard let curve = TPMCurve(rawValue: number) else {
      throw reader.problem(
        "its curve has the number \(number); \(TPMCurve.allCases.map(\.name).joined(separator: ", ")) are known"
      )
    }
    if TPMAlgorithm(rawValue: try reader.uint16("its way to derive keys")) != .null {
      _ = try reader.uint16("the hash of its way to derive keys")
    }
    let x = try coordinate("x", of: curve, &reader)
    return .ecc(curve, x: x, y: try coordinate("y", of: curve, &reader))
  }

  /// A coordinate in full length: some TPMs leave out zeros before it.
  private static func coordinate(
    _ axis: String, of curve: TPMCurve, _ reader: inout TPMReader
  ) throws(TPMStructureError) -> [UInt8] {
    let bytes = try reader.sized("the coordinate \(axis) of its point", limit: curve.byteCount)
    guard !bytes.isEmpty else { throw reader.problem("the coordinate \(axis) of its point is empty") }
    return [UInt8](repeating: 0, count: curve.byteCount - bytes.count) + bytes
  }
}

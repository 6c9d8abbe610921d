import Crypto
import CryptoExtras
import Foundation
import TPMEvidence

/// A key of software that signs quotes as a TPM would, and so shows what a quote alone is worth.
public struct SoftwareKey: Sendable {
  private enum Secret: Sendable {
    case rsa(_RSA.Signing.PrivateKey, _RSA.Signing.Padding)
    case p256(P256.Signing.PrivateKey)
    case p384(P384.Signing.PrivateKey)
    case p521(P521.Signing.PrivateKey)
  }

  private let secret: Secret
  /// The public key.
  public let key: TPMPublic.Key
  /// What it signs by.
  public let scheme: TPMAlgorithm
  /// The hash that it signs by.
  public let hash: HashAlgorithm

  /// TPMT_PUBLIC.
  public var area: [UInt8] { Marshal.publicArea(key, scheme, hash) }
  /// The name of the key.
  public var name: [UInt8] { (try? TPMPublic(area).name) ?? [] }

  /// A key of RSA, with 2048 bits unless it is to be weaker or stronger.
  public init(rsa scheme: TPMAlgorithm, _ hash: HashAlgorithm = .sha256, bits: Int = 2048) throws {
    let key = try _RSA.Signing.PrivateKey(unsafeKeySize: .init(bitCount: bits))
    let primitives = try key.publicKey.getKeyPrimitives()
    secret = .rsa(key, scheme == .rsapss ? .PSS : .insecurePKCS1v1_5)
    self.key = .rsa(modulus: Array(primitives.modulus.drop { $0 == 0 }), exponent: 65537)
    self.scheme = scheme
    self.hash = hash
  }

  /// A key of an elliptic curve.
  public init(_ curve: TPMCurve, _ hash: HashAlgorithm = .sha256) {
    let point: [UInt8]
    switch curve {
    case .p256:
      let key = P256.Signing.PrivateKey()
      (secret, point) = (.p256(key), Array(key.publicKey.rawRepresentation))
    case .p384:
      let key = P384.Signing.PrivateKey()
      (secret, point) = (.p384(key), Array(key.publicKey.rawRepresentation))
    case .p521:
      let key = P521.Signing.PrivateKey()
      (secret, point) = (.p521(key), Array(key.publicKey.rawRepresentation))
    }
    key = .ecc(curve, x: Array(point.prefix(curve.byteCount)), y: Array(point.suffix(curve.byteCount)))
    scheme = .ecdsa
    self.hash = hash
  }

  /// TPMT_SIGNATURE over a message.
  public func sign(_ message: [UInt8]) throws -> [UInt8] {
    let head = Marshal.number(scheme.rawValue) + Marshal.number(hash.rawValue)
    switch hash {
    case .sha1: return head + (try value(Insecure.SHA1.hash(data: message)))
    case .sha384: return head + (try value(SHA384.hash(data: message)))
    case .sha512: return head + (try value(SHA512.hash(data: message)))
    default: return head + (try value(SHA256.hash(data: message)))
    }
  }

  private func value(_ digest: some Digest) throws -> [UInt8] {
    func numbers(_ signature: Data) -> [UInt8] {
      let half = signature.count / 2
      return Marshal.sized(Array(signature.prefix(half))) + Marshal.sized(Array(signature.suffix(half)))
    }
    switch secret {
    case .rsa(let key, let padding):
      return Marshal.sized(Array(try key.signature(for: digest, padding: padding).rawRepresentation))
    case .p256(let key): return numbers(try key.signature(for: digest).rawRepresentation)
    case .p384(let key): return numbers(try key.signature(for: digest).rawRepresentation)
    case .p521(let key): return numbers(try key.signature(for: digest).rawRepresentation)
    }
  }

  /// The PCRs that Windows and firmware measure into.
  public static let bootRegisters = Array(0...7) + Array(11...14)

  /// Evidence with a quote over the PCR values that a log leads to.
  public func evidence(
    of log: [UInt8], nonce: [UInt8], registers: [Int] = bootRegisters, banks: [HashAlgorithm]? = nil,
    type: UInt16 = 0x8018
  ) throws -> Evidence {
    let events = try EventLog(log)
    let banks = banks ?? events.banks.map(\.algorithm)
    var values = PCRValues()
    for bank in banks {
      for register in registers {
        values.banks[bank, default: [:]][register] = events.replay(bank)?[register] ?? []
      }
    }
    return try evidence(of: log, nonce: nonce, values: values, type: type)
  }

  /// Evidence with a quote over these PCR values, whatever log comes with it.
  public func evidence(
    of log: [UInt8], nonce: [UInt8], values: PCRValues, type: UInt16 = 0x8018
  ) throws -> Evidence {
    let banks = values.banks.keys.sorted { $0.rawValue < $1.rawValue }
    let selections = banks.map { bank in (bank: bank, registers: (values.banks[bank] ?? [:]).keys.sorted()) }
    let joined = selections.flatMap { selection in
      selection.registers.flatMap { values.banks[selection.bank]?[$0] ?? [] }
    }
    let quote = Marshal.quote(
      nonce: nonce, selections: selections, digest: hash.digest(of: joined) ?? [], type: type)
    return Evidence(
      nonce: nonce, attestationKey: area, quote: quote, signature: try sign(quote), pcrs: values, bootLog: log
    )
  }
}

import TPMEvidence

/// A key of software that signs quotes as a TPM would, and so shows what a quote alone is worth.
package struct SoftwareKey: Sendable {
  private let secret: SigningKey
  /// The public key.
  package let key: TPMPublic.Key
  /// What it signs by.
  package let scheme: TPMAlgorithm
  /// The hash that it signs by.
  package let hash: HashAlgorithm

  /// TPMT_PUBLIC.
  package var area: [UInt8] { Marshal.publicArea(key, scheme, hash) }
  /// The name of the key.
  package var name: [UInt8] { (try? TPMPublic(area).name) ?? [] }

  /// A key of RSA, with 2048 bits unless it is to be weaker or stronger.
  package init(rsa scheme: TPMAlgorithm, _ hash: HashAlgorithm = .sha256, bits: Int = 2048) throws {
    secret = try SigningKey(rsaBits: bits)
    key = secret.publicKey
    self.scheme = scheme
    self.hash = hash
  }

  /// A key of an elliptic curve.
  package init(_ curve: TPMCurve, _ hash: HashAlgorithm = .sha256) {
    secret = SigningKey(curve)
    key = secret.publicKey
    scheme = .ecdsa
    self.hash = hash
  }

  /// TPMT_SIGNATURE over a message.
  package func sign(_ message: [UInt8]) throws -> [UInt8] {
    let head = Marshal.number(scheme.rawValue) + Marshal.number(hash.rawValue)
    guard let curve = secret.curve else {
      return head + Marshal.sized(try secret.signature(over: message, hash, pss: scheme == .rsapss))
    }
    let numbers = try secret.numbers(over: message, hash)
    return head + Marshal.sized(Array(numbers.prefix(curve.byteCount)))
      + Marshal.sized(Array(numbers.suffix(curve.byteCount)))
  }

  /// The PCRs that Windows and firmware measure into.
  package static let bootRegisters = Array(0...7) + Array(11...14)

  /// Evidence with a quote over the PCR values that a log leads to.
  package func evidence(
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
  package func evidence(
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

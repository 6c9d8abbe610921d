import TPMEvidence

/// Has a TPM 2.0 vouch for the state it is in.
package struct TPMAttester: Sendable {
  /// The TCTI string of tpm2-tss that says how the TPM is reached.
  package let tcti: String
  /// How long the TPM may take for all of it, in seconds; some need half a minute for one key.
  package let seconds: Int
  /// The kind of attestation key.
  package let key: AttestationKey
  private let devices: TPMDevices

  /// The lengths of nonces that are taken, in bytes. Shorter ones could be guessed; a TPM takes up to the length of its longest
  /// digest.
  package static let nonceByteCounts = Evidence.nonceByteCounts

  /// An attester with the TPM behind a TCTI.
  package init(tcti: String = TPMProbe.defaultTCTI, seconds: Int = 120, key: AttestationKey = .rsa) {
    self.init(tcti: tcti, seconds: seconds, key: key, devices: TPMDevices())
  }

  init(tcti: String, seconds: Int, key: AttestationKey, devices: TPMDevices) {
    self.tcti = tcti
    self.seconds = min(max(seconds, 1), 3600)
    self.key = key
    self.devices = devices
  }

  /// Evidence, and what its maker may want to know.
  package struct Result: Hashable, Sendable {
    /// The evidence, without boot log.
    package var evidence: Evidence
    /// What is missing or odd: one plain sentence each.
    package var warnings: [String]
  }

  /// The registers that are quoted, of each bank that is in use: those that a boot log accounts for.
  ///
  /// 0 to 7 are the firmware's, 8 and 9 the boot loaders', 11 to 14 Windows' and systemd's, 17 to 22 those of a dynamic launch. Left out are 10,
  /// which Linux extends with each program that runs (IMA), 15 and 23, which applications extend, and 16, which anybody may reset.
  package static let registers = Set(0...9).union(11...14).union(17...22)

  /// Has the TPM sign its registers together with a nonce, and collects what tells whose signature it is.
  ///
  /// - Parameter challenge: One that the TPM is to answer, which proves that the keys are in one TPM; nil for none.
  package func attest(
    nonce: [UInt8], challenge: Challenge? = nil
  ) throws(AttestationError) -> Result {
    try attest(nonce: nonce, challenge: challenge, certifying: [])
  }

  /// The same, and has the attestation key certify other keys of the TPM.
  package func attest(
    nonce: [UInt8], challenge: Challenge? = nil, certifying keys: [KeyToCertify]
  ) throws(AttestationError) -> Result {
    guard Self.nonceByteCounts.contains(nonce.count) else {
      throw .unusable("a nonce has 8 to 64 bytes, and this one \(nonce.count)")
    }
    if let reason = devices.obstacle(to: tcti) { throw .unusable(reason) }
    guard let library = TSSLibrary.installed, let functions = TSSAttestation() else {
      throw .unusable(
        "libtss2-esys is not installed; on Debian and Ubuntu it comes with tpm2-tools")
    }
    let (tcti, key) = (tcti, key)
    let outcome = TimeLimit.run(seconds: seconds) { () -> Swift.Result<Result, TPMFailure> in
      do throws(TPMFailure) {
        let tpm = try AttestingTPM(try TPMConnection(tcti, library: library), functions: functions)
        return .success(try tpm.attest(nonce: nonce, key: key, challenge: challenge, certifying: keys))
      } catch {
        return .failure(error)
      }
    }
    switch outcome {
    case .success(let result): return result
    case .failure(let failure):
      switch failure.concern {
      case .tpm: throw .unusable(failure.reason)
      case .challenge: throw .challenge(failure.reason)
      case .certification: throw .certification(failure.reason)
      }
    case nil:
      throw .unusable(
        "the TPM behind '\(tcti)' was not done within \(seconds) s; --timeout gives it more time")
    }
  }
}

/// Why a TPM did not attest: one plain sentence without a full stop.
package enum AttestationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The TPM cannot be reached or used.
  case unusable(String)
  /// The TPM can be used, but does not answer the challenge: it was made for other keys.
  case challenge(String)
  /// The TPM can be used, but a key that is to be certified is not there, or is not certified.
  case certification(String)

  /// The sentence.
  package var description: String {
    switch self {
    case .unusable(let reason), .challenge(let reason), .certification(let reason): reason
    }
  }
}

extension AttestingTPM {
  func attest(
    nonce: [UInt8], key: AttestationKey, challenge: Challenge?, certifying keys: [KeyToCertify]
  ) throws(TPMFailure) -> TPMAttester.Result {
    let selections = try quotable()
    let opened = try open(keys)
    return try withPrimaryKey("an attestation key", template: key.template) {
      attestationKey throws(TPMFailure) in
      var evidence = try quote(of: selections, nonce: nonce, by: attestationKey)
      // While there is room for them: the endorsement key takes some too.
      let certified = try certify(opened, nonce: nonce, by: attestationKey)
      evidence.certifiedKeys = certified.certifications
      return try withEndorsementKey { endorsementKey, endorsement throws(TPMFailure) in
        evidence.endorsementKey = endorsementKey.area.bytes
        evidence.endorsementCertificate = endorsement.certificate
        evidence.intermediateCertificates = endorsement.intermediates
        if let challenge {
          evidence.activation = try answer(to: challenge, for: attestationKey, by: endorsementKey)
        }
        return TPMAttester.Result(evidence: evidence, warnings: certified.warnings + endorsement.warnings)
      }
    }
  }

  /// The secret of a challenge, which the TPM gives away for these two keys only. Their names tell beforehand what is wrong.
  private func answer(
    to challenge: Challenge, for attestationKey: Key, by endorsementKey: Key
  ) throws(TPMFailure) -> [UInt8] {
    guard challenge.endorsementKeyName == endorsementKey.area.name else {
      throw TPMFailure(
        reason: "the challenge was made for the endorsement key of another TPM", concern: .challenge)
    }
    guard challenge.attestationKeyName == attestationKey.area.name else {
      throw TPMFailure(
        reason:
          "the challenge was made for another attestation key; --key has to be what it was for the evidence that "
          + "it answers", concern: .challenge)
    }
    return try activate(challenge, of: attestationKey, by: endorsementKey)
  }

  /// The registers to quote: of banks in use whose digests are known here.
  func quotable() throws(TPMFailure) -> [PCRSelection] {
    let selections = try connection.allocation().filter { $0.algorithm.byteCount != nil }.map {
      PCRSelection(
        algorithm: $0.algorithm, registers: $0.registers.intersection(TPMAttester.registers))
    }.filter { !$0.registers.isEmpty }
    guard !selections.isEmpty, Set(selections.map(\.algorithm)).count == selections.count else {
      throw TPMFailure(reason: "the TPM has no bank of PCRs in use that is known here")
    }
    return selections
  }

  /// A quote with the values that it is of: registers only ever go on, so that values which are the same before and after it were
  /// the same in between.
  private func quote(
    of selections: [PCRSelection], nonce: [UInt8], by key: Key
  ) throws(TPMFailure) -> Evidence {
    var before = try values(of: selections)
    for _ in 0..<4 {
      let (statement, signature) = try quote(selections, nonce: nonce, by: key)
      let after = try values(of: selections)
      if before == after {
        return Evidence(
          nonce: nonce, attestationKey: key.area.bytes, quote: statement, signature: signature, pcrs: after)
      }
      before = after
    }
    throw TPMFailure(
      reason: "the PCRs change faster than they can be quoted; try again when the boot is over")
  }
}

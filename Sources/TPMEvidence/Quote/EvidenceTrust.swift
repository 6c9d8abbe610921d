/// What whoever judges evidence knows of the device already. None of it comes from the evidence: see docs/decisions/0015-whose-quote.md.
package struct EvidenceTrust: Hashable, Sendable {
  /// The name of the attestation key (``TPMPublic/name``), learned when the key was known to be a TPM's. Nil when it is not known.
  package var attestationKeyName: [UInt8]?
  /// What was found out about the endorsement key's certificate.
  package var endorsement: EndorsementFinding
  /// The secret of a challenge that was sent to the device, or nil.
  package var secret: ChallengeSecret?

  /// Knowledge of a device; without arguments none.
  package init(
    attestationKeyName: [UInt8]? = nil, endorsement: EndorsementFinding = .noRoots,
    secret: ChallengeSecret? = nil
  ) {
    self.attestationKeyName = attestationKeyName
    self.endorsement = endorsement
    self.secret = secret
  }
}

/// What is known of the certificate of an endorsement key.
package enum EndorsementFinding: Hashable, Sendable {
  /// There is nothing to verify it by.
  case noRoots
  /// The evidence has none.
  case noCertificate
  /// It leads to a root and is one of the endorsement key in the evidence; the text says which, such as the subject of the root.
  case verified(String)
  /// It does not, for this reason.
  case refused(String)
  /// It, or one above it, cannot be read, for this reason, so that it is not known whether it does.
  case unread(String)
}

/// Whether an attestation key is one of a TPM that is trusted.
package enum KeyTrust: Hashable, Sendable {
  /// It is; the text says by what.
  case trusted(String)
  /// Nothing proves it; the text says what is missing and what to do.
  case unproven(String)
}

extension EvidenceTrust {
  /// Judges the attestation key of some evidence, whose own word for itself does not count.
  func trust(in key: TPMPublic, of evidence: Evidence) -> KeyTrust {
    if let known = attestationKeyName {
      return known == key.name
        ? .trusted("it is the key that was known before")
        : .unproven("it is not the key that was known before, \(hexadecimal(known))")
    }
    switch (endorsement, link(to: key, of: evidence)) {
    case (.verified(let root), nil):
      return .trusted("its TPM holds the endorsement key whose certificate leads to \(root)")
    case (.verified, let missing?): return .unproven(missing)
    case (.refused(let reason), _):
      return .unproven("the certificate of its TPM's endorsement key is refused: \(reason)")
    case (.unread(let reason), _):
      return .unproven("nothing is known of its TPM: \(reason); name a key known from before with --ak")
    case (.noCertificate, _):
      return .unproven(
        "the evidence has no certificate of an endorsement key; name a key known from before with --ak")
    case (.noRoots, _) where secret == nil:
      return .unproven(
        "nothing says that it is a TPM's: name a key known from before with --ak, or give --ek-roots and the --secret of a "
          + "challenge")
    case (.noRoots, _):
      return .unproven("nothing verifies the certificate of its TPM's endorsement key: give --ek-roots")
    }
  }

  /// Why it is not proved that one TPM holds the attestation key and the endorsement key; nil when it is.
  func link(to key: TPMPublic, of evidence: Evidence) -> String? {
    guard let secret else {
      return
        "nothing links it to the endorsement key: make a challenge with policyc challenge, have it answered, and give --secret"
    }
    guard secret.attestationKeyName == key.name else {
      return "the challenge was made for another attestation key, \(hexadecimal(secret.attestationKeyName))"
    }
    guard let area = evidence.endorsementKey else { return "the evidence has no endorsement key" }
    guard let endorsementKey = try? TPMPublic(area) else {
      return "the evidence's endorsement key is damaged"
    }
    guard secret.endorsementKeyName == endorsementKey.name else {
      return "the challenge was made for another endorsement key, \(hexadecimal(secret.endorsementKeyName))"
    }
    if let weakness = endorsementKey.weakness {
      return "the endorsement key need not be the TPM's alone: \(weakness)"
    }
    guard let answer = evidence.activation else { return "the evidence has no answer to the challenge" }
    guard secret.isAnswered(by: answer) else { return "the answer to the challenge is wrong" }
    return nil
  }
}

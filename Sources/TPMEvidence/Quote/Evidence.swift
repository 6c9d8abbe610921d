/// What `policyc attest` gathers on a device so that somebody else can judge it: a quote of its TPM, what the quote vouches for, and what
/// says whose quote it is.
///
/// Nothing in it is trusted; `EvidenceVerification` says what of it holds. Structures of the TPM are kept as the TPM marshalled them
/// (TPM 2.0 Library, part 2), so that a digest or a signature over them can be checked.
package struct Evidence: Hashable, Sendable {
  /// How many bytes a nonce has: fewer can be guessed or come again, and a TPM takes no more.
  package static let nonceByteCounts = 8...64

  /// What the quote was asked to be made over; whoever judges compares the quote with a nonce of their own, not with this.
  package var nonce: [UInt8]
  /// The public area of the attestation key, TPMT_PUBLIC.
  package var attestationKey: [UInt8]
  /// The signed statement, TPMS_ATTEST.
  package var quote: [UInt8]
  /// Its signature, TPMT_SIGNATURE.
  package var signature: [UInt8]
  /// The PCR values at the time of the quote. They serve to say which PCR diverges; what counts is the digest in the quote.
  package var pcrs: PCRValues
  /// The public area of the endorsement key, TPMT_PUBLIC, or nil.
  package var endorsementKey: [UInt8]?
  /// The endorsement key's certificate in DER, or nil when the TPM has none.
  package var endorsementCertificate: [UInt8]?
  /// Certificates in DER that may stand between it and a root.
  package var intermediateCertificates: [[UInt8]]
  /// The boot log as the operating system keeps it, or nil.
  package var bootLog: [UInt8]?
  /// Boot logs of starts before that of ``bootLog``, in any order: those since the kernel was started, where it was resumed from hibernation since.
  package var earlierLogs: [[UInt8]] = []
  /// What the TPM recovered from a challenge, or nil when there was none.
  package var activation: [UInt8]?
  /// What the attestation key certified of other keys; at most ``KeyCertification/countLimit``.
  package var certifiedKeys: [KeyCertification] = []

  /// Evidence of a quote.
  package init(
    nonce: [UInt8], attestationKey: [UInt8], quote: [UInt8], signature: [UInt8],
    pcrs: PCRValues = PCRValues(),
    endorsementKey: [UInt8]? = nil, endorsementCertificate: [UInt8]? = nil,
    intermediateCertificates: [[UInt8]] = [], bootLog: [UInt8]? = nil, activation: [UInt8]? = nil
  ) {
    self.nonce = nonce
    self.attestationKey = attestationKey
    self.quote = quote
    self.signature = signature
    self.pcrs = pcrs
    self.endorsementKey = endorsementKey
    self.endorsementCertificate = endorsementCertificate
    self.intermediateCertificates = intermediateCertificates
    self.bootLog = bootLog
    self.activation = activation
  }
}

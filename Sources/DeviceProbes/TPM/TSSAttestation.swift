import CTSS2

#if canImport(Glibc)
  import Glibc
#endif

/// The functions of tpm2-tss for keys, quotes and NV memory, looked up when a device attests: a check has no use for them.
struct TSSAttestation: Sendable {
  typealias Out<Structure> = UnsafeMutablePointer<UnsafeMutablePointer<Structure>?>

  typealias CreatePrimary =
    @convention(c) (
      OpaquePointer, ESYS_TR, ESYS_TR, ESYS_TR, ESYS_TR, UnsafePointer<TPM2B_SENSITIVE_CREATE>,
      UnsafePointer<TPM2B_PUBLIC>, UnsafePointer<TPM2B_DATA>, UnsafePointer<TPML_PCR_SELECTION>,
      UnsafeMutablePointer<ESYS_TR>, Out<TPM2B_PUBLIC>, Out<TPM2B_CREATION_DATA>?, Out<TPM2B_DIGEST>?,
      Out<TPMT_TK_CREATION>?
    ) -> TSS2_RC
  typealias ReadPublic =
    @convention(c) (
      OpaquePointer, ESYS_TR, ESYS_TR, ESYS_TR, ESYS_TR, Out<TPM2B_PUBLIC>, Out<TPM2B_NAME>?, Out<TPM2B_NAME>?
    ) -> TSS2_RC
  typealias Quote =
    @convention(c) (
      OpaquePointer, ESYS_TR, ESYS_TR, ESYS_TR, ESYS_TR, UnsafePointer<TPM2B_DATA>,
      UnsafePointer<TPMT_SIG_SCHEME>, UnsafePointer<TPML_PCR_SELECTION>, Out<TPM2B_ATTEST>,
      Out<TPMT_SIGNATURE>
    ) -> TSS2_RC
  typealias Certify =
    @convention(c) (
      OpaquePointer, ESYS_TR, ESYS_TR, ESYS_TR, ESYS_TR, ESYS_TR, UnsafePointer<TPM2B_DATA>,
      UnsafePointer<TPMT_SIG_SCHEME>, Out<TPM2B_ATTEST>, Out<TPMT_SIGNATURE>
    ) -> TSS2_RC
  typealias ReadPCRs =
    @convention(c) (
      OpaquePointer, ESYS_TR, ESYS_TR, ESYS_TR, UnsafePointer<TPML_PCR_SELECTION>,
      UnsafeMutablePointer<UInt32>?, Out<TPML_PCR_SELECTION>, Out<TPML_DIGEST>
    ) -> TSS2_RC
  typealias ReadNV =
    @convention(c) (
      OpaquePointer, ESYS_TR, ESYS_TR, ESYS_TR, ESYS_TR, ESYS_TR, UInt16, UInt16, Out<TPM2B_MAX_NV_BUFFER>
    ) -> TSS2_RC
  typealias StartAuthSession =
    @convention(c) (
      OpaquePointer, ESYS_TR, ESYS_TR, ESYS_TR, ESYS_TR, ESYS_TR, UnsafePointer<TPM2B_NONCE>?, TPM2_SE,
      UnsafePointer<TPMT_SYM_DEF>, TPMI_ALG_HASH, UnsafeMutablePointer<ESYS_TR>
    ) -> TSS2_RC
  typealias PolicySecret =
    @convention(c) (
      OpaquePointer, ESYS_TR, ESYS_TR, ESYS_TR, ESYS_TR, ESYS_TR, UnsafePointer<TPM2B_NONCE>?,
      UnsafePointer<TPM2B_DIGEST>?, UnsafePointer<TPM2B_NONCE>?, Int32, Out<TPM2B_TIMEOUT>?,
      Out<TPMT_TK_AUTH>?
    ) -> TSS2_RC
  typealias ActivateCredential =
    @convention(c) (
      OpaquePointer, ESYS_TR, ESYS_TR, ESYS_TR, ESYS_TR, ESYS_TR, UnsafePointer<TPM2B_ID_OBJECT>,
      UnsafePointer<TPM2B_ENCRYPTED_SECRET>, Out<TPM2B_DIGEST>
    ) -> TSS2_RC
  typealias FlushContext = @convention(c) (OpaquePointer, ESYS_TR) -> TSS2_RC
  typealias MarshalPublic =
    @convention(c) (
      UnsafePointer<TPMT_PUBLIC>, UnsafeMutablePointer<UInt8>, Int, UnsafeMutablePointer<Int>
    ) -> TSS2_RC
  typealias UnmarshalPublic =
    @convention(c) (UnsafePointer<UInt8>, Int, UnsafeMutablePointer<Int>, UnsafeMutablePointer<TPMT_PUBLIC>)
    -> TSS2_RC
  typealias MarshalSignature =
    @convention(c) (
      UnsafePointer<TPMT_SIGNATURE>, UnsafeMutablePointer<UInt8>, Int, UnsafeMutablePointer<Int>
    ) -> TSS2_RC

  let createPrimary: CreatePrimary
  let readPublic: ReadPublic
  let quote: Quote
  let certify: Certify
  let readPCRs: ReadPCRs
  let readNV: ReadNV
  let startAuthSession: StartAuthSession
  let policySecret: PolicySecret
  let activateCredential: ActivateCredential
  let flushContext: FlushContext
  let marshalPublic: MarshalPublic
  let unmarshalPublic: UnmarshalPublic
  let marshalSignature: MarshalSignature

  /// The functions of this machine's library; nil when it is not installed, or is one without them.
  init?() {
    guard let esys = dlopen("libtss2-esys.so.0", RTLD_NOW | RTLD_LOCAL),
      let marshalling = dlopen("libtss2-mu.so.0", RTLD_NOW | RTLD_LOCAL),
      let createPrimary = dlsym(esys, "Esys_CreatePrimary"), let readPublic = dlsym(esys, "Esys_ReadPublic"),
      let quote = dlsym(esys, "Esys_Quote"), let certify = dlsym(esys, "Esys_Certify"),
      let readPCRs = dlsym(esys, "Esys_PCR_Read"),
      let readNV = dlsym(esys, "Esys_NV_Read"),
      let startAuthSession = dlsym(esys, "Esys_StartAuthSession"),
      let policySecret = dlsym(esys, "Esys_PolicySecret"),
      let activateCredential = dlsym(esys, "Esys_ActivateCredential"),
      let flushContext = dlsym(esys, "Esys_FlushContext"),
      let marshalPublic = dlsym(marshalling, "Tss2_MU_TPMT_PUBLIC_Marshal"),
      let unmarshalPublic = dlsym(marshalling, "Tss2_MU_TPMT_PUBLIC_Unmarshal"),
      let marshalSignature = dlsym(marshalling, "Tss2_MU_TPMT_SIGNATURE_Marshal")
    else { return nil }
    self.createPrimary = unsafeBitCast(createPrimary, to: CreatePrimary.self)
    self.readPublic = unsafeBitCast(readPublic, to: ReadPublic.self)
    self.quote = unsafeBitCast(quote, to: Quote.self)
    self.certify = unsafeBitCast(certify, to: Certify.self)
    self.readPCRs = unsafeBitCast(readPCRs, to: ReadPCRs.self)
    self.readNV = unsafeBitCast(readNV, to: ReadNV.self)
    self.startAuthSession = unsafeBitCast(startAuthSession, to: StartAuthSession.self)
    self.policySecret = unsafeBitCast(policySecret, to: PolicySecret.self)
    self.activateCredential = unsafeBitCast(activateCredential, to: ActivateCredential.self)
    self.flushContext = unsafeBitCast(flushContext, to: FlushContext.self)
    self.marshalPublic = unsafeBitCast(marshalPublic, to: MarshalPublic.self)
    self.unmarshalPublic = unsafeBitCast(unmarshalPublic, to: UnmarshalPublic.self)
    self.marshalSignature = unsafeBitCast(marshalSignature, to: MarshalSignature.self)
  }
}

import CTSS2

#if canImport(Glibc)
  import Glibc
#endif

/// The functions of tpm2-tss that the probe calls, looked up when a TPM is first asked. Those for keys and quotes are in
/// ``TSSAttestation``.
///
/// They are not linked: loading the library costs every start of the program 1.5 ms, of which most starts have no use.
struct TSSLibrary: Sendable {
  typealias InitializeTCTI =
    @convention(c) (UnsafePointer<CChar>, UnsafeMutablePointer<OpaquePointer?>) -> TSS2_RC
  typealias FinalizeTCTI = @convention(c) (UnsafeMutablePointer<OpaquePointer?>) -> Void
  typealias Initialize =
    @convention(c) (
      UnsafeMutablePointer<OpaquePointer?>, OpaquePointer?, UnsafeMutablePointer<TSS2_ABI_VERSION>?
    )
    -> TSS2_RC
  typealias Finalize = @convention(c) (UnsafeMutablePointer<OpaquePointer?>) -> Void
  typealias Free = @convention(c) (UnsafeMutableRawPointer?) -> Void
  typealias GetCapability =
    @convention(c) (
      OpaquePointer, ESYS_TR, ESYS_TR, ESYS_TR, TPM2_CAP, UInt32, UInt32, UnsafeMutablePointer<TPMI_YES_NO>,
      UnsafeMutablePointer<UnsafeMutablePointer<TPMS_CAPABILITY_DATA>?>
    ) -> TSS2_RC
  typealias FromTPMPublic =
    @convention(c) (
      OpaquePointer, TPM2_HANDLE, ESYS_TR, ESYS_TR, ESYS_TR, UnsafeMutablePointer<ESYS_TR>
    ) -> TSS2_RC
  typealias ReadNVPublic =
    @convention(c) (
      OpaquePointer, ESYS_TR, ESYS_TR, ESYS_TR, ESYS_TR,
      UnsafeMutablePointer<UnsafeMutablePointer<TPM2B_NV_PUBLIC>?>,
      UnsafeMutablePointer<UnsafeMutablePointer<TPM2B_NAME>?>?
    ) -> TSS2_RC
  typealias Decode = @convention(c) (TSS2_RC) -> UnsafePointer<CChar>?

  let initializeTCTI: InitializeTCTI
  let finalizeTCTI: FinalizeTCTI
  let initialize: Initialize
  let finalize: Finalize
  let free: Free
  let getCapability: GetCapability
  let fromTPMPublic: FromTPMPublic
  let readNVPublic: ReadNVPublic
  private let decode: Decode?

  /// The library of this machine, or nil when tpm2-tss is not installed.
  static let installed = TSSLibrary(esys: "libtss2-esys.so.0")

  /// Loads the library of a name and those that belong to it; nil when one of them or a function is missing.
  init?(esys name: String) {
    // tpm2-tss writes log lines of its own on standard error; somebody who looks for a fault may ask for them.
    setenv("TSS2_LOG", "all+NONE", 0)
    guard let esys = dlopen(name, RTLD_NOW | RTLD_LOCAL),
      let loader = dlopen("libtss2-tctildr.so.0", RTLD_NOW | RTLD_LOCAL),
      let initializeTCTI = dlsym(loader, "Tss2_TctiLdr_Initialize"),
      let finalizeTCTI = dlsym(loader, "Tss2_TctiLdr_Finalize"),
      let initialize = dlsym(esys, "Esys_Initialize"), let finalize = dlsym(esys, "Esys_Finalize"),
      let free = dlsym(esys, "Esys_Free"), let getCapability = dlsym(esys, "Esys_GetCapability"),
      let fromTPMPublic = dlsym(esys, "Esys_TR_FromTPMPublic"),
      let readNVPublic = dlsym(esys, "Esys_NV_ReadPublic")
    else { return nil }
    self.initializeTCTI = unsafeBitCast(initializeTCTI, to: InitializeTCTI.self)
    self.finalizeTCTI = unsafeBitCast(finalizeTCTI, to: FinalizeTCTI.self)
    self.initialize = unsafeBitCast(initialize, to: Initialize.self)
    self.finalize = unsafeBitCast(finalize, to: Finalize.self)
    self.free = unsafeBitCast(free, to: Free.self)
    self.getCapability = unsafeBitCast(getCapability, to: GetCapability.self)
    self.fromTPMPublic = unsafeBitCast(fromTPMPublic, to: FromTPMPublic.self)
    self.readNVPublic = unsafeBitCast(readNVPublic, to: ReadNVPublic.self)
    decode = dlopen("libtss2-rc.so.0", RTLD_NOW | RTLD_LOCAL).flatMap { dlsym($0, "Tss2_RC_Decode") }
      .map { unsafeBitCast($0, to: Decode.self) }
  }

  /// What a return code means, with the code.
  func explain(_ code: TSS2_RC) -> String {
    let number = "0x" + String(code, radix: 16)
    guard let text = decode?(code) else { return number }
    return "\(String(cString: text)) (\(number))"
  }
}

import CTSS2

/// Why the TPM did not say what it was asked.
struct TPMFailure: Error, Hashable, Sendable {
  /// One plain sentence without a full stop.
  let reason: String
  /// What the trouble is with.
  var concern = Concern.tpm

  /// What a TPM may have trouble with.
  enum Concern: Hashable, Sendable {
    /// The TPM itself.
    case tpm
    /// A challenge; the TPM is well.
    case challenge
    /// A key that is to be certified; the TPM is well.
    case certification
  }
}

/// An ESAPI connection to one TPM. What the TPM sends back is not trusted to be well-formed.
final class TPMConnection {
  let library: TSSLibrary
  private var transport: OpaquePointer?
  private var context: OpaquePointer?

  /// Opens the TPM that a TCTI string names.
  init(_ tcti: String, library: TSSLibrary) throws(TPMFailure) {
    self.library = library
    var code = library.initializeTCTI(tcti, &transport)
    guard code == TSS2_RC(TSS2_RC_SUCCESS), transport != nil else {
      throw TPMFailure(reason: "no TPM can be reached through '\(tcti)': \(library.explain(code))")
    }
    code = library.initialize(&context, transport, nil)
    guard code == TSS2_RC(TSS2_RC_SUCCESS), context != nil else {
      library.finalizeTCTI(&transport)
      throw TPMFailure(reason: "the TPM behind '\(tcti)' does not answer: \(library.explain(code))")
    }
  }

  deinit {
    if context != nil { library.finalize(&context) }
    if transport != nil { library.finalizeTCTI(&transport) }
  }

  /// The context to call the library with.
  func opened() throws(TPMFailure) -> OpaquePointer {
    guard let context else { throw TPMFailure(reason: "the TPM is closed") }
    return context
  }

  /// Properties from a first one on, by number, as many as the TPM gives at once.
  func properties(from first: UInt32) throws(TPMFailure) -> [UInt32: UInt32] {
    let (data, _) = try capability(TPM2_CAP(TPM2_CAP_TPM_PROPERTIES), from: first, count: 64)
    let count = Int(data.data.tpmProperties.count)
    return withUnsafeBytes(of: data.data.tpmProperties.tpmProperty) { bytes in
      var found: [UInt32: UInt32] = [:]
      for entry in bytes.bindMemory(to: TPMS_TAGGED_PROPERTY.self).prefix(count) {
        found[entry.property] = entry.value
      }
      return found
    }
  }

  /// The hash algorithms that have a bank with at least one PCR in use.
  func activeBanks() throws(TPMFailure) -> Set<UInt16> { Set(try allocation().map(\.algorithm.rawValue)) }

  /// The PCRs in use, bank by bank.
  func allocation() throws(TPMFailure) -> [PCRSelection] {
    let (data, _) = try capability(TPM2_CAP(TPM2_CAP_PCRS), from: 0, count: 1)
    return PCRSelection.list(data.data.assignedPCR).filter { !$0.registers.isEmpty }
  }

  /// The handles in use between two of one kind: NV indices, or persistent objects.
  func handles(in range: ClosedRange<UInt32>) throws(TPMFailure) -> [UInt32] {
    var found: [UInt32] = []
    var next = range.lowerBound
    // A TPM that always promises more, or that goes back, ends here.
    for _ in 0..<64 {
      let (data, more) = try capability(TPM2_CAP(TPM2_CAP_HANDLES), from: next, count: 254)
      let count = Int(data.data.handles.count)
      let handles = withUnsafeBytes(of: data.data.handles.handle) {
        Array($0.bindMemory(to: TPM2_HANDLE.self).prefix(count))
      }
      for handle in handles {
        guard handle >= next else { throw TPMFailure(reason: "the TPM lists its handles out of order") }
        guard handle <= range.upperBound else { return found }
        found.append(handle)
        guard handle < UInt32.max else { return found }
        next = handle + 1
      }
      if !more || handles.isEmpty { return found }
    }
    throw TPMFailure(reason: "the TPM's list of handles has no end")
  }

  /// Whether an NV index holds data that was written.
  func isWritten(_ index: UInt32) throws(TPMFailure) -> Bool {
    let context = try opened()
    let none = ESYS_TR(0xFFF)
    var object = none
    var code = library.fromTPMPublic(context, index, none, none, none, &object)
    guard code == TSS2_RC(TSS2_RC_SUCCESS) else {
      throw TPMFailure(
        reason: "the TPM refused NV index 0x\(String(index, radix: 16)): \(library.explain(code))")
    }
    var area: UnsafeMutablePointer<TPM2B_NV_PUBLIC>?
    code = library.readNVPublic(context, object, none, none, none, &area, nil)
    defer { library.free(area) }
    guard code == TSS2_RC(TSS2_RC_SUCCESS), let area else {
      throw TPMFailure(
        reason: "the TPM refused NV index 0x\(String(index, radix: 16)): \(library.explain(code))")
    }
    let written: UInt32 = 0x2000_0000
    return area.pointee.nvPublic.attributes & written != 0 && area.pointee.nvPublic.dataSize > 0
  }

  private func capability(
    _ capability: TPM2_CAP, from first: UInt32, count: UInt32
  ) throws(TPMFailure) -> (TPMS_CAPABILITY_DATA, more: Bool) {
    let context = try opened()
    let none = ESYS_TR(0xFFF)
    var more: TPMI_YES_NO = 0
    var data: UnsafeMutablePointer<TPMS_CAPABILITY_DATA>?
    let code = library.getCapability(context, none, none, none, capability, first, count, &more, &data)
    defer { library.free(data) }
    guard code == TSS2_RC(TSS2_RC_SUCCESS), let data else {
      throw TPMFailure(reason: "the TPM refused to list its capabilities: \(library.explain(code))")
    }
    guard data.pointee.capability == capability else {
      throw TPMFailure(reason: "the TPM answered another question than it was asked")
    }
    return (data.pointee, more != 0)
  }
}

import CTSS2
import TPMEvidence

extension AttestingTPM {
  /// The values of registers.
  func values(of selections: [PCRSelection]) throws(TPMFailure) -> PCRValues {
    var values = PCRValues()
    var left = selections.filter { !$0.registers.isEmpty }
    // A TPM gives eight values at once, or fewer; each answer has at least one.
    for _ in 0..<256 where !left.isEmpty {
      var asked = PCRSelection.marshalled(left)
      var given: UnsafeMutablePointer<TPML_PCR_SELECTION>?
      var digests: UnsafeMutablePointer<TPML_DIGEST>?
      let code = functions.readPCRs(
        context, Self.none, Self.none, Self.none, &asked, nil, &given, &digests)
      defer {
        connection.library.free(given)
        connection.library.free(digests)
      }
      guard code == Self.success, let given, let digests else {
        throw refusal("to tell its PCRs", code)
      }
      try take(PCRSelection.list(given.pointee), digests.pointee, into: &values, from: &left)
    }
    guard left.isEmpty else { throw TPMFailure(reason: "the TPM does not tell all of its PCRs") }
    return values
  }

  private func take(
    _ given: [PCRSelection], _ digests: TPML_DIGEST, into values: inout PCRValues,
    from left: inout [PCRSelection]
  ) throws(TPMFailure) {
    let digests = withUnsafeBytes(of: digests.digests) { raw in
      raw.bindMemory(to: TPM2B_DIGEST.self).prefix(Int(digests.count)).map {
        bytes(of: $0.buffer, count: Int($0.size))
      }
    }
    let confused = TPMFailure(reason: "the TPM gave other PCRs than it was asked for")
    var next = digests.makeIterator()
    for selection in given {
      guard !selection.registers.isEmpty else { continue }
      guard let place = left.firstIndex(where: { $0.algorithm == selection.algorithm }),
        selection.registers.isSubset(of: left[place].registers)
      else { throw confused }
      for register in selection.registers.sorted() {
        guard let digest = next.next(), digest.count == selection.algorithm.byteCount else { throw confused }
        values.banks[selection.algorithm, default: [:]][register] = digest
      }
      left[place].registers.subtract(selection.registers)
    }
    guard next.next() == nil, !digests.isEmpty else { throw confused }
    left.removeAll { $0.registers.isEmpty }
  }

  /// Has a key sign the values of registers together with a nonce: TPMS_ATTEST, and TPMT_SIGNATURE.
  func quote(
    _ selections: [PCRSelection], nonce: [UInt8], by key: Key
  ) throws(TPMFailure) -> (statement: [UInt8], signature: [UInt8]) {
    var data = try qualifyingData(nonce)
    // The key brings its scheme.
    var scheme = TPMT_SIG_SCHEME()
    scheme.scheme = 0x0010
    var asked = PCRSelection.marshalled(selections)
    var statement: UnsafeMutablePointer<TPM2B_ATTEST>?
    var signature: UnsafeMutablePointer<TPMT_SIGNATURE>?
    let code = functions.quote(
      context, key.handle, Self.password, Self.none, Self.none, &data, &scheme, &asked, &statement,
      &signature)
    defer {
      connection.library.free(statement)
      connection.library.free(signature)
    }
    guard code == Self.success, let statement, let signature else {
      // TPM_RC_SIZE of the first parameter.
      if code & 0xFFF == 0x1D5 {
        throw TPMFailure(
          reason: "the TPM does not take a nonce of \(nonce.count) bytes; one of 32 suits every TPM")
      }
      throw refusal("a quote", code)
    }
    return try marshalled(statement, signature)
  }

  /// What is to be signed along.
  func qualifyingData(_ nonce: [UInt8]) throws(TPMFailure) -> TPM2B_DATA {
    var data = TPM2B_DATA()
    guard fill(&data.buffer, with: nonce) else {
      throw TPMFailure(reason: "a nonce of \(nonce.count) bytes is longer than a TPM takes")
    }
    data.size = UInt16(nonce.count)
    return data
  }

  /// A statement and its signature as the TPM marshals them: TPMS_ATTEST, and TPMT_SIGNATURE.
  func marshalled(
    _ statement: UnsafeMutablePointer<TPM2B_ATTEST>, _ signature: UnsafeMutablePointer<TPMT_SIGNATURE>
  ) throws(TPMFailure) -> (statement: [UInt8], signature: [UInt8]) {
    var marshalled = [UInt8](repeating: 0, count: MemoryLayout<TPMT_SIGNATURE>.size)
    var count = 0
    guard
      functions.marshalSignature(signature, &marshalled, marshalled.count, &count) == Self.success,
      count <= marshalled.count
    else { throw TPMFailure(reason: "the TPM gave a signature that is not well formed") }
    return (
      bytes(of: statement.pointee.attestationData, count: Int(statement.pointee.size)),
      Array(marshalled.prefix(count))
    )
  }
}

import TPMEvidence

/// Structures of a TPM: what is read of them lies in their bytes, and makes no two keys of one name.
func fuzzQuote(_ bytes: [UInt8]) {
  do {
    let key = try TPMPublic(bytes)
    require(bytes.suffix(key.bytes.count) == key.bytes[...], "a key is not made of its bytes")
    require(
      key.name.count == 2 + (key.nameAlgorithm.byteCount ?? 0), "a name has another length than its hash")
    require((try? TPMPublic(key.bytes)) == key, "a key reads otherwise without its size")
    require(
      key.isAttestationKey == (key.attestationKeyDefect == nil), "a key is and is not one of attestation")
    switch key.key {
    case .rsa(let modulus, let exponent):
      require(modulus.first ?? 0 >= 0x80 && exponent % 2 == 1, "a modulus is short or an exponent even")
    case .ecc(let curve, let x, let y):
      require(x.count == curve.byteCount && y.count == curve.byteCount, "a coordinate is short or long")
    }
    // Whatever the key is, it did not sign this.
    for scheme in [
      [0, 0x14, 0, 4, 1, 0] + [UInt8](repeating: 1, count: 256), [0, 0x18, 0, 0x0B, 0, 1, 1, 0, 1, 1],
    ] {
      if let signature = try? TPMSignature(scheme) {
        require(signature.defect(over: [1], by: key) != nil, "a made-up signature holds")
      }
    }
  } catch {
    checkPlace(error, bytes)
  }
  do {
    let quote = try TPMAttest(bytes)
    require(quote.bytes == bytes, "a quote is not made of its bytes")
    require(quote.extraData.count <= TPMAttest.extraDataLimit, "a nonce is too long")
    for selection in quote.selections {
      require(selection.registers.sorted() == selection.registers, "registers are not in order")
      require(selection.registers.allSatisfy { (0..<32).contains($0) }, "there is no such register")
    }
  } catch {
    checkPlace(error, bytes)
  }
  do {
    let statement = try TPMCertification(bytes)
    require(statement.bytes == bytes, "a statement is not made of its bytes")
    require((try? TPMAttest(bytes)) == nil, "a statement is a certification and a quote")
  } catch {
    checkPlace(error, bytes)
  }
  do {
    let signature = try TPMSignature(bytes)
    require(TPMSignature.hashes.contains(signature.hash), "a signature over another hash is read")
  } catch {
    checkPlace(error, bytes)
  }
}

private func checkPlace(_ error: TPMStructureError, _ bytes: [UInt8]) {
  require((0...bytes.count).contains(error.offset), "the error lies outside the structure: \(error)")
  require(!error.message.isEmpty, "the error says nothing")
}

import CTSS2
import TPMEvidence

extension AttestingTPM {
  /// Makes the primary key of a template in the endorsement hierarchy, for as long as the body runs.
  func withPrimaryKey<Output>(
    _ what: String, template: [UInt8], _ body: (Key) throws(TPMFailure) -> Output
  ) throws(TPMFailure) -> Output {
    let (key, refused) = try primaryKey(template)
    guard let key else { throw refusal(what, refused) }
    defer { flush(key.handle) }
    return try body(key)
  }

  /// Makes the primary key of a template; the code of the TPM where it makes none. Whoever calls flushes it.
  func primaryKey(_ template: [UInt8]) throws(TPMFailure) -> (Key?, TSS2_RC) {
    var publicArea = TPM2B_PUBLIC()
    var offset = 0
    let unmarshalled = functions.unmarshalPublic(template, template.count, &offset, &publicArea.publicArea)
    guard unmarshalled == Self.success, offset == template.count else {
      throw TPMFailure(reason: "a template for a key in the TPM's NV memory is damaged")
    }
    var sensitive = TPM2B_SENSITIVE_CREATE()
    var outside = TPM2B_DATA()
    var registers = TPML_PCR_SELECTION()
    var handle = Self.none
    var made: UnsafeMutablePointer<TPM2B_PUBLIC>?
    let code = functions.createPrimary(
      context, Self.endorsementHierarchy, Self.password, Self.none, Self.none, &sensitive, &publicArea,
      &outside, &registers, &handle, &made, nil, nil, nil)
    defer { connection.library.free(made) }
    guard code == Self.success, let made else { return (nil, code) }
    do throws(TPMFailure) {
      return (try key(handle, made), code)
    } catch {
      flush(handle)
      throw error
    }
  }

  /// A key that is kept in the TPM, by its handle; nil when it cannot be read.
  func persistentKey(_ handle: UInt32) -> Key? {
    var object = Self.none
    guard
      connection.library.fromTPMPublic(context, handle, Self.none, Self.none, Self.none, &object)
        == Self.success
    else { return nil }
    var area: UnsafeMutablePointer<TPM2B_PUBLIC>?
    let code = functions.readPublic(context, object, Self.none, Self.none, Self.none, &area, nil, nil)
    defer { connection.library.free(area) }
    guard code == Self.success, let area else { return nil }
    return try? key(object, area)
  }

  /// Frees a key or a session. A TPM that refuses has lost it already.
  func flush(_ handle: ESYS_TR) { _ = functions.flushContext(context, handle) }

  private func key(
    _ handle: ESYS_TR, _ area: UnsafeMutablePointer<TPM2B_PUBLIC>
  ) throws(TPMFailure) -> Key {
    Key(handle: handle, area: try publicArea(area))
  }

  /// The public area of a key as the TPM marshals it.
  func publicArea(_ area: UnsafeMutablePointer<TPM2B_PUBLIC>) throws(TPMFailure) -> TPMPublic {
    var bytes = [UInt8](repeating: 0, count: MemoryLayout<TPMT_PUBLIC>.size)
    var count = 0
    guard
      functions.marshalPublic(&area.pointee.publicArea, &bytes, bytes.count, &count) == Self.success,
      count <= bytes.count
    else { throw TPMFailure(reason: "the TPM gave a key that is not well formed") }
    do throws(TPMStructureError) {
      return try TPMPublic(Array(bytes.prefix(count)))
    } catch {
      throw TPMFailure(reason: "the TPM gave a key that is not understood: \(error)")
    }
  }

  /// Has the TPM recover the secret of a challenge, which it does only when it holds both keys.
  func activate(
    _ challenge: Challenge, of attestationKey: Key, by endorsementKey: Key
  ) throws(TPMFailure) -> [UInt8] {
    var blob = TPM2B_ID_OBJECT()
    var encrypted = TPM2B_ENCRYPTED_SECRET()
    guard fill(&blob.credential, with: challenge.credential),
      fill(&encrypted.secret, with: challenge.encryptedSecret)
    else {
      throw TPMFailure(reason: "the challenge is longer than a TPM takes", concern: .challenge)
    }
    blob.size = UInt16(challenge.credential.count)
    encrypted.size = UInt16(challenge.encryptedSecret.count)
    var authorization = Self.password
    if !endorsementKey.area.attributes.contains(.userWithAuth) {
      authorization = try endorsementSession(endorsementKey.area.nameAlgorithm.rawValue)
    }
    defer { if authorization != Self.password { flush(authorization) } }
    var recovered: UnsafeMutablePointer<TPM2B_DIGEST>?
    let code = functions.activateCredential(
      context, attestationKey.handle, endorsementKey.handle, Self.password, authorization, Self.none, &blob,
      &encrypted, &recovered)
    defer { connection.library.free(recovered) }
    guard code == Self.success, let recovered else {
      throw TPMFailure(reason: refusal("the challenge", code).reason, concern: .challenge)
    }
    return bytes(of: recovered.pointee.buffer, count: Int(recovered.pointee.size))
  }

  /// A session that satisfies the policy of an endorsement key.
  private func endorsementSession(_ hash: UInt16) throws(TPMFailure) -> ESYS_TR {
    var symmetric = TPMT_SYM_DEF()
    symmetric.algorithm = 0x0010
    var session = Self.none
    let policySession: TPM2_SE = 0x01
    var code = functions.startAuthSession(
      context, Self.none, Self.none, Self.none, Self.none, Self.none, nil, policySession, &symmetric, hash,
      &session)
    guard code == Self.success else { throw refusal("a session", code) }
    code = functions.policySecret(
      context, Self.endorsementHierarchy, session, Self.password, Self.none, Self.none, nil, nil, nil, 0, nil,
      nil)
    guard code == Self.success else {
      flush(session)
      throw refusal("its endorsement hierarchy", code)
    }
    return session
  }
}

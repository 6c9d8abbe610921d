import TPMEvidence

/// The PCR values of a TPM, those that a boot log accounts for: ``TPMAttester/registers`` of every bank in use.
package struct TPMRegisters: Hashable, Sendable {
  /// The TCTI string of tpm2-tss that says how the TPM is reached.
  package let tcti: String
  /// How long the TPM may take, in seconds.
  package let seconds: Int

  /// The registers of the TPM behind a TCTI.
  package init(tcti: String = TPMProbe.defaultTCTI, seconds: Int = 10) {
    self.tcti = tcti
    self.seconds = min(max(seconds, 1), 3600)
  }

  /// Reads the values. Nothing vouches for them but the operating system: a quote does.
  package func values() throws(AttestationError) -> PCRValues {
    if let reason = TPMDevices().obstacle(to: tcti) { throw .unusable(reason) }
    guard let library = TSSLibrary.installed, let functions = TSSAttestation() else {
      throw .unusable(
        "libtss2-esys is not installed; on Debian and Ubuntu it comes with tpm2-tools")
    }
    let tcti = tcti
    let outcome = TimeLimit.run(seconds: seconds) { () -> Result<PCRValues, TPMFailure> in
      do throws(TPMFailure) {
        let tpm = try AttestingTPM(try TPMConnection(tcti, library: library), functions: functions)
        return .success(try tpm.values(of: try tpm.quotable()))
      } catch {
        return .failure(error)
      }
    }
    switch outcome {
    case .success(let values): return values
    case .failure(let failure): throw .unusable(failure.reason)
    case nil: throw .unusable("the TPM behind '\(tcti)' did not answer within \(seconds) s")
    }
  }
}

import FileAccess
import TPMEvidence

/// Where PCR values come from that a boot log is compared with.
package enum PCRSource: Hashable, Sendable, CustomStringConvertible {
  /// A TPM, by the TCTI string of tpm2-tss.
  case tpm(tcti: String)
  /// What `tpm2_pcrread` printed, or evidence; `-` is standard input.
  case file(path: String)

  /// The source that a command line names: `tpm`, `tpm:TCTI`, or a file.
  package init(_ text: String) {
    if text == "tpm" {
      self = .tpm(tcti: TPMProbe.defaultTCTI)
    } else if text.hasPrefix("tpm:") {
      self = .tpm(tcti: String(text.dropFirst(4)))
    } else {
      self = .file(path: text)
    }
  }

  /// The name of the file, or `tpm:TCTI`.
  package var description: String {
    switch self {
    case .tpm(let tcti): "tpm:\(tcti)"
    case .file(let path): path == "-" ? standardInputName : path
    }
  }

  /// Why there are no values.
  package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file cannot be read.
    case file(FileError)
    /// The TPM cannot be asked.
    case tpm(AttestationError)
    /// The file holds something else.
    case content(path: String, problem: String)

    /// One plain sentence, after the name of a file.
    package var description: String {
      switch self {
      case .tpm(let error): "\(error)"
      case .file(let error): "\(error)"
      case .content(let path, let problem): "\(path): \(problem)"
      }
    }
  }

  /// Reads the values.
  package func values() throws(Failure) -> PCRValues {
    switch self {
    case .tpm(let tcti):
      do throws(AttestationError) {
        return try TPMRegisters(tcti: tcti).values()
      } catch {
        throw .tpm(error)
      }
    case .file(let path): return try Self.values(path, name: description)
    }
  }

  private static func values(_ path: String, name: String) throws(Failure) -> PCRValues {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try readFile(path, limit: EvidenceFile.byteLimit)
    } catch {
      throw .file(error)
    }
    let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
    if bytes.first(where: { !blanks.contains($0) }) == UInt8(ascii: "{") {
      do throws(EvidenceFormatError) {
        return try EvidenceFile.decode(bytes).evidence.pcrs
      } catch {
        throw .content(path: name, problem: "\(error)")
      }
    }
    do throws(PCRTextError) {
      return try PCRValues(pcrread: bytes)
    } catch {
      throw .content(path: name, problem: "\(error)")
    }
  }
}

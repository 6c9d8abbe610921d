import DeviceProbes
import FileAccess
import TPMEvidence

/// Reads a file of `--reference`; ends the command when it is none.
func readReference(_ path: String, _ console: Console) throws -> ReferenceValues {
  let bytes = try readFile(path, limit: ReferenceValues.byteLimit)
  do throws(EvidenceFormatError) {
    return try ReferenceValues.decode(bytes, name: path == "-" ? standardInputName : path)
  } catch {
    console.say("error: '\(path)' is not a file of reference values: \(error)")
    throw ExitStatus.inaccessible.code
  }
}

import FileAccess
import TPMEvidence

/// The boot log that Linux keeps of the boot, beside its TPM.
package enum KernelBootLog {
  /// Where the kernel shows the log of the TPM behind a TCTI; nil for a TPM that is not the kernel's, since its registers are those of
  /// another boot.
  package static func path(ofTCTI tcti: String) -> String? {
    guard tcti.hasPrefix("device:") else { return nil }
    let device = tcti.dropFirst("device:".count)
    for prefix in ["/dev/tpmrm", "/dev/tpm"] where device.hasPrefix(prefix) {
      let number = device.dropFirst(prefix.count)
      guard !number.isEmpty, number.utf8.count < 6, number.utf8.allSatisfy({ (0x30...0x39).contains($0) })
      else { continue }
      return "/sys/kernel/security/tpm\(number)/binary_bios_measurements"
    }
    return nil
  }

  /// Reads a boot log as it is, whatever is in it.
  package static func read(_ path: String) throws(FileError) -> [UInt8] {
    try readFile(path, limit: EventLogLimits().bytes)
  }

  /// Why a log is of no use as evidence, as one plain sentence; nil for one that can be read.
  package static func defect(of log: [UInt8]) -> String? {
    do throws(EventLogError) {
      _ = try EventLog(log)
      return nil
    } catch {
      return "it is not a boot log, or a damaged one: \(error)"
    }
  }
}

extension Evidence {
  /// Adds boot logs, of which the one that comes nearest to the quoted values is that of the quoted start. Whoever judges looks for it anew.
  package mutating func add(_ logs: [[UInt8]]) {
    var logs = logs
    guard !logs.isEmpty else { return }
    let distances = logs.map { bytes in
      logs.count == 1 ? 0 : (try? EventLog(bytes))?.divergences(from: pcrs).count ?? Int.max
    }
    bootLog = logs.remove(at: distances.indices.min { distances[$0] < distances[$1] } ?? 0)
    earlierLogs = logs
  }
}

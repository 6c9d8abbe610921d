import ArgumentParser

/// How a command ends, the same for every command.
enum ExitStatus: Int32 {
  /// Done; the device complies; the input is valid.
  case done = 0
  /// Done, and the answer is no: an error was found, a device fails.
  case no = 1
  /// The command line is wrong.
  case usage = 2
  /// A fact that was needed could not be read.
  case indeterminate = 3
  /// A file, device or server could not be read or written.
  case inaccessible = 4
  /// The policy is not meant for the device, or asks nothing of it.
  case notApplicable = 5
  /// A bug in policyc.
  case bug = 70

  /// For a command to throw.
  var code: ExitCode { ExitCode(rawValue) }
}

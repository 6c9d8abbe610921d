/// Runs policyc in an empty folder, without a locale unless the environment has one, and waits for its end.
func policyc(
  _ arguments: String..., environment: [String: String] = [:], input: String = ""
) throws -> Run {
  let environment = ["LC_ALL": ""].merging(environment) { _, given in given }
  return try Tool.run(arguments, in: Folder(), environment: environment, input: Array(input.utf8))
}

/// Runs a shell line in which `$POLICYC` is policyc, without a locale, and gives its status.
func shell(_ line: String) throws -> Run {
  try Tool.shell(line, in: Folder(), environment: ["LC_ALL": ""])
}

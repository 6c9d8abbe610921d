import Diagnostics

/// Policies of one run whose outputs would have the same names. Windows and its shares take 'A' for 'a', so outputs
/// that differ in nothing else are the same file there.
struct OutputCollisions {
  private var writers: [String: (policy: String, name: Span, output: String)] = [:]
  /// One for each policy that collides with an earlier one.
  private(set) var findings: [Diagnostic] = []

  /// Takes in the next policy by its name and the names of its outputs; its name has this place.
  mutating func add(_ own: String, _ outputs: [String], at name: Span) {
    var isReported = false
    for output in outputs {
      let key = OutputName.folded(output)
      guard let earlier = writers[key] else {
        writers[key] = (own, name, output)
        continue
      }
      if isReported { continue }
      isReported = true
      findings.append(
        Diagnostic(
          "AP2027", .error,
          earlier.policy == own
            ? "two policies are called '\(own)'"
            : "the policies '\(earlier.policy)' and '\(own)' would write the same file: \(described(earlier.output, output))",
          at: Label(name, earlier.policy == own ? "the second one" : "this one writes \(output)"),
          secondary: [
            Label(
              earlier.name, earlier.policy == own ? "the first one" : "this one writes \(earlier.output)")
          ],
          help: ["their outputs would overwrite one another; rename one"]))
    }
  }

  private func described(_ earlier: String, _ output: String) -> String {
    earlier == output
      ? output : "\(earlier) and \(output) differ only in case, which Windows does not tell apart"
  }
}

import CSPCatalog
import DeviceProbes
import PolicyModel

/// A tool's output gives facts that the tool can tell, of the types that they have, and the same ones each time.
func fuzzTools(_ bytes: [UInt8]) {
  guard let first = bytes.first else { return }
  let tools = ToolOutput.allCases
  let tool = tools[Int(first) % tools.count]
  let output = Array(bytes.dropFirst())
  let findings = tool.findings(in: output)
  require(findings == tool.findings(in: output), "an output is understood in two ways")
  for (name, content) in findings {
    require(tool.names.contains(name), "\(name) is no fact of \(tool)")
    switch content {
    case .value(let value):
      require(types[name].map { value.isOf($0) } ?? false, "\(name) has a value of another type: \(value)")
    case .unknown(let reason):
      require(!reason.isEmpty && reason.utf8.count < 2000, "the reason for \(name) is empty or long")
      require(
        !reason.unicodeScalars.contains { $0.properties.generalCategory == .control },
        "control characters in a reason")
    }
  }
}

private let types = Dictionary(
  FactCatalog.embedded.entries.map { ($0.name, $0.declaration.type) }, uniquingKeysWith: { first, _ in first }
)

import CSPCatalog
import YAMLInput

/// Neither the reader nor the fact catalogue, which reads every kind of node, traps.
func fuzzYAML(_ bytes: [UInt8]) {
  guard let root = try? YAMLNode(yaml: bytes) else { return }
  require(root.span.start <= root.span.end, "the document ends before it begins")
  _ = try? FactCatalog(yaml: bytes)
}

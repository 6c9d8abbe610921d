import CSPCatalog

enum NodeNeeds {
  static func need(of node: CSPNode) -> HardwareNeed? { nil }
}

import PolicyModel

/// The facts that runbooks ask for, with the types that the catalogue of facts gives them. They stand here once more because reading that
/// catalogue takes longer than a whole check.
package enum RunbookFacts {
  /// Every fact that decides what a runbook shows.
  package static let declarations = [
    FactDeclaration(name: "bitlocker.os_volume", type: .symbol(["on", "off", "suspended"])),
    FactDeclaration(name: "bitlocker.recovery_key_escrowed", type: .bool),
    FactDeclaration(
      name: "join.type",
      type: .symbol(["entra_joined", "hybrid_joined", "registered", "domain_joined", "workgroup"])),
    FactDeclaration(name: "os.branch", type: .int),
  ]

  /// The declaration of a fact, or nil when no runbook asks for it.
  static func declaration(of name: String) -> FactDeclaration? { declarations.first { $0.name == name } }
}

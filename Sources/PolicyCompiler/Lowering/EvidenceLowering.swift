import Diagnostics
import PolicyModel
import PolicySyntax

/// `evidence …`: which PCR banks count, and which reference values may be used.
extension PolicyChecker {
  mutating func lowerEvidence(_ policy: NodeIndex) {
    var banks: [PCRBank] = []
    var references: [String] = []
    for clause in tree.children(of: policy) where tree.kind(clause) == .evidence {
      for part in tree.children(of: clause) {
        for node in tree.children(of: part) {
          if tree.kind(part) == .banks {
            if let bank = bank(node) { banks.append(bank) }
          } else if let digest = digest(node) {
            references.append(digest)
          }
        }
      }
    }
    evidence = EvidenceClause(banks: banks.isEmpty ? options.evidenceBanks : banks, references: references)
  }

  private mutating func bank(_ node: NodeIndex) -> PCRBank? {
    let name = tree.text(node)
    if let bank = PCRBank(rawValue: name) { return bank }
    reportUnknown(
      name, what: "PCR bank", among: { _ in PCRBank.allCases.map(\.rawValue) }, at: tree.span(node),
      code: "AP2025")
    return nil
  }

  private mutating func digest(_ node: NodeIndex) -> String? {
    if let digest = EvidenceClause.digest(tree.stringValue(node)) { return digest }
    sink.report(
      "AP2035", .error, "reference values are named by the SHA-256 digest of their file", at: tree.span(node),
      "not a SHA-256 digest",
      help: ["write its 64 hexadecimal digits, as sha256sum and 'policyc reference make' print them"])
    return nil
  }
}

/// `evidence …`: what a policy asks of the evidence by which devices are judged. Whoever judges says it, and never the device
/// (docs/decisions/0026-which-bank-counts.md).
package struct EvidenceClause: Hashable, Sendable {
  /// The PCR banks that count, each once, in the order of their numbers; empty where the policy leaves it to the command line.
  package var banks: [PCRBank]
  /// The SHA-256 digests of the files of reference values that may be used, in lower-case hexadecimal, each once, ascending;
  /// empty where any may be.
  package var references: [String]

  /// A clause that asks for this, put in order; without arguments for nothing.
  package init(banks: some Sequence<PCRBank> = [], references: some Sequence<String> = []) {
    let counted = Set(banks)
    self.banks = PCRBank.allCases.filter(counted.contains)
    self.references = Set(references).sorted()
  }

  /// Whether it asks for nothing.
  package var isEmpty: Bool { banks.isEmpty && references.isEmpty }

  /// A SHA-256 digest as a policy writes it, in lower case; nil for anything but 64 hexadecimal digits.
  package static func digest(_ text: String) -> String? {
    let digits = Array(text.utf8)
    guard digits.count == 64,
      digits.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x46).contains($0 & 0xDF) })
    else { return nil }
    return text.lowercased()
  }
}

/// A bank of PCRs, by the hash that it extends with (TCG Algorithm Registry).
package enum PCRBank: String, Hashable, Sendable, CaseIterable {
  case sha1, sha256, sha384, sha512
  case sm3 = "sm3_256"
}

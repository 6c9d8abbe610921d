import Diagnostics
import PolicySyntax
import SyncML

/// The waivers that clauses carry, and which of them waived something.
struct WaiverBook {
  private(set) var waivers: [Waiver] = []
  /// The findings of the rulebook among ``findings``: a clause in several payloads has one in each.
  private var known: Set<WaivedFinding> = []
  private var places: [ClauseID: [Int]] = [:]
  /// What was accepted, in the order of discovery.
  private(set) var findings: [WaivedFinding] = []

  var unused: [Waiver] { waivers.filter { !$0.isUsed } }
  var isEmpty: Bool { waivers.isEmpty }

  /// Whether a finding of a code can be accepted by the author: what makes a policy meaningless cannot.
  static func isWaivable(_ code: DiagnosticCode) -> Bool {
    switch code.text.prefix(4) {
    case "AP21", "AP22", "AP30": true
    case _ where PayloadWaiver.isWaivable(code): true
    default:
      [
        "AP2012", "AP2014", "AP2015", "AP2016", "AP2024", "AP2031", "AP2032", "AP2033", "AP2034",
      ].contains(code.text)
    }
  }

  mutating func add(_ waiver: Waiver, on clause: NodeIndex, file: FileID) {
    places[ClauseID(file: file, node: clause), default: []].append(waivers.count)
    waivers.append(waiver)
  }

  func isKnown(_ clause: NodeIndex, file: FileID) -> Bool {
    places[ClauseID(file: file, node: clause)] != nil
  }

  /// Why a finding is accepted; nil when no waiver of the clauses does so. The waiver counts as used then.
  ///
  /// - Parameter rulebook: For a finding of the rulebook its code there, by which a waiver may name it too, and the codes under which the
  ///   compiler said the same already.
  mutating func reason(
    for diagnostic: Diagnostic, rulebook: (code: DiagnosticCode, equivalents: [DiagnosticCode])? = nil,
    on clauses: [ClauseID]
  ) -> String? {
    guard !waivers.isEmpty else { return nil }
    let indices = clauses.flatMap { places[$0] ?? [] }
    func named(_ code: DiagnosticCode) -> Bool { code == diagnostic.code || code == rulebook?.code }
    guard let index = indices.first(where: { named(waivers[$0].code) }) else {
      // What the waiver accepted is in the book by the compiler's own words.
      return indices.first { rulebook?.equivalents.contains(waivers[$0].code) == true }
        .map { waivers[$0].reason }
    }
    waivers[index].isUsed = true
    let finding = WaivedFinding(
      code: diagnostic.code, message: diagnostic.message, reason: waivers[index].reason,
      span: diagnostic.primary?.span ?? waivers[index].span)
    if rulebook == nil || known.insert(finding).inserted { findings.append(finding) }
    return waivers[index].reason
  }
}

extension PolicyChecker {
  /// Notes the waivers of a clause; those of a group or an include count for the clauses inside too.
  mutating func noteWaivers(of clause: NodeIndex, in tree: SyntaxTree) {
    guard !waivers.isKnown(clause, file: tree.file) else { return }
    for node in tree.children(of: clause) where tree.kind(node) == .waiver {
      guard let name = tree.child(.name, of: node), let text = tree.child(.text, of: node) else { continue }
      let code = DiagnosticCode(tree.text(name))
      guard let rule = DiagnosticCatalog.rule(for: code) else {
        let close = DiagnosticCatalog.closestCode(to: code)
        sink.report(
          "AP2022", .error, "there is no finding \(code)", at: tree.span(name), "not a code of policyc",
          help: close.map { ["did you mean \($0)?"] } ?? ["policyc explain --list prints all codes"])
        continue
      }
      guard WaiverBook.isWaivable(code) else {
        sink.report(
          "AP2022", .error, "\(code) (\(rule.title)) cannot be waived", at: tree.span(name),
          "this finding leaves the policy without a meaning", help: ["mend what it reports"])
        continue
      }
      let reason = tree.stringValue(text)
      if reason.allSatisfy(\.isWhitespace) {
        sink.report(
          "AP2022", .error, "the waiver of \(code) gives no reason", at: tree.span(text),
          "the reason is empty",
          help: ["say why the finding is acceptable here; the reason travels into the manifest"])
      }
      waivers.add(Waiver(code: code, reason: reason, span: tree.span(node)), on: clause, file: tree.file)
    }
  }
}

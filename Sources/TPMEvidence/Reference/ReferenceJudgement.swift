/// What reference values say of a device. Whoever gives several of them asks that one explains the device wholly: parts of two models
/// make no third.
package struct ReferenceJudgement {
  /// Why the facts of Windows are not vouched for; nil when they are.
  package let windowsDoubt: Doubt?
  /// Why the other facts of the boot are not vouched for; nil when they are.
  package let bootDoubt: Doubt?
  /// What the values accounted for, and in what the device differs all the same, as a plain sentence without a full stop.
  package let remark: String

  /// Why facts are not vouched for: a plain sentence without a full stop.
  package enum Doubt: Hashable, Sendable {
    /// It may not have been Windows that measured.
    case stranger(String)
    /// The device differs in a part that it must not differ in.
    case difference(String)
  }

  /// Judges a device whose log leads to the quoted value of PCR 7; nil where there are no values, or it does not.
  ///
  /// - Parameters:
  ///   - references: The values, in the order in which they were given.
  ///   - accepted: What may have verified images by the word of whoever judges: see ``WindowsLoaderEvidence/signer(accepting:)``.
  package init?(_ quoted: QuotedLog, _ references: [ReferenceValues], accepting accepted: Set<[UInt8]>) {
    self.init(quoted, references, accepting: accepted, windows: WindowsLoaderEvidence.signers)
  }

  /// The same for another set of certificates of Windows.
  init?(
    _ quoted: QuotedLog, _ references: [ReferenceValues], accepting accepted: Set<[UInt8]>,
    windows: Set<[UInt8]>
  ) {
    guard !references.isEmpty, let loader = quoted.evidence(of: [7]).value?.loader else { return nil }
    let boot = MeasuredBoot(quoted)
    let judge = Judge(boot: boot, loader: loader, accepted: accepted, windows: windows)
    let outcomes = references.map(judge.outcome)
    // The first of the best: every comparison is strict.
    var best = outcomes[0]
    for outcome in outcomes.dropFirst() where outcome.distance < best.distance { best = outcome }
    windowsDoubt = best.stranger.map { .stranger($0) } ?? best.difference.map { .difference($0) }
    bootDoubt =
      outcomes.contains { $0.forbidden.isEmpty } ? nil : best.difference.map { .difference($0) }
    remark = best.remark
  }

  /// What came of one file.
  private struct Outcome {
    let values: ReferenceValues
    /// All in which the device differs.
    let differences: [ReferenceDifference]
    /// What leaves open who measured; nil when nothing does.
    let stranger: String?
    /// What only the values account for.
    let accounted: [String]

    /// Those in parts that the device must not differ in.
    var forbidden: [ReferenceDifference] { differences.filter { values.required.contains($0.section) } }

    /// How far the values are from explaining the device: by what leaves its facts open first, then by all else.
    var distance: (Int, Int) { (forbidden.count + (stranger == nil ? 0 : 1), differences.count) }

    var difference: String? {
      forbidden.isEmpty
        ? nil
        : "the device must not differ from \(values.phrase), and does: \(enumerated(forbidden.map(\.text)))"
    }

    var remark: String {
      var parts: [String] = []
      if !accounted.isEmpty {
        parts.append("\(values.phrase) account for \(enumerated(accounted))")
      }
      parts.append(
        differences.isEmpty
          ? "nothing differs from \(values.phrase)"
          : "differences from \(values.phrase): \(enumerated(differences.map(\.text)))")
      return parts.joined(separator: "; ")
    }
  }

  /// What is the same for all files.
  private struct Judge {
    let boot: MeasuredBoot
    let loader: WindowsLoaderEvidence
    let accepted: Set<[UInt8]>
    let windows: Set<[UInt8]>

    func outcome(of values: ReferenceValues) -> Outcome {
      let differences = values.differences(of: boot)
      func outcome(_ stranger: String?, accounted: [String] = []) -> Outcome {
        Outcome(values: values, differences: differences, stranger: stranger, accounted: accounted)
      }
      guard let plain = loader.signer(accepting: accepted, windows: windows).reason else {
        return outcome(nil)
      }
      let borrowed = borrowed(from: values)
      // What an authority of the values verified has to be among the values itself, image by image. What only Windows' own verified is
      // Windows' boot manager, listed or not.
      let gaps = differences.filter { difference in
        switch difference.section {
        case .images: !(difference.isBootManager && borrowed.isEmpty)
        case .firmware: difference.register == 2 && !borrowed.isEmpty
        case .authorities, .keys: false
        }
      }.map(\.text)
      let listed = Set(values.authorities.map(\.identity.digest))
      guard let reason = reason(accepting: listed, images: gaps.first) else {
        return outcome(nil, accounted: borrowed + images(of: values))
      }
      if reason == gaps.first {
        return outcome("\(plain); not accounted for by \(values.phrase): \(enumerated(gaps))")
      }
      let all = Set(boot.secureBoot.authorities.compactMap { $0.entry?.identity.digest })
      // Not so where Secure Boot is off, or the log is beyond any list.
      let isAboutAuthorities = self.reason(accepting: all, images: nil) != reason
      return outcome(isAboutAuthorities ? "\(reason); nor do \(values.phrase) list it" : reason)
    }

    private func reason(accepting digests: Set<[UInt8]>, images: String?) -> String? {
      loader.signer(accepting: accepted.union(digests), windows: windows, images: images).reason
    }

    /// The authorities that nothing but the values accounts for.
    private func borrowed(from values: ReferenceValues) -> [String] {
      let listed = Set(values.authorities.map(\.identity))
      return boot.secureBoot.authorities.filter { authority in
        guard let entry = authority.entry, listed.contains(entry.identity) else { return false }
        if case .certificate(let certificate) = entry {
          return [certificate.thumbprint, certificate.sha256].allSatisfy {
            !accepted.contains($0) && !windows.contains($0)
          }
        }
        return !accepted.contains(entry.identity.digest)
      }.map { "event \($0.event) in PCR 7 (\($0.entry?.shownAuthority ?? ""))" }
    }

    /// The images beside the boot manager, when all of them are listed.
    private func images(of values: ReferenceValues) -> [String] {
      boot.events.filter { $0.slot.section == .images && $0.slot != .image(.bootManager) }
        .map(boot.name)
    }
  }
}

extension ReferenceValues {
  /// `the reference values of 'x.json'`
  fileprivate var phrase: String { "the reference values of '\(name)'" }
}

/// `a`, `a and b`, `a, b, c and 4 more`.
private func enumerated(_ texts: [String]) -> String {
  let shown = texts.prefix(3)
  let rest = texts.count - shown.count
  let parts = shown + (rest > 0 ? ["\(rest) more"] : [])
  guard parts.count > 1, let last = parts.last else { return parts.first ?? "" }
  return parts.dropLast().joined(separator: ", ") + " and " + last
}

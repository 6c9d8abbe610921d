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
    guard !references.isEmpty, let loader = quoted.evidence(of: [7]).value?.loader else { return nil }
    let boot = MeasuredBoot(quoted)
    let judge = Judge(boot: boot, loader: loader, accepted: accepted)
    let outcomes = references.map { judge.outcome(of: $0) }
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
    let boot: MeasuredBoot
    /// All in which the device differs.
    let differences: [ReferenceDifference]
    /// What leaves open who measured; nil when nothing does.
    let stranger: String?
    /// What only the values account for.
    let accounted: [ReferenceDifference.Subject]

    /// Those in parts that the device must not differ in.
    var forbidden: [ReferenceDifference] { differences.filter { values.required.contains($0.section) } }

    /// How far the values are from explaining the device: by what leaves its facts open first, then by all else.
    var distance: (Int, Int) { (forbidden.count + (stranger == nil ? 0 : 1), differences.count) }

    var difference: String? {
      forbidden.isEmpty
        ? nil
        : "the device must not differ from \(values.phrase), and does: \(boot.enumerated(forbidden.map(\.subject)))"
    }

    var remark: String {
      let account = accounted.isEmpty ? "" : "\(values.phrase) account for \(boot.enumerated(accounted)); "
      return account
        + (differences.isEmpty
          ? "nothing differs from \(values.phrase)"
          : "differences from \(values.phrase): \(boot.enumerated(differences.map(\.subject)))")
    }
  }

  /// What is the same for all files.
  private struct Judge {
    let boot: MeasuredBoot
    let loader: WindowsLoaderEvidence
    let accepted: Set<[UInt8]>

    func outcome(of values: ReferenceValues) -> Outcome {
      let differences = values.differences(of: boot)
      func outcome(_ stranger: String?, accounted: [ReferenceDifference.Subject] = []) -> Outcome {
        Outcome(
          values: values, boot: boot, differences: differences, stranger: stranger, accounted: accounted)
      }
      guard let plain = loader.signer(accepting: accepted).reason else {
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
      }.map(\.subject)
      let listed = Set(values.authorities.map(\.identity.digest))
      let others = loader.signer(accepting: accepted.union(listed), images: nil).reason
      if let others {
        let all = Set(boot.secureBoot.authorities.compactMap { $0.entry?.identity.digest })
        // Not so where Secure Boot is off, or the log is beyond any list.
        let isAboutAuthorities =
          loader.signer(accepting: accepted.union(all), images: nil).reason != others
        return outcome(isAboutAuthorities ? "\(others); nor do \(values.phrase) list it" : others)
      }
      guard gaps.isEmpty else {
        return outcome("\(plain); not accounted for by \(values.phrase): \(boot.enumerated(gaps))")
      }
      let images = boot.events.filter {
        $0.slot.section == .images && $0.slot != .image(.bootManager)
      }
      return outcome(
        nil, accounted: borrowed + images.map(ReferenceDifference.Subject.event))
    }

    /// The authorities that nothing but the values accounts for.
    private func borrowed(from values: ReferenceValues) -> [ReferenceDifference.Subject] {
      let listed = Set(values.authorities.map(\.identity))
      return boot.secureBoot.authorities.filter { authority in
        guard let entry = authority.entry, listed.contains(entry.identity) else { return false }
        if case .certificate(let certificate) = entry {
          return [certificate.thumbprint, certificate.sha256].allSatisfy {
            !accepted.contains($0) && !WindowsLoaderEvidence.signers.contains($0)
          }
        }
        return !accepted.contains(entry.identity.digest)
      }.map { .authority($0) }
    }
  }
}

extension ReferenceValues {
  /// `the reference values of 'x.json'`
  fileprivate var phrase: String { "the reference values of '\(name)'" }
}

extension MeasuredBoot {
  /// `a`, `a and b`, `a, b, c and 4 more`.
  fileprivate func enumerated(_ subjects: [ReferenceDifference.Subject]) -> String {
    let shown = subjects.prefix(3).map(name)
    let rest = subjects.count - shown.count
    let parts = shown + (rest > 0 ? ["\(rest) more"] : [])
    guard parts.count > 1, let last = parts.last else { return parts.first ?? "" }
    return parts.dropLast().joined(separator: ", ") + " and " + last
  }
}

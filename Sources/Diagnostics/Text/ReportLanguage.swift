/// The languages that reports are written in.
package enum ReportLanguage: String, Hashable, Sendable, CaseIterable {
  case english = "en"
  case japanese = "ja"

  /// The language of a tag or locale name such as `ja`, `ja-JP` or `ja_JP.UTF-8`; nil for another language.
  package init?(tag: String) {
    self.init(rawValue: primarySubtag(of: tag))
  }

  /// The language that the POSIX locale variables ask for: the first of them that is set and not empty decides, and
  /// English stands for every language that reports are not written in.
  package init(lcAll: String?, lcMessages: String?, lang: String?) {
    let locale = [lcAll, lcMessages, lang].lazy.compactMap { $0 }.first { !$0.isEmpty }
    self = locale.flatMap { ReportLanguage(tag: $0) } ?? .english
  }

  /// The English or the Japanese of two texts.
  package func choose(_ english: @autoclosure () -> String, _ japanese: @autoclosure () -> String) -> String {
    self == .english ? english() : japanese()
  }
}

/// The language alone of a tag or locale name, in lower case: `ja` of `ja_JP.UTF-8`.
package func primarySubtag(of tag: String) -> String {
  String(tag.prefix { $0 != "-" && $0 != "_" && $0 != "." && $0 != "@" }).lowercased()
}

#if canImport(Glibc)
  import Glibc
#endif

/// What the environment says about the reader and the terminal.
struct Environment {
  private let value: (String) -> String?

  /// Looks variables up, by default in the environment of the process.
  init(_ value: @escaping (String) -> String? = { name in getenv(name).map { String(cString: $0) } }) {
    self.value = value
  }

  private func nonEmpty(_ name: String) -> String? {
    value(name).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// NO_COLOR, whatever it is set to (no-color.org).
  var refusesColor: Bool { nonEmpty("NO_COLOR") != nil }

  /// A terminal that does not know escapes.
  var isDumb: Bool { nonEmpty("TERM") == "dumb" }

  /// The width that the shell was told.
  var columns: Int? { nonEmpty("COLUMNS").flatMap { Int($0) }.flatMap { $0 > 0 ? min($0, 1000) : nil } }

  /// Whether the locale's characters are those of UTF-8. Without a locale, or with C, they are ASCII.
  var isUTF8: Bool {
    let locale = nonEmpty("LC_ALL") ?? nonEmpty("LC_CTYPE") ?? nonEmpty("LANG") ?? "C"
    let characters = locale.lowercased().split(separator: ".").dropFirst().first ?? ""
    return characters.hasPrefix("utf-8") || characters.hasPrefix("utf8")
  }

  /// The language of messages: `ja` for `ja_JP.UTF-8`; `en` without a locale.
  var language: String {
    let locale = nonEmpty("LC_ALL") ?? nonEmpty("LC_MESSAGES") ?? nonEmpty("LANG") ?? "C"
    let language = locale.prefix { $0.isASCII && $0.isLetter }.lowercased()
    return language.isEmpty || language == "c" || language == "posix" ? "en" : language
  }
}

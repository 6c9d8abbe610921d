import CSPCatalog
import Diagnostics
import PolicyModel
import PolicySyntax

/// A CSP path with its placeholders filled in.
struct CommandPath {
  /// The path with `{param}` left where it stood, for looking up the node.
  let template: String
  /// The path as a payload addresses it.
  let instance: String
}

/// What a path leads to.
enum PathTarget {
  case node(CSPNode)
  /// Not in the catalogue, and a waiver accepts that.
  case accepted
  case unusable
}

/// CSP paths: their shape, placeholders and nodes.
extension PolicyChecker {
  mutating func path(_ written: String, at span: Span) -> CommandPath? {
    func refuse(_ message: String, _ label: String, _ help: String) -> CommandPath? {
      sink.report("AP3011", .error, message, at: span, label, help: [help])
      return nil
    }
    guard written.hasPrefix("./") else {
      return refuse(
        "the CSP path '\(written)' does not begin with './'", "begin with ./",
        written.hasPrefix("/") ? "write .\(written)" : "write ./Device/Vendor/MSFT/… or ./User/Vendor/MSFT/…")
    }
    if written.contains(where: { $0.isWhitespace })
      || written.unicodeScalars.contains(where: { $0.value < 0x21 || $0.value == 0x7F })
    {
      return refuse(
        "the CSP path holds white space", "no blank belongs in a path", "write a blank inside a name as %20")
    }
    if written.contains("\\") {
      return refuse(
        "the CSP path holds a backslash", "segments are separated by /", "write \\ inside a name as %5C")
    }
    var start = span.start
    var template: [String] = []
    var instance: [String] = []
    for (index, segment) in written.split(separator: "/", omittingEmptySubsequences: false).enumerated() {
      if index > 0, segment.isEmpty {
        return refuse(
          "the CSP path has an empty segment", "two slashes, or one at the end", "remove the extra slash")
      }
      if segment == ".." || (segment == "." && index > 0) {
        return refuse(
          "the CSP path has a segment '\(segment)'", "only the first segment is '.'",
          "write the whole path from ./ on")
      }
      guard let open = segment.firstIndex(of: "{") else {
        template.append(String(segment))
        instance.append(String(segment))
        continue
      }
      guard let close = segment.lastIndex(of: "}"), close > open else {
        return refuse("the CSP path opens a brace that it does not close", "a } is missing", "write {param}")
      }
      let name = String(segment[segment.index(after: open)..<close])
      guard let value = placeholder(name, at: span, from: &start) else { return nil }
      template.append("{\(name)}")
      instance.append(
        segment[..<open] + PercentEncoding.segment(value) + segment[segment.index(after: close)...])
    }
    return CommandPath(
      template: Self.normalForm(template.joined(separator: "/")),
      instance: Self.normalForm(instance.joined(separator: "/")))
  }

  /// `./Vendor/…` and `./Device/Vendor/…` are one node; the second is the normal form.
  static func normalForm(_ path: String) -> String {
    path.hasPrefix("./Vendor/") ? "./Device" + path.dropFirst(1) : path
  }

  private mutating func placeholder(_ name: String, at span: Span, from start: inout UInt32) -> String? {
    let place = placeholder(name, in: span, from: &start)
    guard let symbol = symbols.use(name, at: place), symbol.kind == .param else {
      let params = symbols.names(of: .param)
      let wanted = suggestions.closest(to: Self.folded(name), in: params.map(Self.folded)).flatMap { near in
        params.first { Self.folded($0) == near }
      }
      sink.report(
        "AP3005", .error, "the placeholder {\(name)} names no param", at: span, "{\(name)} cannot be filled",
        help: [wanted.map { "did you mean {\($0)}?" } ?? "declare it: param \(name): string = \"…\""])
      return nil
    }
    guard let value = parameters[name]?.value else { return nil }
    let text = value.description
    guard !text.isEmpty, text != ".", text != "..", text != "*" else {
      sink.report(
        "AP3005", .error, "the value '\(text)' of {\(name)} cannot name a node", at: span,
        "{\(name)} is '\(text)'",
        secondary: [Label(symbol.nameSpan, "declared here")])
      return nil
    }
    return text
  }

  /// A name without case and underscores, so that `provider_id` answers `{ProviderID}`.
  static func folded(_ name: String) -> String { name.lowercased().filter { $0 != "_" && $0 != "-" } }

  mutating func resolve(
    _ path: CommandPath, at span: Span, _ node: NodeIndex, _ context: GroupContext
  ) -> PathTarget {
    var resolution = options.catalog.resolve(path.template, suggesting: false)
    if case .unknown = resolution, !sink.isFull, suggestions.mayAskCatalog() {
      resolution = options.catalog.resolve(path.template)
    }
    switch resolution {
    case .found(let found): return .node(found)
    case .unknown(let deepest, let suggestions):
      let other = Self.otherScope(of: path.template).flatMap { options.catalog.node(at: $0) }
      let diagnostic: Diagnostic
      if let other {
        let replacement = other.scope == .device ? "./Device" : "./User"
        diagnostic = Diagnostic(
          "AP3004", .error,
          "\(path.template) exists for \(other.scope == .device ? "the device" : "users") only",
          at: Label(span, "the device would answer 404"), help: ["the node is \(other.locURI)"],
          fixIts: [FixIt(title: "address it below \(replacement)", span: span, replacement: other.locURI)])
      } else {
        var help = suggestions.prefix(3).map { "did you mean \($0)?" }
        if help.isEmpty, !deepest.isEmpty, deepest != "." { help = ["known so far: \(deepest)"] }
        help.append("a CSP that the catalogue lacks can be used with: allow AP3001 because \"…\"")
        diagnostic = Diagnostic(
          "AP3001", .error, "the catalogue knows no node \(path.template)",
          at: Label(span, "the device would answer 404"), help: help,
          fixIts: suggestions.first.map { [FixIt(title: "write \($0)", span: span, replacement: $0)] } ?? [])
      }
      let clause = ClauseID(file: context.tree.file, node: node)
      return report(diagnostic, on: [clause] + context.owners) ? .unusable : .accepted
    }
  }

  private static func otherScope(of path: String) -> String? {
    if path.hasPrefix("./Device/") { return "./User/" + path.dropFirst("./Device/".count) }
    if path.hasPrefix("./User/") { return "./Device/" + path.dropFirst("./User/".count) }
    return nil
  }
}

/// Escaping of names inside a LocURI ([MS-MDM] 2.2.3.7 and RFC 3986: everything but unreserved characters).
enum PercentEncoding {
  static func segment(_ text: String) -> String {
    var bytes: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in text.utf8 {
      let isUnreserved =
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x2D || byte == 0x2E || byte == 0x5F
        || byte == 0x7E
      if isUnreserved {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

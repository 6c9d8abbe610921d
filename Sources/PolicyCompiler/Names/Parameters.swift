import Diagnostics
import PolicyModel
import PolicySyntax

/// A param with its type and the value that this build gives it; without a value when something is wrong with it.
struct ResolvedParameter {
  let name: String
  let type: ValueType
  let unit: String?
  let span: Span
  var value: Value?
}

/// Params: their types, defaults and bounds, and the values that the command line sets.
extension PolicyChecker {
  mutating func resolveParameters() {
    var settings: [String: String] = [:]
    for setting in options.settings { settings[setting.name] = setting.text }
    let declared = symbols.symbols.filter { $0.kind == .param }
    for symbol in declared {
      let tree = tree(of: symbol.file)
      noteWaivers(of: symbol.node, in: tree)
      parameters[symbol.name] = resolve(symbol, in: tree, setting: settings[symbol.name])
    }
    guard options.refusesUnknownSettings else { return }
    for setting in options.settings where parameters[setting.name] == nil {
      let close = closest(to: setting.name, in: declared.map(\.name))
      sink.add(
        Diagnostic(
          "AP2011", .error, "--set names a param '\(setting.name)' that the policy does not have", at: nil,
          help: close.map { ["did you mean '\($0)'?"] }
            ?? [
              declared.isEmpty
                ? "the policy has no params"
                : "its params are \(declared.map(\.name).joined(separator: ", "))"
            ]))
    }
  }

  private mutating func resolve(_ symbol: Symbol, in tree: SyntaxTree, setting: String?) -> ResolvedParameter?
  {
    let node = symbol.node
    guard let typeNode = tree.child(.type, of: node), let (type, unit) = type(typeNode, in: tree) else {
      return nil
    }
    var parameter = ResolvedParameter(name: symbol.name, type: type, unit: unit, span: symbol.nameSpan)
    let fallback = tree.child(.literal, of: node).flatMap { constant($0, type, unit, symbol.name, in: tree) }
    var allowed: [(Value, Value)] = []
    var boundsNode: NodeIndex?
    for child in tree.children(of: node) {
      switch tree.kind(child) {
      case .bounds:
        let ends = tree.children(of: child).filter { tree.kind($0) == .literal }
        guard ends.count == 2, let low = constant(ends[0], type, unit, symbol.name, in: tree),
          let high = constant(ends[1], type, unit, symbol.name, in: tree)
        else { continue }
        boundsNode = child
        if let order = low.isLess(than: high), order || low == high {
          allowed.append((low, high))
        } else {
          sink.report(
            "AP2009", .error, "the bounds of '\(symbol.name)' leave no value", at: tree.span(child),
            type.isOrdered
              ? "the lower bound is above the upper one" : "\(type.phrase) has no order, so no bounds",
            help: type.isOrdered ? ["exchange the two"] : ["write: one of [ … ]"])
        }
      case .choices:
        guard let list = tree.child(.list, of: child) else { continue }
        boundsNode = child
        for item in tree.children(of: list) {
          if let value = constant(item, type, unit, symbol.name, in: tree) { allowed.append((value, value)) }
        }
      default: break
      }
    }
    func isAllowed(_ value: Value) -> Bool {
      allowed.isEmpty
        || allowed.contains { low, high in
          value == low || value == high
            || (low.isLess(than: value) == true && value.isLess(than: high) == true)
        }
    }
    if let fallback, let literal = tree.child(.literal, of: node), !isAllowed(fallback) {
      sink.report(
        "AP2009", .error, "the default of '\(symbol.name)' is not one of the values it allows",
        at: tree.span(literal), "not allowed",
        secondary: boundsNode.map { [Label(tree.span($0), "allowed here")] } ?? [])
    }
    parameter.value = fallback
    if let setting {
      parameter.value = nil
      do {
        let value = try Self.parse(setting, type: type, unit: unit, subject: symbol.name)
        if isAllowed(value) {
          parameter.value = value
        } else {
          sink.report(
            "AP2009", .error, "the value '\(setting)' that --set gives '\(symbol.name)' is not one it allows",
            at: symbol.nameSpan, "set to \(setting)",
            secondary: boundsNode.map { [Label(tree.span($0), "allowed here")] } ?? [])
        }
      } catch {
        sink.report(
          error.code, .error, "the value '\(setting)' that --set gives cannot be used: \(error.message)",
          at: symbol.nameSpan, error.label, help: error.help)
      }
    } else if fallback == nil, tree.child(.literal, of: node) == nil {
      sink.report(
        "AP2010", .error, "the param '\(symbol.name)' has no default and was not set", at: symbol.nameSpan,
        "a value is needed", help: ["build with: --set \(symbol.name)=VALUE"])
    }
    return parameter
  }

  private mutating func constant(
    _ node: NodeIndex, _ type: ValueType, _ unit: String?, _ subject: String, in tree: SyntaxTree
  ) -> Value? {
    guard let literal = literal(node, in: tree) else { return nil }
    do {
      return try literal.value(of: type, unit: unit, subject: subject)
    } catch {
      report(error, at: tree.span(node))
      return nil
    }
  }

  private mutating func type(_ node: NodeIndex, in tree: SyntaxTree) -> (ValueType, String?)? {
    let names = tree.children(of: node).map { ($0, tree.text($0)) }
    if tree.firstTokenText(node) == "enum" {
      var symbols: [String] = []
      var seen: Set<String> = []
      for (child, name) in names {
        if !seen.insert(name).inserted {
          sink.report(
            "AP2003", .error, "the symbol '\(name)' is listed twice", at: tree.span(child),
            "listed again here")
        } else {
          symbols.append(name)
        }
      }
      return (.symbol(symbols), nil)
    }
    guard let first = names.first else { return nil }
    var unit: String?
    if names.count > 1 {
      let (child, word) = names[1]
      if first.1 == "int", let known = Unit.named(word) {
        unit = known.base.rawValue
      } else {
        reportUnknown(
          word, what: "unit", among: { _ in Unit.allCases.map(\.rawValue) }, at: tree.span(child),
          code: "AP2008")
      }
    }
    switch first.1 {
    case "bool": return (.bool, nil)
    case "int": return (.int, unit)
    case "version": return (.version, nil)
    case "build": return (.build, nil)
    case "string": return (.string, nil)
    default:
      reportUnknown(
        first.1, what: "type", among: { _ in ["bool", "int", "version", "build", "string", "enum"] },
        at: tree.span(first.0))
      return nil
    }
  }

  /// Reads the text of `--set NAME=TEXT` as a type; texts need no quotation marks there.
  static func parse(
    _ text: String, type: ValueType, unit: String?, subject: String
  ) throws(LiteralMismatch) -> Value {
    if type == .string { return .string(text) }
    let literal: Literal
    let words = text.split(separator: " ")
    if let number = words.first.flatMap({ Literal.integer(ArraySlice($0.utf8)) }), words.count <= 2 {
      let named = words.count == 2 ? Unit.named(String(words[1])) : nil
      let (product, overflow) = number.multipliedReportingOverflow(by: named?.factor ?? 1)
      literal = overflow || (words.count == 2 && named == nil) ? .word(text) : .int(product, named?.base)
    } else if let version = Version(text) {
      literal = .version(version)
    } else {
      literal = .word(text)
    }
    return try literal.value(of: type, unit: unit, subject: subject)
  }
}

import PolicyModel

extension NodeApplicability: CustomStringConvertible {
  /// As an administrator reads it: `Windows 11 21H2 with revision 1165, 22H2 and later`.
  package var description: String {
    let entries = entries
    guard !entries.isEmpty else { return "every Windows" }
    let isFuture = entries.contains(.future)
    let branched = entries.filter { $0.branch != nil }
      .sorted { ($0.branch ?? 0, $0.order) < ($1.branch ?? 0, $1.order) }
    guard !branched.isEmpty else { return "no released Windows" }
    let lastBase = branched.last { if case .base = $0 { true } else { false } }
    var product: WindowsBranch.Product?
    var parts = branched.map { entry in
      var text = name(of: entry.branch ?? 0, after: &product)
      if case .serviced(let build) = entry { text += " with revision \(build.revision)" }
      if entry == lastBase { text += " and later" }
      return text
    }
    if isFuture {
      parts.append("then not before a future Windows")
    } else if lastBase == nil {
      parts.append("later branches")
    }
    return parts.joined(separator: ", ")
  }

  /// The branch's name, without the product where it is that of the name before.
  private func name(of branch: UInt32, after product: inout WindowsBranch.Product?) -> String {
    guard let shipped = WindowsBranch.shipped(build: branch) else {
      product = nil
      return WindowsBranch.serverName(build: branch) ?? "build \(branch)"
    }
    defer { product = shipped.product }
    return product == shipped.product ? shipped.version : shipped.name
  }
}

extension NodeApplicability.Entry {
  /// A base stands before a revision of the same branch.
  fileprivate var order: UInt32 {
    if case .serviced(let build) = self { build.revision } else { 0 }
  }
}

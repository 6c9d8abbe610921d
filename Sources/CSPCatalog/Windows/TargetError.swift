import Diagnostics

/// What is wrong with a text that names devices.
package enum TargetError: Error, Hashable, Sendable {
  /// Nothing stands where a target should.
  case empty
  /// The text is neither a product nor a build.
  case unknownProduct(String)
  /// The product never had the version.
  case unknownVersion(WindowsBranch.Product, String)
  /// The text begins like a build and is none.
  case malformedBuild(String)
  /// No Windows shipped with the branch; the shipped ones near to it.
  case unknownBranch(UInt32, [WindowsBranch])
  /// On the day no branch of the product, or none at all, is updated.
  case noneInService(WindowsBranch.Product?, CalendarDate)
  /// No edition has the name.
  case unknownEdition(String)
}

extension TargetError: CustomStringConvertible {
  /// One sentence: what is wrong, and what was expected.
  package var description: String {
    switch self {
    case .empty: "a target is empty: expected one such as windows 11 22H2"
    case .unknownProduct(let text):
      "'\(text)' is no target: expected windows 10, windows 11, one of their versions, or a build such as 10.0.22621.3000"
    case .unknownVersion(let product, let version): "there is no \(product.rawValue) \(version.uppercased())"
    case .malformedBuild(let text): "'\(text)' is no build: expected one such as 10.0.22621.3000"
    case .unknownBranch(let branch, _): "no Windows shipped with build \(branch)"
    case .noneInService(let product, let day):
      "no branch of \(product?.rawValue ?? "Windows") that is known is in service on \(day)"
    case .unknownEdition(let name): "there is no edition '\(name)'"
    }
  }

  /// What to write instead, one sentence each.
  package var help: [String] {
    switch self {
    case .empty, .unknownProduct, .malformedBuild: return []
    case .unknownVersion(let product, let version):
      let near = WindowsBranch.suggestions(for: product, version: version)
      guard near.isEmpty else { return near.map { "did you mean \($0.name.lowercasedProduct)?" } }
      let versions = WindowsBranch.branches(of: product).map(\.version).joined(separator: ", ")
      return ["versions of \(product.rawValue): \(versions)"]
    case .unknownBranch(_, let near): return near.map { "\($0.name) is 10.0.\($0.build)" }
    case .noneInService(let product, _):
      guard let product, let last = WindowsBranch.branches(of: product).last else {
        return ["name the versions, or another day"]
      }
      return ["name the version, such as \(last.name.lowercasedProduct), or another day"]
    case .unknownEdition(let name):
      let names = WindowsEdition.all.map(\.name)
      guard let near = closest(to: name.lowercased(), in: names) else {
        return ["editions: \(names.joined(separator: ", "))"]
      }
      return ["did you mean \(near)?"]
    }
  }
}

extension String {
  /// `windows 11 22H2`, as a list of targets writes it.
  fileprivate var lowercasedProduct: String { prefix(1).lowercased() + dropFirst() }
}

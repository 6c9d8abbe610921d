import Diagnostics
import FileAccess
import PolicyTargets

/// `policyc build --verify DIR`: a folder of outputs beside its manifest.
struct OutputVerification {
  /// How a file differs from what the manifest says of it.
  enum Difference: String {
    case missing, altered, surplus
  }

  /// Ascending by name.
  private(set) var findings: [(difference: Difference, name: String)] = []
  /// How many files the manifest names.
  let count: Int
  private let folder: String

  /// Compares a folder with its manifest.
  ///
  /// - Throws: ``FileError`` and `ManifestError` where one of them cannot be read.
  init(_ folder: String) throws {
    self.folder = folder
    let outputs = try OutputFolder(folder)
    guard let bytes = try outputs.read(ManifestListing.name, limit: ManifestListing.byteLimit) else {
      throw FileError("\(folder)/\(ManifestListing.name)", .notFound)
    }
    let listing = try ManifestListing(bytes)
    count = listing.files.count
    let present = try outputs.names()
    let presentNames = Set(present)
    for file in listing.files {
      if !presentNames.contains(file.name) {
        findings.append((.missing, file.name))
      } else if try !Self.isWhole(file, in: outputs) {
        findings.append((.altered, file.name))
      }
    }
    let listed = Set(listing.files.map(\.name))
    for name in present where ManifestListing.isOutput(name) && !listed.contains(name) {
      findings.append((.surplus, name))
    }
    findings.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// One line a difference.
  var lines: [String] { findings.map { "\($0.difference.rawValue)  \($0.name)" } }

  /// The differences for machines.
  var diagnostics: [Diagnostic] {
    findings.map { finding in
      let name = finding.name
      let message =
        switch finding.difference {
        case .missing: "'\(name)' is missing: the manifest names it"
        case .altered: "'\(name)' is not what the manifest says"
        case .surplus: "'\(name)' is in no policy of the manifest"
        }
      return Diagnostic("AP9012", .error, message, at: nil, help: ["build the policies again"])
    }
  }

  private static func isWhole(_ file: ManifestListing.File, in outputs: OutputFolder) throws(FileError)
    -> Bool
  {
    do throws(FileError) {
      guard let bytes = try outputs.read(file.name, limit: file.bytes) else { return false }
      return file.matches(bytes)
    } catch {
      switch error.problem {
      case .isLink, .isFolder, .isSpecial, .tooLarge: return false
      default: throw error
      }
    }
  }
}

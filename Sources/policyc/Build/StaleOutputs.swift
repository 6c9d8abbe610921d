import FileAccess
import PolicyTargets

/// What an earlier build wrote and this one does not: the files of policies and guards that are gone, which nobody
/// should upload any more. The manifest of the earlier build names them.
struct StaleOutputs {
  /// The names of files that leave with the commit.
  private(set) var removed: [String] = []
  /// Why others stay.
  private(set) var notes: [String] = []

  /// What of them the last line of a build says.
  var summary: String {
    guard !removed.isEmpty else { return "" }
    let named = removed.prefix(12).joined(separator: ", ")
    return ", removed \(named)" + (removed.count > 12 ? " and \(removed.count - 12) more" : "")
  }

  /// Has what is stale in the folder of a transaction leave with it.
  init(before artifacts: [BuildArtifact], in transaction: inout OutputTransaction) throws(FileError) {
    let listing: ManifestListing
    do {
      guard let bytes = try transaction.read(ManifestListing.name, limit: ManifestListing.byteLimit) else {
        return
      }
      listing = try ManifestListing(bytes)
    } catch let error as ManifestError {
      notes.append(
        "\(ManifestListing.name) of the folder is replaced; what it named is not looked at: \(error)")
      return
    } catch {
      // A link or a folder of that name; what is wrong with it shows when it is replaced.
      return
    }
    let written = Set(artifacts.map(\.name))
    for file in listing.files where !written.contains(file.name) {
      switch try transaction.remove(file.name, size: file.bytes, if: file.matches) {
      case .leaves: removed.append(file.name)
      case .kept: notes.append("\(file.name) is of an earlier build, but was changed since; it stays")
      case .absent: break
      }
    }
  }
}

import Diagnostics
import FileAccess
import PolicyModel
import PolicyTargets
import SyncML

/// What lies beside a payload and counts for it: the map that `build` wrote with it.
struct PayloadSurroundings {
  /// What the map says of it; nil without one that counts.
  private var mapped: MappedPayload?
  /// Why there is a map that is not used, as a sentence.
  private var problem: String?

  /// Looks for the map of a payload. One that is not of it, or not sound, is left aside, and that is said.
  ///
  /// - Throws: ``FileError`` when the payload cannot be read.
  init(of path: String) throws(FileError) {
    let name = lastComponent(of: path)
    let folder = path.dropLast(name.utf8.count)
    for mapName in MappedPayload.mapNames(ofPayload: name) {
      let map: [UInt8]
      do throws(FileError) {
        map = try readFile(folder + mapName, limit: MappedPayload.byteLimit)
      } catch {
        if case .notFound = error.problem { continue }
        problem = "\(mapName) cannot be read"
        return
      }
      do throws(PayloadMapError) {
        mapped = try MappedPayload(ofPayload: name, in: map)
      } catch {
        problem = "\(mapName) is not a map of \(name): \(error)"
        return
      }
      guard let mapped else { return }
      var digest = RunningDigest()
      try readPieces(of: path, limit: FileLimit.payload) {
        digest.update($0)
        return true
      }
      if !mapped.isOf(sha256: digest.finish()) {
        self.mapped = nil
        problem = "\(mapName) is of another payload than \(name), whose SHA-256 differs from the one it names"
      }
      return
    }
  }

  /// The options for the payload.
  func completing(_ options: PayloadOptions, keepingTargets: Bool) -> PayloadOptions {
    var options = options
    if let mapped {
      options.waivers = mapped.waivers
      if !keepingTargets { options.targets = mapped.targets }
    }
    if let problem {
      options.remarks = [
        PayloadFinding(
          "AP9013", "\(problem); nothing is waived by it", at: .start,
          label: "judged by itself", help: ["build the policy again"])
      ]
    }
    return options
  }
}

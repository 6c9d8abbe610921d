import CSPCatalog
import Diagnostics
import PolicyModel
import SyncML

/// What a `NAME.map.json` says of one payload. The map may come from a stranger, so nothing of it is taken that no build
/// writes, and nothing at all for a payload of another digest.
package struct MappedPayload: Hashable, Sendable {
  /// The largest map that is read, in bytes.
  package static let byteLimit = 64 << 20
  private static let suffix = ".syncml.xml"
  /// How many builds or editions a payload may be for.
  private static let listLimit = 4096
  /// The longest reason, in bytes.
  private static let reasonLimit = 64 << 10

  /// The devices that the payload is for; nil where its policy leaves them open.
  package let targets: TargetDevices?
  /// What its author accepted.
  package let waivers: [PayloadWaiver]
  private let sha256: String

  /// The names that the map of a payload can have, that of its own policy first; none for a file that no build writes.
  package static func mapNames(ofPayload name: String) -> [String] {
    guard name.hasSuffix(suffix) else { return [] }
    let stem = name.dropLast(suffix.count)
    guard !stem.isEmpty else { return [] }
    // The payload of a guard has its number behind the policy's name.
    let number = stem.utf8.reversed().prefix { $0 &- 0x30 < 10 }.count
    let policy = stem.dropLast(number)
    let own = ["\(stem).map.json"]
    return number > 0 && policy.count > 1 && policy.last == "."
      ? own + ["\(policy.dropLast()).map.json"] : own
  }

  /// Whether the payload is the one that the map is of, by its SHA-256 in lower-case hexadecimal.
  package func isOf(sha256: String) -> Bool { self.sha256 == sha256 }

  /// Reads what a map says of a payload. Nil for one of an earlier version, which says nothing that matters here.
  ///
  /// - Throws: ``PayloadMapError`` when it is not a map that a build writes, or not one of this payload.
  package init?(ofPayload name: String, in map: [UInt8]) throws(PayloadMapError) {
    let document: JSONValue
    do {
      document = try JSONValue(parsing: map, limits: JSONLimits(bytes: Self.byteLimit, depth: 16))
    } catch {
      throw PayloadMapError(problem: error.description)
    }
    guard document["schema"] == .integer(1), case .array(let payloads)? = document["payloads"] else {
      throw PayloadMapError(problem: "expected the members schema, which is 1, and payloads")
    }
    let entries = payloads.filter { $0["payload"] == .string(name) }
    guard let entry = entries.first, entries.count == 1 else {
      throw PayloadMapError(
        problem: entries.isEmpty ? "it has no payload of this name" : "it has two payloads of this name")
    }
    let told = ["sha256", "targets", "editions", "waivers"].compactMap { entry[$0] }
    if told.isEmpty { return nil }
    guard case .string(let sha256)? = entry["sha256"], case .array(let targets)? = entry["targets"],
      case .array(let editions)? = entry["editions"], case .array(let waivers)? = entry["waivers"]
    else {
      throw PayloadMapError(
        problem: "a payload has all of the members sha256, targets, editions and waivers, or none")
    }
    self.sha256 = sha256
    self.targets = try Self.devices(targets, editions)
    var accepted: [PayloadWaiver] = []
    for waiver in waivers { accepted.append(try Self.waiver(waiver)) }
    self.waivers = accepted
  }

  private static func devices(_ builds: [JSONValue], _ names: [JSONValue]) throws(PayloadMapError)
    -> TargetDevices?
  {
    guard builds.count <= listLimit, names.count <= listLimit else {
      throw PayloadMapError(problem: "a payload is for more than \(listLimit) builds or editions")
    }
    var targets: [TargetDevices.Target] = []
    for entry in builds {
      guard case .string(let text) = entry, let version = Version(text), let build = OSBuild(version) else {
        throw PayloadMapError(problem: "a target that is not a build such as 10.0.22621")
      }
      targets.append(
        TargetDevices.Target(branch: build.branch, revision: version.written == 4 ? build.revision : nil))
    }
    var editions: [WindowsEdition] = []
    for entry in names {
      guard case .string(let name) = entry, let edition = WindowsEdition.named(name) else {
        throw PayloadMapError(problem: "an edition that Windows does not have")
      }
      editions.append(edition)
    }
    return TargetDevices(targets, editions: editions)
  }

  private static func waiver(_ entry: JSONValue) throws(PayloadMapError) -> PayloadWaiver {
    guard case .integer(let number)? = entry["cmdID"], let cmdID = Int(exactly: number), cmdID > 0,
      case .string(let code)? = entry["code"], case .string(let reason)? = entry["reason"]
    else {
      throw PayloadMapError(problem: "a waiver without its cmdID, code or reason")
    }
    guard PayloadWaiver.isWaivable(DiagnosticCode(code)) else {
      throw PayloadMapError(problem: "a waiver of a finding that cannot be waived")
    }
    guard reason.utf8.count <= reasonLimit, !reason.allSatisfy(\.isWhitespace) else {
      throw PayloadMapError(problem: "a waiver whose reason is empty or longer than \(reasonLimit) bytes")
    }
    return PayloadWaiver(cmdID: cmdID, DiagnosticCode(code), reason: reason)
  }
}

/// Why a map cannot be used for a payload.
package struct PayloadMapError: Error, Hashable, Sendable, CustomStringConvertible {
  let problem: String

  /// The end of a sentence, without a full stop.
  package var description: String { problem }
}

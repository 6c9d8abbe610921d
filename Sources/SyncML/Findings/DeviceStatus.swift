/// What a device answers to a command (SyncML status codes, as Windows uses them).
package enum DeviceStatus: Int, Hashable, Sendable, CaseIterable {
  case badRequest = 400
  case notFound = 404
  case notAllowed = 405
  case optionalFeature = 406
  case unsupportedFormat = 415
  case alreadyExists = 418
  case permissionDenied = 425
  case commandFailed = 500
  case atomicFailed = 507

  /// What it means, in a few words.
  package var meaning: String {
    switch self {
    case .badRequest: "malformed"
    case .notFound: "no such node"
    case .notAllowed: "command not allowed on the node"
    case .optionalFeature: "property not supported"
    case .unsupportedFormat: "type or format not supported"
    case .alreadyExists: "already exists"
    case .permissionDenied: "access denied"
    case .commandFailed: "command failed"
    case .atomicFailed: "Atomic failed"
    }
  }
}

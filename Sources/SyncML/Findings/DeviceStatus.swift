import Diagnostics

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
  package var meaning: String { DeviceAnswers.title(of: UInt32(rawValue))?[.english] ?? "" }
}

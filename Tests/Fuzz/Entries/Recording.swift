import CSPCatalog
import DeviceProbes
import PolicyModel

/// Every file of a recording, whatever is in it, gives values of the facts' types or reasons, and gives the same again.
func fuzzRecording(_ bytes: [UInt8]) {
  for file in RecordingProbe.allFileNames {
    guard let found = RecordingProbe.observations(inFile: file, bytes) else {
      require(false, "\(file) is no file of a recording")
      return
    }
    require(found == RecordingProbe.observations(inFile: file, bytes), "\(file) is read in two ways")
    for (name, observation) in found {
      guard let entry = FactCatalog.embedded[name] else {
        require(false, "\(file) gives \(name), which is no fact")
        return
      }
      require(observation.level == .reported, "\(file) attests \(name)")
      switch observation.content {
      case .value(let value):
        require(value.isOf(entry.type), "\(file) gives \(name) a value of another type: \(value)")
        if case .int(let number) = value, let bounds = entry.bounds {
          require(bounds.contains(number), "\(file) gives \(name) a number out of bounds: \(number)")
        }
      case .unknown(let reason):
        require(
          !reason.isEmpty && reason.utf8.count < 4000,
          "\(file) gives \(name) a reason of \(reason.utf8.count) bytes")
        require(
          reason.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control },
          "\(file) gives \(name) a reason with a control character")
      }
    }
  }
}

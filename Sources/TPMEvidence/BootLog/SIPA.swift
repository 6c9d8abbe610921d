/// The tags of Windows' measured boot that are read here (SIPAEVENT_… of Windows' wbcl.h).
enum SIPATag {
  static let bootCounter: UInt32 = 0x0002_0002
  static let transferControl: UInt32 = 0x0002_0003
  static let bitlockerUnlock: UInt32 = 0x0002_0005
  static let eventCounter: UInt32 = 0x0002_0006
  static let counterID: UInt32 = 0x0002_0007
  static let applicationSVN: UInt32 = 0x0002_0009
  static let bootDebugging: UInt32 = 0x0004_0001
  static let bootRevocationList: UInt32 = 0x0004_0002
  static let osKernelDebug: UInt32 = 0x0005_0001
  static let codeIntegrity: UInt32 = 0x0005_0002
  static let testSigning: UInt32 = 0x0005_0003
  static let safeMode: UInt32 = 0x0005_0005
  static let winPE: UInt32 = 0x0005_0006
  static let hypervisorLaunchType: UInt32 = 0x0005_000A
  static let vsmLaunchType: UInt32 = 0x0005_0012
  static let osRevocationList: UInt32 = 0x0005_0013
  static let flightSigning: UInt32 = 0x0005_0021
  static let bootDMAProtection: UInt32 = 0x0005_0030
  static let filePath: UInt32 = 0x0007_0001
  static let authenticodeHash: UInt32 = 0x0007_0004
  static let authorityIssuer: UInt32 = 0x0007_0005
  static let authorityPublisher: UInt32 = 0x0007_0008
  static let authorityThumbprint: UInt32 = 0x0007_0009
  static let imageValidated: UInt32 = 0x0007_000A
  static let moduleSVN: UInt32 = 0x0007_000B
  static let elamKeyName: UInt32 = 0x0009_0001
  static let elamMeasured: UInt32 = 0x0009_0004
  static let hvciPolicy: UInt32 = 0x000A_0007
  static let drtmSMMLevel: UInt32 = 0x000C_0002
  static let trustBoundary: UInt32 = 0x4001_0001
  static let elamAggregation: UInt32 = 0x4001_0002
  static let loadedModule: UInt32 = 0x4001_0003

  /// Whether the tag's data is a list of tagged elements.
  static func isContainer(_ tag: UInt32) -> Bool { tag & 0x000F_0000 == 0x0001_0000 }
}

/// One tagged element of a Windows event.
struct SIPAElement: Hashable {
  let tag: UInt32
  /// The number of the log's event that it is in.
  let event: Int
  /// The position of the container that it lies in; nil at the top.
  let parent: Int?
  /// Where its data is in the log.
  let data: Range<Int>
}

/// The tagged elements of some Windows events, containers before what they hold.
struct SIPAElements {
  private(set) var all: [SIPAElement] = []
  /// How deep containers may lie in one another; Windows goes to three.
  static let depthLimit = 8

  /// Adds the elements of an event; false when its data is not such a list.
  mutating func add(_ event: Int, of log: EventLog) -> Bool {
    let range = log.events[event].dataRange
    var open: [(end: Int, container: Int)] = []
    var place = range.lowerBound
    while true {
      while let last = open.last, last.end == place { open.removeLast() }
      let end = open.last?.end ?? range.upperBound
      if place == end { return true }
      guard end - place >= 8 else { return false }
      let tag = UInt32(littleEndian: log.bytes[place..<place + 4])
      let size = Int(UInt32(littleEndian: log.bytes[place + 4..<place + 8]))
      let start = place + 8
      guard size <= end - start else { return false }
      all.append(
        SIPAElement(tag: tag, event: event, parent: open.last?.container, data: start..<start + size))
      if SIPATag.isContainer(tag) {
        guard open.count < Self.depthLimit else { return false }
        open.append((end: start + size, container: all.count - 1))
        place = start
      } else {
        place = start + size
      }
    }
  }

  /// The elements with a tag that speak of the boot as a whole: at the top or in trust boundaries alone, and not about a module.
  func general(_ tag: UInt32) -> [SIPAElement] {
    all.filter { element in
      guard element.tag == tag else { return false }
      var parent = element.parent
      while let container = parent {
        guard all[container].tag == SIPATag.trustBoundary else { return false }
        parent = all[container].parent
      }
      return true
    }
  }

  /// The positions of the containers with a tag.
  func containers(_ tag: UInt32) -> [Int] { all.indices.filter { all[$0].tag == tag } }

  /// The first element with a tag directly in a container.
  func member(_ tag: UInt32, of container: Int) -> SIPAElement? {
    var index = container + 1
    while index < all.count, all[index].data.upperBound <= all[container].data.upperBound,
      all[index].event == all[container].event
    {
      if all[index].tag == tag, all[index].parent == container { return all[index] }
      index += 1
    }
    return nil
  }
}

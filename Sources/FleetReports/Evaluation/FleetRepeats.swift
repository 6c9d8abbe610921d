import PolicyModel

/// Devices that the input has more than once. All of their rows are kept and counted.
///
/// Two rows are of one device when they have the same device ID, or, where a row has none, the same name; case does not matter.
package struct FleetRepeats: Hashable, Sendable {
  /// A device with several rows.
  package struct Device: Hashable, Sendable {
    /// Its ID, or nil where its rows have none.
    package let id: String?
    /// Its name, as its first row has it, or nil where that has none.
    package let name: String?
    /// Its name and its ID, as far as it has them.
    package var title: String { [name, id].compactMap { $0 }.joined(separator: ", ") }

    /// The lines on which its first rows begin, ascending; at most ``FleetRepeats/lineLimit``.
    package fileprivate(set) var lines: [Int]
    /// How many rows it has.
    package fileprivate(set) var rows: Int
  }

  /// How many lines of one device are kept.
  package static let lineLimit = 5
  /// How many devices are kept.
  package static let deviceLimit = 20

  /// How many devices have more than one row.
  package private(set) var count = 0
  /// The first of them, in the order in which they came up.
  package private(set) var devices: [Device] = []

  /// No device twice.
  package init() {}

  /// The repeats among the rows of devices, in the order of the input.
  init(_ rows: [FleetRow]) {
    /// Where a device was met first, and its place among the repeats that are kept.
    struct Meeting {
      let row: Int
      var place: Int?
      var isRepeated = false
    }
    var meetings: [ExactText: Meeting] = [:]
    meetings.reserveCapacity(rows.count)
    for (index, row) in rows.enumerated() {
      guard let key = Self.key(of: row.texts) else { continue }
      guard var meeting = meetings[key] else {
        meetings[key] = Meeting(row: index)
        continue
      }
      if !meeting.isRepeated {
        meeting.isRepeated = true
        count += 1
        if devices.count < Self.deviceLimit {
          meeting.place = devices.count
          let first = rows[meeting.row]
          devices.append(
            Device(id: first.texts[.deviceID], name: first.texts[.deviceName], lines: [first.line], rows: 1))
        }
        meetings[key] = meeting
      }
      guard let place = meeting.place else { continue }
      devices[place].rows += 1
      if devices[place].lines.count < Self.lineLimit { devices[place].lines.append(row.line) }
    }
  }

  /// What all rows of one device share; nil for a row that tells neither ID nor name.
  private static func key(of texts: FleetTexts) -> ExactText? {
    texts[.deviceID].map { ExactText("i" + $0.lowercased()) }
      ?? texts[.deviceName].map { ExactText("n" + $0.lowercased()) }
  }
}

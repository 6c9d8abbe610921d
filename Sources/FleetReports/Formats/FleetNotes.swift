import DeviceReports

/// What there is to say of the input beside its devices, as sentences of the input's texts: not yet safe to print.
public struct FleetNotes: Sendable {
  private let report: FleetReport
  private let language: ReportLanguage

  /// The notes of a report in a language.
  public init(_ report: FleetReport, language: ReportLanguage) {
    self.report = report
    self.language = language
  }

  /// A line for each of the first devices that have several rows, and one for the others.
  public var repeats: [String] {
    let repeats = report.repeats
    var notes = repeats.devices.map { device -> String in
      let lines = device.lines.map(String.init).joined(separator: ", ")
      let more = device.rows > device.lines.count ? ", …" : ""
      return language.choose(
        "\(device.name): \(device.rows) rows, lines \(lines)\(more)",
        "\(device.name): \(device.rows) 行 (\(lines)\(more) 行目)")
    }
    let rest = repeats.count - repeats.devices.count
    if rest > 0 { notes.append(language.choose("and \(rest) more", "ほか \(rest) 台")) }
    return notes
  }
}

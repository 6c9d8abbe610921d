import DeviceReports
import Diagnostics

extension FleetRepeats {
  /// A line for each of the first devices and one for the others, in a language. They hold texts of the input: not yet safe to print.
  func lines(in language: ReportLanguage) -> [String] {
    var notes = devices.map { device -> String in
      let lines = device.lines.map(String.init).joined(separator: ", ")
      let more = device.rows > device.lines.count ? ", …" : ""
      return language.choose(
        "\(device.title): \(device.rows) rows, lines \(lines)\(more)",
        "\(device.title): \(device.rows) 行 (\(lines)\(more) 行目)")
    }
    let rest = count - devices.count
    if rest > 0 { notes.append(language.choose("and \(rest) more", "ほか \(rest) 台")) }
    return notes
  }
}

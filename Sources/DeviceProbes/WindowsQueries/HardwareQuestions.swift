import PolicyModel
import TPMEvidence

/// Processor, memory, disk and display.
enum HardwareQuestions {
  static let all = [processor, memory, disk, resolution, size]

  static let processor = WindowsQuestion(
    "Win32_Processor", facts: ["os.architecture", "cpu.cores", "cpu.speed", "cpu.bits64"],
    expression: """
      @(Get-CimInstance Win32_Processor | Select-Object Architecture, DataWidth, NumberOfCores, MaxClockSpeed)
      """
  ) { objects in
    var findings = FactFindings()
    guard let first = objects.first else { return findings }
    findings["os.architecture"] = architecture(first)
    findings.set("cpu.bits64", first.integer("DataWidth")) { .bool($0 >= 64) }
    let cores = every(objects, "NumberOfCores")
    findings["cpu.cores"] = total(cores, "NumberOfCores", in: 1...65536)
    let speeds = every(objects, "MaxClockSpeed").map { [$0.max() ?? 0] }
    findings["cpu.speed"] = total(speeds, "MaxClockSpeed", in: 1...1_000_000)
    return findings
  }

  private static func architecture(_ object: WindowsObject) -> Observation.Content {
    switch object.integer("Architecture") {
    case .known(0): .value(.symbol("x86"))
    case .known(5): .value(.symbol("arm"))
    case .known(9): .value(.symbol("x64"))
    case .known(12): .value(.symbol("arm64"))
    case .known(let other):
      .unknown(reason: "'Architecture' of Win32_Processor is \(other), which Windows 10 has not")
    case .unknown(let reason): .unknown(reason: reason)
    }
  }

  static let memory = WindowsQuestion(
    "Win32_PhysicalMemory", facts: ["memory.size"],
    expression: "@(Get-CimInstance Win32_PhysicalMemory | Select-Object Capacity)"
  ) { objects in
    var findings = FactFindings()
    guard !objects.isEmpty else { return findings }
    findings["memory.size"] = total(every(objects, "Capacity"), "Capacity", in: 1...Int64.max)
    return findings
  }

  static let disk = WindowsQuestion(
    "MSFT_Disk", facts: ["storage.size"],
    expression: """
      @(Get-CimInstance MSFT_Disk -Namespace root/Microsoft/Windows/Storage | Select-Object IsBoot, Size)
      """
  ) { objects in
    var findings = FactFindings()
    guard !objects.isEmpty else { return findings }
    // "Boot" is what Windows calls the disk that holds Windows; the one that the firmware starts from is "system".
    let disks = objects.filter { $0.bool("IsBoot") == .known(true) }
    if disks.count == 1 {
      findings["storage.size"] = total(every(disks, "Size"), "Size", in: 1...Int64.max)
    } else if let reason = objects.compactMap({ $0.bool("IsBoot").reason }).first {
      findings.miss("storage.size", reason)
    } else {
      findings.miss("storage.size", "\(disks.count) disks hold Windows, where one was expected")
    }
    return findings
  }

  static let resolution = WindowsQuestion(
    "Win32_VideoController", facts: ["display.height"],
    expression: "@(Get-CimInstance Win32_VideoController | Select-Object CurrentVerticalResolution)"
  ) { objects in
    var findings = FactFindings()
    guard !objects.isEmpty else { return findings }
    // An adapter that drives no display has no resolution.
    let heights = Set(objects.compactMap { $0.integer("CurrentVerticalResolution").value }.filter { $0 > 0 })
    findings["display.height"] = single(
      heights, "no adapter has a resolution", "the displays have different heights")
    return findings
  }

  /// Sizes in whole centimetres, as the display's EDID has them.
  static let size = WindowsQuestion(
    "WmiMonitorBasicDisplayParams", facts: ["display.diagonal"],
    expression: """
      @(Get-CimInstance WmiMonitorBasicDisplayParams -Namespace root/wmi |
        Select-Object Active, MaxHorizontalImageSize, MaxVerticalImageSize)
      """
  ) { objects in
    var findings = FactFindings()
    let active = objects.filter { $0.bool("Active") != .known(false) }
    guard !objects.isEmpty else { return findings }
    var diagonals: Set<Int64> = []
    for display in active {
      guard let width = display.integer("MaxHorizontalImageSize").value, (1...1000).contains(width),
        let height = display.integer("MaxVerticalImageSize").value, (1...1000).contains(height)
      else { continue }
      diagonals.insert(Int64((Double(width * width + height * height).squareRoot() * 10).rounded()))
    }
    findings["display.diagonal"] = single(
      diagonals, "no display says how large it is", "the displays have different sizes")
    return findings
  }

  private static func single(_ values: Set<Int64>, _ none: String, _ several: String) -> Observation.Content {
    guard let value = values.first else { return .unknown(reason: none) }
    return values.count == 1 && value <= 1_000_000
      ? .value(.int(value))
      : .unknown(reason: "\(several): \(values.sorted().map { "\($0)" }.joined(separator: ", "))")
  }

  /// A number of each object; when one has none, the reason.
  private static func every(_ objects: [WindowsObject], _ name: String) -> BootFinding<[Int64]> {
    var numbers: [Int64] = []
    for object in objects {
      switch object.integer(name) {
      case .known(let number): numbers.append(number)
      case .unknown(let reason): return .unknown(reason)
      }
    }
    return .known(numbers)
  }

  private static func total(
    _ numbers: BootFinding<[Int64]>, _ name: String, in bounds: ClosedRange<Int64>
  ) -> Observation.Content {
    switch numbers {
    case .unknown(let reason): return .unknown(reason: reason)
    case .known(let numbers):
      var sum: Int64 = 0
      for number in numbers {
        let (next, overflow) = sum.addingReportingOverflow(number)
        guard !overflow, number >= 0 else { return .unknown(reason: "'\(name)' is out of range") }
        sum = next
      }
      return bounds.contains(sum)
        ? .value(.int(sum)) : .unknown(reason: "'\(name)' is \(sum), which is out of range")
    }
  }
}

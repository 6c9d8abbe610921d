import Testing
import TPMEvidence

@testable import DeviceReports

@Suite("Boot log reports")
struct BootLogReportTests {
  @Test(
    "file times of Windows are shown as days",
    arguments: [
      (0, "1601-01-01"), (864_000_000_000, "1601-01-02"), (125_963_424_000_000_000, "2000-03-01"),
      (116_444_736_000_000_000, "1970-01-01"),
      (125_962_560_000_000_000, "2000-02-29"), (125_961_695_999_999_999, "2000-02-27"),
      (133_536_384_000_000_000, "2024-02-29"), (UInt64.max, "60056-05-28"),
    ])
  func days(time: UInt64, day: String) {
    #expect(BootEvidence.day(ofFileTime: time) == day)
  }
}

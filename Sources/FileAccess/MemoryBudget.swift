#if canImport(Glibc)
  import Glibc
#endif

/// How much memory this process may take, so that what grows with the input ends in an error before memory is gone.
///
/// The limits are those of the account (`ulimit -v`), of the control groups above the process, and of the machine.
package struct MemoryBudget: Sendable {
  /// The bytes of address space that may be mapped, or nil without a limit.
  private let addressSpace: Int?
  /// The bytes that may be resident.
  private let resident: Int?

  /// The budget of this process.
  package init() {
    var limit = rlimit()
    // RLIM_INFINITY is the greatest number, which no Int holds.
    let isLimited = getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0
    addressSpace = isLimited ? Int(exactly: limit.rlim_cur).flatMap { $0 < Int.max ? $0 : nil } : nil
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let machine = pages > 0 ? pages.multipliedReportingOverflow(by: Self.pageSize).partialValue : nil
    resident = (Self.groupLimits + [machine]).compactMap { $0 }.filter { $0 > 0 }.min()
  }

  /// A budget of so many bytes.
  init(addressSpace: Int?, resident: Int?) {
    self.addressSpace = addressSpace
    self.resident = resident
  }

  /// Whether more than a part of what may be taken is taken. Where the system does not tell, nothing is.
  ///
  /// - Parameter percent: The part, from 0 to 100.
  package func isSpent(beyond percent: Int) -> Bool {
    guard let (mapped, resident) = Self.taken else { return false }
    func exceeds(_ taken: Int, _ limit: Int?) -> Bool { limit.map { taken / percent > $0 / 100 } ?? false }
    return exceeds(mapped, addressSpace) || exceeds(resident, self.resident)
  }

  /// The bytes that are mapped and that are resident, from /proc/self/statm (proc(5)).
  private static var taken: (mapped: Int, resident: Int)? {
    guard let text = smallFile("/proc/self/statm") else { return nil }
    let numbers = text.split(separator: UInt8(ascii: " ")).prefix(2).compactMap { number($0) }
    guard numbers.count == 2 else { return nil }
    return (numbers[0] &* pageSize, numbers[1] &* pageSize)
  }

  /// The limits of the control groups of the process, version 2 and 1 (cgroups(7)).
  private static var groupLimits: [Int?] {
    var limits = [
      smallFile("/sys/fs/cgroup/memory.max"), smallFile("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
    ]
    if let groups = smallFile("/proc/self/cgroup") {
      for line in groups.split(separator: UInt8(ascii: "\n")) where line.starts(with: "0::/".utf8) {
        var path = String(decoding: line.dropFirst(3), as: UTF8.self)
        while path.count > 1, limits.count < 40 {
          limits.append(smallFile("/sys/fs/cgroup\(path)/memory.max"))
          path = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
        }
      }
    }
    return limits.map { text in
      text.flatMap { number($0.prefix { $0 != UInt8(ascii: "\n") }) }
    }
  }

  private static var pageSize: Int { max(sysconf(Int32(_SC_PAGESIZE)), 1) }

  /// The beginning of a file of the kernel; nil where it is not there.
  private static func smallFile(_ path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(file, &bytes, bytes.count)
    return count >= 0 ? Array(bytes.prefix(count)) : nil
  }

  private static func number(_ digits: some Collection<UInt8>) -> Int? {
    Int(String(decoding: digits, as: UTF8.self))
  }
}

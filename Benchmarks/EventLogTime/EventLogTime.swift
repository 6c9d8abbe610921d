import TPMEvidence

#if canImport(Glibc)
  import Glibc
#endif

/// `EventLogTime FILE REPEATS`: reads a boot log in memory and prints a JSON object of arrays of milliseconds of processor time: `parse`, `replay` (every
/// bank), `verify` (every event's data against its digests), and `hash` (the whole log by the algorithm of every bank).
@main
struct EventLogTime {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count == 3, let repeats = Int(arguments[2]), let bytes = read(arguments[1]) else {
      print("usage: EventLogTime FILE REPEATS")
      exit(2)
    }
    var times: [String: [Double]] = [:]
    for round in 0...max(1, repeats) {
      let start = now()
      guard let log = try? EventLog(bytes) else {
        print("not a boot log")
        exit(1)
      }
      let parsed = now()
      let replays = log.banks.indices.map { log.replay(bank: $0) }
      let replayed = now()
      let measured = log.events.indices.count { log.isMeasured($0) }
      let verified = now()
      let digests = log.banks.map { $0.algorithm.digest(of: bytes) }
      let hashed = now()
      // What nobody uses might not be computed.
      guard replays.count + digests.count + measured > 0, round > 0 else { continue }
      let marks = [start, parsed, replayed, verified, hashed]
      for (index, name) in ["parse", "replay", "verify", "hash"].enumerated() {
        times[name, default: []].append(Double(marks[index + 1] - marks[index]) / 1e6)
      }
    }
    let members = times.map { "\"\($0)\": [\($1.map { "\($0)" }.joined(separator: ","))]" }
    print("{\(members.joined(separator: ", "))}")
  }

  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  private static func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }
}

import CSPCatalog
import PolicyCompiler

#if canImport(Glibc)
  import Glibc
#endif

/// `CompileTime FILE REPEATS`: parses and checks a policy in memory and prints the milliseconds of each time as a
/// JSON array. One uncounted pass comes first, as the peers' programs have it.
@main
struct CompileTime {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count == 3, let repeats = Int(arguments[2]), let bytes = read(arguments[1]) else {
      print("usage: CompileTime FILE REPEATS")
      exit(2)
    }
    let options = CompilerOptions(catalog: .embedded, facts: .embedded)
    let compiler = Compiler(options)
    var times: [String] = []
    for round in 0...max(1, repeats) {
      let start = now()
      let result = compiler.compile("benchmark.attpolicy") { _ in bytes }
      let end = now()
      guard let result, !result.hasErrors, result.policies.count == 1 else {
        print("the policy has errors: \(result?.diagnostics.first?.message ?? "unreadable")")
        exit(1)
      }
      if round > 0 { times.append("\(Double(end - start) / 1e6)") }
    }
    print("[\(times.joined(separator: ","))]")
  }

  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
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

import FuzzEntries

/// Chosen with `--target=NAME`; libFuzzer leaves arguments with two dashes alone.
private let target: FuzzTarget = {
  let option = "--target="
  let names = CommandLine.arguments.filter { $0.hasPrefix(option) }.map { $0.dropFirst(option.count) }
  guard let name = names.last, let target = FuzzTarget(rawValue: String(name)) else {
    fatalError("\(option) needs one of: \(FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))")
  }
  return target
}()

/// What libFuzzer calls for each input; always 0, for "keep it if it was interesting".
@_cdecl("LLVMFuzzerTestOneInput")
package func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  target.run(Array(UnsafeBufferPointer(start: data, count: size)))
  return 0
}

import CZlib

#if canImport(Glibc)
  import Glibc
#endif

/// The functions of zlib that this floor calls, loaded when the first archive is read: most runs read none.
struct Zlib: Sendable {
  private typealias Initialize =
    @convention(c) (UnsafeMutablePointer<z_stream>?, Int32, UnsafePointer<CChar>?, Int32) -> Int32
  private typealias Inflate = @convention(c) (UnsafeMutablePointer<z_stream>?, Int32) -> Int32
  private typealias End = @convention(c) (UnsafeMutablePointer<z_stream>?) -> Int32
  private typealias CRC32 = @convention(c) (UInt, UnsafePointer<UInt8>?, UInt32) -> UInt

  private let initialize: Initialize
  private let inflate: Inflate
  private let end: End
  private let crc: CRC32

  /// The library of this machine; nil when it is not installed.
  static let installed = Zlib("libz.so.1")

  init?(_ name: String) {
    guard let library = dlopen(name, RTLD_NOW | RTLD_LOCAL),
      let initialize = dlsym(library, "inflateInit2_"), let inflate = dlsym(library, "inflate"),
      let end = dlsym(library, "inflateEnd"), let crc = dlsym(library, "crc32")
    else { return nil }
    self.initialize = unsafeBitCast(initialize, to: Initialize.self)
    self.inflate = unsafeBitCast(inflate, to: Inflate.self)
    self.end = unsafeBitCast(end, to: End.self)
    self.crc = unsafeBitCast(crc, to: CRC32.self)
  }

  /// The bytes that a raw deflate stream holds; nil unless it is whole and holds exactly `count` of them.
  func inflated(_ input: ArraySlice<UInt8>, count: Int) -> [UInt8]? {
    guard let size = UInt32(exactly: input.count), UInt32(exactly: count) != nil else { return nil }
    var stream = z_stream()
    // Negative: no zlib header around the stream.
    let opened = initialize(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard opened == Z_OK else { return nil }
    defer { _ = end(&stream) }
    // One byte more than expected, so that a stream that holds more is told from one that fits.
    var output = [UInt8](repeating: 0, count: count + 1)
    let isWhole = input.withUnsafeBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.avail_in = size
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(clamping: output.count)
        return inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0
      }
    }
    guard isWhole, stream.total_out == UInt(count) else { return nil }
    output.removeLast()
    return output
  }

  /// The checksum that archives use.
  func crc32(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer {
      UInt32(truncatingIfNeeded: crc(0, $0.baseAddress, UInt32(clamping: $0.count)))
    }
  }
}

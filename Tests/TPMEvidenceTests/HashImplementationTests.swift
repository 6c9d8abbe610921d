import CDigest
import Cryptography
import Testing

@testable import TPMEvidence

@Suite("Hash implementations")
struct HashImplementationTests {
  private func digest(
    _ implementation: any HashImplementation.Type, of bytes: ArraySlice<UInt8>, size: Int
  ) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: size)
    bytes.withUnsafeBytes { bytes in
      result.withUnsafeMutableBytes { implementation.write(digestOf: bytes, into: $0) }
    }
    return result
  }

  private func libraryDigest(_ hash: LibraryHash, of bytes: ArraySlice<UInt8>, size: Int) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: size)
    let isMade = bytes.withUnsafeBytes { bytes in
      result.withUnsafeMutableBytes { hash.write(digestOf: bytes, into: $0) }
    }
    #expect(isMade)
    return result
  }

  @Test(
    "hashes of our own, with and without the processor's instructions, give what libcrypto gives, whatever the length and the place in memory",
    .enabled(if: LibCrypto.installed != nil, "libcrypto is not installed"))
  func ownHashes() {
    // A sequence without a short period, so that no two blocks are the same.
    var state: UInt32 = 1
    let bytes = (0..<5000).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
    for count in Array(0...300) + [511, 512, 513, 4096, 4999] {
      let message = bytes[(count % 2)..<(count % 2 + count)]
      let sha1 = libraryDigest(.sha1, of: message, size: 20)
      let sha256 = libraryDigest(.sha256, of: message, size: 32)
      #expect(digest(OwnHash.SHA1.self, of: message, size: 20) == sha1, "\(count) bytes")
      #expect(digest(OwnHash.SHA256.self, of: message, size: 32) == sha256, "\(count) bytes")
      var portable = [UInt8](repeating: 0, count: 32)
      message.withUnsafeBufferPointer { cdigest_portable_sha1($0.baseAddress, count, &portable) }
      #expect(portable.prefix(20) == sha1[...], "\(count) bytes")
      message.withUnsafeBufferPointer { cdigest_portable_sha256($0.baseAddress, count, &portable) }
      #expect(portable == sha256, "\(count) bytes")
    }
  }

  @Test("a digest may be written over what it is of", arguments: HashAlgorithm.computable)
  func inPlace(algorithm: HashAlgorithm) throws {
    let implementation = try #require(algorithm.implementation)
    let size = try #require(algorithm.byteCount)
    var bytes = (0..<size * 2).map { UInt8($0) }
    let expected = algorithm.digest(of: bytes)
    bytes.withUnsafeMutableBytes { bytes in
      implementation.write(
        digestOf: UnsafeRawBufferPointer(bytes), into: UnsafeMutableRawBufferPointer(rebasing: bytes[..<size])
      )
    }
    #expect(Array(bytes[..<size]) == expected)
  }

  @Test("the empty message and 'abc' have the digests of FIPS 180-4")
  func examples() {
    let abc = Array("abc".utf8)
    #expect(HashAlgorithm.sha1.digest(of: abc).map(hex) == "a9993e364706816aba3e25717850c26c9cd0d89d")
    #expect(
      HashAlgorithm.sha256.digest(of: abc).map(hex)
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(HashAlgorithm.sha1.digest(of: []).map(hex) == "da39a3ee5e6b4b0d3255bfef95601890afd80709")
    #expect(
      HashAlgorithm.sha256.digest(of: []).map(hex)
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }
}

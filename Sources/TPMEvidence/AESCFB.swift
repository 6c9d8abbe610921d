import Crypto
import CryptoExtras

/// AES in cipher feedback mode with whole blocks fed back and an initialization vector of zeros, as a TPM protects what leaves it
/// (TPM 2.0 Library, part 1, 11.4.10.3; SP 800-38A, 6.3 with s = 128).
///
/// It is built on the block function, since swift-crypto's mode works on Foundation's `Data`.
enum AESCFB {
  /// Encrypts bytes of any number; nil unless the key has 16, 24 or 32 bytes.
  static func encrypt(_ bytes: [UInt8], key: [UInt8]) -> [UInt8]? {
    let key = SymmetricKey(data: key)
    var encrypted: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 16)
    for start in stride(from: 0, to: bytes.count, by: 16) {
      guard (try? AES.permute(&block, key: key)) != nil else { return nil }
      let piece = zip(bytes[start...].prefix(16), block).map { $0 ^ $1 }
      encrypted += piece
      if piece.count == 16 { block = piece }
    }
    return encrypted
  }
}

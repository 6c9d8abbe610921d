extension PCRValues {
  /// The largest text that is read, in bytes: eight banks of 24 values need a tenth of it.
  package static let byteLimit = 1 << 18

  /// Reads what `tpm2_pcrread` prints: the name of a bank, then a line `7 : 0x85…` for each PCR.
  ///
  /// Blank lines and banks without lines are allowed; what is not understood is an error with its line.
  package init(pcrread text: [UInt8]) throws(PCRTextError) {
    self.init()
    guard text.count <= Self.byteLimit else {
      throw PCRTextError(line: 1, message: "it is larger than \(Self.byteLimit) bytes")
    }
    var current: HashAlgorithm?
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let line = Self.trimmed(line)
      guard !line.isEmpty else { continue }
      let number = index + 1
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
        throw PCRTextError(line: number, message: "there is no colon in it")
      }
      let name = Self.trimmed(line[..<colon])
      let value = Self.trimmed(line[(colon + 1)...])
      if value.isEmpty {
        guard let algorithm = HashAlgorithm(name: String(decoding: name, as: UTF8.self)) else {
          throw PCRTextError(
            line: number, message: "it names no bank that is known: sha1, sha256, sha384, sha512, sm3_256")
        }
        current = algorithm
        continue
      }
      guard let current else { throw PCRTextError(line: number, message: "a bank's name has to come first") }
      guard let register = Int(String(decoding: name, as: UTF8.self)), (0..<pcrCount).contains(register)
      else {
        throw PCRTextError(line: number, message: "it does not begin with the number of a PCR, 0 to 23")
      }
      guard let bytes = bytes(hexadecimal: value), bytes.count == current.byteCount else {
        throw PCRTextError(line: number, message: "its value is not one of \(current.name) in hexadecimal")
      }
      guard banks[current, default: [:]].updateValue(bytes, forKey: register) == nil else {
        throw PCRTextError(line: number, message: "PCR \(register) is given twice")
      }
    }
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
    var text = text.drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    return text
  }
}

/// Why a text of PCR values was refused.
package struct PCRTextError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line, from 1.
  package let line: Int
  /// One plain sentence.
  package let message: String

  /// `line 3: it names no bank …`
  package var description: String { "line \(line): \(message)" }
}

/// Writes elements of DER (X.690), of what a test makes up.
package enum DERWriter {
  /// An element of a tag of one byte.
  package static func element(_ tag: UInt8, _ content: some Sequence<UInt8>) -> [UInt8] {
    let content = Array(content)
    if content.count < 0x80 { return [tag, UInt8(content.count)] + content }
    let size = Array(withUnsafeBytes(of: UInt32(content.count).bigEndian) { $0.drop { $0 == 0 } })
    return [tag, 0x80 | UInt8(size.count)] + size + content
  }

  /// A SEQUENCE.
  package static func sequence(_ parts: [UInt8]...) -> [UInt8] { element(0x30, parts.joined()) }

  /// A positive INTEGER.
  package static func integer(_ bytes: [UInt8]) -> [UInt8] {
    let number = Array(bytes.drop { $0 == 0 })
    return element(0x02, number.first ?? 0x80 >= 0x80 ? [0] + number : number)
  }

  /// An OBJECT IDENTIFIER, written with dots.
  package static func identifier(_ text: String) -> [UInt8] {
    let arcs = text.split(separator: ".").map { UInt64($0) ?? 0 }
    let numbers = [arcs[0] * 40 + arcs[1]] + arcs.dropFirst(2)
    return element(
      0x06,
      numbers.flatMap { number in
        var bytes = [UInt8(number & 0x7F)]
        var rest = number >> 7
        while rest > 0 {
          bytes.insert(0x80 | UInt8(rest & 0x7F), at: 0)
          rest >>= 7
        }
        return bytes
      })
  }

  /// A BIT STRING of whole bytes.
  package static func bits(_ bytes: [UInt8]) -> [UInt8] { element(0x03, [0] + bytes) }
}

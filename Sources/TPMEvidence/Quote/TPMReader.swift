/// Reads what a TPM marshals (TPM 2.0 Library, part 2): numbers with the most significant byte first, buffers behind a size of 16 bits.
///
/// The bytes are a stranger's. Every read says what it was after, so that an error names it with its place.
package struct TPMReader {
  private var cursor: ByteCursor
  private let start: Int
  private let structure: String

  /// A reader of one structure, whose name goes into the errors.
  package init(_ bytes: ArraySlice<UInt8>, of structure: String) {
    cursor = ByteCursor(bytes)
    start = bytes.startIndex
    self.structure = structure
  }

  /// The place of the next byte, from 0.
  package var offset: Int { cursor.index - start }

  /// How many bytes are left.
  package var left: Int { cursor.left }

  /// The next bytes.
  package mutating func take(_ count: Int, _ what: String) throws(TPMStructureError) -> ArraySlice<UInt8> {
    guard let bytes = cursor.take(count) else {
      throw problem("\(what) takes \(count) bytes, and \(cursor.left) are left")
    }
    return bytes
  }

  /// A number of 8 bits.
  package mutating func uint8(_ what: String) throws(TPMStructureError) -> UInt8 { try number(1, what) }
  /// A number of 16 bits.
  package mutating func uint16(_ what: String) throws(TPMStructureError) -> UInt16 { try number(2, what) }
  /// A number of 32 bits.
  package mutating func uint32(_ what: String) throws(TPMStructureError) -> UInt32 { try number(4, what) }
  /// A number of 64 bits.
  package mutating func uint64(_ what: String) throws(TPMStructureError) -> UInt64 { try number(8, what) }

  /// A buffer behind its size (TPM2B) that has at most so many bytes.
  package mutating func sized(_ what: String, limit: Int) throws(TPMStructureError) -> ArraySlice<UInt8> {
    let size = Int(try uint16("the size of \(what)"))
    guard size <= limit else { throw problem("\(what) has \(size) bytes, more than the \(limit) of any TPM") }
    return try take(size, what)
  }

  /// Makes sure that nothing is left.
  package func finish() throws(TPMStructureError) {
    guard cursor.left == 0 else { throw problem("it goes on for \(cursor.left) bytes behind its end") }
  }

  /// An error at this place.
  package func problem(_ message: String) -> TPMStructureError {
    TPMStructureError(structure: structure, offset: offset, message: message)
  }

  private mutating func number<Number: FixedWidthInteger>(
    _ size: Int, _ what: String
  ) throws(TPMStructureError) -> Number {
    try take(size, what).reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
  }
}

/// Why bytes are not the structure of a TPM that they should be.
package struct TPMStructureError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What it should be, such as `the public area`.
  package let structure: String
  /// The byte at which the trouble is, from 0.
  package let offset: Int
  /// One plain sentence without a full stop.
  package let message: String

  init(structure: String, offset: Int, message: String) {
    self.structure = structure
    self.offset = offset
    self.message = message
  }

  /// `the public area, at byte 12: its policy takes 32 bytes, and 4 are left`
  package var description: String { "\(structure), at byte \(offset): \(message)" }
}

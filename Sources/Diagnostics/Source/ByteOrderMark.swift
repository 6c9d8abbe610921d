/// U+FEFF in UTF-8, with which some editors begin a file.
package let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

/// The number of bytes of a byte order mark at the beginning: 3 or 0.
package func byteOrderMarkLength(of bytes: some Sequence<UInt8>) -> Int {
  bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
}

import DeviceProbes

/// Decodes the fields of rows: UTF-8, or what a Japanese Excel saves as CSV (code page 932).
///
/// The first row with text beyond ASCII decides for the input.
struct RowEncoding {
  /// The texts of fields, or why they are none.
  enum Decoded {
    case texts([String])
    case fault(String)
  }

  /// Whether the input is known to be UTF-8.
  var isUTF8 = false
  private var isJapanese = false

  /// Decodes the fields of a row, or some of them.
  mutating func decode(_ row: CSVScanner.Row, only places: [Int]? = nil) -> Decoded {
    guard row.bytes.contains(where: { $0 >= 0x80 }) else {
      return .texts(texts(row.bytes, row.ends, places) { String(decoding: $0, as: UTF8.self) })
    }
    if !isJapanese {
      if String(validating: row.bytes, as: UTF8.self) != nil {
        isUTF8 = true
        return .texts(texts(row.bytes, row.ends, places) { String(decoding: $0, as: UTF8.self) })
      }
      guard !isUTF8, CodePage.japanese(row.bytes[...]) != nil else {
        return .fault("the text is not UTF-8; save the file as UTF-8, which Excel calls CSV UTF-8")
      }
      isJapanese = true
    }
    guard let text = CodePage.convert(row.bytes[...], from: "CP932") else {
      return .fault("the text is not of code page 932, as the rows before it; save the file as UTF-8")
    }
    var ends: [Int] = []
    for (place, byte) in text.enumerated() where byte == 0 { ends.append(place) }
    guard ends.count == row.ends.count else {
      return .fault("the text is not of code page 932, as the rows before it; save the file as UTF-8")
    }
    return .texts(texts(text, ends, places) { String(decoding: $0, as: UTF8.self) })
  }

  private func texts(
    _ bytes: [UInt8], _ ends: [Int], _ places: [Int]?, _ decode: (ArraySlice<UInt8>) -> String
  ) -> [String] {
    func text(_ place: Int) -> String {
      decode(bytes[(place == 0 ? 0 : ends[place - 1] + 1)..<ends[place]])
    }
    return places.map { $0.map(text) } ?? ends.indices.map(text)
  }
}

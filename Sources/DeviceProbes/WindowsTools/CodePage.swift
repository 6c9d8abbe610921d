#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Text in the code pages of consoles, decoded to UTF-8.
package enum CodePage {
  /// Text in CP932, or nil unless it is that beyond doubt.
  ///
  /// Most bytes of Western text can be read as CP932 too, its letters with accents swallowing the letter behind them. Such characters
  /// stand alone, while those of Japanese stand together; and Japanese has kana or kanji, not only symbols.
  package static func japanese(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    guard let text = convert(bytes, from: "CP932") else { return nil }
    var wide = 0
    var accompanied = 0
    var letters = 0
    var run = 0
    func endRun() {
      wide += run
      if run > 1 { accompanied += run }
      run = 0
    }
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0x3041...0x30FF, 0x4E00...0x9FFF:
        letters += 1
        run += 1
      case 0x3000...0x3040, 0xFF00...0xFF60: run += 1
      // The private range and control characters above ASCII are what CP932 makes of other code pages.
      case 0x80...0x9F, 0xE000...0xF8FF: return nil
      default: endRun()
      }
    }
    endRun()
    return letters > 0 && accompanied * 4 >= wide * 3 ? text : nil
  }

  /// Text in CP1252. Each byte becomes one character.
  static func cp1252(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    replace(bytes) { byte in
      byte < 0xA0 ? windowsSymbols[Int(byte) - 0x80] : Unicode.Scalar(byte)
    }
  }

  /// Text in CP850. Each byte becomes one character.
  static func cp850(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    replace(bytes) { consoleCharacters[Int($0) - 0x80] }
  }

  private static func replace(_ bytes: ArraySlice<UInt8>, high: (UInt8) -> Unicode.Scalar) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 8)
    for byte in bytes {
      if byte < 0x80 {
        text.append(byte)
      } else {
        text.append(contentsOf: UTF8.encode(high(byte)) ?? .init())
      }
    }
    return text
  }

  /// CP1252 from 0x80 to 0x9F.
  private static let windowsSymbols = Array(
    "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)

  /// CP850 from 0x80 to 0xFF.
  private static let consoleCharacters = Array(
    ("ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀"
      + "ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}").unicodeScalars)

  /// What the C library makes of bytes in a code page; nil when some are not in it, or the library does not know it.
  /// A character that the end cuts is left out.
  package static func convert(_ bytes: ArraySlice<UInt8>, from codePage: String) -> [UInt8]? {
    guard let converter = iconv_open("UTF-8", codePage), converter != iconv_t(bitPattern: -1) else {
      return nil
    }
    defer { iconv_close(converter) }
    // A character of two bytes takes three in UTF-8, a half-width kana of one likewise.
    let capacity = bytes.count * 3 + 16
    var source = Array(bytes)
    var isWhole = false
    let text = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      count = source.withUnsafeMutableBytes { input in
        let output = UnsafeMutableRawBufferPointer(buffer)
        var from = input.baseAddress?.assumingMemoryBound(to: CChar.self)
        var to = output.baseAddress?.assumingMemoryBound(to: CChar.self)
        var left = input.count
        var room = output.count
        let result = iconv(converter, &from, &left, &to, &room)
        isWhole = result != -1 || (errno == EINVAL && left < 2)
        return output.count - room
      }
    }
    return isWhole ? text : nil
  }
}

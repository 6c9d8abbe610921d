import Diagnostics

extension EventLog {
  /// What an event's data says of itself, in a few words for people: a variable's name, a path, a text, bytes. It proves nothing unless
  /// ``isMeasured(_:content:)`` holds; what strangers wrote is made printable and cut.
  package func summary(of event: Int) -> String {
    let data = data(of: event)
    if let path = BootImage.path(data) {
      if !path.isEmpty { return path }
      // Other data of 32 bytes with zeros at its end reads like an image whose path is empty.
      if events[event].type.isOfImages { return "an image without a path" }
    }
    if let variable = UEFIVariable(data), !variable.name.isEmpty {
      let name = shortened(variable.name, limit: 64)
      return variable.value.count <= 8
        ? "\(name) = \(variable.value.isEmpty ? "nothing" : hexadecimal(variable.value))"
        : "\(name), \(variable.value.count) bytes"
    }
    if events[event].type == .eventTag {
      var elements = SIPAElements()
      if elements.add(event, of: self), !elements.all.isEmpty {
        return elements.all.count == 1
          ? "one element of Windows" : "\(elements.all.count) elements of Windows"
      }
    }
    if let text = Self.text(data) { return shortened(text, limit: 120) }
    if data.isEmpty { return "nothing" }
    return data.count <= 8 ? hexadecimal(data) : "\(data.count) bytes"
  }

  /// Data that is nothing but text in ASCII or UTF-16, with or without NULs at the end.
  private static func text(_ data: ArraySlice<UInt8>) -> String? {
    func isText(_ bytes: some Collection<UInt8>) -> Bool {
      bytes.count >= 3 && bytes.allSatisfy { 0x20...0x7E ~= $0 }
    }
    // Long texts are cut for people anyway.
    let data = data.prefix(1024)
    let trimmed = data[..<((data.lastIndex { $0 != 0 } ?? data.startIndex - 1) + 1)]
    if isText(trimmed) { return String(decoding: trimmed, as: UTF8.self) }
    let wide = textOfUTF16(data)
    return isText(Array(wide.utf8)) ? wide : nil
  }
}

import Diagnostics

/// An image that the firmware or a boot loader started: UEFI_IMAGE_LOAD_EVENT.
///
/// Its digest is that of the image; **its path is not measured** and is for people alone.
package struct BootImage: Hashable, Sendable {
  /// The number of its event.
  package let event: Int
  /// The PCR that it was measured into: 4 for applications, 2 for drivers of cards.
  package let register: UInt32
  /// The path of its file, as far as the log gives one.
  package let path: String?
  /// The authority that was measured just before it, by its position in ``SecureBootEvidence/authorities``; nil when it was verified by one that
  /// had been used before. The order of events in different PCRs is not measured.
  package let authority: Int?

  /// The images of the PCRs 2 and 4, in the order of the log.
  package static func images(in log: EventLog, _ authorities: [SecureBootEvidence.Authority]) -> [BootImage] {
    guard log.registers == .pcrs else { return [] }
    var images: [BootImage] = []
    var next = 0
    for (index, event) in log.events.enumerated() where event.isExtended {
      guard event.register == 2 || event.register == 4, let path = Self.path(log.data(of: index)) else {
        continue
      }
      var authority: Int?
      while next < authorities.count, authorities[next].event < index {
        authority = next
        next += 1
      }
      images.append(
        BootImage(
          event: index, register: event.register, path: path.isEmpty ? nil : path, authority: authority))
    }
    return images
  }

  /// The file path in an event's data, empty when its device path names no file; nil for what is no UEFI_IMAGE_LOAD_EVENT.
  static func path(_ data: ArraySlice<UInt8>) -> String? {
    var cursor = ByteCursor(data)
    // Where the image lay, its length, its address when linked.
    guard cursor.take(24) != nil, let size = cursor.uint64(), size == UInt64(cursor.left) else { return nil }
    var path = ""
    while cursor.left > 0 {
      guard let type = cursor.byte(), let kind = cursor.byte(), let length = cursor.uint16(), length >= 4,
        let body = cursor.take(Int(length) - 4)
      else { return nil }
      if type == 0x7F { break }
      // Media device path, file path: text in UTF-16.
      if type == 4, kind == 4 {
        let part = textOfUTF16(body)
        path += path.hasSuffix("\\") && part.hasPrefix("\\") ? String(part.dropFirst()) : part
      } else if type == 4, kind == 6 || kind == 7, let name = GUID(body) {
        // A file in a volume of the firmware (UEFI 2.10, section 10.3.5).
        path += kind == 7 ? "Fv(\(name))" : "/FvFile(\(name))"
      }
    }
    return shortened(path, limit: 512)
  }
}

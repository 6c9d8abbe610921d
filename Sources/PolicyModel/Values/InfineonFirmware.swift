/// The two notations of the firmware versions of Infineon's TPMs.
///
/// A TPM 2.0 answers with two numbers of 32 bits (TPM 2.0 Library, part 2, `TPM_PT_FIRMWARE_VERSION_1` and `_2`), and `tpm.firmware` is their four
/// words of 16 bits: 5.63.13.6400. Infineon splits the second number after its first 24 bits, which count builds, and so do Windows' short form
/// and its `tpmtool`: 5.63.3353.0. 3353 is 13 · 256 + 25, and 6400 is 25 · 256 + 0.
package enum InfineonFirmware {
  /// The registered id of Infineon.
  package static let manufacturer = "IFX"

  /// The version in the form of `tpm.firmware`, or nil where it is in that form, or may be.
  ///
  /// Only a third number above 255 tells: as a word it would count more than 65,535 builds, and the counts of all known firmware are four digits
  /// or five. A fourth number that is not written is 0.
  package static func converted(_ version: Version) -> Version? {
    guard version.written >= 3, version.patch > 0xFF, version.patch <= 0xFF_FFFF, version.build <= 0xFF else {
      return nil
    }
    return Version(
      version.major, version.minor, version.patch >> 8, (version.patch & 0xFF) << 8 | version.build)
  }

  /// What was observed of `tpm.firmware`, in its form, the one that was shown named in the source; nil where there is nothing to convert.
  ///
  /// - Parameter maker: What was observed of `tpm.manufacturer`; the version of any other maker stays as it is.
  package static func converted(_ firmware: Observation, maker: Observation?) -> Observation? {
    guard case .version(let shown)? = firmware.value, let version = converted(shown),
      case .string(let name)? = maker?.value, trimmed(name) == manufacturer
    else { return nil }
    return Observation(
      .value(.version(version)), level: firmware.level, source: "\(firmware.source), shown as \(shown)",
      note: firmware.note)
  }

  /// An id without the blanks and NULs that fill its four bytes.
  package static func trimmed(_ id: String) -> String {
    var bytes = id.utf8[...]
    while let last = bytes.last, last == 0 || last == 0x20 { bytes.removeLast() }
    return bytes.count == id.utf8.count ? id : String(decoding: bytes, as: UTF8.self)
  }
}

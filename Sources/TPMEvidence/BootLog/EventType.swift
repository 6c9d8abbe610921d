/// The type that an event gives itself (TCG PC Client Platform Firmware Profile, section 10.4.1).
///
/// **Types are not measured.** Whoever writes the log can change them and no digest changes, so that nothing that matters may
/// rest on one; they serve to show a log, and ``noAction`` tells the events that say of themselves that no PCR was extended.
package struct EventType: RawRepresentable, Hashable, Sendable {
  /// The number in the log.
  package let rawValue: UInt32

  /// The type with this number, known or not.
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// EV_NO_ACTION: information for the reader, not extended.
  package static let noAction = EventType(rawValue: 0x3)
  /// EV_SEPARATOR.
  package static let separator = EventType(rawValue: 0x4)
  /// EV_EVENT_TAG: Windows' measured boot, and others.
  package static let eventTag = EventType(rawValue: 0x6)
  /// EV_EFI_VARIABLE_DRIVER_CONFIG.
  package static let variableDriverConfig = EventType(rawValue: 0x8000_0001)
  /// EV_EFI_BOOT_SERVICES_APPLICATION.
  package static let bootServicesApplication = EventType(rawValue: 0x8000_0003)
  /// EV_EFI_ACTION.
  package static let efiAction = EventType(rawValue: 0x8000_0007)
  /// EV_EFI_VARIABLE_AUTHORITY.
  package static let variableAuthority = EventType(rawValue: 0x8000_00E0)

  /// Whether events that call themselves so have a description of an image: applications and drivers.
  var isOfImages: Bool { (0x8000_0003...0x8000_0005).contains(rawValue) }

  /// The name of the specification, or the number in hexadecimal.
  package var name: String {
    if let name = Self.names[rawValue] { return name }
    return "0x" + hexadecimal([24, 16, 8, 0].map { UInt8(truncatingIfNeeded: rawValue >> UInt32($0)) })
  }

  private static let names: [UInt32: String] = [
    0x0: "EV_PREBOOT_CERT", 0x1: "EV_POST_CODE", 0x2: "EV_UNUSED", 0x3: "EV_NO_ACTION", 0x4: "EV_SEPARATOR",
    0x5: "EV_ACTION", 0x6: "EV_EVENT_TAG", 0x7: "EV_S_CRTM_CONTENTS", 0x8: "EV_S_CRTM_VERSION",
    0x9: "EV_CPU_MICROCODE", 0xA: "EV_PLATFORM_CONFIG_FLAGS", 0xB: "EV_TABLE_OF_DEVICES",
    0xC: "EV_COMPACT_HASH", 0xD: "EV_IPL", 0xE: "EV_IPL_PARTITION_DATA", 0xF: "EV_NONHOST_CODE",
    0x10: "EV_NONHOST_CONFIG", 0x11: "EV_NONHOST_INFO", 0x12: "EV_OMIT_BOOT_DEVICE_EVENTS",
    0x13: "EV_POST_CODE2", 0x8000_0001: "EV_EFI_VARIABLE_DRIVER_CONFIG", 0x8000_0002: "EV_EFI_VARIABLE_BOOT",
    0x8000_0003: "EV_EFI_BOOT_SERVICES_APPLICATION", 0x8000_0004: "EV_EFI_BOOT_SERVICES_DRIVER",
    0x8000_0005: "EV_EFI_RUNTIME_SERVICES_DRIVER", 0x8000_0006: "EV_EFI_GPT_EVENT",
    0x8000_0007: "EV_EFI_ACTION", 0x8000_0008: "EV_EFI_PLATFORM_FIRMWARE_BLOB",
    0x8000_0009: "EV_EFI_HANDOFF_TABLES", 0x8000_000A: "EV_EFI_PLATFORM_FIRMWARE_BLOB2",
    0x8000_000B: "EV_EFI_HANDOFF_TABLES2", 0x8000_000C: "EV_EFI_VARIABLE_BOOT2",
    0x8000_0010: "EV_EFI_HCRTM_EVENT", 0x8000_00E0: "EV_EFI_VARIABLE_AUTHORITY",
    0x8000_00E1: "EV_EFI_SPDM_FIRMWARE_BLOB", 0x8000_00E2: "EV_EFI_SPDM_FIRMWARE_CONFIG",
  ]
}

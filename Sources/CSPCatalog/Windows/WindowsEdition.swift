/// An edition of Windows by the name that a policy uses and the numbers that a DDF lists (`MSFT:EditionAllowList`).
///
/// Only ids whose meaning is documented are here ([MS-MDE2], OSEdition). Others stand in lists of editions and mean
/// nothing to a policy.
package struct WindowsEdition: Hashable, Sendable {
  /// The name in a policy, such as `pro`.
  package let name: String
  /// What Microsoft calls it.
  package let title: String
  /// The edition ids.
  package let ids: [UInt16]

  /// Every edition that has a name, in the order of their ids.
  package static let all: [WindowsEdition] = [
    WindowsEdition(name: "enterprise", title: "Enterprise", ids: [0x4]),
    WindowsEdition(name: "enterprise_n", title: "Enterprise N", ids: [0x1B]),
    WindowsEdition(name: "pro", title: "Pro", ids: [0x30]),
    WindowsEdition(name: "pro_n", title: "Pro N", ids: [0x31]),
    WindowsEdition(
      name: "enterprise_evaluation", title: "Enterprise and Enterprise N Evaluation", ids: [0x48, 0x54]),
    WindowsEdition(name: "home_n", title: "Home N", ids: [0x62]),
    WindowsEdition(name: "home_country_specific", title: "Home Country Specific", ids: [0x63]),
    WindowsEdition(name: "home_single_language", title: "Home Single Language", ids: [0x64]),
    WindowsEdition(name: "home", title: "Home", ids: [0x65]),
    WindowsEdition(name: "surface_hub", title: "PPI Pro (Surface Hub)", ids: [0x77]),
    WindowsEdition(name: "education", title: "Education", ids: [0x79]),
    WindowsEdition(name: "education_n", title: "Education N", ids: [0x7A]),
    WindowsEdition(name: "enterprise_ltsc", title: "Enterprise LTSC", ids: [0x7D]),
    WindowsEdition(name: "enterprise_n_ltsc", title: "Enterprise N LTSC", ids: [0x7E]),
    WindowsEdition(
      name: "enterprise_ltsc_evaluation", title: "Enterprise and Enterprise N LTSC Evaluation",
      ids: [0x81, 0x82]),
    WindowsEdition(name: "holographic", title: "Holographic", ids: [0x87]),
    WindowsEdition(name: "holographic_business", title: "Holographic for Business", ids: [0x88]),
    WindowsEdition(name: "enterprise_multi_session", title: "Enterprise multi-session", ids: [0xAF]),
  ]

  /// The edition of a name, or nil.
  package static func named(_ name: String) -> WindowsEdition? { all.first { $0.name == name } }

  /// The edition of an id, or nil when the id's meaning is not documented.
  package static func of(id: UInt16) -> WindowsEdition? { all.first { $0.ids.contains(id) } }
}

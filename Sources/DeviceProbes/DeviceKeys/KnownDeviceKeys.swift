import TPMEvidence

/// The keys by which services know the device, as whoever judges got them from there; nil for one that is not known.
package struct KnownDeviceKeys: Hashable, Sendable {
  /// The key of its MDM certificate.
  package var mdm: KnownKey?
  /// The key of its registration with Entra ID.
  package var entra: KnownKey?

  /// Keys; without arguments none.
  package init(mdm: KnownKey? = nil, entra: KnownKey? = nil) {
    self.mdm = mdm
    self.entra = entra
  }
}

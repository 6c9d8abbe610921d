import CTSS2

/// What helps against a refusal of a TPM that has a cure.
enum TPMAdvice: Hashable, Sendable {
  case disabledHierarchy, hierarchyWithPassword, fullMemory, lockout, missingAlgorithm

  /// What a return code asks for (TPM 2.0 Library, part 2, TPM_RC); nil where nothing is known to help.
  init?(_ code: TSS2_RC) {
    // The layer says who refused: 0 and 11 are the TPM, itself or through a resource manager.
    guard [0, 11].contains(code >> 16 & 0xFF) else { return nil }
    // In format 1 the bits above say which handle, parameter or session it is about.
    let isFormat1 = code & 0x80 != 0
    switch isFormat1 ? code & 0xBF : code & 0xFFF {
    case 0x85: self = .disabledHierarchy
    case 0x8E, 0xA2: self = .hierarchyWithPassword
    case 0x81, 0x87, 0x92, 0xA6: self = .missingAlgorithm
    case 0x902, 0x903: self = .fullMemory
    case 0x921: self = .lockout
    default: return nil
    }
  }

  /// What to do, without a full stop.
  var text: String {
    switch self {
    case .disabledHierarchy:
      "its endorsement hierarchy is switched off; switch it on in the firmware's settings"
    case .hierarchyWithPassword:
      "its endorsement hierarchy has a password, and needs none; remove it with "
        + "tpm2_changeauth -c endorsement -p PASSWORD"
    case .fullMemory:
      "all its room is taken by others; use the kernel's resource manager, tpm:device:/dev/tpmrm0, or free it with "
        + "tpm2_flushcontext -t and tpm2_flushcontext -l"
    case .lockout: "it is locked after failed authorizations; wait, or end it with tpm2_dictionarylockout -c"
    case .missingAlgorithm: "it may lack the algorithm; --key chooses another"
    }
  }
}

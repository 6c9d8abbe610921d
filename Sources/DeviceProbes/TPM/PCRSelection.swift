import CTSS2
import TPMEvidence

/// Registers of one bank, as a TPM is asked for them (TPMS_PCR_SELECTION).
struct PCRSelection: Hashable, Sendable {
  /// The bank.
  let algorithm: HashAlgorithm
  /// The numbers of the registers, 0 to 31.
  var registers: Set<Int>

  /// The selections of a list of the TPM; its counts are not trusted.
  static func list(_ list: TPML_PCR_SELECTION) -> [PCRSelection] {
    withUnsafeBytes(of: list.pcrSelections) { bytes in
      bytes.bindMemory(to: TPMS_PCR_SELECTION.self).prefix(Int(list.count)).map { bank in
        let map = withUnsafeBytes(of: bank.pcrSelect) { Array($0.prefix(Int(bank.sizeofSelect))) }
        let registers = (0..<map.count * 8).filter { map[$0 / 8] & 1 << ($0 % 8) != 0 }
        return PCRSelection(
          algorithm: HashAlgorithm(rawValue: bank.hash), registers: Set(registers))
      }
    }
  }

  /// The list that a TPM is asked by: as many banks as it has room for.
  static func marshalled(_ selections: [PCRSelection]) -> TPML_PCR_SELECTION {
    var list = TPML_PCR_SELECTION()
    list.count = UInt32(
      withUnsafeMutableBytes(of: &list.pcrSelections) { bytes in
        let banks = bytes.bindMemory(to: TPMS_PCR_SELECTION.self)
        for (index, selection) in selections.prefix(banks.count).enumerated() {
          banks[index].hash = selection.algorithm.rawValue
          // All that a PC's TPM has are 24, and some refuse a map of another size.
          banks[index].sizeofSelect = 3
          withUnsafeMutableBytes(of: &banks[index].pcrSelect) { map in
            for register in selection.registers where register < 24 {
              map[register / 8] |= 1 << (register % 8)
            }
          }
        }
        return min(selections.count, banks.count)
      })
    return list
  }
}

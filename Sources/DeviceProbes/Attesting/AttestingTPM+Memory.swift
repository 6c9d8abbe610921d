import CTSS2

extension AttestingTPM {
  /// What an NV index holds.
  func contents(ofNV index: UInt32) throws(TPMFailure) -> [UInt8] {
    let name = "NV index 0x\(String(index, radix: 16))"
    var object = Self.none
    var code = connection.library.fromTPMPublic(context, index, Self.none, Self.none, Self.none, &object)
    guard code == Self.success else { throw refusal(name, code) }
    var area: UnsafeMutablePointer<TPM2B_NV_PUBLIC>?
    code = connection.library.readNVPublic(context, object, Self.none, Self.none, Self.none, &area, nil)
    defer { connection.library.free(area) }
    guard code == Self.success, let area else { throw refusal(name, code) }
    let properties = try connection.properties(from: TPMFacts.Property.nvBufferSize)
    let piece = Int(min(max(properties[TPMFacts.Property.nvBufferSize] ?? 512, 64), 2048))
    let authRead: UInt32 = 1 << 18
    let authority = area.pointee.nvPublic.attributes & authRead != 0 ? object : Self.ownerHierarchy
    let size = Int(area.pointee.nvPublic.dataSize)
    var contents: [UInt8] = []
    while contents.count < size {
      var data: UnsafeMutablePointer<TPM2B_MAX_NV_BUFFER>?
      let wanted = min(size - contents.count, piece)
      code = functions.readNV(
        context, authority, object, Self.password, Self.none, Self.none, UInt16(wanted),
        UInt16(contents.count), &data)
      defer { connection.library.free(data) }
      guard code == Self.success, let data else { throw refusal(name, code) }
      guard Int(data.pointee.size) == wanted else {
        throw TPMFailure(reason: "the TPM gave less of \(name) than it was asked for")
      }
      contents += bytes(of: data.pointee.buffer, count: wanted)
    }
    return contents
  }
}

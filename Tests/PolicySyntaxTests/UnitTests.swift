import PolicySyntax
import Testing

@Suite struct UnitTests {
  @Test("decimal and binary units of size differ")
  func sizes() {
    #expect(Unit.named("GB")?.factor == 1_000_000_000)
    #expect(Unit.named("GiB")?.factor == 1_073_741_824)
    #expect(Unit.named("GB")?.base == .bytes)
  }

  @Test("every unit is a multiple of its base and is found by its name", arguments: Unit.allCases)
  func names(unit: Unit) {
    #expect(Unit.named(unit.rawValue) == unit)
    #expect(unit.base.factor == 1)
    #expect(unit.base.base == unit.base)
  }

  @Test("a unit of one is found as well: 1 pixel, 1 millimetre")
  func singular() {
    #expect(Unit.named("pixel") == .pixels)
    #expect(Unit.named("millimetre") == .millimetres)
    #expect(Unit.named("GBs") == nil)
  }
}

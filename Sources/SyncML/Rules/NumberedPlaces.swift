import Diagnostics

/// A place for each of many numbers. Numbers that count up, some out of turn, take twelve bytes each and no hash.
struct NumberedPlaces {
  private static let nowhere = SourcePosition(line: 0, column: 0, offset: 0)
  private var first: UInt32?
  /// The places of `first` and the numbers behind it, with holes.
  private var places: [SourcePosition] = []
  private var count = 0
  private var others: [UInt32: SourcePosition] = [:]

  /// Keeps the place of a number that has none; else gives the place that it has.
  mutating func keep(_ position: SourcePosition, of number: UInt32) -> SourcePosition? {
    if first == nil { first = number }
    let index = Int(number) - Int(first ?? number)
    guard index >= 0, index < places.count || index < 2 * count + 64 else {
      if let known = others[number] { return known }
      others[number] = position
      return nil
    }
    if index < places.count, places[index] != Self.nowhere { return places[index] }
    if let known = others.isEmpty ? nil : others[number] { return known }
    if index >= places.count {
      places.append(contentsOf: repeatElement(Self.nowhere, count: index - places.count))
      places.append(position)
    } else {
      places[index] = position
    }
    count += 1
    return nil
  }
}

import XMLInput

/// A place for each of many numbers. Numbers that count up, some out of turn, take eight bytes each and no hash.
struct NumberedPlaces {
  private static let nowhere = XMLPosition(line: 0, column: 0)
  private var first: UInt32?
  /// The places of `first` and the numbers behind it, with holes.
  private var places: [XMLPosition] = []
  private var count = 0
  private var others: [UInt32: XMLPosition] = [:]

  /// Keeps the place of a number that has none; else gives the place that it has.
  mutating func keep(_ position: XMLPosition, of number: UInt32) -> XMLPosition? {
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

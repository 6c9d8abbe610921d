extension FleetPage: FleetRendering {
  /// Gives the page in one piece.
  public func write<E: Error>(_ take: ([UInt8]) throws(E) -> Void) throws(E) { try take(html()) }
}

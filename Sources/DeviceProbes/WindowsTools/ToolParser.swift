/// A parser of what one tool prints.
///
/// It is given all that the tool printed and answers with values, and with reasons for what it could not understand. It never
/// fails: text that it does not know makes its facts unknown, with a line of it quoted.
protocol ToolParser: Sendable {
  /// The facts that the tool can tell.
  static var names: [String] { get }

  /// What the output says of them.
  static func findings(in text: ToolText) -> FactFindings
}

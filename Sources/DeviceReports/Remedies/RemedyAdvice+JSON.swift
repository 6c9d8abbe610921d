import Diagnostics
import PolicyModel

extension RemedyAdvice {
  /// The measures for programs, in their order, each with its plan; behind them the names that nobody knows.
  func json(in language: ReportLanguage) -> JSONValue {
    let known = measures.map { measure in
      JSONValue.object([
        JSONMember("id", .string(measure.remedy.rawValue)),
        JSONMember("text", .string(measure.plan.sentence(in: language))),
        JSONMember("further", .bool(measure.isFurther)),
        JSONMember("withheld", .bool(measure.plan.stop != nil)),
        JSONMember("command", command(for: measure.remedy).map { .array($0.map { .string($0) }) } ?? .null),
        JSONMember("runbook", RunbookRenderer(measure.plan, language: language).value()),
      ])
    }
    return .array(known + unknownNames.map { .object([JSONMember("id", .string($0))]) })
  }
}

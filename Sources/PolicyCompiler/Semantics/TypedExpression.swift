import Diagnostics
import PolicyModel

/// A node of a condition with its place. Postfix: the operands of a node come directly before it.
///
/// Leaves are operands of tests. The other nodes are, one for one and in order, the steps of the compiled condition.
package struct TypedExpression: Sendable {
  /// What a node is.
  package enum Kind: Hashable, Sendable {
    /// A fact, by its index in the catalogue; under its own name or an alias.
    case fact(Int32, attested: Bool)
    /// A param, by the index of its symbol.
    case param(Int32)
    /// A builds list, by the index of its symbol.
    case buildList(Int32)
    /// A written value, read as the type of what it is compared with; nil where that is only true or false.
    case literal(of: Reference.Target?)
    /// A question about facts.
    case test
    /// A test that params and literals decide.
    case constant
    case not
    /// How many conditions are joined.
    case and(Int32)
    case or(Int32)
  }

  package let span: Span
  package internal(set) var kind: Kind
  /// How many nodes the expression has, itself included.
  package let size: Int32

  /// Whether it is an operand of a test, and no step of a condition.
  package var isOperand: Bool {
    switch kind {
    case .fact, .param, .buildList, .literal: true
    case .test, .constant, .not, .and, .or: false
    }
  }

  /// What gives the expression its type, where that is not true or false.
  var typeSource: Reference.Target? {
    switch kind {
    case .fact(let index, _): .fact(index)
    case .param(let index): .symbol(index)
    case .literal(let target): target
    case .buildList, .test, .constant, .not, .and, .or: nil
    }
  }
}

extension SemanticModel {
  /// Adds an operand of the test that comes next.
  mutating func append(_ kind: TypedExpression.Kind, at span: Span) {
    expressions.append(TypedExpression(span: span, kind: kind, size: 1))
  }

  /// Adds the node of a step whose operands are the last nodes.
  mutating func append(_ step: ConditionStep, at span: Span) {
    var start = expressions.count
    func skip(_ count: Int32) {
      for _ in 0..<count where start > 0 { start -= Int(expressions[start - 1].size) }
    }
    let kind: TypedExpression.Kind
    switch step {
    case .not:
      kind = .not
      skip(1)
    case .and(let count):
      kind = .and(count)
      skip(count)
    case .or(let count):
      kind = .or(count)
      skip(count)
    case .constant, .test:
      if case .test = step { kind = .test } else { kind = .constant }
      var type: Reference.Target?
      while start > 0, expressions[start - 1].isOperand {
        start -= 1
        type = expressions[start].typeSource ?? type
      }
      for index in start..<expressions.count where expressions[index].kind == .literal(of: nil) {
        expressions[index].kind = .literal(of: type)
      }
    }
    let size = Int32(truncatingIfNeeded: expressions.count - start + 1)
    expressions.append(TypedExpression(span: span, kind: kind, size: size))
  }
}

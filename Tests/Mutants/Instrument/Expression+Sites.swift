// SPDX-License-Identifier: Apache-2.0

internal import SwiftSyntax

extension InfixOperatorExprSyntax {
  var operatorText: String? {
    `operator`.as(BinaryOperatorExprSyntax.self)?.operator.text
  }

  /// True for a concatenation of texts.
  var isOfText: Bool {
    [leftOperand, rightOperand].contains { operand in
      operand.is(StringLiteralExprSyntax.self)
        || operand.as(InfixOperatorExprSyntax.self)?.isOfText == true
    }
  }

  /// True for a concatenation of arrays, recognized by a literal or by a function that returns one.
  func isOfArrays(_ functions: Set<String>) -> Bool {
    [leftOperand, rightOperand].contains { operand in
      if let infix = operand.as(InfixOperatorExprSyntax.self) { return infix.isOfArrays(functions) }
      let call = operand.as(FunctionCallExprSyntax.self)
      let callee = call?.calledExpression.as(DeclReferenceExprSyntax.self)?.baseName.text
      return operand.is(ArrayExprSyntax.self) || callee.map(functions.contains) == true
    }
  }
}

extension FunctionCallExprSyntax {
  /// `min` or `max` if it is a call of that function with two operands.
  var extremum: String? {
    guard let callee = calledExpression.as(DeclReferenceExprSyntax.self), arguments.count == 2,
      ["min", "max"].contains(callee.baseName.text)
    else { return nil }
    return callee.baseName.text
  }
}

extension OptionalBindingConditionSyntax {
  /// True for `if let`: a `guard let` without its value would always refuse.
  var isOfIf: Bool {
    parent?.parent?.parent?.is(IfExprSyntax.self) == true
  }
}

extension ExprSyntax {
  /// True for the optional value of an `if let`.
  var isBoundByIf: Bool {
    parent?.parent?.as(OptionalBindingConditionSyntax.self)?.isOfIf == true
      && parent?.is(InitializerClauseSyntax.self) == true
  }

  /// The forced values of the expression, one mutant each.
  var outcomes: [Bool] {
    guard let parent, !self.is(SwitchExprSyntax.self), !self.is(IfExprSyntax.self) else {
      return []
    }
    if let condition = parent.as(ConditionElementSyntax.self) { return condition.outcomes }
    if parent.is(WhereClauseSyntax.self) { return [true, false] }
    if let choice = parent.as(TernaryExprSyntax.self), choice.condition == self {
      return [true, false]
    }
    if let infix = parent.as(InfixOperatorExprSyntax.self), infix.operator != self,
      let name = infix.operatorText, name == "&&" || name == "||"
    {
      let isNested = self.as(InfixOperatorExprSyntax.self)?.operatorText == name
      return isNested ? [] : [name == "&&"]
    }
    guard isPredicate || isResultOfBoolean else { return [] }
    if let literal = self.as(BooleanLiteralExprSyntax.self) {
      return [literal.literal.tokenKind != .keyword(.true)]
    }
    return [true, false]
  }

  /// True for the only expression of a closure that decides about an element.
  private var isPredicate: Bool {
    guard let item = parent?.as(CodeBlockItemSyntax.self), item.isOnlyOne,
      let closure = item.parent?.parent?.as(ClosureExprSyntax.self)
    else { return false }
    let isArgument = closure.parent?.as(LabeledExprSyntax.self) != nil
    let call = (isArgument ? closure.parent?.parent?.parent : closure.parent)?
      .as(FunctionCallExprSyntax.self)
    let name = call?.calledExpression.as(MemberAccessExprSyntax.self)?.declName.baseName.text
    return name.map(Self.takesPredicate.contains) ?? false
  }

  private static let takesPredicate: Set<String> = [
    "allSatisfy", "contains", "drop", "filter", "first", "firstIndex", "prefix",
  ]

  /// True for the returned expression of a function or property of type `Bool`.
  private var isResultOfBoolean: Bool {
    if let statement = parent?.as(ReturnStmtSyntax.self) {
      return Syntax(statement).resultType == "Bool"
    }
    guard let item = parent?.as(CodeBlockItemSyntax.self) else { return false }
    return item.isValue && Syntax(item).resultType == "Bool"
  }
}

extension ConditionElementSyntax {
  /// A guard is dropped, an `if` goes either way, and a loop does not begin; `while true` is left,
  /// as the compiler must see that nothing comes after it.
  fileprivate var outcomes: [Bool] {
    guard let statement = parent?.parent, !condition.is(BooleanLiteralExprSyntax.self) else {
      return []
    }
    if statement.is(GuardStmtSyntax.self) { return [true] }
    return statement.is(WhileStmtSyntax.self) ? [false] : [true, false]
  }
}

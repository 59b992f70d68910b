// SPDX-License-Identifier: Apache-2.0

internal import SwiftSyntax

extension CodeBlockItemSyntax {
  /// True if the item is alone in its list.
  var isOnlyOne: Bool {
    parent?.as(CodeBlockItemListSyntax.self)?.count == 1
  }

  /// True for a statement or a local variable.
  var isInBody: Bool {
    if case .decl(let declaration) = item { return declaration.is(VariableDeclSyntax.self) }
    return true
  }

  /// True if the item's value is the return value of its body.
  var isValue: Bool {
    guard isOnlyOne, let owner = parent?.parent else { return false }
    if owner.is(ClosureExprSyntax.self) { return true }
    if owner.is(AccessorBlockSyntax.self) { return true }
    if let branch = owner.as(SwitchCaseSyntax.self) {
      return branch.parent?.parent?.as(SwitchExprSyntax.self).map { ExprSyntax($0).isUsed } ?? false
    }
    guard owner.is(CodeBlockSyntax.self), let body = owner.parent else { return false }
    if let choice = body.as(IfExprSyntax.self) { return ExprSyntax(choice).isUsed }
    if let accessor = body.as(AccessorDeclSyntax.self) {
      return accessor.accessorSpecifier.tokenKind == .keyword(.get)
    }
    return body.as(FunctionDeclSyntax.self).map { $0.signature.returnClause != nil } ?? false
  }

  /// True for a statement that only has an effect, and that a body compiles without.
  var isDroppable: Bool {
    guard case .expr(var expression) = item, !isValue else { return false }
    while let marked = expression.as(TryExprSyntax.self) { expression = marked.expression }
    if let call = expression.as(FunctionCallExprSyntax.self) {
      let callee = "\(call.calledExpression.trimmed)"
      return !["self.init", "fatalError", "preconditionFailure"].contains(callee)
    }
    guard let infix = expression.as(InfixOperatorExprSyntax.self) else { return false }
    let isCompound = infix.operatorText?.hasSuffix("=") == true
    guard infix.operator.is(AssignmentExprSyntax.self) || isCompound else { return false }
    return !Syntax(self).isInInitializer && !Syntax(self).declaresLater(infix.leftOperand)
  }
}

extension ExprSyntax {
  /// True if the value of an `if` or `switch` is used.
  fileprivate var isUsed: Bool {
    guard let parent else { return false }
    if let statement = parent.as(ExpressionStmtSyntax.self) {
      return statement.parent?.as(CodeBlockItemSyntax.self)?.isValue ?? false
    }
    return parent.as(CodeBlockItemSyntax.self)?.isValue ?? true
  }
}

extension Syntax {
  /// The declared return type of the innermost body around the node.
  var resultType: String? {
    var node = parent
    while let place = node {
      if place.is(ClosureExprSyntax.self) || place.is(InitializerDeclSyntax.self) { return nil }
      if let function = place.as(FunctionDeclSyntax.self) {
        return function.signature.returnClause.map { "\($0.type.trimmed)" }
      }
      if let binding = place.as(PatternBindingSyntax.self), binding.accessorBlock != nil {
        return binding.typeAnnotation.map { "\($0.type.trimmed)" }
      }
      node = place.parent
    }
    return nil
  }

  /// True inside an initializer, where the compiler counts assignments.
  fileprivate var isInInitializer: Bool {
    sequence(first: self, next: \.parent).contains { $0.is(InitializerDeclSyntax.self) }
  }

  /// True if the body around declares `target` without a value, so that it must be assigned.
  fileprivate func declaresLater(_ target: ExprSyntax) -> Bool {
    guard let name = target.as(DeclReferenceExprSyntax.self)?.baseName.text else { return false }
    let function = sequence(first: self, next: \.parent).first { $0.is(FunctionDeclSyntax.self) }
    return function?.tokens(viewMode: .sourceAccurate).contains { token in
      guard token.text == name,
        let binding = token.parent?.parent?.as(PatternBindingSyntax.self)
      else { return false }
      return binding.initializer == nil && binding.accessorBlock == nil
    } ?? false
  }
}

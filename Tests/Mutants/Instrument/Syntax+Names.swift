// SPDX-License-Identifier: Apache-2.0

internal import SwiftSyntax

extension Syntax {
  /// The name of the innermost declaration around the node that has one.
  var declarationName: String {
    var node: Syntax? = self
    while let place = node {
      if let function = place.as(FunctionDeclSyntax.self) {
        return function.name.text + function.signature.parameterClause.labels
      } else if let initializer = place.as(InitializerDeclSyntax.self) {
        return "init" + initializer.signature.parameterClause.labels
      } else if let subscripting = place.as(SubscriptDeclSyntax.self) {
        return "subscript" + subscripting.parameterClause.labels
      } else if let variable = place.as(VariableDeclSyntax.self), variable.isMember,
        let binding = variable.bindings.first
      {
        return "\(binding.pattern.trimmed)"
      }
      node = place.parent
    }
    return "-"
  }

  /// True for code that no mutant may change: conditions of compilation, attributes, patterns, raw
  /// values, generic arguments, and the arguments of a hasher, any of which may be left out.
  var isFixed: Bool {
    if let parent, let clause = parent.as(IfConfigClauseSyntax.self) {
      return clause.condition.map { Syntax($0) == self } ?? false
    }
    if let function = self.as(FunctionDeclSyntax.self), function.name.text == "hash" { return true }
    return self.is(AttributeListSyntax.self) || self.is(PatternSyntax.self)
      || self.is(EnumCaseDeclSyntax.self) || self.is(GenericArgumentClauseSyntax.self)
      || self.is(SwitchCaseItemListSyntax.self) && !hasWhereClause
  }

  private var hasWhereClause: Bool {
    self.as(SwitchCaseItemListSyntax.self)?.contains { $0.whereClause != nil } ?? false
  }
}

extension FunctionParameterClauseSyntax {
  /// The labels as in the function's full name.
  fileprivate var labels: String {
    "(" + parameters.map { $0.firstName.text + ":" }.joined() + ")"
  }
}

extension VariableDeclSyntax {
  /// True for a property, false for a variable inside a body.
  var isMember: Bool {
    parent?.is(MemberBlockItemSyntax.self) == true
  }
}

extension String {
  /// The text on one line, independent of its line breaks and indentation; shortened if it is long.
  var oneLine: String {
    var text = ""
    for line in split(whereSeparator: \.isNewline) {
      let words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      let isJoined =
        text.hasSuffix("(") || text.hasSuffix("[") || text.isEmpty
        || words.hasPrefix(")") || words.hasPrefix("]") || words.hasPrefix(".")
      if !words.isEmpty { text += isJoined ? words : " " + words }
    }
    return text.count <= 140 ? text : text.prefix(100) + " … " + text.suffix(37)
  }
}

// SPDX-License-Identifier: Apache-2.0

internal import SwiftSyntax

/// An expression in which a literal means something to the reader: `16` alone does not.
struct Context {
  private static let greatestLength = 80

  let node: Syntax

  /// Climbs from a literal to the largest expression that is still short.
  init(of literal: IntegerLiteralExprSyntax) {
    var node = Syntax(literal)
    var candidate = node
    while let parent = candidate.parent, !parent.is(CodeBlockItemSyntax.self),
      !parent.is(ConditionElementSyntax.self), !parent.is(ClosureExprSyntax.self),
      "\(parent.trimmed)".oneLine.utf8.count <= Self.greatestLength
    {
      candidate = parent
      if parent.is(ExprSyntax.self) || parent.is(PatternBindingSyntax.self) { node = parent }
    }
    self.node = node
  }

  /// The context's text with another literal.
  func replacing(_ literal: IntegerLiteralExprSyntax, by text: String) -> String {
    let start = node.positionAfterSkippingLeadingTrivia.utf8Offset
    let offset = literal.positionAfterSkippingLeadingTrivia.utf8Offset - start
    let bytes = Array("\(node.trimmed)".utf8)
    let end = offset + literal.literal.text.utf8.count
    return String(decoding: bytes[..<offset], as: UTF8.self) + text
      + String(decoding: bytes[end...], as: UTF8.self)
  }
}

extension IntegerLiteralExprSyntax {
  var context: Context { Context(of: self) }

  /// The literal's value.
  ///
  /// `nil` in a table of constants, which vectors test, and after a minus sign:
  /// without the literal the compiler can't tell which type has that operator.
  var value: UInt64? {
    if parent?.as(PrefixOperatorExprSyntax.self)?.operator.text == "-" { return nil }
    if let elements = parent?.parent?.as(ArrayElementListSyntax.self), elements.count > 4 {
      return nil
    }
    let digits = literal.text.replacing("_", with: "")
    return isHexadecimal ? UInt64(digits.dropFirst(2), radix: 16) : UInt64(digits)
  }

  /// Another value, in the literal's notation.
  func spelling(_ value: UInt64) -> String {
    isHexadecimal ? "0x" + String(value, radix: 16) : String(value)
  }

  private var isHexadecimal: Bool { literal.text.hasPrefix("0x") }
}

// SPDX-License-Identifier: Apache-2.0

internal import SwiftSyntax

/// Writes a file again with every wanted mutant in it, each switched by its number.
///
/// A replacement is written beside the original, or the original is passed through a function of
/// `Mutant`, so that all mutants are compiled at once. Operands inside a replacement are the
/// original ones: one mutant is on at a time. Each is enclosed in comments with its number, and
/// statements in comments with 0, which attribute an error of the compiler to it. Alternatives are
/// arguments and not ternaries where that is possible: each is then type-checked alone.
struct Instrumenter {
  private let source: Source
  private let arrayFunctions: Set<String>
  private let isWanted: (Int) -> Bool
  private var lastNumber: Int
  /// The number of mutants of each name, of all files so far.
  private(set) var occurrences: [String: Int]

  /// All mutants of the file, wanted or not.
  private(set) var mutations: [Mutation] = []

  /// - Parameters:
  ///   - source: The file.
  ///   - arrayFunctions: The functions of the module that return arrays.
  ///   - lastNumber: The number of the last mutant of the previous files.
  ///   - occurrences: The number of mutants of each name in those files.
  ///   - isWanted: Whether the text must have the mutant of a number.
  init(
    _ source: Source, arrayFunctions: Set<String>, lastNumber: Int,
    occurrences: [String: Int], isWanted: @escaping (Int) -> Bool
  ) {
    self.source = source
    self.arrayFunctions = arrayFunctions
    self.lastNumber = lastNumber
    self.occurrences = occurrences
    self.isWanted = isWanted
  }

  /// The file's text with the mutants.
  mutating func instrumented() -> String {
    text(Syntax(source.tree))
  }

  private mutating func text(_ node: Syntax) -> String {
    if node.is(TokenSyntax.self) || node.isFixed { return node.description }
    let parts = node.children(viewMode: .sourceAccurate).map { text($0) }
    let (before, after) = (node.leadingTrivia.description, node.trailingTrivia.description)
    let inner = parts.joined().utf8.dropFirst(before.utf8.count).dropLast(after.utf8.count)
    var core = String(decoding: inner, as: UTF8.self)
    if let infix = node.as(InfixOperatorExprSyntax.self) {
      mutate(infix, operands: (parts[0], parts[2]), &core)
    } else {
      mutate(node, &core)
    }
    if let expression = node.as(ExprSyntax.self) {
      for outcome in expression.outcomes {
        wrap(expression, outcome ? .alwaysTrue : .alwaysFalse, "\(outcome)", &core) {
          "Mutant.forced(\($0), \(outcome), \($1))"
        }
      }
      if expression.isBoundByIf {
        wrap(expression, .absent, "nil", &core) { "Mutant.absent(\($0), \($1))" }
      }
    }
    // Declarations of types stay unchanged: tests look for them in the text.
    let isStatement = node.as(CodeBlockItemSyntax.self)?.isInBody == true
    if isStatement, core.contains("/*<") { core = "/*<0*/\(core)/*0>*/" }
    return before + core + after
  }

  private mutating func mutate(_ node: Syntax, _ text: inout String) {
    if let literal = node.as(IntegerLiteralExprSyntax.self), let value = literal.value {
      mutate(literal, value, &text)
    } else if let call = node.as(FunctionCallExprSyntax.self), let name = call.extremum {
      let other = name == "min" ? "max" : "min"
      wrap(call, .extremum, other + "\(call.trimmed)".dropFirst(name.count), &text) {
        "Mutant.\(name)(\($0), \($1.dropFirst(name.count + 1))"
      }
    } else if let not = node.as(PrefixOperatorExprSyntax.self), not.operator.text == "!" {
      wrap(not, .negated, "\(not.expression.trimmed)", &text) { "Mutant.negated(\($0), \($1))" }
    } else if let item = node.as(CodeBlockItemSyntax.self), item.isDroppable {
      wrap(item, .droppedStatement, "nothing", &text) { "if Mutant.isOn(\($0)) {} else { \($1) }" }
    } else if let binding = node.as(OptionalBindingConditionSyntax.self), binding.isOfIf,
      binding.initializer == nil
    {
      wrap(binding, .absent, "nil", &text) {
        "\($1) = Mutant.absent(\($0), \(binding.pattern.trimmed))"
      }
    }
  }

  private mutating func mutate(
    _ literal: IntegerLiteralExprSyntax, _ value: UInt64, _ text: inout String
  ) {
    let context = literal.context
    let moves: [(name: String, value: UInt64)] =
      [("more", value + 1)] + (value > 0 ? [("less", value - 1)] : [])
    for move in moves {
      let replacement = context.replacing(literal, by: literal.spelling(move.value))
      wrap(context.node, .offByOne, replacement, &text) { "Mutant.\(move.name)(\($0), \($1))" }
    }
  }

  private mutating func mutate(
    _ infix: InfixOperatorExprSyntax, operands: (String, String), _ text: inout String
  ) {
    guard let name = infix.operatorText else { return }
    let (left, right) = ("\(infix.leftOperand.trimmed)", "\(infix.rightOperand.trimmed)")
    switch name {
    case "<", "<=", ">", ">=":
      let isStrict = !name.hasSuffix("=")
      let boundary = "\(left) \(isStrict ? name + "=" : String(name.dropLast())) \(right)"
      let reversed = "\(left) \(name.hasPrefix("<") ? ">" : "<")\(isStrict ? "" : "=") \(right)"
      for (kind, check) in [(Operator.boundary, boundary), (.reversed, reversed)] {
        wrap(infix, kind, check, &text) { "Mutant.either(\($0), \(check), \($1))" }
      }
    case "==", "!=", "~=":
      let opposite =
        name == "~=" ? "!(\(infix.trimmed))" : "\(left) \(name == "==" ? "!=" : "==") \(right)"
      wrap(infix, .negated, opposite, &text) { "Mutant.negated(\($0), \($1))" }
    case "&&", "||":
      wrap(infix, .connective, "\(left) \(name == "&&" ? "||" : "&&") \(right)", &text) {
        number, _ in
        "Mutant.\(name == "&&" ? "and" : "or")(\(number), \(operands.0), \(operands.1))"
      }
    case "+" where infix.isOfArrays(arrayFunctions):
      for kept in [right, left] {
        wrap(infix, .sum, kept, &text) { "(Mutant.isOn(\($0)) ? (\(kept)) : (\($1)))" }
      }
    case "+", "-", "&+", "&-":
      guard !infix.isOfText else { return }
      let opposite = "\(left) \(name.dropLast())\(name.hasSuffix("+") ? "-" : "+") \(right)"
      let function =
        (name.hasSuffix("+") ? "plus" : "minus") + (name.hasPrefix("&") ? "Wrapping" : "")
      wrap(infix, .sum, opposite, &text) { number, _ in
        "Mutant.\(function)(\(number), \(operands.0), \(operands.1))"
      }
    default:
      break
    }
  }

  /// Notes a mutant and, if it is wanted, puts it around the text of its node.
  private mutating func wrap(
    _ node: some SyntaxProtocol, _ kind: Operator, _ replacement: String, _ text: inout String,
    _ switched: (Int, String) -> String
  ) {
    lastNumber += 1
    let place = Syntax(node)
    mutations.append(
      Mutation(
        number: lastNumber, file: source.path, declaration: place.declarationName, operator: kind,
        original: "\(node.trimmed)".oneLine, replacement: replacement.oneLine,
        line: source.line(of: place), occurrences: &occurrences))
    guard isWanted(lastNumber) else { return }
    let mutant = "/*<\(lastNumber)*/\(switched(lastNumber, text))/*\(lastNumber)>*/"
    // A comment beside an operator counts as a space and would make it a prefix or postfix.
    text =
      place.is(CodeBlockItemSyntax.self) || place.is(OptionalBindingConditionSyntax.self)
      ? mutant : "(\(mutant))"
  }
}

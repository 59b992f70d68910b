// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Errors and expectations of this room compare their texts by bytes.
@Suite struct ClaimsEqualityTests {
  private static let texts = [Distinct.composed, Distinct.decomposed]

  @Test func `the two texts are equal to Swift`() {
    #expect(Distinct.composed == Distinct.decomposed)
  }

  @Test func `two equal values are reported`() {
    #expect(Distinct.confusions { ["a", "b", "a"] } == ["0, 2", "2, 0"])
  }

  @Test func `no two different ClaimsErrors are equal`() {
    let confusions = Distinct.confusions {
      Self.texts.flatMap { name -> [ClaimsError] in
        [
          .reservedName(name), .duplicateName(name), .notFinite(name), .invalidHeader(name),
          .empty(name), .notEncodable(name),
        ]
      } + [.tooLarge(bytes: 1), .tooLarge(bytes: 2), .tooDeep, .notAnObject]
    }
    #expect(confusions.isEmpty)
  }

  @Test func `no two different ConfigurationErrors are equal`() {
    let confusions = Distinct.confusions {
      Self.texts.flatMap { name -> [ConfigurationError] in
        [
          .notWholeSeconds(name), .sharedSecret(keyID: name), .empty(name),
          .outOfRange(name, Distinct.composed), .outOfRange(name, Distinct.decomposed),
        ]
      }
    }
    #expect(confusions.isEmpty)
  }

  private static var problems: [ClaimFailure.Problem] {
    let values = texts.flatMap { [[$0], [$0, "b"]] } + [[], ["b", Distinct.composed]]
    let durations: [Duration] = [.seconds(1), .seconds(2)]
    return durations.flatMap { [.expired(ago: $0), .notYetValid(in: $0), .issuedInFuture(by: $0)] }
      + values.map { .mismatch(expected: $0, actual: ["a"]) }
      + values.map { .mismatch(expected: ["x"], actual: $0) } + [.missing, .malformed]
  }

  @Test func `no two different problems are equal`() {
    #expect(Distinct.confusions { Self.problems }.isEmpty)
  }

  @Test func `a mismatch distinguishes expected from actual values`() {
    let confusions = Distinct.confusions {
      [
        ClaimFailure.Problem.mismatch(expected: ["a", "b"], actual: []),
        .mismatch(expected: ["a"], actual: ["b"]), .mismatch(expected: [], actual: ["a", "b"]),
      ]
    }
    #expect(confusions.isEmpty)
  }

  @Test func `no two different claim failures are equal`() {
    let confusions = Distinct.confusions {
      Self.texts.flatMap { claim in
        Self.problems.map { ClaimFailure(claim: claim, problem: $0) }
      }
    }
    #expect(confusions.isEmpty)
  }

  @Test func `no two different expectations are equal`() {
    let confusions = Distinct.confusions {
      Self.texts.flatMap { value -> [ClaimsValidator.Expectation] in
        [.exactly(value), .oneOf([value]), .oneOf([value, "b"]), .oneOf(["b", value])]
      } + [.oneOf([]), .notChecked]
    }
    #expect(confusions.isEmpty)
  }
}

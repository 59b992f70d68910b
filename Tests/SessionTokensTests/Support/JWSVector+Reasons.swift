// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

extension JWSVector {
  /// The fault of each row to reject, in the library's order: parts, header, key, signature,
  /// payload.
  static let reasons: [String: TokenError] = [
    "tcId-2": .badSignature,
    "tcId-3": .malformed(.signatureLength),
    "tcId-4": .malformed(.parts),
    "tcId-5": .badSignature,
    "tcId-6": .badSignature,
    "tcId-7": .malformed(.parts),
    "tcId-8": .unknownKey,
    "tcId-9": .malformed(.header),
    "tcId-10": .malformed(.parts),
    "tcId-11": .malformed(.header),
    "tcId-12": .malformed(.parts),
    "tcId-13": .malformed(.parts),
    "tcId-14": .malformed(.parts),
    "tcId-15": .malformed(.parts),
    "tcId-16": .unsupportedHeader("alg"),
    "tcId-17": .malformed(.parts),
    // Characters inserted into the signature: more of them than 32 bytes take.
    "tcId-360": .malformed(.signatureLength),
    "tcId-361": .malformed(.signatureLength),
    "tcId-362": .malformed(.signatureLength),
    // Characters of the signature replaced.
    "tcId-363": .malformed(.base64),
    "tcId-364": .malformed(.base64),
    "tcId-365": .malformed(.base64),
    "tcId-366": .malformed(.base64),
    "tcId-372": .malformed(.base64),
    // Bad payloads. The MAC is over the text as it is, so that only the payload is wrong …
    "tcId-368": .malformed(.base64),
    "tcId-369": .malformed(.base64),
    "tcId-371": .malformed(.base64),
    "tcId-375": .malformed(.base64),
    // … or over something else. Upstream, 372 and 373 are valid, for readers that skip the `?`.
    "tcId-373": .badSignature,
    "tcId-374": .badSignature,
  ]
}

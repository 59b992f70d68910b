// SPDX-License-Identifier: Apache-2.0

#if Foundation || (Xcode && !compiler(>=6.3))
  // The only file that imports Foundation; without the package trait it is empty. Xcode before 26.4, which has
  // a compiler before 6.3, may not pass traits on: there the file is always compiled.
  //
  // Custom claims of the caller's types are coded by Foundation, or by the coder that the caller passes. This
  // package reads the encoder's output with its own reader and sorts the members: Foundation's order differs
  // from call to call, but the same claims must give the same token. A decoder gets only JSON that this
  // package's reader has accepted.

  #if canImport(FoundationEssentials)
    public import FoundationEssentials
  #else
    public import Foundation
  #endif

  // MARK: Dates

  extension NumericDate {
    /// Creates a date, rounded down to a whole second; `nil` outside the years 1970 … 9999.
    public init?(_ date: Date) {
      guard let seconds = Int64(exactly: date.timeIntervalSince1970.rounded(.down)) else {
        return nil
      }
      self.init(exactly: seconds)
    }

    /// The same time as a Foundation `Date`.
    public var date: Date { Date(timeIntervalSince1970: TimeInterval(secondsSinceEpoch)) }
  }

  // MARK: Encoding

  extension CustomClaims {
    /// Creates claims from a value that encodes as an object, such as a struct of roles.
    ///
    /// The members are sorted by the bytes of their names, at every depth and with any encoder, so the same
    /// value always gives the same claims.
    ///
    /// - Parameters:
    ///   - value: The value to encode.
    ///   - encoder: The encoder to use. `nil` is a `JSONEncoder` that writes a `Date` as seconds since 1970,
    ///     as RFC 7519 §2 does, and otherwise has Foundation's defaults.
    /// - Throws: ``ClaimsError/notFinite(_:)`` with the claim, for a number that isn't finite and that the
    ///   encoder doesn't convert; ``ClaimsError/notEncodable(_:)`` with the claim, for an integer outside
    ///   `Int64`, which readers would round, and for any other value that the encoder refuses;
    ///   ``ClaimsError/notAnObject`` when the value doesn't encode as an object, throws another error, or
    ///   nests deeper than the encoder itself allows, which for Foundation's is 511 levels; the errors of
    ///   ``init(_:)``.
    public init(
      encoding value: some Encodable, encoder: JSONEncoder? = nil
    ) throws(ClaimsError) {
      try self.init(JSONObject(encoding: value, with: encoder ?? .forClaims).sortedByName)
    }
  }

  extension JSONObject {
    fileprivate init(
      encoding value: some Encodable, with encoder: JSONEncoder
    ) throws(ClaimsError) {
      let text: Data
      do {
        text = try encoder.encode(value)
      } catch EncodingError.invalidValue(let value, let context) {
        if context.underlyingError is JSONError, let value = value as? JSONValue {
          throw value.object?.duplicateName.map { .duplicateName($0) } ?? .tooDeep
        }
        guard let claim = context.codingPath.first?.stringValue else { throw .notAnObject }
        if let number = value as? any BinaryFloatingPoint, !number.isFinite {
          throw .notFinite(claim)
        }
        throw .notEncodable(claim)
      } catch {
        throw .notAnObject
      }
      self = try text.withSpan { text throws(ClaimsError) in try JSONObject(encoded: text) }
    }

    /// Reads an encoder's output.
    private init(encoded text: Span<UInt8>) throws(ClaimsError) {
      self.init()
      var reader = JSONReader()
      reader.refusesLargeIntegers = true
      var claim: String?
      do throws(JSONError) {
        try reader.beginObject(text)
        while let name = try reader.nextName(text) {
          claim = name.value(in: text)
          append(name.value(in: text), try reader.nextValue(text))
        }
        claim = nil
        try reader.expectEnd(text)
      } catch .tooDeep {
        throw .tooDeep
      } catch {
        throw claim.map { .notEncodable($0) } ?? .notAnObject
      }
    }

    fileprivate var sortedByName: JSONObject {
      let sorted = sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      return JSONObject(sorted.map { ($0.name, $0.value.sortedByName) })
    }
  }

  extension JSONValue {
    fileprivate var sortedByName: JSONValue {
      switch self {
      case .array(let elements): .array(elements.map { $0.sortedByName })
      case .object(let members): .object(members.sortedByName)
      case .null, .bool, .integer, .double, .string: self
      }
    }
  }

  extension JSONEncoder {
    fileprivate static var forClaims: JSONEncoder {
      let encoder = JSONEncoder()
      encoder.dateEncodingStrategy = .secondsSince1970
      return encoder
    }
  }

  // MARK: Decoding

  extension JWT {
    /// Decodes a value from the payload, including its registered claims.
    ///
    /// A `Decimal` keeps up to 38 digits of the payload, unless a number in it has more than 64 bytes: then all
    /// numbers but integers of `Int64` are rounded to doubles, as in ``AccessToken/claims(as:decoder:)``.
    ///
    /// Foundation's decoder has two limits. It may decode a number of 2^53 or more with a fraction, such as
    /// 123456789012345678.9, as an integer, without the fraction. Of two names that Swift's `String` treats as equal, it takes the first; ``claims``
    /// compares names by their bytes.
    ///
    /// - Parameters:
    ///   - type: The type to decode.
    ///   - decoder: The decoder to use. `nil` is a `JSONDecoder` that reads a `Date` as seconds since 1970.
    /// - Returns: The decoded value.
    /// - Throws: ``TokenError/invalidClaims(_:)`` with the dotted path of the claim that is missing or has
    ///   the wrong type. The path is empty when the decoder doesn't report it, as for a number that doesn't
    ///   fit its type.
    public func claims<Custom: Decodable>(
      as type: Custom.Type = Custom.self, decoder: JSONDecoder? = nil
    ) throws(TokenError) -> Custom {
      do {
        let payload = payload
        let text =
          payload.holdsLongNumber ? try JSONValue(parsing: payload).decodableText : payload
        return try (decoder ?? .forClaims).decode(type, from: Data(text))
      } catch {
        throw TokenError(decoding: error)
      }
    }
  }

  extension AccessToken {
    /// Decodes a value from ``custom``.
    ///
    /// A double of magnitude 2^53 or more, which may have been rounded, doesn't decode as an integer. Below
    /// 2^64 it decodes as a `Decimal` whose magnitude is 0.00001 too large. Put a number that must be exact
    /// into an integer of `Int64` or into a string. A `Float` may differ in its last place.
    ///
    /// Of two names that Swift's `String` treats as equal, Foundation's decoder takes the first. ``subscript(_:)``
    /// compares names by their bytes.
    ///
    /// - Parameters:
    ///   - type: The type to decode.
    ///   - decoder: The decoder to use. `nil` is a `JSONDecoder` that reads a `Date` as seconds since 1970.
    /// - Returns: The decoded value.
    /// - Throws: The same errors as ``JWT/claims(as:decoder:)``.
    public func claims<Custom: Decodable>(
      as type: Custom.Type = Custom.self, decoder: JSONDecoder? = nil
    ) throws(TokenError) -> Custom {
      do {
        return try (decoder ?? .forClaims).decode(
          type, from: Data(JSONValue.object(custom).decodableText))
      } catch {
        throw TokenError(decoding: error)
      }
    }
  }

  extension JSONDecoder {
    fileprivate static var forClaims: JSONDecoder {
      let decoder = JSONDecoder()
      decoder.dateDecodingStrategy = .secondsSince1970
      return decoder
    }
  }

  extension JSONValue {
    /// The value as JSON text in which a double that may have been rounded doesn't read as an integer.
    fileprivate var decodableText: [UInt8] {
      switch self {
      case .double(let value) where 0x1p53..<0x1p64 ~= value.magnitude:
        // Foundation reads 9007199254740992.0 as an integer. The added digits prevent that and don't change the
        // double, whose neighbors are at least two away. They do change a `Decimal`, which can't be avoided:
        // Foundation derives integers from it, so a text that is exact as one also reads as an integer.
        Array("\(value.sign == .minus ? "-" : "")\(UInt64(value.magnitude)).00001".utf8)
      case .array(let elements):
        Array("[".utf8) + elements.map { $0.decodableText }.joined(separator: ",".utf8)
          + Array("]".utf8)
      case .object(let members):
        Array("{".utf8)
          + members.map { member in
            JSONValue.string(member.name).serialized() + ":".utf8 + member.value.decodableText
          }
          .joined(separator: ",".utf8) + Array("}".utf8)
      case .null, .bool, .integer, .double, .string:
        serialized()
      }
    }
  }

  extension [UInt8] {
    /// True when a number in the JSON text takes more than 64 bytes.
    ///
    /// Foundation's decoder traps when it decodes an integer from a number such as 9007199254740994 followed
    /// by 200 zeros and `e-200`.
    fileprivate var holdsLongNumber: Bool {
      var (isInString, isEscaped, length) = (false, false, 0)
      for byte in self {
        switch byte {
        case _ where isEscaped: isEscaped = false
        case UInt8(ascii: "\\"): isEscaped = true
        case UInt8(ascii: "\""): isInString.toggle()
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
          UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
          length += 1
          if !isInString, length > 64 { return true }
          continue
        default: break
        }
        length = 0
      }
      return false
    }
  }

  extension TokenError {
    /// Creates the error for claims that a decoder refuses.
    fileprivate init(decoding error: any Error) {
      let (path, problem): ([any CodingKey], ClaimFailure.Problem) =
        switch error {
        case DecodingError.keyNotFound(let key, let context): (context.codingPath + [key], .missing)
        case DecodingError.valueNotFound(_, let context): (context.codingPath, .missing)
        case DecodingError.typeMismatch(_, let context), DecodingError.dataCorrupted(let context):
          (context.codingPath, .malformed)
        default: ([], .malformed)
        }
      self = .invalidClaims([ClaimFailure(claim: path.dotted, problem: problem)])
    }
  }

  extension [any CodingKey] {
    fileprivate var dotted: String {
      map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
  }
#endif

#if Foundation
  // The only file that knows Foundation; without the trait it is empty. Claims write a `Date` as the
  // NumericDate of RFC 7519 §2, where its own `Codable` form would count from the year 2001.

  #if canImport(FoundationEssentials)
    public import FoundationEssentials
  #else
    public import Foundation
  #endif

  extension NumericDate {
    /// The second in which `date` lies; `nil` outside the years 1970 … 9999.
    public init?(_ date: Date) {
      guard let seconds = Int64(exactly: date.timeIntervalSince1970.rounded(.down)) else {
        return nil
      }
      self.init(exactly: seconds)
    }

    /// The same moment as Foundation counts it.
    public var date: Date { Date(timeIntervalSince1970: TimeInterval(secondsSinceEpoch)) }
  }

  extension Date: JSONConvertible {
    var jsonValue: JSONValue {
      Int64(exactly: timeIntervalSince1970).map { .integer($0) } ?? .double(timeIntervalSince1970)
    }

    init?(jsonValue: JSONValue) {
      switch jsonValue {
      case .integer(let seconds): self.init(timeIntervalSince1970: TimeInterval(seconds))
      case .double(let seconds): self.init(timeIntervalSince1970: seconds)
      case .null, .bool, .string, .array, .object: return nil
      }
    }
  }

  extension URL: JSONConvertible {
    var jsonValue: JSONValue { .string(absoluteString) }

    init?(jsonValue: JSONValue) {
      guard let text = jsonValue.string else { return nil }
      self.init(string: text)
    }
  }

  extension Data: JSONConvertible {
    var jsonValue: JSONValue { .string(Base64URL.encode(self)) }

    init?(jsonValue: JSONValue) {
      guard let bytes = jsonValue.string.flatMap({ Base64URL.decode($0.utf8) }) else { return nil }
      self.init(bytes)
    }
  }
#endif

/// A named HS256 secret of at least 32 bytes (RFC 7518 §3.2).
///
/// The algorithm is a property of this type and never of a token's header (RFC 8725 §3.1). The
/// secret cannot be read back, and never shows in `description`, `dump` or a mirror.
///
/// What the key keeps of the secret is overwritten when its last copy is gone. That is all that Swift
/// lets a library do: the bytes or the text that you made the key from, registers and stack frames of
/// a computation, swapped pages and core dumps are out of its reach, and a key that lives as long as
/// the process is never released.
public struct SigningKey: Sendable {
  /// The fewest bytes a secret may have.
  static let minimumByteCount = 32

  /// The most bytes an ID may take in a header's JSON, so that every header stays within its limit.
  static let maximumIDByteCount = 512

  /// The key's name, the `kid` of the tokens it signs (RFC 7515 §4.1.4), which is not secret.
  public let id: String

  private let storage: SigningKeyStorage

  /// Makes a key of secret bytes.
  ///
  /// - Parameters:
  ///   - id: The key's name: not empty, without U+0000, at most 512 bytes in JSON. A date such as
  ///     `2026-11` does well.
  ///   - secret: At least 32 bytes from a cryptographic random generator; never a password.
  /// - Throws: ``KeyError/invalidKeyID`` for an ID that is not as above, else
  ///   ``KeyError/secretTooShort(keyID:bytes:)`` for fewer than 32 bytes. The error quotes an ID of at
  ///   most 21 bytes, and the empty string in place of a longer one.
  public init(id: String, secret: some Collection<UInt8>) throws(KeyError) {
    guard Self.isValid(id: id) else { throw .invalidKeyID }
    self = try SigningKey(uncheckedID: id, secret: secret)
  }

  /// Makes a key of a secret in base64 or base64url, with or without padding (RFC 4648 §4, §5).
  ///
  /// What `openssl rand -base64 32` prints pastes as it is. One text uses one alphabet; white space
  /// and non-zero unused bits are refused.
  ///
  /// - Parameters:
  ///   - id: The key's name, as in ``init(id:secret:)``.
  ///   - secret: The text of at least 32 bytes: 43 digits or more.
  /// - Throws: The first of these that holds: ``KeyError/invalidKeyID``, ``KeyError/notBase64(keyID:)``,
  ///   ``KeyError/secretTooShort(keyID:bytes:)`` for fewer than 32 bytes. The error quotes an ID of at
  ///   most 21 bytes, and the empty string in place of a longer one.
  public init(id: String, base64 secret: String) throws(KeyError) {
    guard Self.isValid(id: id) else { throw .invalidKeyID }
    guard let bytes = Self.decodeEitherAlphabet(secret) else {
      throw .notBase64(keyID: KeyError.quotable(id))
    }
    self = try SigningKey(uncheckedID: id, secret: bytes)
  }

  /// The key of an issuer that names none: its ID is empty.
  init(unnamed secret: some Collection<UInt8>) throws(KeyError) {
    self = try SigningKey(uncheckedID: "", secret: secret)
  }

  private init(uncheckedID id: String, secret: some Collection<UInt8>) throws(KeyError) {
    guard secret.count >= Self.minimumByteCount else {
      throw .secretTooShort(keyID: KeyError.quotable(id), bytes: secret.count)
    }
    self.init(id: id, hmac: HMACSHA256(key: secret))
  }

  private init(id: String, hmac: HMACSHA256) {
    self.id = id
    storage = SigningKeyStorage(hmac)
  }

  var hmac: HMACSHA256 { storage.hmac }

  /// Creates a key of 32 random bytes that lives only in this process, for tests and examples.
  ///
  /// - Parameter id: The key's name, as in ``init(id:secret:)``.
  /// - Throws: ``KeyError/invalidKeyID`` for an ID that no ring takes.
  public static func random(id: String) throws(KeyError) -> SigningKey {
    var generator = SystemRandomNumberGenerator()
    return try random(id: id, using: &generator)
  }

  /// Creates a key of 32 bytes from a generator.
  ///
  /// - Parameters:
  ///   - id: The key's name, as in ``init(id:secret:)``.
  ///   - generator: The source of the secret, asked four times for 64 bits. Outside tests it must be
  ///     cryptographic.
  /// - Throws: ``KeyError/invalidKeyID`` for an ID that no ring takes. The generator is not asked then.
  public static func random(
    id: String, using generator: inout some RandomNumberGenerator
  ) throws(KeyError) -> SigningKey {
    guard isValid(id: id) else { throw .invalidKeyID }
    return SigningKey(id: id, hmac: HMACSHA256(key: generator.bytes(count: minimumByteCount)))
  }

  /// The same key, made ready for messages that begin with `prefix`, where that fills a block.
  func expecting(_ prefix: Span<UInt8>) -> SigningKey {
    guard prefix.count >= SHA256.blockByteCount else { return self }
    return SigningKey(id: id, hmac: hmac.expecting(prefix.extracting(..<SHA256.blockByteCount)))
  }

  /// True for an ID that a ring takes: not empty, without U+0000, and at most 512 bytes in JSON.
  static func isValid(id: String) -> Bool {
    !id.isEmpty && id.encodedJSONCount <= maximumIDByteCount && !id.contains(byte: 0)
  }

  private static func decodeEitherAlphabet(_ text: String) -> [UInt8]? {
    var digits = Array(text.utf8)
    if digits.count % 4 == 0, digits.last == UInt8(ascii: "=") {
      digits.removeLast()
      if digits.last == UInt8(ascii: "=") { digits.removeLast() }
    }
    let usesStandardAlphabet = digits.contains {
      $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/")
    }
    if usesStandardAlphabet {
      guard !digits.contains(where: { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }) else {
        return nil
      }
      for index in digits.indices {
        switch digits[index] {
        case UInt8(ascii: "+"): digits[index] = UInt8(ascii: "-")
        case UInt8(ascii: "/"): digits[index] = UInt8(ascii: "_")
        default: break
        }
      }
    }
    return Base64URL.decode(digits)
  }
}

extension SigningKey: Redacted {
  /// The key's ID; never its secret.
  public var description: String { "SigningKey(id: \(id))" }
}

// MARK: - Storage

/// The state of a signing key, overwritten when its last copy is gone.
///
/// It is a class for its `deinit` alone: a struct can't know when its last copy is gone, and would leave the
/// key in whatever memory it was copied to. `Sendable` is unchecked because the property is a variable, which
/// nothing but `deinit` changes.
final class SigningKeyStorage: @unchecked Sendable {
  private(set) var hmac: HMACSHA256

  init(_ hmac: HMACSHA256) {
    self.hmac = hmac
  }

  deinit {
    hmac.erase()
  }
}

/// Overwrites memory with zeros, also where nothing reads it afterwards.
///
/// Shape: plain stores before a release are dead to the optimiser and vanish (seen at -O); those of
/// a function that is never inlined stay. CI looks for the call in the machine code.
@inline(never)
func erase(_ bytes: UnsafeMutableRawBufferPointer) {
  for index in bytes.indices { unsafe bytes[index] = 0 }
}

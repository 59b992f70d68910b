// SPDX-License-Identifier: Apache-2.0

/// An HS256 secret with an ID, of at least 32 bytes (RFC 7518 §3.2).
///
/// The algorithm is a property of this type, never of a token's header (RFC 8725 §3.1). The secret can't be
/// read back, and never appears in `description`, `dump` or a mirror.
///
/// The key overwrites its state when its last copy is released. Swift lets a library do no more: it can't
/// reach the bytes or the text that you created the key from, the registers and stack frames of a
/// computation, swapped pages, or core dumps. A key that lives as long as the process is never released.
public struct SigningKey: Sendable {
  /// The minimum number of bytes of a secret.
  static let minimumByteCount = 32

  /// The maximum number of bytes of an ID as a JSON string, which keeps every header within its limit.
  static let maximumIDByteCount = 512

  /// The key's ID, which isn't secret: the `kid` of the tokens that it signs (RFC 7515 §4.1.4).
  public let id: String

  private let storage: SigningKeyStorage

  /// Creates a key from secret bytes.
  ///
  /// - Parameters:
  ///   - id: The key's ID, such as `2026-11`: not empty, without U+0000, at most 512 bytes as a JSON
  ///     string.
  ///   - secret: At least 32 bytes from a cryptographic random number generator; never a password.
  /// - Throws: ``KeyError/invalidKeyID`` for any other ID, otherwise
  ///   ``KeyError/secretTooShort(keyID:bytes:)`` for fewer than 32 bytes. The error quotes an ID of at most
  ///   21 bytes, and the empty string in place of a longer one.
  public init(id: String, secret: some Collection<UInt8>) throws(KeyError) {
    guard Self.isValid(id: id) else { throw .invalidKeyID }
    self = try SigningKey(uncheckedID: id, secret: secret)
  }

  /// Creates a key from a secret in base64 or base64url, with or without padding (RFC 4648 §4, §5).
  ///
  /// The output of `openssl rand -base64 32` can be pasted unchanged. A text must use one alphabet.
  /// Whitespace and non-zero unused bits are refused.
  ///
  /// - Parameters:
  ///   - id: The key's ID, as in ``init(id:secret:)``.
  ///   - secret: The text of at least 32 bytes: 43 digits or more.
  /// - Throws: The first that applies: ``KeyError/invalidKeyID``, ``KeyError/notBase64(keyID:)``,
  ///   ``KeyError/secretTooShort(keyID:bytes:)`` for fewer than 32 bytes. The error quotes an ID of at most
  ///   21 bytes, and the empty string in place of a longer one.
  public init(id: String, base64 secret: String) throws(KeyError) {
    guard Self.isValid(id: id) else { throw .invalidKeyID }
    guard let bytes = Self.decodeEitherAlphabet(secret) else {
      throw .notBase64(keyID: KeyError.quotable(id))
    }
    self = try SigningKey(uncheckedID: id, secret: bytes)
  }

  /// Creates a key; the ID is valid, or empty for an issuer that sets no `kid`.
  init(uncheckedID id: String, secret: some Collection<UInt8>) throws(KeyError) {
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

  /// Creates a key from 32 random bytes, which exists only in this process, for tests and examples.
  ///
  /// - Parameter id: The key's ID, as in ``init(id:secret:)``.
  /// - Returns: The key.
  /// - Throws: ``KeyError/invalidKeyID`` for an ID that ``init(id:secret:)`` refuses.
  public static func random(id: String) throws(KeyError) -> SigningKey {
    var generator = SystemRandomNumberGenerator()
    return try random(id: id, using: &generator)
  }

  /// Creates a key from 32 bytes of a generator.
  ///
  /// - Parameters:
  ///   - id: The key's ID, as in ``init(id:secret:)``.
  ///   - generator: The source of the secret, which provides four 64-bit numbers. Outside tests, it must be
  ///     cryptographic.
  /// - Returns: The key.
  /// - Throws: ``KeyError/invalidKeyID`` for an ID that ``init(id:secret:)`` refuses. The generator
  ///   isn't used then.
  public static func random(
    id: String, using generator: inout some RandomNumberGenerator
  ) throws(KeyError) -> SigningKey {
    guard isValid(id: id) else { throw .invalidKeyID }
    return SigningKey(id: id, hmac: HMACSHA256(key: [UInt8](SIMD8(using: &generator))))
  }

  /// Returns the same key, prepared for messages that begin with `prefix`, if that fills a block.
  func prepared(forPrefix prefix: Span<UInt8>) -> SigningKey {
    guard prefix.count >= SHA256.blockByteCount else { return self }
    return SigningKey(
      id: id, hmac: hmac.prepared(forBlock: prefix.extracting(..<SHA256.blockByteCount)))
  }

  /// Returns true for an ID that isn't empty, has no U+0000, and takes at most 512 bytes as a JSON string.
  static func isValid(id: String) -> Bool {
    !id.isEmpty && id.encodedJSONCount <= maximumIDByteCount && !id.contains(byte: 0)
  }

  private static func decodeEitherAlphabet(_ text: String) -> [UInt8]? {
    var digits = Array(text.utf8)
    if digits.count % 4 == 0, digits.last == UInt8(ascii: "=") {
      digits.removeLast()
      if digits.last == UInt8(ascii: "=") { digits.removeLast() }
    }
    let (plus, slash) = (UInt8(ascii: "+"), UInt8(ascii: "/"))
    let (hyphen, underscore) = (UInt8(ascii: "-"), UInt8(ascii: "_"))
    if digits.contains(plus) || digits.contains(slash) {
      guard !digits.contains(hyphen), !digits.contains(underscore) else { return nil }
      digits = digits.map { $0 == plus ? hyphen : $0 == slash ? underscore : $0 }
    }
    return Base64URL.decode(digits)
  }
}

extension SigningKey: Redacted {
  /// The key's ID; never its secret.
  public var description: String { "SigningKey(id: \(id))" }
}

// MARK: - Storage

/// The state of a signing key, which is overwritten when the key's last copy is released.
///
/// It is a class only for its `deinit`: a struct can't know when its last copy is gone, and would leave the
/// key in all memory that it was copied to. `Sendable` is unchecked because the property is a variable, which
/// only `deinit` changes.
final class SigningKeyStorage: @unchecked Sendable {
  private(set) var hmac: HMACSHA256

  init(_ hmac: HMACSHA256) { self.hmac = hmac }

  deinit { hmac.erase() }
}

/// Overwrites memory with zeros, even where nothing reads it afterwards.
///
/// Implementation: the optimizer removes plain stores before a release, since nothing reads them (seen at
/// -O). It keeps the stores of a function that is never inlined. CI looks for the call in the machine code.
@inline(never)
func erase(_ bytes: UnsafeMutableRawBufferPointer) {
  for index in bytes.indices { unsafe bytes[index] = 0 }
}

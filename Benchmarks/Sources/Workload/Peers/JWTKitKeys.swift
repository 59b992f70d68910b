// SPDX-License-Identifier: Apache-2.0

#if Peers
  import JWTKit

  /// jwt-kit's collection with the key of the fixture, created at the first use since adding
  /// is asynchronous.
  actor JWTKitKeys {
    static let id = JWKIdentifier(string: Fixture.keyID)

    private var made: JWTKeyCollection?

    /// The collection.
    func collection() async -> JWTKeyCollection {
      if let made { return made }
      let collection = JWTKeyCollection()
      await collection.add(
        hmac: HMACKey(from: Fixture.secret), digestAlgorithm: .sha256, kid: Self.id)
      made = collection
      return collection
    }
  }
#endif

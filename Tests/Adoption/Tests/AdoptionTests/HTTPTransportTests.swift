// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import App

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

extension AdoptionTests {
  @Suite struct HTTPTransportTests {
    private let transport: HTTPTransport

    init() throws {
      let url = try #require(URL(string: "https://id.example.com"))
      transport = HTTPTransport(signInServer: url, api: url, report: { _ in })
    }

    @Test(arguments: [
      ("eyJ-_.a.b", "token=eyJ-_.a.b"),
      ("a+b/c=&d%2B e", "token=a%2Bb%2Fc%3D%26d%252B%20e"),
      ("ü\n", "token=%C3%BC%0A"),
    ])
    func `a token arrives unchanged, whatever its characters`(token: String, body: String) {
      #expect(transport.form("exchange", ["token": token]).httpBody == Data(body.utf8))
    }

    @Test func `no answer to a user is cached`() {
      #expect(transport.session.configuration.urlCache == nil)
      #expect(transport.session.configuration.httpCookieStorage == nil)
    }
  }
}

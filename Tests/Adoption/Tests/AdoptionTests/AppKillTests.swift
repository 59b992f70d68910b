// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens
import Testing

@testable import App

extension AdoptionTests {
  @Suite struct AppKillTests {
    @Test(arguments: KilledKeychain.Step.allCases)
    func `an app killed while it saves new tokens resumes at the next launch`(
      step: KilledKeychain.Step
    ) async throws {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone(lock: deployment.lock)
        let token = first.refreshToken
        deployment.clock.advance(by: .minutes(20))
        await launch(
          until: .step(step), file: first.keychain.file, lock: deployment.lock.path,
          signIn: deployment.gatewayURL, api: deployment.apiURL, now: deployment.clock.now)
        let record = try await deployment.record(of: token)
        #expect(record.generation == 1)

        let phone = try await first.relaunched()
        #expect(try await phone.subscription() == Deployment.subscription)
        let answers = deployment.gateway.refreshes
        #expect(Set(answers.map(\.body)).count == 1)
        #expect(answers.count == (step == .afterReplacing ? 1 : 2))
        #expect(try await deployment.record(of: token) == record)
      }
    }

    @Test func `an app killed at any moment resumes at the next launch`() async throws {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone(lock: deployment.lock)
        for milliseconds: Int64 in [0, 1, 2, 3, 5, 8, 13, 21, 34, 55] {
          deployment.clock.advance(by: .minutes(20))
          await launch(
            until: .moment(.milliseconds(milliseconds)), file: first.keychain.file,
            lock: deployment.lock.path, signIn: deployment.gatewayURL, api: deployment.apiURL,
            now: deployment.clock.now)
          let phone = try await first.relaunched()
          #expect(try await phone.subscription() == Deployment.subscription)
        }
      }
    }

    /// The moment at which the process of the app ends.
    private enum End: Codable, Sendable {
      case step(KilledKeychain.Step)
      case moment(Duration)
    }

    /// Launches the app in a separate process, which is killed.
    private func launch(
      until end: End, file: URL, lock: String, signIn: URL, api: URL, now: NumericDate
    ) async {
      await #expect(processExitsWith: .signal(SIGKILL)) { [end, file, signIn, api, now, lock] in
        let transport = HTTPTransport(signInServer: signIn, api: api, report: { _ in })
        let item = FileKeychain(file: file)
        let keychain: any Keychain =
          if case .step(let step) = end { KilledKeychain(file: item, step: step) } else { item }
        let app = try AppSession(
          transport: transport, keychain: keychain, lock: FileLock(path: lock), clock: .fixed(now))
        await app.tell(.launched)
        if case .moment(let moment) = end {
          try await Task.sleep(for: moment)
          kill(getpid(), SIGKILL)
        }
        _ = try await app.authorized {
          try await transport.get("subscription", accessToken: $0)
        }
      }
    }
  }
}

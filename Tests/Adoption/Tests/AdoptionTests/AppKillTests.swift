import Foundation
import SessionTokens
import Testing

@testable import App

extension AdoptionTests {
  @Suite struct AppKillTests {
    @Test(arguments: KilledKeychain.Step.allCases)
    func `An app killed while it saves new tokens resumes at the next launch`(
      step: KilledKeychain.Step
    ) async throws {
      try await Deployment.run { deployment in
        let first = try await deployment.signedInPhone()
        let token = first.refreshToken
        deployment.clock.advance(by: .minutes(20))
        await launch(
          until: step, file: first.keychain.file, signIn: deployment.gatewayURL,
          api: deployment.apiURL, now: deployment.clock.now)
        let record = try await deployment.record(of: token)
        #expect(record.generation == 1)

        let phone = await first.relaunched()
        #expect(try await phone.subscription() == Deployment.subscription)
        let answers = deployment.gateway.refreshes
        #expect(Set(answers.map(\.body)).count == 1)
        #expect(answers.count == (step == .afterReplacing ? 1 : 2))
        #expect(try await deployment.record(of: token) == record)
      }
    }

    /// Launches the app in a process of its own, which ends at that step.
    private func launch(
      until step: KilledKeychain.Step, file: URL, signIn: URL, api: URL, now: NumericDate
    ) async {
      await #expect(processExitsWith: .signal(SIGKILL)) { [step, file, signIn, api, now] in
        let transport = HTTPTransport(signInServer: signIn, apiServer: api)
        let app = AppSession(
          transport: transport,
          keychain: KilledKeychain(file: FileKeychain(file: file), step: step), clock: .fixed(now))
        await app.launch()
        _ = try await app.authorized {
          try await transport.get("subscription", accessToken: $0)
        }
      }
    }
  }
}

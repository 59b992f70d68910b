// SPDX-License-Identifier: Apache-2.0

/// An operation to measure: a name, and a loop that runs it a number of times.
package struct Operation: Sendable {
  /// The name in tables and thresholds.
  package let name: String

  /// Runs it `count` times.
  package let run: @Sendable (_ count: Int) async throws -> Void

  /// The same for an operation that isn't asynchronous.
  package let runSynchronously: (@Sendable (_ count: Int) throws -> Void)?

  /// Creates an operation from a synchronous body, and uses the body's value.
  @inline(__always)
  package init<Value>(_ name: String, _ body: @escaping @Sendable () throws -> Value) {
    self.init(name: name) { count in
      for _ in 0..<count { use(try body()) }
    }
  }

  /// Creates an asynchronous operation, as jwt-kit's are; each loop begins with `preparing`.
  package init<Context: Sendable, Value: Sendable>(
    _ name: String, preparing context: @escaping @Sendable () async -> Context,
    async body: @escaping @Sendable (Context) async throws -> Value
  ) {
    self.name = name
    runSynchronously = nil
    run = { count in
      let context = await context()
      for _ in 0..<count { use(try await body(context)) }
    }
  }

  /// Returns an operation that must fail, and uses the error.
  @inline(__always)
  package static func rejection<Value, Failure: Error>(
    _ name: String, _ body: @escaping @Sendable () throws(Failure) -> Value
  ) -> Operation {
    Operation(name: name) { count in
      for _ in 0..<count {
        do throws(Failure) {
          use(try body())
          fatalError("accepted: \(name)")
        } catch {
          use(error)
        }
      }
    }
  }

  private init(name: String, run: @escaping @Sendable (_ count: Int) throws -> Void) {
    self.name = name
    self.run = run
    runSynchronously = run
  }
}

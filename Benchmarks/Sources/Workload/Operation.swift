// SPDX-License-Identifier: Apache-2.0

/// One thing to measure: a name, and a loop that does it a number of times.
package struct Operation: Sendable {
  /// What it is called in tables and thresholds.
  package let name: String

  /// Does it so many times in a row.
  package let run: @Sendable (_ count: Int) async throws -> Void

  /// The same for an operation that isn't asynchronous.
  package let runSynchronously: (@Sendable (_ count: Int) throws -> Void)?

  /// An operation of a synchronous body, whose value counts as used.
  @inline(__always)
  package init<Value>(_ name: String, _ body: @escaping @Sendable () throws -> Value) {
    self.init(name: name) { count in
      for _ in 0..<count { use(try body()) }
    }
  }

  /// An operation that is asynchronous, as jwt-kit's are; each loop begins with `preparing`.
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

  /// An operation that must fail; the error counts as used.
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

// SPDX-License-Identifier: Apache-2.0

// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

// The few names of SwiftUI that `Tests/Adoption/AppFiles` uses, with their kinds. It does nothing.

@MainActor @preconcurrency public protocol View {
  associatedtype Body: View
  @ViewBuilder var body: Body { get }
}

extension Never: View {}

extension View where Body == Never {
  public var body: Never { return fatalError("a stand-in") }
}

public struct EmptyView: View {
  nonisolated public init() {}
  public typealias Body = Never
}

@resultBuilder public struct ViewBuilder {
  public static func buildExpression<Content: View>(_ content: Content) -> Content { content }
  public static func buildBlock<each Content: View>(_ content: repeat each Content) -> EmptyView {
    EmptyView()
  }
  public static func buildOptional(_ content: EmptyView?) -> EmptyView { EmptyView() }
  public static func buildEither(first: some View) -> EmptyView { EmptyView() }
  public static func buildEither(second: some View) -> EmptyView {
    EmptyView()
  }
}

public struct Text: View {
  nonisolated public init(_ text: some StringProtocol) {}
  public typealias Body = Never
}

public struct ProgressView: View {
  nonisolated public init() {}
  public typealias Body = Never
}

public struct VStack: View {
  public init(@ViewBuilder content: () -> some View) {}
  public typealias Body = Never
}

public struct HStack: View {
  public init(@ViewBuilder content: () -> some View) {}
  public typealias Body = Never
}

public struct Button: View {
  public init(_ title: some StringProtocol, action: @escaping @MainActor () -> Void) {}
  public typealias Body = Never
}

public struct TextField: View {
  public init(_ title: some StringProtocol, text: Binding<String>) {}
  public typealias Body = Never
}

public struct SecureField: View {
  public init(_ title: some StringProtocol, text: Binding<String>) {}
  public typealias Body = Never
}

@MainActor @preconcurrency public protocol Scene {}

public struct WindowGroup: Scene {
  public init(@ViewBuilder content: () -> some View) {}
}

@MainActor @preconcurrency public protocol App {
  associatedtype Body: Scene
  var body: Body { get }
  init()
}

public struct Binding<Value> {}

@propertyWrapper public struct State<Value> {
  private final class Storage {
    var value: Value
    init(_ value: Value) { self.value = value }
  }
  private let storage: Storage
  public init(wrappedValue: Value) { storage = Storage(wrappedValue) }
  public var wrappedValue: Value {
    get { storage.value }
    nonmutating set { storage.value = newValue }
  }
  public var projectedValue: Binding<Value> { Binding() }
}

// From Combine, which SwiftUI exports.
public protocol ObservableObject: AnyObject {}

@propertyWrapper public struct Published<Value> {
  public init(wrappedValue: Value) { self.wrappedValue = wrappedValue }
  public var wrappedValue: Value
}

@MainActor @preconcurrency @propertyWrapper public struct StateObject<Object: ObservableObject> {
  nonisolated public init(wrappedValue make: @autoclosure @escaping () -> Object) {}
  public var wrappedValue: Object { fatalError("a stand-in") }
}

@MainActor @preconcurrency @propertyWrapper public struct ObservedObject<Object: ObservableObject> {
  public init(wrappedValue: Object) { self.wrappedValue = wrappedValue }
  public var wrappedValue: Object
}

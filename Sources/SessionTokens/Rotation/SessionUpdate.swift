/// A record to write by compare-and-swap.
public struct SessionUpdate: Sendable, Hashable {
  /// The version that the stored row must still have.
  public let expectedVersion: Int64

  /// The row that replaces it.
  public let record: SessionRecord

  init(expectedVersion: Int64, record: SessionRecord) {
    self.expectedVersion = expectedVersion
    self.record = record
  }
}

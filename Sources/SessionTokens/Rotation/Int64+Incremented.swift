extension Int64 {
  /// One more, or the same at the end of the range: a stored counter makes nothing trap.
  var incremented: Int64 { self == .max ? .max : self + 1 }
}

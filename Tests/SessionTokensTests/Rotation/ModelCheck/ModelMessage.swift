/// What is on its way.
enum ModelMessage: Hashable {
  /// The number of a request.
  case request(Int)
  /// New tokens for a process that presented a token. Refusals are not sent: a client that hears
  /// nothing and goes on trying is the harder one.
  case answer(app: Int, presented: Int, pair: Int)
}

/// The form of a sign-out (RFC 7009 §2.1).
struct RevocationForm: Decodable {
  let token: String
}

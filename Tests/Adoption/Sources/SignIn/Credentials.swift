/// The body of a sign-in.
struct Credentials: Decodable {
  let user: String
  let password: String
}

// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// The input as a JSON text.
func fuzzJSON(_ bytes: [UInt8]) {
  let opinion = JSONText(bytes)
  do throws(JSONError) {
    let value = try JSONValue(parsing: bytes)
    require(opinion.isAcceptable, "what is accepted is JSON within the limits")
    require(value.events == opinion.events, "both read the same values")
    checkWriting(value, opinion)
  } catch {
    require(!opinion.isAcceptable, "JSON within the limits is accepted")
    guard opinion.isWellFormed else { return }
    switch error {
    case .syntax: require(false, "a well-formed text is not called malformed")
    case .duplicateName: require(opinion.hasDuplicateName, "a duplicate is one")
    case .tooDeep: require(opinion.depth > JSONReader.maximumDepth, "too deep is too deep")
    case .numberOutOfRange: require(opinion.hasNumberOutOfRange, "out of range is out of range")
    }
  }
}

private func checkWriting(_ value: JSONValue, _ opinion: JSONText) {
  let written = value.serialized()
  require(written.count == value.encodedCount, "the size of the text is known")
  let reread = try? JSONValue(parsing: written)
  require(reread == value, "what is written reads back equal")
  require(reread?.serialized() == written, "and is written the same again")
  require(JSONText(written).events == opinion.events, "what is written is read alike elsewhere")
}

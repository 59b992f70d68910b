// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The vector files of `Vectors/`, whose README names their sources and licenses.
enum VectorFile {
  static func load<Content: Decodable>(
    _ name: String, as type: Content.Type = Content.self
  ) throws -> Content {
    try JSONDecoder().decode(Content.self, from: data(of: name))
  }

  /// The text itself, with what `JSONDecoder` loses: the order of members and the form of numbers.
  static func json(_ name: String) throws -> VectorJSON {
    try VectorJSON(parsing: String(decoding: data(of: name), as: UTF8.self))
  }

  private static func data(of name: String) throws -> Data {
    guard
      let url = Bundle.module.url(
        forResource: name, withExtension: "json", subdirectory: "Vectors")
    else { throw VectorError(reason: "no vector file \(name).json") }
    return try Data(contentsOf: url)
  }
}

// SPDX-License-Identifier: Apache-2.0

/// The usual shape of a vector file: rows under `tests`, or under `rows` in the token files.
struct VectorTable<Row: VectorRow>: Decodable {
  let rows: [Row]

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let key: CodingKeys = container.contains(.tests) ? .tests : .rows
    rows = try container.decode([Row].self, forKey: key)
  }

  static func rows(of file: String) throws -> [Row] {
    try VectorFile.load(file, as: VectorTable.self).rows
  }

  private enum CodingKeys: String, CodingKey { case tests, rows }
}

// SPDX-License-Identifier: Apache-2.0

/// A table of texts, printed aligned or as Markdown.
struct Table {
  /// The style of a printed table.
  enum Style {
    case aligned, markdown
  }

  let title: String
  let columns: [String]
  var rows: [[String]] = []

  init(_ title: String, columns: [String]) {
    self.title = title
    self.columns = columns
  }

  /// Returns the table's text; all columns but the first are aligned to the right.
  func text(_ style: Style) -> String {
    let lines = [columns] + rows
    let widths = columns.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    let padded = lines.map { line in
      line.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - line[column].count)
        return column == 0 ? line[column] + padding : padding + line[column]
      }
    }
    switch style {
    case .aligned:
      let text = padded.map { "  " + $0.joined(separator: "  ") }
      return "\n\(title)\n\n" + text.joined(separator: "\n")
    case .markdown:
      let rule = widths.enumerated().map { column, width in
        String(repeating: "-", count: max(2, width - 1)) + (column == 0 ? "-" : ":")
      }
      let text = ([padded[0], rule] + padded.dropFirst()).map {
        "| " + $0.joined(separator: " | ") + " |"
      }
      return "\n### \(title)\n\n" + text.joined(separator: "\n")
    }
  }
}

extension Double {
  /// Returns the number with `digits` digits after the point.
  func text(_ digits: Int) -> String {
    guard isFinite else { return "–" }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let whole = Int((magnitude * scale).rounded())
    let (quotient, remainder) = whole.quotientAndRemainder(dividingBy: Int(scale))
    let sign = self < 0 && whole > 0 ? "-" : ""
    guard digits > 0 else { return "\(sign)\(quotient)" }
    let fraction = String(remainder)
    return "\(sign)\(quotient).\(String(repeating: "0", count: digits - fraction.count))\(fraction)"
  }
}

// SPDX-License-Identifier: Apache-2.0

/// `sha256_nist_monte.json`: a seed and the digests that end each thousand of rounds.
struct SHA256MonteCarloVector: Decodable {
  let seed: HexBytes
  let checkpoints: [HexBytes]

  private enum CodingKeys: String, CodingKey {
    case seed = "seed_hex"
    case checkpoints
  }
}

// SPDX-License-Identifier: Apache-2.0

public import GRDB
public import SessionTokens

/// The columns of a row are the members of the record's `Codable` form.
extension SessionRecord: @retroactive EncodableRecord, @retroactive FetchableRecord {}

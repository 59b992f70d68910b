// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import SessionTokens

/// What handlers know of a request: the access token that came with it.
struct APIContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  var access: AccessToken?

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
  }

  func requireAccess() throws -> AccessToken {
    guard let access else { throw HTTPError(.unauthorized) }
    return access
  }
}

/// What must hold in every world; each quotes the rule that it checks, or the promise it rests on.
///
/// The rules are told in the articles "Restore a session at launch" and "The endpoint contract", the
/// promises in "How rotation decides".
enum ExplorationProperty: String {
  /// "Only a well-formed body with a known definitive code signs out, and only after a re-read found
  /// the same token"; "the device's clock never signs anyone out, the server decides".
  ///
  /// The state is never `signedOut` unless the user did it, in either process; or the server
  /// refused for good the token that the store holds, and rightly; or at launch the store was empty
  /// or corrupt; or the access token had ended and there was no refresh token.
  case signedOutOnlyForCause
  /// "At most one request in flight": of one machine, for one session, until it is answered or the
  /// timeout has passed; a clock that is set forward makes it pass at once.
  case oneRequestInFlight
  /// "Then save, then publish. A failed save after success: publish and retry the save": an access
  /// token comes into use only as it is read from the store, or its save is done or has failed, or
  /// the store is locked as it is to be compared.
  case savedBeforePublished
  /// "A failed save after success: publish and retry the save": new tokens come into use at once, also
  /// where the store is locked when it is to be compared, and in the end the store holds them.
  case failedSaveRetried
  /// "A late answer cannot sign back in": after `signedOutByUser` nothing but a sign-in changes the
  /// state, and nothing is saved or sent.
  case lateAnswerNeverSignsIn
  /// "At most one effect of an array is answered by an event, and it comes last".
  case oneAwaitedEffectAndLast
  /// "Before sending, re-read the store: a different token there is adopted": a request is sent only
  /// on a look into the store, with the token and the key that were found there.
  case readBeforeSent
  /// "Before saving, compare: if the store no longer holds the token that was sent, adopt what it
  /// holds; empty means signed out": a save that follows a refresh replaces the generation before.
  case comparedBeforeSaved
  /// "Sign-out clears the store first, then tells the server": `erase`, then `sendRevocation` with
  /// the newest token known. And nothing else erases but a refusal of what the store holds.
  case erasedFirstAndForCause
  /// "Corrupt → sign-in, blob kept": the blob stays until the user signs in or out.
  case corruptBlobKept
  /// "At launch, first match wins", the list of it; and no refresh at all while more life is left
  /// than the margin and no 401 came, or "when the access token already ends with the session".
  case launchOrder
  /// "A 401 forces a refresh unless that access token was received less than a margin ago"; one for
  /// a token that is not in use changes nothing.
  case refusedAccessIsRefreshed
  /// "Subscription state is queried on `.active` and on `accessRenewed`": each change of the state is
  /// told once, and each new token in use is told by one of the two.
  case changesAreTold
  /// "Honour `Retry-After`, keep the tokens": the pause is as long as the server asks, up to a
  /// day, and 1 s at least.
  case retryAfterHonoured
  /// "Suspend with full-jitter backoff": the requests of a launch and of a minute are bounded.
  case requestsAreFew
  /// P6: "a client that keeps its key with its token is never revoked by lost, repeated, delayed or
  /// reordered messages, nor by crashes between any two steps".
  case neverTakenForThief
  /// "Sign-out … tells the server": the session that the user ends is ended there too, where the
  /// message arrives.
  case signOutReachesServer
  /// The answer to every wait is on its way, or a wake will end it, after the longest backoff or a day
  /// where the server asks for it, whatever the device's clock does: no `refreshing`, `suspended` or
  /// `storeLocked` for ever, even when an answer is lost without a sign.
  case everyWaitEnds
  /// "Suspend …, keep the tokens": once all is well again the session comes back.
  case comesBack
}
